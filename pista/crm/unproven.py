"""What nobody vouches for: which contacts those are, and how many of them one site makes."""

from datetime import datetime
from uuid import UUID

from pista import contacts, identity
from pista.crm import queries
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

MOST_VISITORS = 5
"""So many browsers a contact that nobody vouched for gets by itself; strangers may name it, too."""
MOST_AN_HOUR = 500
"""So many contacts are made for one site in an hour by what nobody signed."""


async def is_nobodys(tx: Tx, tenant: TenantId, contact: ContactId) -> bool:
    """Nothing of anybody's is to be had from it: all that is known of it was typed."""
    if not await contacts.only_typed(tx, tenant, contact):
        return False
    return len(await identity.visitors_of(tx, tenant, contact)) < MOST_VISITORS


async def may_make(tx: Tx, tenant: TenantId, site: UUID, now: datetime) -> bool:
    """Whether one more may be made for this site; then it counts."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return await queries.count_unproven(tx, tenant, site, hour, MOST_AN_HOUR)
