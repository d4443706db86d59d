"""Links many visitors at once, of whom nothing was said before: each to a contact made just now."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from pista.identity import many_queries, queries, service, voucher_queries
from pista.identity.model import Claim
from pista.ids import ContactId, TenantId, VisitorId
from pista.store import locks
from pista.store.postgres import Tx


class Named(NamedTuple):
    """Whom a signed message names, besides the person."""

    visitor_id: VisitorId | None
    crm_id: str | None


class Voucher(NamedTuple):
    """A signed message told of this contact and named no visitor; `key` tells it from others."""

    contact_id: ContactId
    key: str


async def untold(tx: Tx, tenant: TenantId, named: Sequence[Named]) -> list[int]:
    """The places of those about whose visitor nothing was ever said, nor is meanwhile, and whose
    CRM's id nobody waits to be told of. Waits for nobody.

    Of two that name the same visitor it is neither.
    """
    if not named:
        return []
    times = Counter(one.visitor_id for one in named if one.visitor_id is not None)
    crm_ids = sorted({one.crm_id for one in named if one.crm_id is not None})
    taken: set[str] = {one for one, many in times.items() if many > 1}
    taken |= await locks.others(tx, tenant, queries.VISITOR_LOCKS, list(times))
    awaited = await locks.others(tx, tenant, voucher_queries.LOCKS, crm_ids)
    said = await many_queries.said(tx, tenant, list(times), crm_ids)
    taken |= {one.visitor_id for one in said if one.visitor_id is not None}
    awaited |= {one.crm_id for one in said if one.crm_id is not None}
    return [
        place
        for place, one in enumerate(named)
        if one.visitor_id not in taken and one.crm_id not in awaited
    ]


async def link_new(tx: Tx, tenant: TenantId, claims: Sequence[Claim], *, now: datetime) -> None:
    """As `link`, of certain claims about visitors that are `untold`, to contacts made just now."""
    rows = [
        structs.replace(
            service.written(claim, claim.visitor_id, claim.contact_id, now), outcome="linked"
        )
        for claim in claims
    ]
    if not rows:
        return
    await many_queries.link(tx, tenant, rows)
    for row in rows:
        assert row.contact_id is not None
        await service.announce(tx, tenant, row.visitor_id, row.contact_id, row.outcome, now)


async def vouch_new(
    tx: Tx, tenant: TenantId, vouchers: Sequence[Voucher], *, now: datetime
) -> None:
    """As `vouch`, for contacts made just now of whose CRM's ids nobody waits to be told."""
    if vouchers:
        keys = [one.key for one in vouchers]
        await many_queries.vouch(tx, tenant, keys, [one.contact_id for one in vouchers], now)
