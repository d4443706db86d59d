"""Makes contacts of the shop's visitors, as its CRM, forms and chats would."""

from collections.abc import Iterable

from pista import contacts, identity
from pista.demo.acquaintance import Acquaintance
from pista.identity import Claim
from pista.ids import TenantId
from pista.store.postgres import Postgres


async def introduce(
    postgres: Postgres, tenant: TenantId, acquaintances: Iterable[Acquaintance]
) -> int:
    """The answer is how many were told of; telling of one again changes nothing."""
    told = 0
    for one in acquaintances:
        async with postgres.transaction() as tx:
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
        told += 1
    return told
