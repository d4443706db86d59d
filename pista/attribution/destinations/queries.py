"""The SQL of destinations, one statement per function."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from pista.attribution.conversions.model import DestinationId, DestinationRow
from pista.ids import TenantId
from pista.store.postgres import Tx

SELECT: LiteralString = """
select id, kind, name, settings, secrets, state, paused_why, events, grace_minutes, test_code,
    test_until, not_before, skew_seconds, last_sent_at, created_at, deleted_at
from destinations
where tenant_id = $1
"""


async def listed(tx: Tx, tenant: TenantId) -> list[DestinationRow]:
    return await tx.all(
        DestinationRow, SELECT + "and deleted_at is null order by created_at, id", tenant
    )


async def told_of(tx: Tx, tenant: TenantId, name: str) -> Sequence[DestinationRow]:
    """Those that are to hear of conversions of this name; one that is paused hears later."""
    return await tx.all(
        DestinationRow,
        SELECT
        + "and deleted_at is null and state <> 'off' and $2 = any (events) order by id for share",
        tenant,
        name,
    )


async def one(tx: Tx, tenant: TenantId, destination: DestinationId) -> DestinationRow | None:
    return await tx.one_or_none(DestinationRow, SELECT + "and id = $2", tenant, destination)


async def for_share(tx: Tx, tenant: TenantId, destination: DestinationId) -> DestinationRow | None:
    """Nobody pauses or resumes it until the transaction ends."""
    return await tx.one_or_none(
        DestinationRow, SELECT + "and id = $2 for share", tenant, destination
    )


async def for_update(tx: Tx, tenant: TenantId, destination: DestinationId) -> DestinationRow | None:
    return await tx.one_or_none(
        DestinationRow,
        SELECT + "and id = $2 and deleted_at is null for update",
        tenant,
        destination,
    )


async def add(tx: Tx, tenant: TenantId, row: DestinationRow) -> None:
    await tx.execute(
        """
        insert into destinations (
            tenant_id, id, kind, name, settings, secrets, state, events, grace_minutes, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        tenant,
        row.id,
        row.kind,
        row.name,
        row.settings,
        row.secrets,
        row.state,
        row.events,
        row.grace_minutes,
        row.created_at,
    )


async def store(tx: Tx, tenant: TenantId, row: DestinationRow) -> None:
    """What people change of it."""
    await tx.execute(
        """
        update destinations
        set name = $3, settings = $4, secrets = $5, state = $6, paused_why = $7, events = $8,
            grace_minutes = $9, test_code = $10, test_until = $11, not_before = $12
        where tenant_id = $1 and id = $2
        """,
        tenant,
        row.id,
        row.name,
        row.settings,
        row.secrets,
        row.state,
        row.paused_why,
        row.events,
        row.grace_minutes,
        row.test_code,
        row.test_until,
        row.not_before,
    )


async def pause(tx: Tx, tenant: TenantId, destination: DestinationId, why: str) -> bool:
    """False: it did not go on already."""
    return bool(
        await tx.execute(
            """
            update destinations set state = 'paused', paused_why = $3
            where tenant_id = $1 and id = $2 and state = 'on' and deleted_at is null
            """,
            tenant,
            destination,
            why,
        )
    )


async def learn(
    tx: Tx,
    tenant: TenantId,
    destination: DestinationId,
    *,
    skew_seconds: int | None,
    not_before: datetime | None,
    sent_at: datetime | None,
) -> None:
    """What an answer told of the destination itself. Written only where it says something new."""
    await tx.execute(
        """
        update destinations
        set skew_seconds = coalesce($3, skew_seconds),
            not_before = greatest(not_before, $4),
            last_sent_at = greatest(last_sent_at, $5)
        where tenant_id = $1 and id = $2 and (
            abs(skew_seconds - $3::int) > 1 or $4::timestamptz is not null
            or last_sent_at is null or last_sent_at < $5::timestamptz - interval '10 seconds'
        )
        """,
        tenant,
        destination,
        skew_seconds,
        not_before,
        sent_at,
    )


async def let_go(tx: Tx, tenant: TenantId, destination: DestinationId) -> None:
    """What waits is not sent; of what was not answered nobody knows whether it arrived."""
    await tx.execute(
        """
        update deliveries
        set state = case when state = 'unknown' then 'parked' else 'canceled' end,
            why = 'destination_deleted', next_at = null
        where tenant_id = $1 and destination_id = $2 and state in ('held', 'ready', 'unknown')
        """,
        tenant,
        destination,
    )


async def delete(tx: Tx, tenant: TenantId, destination: DestinationId, now: datetime) -> None:
    """Its log stays to be read; its secrets are gone."""
    await tx.execute(
        """
        update destinations set deleted_at = $3, secrets = null, state = 'off', test_code = null
        where tenant_id = $1 and id = $2
        """,
        tenant,
        destination,
        now,
    )


async def waiting_counts(tx: Tx, tenant: TenantId) -> dict[DestinationId, int]:
    rows = await tx.connection.fetch(
        """
        select destination_id, count(*) as n from deliveries
        where tenant_id = $1 and state in ('held', 'ready', 'unknown')
        group by destination_id
        """,
        tenant,
    )
    return {DestinationId(row["destination_id"]): row["n"] for row in rows}
