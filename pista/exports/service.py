"""What people do with exports: ask for one, cancel it, try it again, and set the daily one."""

from datetime import UTC, date, datetime, timedelta

from pista.accounts import Caller
from pista.events.periods import FIRST_YEAR
from pista.exports import queries
from pista.exports.model import (
    OPEN,
    BadExport,
    Export,
    ExportFinished,
    ExportId,
    ExportNotFailed,
    ExportNotFound,
    Exports,
    ExportSchedule,
    ExportState,
    ExportTarget,
    NewExport,
    NewExportSchedule,
    StoredExport,
    TooManyExports,
)
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx

PAGE = 20
MOST_OPEN = 10
MOST_DAYS = 3_660


async def exports(
    tx: Tx, tenant: TenantId, before: ExportId | None, *, s3_configured: bool
) -> Exports:
    found = await queries.page(tx, tenant, before, PAGE + 1)
    return Exports(
        schedule=await queries.schedule(tx, tenant),
        items=found[:PAGE],
        s3_configured=s3_configured,
        next=str(found[PAGE - 1].id) if len(found) > PAGE else None,
    )


async def export(tx: Tx, tenant: TenantId, wanted: ExportId) -> Export:
    found = await queries.find(tx, tenant, wanted)
    if found is None:
        raise ExportNotFound
    return found


async def request(
    tx: Tx, caller: Caller, wanted: NewExport, *, s3_configured: bool, now: datetime
) -> Export:
    """Have a worker export these days."""
    _check_days(wanted, now.astimezone(UTC).date())
    _check_target(wanted.target, s3_configured=s3_configured)
    if await queries.open_exports(tx, caller.tenant_id) >= MOST_OPEN:
        raise TooManyExports
    made = ExportId(uuid7())
    stored = StoredExport(
        id=made,
        tenant_id=caller.tenant_id,
        scheduled=False,
        first_day=wanted.first,
        last_day=wanted.last,
        format=wanted.format,
        target=wanted.target,
        prefix=f"requested/{made}",
        state=ExportState.WAITING,
        days_done=0,
        attempts=0,
    )
    await queries.add(tx, stored, caller.user.email if caller.user else "API key", now)
    return await export(tx, caller.tenant_id, made)


async def cancel(tx: Tx, tenant: TenantId, wanted: ExportId, *, now: datetime) -> Export:
    """End it after the day under way, whose file is not kept; finished days stay."""
    found = await _for_update(tx, tenant, wanted)
    if found.state not in OPEN:
        raise ExportFinished
    await queries.cancel(tx, wanted, now)
    return await export(tx, tenant, wanted)


async def retry(tx: Tx, tenant: TenantId, wanted: ExportId) -> Export:
    """Go on with the first day that is missing."""
    found = await _for_update(tx, tenant, wanted)
    if found.state not in {ExportState.FAILED, ExportState.CANCELLED}:
        raise ExportNotFailed
    if not await queries.restart(tx, wanted):
        raise ExportNotFailed("Another daily export is under way.")
    return await export(tx, tenant, wanted)


async def set_schedule(
    tx: Tx, tenant: TenantId, wanted: NewExportSchedule, *, s3_configured: bool, now: datetime
) -> ExportSchedule:
    """From now on; a daily export under way to another place, or none any more, is cancelled."""
    if wanted.enabled:
        _check_target(wanted.target, s3_configured=s3_configured)
    if wanted.prefix.split("/")[0] == "requested":
        raise BadExport("`requested` is where exports lie that people ask for: choose another.")
    before = await queries.schedule(tx, tenant)
    if before and (not wanted.enabled or _place(before) != _place(wanted)):
        await queries.cancel_scheduled(tx, tenant, now)
    return await queries.set_schedule(tx, tenant, wanted)


def _place(schedule: ExportSchedule | NewExportSchedule) -> tuple[str, str, str]:
    return schedule.format, schedule.target, schedule.prefix


async def _for_update(tx: Tx, tenant: TenantId, wanted: ExportId) -> StoredExport:
    found = await queries.for_update(tx, tenant, wanted)
    if found is None:
        raise ExportNotFound
    return found


def _check_days(wanted: NewExport, today: date) -> None:
    if wanted.last < wanted.first:
        raise BadExport("`from` must not lie after `to`.")
    if wanted.last > today:
        raise BadExport("`to` lies in the future: the last day that can be exported is today.")
    if wanted.first.year < FIRST_YEAR:
        raise BadExport(f"No event is older than {FIRST_YEAR}: begin there.")
    if wanted.last - wanted.first >= timedelta(days=MOST_DAYS):
        raise BadExport(f"At most {MOST_DAYS:,} days fit in one export.")


def _check_target(target: ExportTarget, *, s3_configured: bool) -> None:
    if target is ExportTarget.S3 and not s3_configured:
        raise BadExport("There is no bucket: set `PISTA_S3_BUCKET` and its keys, or use `folder`.")
