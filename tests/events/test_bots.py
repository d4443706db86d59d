"""What bots did, beside the people of the same time; and that it is what the events say."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pista.events import bots, flush, recovery
from pista.events.bots import BotName, BotPage, BotReason, Bots
from pista.events.periods import Granularity, Range, read_range
from pista.ids import FlushId, SiteId, uuid7
from pista.store import frames, migrate
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import (
    MIDNIGHT,
    NOON,
    OTHER_TENANT,
    TENANT,
    bots_differ,
    flushed,
    make_line,
)

OTHER_SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000a2"))
KOLKATA = ZoneInfo("Asia/Kolkata")
MINUTE = timedelta(minutes=1)


def came(minutes: float, bot: str = "", **fields: Any) -> bytes:
    return make_line(NOON + minutes * MINUTE, bot=bot, visitor=round(abs(minutes)), **fields)


async def ask(
    clickhouse: ClickHouse,
    start: str = "2026-03-14",
    end: str = "2026-03-14",
    zone: ZoneInfo = ZoneInfo("UTC"),  # noqa: B008 - it is frozen
    granularity: Granularity = "day",
    site: SiteId | None = None,
) -> Bots:
    period = read_range(start, end, zone, NOON)
    return await bots.bots(clickhouse, TENANT, period, granularity, site=site)


async def test_bots_by_reason_name_and_page(clickhouse: ClickHouse):
    """
    The most frequent first, with their part of all that came; people's events are only counted.
    """
    google = {"bot": "search-engine", "browser": "Googlebot", "host": "shop.example"}
    await flushed(
        clickhouse,
        came(0, path="/"),
        came(1, event_type="CLICK", path="/"),
        came(2, path="/lilies", **google),
        came(2.5, path="/lilies", **google),
        came(50, path="/roses", **google),
        came(4, bot="seo", browser="AhrefsBot", host="shop.example", path="/lilies"),
        came(5, bot="seo", browser=""),
        came(6, bot="seo", tenant=OTHER_TENANT),
    )

    found = await ask(clickhouse)

    assert (found.bot_events, found.people_events, found.sampled_out) == (5, 2, 0)
    assert found.share == pytest.approx(5 / 7)
    assert found.reasons == [
        BotReason(reason="search-engine", events=3),
        BotReason(reason="seo", events=2),
    ]
    assert found.names == [
        BotName(
            name="Googlebot",
            reason="search-engine",
            events=3,
            last_seen_at=NOON + 45 * MINUTE,
        ),
        BotName(name="", reason="seo", events=1, last_seen_at=NOON),
        BotName(name="AhrefsBot", reason="seo", events=1, last_seen_at=NOON),
    ]
    assert found.pages == [
        BotPage(host="shop.example", path="/lilies", events=3),
        BotPage(host="", path="", events=1),
        BotPage(host="shop.example", path="/roses", events=1),
    ]


async def test_nothing_is_no_share(clickhouse: ClickHouse):
    found = await ask(clickhouse)

    assert (found.bot_events, found.people_events, found.share) == (0, 0, None)
    assert (found.reasons, found.names, found.pages) == ([], [], [])
    assert [(p.bot_events, p.people_events) for p in found.series] == [(0, 0)]


async def test_one_site_alone(clickhouse: ClickHouse):
    await flushed(
        clickhouse, came(0, bot="seo"), came(1, bot="seo", site=OTHER_SITE), came(2), came(3)
    )

    found = await ask(clickhouse, site=OTHER_SITE)

    assert (found.bot_events, found.people_events, found.share) == (1, 0, 1.0)


async def test_what_was_sampled_out_is_estimated(clickhouse: ClickHouse):
    """
    Of what is kept at ten per cent, nine times as much is not there.
    """
    await flushed(clickhouse, came(0), came(1, rate=10.0), came(2, bot="seo", rate=10.0))

    found = await ask(clickhouse)

    assert (found.bot_events, found.people_events, found.sampled_out) == (1, 2, 9)


async def test_days_of_half_hour_zones(clickhouse: ClickHouse):
    """
    In Kolkata the day begins at 18:30 UTC, inside an hour of the statistics.
    """
    border = datetime(2026, 3, 14, 18, 30, tzinfo=UTC)
    around = [border - MINUTE, border - MINUTE, border, border + MINUTE]
    await flushed(
        clickhouse,
        *(make_line(at, visitor=n, bot="seo") for n, at in enumerate(around)),
        *(make_line(at, visitor=n) for n, at in enumerate(around[1:])),
    )

    found = await ask(clickhouse, "2026-03-14", "2026-03-15", KOLKATA)
    hours = await ask(clickhouse, "2026-03-15", "2026-03-15", KOLKATA, "hour")

    assert [(p.bot_events, p.people_events) for p in found.series] == [(2, 1), (2, 2)]
    assert (hours.series[0].bot_events, hours.series[0].people_events) == (2, 2)
    assert (hours.bot_events, hours.people_events) == (2, 2)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("12:00", "13:00", "12:00", "13:00"),
        ("12:01", "12:59:59.999999", "12:00", "13:00"),
        ("12:15", "12:15:00.000001", "12:15", "12:30"),
        ("12:14:59.999999", "12:45", "12:00", "12:45"),
    ],
)
def test_a_range_is_taken_in_whole_quarters(start: str, end: str, first: str, last: str):
    def moment(time: str) -> datetime:
        return datetime.fromisoformat(f"2026-03-14T{time}").replace(tzinfo=KOLKATA)

    asked = Range(start=moment(start), end=moment(end), zone=KOLKATA)

    assert bots.in_quarters(asked) == Range(start=moment(first), end=moment(last), zone=KOLKATA)


async def test_bots_and_people_are_of_the_same_quarters(clickhouse: ClickHouse):
    """
    So that their share is one: of what came from 12:00 to 12:30.
    """
    times = (-1, 0, 14, 29, 30)
    await flushed(clickhouse, *(came(m, bot="seo") for m in times), *(came(m) for m in times))

    found = await ask(clickhouse, "2026-03-14T12:14:00Z", "2026-03-14T12:16:00Z")

    assert (found.date_range.start, found.date_range.end) == (NOON, NOON + 30 * MINUTE)
    assert (found.bot_events, found.people_events) == (3, 3)


def over_the_border() -> list[bytes]:
    """Bots and people in turn, in March and in April."""
    return [
        make_line(
            MIDNIGHT + MINUTE * (n if n % 2 else -n - 1),
            visitor=n,
            bot="seo" if n % 3 else "",
            path=f"/{n % 4}",
            received_at=MIDNIGHT,
        )
        for n in range(60)
    ]


@pytest.mark.parametrize("missed", [(), (202603,), (202604,), (202603, 202604)])
async def test_what_a_flush_missed_is_made_up_for(clickhouse: ClickHouse, missed: tuple[int, ...]):
    """
    Killed after the events and before the view, in either month: counted again, and once.
    """
    await flushed(clickhouse, *over_the_border())
    flush_id, body = FlushId(uuid7()), frames.pack(b"".join(over_the_border()))
    staged = await flush.stage(clickhouse, body)
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    await clickhouse.execute(
        "alter table bots delete where toYYYYMM(quarter) in {months:Array(UInt32)}",
        settings={"mutations_sync": 2},
        months=list(missed),
    )
    assert await bots_differ(clickhouse) == bool(missed)

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    assert not await bots_differ(clickhouse)


async def test_a_token_without_its_block_loses_no_bot(clickhouse: ClickHouse):
    """
    The events and the view's rows are gone, and their tokens are known.
    """
    flush_id, body = FlushId(uuid7()), frames.pack(b"".join(over_the_border()))
    staged = await flush.stage(clickhouse, body)
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    for table in ("events", "events_hourly", "bots"):
        await clickhouse.execute(cast("Any", f"truncate table {table}"))

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    assert not await bots_differ(clickhouse)
    assert (await ask(clickhouse, "2026-03-01", "2026-04-30")).bot_events == 40


async def test_bots_of_before_the_rollup_are_filled_in(clickhouse: ClickHouse):
    """
    The migration can end where it was killed, and be run again.
    """
    await flushed(clickhouse, *over_the_border())
    migration = next(m for m in migrate.known("clickhouse") if m.name.endswith("_bots"))
    statements = [part for part in migration.sql.split(";\n") if part.strip()]

    for upto in (1, 2, 3, 4, 5, 5):
        for statement in statements[:upto]:
            await clickhouse.execute(cast("Any", statement))

    assert not await bots_differ(clickhouse)
    assert (await ask(clickhouse, "2026-03-01", "2026-04-30")).bot_events == 40


class _Plan(msgspec.Struct):
    explain: str


async def test_no_event_is_read_for_bots(clickhouse: ClickHouse):
    """
    Only the rollup, and of it the tenant's rows of the range, however many others there are.
    """
    await flushed(clickhouse, *over_the_border())
    where = {"tenant": TENANT, "site": UUID(int=0), "start": NOON, "end": NOON + 9 * MINUTE}
    plans: list[str] = []
    for sql in (bots.BY_REASON, bots.BY_NAME, bots.BY_PAGE, bots.SERIES):
        explain = cast("Any", f"explain indexes = 1 {sql}")
        plan = await clickhouse.all(_Plan, explain, **where, most=50, borders=[0])
        plans.append("\n".join(row.explain for row in plan))

    assert all(re.findall(r"ReadFromMergeTree \(\w+\.(\w+)\)", plan) == ["bots"] for plan in plans)
    # Found by the order in which the rows lie.
    keys = r"PrimaryKey\s+Keys:\s+tenant_id\s+quarter\s"
    assert all(re.search(keys, plan) for plan in plans)
