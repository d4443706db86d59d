"""Under load the next flush is read while one is stored: faster, and as exact as one by one."""

import asyncio
import random
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from pista.events import flush as clickhouse_flush
from pista.events import gathering, writer
from pista.events.flush import Staged
from pista.ids import FlushId
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Journal
from pista.store.postgres import Lead, Postgres
from tests.events.conftest import MIDNIGHT, counts, make_line
from tests.events.writing import QUICK, acknowledge, drained, end_leader, until, writing

pytestmark = pytest.mark.usefixtures("clickhouse")
FLUSH = 300


@pytest.fixture
async def journal(database: str) -> AsyncGenerator[Journal]:
    one = Journal(database)
    one.start()
    yield one
    await one.stop()


class Left(msgspec.Struct):
    events: int


class Watched:
    """What is staged while another flush is under way."""

    def __init__(self) -> None:
        self.storing = False
        self.beside = 0


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Flushes so small, and a threshold so low, that nearly each is staged ahead."""
    monkeypatch.setattr(gathering, "MAX_EVENTS", FLUSH)
    monkeypatch.setattr(writer, "WORTH_STAGING_AHEAD", 1)
    found = Watched()
    stage, store = clickhouse_flush.stage, clickhouse_flush.store

    async def watched_stage(clickhouse: ClickHouse, body: bytes) -> Staged:
        staged = await stage(clickhouse, body)
        found.beside += found.storing
        return staged

    async def watched_store(
        clickhouse: ClickHouse, flush: FlushId, staged: Staged, *, aggregate: bool
    ) -> None:
        found.storing = True
        try:
            await store(clickhouse, flush, staged, aggregate=aggregate)
            # So that the staging beside it is over, however fast either is.
            await asyncio.sleep(0.05)
        finally:
            found.storing = False

    monkeypatch.setattr(clickhouse_flush, "stage", watched_stage)
    monkeypatch.setattr(clickhouse_flush, "store", watched_store)
    return found


def some_lines(events: int, dice: random.Random) -> list[bytes]:
    return [
        make_line(
            MIDNIGHT + timedelta(seconds=dice.uniform(-500, 500)),
            visitor=dice.randrange(50),
            metadata={"n": dice.random()},
            received_at=datetime.now(UTC),
        )
        for _ in range(events)
    ]


async def test_each_counts_once_though_ids_repeat_and_leads_are_lost(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    watched: Watched,
):
    """
    Ids that come again in the very next flush, and connections cut while one is staged ahead.
    """
    dice = random.Random(7)
    lines = some_lines(12 * FLUSH, dice)
    halves = [lines[start : start + 50] for start in range(0, len(lines), 50)]
    repeated = [line for half in halves for line in half * 2]
    async with writing(database, clickhouse_database):
        for start in range(0, len(repeated), 1200):
            await acknowledge(journal, repeated[start : start + 1200])
            await asyncio.sleep(dice.uniform(0.1, 0.4))
            await end_leader(postgres)
        await drained(postgres, 30)

    found = await counts(clickhouse)
    assert (found.events, found.rollup) == (len(lines), len(lines))
    assert watched.beside > 0


async def test_a_bad_line_in_what_is_staged_ahead_is_set_aside(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    watched: Watched,
):
    """
    Reading ahead fails, and the flush then finds the line by itself.
    """
    dice = random.Random(8)
    for number in range(4):
        bad = [b'["not an event"]\n'] if number == 1 else []
        await acknowledge(journal, some_lines(FLUSH - len(bad), dice) + bad)
    async with writing(database, clickhouse_database):
        await drained(postgres, 30)

    assert (await counts(clickhouse)).events == 4 * FLUSH - 1
    async with postgres.transaction() as tx:
        assert await tx.value("select sum(events) from journal_quarantine") == 1


async def test_chores_see_nothing_staged(
    journal: Journal,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    watched: Watched,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    A chore may remove rows of the journal: what was read of them before must not be stored.
    """
    monkeypatch.setattr(writer, "CHORES_SECONDS_UNDER_LOAD", 0.0)
    staged: list[int] = []

    async def chore(_: Lead) -> None:
        left = await clickhouse.all(Left, "select count() as events from incoming")
        staged.append(left[0].events)

    lines = some_lines(6 * FLUSH, random.Random(9))
    for start in range(0, len(lines), FLUSH):
        await acknowledge(journal, lines[start : start + FLUSH])
    client = ClickHouse(clickhouse_database)
    one = writer.Writer(database, client, QUICK, [chore])
    task = asyncio.create_task(one.run())

    async def all_counted() -> bool:
        return (await counts(clickhouse)).events == len(lines)

    await until(all_counted)
    one.stop()
    await task
    await client.close()

    assert watched.beside > 0
    assert len(staged) > 3
    assert set(staged) == {0}
