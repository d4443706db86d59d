"""Makes contacts of the shop's visitors, as its CRM and its forms would."""

from collections.abc import Iterable

from pista import contacts, identity
from pista.contacts.leads import LeadSource
from pista.demo.acquaintance import Acquaintance, Method
from pista.demo.came import Came
from pista.identity import Claim
from pista.ids import TenantId
from pista.store.postgres import Tx

SOURCES: dict[Method, LeadSource] = {"webhook": "crm", "form": "form", "whatsapp": "whatsapp"}


async def introduce(tx: Tx, tenant: TenantId, acquaintances: Iterable[Acquaintance]) -> list[Came]:
    """Everybody who was not told of before."""
    return [
        await _introduce(tx, tenant, one)
        for one in acquaintances
        if not await identity.said_before(tx, tenant, one.method, one.key)
    ]


async def _introduce(tx: Tx, tenant: TenantId, one: Acquaintance) -> Came:
    known = await contacts.upsert(tx, tenant, one.found, now=one.at)
    claim = Claim(
        visitor_id=one.visitor_id,
        method=one.method,
        key=one.key,
        at=one.at,
        contact_id=known.contact_id,
        fresh=known.created,
    )
    await identity.link(tx, tenant, claim, now=one.at)
    return Came(
        contact_id=known.contact_id,
        key=one.key,
        at=one.at,
        source=SOURCES[one.method],
        name=one.found.name or one.found.email or "?",
        phone=one.found.phone,
        email=one.found.email,
        visitor_id=one.visitor_id,
        bought=one.method == "webhook",
    )
