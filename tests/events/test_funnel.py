"""Funnels against the real engine: order, window, conditions, repeats, and a slow reference."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pista.events import flush, funnel
from pista.events.breakdown import BadDimension
from pista.events.funnel import BadFunnel, Funnel
from pista.events.periods import Range
from pista.ids import FlushId, SiteId, uuid7
from pista.store import frames
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import NOON, OTHER_TENANT, SITE, TENANT, make_line

HOUR = timedelta(hours=1)
DAY = Range(
    start=datetime(2026, 3, 14, tzinfo=UTC),
    end=datetime(2026, 3, 15, tzinfo=UTC),
    zone=ZoneInfo("America/Lima"),
)
SHOP = ["PAGE_VIEW", "ADD_TO_CART", "PURCHASE"]
OTHER_SITE = SiteId(uuid7())


def did(visitor: int, seconds: float, event_type: str, **fields: Any) -> bytes:
    at = NOON + timedelta(seconds=seconds)
    return make_line(at, visitor=visitor, event_type=event_type, **fields)


async def keep(clickhouse: ClickHouse, lines: list[bytes], *, aggregate: bool = True) -> None:
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, FlushId(uuid7()), staged, aggregate=aggregate)


async def ask(
    clickhouse: ClickHouse,
    types: list[str],
    *filters: str,
    window: timedelta = HOUR,
    site: SiteId | None = None,
) -> Funnel:
    steps = funnel.read_steps(types, list(filters))
    return await funnel.funnel(clickhouse, TENANT, DAY, steps, window, site=site)


def visitors(found: Funnel) -> list[int]:
    return [step.visitors for step in found.steps]


async def test_each_step_tells_who_got_there_and_how_fast(clickhouse: ClickHouse) -> None:
    """
    Steps count in their order only, whatever happens in between; bots and others not at all.
    """
    lines = [
        *(did(visitor, 0, "PAGE_VIEW") for visitor in (1, 2, 3, 4)),
        *(did(visitor, 10 * visitor, "ADD_TO_CART") for visitor in (1, 2)),
        did(1, 15, "CLICK"),
        did(1, 310, "PURCHASE"),
        did(3, -5, "ADD_TO_CART"),
        did(4, 60, "PURCHASE"),
        did(5, 0, "PAGE_VIEW", bot="seo"),
        did(6, 0, "PAGE_VIEW", tenant=OTHER_TENANT),
        did(7, -13 * 3600, "PAGE_VIEW"),
    ]
    await keep(clickhouse, lines)

    found = await ask(clickhouse, SHOP)

    assert visitors(found) == [4, 2, 1]
    assert [step.conversion for step in found.steps] == [1.0, 0.5, 0.25]
    assert [step.conversion_from_previous for step in found.steps] == [1.0, 0.5, 0.5]
    assert [step.dropped_off for step in found.steps] == [0, 2, 1]
    assert [step.median_seconds for step in found.steps] == [None, 15.0, 300.0]
    assert (found.time_zone, found.window_minutes) == ("America/Lima", 60)


async def test_a_funnel_that_nobody_enters_is_empty(clickhouse: ClickHouse) -> None:
    """
    Nothing to share out is no share, and no error.
    """
    found = await ask(clickhouse, SHOP)

    assert visitors(found) == [0, 0, 0]
    assert {step.conversion for step in found.steps} == {None}
    assert {step.median_seconds for step in found.steps} == {None}


async def test_the_window_is_counted_from_the_latest_entry(clickhouse: ClickHouse) -> None:
    """
    An old entry must not use up the window of a later one; the last moment still counts.
    """
    lines = [
        *(did(1, at, "PAGE_VIEW") for at in (0, 3000)),
        *(did(1, at, "ADD_TO_CART") for at in (3100,)),
        did(1, 6600, "PURCHASE"),
        did(2, 0, "PAGE_VIEW"),
        did(2, 100, "ADD_TO_CART"),
        did(2, 3601, "PURCHASE"),
    ]
    await keep(clickhouse, lines)

    assert visitors(await ask(clickhouse, SHOP)) == [2, 2, 1]
    assert visitors(await ask(clickhouse, SHOP, window=timedelta(minutes=1))) == [2, 0, 0]


@pytest.mark.parametrize("aggregate", [True, False])
async def test_a_row_of_several_events_takes_several_steps(
    clickhouse: ClickHouse, aggregate: bool
) -> None:
    """
    Two equal page views within a minute are two steps, and one of them is one.
    """
    lines = [did(1, 0, "PAGE_VIEW"), did(1, 20, "PAGE_VIEW"), did(2, 0, "PAGE_VIEW")]
    await keep(clickhouse, lines, aggregate=aggregate)

    assert visitors(await ask(clickhouse, ["PAGE_VIEW"] * 3)) == [2, 1, 0]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([], [3, 3]),
        (["2:metadata.plan:pro"], [3, 1]),
        (["2:metadata.plan!:pro"], [3, 2]),
        (["2:metadata.plan:7"], [3, 1]),
        (["1:metadata.plan:pro"], [0, 0]),
        (["device:desktop"], [3, 3]),
        (["device:mobile"], [0, 0]),
        (["channel:", "1:browser:Firefox", "2:metadata.plan:pro"], [3, 1]),
        (["channel:email"], [0, 0]),
        (["2:metadata.plan:' or 1=1 --"], [3, 0]),
    ],
)
async def test_conditions_are_of_one_step_or_of_all(
    clickhouse: ClickHouse, filters: list[str], expected: list[int]
) -> None:
    """
    A filter with a number is that step's alone; visits' and events' properties go together.
    """
    plans: list[dict[str, object]] = [{"plan": "pro"}, {"plan": 7}, {}]
    lines = [did(visitor, 0, "PAGE_VIEW") for visitor in range(3)]
    lines += [did(visitor, 9, "ADD", metadata=plan) for visitor, plan in enumerate(plans)]
    await keep(clickhouse, lines)

    assert visitors(await ask(clickhouse, ["PAGE_VIEW", "ADD"], *filters)) == expected


async def test_a_site_has_its_own_funnel(clickhouse: ClickHouse) -> None:
    """
    `siteId` keeps what happened there.
    """
    lines = [did(1, 0, "PAGE_VIEW"), did(1, 9, "ADD_TO_CART", site=OTHER_SITE)]
    await keep(clickhouse, lines)

    assert visitors(await ask(clickhouse, SHOP[:2])) == [1, 1]
    assert visitors(await ask(clickhouse, SHOP[:2], site=SITE)) == [1, 0]


@pytest.mark.parametrize("seed", range(3))
async def test_it_agrees_with_every_attempt_tried_by_hand(
    clickhouse: ClickHouse, seed: int
) -> None:
    """
    Random visits, steps and windows: visitors and times are those of the best of all attempts.
    """
    chance = random.Random(seed)
    happened = [
        (visitor, second, chance.choice("AAABBBC"))
        for visitor in range(60)
        for second in chance.sample(range(4000), chance.randint(1, 24))
    ]
    lines = [did(*one) for one in happened]
    await keep(clickhouse, lines, aggregate=False)

    for types in (["A", "B", "C"], ["A", "A", "B"], ["C", "B"], ["A", "B", "A", "B", "C"]):
        window = timedelta(minutes=chance.randint(3, 40))
        found = await ask(clickhouse, types, window=window)
        assert [(step.visitors, step.median_seconds) for step in found.steps] == by_hand(
            happened, types, window.total_seconds()
        )


async def test_a_visitor_without_end_holds_nothing_up(
    clickhouse: ClickHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Of one visitor so many events count, in their order, those left out that change nothing.
    """
    kinds = ["PAGE_VIEW"] * 5 + ["ADD_TO_CART"] * 5 + ["PURCHASE"]
    lines = [did(1, 60 * n, kind) for n, kind in enumerate(kinds)]
    await keep(clickhouse, lines)

    monkeypatch.setattr(funnel, "MOST_EVENTS", 3)
    whole = await ask(clickhouse, SHOP)
    monkeypatch.setattr(funnel, "MOST_EVENTS", 2)

    assert [step.median_seconds for step in whole.steps] == [None, 60, 300]
    assert visitors(await ask(clickhouse, SHOP)) == [1, 1, 0]


def by_hand(
    happened: list[tuple[int, int, str]], types: list[str], window: float
) -> list[tuple[int, float | None]]:
    """For each step the visitors, and the median of the time from the step before."""
    ways: list[list[list[int]]] = []
    nowhere: list[int] = []
    for visitor in {one[0] for one in happened}:
        own = sorted((at, kind) for who, at, kind in happened if who == visitor)
        attempts = [_attempt(own[n:], types, window) for n in range(len(own))]
        ways.append(
            [
                # The first to get there, and of several the one that began last.
                min(
                    (way[: place + 1] for way in attempts if len(way) > place),
                    key=lambda way: (way[-1], -way[0]),
                    default=nowhere,
                )
                for place in range(len(types))
            ]
        )
    result: list[tuple[int, float | None]] = []
    for place in range(len(types)):
        times = [way[place] for way in ways if way[place]]
        spans = [list(pairwise(way))[-1] for way in times if place]
        result.append((len(times), median(b - a for a, b in spans) if spans else None))
    return result


def _attempt(own: list[tuple[int, str]], types: list[str], window: float) -> list[int]:
    """The times of the steps, if the first event of `own` is the first step."""
    way: list[int] = []
    for at, kind in own:
        if not way and kind != types[0]:
            return way
        if len(way) < len(types) and kind == types[len(way)] and (not way or at - way[0] <= window):
            way.append(at)
    return way


@pytest.mark.parametrize(
    ("types", "filters"),
    [
        (["A"], []),
        (["A"] * 11, []),
        (["A", "b"], []),
        (["A", "B"], ["3:page:/"]),
        (["A", "B"], ["0:page:/"]),
    ],
)
def test_what_is_no_funnel_is_refused(types: list[str], filters: list[str]) -> None:
    """
    Wrong steps, and filters of steps that are not there.
    """
    with pytest.raises(BadFunnel):
        funnel.read_steps(types, filters)


def test_a_condition_is_a_filter() -> None:
    """
    The properties are those of the breakdown.
    """
    with pytest.raises(BadDimension):
        funnel.read_steps(["A", "B"], ["2:password:x"])
    steps = funnel.read_steps(["A", "B"], ["2:page:/a:b", "os:Linux"])
    assert [step.filters for step in steps] == [["os:Linux"], ["page:/a:b", "os:Linux"]]
