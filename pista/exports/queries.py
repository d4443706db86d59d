"""SQL of exports and their schedules, one statement per function."""

from datetime import date, datetime

import msgspec

from pista.exports.model import (
    Export,
    ExportFile,
    ExportFormat,
    ExportId,
    ExportSchedule,
    ExportState,
    ExportTarget,
    NewExportSchedule,
    StoredExport,
)
from pista.ids import TenantId
from pista.store.postgres import Tx


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: ExportId
    first_day: date
    last_day: date
    format: ExportFormat
    target: ExportTarget
    state: ExportState
    days_done: int
    error: str | None
    requested_by: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    export_id: ExportId
    day: date
    name: str
    events: int
    bytes: int


async def page(tx: Tx, tenant: TenantId, before: ExportId | None, limit: int) -> list[Export]:
    """The newest first; ids sort by time."""
    rows = await tx.all(
        _Row,
        """
        select id, first_day, last_day, format, target, state, days_done, error, requested_by,
            created_at, started_at, finished_at
        from exports
        where tenant_id = $1 and ($2::uuid is null or id < $2)
        order by id desc
        limit $3
        """,
        tenant,
        before,
        limit,
    )
    return await _with_files(tx, rows)


async def find(tx: Tx, tenant: TenantId, export: ExportId) -> Export | None:
    row = await tx.one_or_none(
        _Row,
        """
        select id, first_day, last_day, format, target, state, days_done, error, requested_by,
            created_at, started_at, finished_at
        from exports
        where tenant_id = $1 and id = $2
        """,
        tenant,
        export,
    )
    return None if row is None else (await _with_files(tx, [row]))[0]


async def _with_files(tx: Tx, rows: list[_Row]) -> list[Export]:
    found = await tx.all(
        _File,
        """
        select export_id, day, name, events, bytes
        from export_files
        where export_id = any($1)
        order by day
        """,
        [row.id for row in rows],
    )
    files: dict[ExportId, list[_File]] = {row.id: [] for row in rows}
    for file in found:
        files[file.export_id].append(file)
    return [_export(row, files[row.id]) for row in rows]


def _export(row: _Row, files: list[_File]) -> Export:
    return Export(
        id=row.id,
        first=row.first_day,
        last=row.last_day,
        format=row.format,
        target=row.target,
        state=row.state,
        days_total=(row.last_day - row.first_day).days + 1,
        days_done=row.days_done,
        events=sum(file.events for file in files),
        bytes=sum(file.bytes for file in files),
        error=row.error,
        requested_by=row.requested_by,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        files=[
            ExportFile(day=file.day, name=file.name, events=file.events, bytes=file.bytes)
            for file in files
        ],
    )


async def for_update(tx: Tx, tenant: TenantId, export: ExportId) -> StoredExport | None:
    return await tx.one_or_none(
        StoredExport,
        """
        select id, tenant_id, scheduled, first_day, last_day, format, target, prefix, state,
            days_done, attempts
        from exports
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        export,
    )


async def open_exports(tx: Tx, tenant: TenantId) -> int:
    """How many of those that people asked for wait or run."""
    return await tx.value(
        """
        select count(*) from exports
        where tenant_id = $1 and state in ('waiting', 'running') and not scheduled
        """,
        tenant,
    )


async def add(tx: Tx, export: StoredExport, by: str | None, at: datetime) -> bool:
    """False if the tenant's daily export is under way already."""
    return (
        await tx.execute(
            """
            insert into exports (
                id, tenant_id, scheduled, first_day, last_day, format, target, prefix, state,
                requested_by, created_at, worked_at
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
            on conflict (tenant_id) where scheduled and state in ('waiting', 'running')
            do nothing
            """,
            export.id,
            export.tenant_id,
            export.scheduled,
            export.first_day,
            export.last_day,
            export.format,
            export.target,
            export.prefix,
            export.state,
            by,
            at,
        )
        == 1
    )


async def stored(tx: Tx, tenant: TenantId, export: ExportId) -> StoredExport | None:
    return await tx.one_or_none(
        StoredExport,
        """
        select id, tenant_id, scheduled, first_day, last_day, format, target, prefix, state,
            days_done, attempts
        from exports
        where tenant_id = $1 and id = $2
        """,
        tenant,
        export,
    )


async def file_day(tx: Tx, export: ExportId, name: str) -> date | None:
    return await tx.value(
        "select day from export_files where export_id = $1 and name = $2", export, name
    )


async def cancel(tx: Tx, export: ExportId, at: datetime) -> None:
    await tx.execute(
        "update exports set state = 'cancelled', finished_at = $2 where id = $1", export, at
    )


async def restart(tx: Tx, export: ExportId) -> bool:
    """Days that are done stay done. False if it is a daily one and another is under way."""
    return (
        await tx.execute(
            """
            update exports e
            set state = 'waiting', error = null, attempts = 0, next_try_at = null,
                finished_at = null
            where id = $1 and not (
                scheduled and exists (
                    select from exports o
                    where o.tenant_id = e.tenant_id and o.scheduled
                        and o.state in ('waiting', 'running')
                )
            )
            """,
            export,
        )
        == 1
    )


async def schedule(tx: Tx, tenant: TenantId) -> ExportSchedule | None:
    return await tx.one_or_none(
        ExportSchedule,
        """
        select enabled, format, target, prefix, hour, last_day as "lastDay",
            last_error as "lastError"
        from export_schedules
        where tenant_id = $1
        """,
        tenant,
    )


async def set_schedule(tx: Tx, tenant: TenantId, wanted: NewExportSchedule) -> ExportSchedule:
    """What was exported in another place or format is not exported in this one."""
    return await tx.one(
        ExportSchedule,
        """
        insert into export_schedules as s (tenant_id, enabled, format, target, prefix, hour)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant_id) do update set
            enabled = excluded.enabled,
            format = excluded.format,
            target = excluded.target,
            prefix = excluded.prefix,
            hour = excluded.hour,
            last_day = case
                when (s.format, s.target, s.prefix)
                    = (excluded.format, excluded.target, excluded.prefix)
                then s.last_day
            end,
            last_error = null
        returning enabled, format, target, prefix, hour, last_day as "lastDay",
            last_error as "lastError"
        """,
        tenant,
        wanted.enabled,
        wanted.format,
        wanted.target,
        wanted.prefix,
        wanted.hour,
    )


class DueSchedule(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    format: ExportFormat
    target: ExportTarget
    prefix: str
    hour: int
    last_day: date | None


async def enabled_schedules(tx: Tx) -> list[DueSchedule]:
    return await tx.all(
        DueSchedule,
        """
        select tenant_id, format, target, prefix, hour, last_day
        from export_schedules
        where enabled
        """,
    )


async def scheduled_since(tx: Tx, wanted: DueSchedule, since: datetime) -> bool:
    """Whether the daily export to this place has been made since, whatever became of it."""
    return await tx.value(
        """
        select exists (
            select from exports
            where tenant_id = $1 and scheduled and created_at >= $2
                and (format, target, prefix) = ($3, $4, $5)
        )
        """,
        wanted.tenant_id,
        since,
        wanted.format,
        wanted.target,
        wanted.prefix,
    )


async def cancel_scheduled(tx: Tx, tenant: TenantId, at: datetime) -> None:
    """End the daily export under way, whose terms hold no longer."""
    await tx.execute(
        """
        update exports set state = 'cancelled', finished_at = $2
        where tenant_id = $1 and scheduled and state in ('waiting', 'running')
        """,
        tenant,
        at,
    )


async def next_open(tx: Tx, now: datetime) -> StoredExport | None:
    """The one that has waited longest for its turn."""
    return await tx.one_or_none(
        StoredExport,
        """
        select id, tenant_id, scheduled, first_day, last_day, format, target, prefix, state,
            days_done, attempts
        from exports
        where state in ('waiting', 'running') and (next_try_at is null or next_try_at <= $1)
        order by worked_at, id
        limit 1
        """,
        now,
    )


async def begin_day(tx: Tx, export: ExportId, at: datetime) -> bool:
    """False if it was cancelled meanwhile."""
    return (
        await tx.execute(
            """
            update exports
            set state = 'running', worked_at = $2,
                started_at = coalesce(started_at, $2::timestamptz)
            where id = $1 and state in ('waiting', 'running')
            """,
            export,
            at,
        )
        == 1
    )


async def is_running(tx: Tx, export: ExportId) -> bool:
    return await tx.value(
        "select exists (select from exports where id = $1 and state = 'running')", export
    )


async def end_day(tx: Tx, export: StoredExport, at: datetime) -> ExportState | None:
    """The state that it has now; None if it was cancelled meanwhile."""
    found = await tx.value(
        """
        update exports
        set days_done = $2::int + 1, attempts = 0, next_try_at = null, error = null, worked_at = $3,
            state = case when first_day + $2::int >= last_day then 'done' else 'running' end,
            finished_at = case when first_day + $2 >= last_day then $3::timestamptz end
        where id = $1 and state = 'running' and days_done = $2
        returning state
        """,
        export.id,
        export.days_done,
        at,
    )
    return None if found is None else ExportState(found)


async def note_file(tx: Tx, export: ExportId, file: ExportFile) -> None:
    await tx.execute(
        """
        insert into export_files (export_id, day, name, events, bytes)
        values ($1, $2, $3, $4, $5)
        on conflict (export_id, day) do update set
            name = excluded.name, events = excluded.events, bytes = excluded.bytes
        """,
        export,
        file.day,
        file.name,
        file.events,
        file.bytes,
    )


async def postpone(
    tx: Tx, export: ExportId, error: str, at: datetime, next_try_at: datetime
) -> None:
    await tx.execute(
        """
        update exports
        set state = 'waiting', error = $2, worked_at = $3, next_try_at = $4,
            attempts = attempts + 1
        where id = $1 and state = 'running'
        """,
        export,
        error,
        at,
        next_try_at,
    )


async def fail(tx: Tx, export: ExportId, error: str, at: datetime) -> None:
    await tx.execute(
        """
        update exports set state = 'failed', error = $2, finished_at = $3, worked_at = $3
        where id = $1 and state = 'running'
        """,
        export,
        error,
        at,
    )


async def note_scheduled(tx: Tx, export: StoredExport) -> None:
    """The days of a daily export are done, if its schedule still means the same place."""
    await tx.execute(
        """
        update export_schedules set last_day = greatest(last_day, $2), last_error = null
        where tenant_id = $1 and (format, target, prefix) = ($3, $4, $5)
        """,
        export.tenant_id,
        export.last_day,
        export.format,
        export.target,
        export.prefix,
    )


async def note_schedule_error(tx: Tx, tenant: TenantId, error: str) -> None:
    await tx.execute(
        "update export_schedules set last_error = $2 where tenant_id = $1", tenant, error
    )


async def outdated(tx: Tx, before: datetime) -> list[StoredExport]:
    """Exports that ended before this moment."""
    return await tx.all(
        StoredExport,
        """
        select id, tenant_id, scheduled, first_day, last_day, format, target, prefix, state,
            days_done, attempts
        from exports
        where finished_at < $1
        order by finished_at
        limit 100
        """,
        before,
    )


async def forget(tx: Tx, export: ExportId) -> None:
    await tx.execute("delete from exports where id = $1", export)
