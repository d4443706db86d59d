"""Sales page by page, and one of them with all that happened to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from pista import paging, texts
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
        texts.plain(filters.search.strip()) or None,
        filters.since,
        filters.until,
    )
    # One more than asked for tells whether there is more.
    found = await queries.listed(tx, tenant, wanted, paging.read(before, Place), limit + 1)
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
    return paging.written(last.occurred_at, last.id)
