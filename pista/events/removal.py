"""Removes a tenant's month of events, and all that has been counted from them.

Done by the leading writer between two flushes: a flush sees all of a removal or nothing of it. A
table's month that is this tenant's alone is dropped as a partition, at once; of a month that is
shared the tenant's rows are deleted by ClickHouse in the background, from what is stored now and
from nothing that is stored later. Every step bears being repeated, so one that was cut short is
begun again from its start.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

import msgspec

from pista import logs
from pista.events import removal_queries as queries
from pista.events import rollups
from pista.events.flush import PLAIN
from pista.events.partitions import DROP
from pista.events.removal_queries import Asked
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse, ClickHouseError, Setting
from pista.store.postgres import Lead

# The embedded engine would wait for the end, and the events with it.
IN_BACKGROUND: Mapping[str, Setting] = {"mutations_sync": 0}

log = logs.get()


class _Found(msgspec.Struct, frozen=True):
    events: int
    bytes: int


class _Number(msgspec.Struct, frozen=True):
    n: int


class _Left(msgspec.Struct, frozen=True):
    mutations: int
    parts: int
    failing: str


class Remover:
    """A chore of the leading writer: what is asked for is done within a second or two."""

    def __init__(self, clickhouse: ClickHouse) -> None:
        self._clickhouse = clickhouse

    async def __call__(self, lead: Lead) -> None:
        async with lead.transaction() as tx:
            unfinished = await queries.unfinished(tx)
        for asked in unfinished:
            try:
                await self._go_on(lead, asked)
            except ClickHouseError as error:
                log.warning("removal_failed", month=asked.month, error=str(error)[:500])
                async with lead.transaction() as tx:
                    await queries.finish(tx, asked.id, datetime.now(UTC), str(error)[:500])

    async def _go_on(self, lead: Lead, asked: Asked) -> None:
        if asked.removed_at is None:
            await self._remove(lead, asked)
        left = await self._clickhouse.one(_Left, LEFT, tenant=str(asked.tenant_id))
        if left.mutations:
            await self._wait_for(lead, asked, left)
            return
        async with lead.transaction() as tx:
            events = await queries.finish(tx, asked.id, datetime.now(UTC))
        log.info(
            "month_removed",
            tenant=str(asked.tenant_id),
            month=asked.month,
            by=str(asked.asked_by),
            events=events,
        )

    async def _wait_for(self, lead: Lead, asked: Asked, left: _Left) -> None:
        failing = left.failing[:500] or None
        if failing and failing != asked.error:
            log.warning("removal_is_stuck", month=asked.month, error=failing)
        async with lead.transaction() as tx:
            await queries.note_left(tx, asked.id, left.parts, failing)

    async def _remove(self, lead: Lead, asked: Asked) -> None:
        """Give ClickHouse all statements, looking before each whether the lead is still held."""
        tenant, month = asked.tenant_id, str(asked.month)
        found, alone = await self._look(tenant, month)
        async with lead.transaction() as tx:
            size = found.bytes if all(alone.values()) else None
            await queries.start(tx, asked.id, found.events, size, datetime.now(UTC))
        for table, is_alone in alone.items():
            await _check(lead)
            statement = DROP[table] if is_alone else DELETE[table]
            await self._clickhouse.execute(
                statement, settings=IN_BACKGROUND, month=month, tenant=tenant
            )
        await _check(lead)
        await self._mend_weeks(tenant, asked.month)
        async with lead.transaction() as tx:
            await queries.note_removed(tx, asked.id, datetime.now(UTC))

    async def _look(self, tenant: TenantId, month: str) -> tuple[_Found, dict[str, bool]]:
        """What there is, and of which tables the month is this tenant's alone."""
        number = int(month)
        found = await self._clickhouse.one(_Found, FOUND, tenant=tenant, month=number)
        others = {
            table: await self._clickhouse.one(_Number, sql, tenant=tenant, month=number)
            for table, sql in OTHERS.items()
        }
        return found, {table: other.n == 0 for table, other in others.items()}

    async def _mend_weeks(self, tenant: TenantId, month: int) -> None:
        """Weeks that lie in this month and a neighbour keep what the neighbour's events say."""
        start, end = first_day(month), first_day(next_month(month))
        first, last = _monday(start), _monday(end)
        if first < start:
            await self._refill(tenant, first, start)
        if last < end:
            over = last + timedelta(days=7)
            partition = f"{over - timedelta(days=1):%Y%m}"
            await self._clickhouse.execute(
                DELETE_WEEK,
                settings=IN_BACKGROUND,
                month=partition,
                week=last.isoformat(),
                tenant=tenant,
            )
            await self._refill(tenant, end, over)

    async def _refill(self, tenant: TenantId, start: date, end: date) -> None:
        await self._clickhouse.execute(
            REFILL, settings=PLAIN, tenant=tenant, start=_midnight(start), end=_midnight(end)
        )


async def _check(lead: Lead) -> None:
    """Raises what the connection raises if it is gone, and the lead with it."""
    async with lead.transaction() as tx:
        await tx.value("select 1")


def first_day(month: int) -> date:
    return date(month // 100, month % 100, 1)


def next_month(month: int) -> int:
    return month + 89 if month % 100 == 12 else month + 1


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


FOUND = """
select
    (
        select sum(events) from events_hourly
        where tenant_id = {tenant:UUID} and toYYYYMM(hour) = {month:UInt32}
    ) as events,
    (
        select sum(bytes_on_disk) from system.parts
        where active and database = currentDatabase()
            and table in (
                'events', 'events_hourly', 'people_hourly', 'visitor_weeks', 'bots', 'sessions'
            )
            and partition = toString({month:UInt32})
    ) as bytes
"""

# What tells the month of a row, of which there is one partition.
MONTH_OF: Mapping[LiteralString, LiteralString] = {
    "events": "occurred_at",
    "events_hourly": "hour",
    "people_hourly": "hour",
    "visitor_weeks": "week + 6",
    "bots": "quarter",
    "sessions": "month",
}

OTHERS: Mapping[str, LiteralString] = {
    table: f"""
        select count() as n from (
            select 1 from {table}
            where toYYYYMM({moment}) = {{month:UInt32}} and tenant_id != {{tenant:UUID}}
            limit 1
        )
    """
    for table, moment in MONTH_OF.items()
}

DELETE: Mapping[str, LiteralString] = {
    table: f"""
        alter table {table} delete in partition {{month:String}} where tenant_id = {{tenant:UUID}}
    """
    for table in MONTH_OF
}

DELETE_WEEK = """
alter table visitor_weeks
delete in partition {month:String} where tenant_id = {tenant:UUID} and week = {week:Date}
"""

# What is there already changes nothing.
REFILL = (
    """
insert into visitor_weeks (
    tenant_id, site_id, week, event_type, visitor_id, first_at, last_at
)
"""
    + rollups.WEEKS
    + """
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(3, 'UTC')}
    and occurred_at < {end:DateTime64(3, 'UTC')}
"""
    + rollups.BY_WEEK
)

# ClickHouse names the tenant in the mutation that it shows.
LEFT = """
select count() as mutations, sum(parts_to_do) as parts, max(latest_fail_reason) as failing
from system.mutations
where database = currentDatabase()
    and table in (
        'events', 'events_hourly', 'people_hourly', 'visitor_weeks', 'bots', 'sessions'
    )
    and not is_done
    and position(command, {tenant:String}) > 0
"""
