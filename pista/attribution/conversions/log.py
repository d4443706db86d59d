"""What people see of deliveries, and how they have one sent again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import structs

from pista import contacts, paging, queue, sales
from pista.attribution.conversions import log_queries, opening, queries, rules
from pista.attribution.conversions.log_model import (
    ConversionDeliveries,
    ConversionDelivery,
    ConversionDetail,
)
from pista.attribution.conversions.log_queries import Before, Filters
from pista.attribution.conversions.model import (
    ConversionNotFound,
    DeliveryRow,
    DestinationId,
    EventId,
    NotResendable,
    State,
)
from pista.attribution.destinations import queries as destinations
from pista.attribution.platforms import PLATFORMS
from pista.attribution.report import naming
from pista.ids import TenantId
from pista.sales import SaleId
from pista.store.postgres import Tx

ARRIVED = "It has arrived: a second one would be counted as another sale."
CANCELED = "It is not to be told any more."
ERASED = "The person was erased: nobody is told of them any more."
TOO_OLD = "The platform takes nothing that is so old."
NO_WAY = "The platform documents no way to be told of it."
_FOR_GOOD = {"erased": ERASED, rules.NO_SUCH_EVENT: NO_WAY}
LOOK_FIRST = "It may have arrived. Look at the platform, and say that it has not."
SWITCHED_OFF = "Its destination is off, paused or deleted: resume that first."


async def listed(
    tx: Tx,
    tenant: TenantId,
    filters: Filters,
    *,
    state: State | None,
    before: str | None,
    limit: int,
    now: datetime,
) -> ConversionDeliveries:
    rows = await log_queries.page(
        tx, tenant, filters, state, paging.read(before, Before), limit + 1
    )
    items = await _named(tx, tenant, rows[:limit], now)
    counts = await log_queries.counts(tx, tenant, filters)
    more = len(rows) > limit
    return ConversionDeliveries(
        items=items,
        next=_written(items[-1]) if more else None,
        counts=dict(counts),
        destinations=await log_queries.places(tx, tenant),
    )


async def searched(
    tx: Tx, tenant: TenantId, sale: SaleId | None, text: str
) -> list[EventId] | None:
    """What a sale or a text names: the whole of an order's number, or of a sale's or event's id.
    None if neither is given."""
    if sale is None and not text:
        return None
    named = [sale] if sale else []
    if text:
        found = {*await sales.of_number(tx, tenant, text), *_ids(text)}
        named = [one for one in found if sale in (None, one)]
    return await log_queries.events_of(tx, tenant, named, None if sale else text)


def _ids(text: str) -> list[SaleId]:
    try:
        return [SaleId(UUID(text))]
    except ValueError:
        return []


async def detail(
    tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId, *, now: datetime
) -> ConversionDetail:
    found = await log_queries.one(tx, tenant, event, destination)
    if found is None:
        raise ConversionNotFound
    [found] = await _named(tx, tenant, [found], now)
    kept = await log_queries.kept(tx, tenant, event, destination)
    platform = PLATFORMS[found.kind]
    why_not = _why_not(found.state, found.why, found.event_time, platform.oldest_days, now)
    there = await destinations.one(tx, tenant, destination)
    is_on = there is not None and there.state == "on"
    body = kept.payload
    return ConversionDetail(
        **msgspec.structs.asdict(found),
        frozen_at=kept.frozen_at,
        payload=None if body is None else platform.shown(body),
        quality=None if body is None else platform.quality(body),
        tries=await log_queries.attempts(tx, tenant, event, destination),
        may_resend=why_not is None and is_on,
        must_look=_must_look(found.state, kept.unknown_since),
    )


async def _named(
    tx: Tx, tenant: TenantId, rows: Sequence[ConversionDelivery], now: datetime
) -> list[ConversionDelivery]:
    """With whose they are, and what their campaigns, ad sets and advertisements are called."""
    called = await naming.named(tx, tenant, rows, now=now)
    ids = sorted({row.sale_id for row in rows if row.sale_id})
    bought = {one.id: one for one in await sales.buyers(tx, tenant, ids)}
    people = [row.contact_id for row in rows if row.contact_id and row.sale_id is None]
    heard = {one.id: one.name for one in await contacts.shown_contacts(tx, tenant, people)}

    def whole(row: ConversionDelivery, advertised: naming.Advertised) -> ConversionDelivery:
        buyer = bought.get(row.sale_id) if row.sale_id else None
        name = buyer.name if buyer else heard.get(row.contact_id) if row.contact_id else None
        return structs.replace(
            row, buyer_name=name, order_number=buyer and buyer.number, **advertised._asdict()
        )

    return [whole(row, one) for row, one in zip(rows, called, strict=True)]


async def resend(
    tx: Tx,
    tenant: TenantId,
    event: EventId,
    destination: DestinationId,
    *,
    has_looked: bool,
    now: datetime,
) -> None:
    """Now, and under the same id. What certainly never arrived is written anew; what may have
    arrived leaves as the same bytes."""
    row = await queries.lock(tx, tenant, event, destination)
    if row is None:
        raise ConversionNotFound
    told = await destinations.for_share(tx, tenant, destination)
    if told is None or told.state != "on":
        raise NotResendable(SWITCHED_OFF)
    oldest = PLATFORMS[told.kind].oldest_days
    if why := _why_not(row.state, row.why, row.event_time, oldest, now):
        raise NotResendable(why)
    if _must_look(row.state, row.unknown_since) and not has_looked:
        raise NotResendable(LOOK_FIRST)
    await _again(tx, tenant, row, now)
    key = opening.job_key(event, row.name, told)
    if not await queue.hasten(tx, tenant, [key], now=now):
        await opening.begin(tx, tenant, event, row.name, told, now=now)


async def _again(tx: Tx, tenant: TenantId, row: DeliveryRow, now: datetime) -> None:
    await queries.thaw(tx, tenant, row.event_id, row.destination_id)
    state: State = "unknown" if row.unknown_since else "ready"
    await log_queries.send_again(tx, tenant, row.event_id, row.destination_id, state, now)


def _must_look(state: State, unknown_since: datetime | None) -> bool:
    """One that was refused may have arrived at an earlier attempt, that was not answered."""
    return state == "parked" or (state == "dead" and unknown_since is not None)


def _why_not(
    state: State, why: str | None, at: datetime, oldest_days: int, now: datetime
) -> str | None:
    if why in _FOR_GOOD:
        return _FOR_GOOD[why]
    if state in ("sent", "canceled"):
        return ARRIVED if state == "sent" else CANCELED
    too_old = now > at + timedelta(days=oldest_days) - rules.MARGIN
    return TOO_OLD if too_old else None


def _written(one: ConversionDelivery) -> str:
    return paging.written(one.created_at, one.event_id, one.destination_id)
