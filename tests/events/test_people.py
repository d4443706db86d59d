"""Visitors and sessions of hours: sets, sketches, and both made again where they were lost."""

from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from pista.events import flush, recovery, statistics
from pista.events.periods import Range
from pista.events.statistics import event_stats
from pista.ids import FlushId, uuid7
from pista.store import frames, migrate
from pista.store.clickhouse import ClickHouse
from tests.events.conftest import NOON, TENANT, flushed, make_line


async def test_sketches_take_the_place_of_sets_when_events_are_many(
    clickhouse: ClickHouse, monkeypatch: pytest.MonkeyPatch
):
    """
    In each step and in the whole range, of all types and of one, also where an hour is cut.
    """
    lines = [
        make_line(NOON + timedelta(minutes=n % 3000), visitor=n, event_type=f"T{n % 2}")
        for n in range(3000)
    ]
    await flushed(clickhouse, *lines)
    period = Range(
        start=NOON + timedelta(minutes=10),
        end=NOON + timedelta(days=3),
        zone=ZoneInfo("Asia/Kolkata"),
    )
    exact, of_type = [
        await event_stats(clickhouse, TENANT, period, "day", site=None, event_type=event_type)
        for event_type in (None, "T1")
    ]
    monkeypatch.setattr(statistics, "COUNTED_BY_SETS", -1)
    about, about_type = [
        await event_stats(clickhouse, TENANT, period, "day", site=None, event_type=event_type)
        for event_type in (None, "T1")
    ]

    assert (exact.unique_visitors, of_type.unique_visitors) == (2990, 1495)
    for precise, rough in ((exact, about), (of_type, about_type)):
        assert rough.unique_visitors == pytest.approx(precise.unique_visitors, rel=0.04)
        assert rough.unique_sessions == pytest.approx(precise.unique_sessions, rel=0.08)
        assert [p.unique_visitors for p in rough.series] == [
            pytest.approx(p.unique_visitors, rel=0.04) for p in precise.series
        ]
        assert rough.total_events == precise.total_events


@pytest.mark.parametrize("again", [True, False])
async def test_the_people_of_a_flush_cut_short_are_there(clickhouse: ClickHouse, again: bool):
    """
    Whether the rollup has got its rows or not: recovery may fill them in twice.
    """
    lines = [make_line(NOON, visitor=n, event_type=f"T{n % 2}") for n in range(7)]
    flush_id = FlushId(uuid7())
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, flush_id, staged, aggregate=True)
    if not again:
        await clickhouse.execute("truncate table people_hourly")

    await recovery.store(clickhouse, flush_id, staged, aggregate=True)
    await recovery.store(clickhouse, flush_id, staged, aggregate=True)

    day = Range(start=NOON, end=NOON + timedelta(hours=1), zone=ZoneInfo("UTC"))
    found = [
        await event_stats(clickhouse, TENANT, day, "day", site=None, event_type=event_type)
        for event_type in (None, "T0", "T1")
    ]
    assert [one.unique_visitors for one in found] == [7, 4, 3]


async def test_people_of_before_the_rollup_are_filled_in(clickhouse: ClickHouse):
    """
    The migration can end where it was killed, and be run again.
    """
    await flushed(clickhouse, *(make_line(NOON, visitor=n) for n in range(5)))
    migration = next(m for m in migrate.known("clickhouse") if m.name.endswith("people_hourly"))
    statements = [part for part in migration.sql.split(";\n") if part.strip()]
    await clickhouse.execute("drop table people_hourly_fill")
    await clickhouse.execute("drop table people_hourly")

    for upto in range(1, len(statements) + 1):
        for statement in statements[:upto]:
            await clickhouse.execute(cast("Any", statement))
    await flushed(clickhouse, *(make_line(NOON, visitor=n, event_id=uuid7()) for n in range(9)))

    day = Range(start=NOON, end=NOON + timedelta(hours=1), zone=ZoneInfo("UTC"))
    found = await event_stats(clickhouse, TENANT, day, "day", site=None, event_type=None)
    assert (found.total_events, found.unique_visitors) == (14, 9)
