"""Statistics over small data that a person can count."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pista.events import statistics
from pista.events.periods import Granularity, read_range
from pista.events.statistics import EventStats
from pista.ids import SiteId
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import NOON, OTHER_TENANT, SITE, TENANT, flushed, make_line

OTHER_SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000a2"))
KOLKATA = "Asia/Kolkata"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def ask(
    clickhouse: ClickHouse,
    start: str,
    end: str,
    zone: str = "UTC",
    granularity: Granularity = "day",
    **filters: Any,
) -> EventStats:
    period = read_range(start, end, ZoneInfo(zone), NOON)
    wanted = {"site": None, "event_type": None} | filters
    return await statistics.event_stats(clickhouse, TENANT, period, granularity, **wanted)


def series(found: EventStats) -> list[int]:
    return [point.events for point in found.series]


async def test_everything_is_counted(clickhouse: ClickHouse):
    """
    Totals, types, people, visits, and the series by day.
    """
    await flushed(
        clickhouse,
        make_line(at("2026-03-10T10:00"), visitor=1),
        make_line(at("2026-03-10T10:00:30"), visitor=1),
        make_line(at("2026-03-10T23:59:59.999"), visitor=2, event_type="CLICK"),
        make_line(at("2026-03-11T00:00"), visitor=1, session=7),
        make_line(at("2026-03-13T00:00"), visitor=9),
    )

    found = await ask(clickhouse, "2026-03-10", "2026-03-12")

    assert (found.total_events, found.estimated_total_events, found.sampled) == (4, 4, False)
    assert found.events_by_type == {"PAGE_VIEW": 3, "CLICK": 1}
    assert (found.unique_visitors, found.unique_sessions, found.bot_events) == (2, 3, 0)
    assert [
        (p.events, p.page_views, p.unique_visitors, p.unique_sessions) for p in found.series
    ] == [(3, 2, 2, 2), (1, 1, 1, 1), (0, 0, 0, 0)]


async def test_nothing_is_zero_everywhere(clickhouse: ClickHouse):
    """
    A new company sees its empty days, not an error.
    """
    found = await ask(clickhouse, "2026-03-10", "2026-03-12")

    assert (found.total_events, found.events_by_type, found.unique_visitors) == (0, {}, 0)
    assert series(found) == [0, 0, 0]


@pytest.mark.parametrize(
    ("start", "end", "events"),
    [
        ("2026-03-10T10:15Z", "2026-03-10T10:45Z", 1),
        ("2026-03-10T10:10Z", "2026-03-10T10:20Z", 1),
        ("2026-03-10T10:50Z", "2026-03-10T11:10Z", 2),
        ("2026-03-10T10:50Z", "2026-03-10T12:10Z", 4),
        ("2026-03-10T11:00Z", "2026-03-10T12:00Z", 2),
        ("2026-03-10T10:55Z", "2026-03-10T10:55:00.001Z", 1),
        ("2026-03-10T10:55:00.001Z", "2026-03-10T11:05Z", 0),
        ("2026-03-10T00:00Z", "2026-03-10T10:15Z", 0),
    ],
)
async def test_the_edges_of_a_range_may_lie_inside_an_hour(
    clickhouse: ClickHouse, start: str, end: str, events: int
):
    """
    The first moment counts and the last does not, to the millisecond.
    """
    minutes = ["10:15", "10:55", "11:05", "11:59", "12:05", "13:00"]
    await flushed(clickhouse, *(make_line(at(f"2026-03-10T{minute}")) for minute in minutes))

    found = await ask(clickhouse, start, end, granularity="hour")

    assert found.total_events == events
    assert sum(series(found)) == events
    assert found.unique_visitors == min(events, 1)


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("America/Mexico_City", "2026-03-10T06:00"),
        ("America/Sao_Paulo", "2026-03-10T03:00"),
        (KOLKATA, "2026-03-09T18:30"),
        ("Asia/Kathmandu", "2026-03-09T18:15"),
        ("Australia/Adelaide", "2026-03-09T13:30"),
    ],
)
async def test_days_are_those_of_the_zone(clickhouse: ClickHouse, zone: str, midnight: str):
    """
    Exact also where midnight lies inside an hour of the rollup.
    """
    border = at(midnight)
    offsets = [-86_400, -1_000, -1, 0, 1, 100, 1_700, 1_801, 50_000]
    await flushed(clickhouse, *(make_line(border + timedelta(seconds=s)) for s in offsets))

    found = await ask(clickhouse, "2026-03-08", "2026-03-11", zone)

    assert series(found) == [0, 3, 6, 0]
    assert found.total_events == 9
    assert found.series[2].start.isoformat(timespec="minutes").startswith("2026-03-10T00:00")


async def test_hours_of_a_zone_that_is_half_an_hour_off(clickhouse: ClickHouse):
    """
    From 15:30 to 16:30 of UTC it is one hour in India.
    """
    minutes = ["15:29", "15:30", "16:00", "16:29", "16:30"]
    await flushed(clickhouse, *(make_line(at(f"2026-03-10T{minute}")) for minute in minutes))

    found = await ask(clickhouse, "2026-03-10T15:00Z", "2026-03-10T17:00Z", KOLKATA, "hour")

    assert series(found) == [1, 3, 1]


async def test_a_day_of_25_hours(clickhouse: ClickHouse):
    """
    The hour that comes twice is two steps.
    """
    for hour in (0, 1):
        await flushed(clickhouse, make_line(at(f"2025-10-26T0{hour}:30")))

    found = await ask(clickhouse, "2025-10-26", "2025-10-26", "Europe/Madrid", "hour")

    assert len(found.series) == 25
    assert series(found)[2:4] == [1, 1]


async def test_a_site_and_a_type_can_be_picked(clickhouse: ClickHouse):
    """
    Whole hours and cut ones alike.
    """
    lines = [
        make_line(at(f"2026-03-10T{hour}:20"), site=site, event_type=event_type)
        for hour in (10, 11, 12)
        for site in (SITE, OTHER_SITE)
        for event_type in ("CLICK", "CLICK", "PAGE_VIEW")
    ]
    await flushed(clickhouse, *lines)
    times = ("2026-03-10T10:10Z", "2026-03-10T12:30Z")

    both = await ask(clickhouse, *times)
    of_site = await ask(clickhouse, *times, site=OTHER_SITE)
    clicks = await ask(clickhouse, *times, site=SITE, event_type="CLICK")

    assert both.events_by_type == {"CLICK": 12, "PAGE_VIEW": 6}
    assert of_site.events_by_type == {"CLICK": 6, "PAGE_VIEW": 3}
    assert clicks.events_by_type == {"CLICK": 6}
    assert series(clicks) == [6]


async def test_sampled_events_are_estimated(clickhouse: ClickHouse):
    """
    One of ten kept stands for ten, in whole hours and in cut ones; the count stays a count.
    """
    lines = [
        make_line(at(f"2026-03-10T{hour}:20"), event_type="SCROLL", rate=10.0)
        for hour in (10, 11, 12)
    ]
    await flushed(clickhouse, *lines, make_line(at("2026-03-10T11:20")))

    found = await ask(clickhouse, "2026-03-10T10:10Z", "2026-03-10T12:30Z")

    assert (found.total_events, found.estimated_total_events, found.sampled) == (4, 31, True)


async def test_bots_are_counted_apart(clickhouse: ClickHouse):
    """
    They are in no other figure.
    """
    lines = [make_line(at("2026-03-10T10:20"), visitor=n, bot="crawler") for n in range(5)]
    await flushed(clickhouse, *lines, make_line(at("2026-03-10T10:20")))

    found = await ask(clickhouse, "2026-03-10", "2026-03-10")

    assert (found.bot_events, found.total_events, found.unique_visitors) == (5, 1, 1)
    assert series(found) == [1]


async def test_another_tenants_events_are_invisible(clickhouse: ClickHouse):
    """
    Also with the same site and visitor ids, and now.
    """
    lines = [make_line(NOON - timedelta(minutes=n), tenant=OTHER_TENANT) for n in range(3)]
    await flushed(clickhouse, *lines)

    found = await ask(clickhouse, "2026-03-14", "2026-03-14", site=SITE)
    now = await statistics.now(clickhouse, TENANT, NOON, site=None)

    assert (found.total_events, found.unique_visitors, found.bot_events) == (0, 0, 0)
    assert now.visitors_now == 0
    assert sum(minute.events for minute in now.events_per_minute) == 0


async def test_now(clickhouse: ClickHouse):
    """
    Who was there in five minutes, and half an hour by minutes, oldest first; bots left out.
    """
    here = NOON + timedelta(seconds=20)
    ages = [5, 50, 70, 290, 310, 1_000, 1_759, 1_770, 4_000]
    lines = [make_line(here - timedelta(seconds=age), visitor=age) for age in ages]
    bot = make_line(here, visitor=99, bot="crawler")
    elsewhere = make_line(here, visitor=98, site=OTHER_SITE)
    await flushed(clickhouse, *lines, bot, elsewhere)

    found = await statistics.now(clickhouse, TENANT, here, site=SITE)
    everywhere = await statistics.now(clickhouse, TENANT, here, site=None)

    assert (found.visitors_now, everywhere.visitors_now) == (4, 5)
    assert len(found.events_per_minute) == 30
    assert found.events_per_minute[-1].minute == NOON
    assert [m.events for m in found.events_per_minute[-6:]] == [2, 0, 0, 0, 2, 1]
    assert sum(m.events for m in found.events_per_minute) == 7
    assert found.events_last_minute == 2
