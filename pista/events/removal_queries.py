"""The months that somebody has asked to remove, in PostgreSQL."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx

MOST_LISTED = 20


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One removal, as it is stored."""

    id: UUID
    tenant_id: TenantId
    month: int
    """YYYYMM."""
    asked_by: UUID | None
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None = None
    removed_at: datetime | None = None
    finished_at: datetime | None = None
    events: int | None = None
    bytes: int | None = None
    parts_left: int | None = None
    error: str | None = None


async def ask(tx: Tx, asked: Asked) -> None:
    """Ask for it; nothing happens if the same is asked for already."""
    await tx.execute(
        """
        insert into month_removals (id, tenant_id, month, asked_by, asked_by_name, asked_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id, month) where finished_at is null do nothing
        """,
        asked.id,
        asked.tenant_id,
        asked.month,
        asked.asked_by,
        asked.asked_by_name,
        asked.asked_at,
    )


async def open_of(tx: Tx, tenant: TenantId, month: int) -> Asked | None:
    return await tx.one_or_none(
        Asked,
        """
        select id, tenant_id, month, asked_by, asked_by_name, asked_at, started_at, removed_at,
            finished_at, events, bytes, parts_left, error
        from month_removals
        where tenant_id = $1 and month = $2 and finished_at is null
        """,
        tenant,
        month,
    )


async def of_tenant(tx: Tx, tenant: TenantId) -> list[Asked]:
    """The latest first."""
    return await tx.all(
        Asked,
        """
        select id, tenant_id, month, asked_by, asked_by_name, asked_at, started_at, removed_at,
            finished_at, events, bytes, parts_left, error
        from month_removals
        where tenant_id = $1
        order by asked_at desc
        limit $2
        """,
        tenant,
        MOST_LISTED,
    )


async def unfinished(tx: Tx) -> list[Asked]:
    """Of every tenant, the oldest first."""
    return await tx.all(
        Asked,
        """
        select id, tenant_id, month, asked_by, asked_by_name, asked_at, started_at, removed_at,
            finished_at, events, bytes, parts_left, error
        from month_removals
        where finished_at is null
        order by asked_at
        """,
    )


async def start(tx: Tx, removal: UUID, events: int, size: int | None, now: datetime) -> None:
    """Begin, or begin again after a crash: then what there was before it counts."""
    await tx.execute(
        """
        update month_removals set started_at = $2, events = $3, bytes = $4
        where id = $1 and started_at is null
        """,
        removal,
        now,
        events,
        size,
    )


async def note_removed(tx: Tx, removal: UUID, now: datetime) -> None:
    await tx.execute("update month_removals set removed_at = $2 where id = $1", removal, now)


async def note_left(tx: Tx, removal: UUID, parts: int, error: str | None) -> None:
    await tx.execute(
        "update month_removals set parts_left = $2, error = $3 where id = $1",
        removal,
        parts,
        error,
    )


async def finish(tx: Tx, removal: UUID, now: datetime, error: str | None = None) -> int | None:
    """The answer is how many events there were."""
    return await tx.value(
        """
        update month_removals set finished_at = $2, error = $3, parts_left = null
        where id = $1
        returning events
        """,
        removal,
        now,
        error,
    )
