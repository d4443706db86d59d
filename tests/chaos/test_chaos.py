"""What `make chaos` relies on: its plan is the seed's, and its verdict sees what is wrong."""

from collections import Counter
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.store.clickhouse import ClickHouse
from tests.chaos import batches, ledger, plan, verdict
from tests.chaos.__main__ import borders
from tests.chaos.batches import Echo, Expected
from tests.chaos.faults import Fault
from tests.chaos.ledger import Ledger
from tests.chaos.plan import Asked, Kind, Role
from tests.chaos.verdict import Engine
from tests.chaos.watch import SEVERAL, gaps

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BORDERS = borders(NOON)
ASKED = Asked(seed=7, kills=200, seconds=900, away_seconds=130)


def test_a_seed_is_a_plan():
    """
    The same seed, the same faults at the same distances; each kind comes, and 200 are kills.
    """
    steps = plan.steps(ASKED)

    assert steps == plan.steps(ASKED)
    assert steps != plan.steps(msgspec.structs.replace(ASKED, seed=8))
    assert Counter(step.kind for step in steps)[Kind.KILL] == 200
    assert {step.role for step in steps if step.kind is Kind.KILL} == {*Role} - {Role.LEADER}
    assert {step.kind for step in steps} == {*Kind}


def test_nothing_ends_the_time_without_clickhouse_early():
    """
    Until it is back only those die without whom events are still acknowledged.
    """
    steps = plan.steps(ASKED)
    start = next(place for place, step in enumerate(steps) if step.kind is Kind.AWAY)
    waited, place = 0.0, start + 1
    while waited + steps[place].wait < 60:
        waited += steps[place].wait
        assert steps[place].role in plan.WITHOUT_CLICKHOUSE
        place += 1

    assert steps[start].seconds == 130
    assert place > start + 5


def test_a_batch_can_be_made_again_and_has_what_may_go_wrong():
    """
    A client that was killed goes on with the very batch that it had begun.
    """
    some = [batches.batch(7, 0, number, BORDERS) for number in range(1, 300)]

    assert some == [batches.batch(7, 0, number, BORDERS) for number in range(1, 300)]
    assert {one.echo for one in some} == {*Echo}
    assert {one.door for one in some} == {batches.TRACKING, batches.SEGMENT}
    assert any(len(one.counted()) < len(one.events) for one in some)
    assert max(Counter(event.key for one in some for event in one.counted()).values()) > 1
    months = {f"{event.occurred_at:%Y-%m}" for one in some for event in one.events}
    assert months == {"2026-09", "2026-10", "2026-11"}


def test_a_client_knows_what_it_had_begun(tmp_path: Path):
    """
    What was begun and not acknowledged is sent first after a kill.
    """
    path = tmp_path / "client-0.log"
    kept = Ledger(path)
    for number in (1, 2, 3):
        kept.begin(number)
    kept.acknowledge(2, 10.0, 0.5)
    kept.complain("400\nbad")

    found = ledger.read(path)

    assert found.unfinished() == [1, 3]
    assert [(one.number, one.at, one.waited) for one in found.acknowledged] == [(2, 10.0, 0.5)]
    assert found.problems == ["400 bad"]


def fault(name: str, began: float, ended: float, kind: Kind = Kind.KILL) -> Fault:
    return Fault(name=name, kind=kind, role=Role.WEB, began=began, ended=ended)


@pytest.mark.parametrize(
    ("faults", "cause"),
    [
        ([fault("early", 1, 1), fault("in it", 11, 11)], "in it"),
        ([fault("early", 1, 1)], "early"),
        ([fault("late", 31, 31)], "no fault"),
        ([fault("one", 10, 10), fault("other", 12, 12)], SEVERAL),
        ([fault("lasts", 2, 15), fault("late", 31, 31)], "lasts"),
        # Without ClickHouse there are no statistics, whoever else dies.
        ([fault("away", 2, 15, Kind.AWAY), fault("other", 12, 12)], "away"),
    ],
)
def test_a_gap_goes_back_to_what_was_under_way(faults: list[Fault], cause: str):
    """
    The longest of the times without an answer, here from 10 to 20, and whose it is.
    """
    longest = gaps([9, 9.5, 10, 20, 20.1, 30.5], faults, 21)[0]

    assert (longest.began, longest.seconds, longest.fault) == (10, 10, cause)


@pytest.fixture
async def engine(clickhouse_database: str) -> AsyncGenerator[Engine]:
    one = Engine(clickhouse_database)
    yield one
    await one.close()


@pytest.fixture
def expected() -> Expected:
    due = Expected()
    for number in range(1, 40):
        due.add(batches.batch(7, 0, number, BORDERS))
    return due


async def count(clickhouse: ClickHouse, numbers: range) -> None:
    """Store the events of these batches, as the writer would without aggregation."""
    rows = [
        {
            "tenant_id": UUID(int=1),
            "occurred_at": event.occurred_at.isoformat(),
            "event_type": event.event_type,
            "visitor_id": event.visitor,
            "session_id": event.session,
            "count": 1,
            "sampling_rate": 100,
            "metadata": f'{{"n":"{event.key}"}}',
        }
        for number in numbers
        for event in batches.batch(7, 0, number, BORDERS).counted()
    ]
    settings = {"date_time_input_format": "best_effort", "insert_deduplicate": 0}
    body = b"\n".join(msgspec.json.encode(row) for row in rows)
    await clickhouse.insert("insert into events format JSONEachRow", body, settings=settings)


def answer(due: Expected) -> dict[str, Any]:
    return {
        "totalEvents": due.keys.total(),
        "eventsByType": dict(due.types),
        "uniqueVisitors": len(due.visitors),
        "series": [{"events": due.keys.total()}],
    }


async def test_the_verdict_is_good_only_if_nothing_differs(
    engine: Engine, clickhouse: ClickHouse, expected: Expected
):
    """
    All as acknowledged; then a batch counted twice, one never, and a rollup that tells otherwise.
    """
    await count(clickhouse, range(1, 40))
    good = await verdict.judge(engine, expected, answer(expected))
    said = answer(expected)

    await count(clickhouse, range(1, 2))
    expected.add(batches.batch(7, 0, 40, BORDERS))
    await clickhouse.execute("truncate table visitor_weeks")
    bad = await verdict.judge(engine, expected, said)

    assert (good.lost, good.doubled, good.differences) == (0, 0, [])
    assert good.counted == good.acknowledged > 200
    assert {"events_hourly", "visitor_weeks", "sessions"} <= good.rollups.keys()
    assert bad.doubled == len(batches.batch(7, 0, 1, BORDERS).counted())
    assert bad.lost == len(batches.batch(7, 0, 40, BORDERS).counted())
    assert bad.rollups["visitor_weeks"] > 0
    assert bad.rollups["events_hourly"] == 0
    assert any("events_hourly" in line for line in bad.differences)
    assert any("totalEvents" in line for line in bad.differences)
