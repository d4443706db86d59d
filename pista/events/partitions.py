"""Months of events as partitions: what there is, and what is dropped when it is too old."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

import msgspec

from pista import logs
from pista.events import queries
from pista.settings import TrackingSettings
from pista.store import postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import Postgres

DAILY = "events.daily"
HOURLY = "events.hourly"
DAILY_HOUR = 3
TICK_SECONDS = 30.0
REMEMBERED = timedelta(hours=48)
FORGET_AT_ONCE = 5_000
DROP: Mapping[str, LiteralString] = {
    "events": "alter table events drop partition {month:String}",
    "events_hourly": "alter table events_hourly drop partition {month:String}",
    "people_hourly": "alter table people_hourly drop partition {month:String}",
    "visitor_weeks": "alter table visitor_weeks drop partition {month:String}",
    "bots": "alter table bots drop partition {month:String}",
    "sessions": "alter table sessions drop partition {month:String}",
}

log = logs.get()


class Partition(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One month of one table."""

    table: str
    month: str
    """YYYYMM."""
    rows: int
    bytes_on_disk: int


class _Day(msgspec.Struct):
    day: str


async def partitions(clickhouse: ClickHouse) -> list[Partition]:
    """The months of events and rollups that are stored, newest first."""
    return await clickhouse.all(
        Partition,
        """
        select table, partition as month, sum(rows) as rows, sum(bytes_on_disk) as "bytesOnDisk"
        from system.parts
        where active and database = currentDatabase()
            and table in (
                'events', 'events_hourly', 'people_hourly', 'visitor_weeks', 'bots', 'sessions'
            )
        group by table, partition
        order by partition desc, table
        """,
    )


def oldest_month(now: datetime, months: int) -> str:
    """The oldest month, YYYYMM, that is not more than `months` months old."""
    month = now.year * 12 + now.month - 1 - months
    return f"{month // 12:04d}{month % 12 + 1:02d}"


async def drop_before(clickhouse: ClickHouse, month: str) -> list[Partition]:
    """Drop whole partitions older than `month`; the answer is what was dropped."""
    old = [found for found in await partitions(clickhouse) if found.month < month]
    for found in old:
        await clickhouse.execute(DROP[found.table], month=found.month)
    return old


async def forget_ids(clickhouse: ClickHouse, today: date) -> None:
    """Drop the days of event ids that are no longer looked at: those two days old and older."""
    days = await clickhouse.all(
        _Day,
        """
        select distinct partition as day
        from system.parts
        where active and database = currentDatabase() and table = 'event_ids'
            and toDate(partition) < {oldest:Date}
        """,
        oldest=(today - REMEMBERED - timedelta(days=1)).isoformat(),
    )
    for found in days:
        await clickhouse.execute("alter table event_ids drop partition {day:String}", day=found.day)


def last_due(now: datetime) -> datetime:
    """The most recent 03:00 of this machine's time zone."""
    today = now.replace(hour=DAILY_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


class Keeper:
    """The work of the clock. Beside each writer, and working only while that one leads."""

    def __init__(self, pool: Postgres, clickhouse: ClickHouse, tracking: TrackingSettings) -> None:
        self._postgres = pool
        self._clickhouse = clickhouse
        self._tracking = tracking

    async def run(self, leading: asyncio.Event) -> None:
        while True:
            await leading.wait()
            try:
                await self.tick(datetime.now().astimezone())
            except (*postgres.AWAY, ClickHouseAway, ClickHouseError) as error:
                log.warning("maintenance_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the maintenance of all days to come.
                log.exception("maintenance_failed")
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self, now: datetime) -> None:
        """Do what is due: what was missed while nothing ran is due too."""
        if await self._is_due(HOURLY, now - timedelta(hours=1)):
            await self._hourly(now)
            await self._note(HOURLY, now)
        if await self._is_due(DAILY, last_due(now)):
            await self._daily(now)
            await self._note(DAILY, now)

    async def _hourly(self, now: datetime) -> None:
        async with self._postgres.transaction() as tx:
            oldest = await queries.oldest_waiting(tx)
        # An id counts for 48 hours of arrival, so those that the backlog may still bring stay.
        await forget_ids(self._clickhouse, min(now, oldest or now).astimezone(UTC).date())
        while True:
            async with self._postgres.transaction() as tx:
                gone = await queries.forget_batches(tx, now - REMEMBERED, FORGET_AT_ONCE)
            if gone < FORGET_AT_ONCE:
                return

    async def _daily(self, now: datetime) -> None:
        if not self._tracking.auto_cleanup_enabled:
            return
        month = oldest_month(now.astimezone(UTC), self._tracking.cleanup_older_than_months)
        for dropped in await drop_before(self._clickhouse, month):
            log.info("partition_dropped", table=dropped.table, month=dropped.month)

    async def _is_due(self, name: str, since: datetime) -> bool:
        async with self._postgres.transaction() as tx:
            last = await queries.last_run(tx, name)
        return last is None or last < since

    async def _note(self, name: str, now: datetime) -> None:
        async with self._postgres.transaction() as tx:
            await queries.note_run(tx, name, now)
