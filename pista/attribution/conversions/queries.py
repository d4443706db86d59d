"""The SQL of conversions and their deliveries, one statement per function."""

from collections.abc import Sequence
from datetime import datetime

from pista.attribution.conversions.model import (
    ConversionRow,
    DeliveryRow,
    DestinationId,
    EventId,
    State,
)
from pista.attribution.platforms import DestinationKind
from pista.attribution.told import EVENT_NAMES, EventName, Verdict
from pista.ids import TenantId
from pista.sales import SaleId
from pista.store.postgres import Tx


async def add(tx: Tx, tenant: TenantId, row: ConversionRow) -> bool:
    """False: it is open already."""
    return bool(
        await tx.execute(
            """
            insert into conversions (
                tenant_id, event_id, name, sale_id, contact_id, event_time, value_cents, currency,
                created_at, test, chat
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict do nothing
            """,
            tenant,
            *(getattr(row, name) for name in ConversionRow.__struct_fields__),
        )
    )


async def add_delivery(
    tx: Tx,
    tenant: TenantId,
    row: ConversionRow,
    destination: DestinationId,
    *,
    state: State,
    now: datetime,
    why: str | None = None,
    grace_until: datetime | None = None,
    next_at: datetime | None = None,
) -> bool:
    return bool(
        await tx.execute(
            """
            insert into deliveries (
                tenant_id, event_id, name, destination_id, state, why, grace_until, next_at,
                created_at
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict do nothing
            """,
            tenant,
            row.event_id,
            row.name,
            destination,
            state,
            why,
            grace_until,
            next_at,
            now,
        )
    )


async def told_there(
    tx: Tx, tenant: TenantId, sale: SaleId, name: EventName
) -> list[tuple[DestinationId, DestinationKind]]:
    """Who was told of this, or is to be, and is there still."""
    rows = await tx.connection.fetch(
        """
        select distinct t.id, t.kind
        from conversions c
        join deliveries d on d.tenant_id = c.tenant_id and d.event_id = c.event_id
        join destinations t on t.tenant_id = d.tenant_id and t.id = d.destination_id
        where c.tenant_id = $1 and c.sale_id = $2 and c.name = $3 and t.deleted_at is null
            and d.state in ('held', 'ready', 'unknown', 'sent', 'parked')
        """,
        tenant,
        sale,
        name,
    )
    return [(row["id"], row["kind"]) for row in rows]


async def purchase_sent_at(
    tx: Tx, tenant: TenantId, sale: SaleId, destination: DestinationId
) -> datetime | None:
    """When this destination took it; None: it did not, or did not say so."""
    return await tx.value(
        """
        select d.sent_at
        from conversions c
        join deliveries d on d.tenant_id = c.tenant_id and d.event_id = c.event_id
        where c.tenant_id = $1 and c.sale_id = $2 and c.name = 'Purchase'
            and d.destination_id = $3
        """,
        tenant,
        sale,
        destination,
    )


async def lock(
    tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId
) -> DeliveryRow | None:
    return await tx.one_or_none(
        DeliveryRow,
        """
        select d.event_id, d.destination_id, d.state, d.grace_until, d.next_at, d.attempts,
            d.payload, d.unknown_since, d.most_together, d.by_hand, d.why, c.test, c.chat,
            c.name, c.sale_id, c.contact_id, c.event_time, c.value_cents
        from deliveries d
        join conversions c on c.tenant_id = d.tenant_id and c.event_id = d.event_id
        where d.tenant_id = $1 and d.event_id = $2 and d.destination_id = $3
        for update of d
        """,
        tenant,
        event,
        destination,
    )


async def lock_others(
    tx: Tx, tenant: TenantId, first: DeliveryRow, most: int, oldest: datetime, now: datetime
) -> list[DeliveryRow]:
    """What may go along in the same request: no purchases, none that may have arrived, and no test
    with what is none."""
    return await tx.all(
        DeliveryRow,
        """
        select d.event_id, d.destination_id, d.state, d.grace_until, d.next_at, d.attempts,
            d.payload, d.unknown_since, d.most_together, d.by_hand, d.why, c.test, c.chat,
            c.name, c.sale_id, c.contact_id, c.event_time, c.value_cents
        from deliveries d
        join conversions c on c.tenant_id = d.tenant_id and c.event_id = d.event_id
        where d.tenant_id = $1 and d.destination_id = $2 and d.state = 'ready'
            and d.unknown_since is null and d.event_id <> $3 and c.name <> 'Purchase'
            and d.most_together = $4 and d.next_at <= $7 and c.event_time > $6 and c.test = $8
        order by d.next_at, d.event_id
        limit $5
        for update of d skip locked
        """,
        tenant,
        first.destination_id,
        first.event_id,
        first.most_together,
        most,
        oldest,
        now,
        first.test,
    )


async def freeze(tx: Tx, tenant: TenantId, row: DeliveryRow, payload: bytes, now: datetime) -> None:
    await tx.execute(
        """
        update deliveries set payload = $4, frozen_at = $5
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        """,
        tenant,
        row.event_id,
        row.destination_id,
        payload,
        now,
    )


async def thaw(tx: Tx, tenant: TenantId, event: EventId, destination: DestinationId) -> None:
    """It is written anew at the next attempt: only what certainly never arrived may be."""
    await tx.execute(
        """
        update deliveries set payload = null, frozen_at = null
        where tenant_id = $1 and event_id = $2 and destination_id = $3 and unknown_since is null
        """,
        tenant,
        event,
        destination,
    )


async def set_out(
    tx: Tx, tenant: TenantId, rows: Sequence[DeliveryRow], together: int, now: datetime
) -> None:
    """From here on nobody knows, until it is noted how it ended."""
    events = [row.event_id for row in rows]
    await tx.execute(
        """
        with gone as (
            update deliveries
            set state = 'unknown', unknown_since = coalesce(unknown_since, $4),
                attempts = attempts + 1, grace_until = null, by_hand = false
            where tenant_id = $1 and destination_id = $2 and event_id = any ($3)
            returning event_id, attempts
        )
        insert into delivery_attempts (
            tenant_id, event_id, destination_id, number, set_out_at, together
        )
        select $1, event_id, $2, attempts, $4, $5 from gone
        """,
        tenant,
        rows[0].destination_id,
        events,
        now,
        together,
    )


async def last_set_out(tx: Tx, tenant: TenantId, row: DeliveryRow) -> datetime | None:
    """When an attempt set out of which nobody knows how it ended."""
    return await tx.value(
        """
        select set_out_at from delivery_attempts
        where tenant_id = $1 and event_id = $2 and destination_id = $3 and number = $4
            and ended_at is null
        """,
        tenant,
        row.event_id,
        row.destination_id,
        row.attempts,
    )


async def end_attempts(
    tx: Tx,
    tenant: TenantId,
    destination: DestinationId,
    numbers: Sequence[tuple[EventId, int]],
    verdict: Verdict,
    milliseconds: int,
    now: datetime,
) -> None:
    await tx.execute(
        """
        update delivery_attempts a
        set ended_at = $5, outcome = $6, status = $7, code = $8, error = $9, trace_id = $10,
            milliseconds = $11
        from unnest($3::text[], $4::int[]) as gone (event_id, number)
        where a.tenant_id = $1 and a.destination_id = $2 and a.event_id = gone.event_id
            and a.number = gone.number
        """,
        tenant,
        destination,
        [event for event, _ in numbers],
        [number for _, number in numbers],
        now,
        verdict.todo,
        verdict.status,
        verdict.code,
        verdict.text,
        verdict.trace_id,
        milliseconds,
    )


async def settle(
    tx: Tx,
    tenant: TenantId,
    event: EventId,
    destination: DestinationId,
    state: State,
    *,
    why: str | None = None,
    next_at: datetime | None = None,
    verdict: Verdict | None = None,
    milliseconds: int | None = None,
    unknown_since: datetime | None = None,
    sent_at: datetime | None = None,
    most_together: int | None = None,
) -> None:
    """How far it is now, and what the last answer said."""
    told = verdict or Verdict(todo="unknown")
    await tx.execute(
        """
        update deliveries
        set state = $4, why = $5, next_at = $6, status = $7, code = $8, error = $9,
            trace_id = $10, milliseconds = $11, unknown_since = $12, sent_at = $13,
            most_together = coalesce($14, most_together)
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        """,
        tenant,
        event,
        destination,
        state,
        why,
        next_at,
        told.status,
        told.code,
        told.text,
        told.trace_id,
        milliseconds,
        unknown_since,
        sent_at,
        most_together,
    )


async def give_up(tx: Tx, tenant: TenantId, row: DeliveryRow, state: State, why: str) -> None:
    """It is not sent any more; what the last answer said stays to be read."""
    await tx.execute(
        """
        update deliveries set state = $4, why = $5, next_at = null
        where tenant_id = $1 and event_id = $2 and destination_id = $3
        """,
        tenant,
        row.event_id,
        row.destination_id,
        state,
        why,
    )


async def cancel_of_sale(
    tx: Tx, tenant: TenantId, sale: SaleId, names: Sequence[EventName], why: str
) -> int:
    """What nobody was told of yet is not told any more."""
    return await tx.execute(
        """
        update deliveries d set state = 'canceled', why = $4, next_at = null
        from conversions c
        where d.tenant_id = $1 and c.tenant_id = d.tenant_id and c.event_id = d.event_id
            and c.sale_id = $2 and c.name = any ($3) and d.state in ('held', 'ready')
            and d.unknown_since is null
        """,
        tenant,
        sale,
        names,
        why,
    )


async def uncancel_of_sale(
    tx: Tx, tenant: TenantId, sale: SaleId, why: str, now: datetime
) -> list[tuple[EventId, DestinationId]]:
    """What was not to be told for this reason is to be told after all."""
    rows = await tx.connection.fetch(
        """
        update deliveries d set state = 'ready', why = null, next_at = $4
        from conversions c, destinations t
        where d.tenant_id = $1 and c.tenant_id = d.tenant_id and c.event_id = d.event_id
            and t.tenant_id = d.tenant_id and t.id = d.destination_id and t.deleted_at is null
            and c.sale_id = $2 and c.name = 'Purchase' and d.state = 'canceled' and d.why = $3
        returning d.event_id, d.destination_id
        """,
        tenant,
        sale,
        why,
        now,
    )
    return [(row["event_id"], row["destination_id"]) for row in rows]


async def waiting(
    tx: Tx, tenant: TenantId, destination: DestinationId
) -> list[tuple[EventId, EventName]]:
    """All that is still to be sent there, of each sale in the order in which it happened."""
    rows = await tx.connection.fetch(
        """
        select d.event_id, c.name
        from deliveries d
        join conversions c on c.tenant_id = d.tenant_id and c.event_id = d.event_id
        where d.tenant_id = $1 and d.destination_id = $2
            and d.state in ('held', 'ready', 'unknown')
        order by c.created_at, array_position($3::text[], c.name), d.event_id
        """,
        tenant,
        destination,
        list(EVENT_NAMES),
    )
    return [(row["event_id"], row["name"]) for row in rows]


async def never_told(
    tx: Tx,
    tenant: TenantId,
    destination: DestinationId,
    names: Sequence[EventName],
    since: datetime,
) -> list[ConversionRow]:
    """What happened since then that this destination was never to be told of."""
    return await tx.all(
        ConversionRow,
        """
        select c.event_id, c.name, c.sale_id, c.contact_id, c.event_time, c.value_cents,
            c.currency, c.created_at, c.test, c.chat
        from conversions c
        where c.tenant_id = $1 and c.name = any ($3) and c.event_time >= $4
            and not exists (
                select from deliveries d
                where d.tenant_id = c.tenant_id and d.event_id = c.event_id
                    and d.destination_id = $2
            )
        order by c.event_time
        limit 10000
        """,
        tenant,
        destination,
        names,
        since,
    )
