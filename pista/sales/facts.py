"""All that is known of one sale, for rooms above: what to credit it to, and what to tell of it."""

from uuid import UUID

from msgspec import structs

from pista import contacts, identity
from pista.chat import known as chats
from pista.ids import TenantId, VisitorId
from pista.sales import queries
from pista.sales.model import SaleFacts, SaleId, SaleNotFound
from pista.store.postgres import Tx


async def facts(tx: Tx, tenant: TenantId, sale: SaleId) -> SaleFacts:
    """With the contact that is shown, everybody in chats who is it, and its browsers."""
    found = await queries.facts(tx, tenant, sale)
    if found is None:
        raise SaleNotFound
    persons: set[UUID] = {found.person_id} if found.person_id else set()
    visitors: set[VisitorId] = {found.visitor_id} if found.visitor_id else set()
    contact = found.contact_id
    if contact is None and found.person_id is not None:
        # Who is talked to may become known as a contact only later.
        contact = await chats.contact_of(tx, tenant, found.person_id)
    if contact is None:
        return structs.replace(found, persons=sorted(persons), visitors=sorted(visitors))
    known = await contacts.contact(tx, tenant, contact)
    persons |= set(await chats.persons_of(tx, tenant, known.id))
    spans = await identity.visitors_of(tx, tenant, known.id)
    visitors |= {span.visitor_id for span in spans}
    return structs.replace(
        found,
        contact_id=known.id,
        contact_name=known.name,
        contact_email=known.email,
        contact_phone=known.phone,
        persons=sorted(persons),
        visitors=sorted(visitors),
    )
