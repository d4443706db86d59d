"""Sessions as the event store keeps them: whole with each flush, and what the events say."""

import random
from datetime import timedelta
from typing import Any, cast

import msgspec
import pytest

from pista.events import flush, recovery
from pista.events.partitions import DROP
from pista.ids import FlushId, uuid7
from pista.store import frames, migrate
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import MIDNIGHT, NOON, TENANT, flushed, make_line

MINUTE = timedelta(minutes=1)


class Row(msgspec.Struct, frozen=True):
    visitor: str
    session: str
    started: str
    page: str
    last: str
    events: int
    views: int


class Number(msgspec.Struct, frozen=True):
    n: int


class Explained(msgspec.Struct, frozen=True):
    explain: str


async def sessions(clickhouse: ClickHouse) -> list[Row]:
    """Each session whole, whatever months it lies in."""
    return await clickhouse.all(
        Row,
        """
        select visitor_id as visitor, toString(session_id) as session,
            formatDateTime(min(started_at), '%m-%d %H:%i') as started,
            formatDateTime(min(page_at), '%m-%d %H:%i') as page,
            formatDateTime(max(last_at), '%m-%d %H:%i') as last,
            sum(sessions.events) as events, sum(page_views) as views
        from sessions
        group by visitor_id, session_id
        order by visitor_id, session_id
        """,
    )


async def differ(clickhouse: ClickHouse) -> int:
    """How many rows of the rollup, or of what the events say, have no equal on the other side."""
    migration = next(m for m in migrate.known("clickhouse") if m.name.endswith("_sessions"))
    told = migration.sql.partition("insert into sessions\n")[2].partition("settings")[0]
    kept = "select * from sessions final"
    statement = f"""
        select (select count() from (({kept}) except ({told})))
            + (select count() from (({told}) except ({kept}))) as n
    """
    return (await clickhouse.one(Number, cast("Any", statement))).n


async def test_what_a_session_was(clickhouse: ClickHouse):
    """
    From its first event to its last; sums of events; bots have none.
    """
    await flushed(
        clickhouse,
        make_line(NOON, event_type="IDENTIFY"),
        make_line(NOON + 2 * MINUTE, host="shop.example"),
        make_line(NOON + 9 * MINUTE, host="shop.example", event_type="CLICK"),
        make_line(NOON + 9 * MINUTE, host="shop.example", event_type="CLICK"),
        make_line(NOON, visitor=2, session=1),
        make_line(NOON, visitor=3, bot="crawler"),
    )

    first, second = await sessions(clickhouse)

    assert (first.started, first.page, first.last) == ("03-14 12:00", "03-14 12:02", "03-14 12:09")
    assert (first.events, first.views) == (4, 1)
    assert (second.visitor, second.session, second.events) == ("v2", first.session, 1)


@pytest.mark.parametrize("seed", range(4))
async def test_the_order_of_arrival_is_nothing_to_a_session(clickhouse: ClickHouse, seed: int):
    """
    Late or early, in one flush or in many: the same events make the same sessions.
    """
    lines = [
        make_line(
            NOON + n * MINUTE,
            session=n % 3,
            host="" if n % 2 else "shop.example",
            event_type="PAGE_VIEW" if n % 4 else "CLICK",
        )
        for n in range(24)
    ]
    chance = random.Random(seed)
    chance.shuffle(lines)
    while lines:
        some = chance.randrange(1, 9)
        await flushed(clickhouse, *lines[:some])
        lines = lines[some:]

    found = await sessions(clickhouse)

    assert [(row.started, row.last) for row in found] == [
        ("03-14 12:00", "03-14 12:21"),
        ("03-14 12:01", "03-14 12:22"),
        ("03-14 12:02", "03-14 12:23"),
    ]
    assert [row.page for row in found] == ["03-14 12:00", "03-14 12:04", "03-14 12:02"]
    assert await differ(clickhouse) == 0


async def test_a_session_over_a_month_is_one_until_the_month_is_dropped(clickhouse: ClickHouse):
    """
    Each month has its part; with the month its part goes, and the rest is what is left.
    """
    times = (MIDNIGHT - 5 * MINUTE, MIDNIGHT - MINUTE, MIDNIGHT + 3 * MINUTE)
    await flushed(clickhouse, *(make_line(at, host="shop.example") for at in times))
    (whole,) = await sessions(clickhouse)
    for table in ("events", "sessions"):
        await clickhouse.execute(DROP[table], month="202603")
    (rest,) = await sessions(clickhouse)

    assert (whole.started, whole.last, whole.events) == ("03-31 23:55", "04-01 00:03", 3)
    assert (rest.started, rest.page, rest.events) == ("04-01 00:03", "04-01 00:03", 1)
    assert await differ(clickhouse) == 0


@pytest.mark.parametrize("again", [True, False])
async def test_sessions_of_a_flush_cut_short_are_mended(clickhouse: ClickHouse, again: bool):
    """
    Whether they got its rows or not, and however often it is repeated; what a session had from
    flushes before stays, over a month's end too.
    """
    first = [make_line(MIDNIGHT - 40 * MINUTE + n * MINUTE, visitor=n % 3) for n in range(9)]
    await flushed(clickhouse, *first)
    lines = [make_line(MIDNIGHT - 3 * MINUTE + n * MINUTE, visitor=n % 4) for n in range(8)]
    flush_id = FlushId(uuid7())
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    if not again:
        await clickhouse.execute("rename table sessions to kept")
        await clickhouse.execute("create table sessions as kept")
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    if not again:
        await clickhouse.execute("exchange tables sessions and kept")
    before = await differ(clickhouse)

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)
    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    assert (before == 0) is again
    assert await differ(clickhouse) == 0
    assert sum(row.events for row in await sessions(clickhouse)) == 17


async def test_sessions_counted_twice_are_mended(clickhouse: ClickHouse):
    """
    A block whose events were lost to a crash may have reached the rollup before.
    """
    flush_id = FlushId(uuid7())
    lines = [make_line(NOON + n * MINUTE, visitor=n % 2) for n in range(6)]
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    await clickhouse.execute(
        "insert into sessions select * from sessions final settings insert_deduplicate = 0"
    )
    before = await differ(clickhouse)

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    assert before > 0
    assert await differ(clickhouse) == 0


async def test_sessions_of_before_the_rollup_are_filled_in(clickhouse: ClickHouse):
    """
    The migration can end where it was killed, and be run again.
    """
    await flushed(clickhouse, *(make_line(NOON, visitor=n) for n in range(5)))
    migration = next(m for m in migrate.known("clickhouse") if m.name.endswith("_sessions"))
    statements = [part for part in migration.sql.split(";\n") if part.strip()]

    for upto in range(1, len(statements) + 1):
        for statement in statements[:upto]:
            await clickhouse.execute(cast("Any", statement))
    await flushed(clickhouse, *(make_line(NOON + MINUTE, visitor=n) for n in range(7)))

    assert [row.events for row in await sessions(clickhouse)] == [2, 2, 2, 2, 2, 1, 1]
    assert await differ(clickhouse) == 0


async def test_a_visitor_is_found_among_many(clickhouse: ClickHouse):
    """
    By the order of the table: a granule or two for each part, however many visitors there are.
    """
    await clickhouse.execute(
        """
        insert into sessions
        select {tenant:UUID}, concat('v', toString(cityHash64(number))), generateUUIDv4(),
            '2026-03-01', '2026-03-14 12:00:00', '2026-03-14 12:00:00', '2026-03-14 12:10:00', 5, 2
        from numbers(200000)
        """,
        tenant=TENANT,
    )
    await clickhouse.execute("optimize table sessions final")

    plan = await clickhouse.all(
        Explained,
        """
        explain indexes = 1
        select session_id from sessions
        where tenant_id = {tenant:UUID} and visitor_id in {visitors:Array(String)}
        """,
        tenant=TENANT,
        visitors=["v17575022218878735397", "v9999"],
    )

    granules = [line.explain.strip() for line in plan if "Granules:" in line.explain]
    read, there = (int(n) for n in granules[-1].removeprefix("Granules: ").split("/"))
    assert there > 150
    assert read <= 4
