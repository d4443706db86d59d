"""Does the exports that people ask for and those of every day, one day of events at a time.

One runner at a time, held by a lock on a connection; any number of workers may stand by. What it
decides is said on that connection, so a runner whose lead has passed to another decides nothing,
and files are replaced whole: that it may still write one does no harm.
"""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pista import accounts, logs
from pista.exports import downloads, queries, rules
from pista.exports.bucket import Bucket
from pista.exports.export import Job, export_day
from pista.exports.folder import Folder
from pista.exports.model import (
    Done,
    ExportFile,
    ExportId,
    ExportState,
    ExportTarget,
    ForeignExport,
    Outcome,
    StoredExport,
    TooBusy,
)
from pista.exports.places import Place
from pista.exports.queries import DueSchedule
from pista.ids import uuid7
from pista.settings import Settings
from pista.store import lease, postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.lease import Lease
from pista.store.places import PlaceAway, PlaceError
from pista.store.postgres import Lead, Tx
from pista.store.s3 import S3

LOCK = 7_405_211_014
POLL_SECONDS = 1.0
STAND_BY_SECONDS = 5.0
SCHEDULES_SECONDS = 20.0
LONG_SECONDS = 3600

UNEXPECTED = "Something unexpected happened; the log says what."

log = logs.get()


class Runner:
    def __init__(self, database_url: str, clickhouse_url: str, settings: Settings) -> None:
        self._url = database_url
        self._settings = settings
        self._clickhouse = ClickHouse(clickhouse_url, timeout=LONG_SECONDS)
        self._looked_at = 0.0

    async def run(self) -> None:
        """Stand by for the lock, lead while holding it, start over when something breaks."""
        while True:
            try:
                await self._stand_by()
            except postgres.AWAY as error:
                log.warning("exports_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the exports of all days to come.
                log.exception("exports_failed")
            await asyncio.sleep(POLL_SECONDS)

    async def close(self) -> None:
        await self._clickhouse.close()

    async def _stand_by(self) -> None:
        connection: Any = await postgres.connect(self._url)
        try:
            while not await lease.take(connection, LOCK):  # noqa: ASYNC110 - in PostgreSQL
                await asyncio.sleep(STAND_BY_SECONDS)
            await self._lead(Lease(connection))
        finally:
            connection.terminate()

    async def _lead(self, lead: Lease) -> None:
        keeping = asyncio.create_task(lead.keep())
        try:
            while True:
                if not await self.step(lead, datetime.now(UTC)):
                    await asyncio.sleep(POLL_SECONDS)
        finally:
            keeping.cancel()

    async def step(self, lead: Lead, now: datetime) -> bool:
        """Do one day of one export; False if there is nothing to do."""
        clock = asyncio.get_running_loop().time()
        if clock - self._looked_at > SCHEDULES_SECONDS or not self._looked_at:
            self._looked_at = clock
            await self.look(lead, now)
        async with lead.transaction() as tx:
            export = await queries.next_open(tx, now)
            if export is None or not await queries.begin_day(tx, export.id, now):
                return export is not None
        await self._day(lead, export, now)
        return True

    async def look(self, lead: Lead, now: datetime) -> None:
        """Make the daily exports that are due, and let go of what nobody fetches any more."""
        async with lead.transaction() as tx:
            for schedule in await queries.enabled_schedules(tx):
                await _schedule(tx, schedule, now)
            outdated = await queries.outdated(tx, now - rules.KEPT)
        for export in outdated:
            if export.target is ExportTarget.FOLDER and not export.scheduled:
                await asyncio.to_thread(shutil.rmtree, self._root(export), ignore_errors=True)
            async with lead.transaction() as tx:
                await queries.forget(tx, export.id)

    async def _day(self, lead: Lead, export: StoredExport, now: datetime) -> None:
        began = time.monotonic()
        try:
            done = await self._export(lead, export)
            trouble = None
        except postgres.AWAY:
            raise
        except Exception as error:
            done, trouble = None, error
        at = now + timedelta(seconds=time.monotonic() - began)
        if trouble is not None:
            await _failed(lead, export, trouble, at)
        elif done is not None:
            await _finish(lead, export, done, at)

    async def _export(self, lead: Lead, export: StoredExport) -> Done | None:
        """The day; None if the export was cancelled while it was being written."""
        place = self._place(export)
        job = Job(
            clickhouse=self._clickhouse,
            tenant=export.tenant_id,
            form=export.format,
            place=place,
            refresh=export.scheduled,
        )
        day = export.first_day + timedelta(days=export.days_done)
        try:
            return await _unless_cancelled(lead, export.id, lambda: export_day(job, day))
        finally:
            await place.close()

    def _place(self, export: StoredExport) -> Place:
        if export.target is ExportTarget.FOLDER:
            downloads.prepare(self._settings.data_dir)
            return Folder(self._root(export))
        s3 = self._settings.s3
        if s3 is None or s3.bucket is None:
            raise PlaceError("There is no bucket any more: set PISTA_S3_BUCKET and its keys.")
        return Bucket(S3(s3, s3.bucket), f"{export.tenant_id}/{export.prefix}")

    def _root(self, export: StoredExport) -> Path:
        return downloads.root(self._settings.data_dir, export.tenant_id, export.prefix)


async def _schedule(tx: Tx, schedule: DueSchedule, now: datetime) -> None:
    tenant = await accounts.tenant(tx, schedule.tenant_id)
    due = rules.last_due(now, ZoneInfo(tenant.time_zone), schedule.hour)
    days = rules.days(due, schedule.last_day)
    if days is None or await queries.scheduled_since(tx, schedule, due):
        return
    export = StoredExport(
        id=ExportId(uuid7()),
        tenant_id=schedule.tenant_id,
        scheduled=True,
        first_day=days[0],
        last_day=days[1],
        format=schedule.format,
        target=schedule.target,
        prefix=schedule.prefix,
        state=ExportState.WAITING,
        days_done=0,
        attempts=0,
    )
    await queries.add(tx, export, None, now)


async def _unless_cancelled(
    lead: Lead, export: ExportId, work: Callable[[], Awaitable[Done]]
) -> Done | None:
    """Do this, but stop as soon as the export is cancelled or the lead is lost."""
    working = asyncio.ensure_future(work())
    try:
        while True:
            done, _ = await asyncio.wait({working}, timeout=POLL_SECONDS)
            if done:
                return working.result()
            async with lead.transaction() as tx:
                if not await queries.is_running(tx, export):
                    return None
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _finish(lead: Lead, export: StoredExport, done: Done, at: datetime) -> None:
    async with lead.transaction() as tx:
        state = await queries.end_day(tx, export, at)
        if state is None:
            return
        if done.outcome is not Outcome.EMPTY:
            file = ExportFile(day=done.day, name=done.file, events=done.events, bytes=done.bytes)
            await queries.note_file(tx, export.id, file)
        if state is ExportState.DONE and export.scheduled:
            await queries.note_scheduled(tx, export)
    log.info(
        "day_exported",
        export=str(export.id),
        day=str(done.day),
        outcome=done.outcome,
        events=done.events,
        bytes=done.bytes,
    )


async def _failed(lead: Lead, export: StoredExport, trouble: Exception, at: datetime) -> None:
    """Try again later: a daily export for as long as it takes, others a few times."""
    why, passing = _told(trouble)
    # A mistake in one export must not keep all the others from being done; the log has its trace.
    unexpected = trouble if why == UNEXPECTED else None
    log.warning(
        "export_interrupted",
        export=str(export.id),
        why=why,
        error=str(trouble)[:500],
        exc_info=unexpected,
    )
    async with lead.transaction() as tx:
        if export.scheduled:
            await queries.note_schedule_error(tx, export.tenant_id, why)
        elif not passing or export.attempts + 1 >= rules.MOST_ATTEMPTS:
            await queries.fail(tx, export.id, why, at)
            return
        await queries.postpone(tx, export.id, why, at, at + rules.pause(export.attempts))


def _told(trouble: Exception) -> tuple[str, bool]:
    """A sentence for a person, and whether it may pass by itself."""
    match trouble:
        case ForeignExport():
            return "There is an export of another company in this place.", False
        case PlaceError():
            return str(trouble)[:500], False
        case PlaceAway():
            return str(trouble)[:500], True
        case TooBusy():
            return "The events of the day kept changing.", True
        case ClickHouseAway() | ClickHouseError():
            # In its own words stand addresses of the inside.
            return "ClickHouse cannot be used now; the log says why.", True
        case _:
            return UNEXPECTED, True
