"""The SQL of the delivery log."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from pista import paging
from pista.attribution.conversions.log_model import ConversionDelivery, DeliveryAttempt, ToldPlace
from pista.attribution.conversions.model import STATES, DestinationId, EventId, State
from pista.ids import TenantId
from pista.store.postgres import Tx

_SELECT: LiteralString = """
select d.event_id, d.destination_id, t.name as destination_name, t.kind, c.name, c.sale_id,
    null as order_number, c.contact_id, null as buyer_name, c.event_time, c.value_cents,
    c.currency, d.state, d.why, r.method, r.click_id, r.campaign, null as campaign_name, r.adset,
    null as adset_name, r.ad, null as ad_name, d.attempts, d.grace_until, d.next_at, d.sent_at,
    d.status, d.code, d.error, d.trace_id, d.milliseconds, d.created_at
from deliveries d
join conversions c on c.tenant_id = d.tenant_id and c.event_id = d.event_id
join destinations t on t.tenant_id = d.tenant_id and t.id = d.destination_id
left join credits r
    on r.tenant_id = d.tenant_id and r.kind = 'sale' and r.result_id = c.sale_id::text
"""

_FITS: LiteralString = """
where d.tenant_id = $1 and ($2::uuid is null or d.destination_id = $2)
    and ($3::text is null or d.name = $3) and ($4::text[] is null or d.event_id = any ($4))
    and ($5::timestamptz is null or d.created_at >= $5)
    and ($6::timestamptz is null or d.created_at < $6)
"""


class Filters(NamedTuple):
    destination: UUID | None = None
    name: str | None = None
    events: Sequence[str] | None = None
    """None: all of them."""
    since: datetime | None = None
    until: datetime | None = None


class Before(NamedTuple):
    """The place of one in the list."""

    created_at: paging.Moment
    event_id: str
    destination_id: UUID


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent, and whether it may have arrived."""

    payload: bytes | None
    frozen_at: datetime | None
    unknown_since: datetime | None


async def page(
    tx: Tx,
    tenant: TenantId,
    filters: Filters,
    state: State | None,
    before: Before | None,
    limit: int,
) -> list[ConversionDelivery]:
    at = before or Before(datetime.now(UTC), "", UUID(int=0))
    rows = await tx.connection.fetch(
        _SELECT
        + _FITS
        + """
        and ($7::text is null or d.state = $7)
        and ($8::boolean or (d.created_at, d.event_id, d.destination_id) < ($9, $10, $11))
        order by d.created_at desc, d.event_id desc, d.destination_id desc
        limit $12
        """,
        tenant,
        *filters,
        state,
        before is None,
        at.created_at,
        at.event_id,
        at.destination_id,
        limit,
    )
    return [ConversionDelivery(**dict(row)) for row in rows]


async def counts(tx: Tx, tenant: TenantId, filters: Filters) -> Mapping[State, int]:
    """How many there are of each state, counted to ten thousand."""
    rows = await tx.connection.fetch(
        """
        select s.state, (
            select count(*) from (
                select from deliveries d
        """
        + _FITS
        + """
                    and d.state = s.state
                limit 10000
            ) few
        ) as n
        from unnest($7::text[]) as s (state)
        """,
        tenant,
        *filters,
        list(STATES),
    )
    return {row["state"]: row["n"] for row in rows if row["n"]}


async def events_of(
    tx: Tx, tenant: TenantId, sales: Sequence[UUID], event: str | None = None
) -> list[EventId]:
    """Of these sales, and this one itself."""
    rows = await tx.connection.fetch(
        """
        select event_id from conversions where tenant_id = $1 and sale_id = any ($2::uuid[])
        union
        select event_id from conversions where tenant_id = $1 and event_id = $3
        """,
        tenant,
        sales,
        event,
    )
    return [row["event_id"] for row in rows]


async def places(tx: Tx, tenant: TenantId) -> list[ToldPlace]:
    rows = await tx.connection.fetch(
        """
        select id, kind, name, deleted_at is not null as deleted
        from destinations
        where tenant_id = $1
        order by deleted_at is not null, lower(name), id
        """,
        tenant,
    )
    return [ToldPlace(**dict(row)) for row in rows]


async def one(
    tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId
) -> ConversionDelivery | None:
    row = await tx.connection.fetchrow(
        _SELECT + "where d.tenant_id = $1 and d.event_id = $2 and d.destination_id = $3",
        tenant,
        event,
        destination,
    )
    return None if row is None else ConversionDelivery(**dict(row))


async def kept(tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId) -> Kept:
    return await tx.one(
        Kept,
        """
        select payload, frozen_at, unknown_since from deliveries
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        """,
        tenant,
        event,
        destination,
    )


async def attempts(
    tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId
) -> list[DeliveryAttempt]:
    rows = await tx.connection.fetch(
        """
        select number, set_out_at, ended_at, outcome, status, code, error, trace_id, milliseconds,
            together
        from delivery_attempts
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        order by number desc
        limit 50
        """,
        tenant,
        event,
        destination,
    )
    return [DeliveryAttempt(**dict(row)) for row in rows]


async def send_again(
    tx: Tx,
    tenant: TenantId,
    event: EventId,
    destination: DestinationId,
    state: State,
    now: datetime,
) -> None:
    await tx.execute(
        """
        update deliveries
        set state = $4, why = null, next_at = $5, grace_until = null, by_hand = true
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        """,
        tenant,
        event,
        destination,
        state,
        now,
    )
