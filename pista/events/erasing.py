"""Removes what is stored of one visitor from ClickHouse, for good.

Steps of the leading writer, between two flushes; each bears being repeated. Statements name the
visitor by a hash, since ClickHouse keeps the text of what it was told to delete. The rows are
deleted by a real mutation: their parts are written anew without them, and the old ones are removed
from the disk some minutes later. What has been counted from them is counted anew, and the new month
takes the old one's place in one step, so that nobody reads a month with a hole in it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString

import msgspec

from pista.events import rollups
from pista.events.flush import PLAIN
from pista.events.partitions import DROP
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse, Setting

# The embedded engine would wait for the end, and the events with it.
IN_BACKGROUND: Mapping[str, Setting] = {"mutations_sync": 0}
HOUR = 3600
# Events that arrive wait while hours are counted anew.
HOURS_AT_ONCE = 120
EARLIEST_MS, LATEST_MS = 0, 10_000_000_000_000


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The visitor's rows in one month of the events."""

    month: int
    """YYYYMM, of UTC."""
    rows: int
    events: int
    first_ms: int
    last_ms: int
    hours: list[int]
    """Since the epoch; all that has been counted from these rows lies in them."""


class FoundMonth(msgspec.Struct, frozen=True, kw_only=True):
    """The visitor's rows in one month of a table that keeps visitors by themselves."""

    month: int
    rows: int


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What ClickHouse has still to do of all deletions."""

    mutations: int
    parts: int
    failing: str


class _Number(msgspec.Struct, frozen=True):
    n: int


class Visitor(msgspec.Struct, frozen=True):
    """A visitor of a tenant, named by a hash alone; or a part of what it did."""

    tenant: TenantId
    digest: bytes
    since_ms: int | None = None
    until_ms: int | None = None
    moments: list[int] = []

    @property
    def is_whole(self) -> bool:
        return self.since_ms is None and self.until_ms is None and not self.moments

    @property
    def named(self) -> dict[str, Any]:
        """As the statements' parameters."""
        return {
            "tenant": str(self.tenant),
            "digest": self.digest.hex(),
            "since": EARLIEST_MS if self.since_ms is None else self.since_ms,
            "until": LATEST_MS if self.until_ms is None else self.until_ms,
            "moments": self.moments,
        }


def digest(tenant: TenantId, visitor: str) -> bytes:
    """What is kept of an erased visitor: it tells nothing to whoever does not know the id."""
    return hashlib.sha256(f"{tenant}:{visitor}".encode()).digest()


async def stop_importing(clickhouse: ClickHouse, visitor: Visitor) -> bool:
    """Whether nothing of the visitor is about to be imported; what is gets deleted first."""
    importing = await clickhouse.one(_Number, IMPORTING, **visitor.named)
    if importing.n == 0:
        return True
    under_way = await clickhouse.one(_Number, IMPORT_DELETIONS)
    if under_way.n == 0:
        await clickhouse.execute(DELETE_IMPORTED, settings=IN_BACKGROUND, **visitor.named)
    return False


async def find(clickhouse: ClickHouse, visitor: Visitor) -> list[Found]:
    """What there is of the visitor among the events, bots' too, by month."""
    return await clickhouse.all(Found, FOUND, **visitor.named)


async def find_weeks(clickhouse: ClickHouse, visitor: Visitor) -> list[FoundMonth]:
    """Of a part, weeks and sessions are made anew afterwards."""
    if not visitor.is_whole:
        return []
    return await clickhouse.all(FoundMonth, FOUND_WEEKS, **visitor.named)


async def find_sessions(clickhouse: ClickHouse, visitor: Visitor) -> list[FoundMonth]:
    if not visitor.is_whole:
        return []
    return await clickhouse.all(FoundMonth, FOUND_SESSIONS, **visitor.named)


async def delete(
    clickhouse: ClickHouse,
    visitor: Visitor,
    found: Sequence[Found],
    weeks: Sequence[FoundMonth],
    sessions: Sequence[FoundMonth],
) -> None:
    """Have ClickHouse begin to delete what is stored now; what is stored later stays."""
    for one in found:
        await clickhouse.execute(
            DELETE,
            settings=IN_BACKGROUND,
            month=str(one.month),
            first=one.first_ms,
            last=one.last_ms,
            **visitor.named,
        )
    for week in weeks:
        await clickhouse.execute(
            DELETE_WEEKS, settings=IN_BACKGROUND, month=str(week.month), **visitor.named
        )
    for one in sessions:
        await clickhouse.execute(
            DELETE_SESSIONS, settings=IN_BACKGROUND, month=str(one.month), **visitor.named
        )


async def deletions(clickhouse: ClickHouse) -> Left:
    """Of anybody's: while events are being deleted, nothing can be counted from them."""
    return await clickhouse.one(Left, LEFT)


async def received_before(clickhouse: ClickHouse, visitor: Visitor, at: datetime) -> int:
    """How many rows of the visitor's are there that arrived before."""
    found = await clickhouse.one(
        _Number, RECEIVED_BEFORE, before=round(at.timestamp() * 1000), **visitor.named
    )
    return found.n


async def recount(clickhouse: ClickHouse, tenant: TenantId, hours: Sequence[int]) -> None:
    """Count these hours of one month anew, in all that is counted from the events.

    Nothing may be stored meanwhile, nor be deleted from these tables.
    """
    start, end = min(hours) * HOUR, (max(hours) + 1) * HOUR
    month = f"{datetime.fromtimestamp(start, UTC):%Y%m}"
    where = {"tenant": tenant, "month": month, "hours": list(hours)}
    for rollup in ROLLUPS:
        await clickhouse.execute(rollup.make)
        await clickhouse.execute(rollup.keep, settings=PLAIN, **where)
        await clickhouse.execute(rollup.count, settings=PLAIN, start=start, end=end, **where)
        left = await clickhouse.one(_Number, rollup.left)
        # A month cannot be replaced by nothing; then it goes.
        move = rollup.replace if left.n else DROP[rollup.table]
        await clickhouse.execute(move, month=month)
        await clickhouse.execute(rollup.drop)


async def old_files(clickhouse: ClickHouse, before: datetime) -> bool:
    """Whether there are files of that time which ClickHouse no longer reads."""
    old = await clickhouse.one(_Number, OLD_PARTS, before=round(before.timestamp()))
    return old.n > 0


async def nudge(clickhouse: ClickHouse) -> None:
    """Have ClickHouse remove such files, if they are old enough. It does so by itself, but where
    nothing arrives it takes its time. Merges that are under way begin again."""
    for statement in NUDGES:
        await clickhouse.execute(statement)


def pieces_of(hours: Sequence[int]) -> list[list[int]]:
    """The hours in pieces that are soon counted, each within a month, the earliest first."""
    months: dict[str, list[int]] = {}
    for hour in sorted(hours):
        month = f"{datetime.fromtimestamp(hour * HOUR, UTC):%Y%m}"
        months.setdefault(month, []).append(hour)
    return [
        month[n : n + HOURS_AT_ONCE]
        for month in months.values()
        for n in range(0, len(month), HOURS_AT_ONCE)
    ]


class _Rollup(msgspec.Struct, frozen=True, kw_only=True):
    """A table counted from the events, by the hour or finer, and how a month of it is mended."""

    table: str
    make: LiteralString
    keep: LiteralString
    """All but the tenant's hours."""
    count: LiteralString
    """Those anew, as the table's view counts them."""
    left: LiteralString
    replace: LiteralString
    drop: LiteralString


# The tenant goes into the hash, so that it tells nothing across companies.
THIS_VISITOR = """
    tenant_id = {tenant:UUID}
    and SHA256(concat({tenant:String}, ':', visitor_id)) = unhex({digest:String})
"""

# And what of it is meant.
_THESE_EVENTS = (
    THIS_VISITOR
    + """
    and occurred_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
    and occurred_at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')
    and (
        empty({moments:Array(Int64)})
        or has({moments:Array(Int64)}, toUnixTimestamp64Milli(occurred_at))
    )
"""
)

FOUND = (
    """
select
    toYYYYMM(occurred_at) as month,
    count() as rows,
    sum(count) as events,
    toUnixTimestamp64Milli(min(occurred_at)) as first_ms,
    toUnixTimestamp64Milli(max(occurred_at)) as last_ms,
    groupUniqArray(intDiv(toUnixTimestamp(toDateTime(occurred_at, 'UTC')), 3600)) as hours
from events
where """
    + _THESE_EVENTS
    + """
group by month
order by month
"""
)

IMPORTING = "select count() as n from import_rows where " + _THESE_EVENTS

DELETE_IMPORTED = "alter table import_rows delete where " + _THESE_EVENTS

IMPORT_DELETIONS = """
select count() as n
from system.mutations
where database = currentDatabase() and table = 'import_rows' and not is_done
"""

FOUND_WEEKS = (
    """
select toYYYYMM(week + 6) as month, count() as rows
from visitor_weeks
where """
    + THIS_VISITOR
    + """
group by month
order by month
"""
)

FOUND_SESSIONS = (
    """
select toYYYYMM(month) as month, count() as rows
from sessions
where """
    + THIS_VISITOR
    + """
group by month
order by month
"""
)

DELETE = (
    """
alter table events
delete in partition {month:String}
where occurred_at >= fromUnixTimestamp64Milli({first:Int64}, 'UTC')
    and occurred_at <= fromUnixTimestamp64Milli({last:Int64}, 'UTC')
    and """
    + _THESE_EVENTS
)

DELETE_WEEKS = (
    """
alter table visitor_weeks
delete in partition {month:String}
where """
    + THIS_VISITOR
)

DELETE_SESSIONS = (
    """
alter table sessions
delete in partition {month:String}
where """
    + THIS_VISITOR
)

RECEIVED_BEFORE = (
    """
select count() as n
from events
where received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')
    and """
    + _THESE_EVENTS
)

LEFT = """
select count() as mutations, sum(parts_to_do) as parts, max(latest_fail_reason) as failing
from system.mutations
where database = currentDatabase()
    and table in (
        'events', 'events_hourly', 'people_hourly', 'visitor_weeks', 'bots', 'sessions'
    )
    and not is_done
"""

# There is no such partition; but old parts are looked through.
NUDGES: Sequence[LiteralString] = (
    "alter table events drop partition '1'",
    "alter table visitor_weeks drop partition '1'",
    "alter table sessions drop partition '1'",
    "alter table incoming drop partition '00000000-0000-0000-0000-000000000000'",
    "alter table import_rows drop partition '00000000-0000-0000-0000-000000000000'",
)

OLD_PARTS = """
select count() as n
from system.parts
where not active
    and database = currentDatabase()
    and table in ('events', 'visitor_weeks', 'sessions', 'incoming', 'import_rows')
    and modification_time <= toDateTime({before:UInt32})
"""

_OF_THESE_HOURS = """
where tenant_id = {tenant:UUID}
    and occurred_at >= toDateTime({start:UInt32}, 'UTC')
    and occurred_at < toDateTime({end:UInt32}, 'UTC')
    and intDiv(toUnixTimestamp(toDateTime(occurred_at, 'UTC')), 3600) in {hours:Array(UInt32)}
"""


def _rollup(table: LiteralString, begins: LiteralString, count: LiteralString) -> _Rollup:
    """`begins` is the column with the time at which a row's hour or quarter begins."""
    mending: LiteralString = f"{table}_mending"
    return _Rollup(
        table=table,
        make=f"create or replace table {mending} as {table}",
        keep=f"""
            insert into {mending}
            select *
            from {table}
            where toYYYYMM({begins}) = toUInt32({{month:String}})
                and not (
                    tenant_id = {{tenant:UUID}}
                    and intDiv(toUnixTimestamp({begins}), 3600) in {{hours:Array(UInt32)}}
                )
        """,
        count=f"insert into {mending}" + count,
        replace=f"alter table {table} replace partition {{month:String}} from {mending}",
        left=f"select count() as n from {mending}",
        drop=f"drop table {mending} sync",
    )


ROLLUPS = (
    _rollup("events_hourly", "hour", rollups.HOURS + _OF_THESE_HOURS + rollups.BY_HOUR),
    _rollup("people_hourly", "hour", rollups.PEOPLE + _OF_THESE_HOURS + rollups.BY_PEOPLES_HOUR),
    _rollup("bots", "quarter", rollups.BOTS + _OF_THESE_HOURS + rollups.BY_BOT),
)
