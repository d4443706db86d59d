"""Who comes back: weeks of any time zone, first events, and a rollup that no crash leaves short."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pista.events import flush, recovery, retention
from pista.events.periods import BadRange
from pista.events.retention import Retention
from pista.ids import FlushId, SiteId, TenantId, uuid7
from pista.store import frames, migrate
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import MIDNIGHT, OTHER_TENANT, SITE, TENANT, flushed, make_line

NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
LIMA = ZoneInfo("America/Lima")
MONDAY = datetime(2026, 3, 9, tzinfo=LIMA)
OTHER_SITE = SiteId(uuid7())


class Week(msgspec.Struct, frozen=True):
    visitor: str
    event_type: str
    week: str
    first_at: datetime
    last_at: datetime


def came(visitor: int, days: float, **fields: Any) -> bytes:
    """After the Monday on which the first cohort's week begins."""
    return make_line(MONDAY + timedelta(days=days), visitor=visitor, **fields)


async def ask(
    clickhouse: ClickHouse, zone: ZoneInfo = LIMA, tenant: TenantId = TENANT, **other: Any
) -> Retention:
    period = retention.read_weeks("2026-03-09", "2026-03-22", zone, NOW)
    asked: dict[str, Any] = {"weeks": 12, "site": None, "event_type": None, **other}
    return await retention.retention(clickhouse, tenant, period, NOW, **asked)


def told(found: Retention) -> list[list[int]]:
    """Each cohort's visitors by week."""
    return [[week.visitors for week in cohort.weeks] for cohort in found.cohorts]


async def weeks(clickhouse: ClickHouse) -> list[Week]:
    return await clickhouse.all(
        Week,
        """
        select visitor_id as visitor, event_type, toString(week) as week,
            min(w.first_at) as first_at, max(w.last_at) as last_at
        from visitor_weeks w
        group by visitor_id, event_type, week
        order by visitor, event_type, week
        """,
    )


async def test_cohorts_are_of_first_events_and_shrink(clickhouse: ClickHouse):
    """
    Who came before is in no cohort, however often it comes now; bots and others in none at all.
    """
    await flushed(
        clickhouse,
        *(came(visitor, 0.5) for visitor in (1, 2, 3, 4)),
        *(came(visitor, 8) for visitor in (1, 2, 5)),
        *(came(1, days) for days in (15, 16, 23)),
        *(came(6, days) for days in (-30, 1, 8)),
        came(7, 1, bot="seo"),
        came(8, 1, tenant=OTHER_TENANT),
    )

    found = await ask(clickhouse)

    assert told(found) == [[4, 2, 1, 1], [1, 0, 0]]
    first = found.cohorts[0]
    assert (first.start, first.visitors) == (MONDAY, 4)
    assert [week.share for week in first.weeks] == [1.0, 0.5, 0.25, 0.25]
    assert [week.complete for week in first.weeks] == [True, True, True, False]
    assert (found.date_range.start, found.date_range.end) == (MONDAY, MONDAY + timedelta(weeks=2))


async def test_a_first_event_may_be_of_one_type(clickhouse: ClickHouse):
    """
    Cohorts by the first purchase; any event later is a return, and none before it.
    """
    await flushed(
        clickhouse,
        came(1, -20),
        came(1, 1, event_type="PURCHASE"),
        came(1, 9),
        came(2, 1),
        came(2, 8, event_type="PURCHASE"),
    )

    assert told(await ask(clickhouse, event_type="PURCHASE")) == [[1, 1, 0, 0], [1, 0, 0]]


async def test_a_return_may_be_of_one_type(clickhouse: ClickHouse):
    """
    Looking around is no return then; the first week still counts everybody who came.
    """
    await flushed(
        clickhouse,
        *(came(visitor, 1) for visitor in (1, 2, 3)),
        came(1, 8, event_type="PURCHASE"),
        came(1, 9),
        came(2, 8),
        came(2, 16, event_type="PURCHASE"),
        came(3, 2, event_type="PURCHASE"),
    )

    found = await ask(clickhouse, return_type="PURCHASE")

    assert told(found)[0] == [3, 1, 1, 0]
    assert (found.event_type, found.return_type) == (None, "PURCHASE")


async def test_a_site_has_its_own_first_events(clickhouse: ClickHouse):
    """
    New here is who may be known elsewhere.
    """
    await flushed(clickhouse, came(1, -20, site=OTHER_SITE), came(1, 1))

    assert told(await ask(clickhouse))[0] == [0, 0, 0, 0]
    assert told(await ask(clickhouse, site=SITE))[0] == [1, 0, 0, 0]


async def test_weeks_that_are_told_can_be_fewer(clickhouse: ClickHouse):
    """
    `weeks` counts those after the first.
    """
    await flushed(clickhouse, came(1, 1), came(1, 8), came(1, 15))

    assert told(await ask(clickhouse, weeks=0))[0] == [1]
    assert told(await ask(clickhouse, weeks=1))[0] == [1, 1]


@pytest.mark.parametrize(
    "zone", ["America/Lima", "UTC", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Madrid"]
)
async def test_it_agrees_with_counting_by_hand_in_every_zone(clickhouse: ClickHouse, zone: str):
    """
    Moments around the borders of weeks, clocks set forward among them, in flushes of any order.
    """
    chance = random.Random(zone)
    place = ZoneInfo(zone)
    mondays = [datetime(2026, 3, 2, tzinfo=place) + timedelta(weeks=n) for n in range(5)]
    visits = [
        (visitor, chance.choice(mondays).astimezone(UTC) + timedelta(minutes=minutes))
        for visitor in range(80)
        for minutes in chance.sample(range(-1500, 1500), chance.randint(1, 4))
    ]
    visits = [(who, at) for who, at in visits if at < NOW]
    for part in (visits[::2], visits[1::2]):
        await flushed(clickhouse, *(make_line(at, visitor=who) for who, at in part))

    found = await ask(clickhouse, place)

    by_week: dict[int, set[int]] = {}
    for who, at in visits:
        by_week.setdefault(who, set()).add(sum(m.timestamp() <= at.timestamp() for m in mondays))
    cohorts = [[seen for seen in by_week.values() if min(seen) == n] for n in (2, 3)]
    assert told(found) == [
        [sum(first + n in seen for seen in cohort) for n in range(len(row.weeks))]
        for first, cohort, row in zip((2, 3), cohorts, found.cohorts, strict=True)
    ]


@pytest.mark.parametrize("again", [False, True])
async def test_a_view_that_missed_a_flush_is_made_up_for(clickhouse: ClickHouse, again: bool):
    """
    Killed after the events and before the view: recovery fills the weeks, and twice does no harm.
    """
    lines = [came(n, n - 7 * (n % 3), event_type=f"T{n % 2}") for n in range(20)]
    lines.append(came(50, 1, bot="seo"))
    flush_id = FlushId(uuid7())
    await flushed(clickhouse, *(came(n, 3) for n in range(5)))
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    expected = await weeks(clickhouse)
    if not again:
        await clickhouse.execute("truncate table visitor_weeks")
        await flushed(clickhouse, *(came(n, 3, event_id=uuid7()) for n in range(5)))

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)
    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    assert await weeks(clickhouse) == expected


async def test_events_of_before_the_rollup_are_filled_in(clickhouse: ClickHouse):
    """
    The migration can end where it was killed, and be run again: the weeks are the same.
    """
    await flushed(clickhouse, came(1, 1), came(2, 2), came(1, 30), came(3, 1, bot="seo"))
    expected = await weeks(clickhouse)
    migration = next(m for m in migrate.known("clickhouse") if m.name.endswith("visitor_weeks"))
    statements = [part for part in migration.sql.split(";\n") if part.strip()]
    await clickhouse.execute("drop table visitor_weeks_fill")
    await clickhouse.execute("truncate table visitor_weeks")

    for upto in (1, 2, 3, 3):
        for statement in statements[:upto]:
            await clickhouse.execute(cast("Any", statement))

    assert await weeks(clickhouse) == expected


async def test_a_week_is_kept_as_long_as_its_last_event(clickhouse: ClickHouse):
    """
    The week over the border of March and April lies in April.
    """
    await flushed(clickhouse, make_line(MIDNIGHT - timedelta(hours=1)))

    found = await clickhouse.all(
        Week,
        """
        select partition as visitor, '' as event_type, '' as week,
            now() as first_at, now() as last_at
        from system.parts
        where database = currentDatabase() and table = 'visitor_weeks' and active
        """,
    )
    assert [row.visitor for row in found] == ["202604"]


def test_twelve_weeks_are_asked_for_unless_it_is_said():
    """
    This week and the eleven before; at most 53.
    """
    period = retention.read_weeks(None, None, LIMA, NOW)

    assert len(retention.buckets(period, "week")) == 12
    with pytest.raises(BadRange):
        retention.read_weeks("2024-01-01", "2026-01-01", LIMA, NOW)
