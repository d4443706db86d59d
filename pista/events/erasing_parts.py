"""What is kept of one visitor by itself, made anew after a part of its events was erased.

As with what is counted by the hour: the month is written beside the old one and takes its place in
one step, so that doing it again is harmless.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import LiteralString

import msgspec

from pista.events import rollups
from pista.events.erasing import HOUR, THIS_VISITOR, Visitor
from pista.events.flush import PLAIN
from pista.events.partitions import DROP
from pista.store.clickhouse import ClickHouse


async def remake(clickhouse: ClickHouse, visitor: Visitor, hours: Sequence[int]) -> None:
    """Make the visitor's weeks and sessions anew where these hours lie.

    Nothing may be stored meanwhile, nor be deleted from these tables.
    """
    moments = [datetime.fromtimestamp(hour * HOUR, UTC) for hour in hours]
    for table in TABLES:
        months = {f"{_last_day(at) if table.by_week else at:%Y%m}" for at in moments}
        for month in sorted(months):
            await _remake(clickhouse, visitor, table, month)


async def _remake(clickhouse: ClickHouse, visitor: Visitor, table: "_Table", month: str) -> None:
    where = {"tenant": visitor.tenant, "digest": visitor.digest.hex(), "month": month}
    await clickhouse.execute(table.make)
    await clickhouse.execute(table.keep, settings=PLAIN, **where)
    await clickhouse.execute(table.count, settings=PLAIN, **where)
    left = await clickhouse.one(_Number, table.left)
    # A month cannot be replaced by nothing; then it goes.
    move = table.replace if left.n else DROP[table.name]
    await clickhouse.execute(move, month=month)
    await clickhouse.execute(table.drop)


def _last_day(at: datetime) -> datetime:
    """Of its week: a week lies in the month of its last day."""
    return at + timedelta(days=6 - at.weekday())


class _Number(msgspec.Struct, frozen=True):
    n: int


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table that keeps visitors by themselves, and how a month of it is made anew."""

    name: str
    by_week: bool
    make: LiteralString
    keep: LiteralString
    """All but the visitor's rows."""
    count: LiteralString
    """Those anew, as the table's view makes them."""
    left: LiteralString
    replace: LiteralString
    drop: LiteralString


TABLES = (
    _Table(
        name="visitor_weeks",
        by_week=True,
        make="create or replace table visitor_weeks_mending as visitor_weeks",
        keep="""
            insert into visitor_weeks_mending
            select * from visitor_weeks
            where toYYYYMM(week + 6) = toUInt32({month:String}) and not ("""
        + THIS_VISITOR
        + ")",
        count="insert into visitor_weeks_mending"
        + rollups.WEEKS
        + "where toYYYYMM(toMonday(occurred_at) + 6) = toUInt32({month:String}) and"
        + THIS_VISITOR
        + rollups.BY_WEEK,
        left="select count() as n from visitor_weeks_mending",
        replace="""
            alter table visitor_weeks
            replace partition {month:String} from visitor_weeks_mending
        """,
        drop="drop table visitor_weeks_mending sync",
    ),
    _Table(
        name="sessions",
        by_week=False,
        make="create or replace table sessions_mending as sessions",
        keep="""
            insert into sessions_mending
            select * from sessions
            where toYYYYMM(month) = toUInt32({month:String}) and not ("""
        + THIS_VISITOR
        + ")",
        count="insert into sessions_mending"
        + rollups.SESSIONS
        + "where toYYYYMM(occurred_at) = toUInt32({month:String}) and"
        + THIS_VISITOR
        + rollups.BY_SESSION,
        left="select count() as n from sessions_mending",
        replace="alter table sessions replace partition {month:String} from sessions_mending",
        drop="drop table sessions_mending sync",
    ),
)
