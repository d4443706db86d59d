"""Sales page by page, and one of them with all that happened to it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from pista.errors import Invalid
from pista.ids import ContactId, TenantId
from pista.sales import listing_queries as queries
from pista.sales.listing_queries import Place, Wanted
from pista.sales.model import (
    Charge,
    Sale,
    SaleDetail,
    SaleId,
    SaleNotFound,
    Sales,
    SaleSource,
    Status,
)
from pista.store.postgres import Tx

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LATEST = 253_402_300_799_000_000
"""The last microsecond that a time can be."""


class Filters(NamedTuple):
    statuses: Sequence[Status] = ()
    sources: Sequence[SaleSource] = ()
    contact: ContactId | None = None
    search: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def listed(
    tx: Tx, tenant: TenantId, filters: Filters, *, before: str | None, limit: int
) -> Sales:
    """The latest first; totals come with the first page."""
    wanted = Wanted(
        filters.statuses or None,
        filters.sources or None,
        filters.contact,
        filters.search.strip().replace("\0", "?") or None,
        filters.since,
        filters.until,
    )
    # One more than asked for tells whether there is more.
    found = await queries.listed(tx, tenant, wanted, _place(before), limit + 1)
    items = found[:limit]
    return Sales(
        items=items,
        next=_written(items[-1]) if len(found) > limit else None,
        totals=await queries.totals(tx, tenant, wanted) if before is None else None,
    )


async def detail(tx: Tx, tenant: TenantId, sale: SaleId, charges: list[Charge]) -> SaleDetail:
    row = await queries.one(tx, tenant, sale)
    if row is None:
        raise SaleNotFound
    return SaleDetail(
        **structs.asdict(row),
        changes=await queries.changes(tx, tenant, sale),
        refunds=await queries.refunds(tx, tenant, sale),
        charges=charges,
    )


def _written(last: Sale) -> str:
    return f"{(last.occurred_at - _EPOCH) // _MICROSECOND}~{last.id}"


def _place(before: str | None) -> Place | None:
    if before is None:
        return None
    at, _, last = before.partition("~")
    try:
        micro = int(at) if at.isascii() and at.isdigit() and len(at) <= 18 else -1
        if not 0 <= micro < LATEST:
            raise ValueError
        return Place(_EPOCH + micro * _MICROSECOND, UUID(last))
    except ValueError:
        raise Invalid("before: give what `next` said.") from None
