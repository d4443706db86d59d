"""The writer with both engines: when it flushes, and that each event counts once whoever dies."""

import asyncio
import random
import signal
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from pista import queue
from pista.accounts import service
from pista.accounts.model import NewSite, Site
from pista.settings import TrackingSettings
from pista.store import lease
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import free_port
from pista.store.journal import Journal
from pista.store.postgres import Postgres
from tests.events.conftest import (
    MIDNIGHT,
    NOON,
    OTHER_TENANT,
    bots_differ,
    counts,
    make_line,
)
from tests.events.writing import (
    acknowledge,
    buffer,
    drained,
    end_leader,
    until,
    writer_process,
    writing,
)
from tests.fakes.relay import forwarding
from tests.timing import stretched

pytestmark = pytest.mark.usefixtures("clickhouse")


@pytest.fixture
async def journal(database: str) -> AsyncGenerator[Journal]:
    one = Journal(database)
    one.start()
    yield one
    await one.stop()


def some_lines(events: int, dice: random.Random) -> list[bytes]:
    """Different events around the border of a month, none of which can be aggregated."""
    return [
        make_line(
            MIDNIGHT + timedelta(seconds=dice.uniform(-500, 500)),
            visitor=dice.randrange(50),
            metadata={"n": dice.random()},
            received_at=datetime.now(UTC),
            bot="seo" if dice.random() < 0.2 else "",
        )
        for _ in range(events)
    ]


async def exactly(clickhouse: ClickHouse, events: int) -> bool:
    found = await counts(clickhouse)
    counted = (found.events, found.rollup) == (events, events)
    return counted and not await bots_differ(clickhouse)


async def test_it_flushes_at_once_when_enough_waits(
    journal: Journal, postgres: Postgres, database: str, clickhouse_database: str
):
    """
    TRACKING_BUFFER_MAX_SIZE events do not wait for the interval; fewer do.
    """
    tracking = TrackingSettings(buffer_max_size=50, buffer_flush_interval_ms=600_000)
    dice = random.Random(1)
    async with writing(database, clickhouse_database, tracking):
        await acknowledge(journal, some_lines(1, dice))
        await drained(postgres)
        await acknowledge(journal, some_lines(49, dice))
        await asyncio.sleep(0.6)
        waiting = await buffer(postgres)
        await acknowledge(journal, some_lines(1, dice))
        await drained(postgres)

    assert waiting.current_size == 49
    assert (await buffer(postgres)).flush_count == 2


async def test_it_flushes_within_the_interval(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    A single event is in the statistics before TRACKING_BUFFER_FLUSH_INTERVAL_MS is over.
    """
    async with writing(
        database, clickhouse_database, TrackingSettings(buffer_flush_interval_ms=4_000)
    ):
        await acknowledge(journal, [make_line()])
        await drained(postgres)
        await acknowledge(journal, [make_line()])
        seconds = await until(lambda: exactly(clickhouse, 2))

    assert 0.5 < seconds < 4.0


async def test_the_buffer_is_counted(
    journal: Journal, postgres: Postgres, database: str, clickhouse_database: str
):
    """
    Document 2's BufferStats, before and after.
    """
    await acknowledge(journal, some_lines(100, random.Random(1)))
    before = await buffer(postgres)
    async with writing(database, clickhouse_database):
        await drained(postgres)
    after = await buffer(postgres)

    assert (before.current_size, before.total_flushed, before.last_flush_at) == (100, 0, None)
    assert (after.current_size, after.total_received, after.total_flushed) == (0, 100, 100)
    assert after.last_flush_at is not None
    assert after.flush_count == 1


async def test_killed_at_any_moment_it_counts_each_event_once(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    kill -9 at random moments, with events of two months coming in all the time.
    """
    dice = random.Random(20)
    sent = 0
    for _ in range(7):
        with writer_process(database, clickhouse_database):
            for _ in range(dice.randrange(4, 12)):
                await acknowledge(journal, some_lines(300, dice))
                sent += 300
                await asyncio.sleep(dice.uniform(0.02, 0.2))

    async with writing(database, clickhouse_database):
        await drained(postgres)

    assert await exactly(clickhouse, sent)


async def test_of_two_writers_one_leads_and_the_other_takes_over(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    Whoever loses its connection loses the lead within seconds, and nothing is counted twice.
    """
    dice = random.Random(3)
    sent = 0
    async with (
        writing(database, clickhouse_database) as one,
        writing(database, clickhouse_database) as other,
    ):

        async def one_leads() -> bool:
            return one.leading.is_set() != other.leading.is_set()

        for _ in range(4):
            await until(one_leads, stretched(10))
            await acknowledge(journal, some_lines(400, dice))
            sent += 400
            await asyncio.sleep(dice.uniform(0.0, 0.3))
            await until(lambda: end_leader(postgres), stretched(10))
        await drained(postgres)

    assert await exactly(clickhouse, sent)


async def test_a_paused_leader_that_wakes_up_does_no_harm(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    SIGSTOP in the middle of its work, another takes over, SIGCONT: it decides nothing any more.
    """
    dice = random.Random(5)
    sent = 0
    for _ in range(3):
        with writer_process(database, clickhouse_database) as paused:
            await acknowledge(journal, some_lines(200, dice))
            await drained(postgres)
            await acknowledge(journal, some_lines(3000, dice))
            await asyncio.sleep(dice.uniform(0.05, 0.4))
            paused.send_signal(signal.SIGSTOP)
            await end_leader(postgres)
            async with writing(database, clickhouse_database) as successor:
                await asyncio.wait_for(successor.leading.wait(), 5)
                await acknowledge(journal, some_lines(500, dice))
                paused.send_signal(signal.SIGCONT)
                await acknowledge(journal, some_lines(300, dice))
                await drained(postgres)
                await asyncio.sleep(0.3)
        sent += 4000

    assert await exactly(clickhouse, sent)


async def test_a_frozen_leader_is_followed_by_the_next(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    SIGSTOP for good in the middle of its work: nobody has to end it, and nothing is counted twice.
    """
    monkeypatch.setattr(lease, "FROZEN_SECONDS", 0.5)
    dice = random.Random(6)
    with writer_process(database, clickhouse_database) as frozen:
        await acknowledge(journal, some_lines(200, dice))
        await drained(postgres)
        await acknowledge(journal, some_lines(3000, dice))
        await asyncio.sleep(dice.uniform(0.05, 0.4))
        frozen.send_signal(signal.SIGSTOP)
        async with writing(database, clickhouse_database) as successor:
            await asyncio.wait_for(successor.leading.wait(), 8)
            await acknowledge(journal, some_lines(500, dice))
            frozen.send_signal(signal.SIGCONT)
            await acknowledge(journal, some_lines(300, dice))
            await drained(postgres)
            await asyncio.sleep(0.3)

    assert await exactly(clickhouse, 4000)


async def test_an_unreadable_line_is_set_aside_and_the_rest_counts(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    One bad line holds up nobody, and a person can look at it.
    """
    dice = random.Random(1)
    bad = [b'["nonsense"]\n', b"no json\n"]
    await acknowledge(journal, [*some_lines(30, dice), bad[0], *some_lines(25, dice), bad[1]])
    async with writing(database, clickhouse_database):
        await drained(postgres)
        await acknowledge(journal, some_lines(10, dice))
        await drained(postgres)

    assert await exactly(clickhouse, 65)
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select events, body, error from journal_quarantine")
    assert b"".join(row["body"] for row in rows) == b"".join(bad)
    assert sum(row["events"] for row in rows) == 2
    assert all("Code:" in row["error"] or "parse" in row["error"] for row in rows)


async def test_without_clickhouse_the_backlog_grows_and_then_drains(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    Nothing has to be started again when it is back.
    """
    dice = random.Random(1)
    place = clickhouse_database.rpartition("@")[2].partition("/")[0]
    port = free_port()
    async with writing(database, clickhouse_database.replace(place, f"127.0.0.1:{port}")):
        for _ in range(3):
            await acknowledge(journal, some_lines(200, dice))
            await asyncio.sleep(0.2)
        waiting = await buffer(postgres)
        async with forwarding(port, int(place.partition(":")[2])):
            seconds = await drained(postgres)

    assert waiting.current_size == 600
    assert seconds < 60
    assert await exactly(clickhouse, 600)


class Heard(msgspec.Struct, rename="camel", kw_only=True):
    type: str
    tenant_id: str
    site_id: str = ""
    events: int = 0


@pytest.fixture
async def heard(database: str) -> AsyncGenerator[list[Heard]]:
    """The news of this database, as they come."""
    found: list[Heard] = []

    def hear(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        found.append(msgspec.json.decode(str(payload), type=Heard))

    connection: Any = await store.connect(database)
    await connection.add_listener(queue.NEWS, hear)
    yield found
    await connection.close()


@pytest.fixture
async def site(postgres: Postgres) -> Site:
    async with postgres.transaction() as tx:
        tenant = await service.create_tenant(tx, "Flores Lima", now=NOON)
        return await service.create_site(
            tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=NOON
        )


async def test_news_come_once_a_flush_and_tenant_and_a_sites_first_once_ever(
    journal: Journal,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    heard: list[Heard],
    site: Site,
):
    """
    The open screens are told what to ask for again, and no more often than that.
    """
    mine = {"tenant": site.tenant_id, "site": site.id}
    first, second = NOON, NOON + timedelta(minutes=1)
    theirs = [make_line(tenant=OTHER_TENANT) for _ in range(30)]
    await acknowledge(journal, [*(make_line(first, **mine) for _ in range(40)), *theirs])
    async with writing(database, clickhouse_database):
        await drained(postgres)
        await acknowledge(journal, [make_line(second, **mine)])
        await drained(postgres)
    await asyncio.sleep(0.05)

    def of(tenant: object) -> list[tuple[str, int]]:
        return [(news.type, news.events) for news in heard if news.tenant_id == str(tenant)]

    assert of(site.tenant_id) == [
        ("site_first_event", 0),
        ("events_flushed", 40),
        ("events_flushed", 1),
    ]
    assert of(OTHER_TENANT) == [("events_flushed", 30)]
    async with postgres.transaction() as tx:
        row = await tx.connection.fetchrow("select first_event_at, last_event_at from sites")
    assert tuple(row or ()) == (first, second)
