"""A CRM tells of its contact: it takes over what pages have said of that contact's id alone."""

from datetime import datetime

from pista.contacts import merging, queries, service
from pista.contacts.model import FoundContact, Identity, Upserted
from pista.ids import TenantId
from pista.store.postgres import Tx

PISTA = "Pista"


async def adopt(tx: Tx, tenant: TenantId, found: FoundContact, *, now: datetime) -> Upserted:
    """As `upsert`; the contact that a page named by this CRM's id is the one that is meant.

    If what the message says is somebody else's already, that contact is shown as a part of theirs.
    Who calls this judges the links of the contact that was `unproven` again.
    """
    done = await service.upsert(tx, tenant, found, now=now, adopts=True)
    if done.unproven is None or not done.absorbed:
        return done
    into = await queries.root(tx, tenant, done.contact_id)
    apart = await queries.root(tx, tenant, done.unproven) != into
    if apart and into is not None and found.crm_id is not None:
        crm_id = Identity("crm", found.crm_id.strip())
        await queries.hide(tx, tenant, done.unproven, crm_id)
        await merging.join(tx, tenant, done.unproven, into, by=PISTA, now=now)
    return done
