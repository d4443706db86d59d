"""Figures of windows are what the events say, wherever a window begins and ends."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pista.events import windows
from pista.events.windows import Figures, Window
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Journal
from pista.store.postgres import Postgres
from tests.events.conftest import NOON, OTHER_TENANT, SITE, TENANT, flushed, make_line
from tests.events.writing import acknowledge, drained, writing

OTHER_SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000a2"))
NOBODY = TenantId(UUID("0190a000-0000-7000-8000-0000000000ff"))
MINUTE = timedelta(minutes=1)


def happened(seed: int, number: int) -> list[dict[str, Any]]:
    """Events of two sites, of three types, of people and bots, over two days."""
    chosen = random.Random(seed)
    return [
        {
            "occurred_at": NOON + timedelta(seconds=chosen.randrange(-86_400, 86_400)),
            "site": chosen.choice((SITE, OTHER_SITE)),
            "event_type": chosen.choice(("PAGE_VIEW", "CLICK", "PURCHASE")),
            "bot": chosen.choice(("", "", "", "crawler")),
            "visitor": chosen.randrange(1, 40),
        }
        for _ in range(number)
    ]


def counted(events: list[dict[str, Any]], window: Window) -> Figures:
    """The same, counted by hand."""
    inside = [
        event
        for event in events
        if window.start <= event["occurred_at"] < window.end
        and window.site in (None, event["site"])
        and window.event_type in (None, event["event_type"])
    ]
    people = [event for event in inside if not event["bot"]]
    visitors = {event["visitor"] for event in people}
    return Figures(
        events=len(people),
        page_views=sum(event["event_type"] == "PAGE_VIEW" for event in people),
        visitors=len(visitors) if window.people else 0,
        sessions=len(visitors) if window.people else 0,
        bot_events=len(inside) - len(people),
    )


def some_windows(seed: int) -> list[Window]:
    """Short and long ones, with edges on and beside whole hours."""
    chosen = random.Random(seed)
    lengths = [1, 5, 30, 59, 60, 61, 90, 120, 600, 1440]
    return [
        Window(
            start=(end := NOON + MINUTE * chosen.choice((0, 60, *range(-900, 900, 7))))
            - MINUTE * chosen.choice(lengths),
            end=end,
            site=chosen.choice((None, SITE, OTHER_SITE)),
            event_type=chosen.choice((None, "PAGE_VIEW", "PURCHASE")),
            people=chosen.choice((True, False)),
        )
        for _ in range(60)
    ]


async def test_windows_say_what_the_events_say(clickhouse: ClickHouse):
    """
    Windows of all lengths and of three companies in one query, each as if its events were counted
    one by one.
    """
    ours, theirs = happened(1, 1500), happened(5, 500)
    await flushed(clickhouse, *(make_line(**event) for event in ours))
    await flushed(clickhouse, *(make_line(**event, tenant=OTHER_TENANT) for event in theirs))
    asked = {TENANT: some_windows(2), OTHER_TENANT: some_windows(2)[:9] + some_windows(7)[:9]}

    found = await windows.measure(clickhouse, {**asked, NOBODY: some_windows(2)})

    for tenant, events in ((TENANT, ours), (OTHER_TENANT, theirs), (NOBODY, [])):
        wrong = {
            window: (figures, counted(events, window))
            for window, figures in found[tenant].items()
            if _plain(figures) != counted(events, window)
        }
        assert wrong == {}
        assert len(found[tenant]) == len(set(asked.get(tenant, asked[TENANT])))
    assert sum(figures.events for figures in found[TENANT].values()) > 1000
    assert await windows.measure(clickhouse, {TENANT: []}) == {TENANT: {}}


async def test_hours_of_any_zone(clickhouse: ClickHouse):
    """
    By the hour of UTC from the rollup, by the half hours of others from the events.
    """
    events = happened(3, 800)
    await flushed(clickhouse, *(make_line(**event) for event in events))

    for minutes in (0, 30, 45):
        start = NOON - timedelta(hours=10) + MINUTE * minutes
        end = start + timedelta(hours=15)
        found = await windows.hourly(clickhouse, TENANT, start, end, site=SITE, event_type=None)
        hours = [start + timedelta(hours=n) for n in range(15)]
        said = {at: counted(events, _hour(at)) for at in hours}
        assert {at: _plain(figures) for at, figures in found.items()} == said


async def test_the_first_hour(clickhouse: ClickHouse):
    """
    Of the site and type that are asked for.
    """
    early = NOON - timedelta(days=3)
    await flushed(
        clickhouse,
        make_line(early, bot="crawler"),
        make_line(early + timedelta(hours=5), event_type="CLICK"),
        make_line(NOON + MINUTE, event_type="PURCHASE"),
    )
    since = NOON - timedelta(days=30)

    both = await windows.first_hours(clickhouse, [TENANT, OTHER_TENANT], since)

    found = both[TENANT]
    assert both[OTHER_TENANT].of(None, None) is None
    assert found.of(None, None) == early
    assert found.of(None, "CLICK") == early + timedelta(hours=5)
    assert found.of(SITE, "PURCHASE") == NOON
    assert found.of(OTHER_SITE, None) is None
    assert found.of(None, "SEARCH") is None


async def test_what_is_stored_ends_where_something_waits(
    database: str, postgres: Postgres, clickhouse_database: str
):
    """
    While the journal holds something, nobody can say what came after it; flushed, one can.
    """
    before = datetime.now(UTC)
    journal = Journal(database)
    journal.start()
    await acknowledge(journal, [make_line()])
    await journal.stop()
    later = datetime.now(UTC) + timedelta(hours=1)

    async with postgres.transaction() as tx:
        waiting = await windows.stored_until(tx, later)
    async with writing(database, clickhouse_database):
        await drained(postgres)
    async with postgres.transaction() as tx:
        stored = await windows.stored_until(tx, later)

    assert before <= waiting < later - timedelta(minutes=59)
    assert stored == later


def _hour(start: datetime) -> Window:
    return Window(start=start, end=start + timedelta(hours=1), site=SITE, people=True)


def _plain(figures: Figures) -> Figures:
    return Figures(**{name: getattr(figures, name) for name in Figures.__struct_fields__})
