"""PostgreSQL restarts under its readers: what was acknowledged is told, or a gap is."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager

import pytest

from pista.errors import Unavailable
from pista.ids import EventId
from pista.store import migrate, reach
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.embedded import postgres as embedded
from pista.store.embedded.account import serving_account
from pista.store.embedded.postgres import Cluster
from pista.store.embedded.process import free_port
from pista.store.journal import Journal
from pista.store.postgres import Postgres
from pista.stream.tail import Tail
from tests.conftest import PASSWORD, reachable_folder, running
from tests.events.writing import drained, writing
from tests.stream.reading import OURS, Client, line, new_id, write


@pytest.fixture
def cluster() -> Generator[Cluster]:
    """A server of our own, to be stopped at will."""
    with reachable_folder() as folder:
        cluster = Cluster(
            folder=folder / "postgres",
            port=free_port(),
            password=PASSWORD,
            account=serving_account(),
        )
        embedded.prepare(cluster)
        (cluster.folder / "local.conf").write_text("log_min_messages = fatal\n")
        yield cluster


async def send(journal: Journal, one: EventId) -> None:
    """As a client does, which tries again after a refusal."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await write(journal, line(one))
            except Unavailable:
                await asyncio.sleep(0.1)


@asynccontextmanager
async def up(cluster: Cluster, end: signal.Signals = signal.SIGINT) -> AsyncGenerator[Postgres]:
    embedded.clear_leftovers(cluster.folder)
    with running(embedded.command(cluster), end=end, **embedded.launch(cluster)):
        await reach.postgres(cluster.url, patience=60)
        connection = await store.connect(cluster.url)
        await migrate.migrate_postgres(connection)
        await connection.close()
        pool = await store.open_pool(cluster.url)
        yield pool
        await pool.close()


async def test_a_restart_is_not_felt(
    cluster: Cluster, clickhouse: ClickHouse, clickhouse_database: str
):
    """
    The stream stays open through it and goes on where it was, also with what had been flushed.
    """
    tail, journal = Tail(cluster.url), Journal(cluster.url)
    sent = [new_id() for _ in range(3)]
    async with up(cluster) as pool:
        client = Client(pool, clickhouse, OURS)
        tail.start()
        journal.start()
        reading = asyncio.create_task(client.read(tail))
        await client.until(lambda: bool(client.last_id))
        await send(journal, sent[0])
        await client.until(lambda: len(client.ids) == 1)
    async with up(cluster) as pool, writing(cluster.url, clickhouse_database):
        for one in sent[1:]:
            await send(journal, one)
            await drained(pool)
        await client.until(lambda: len(client.ids) == 3)
        assert not reading.done()
        await tail.stop()
        await asyncio.wait_for(reading, 5)
        await journal.stop()

    assert client.ids == [str(one) for one in sent]
    assert client.gaps == []


async def test_a_crash_that_takes_what_was_kept_is_told(
    cluster: Cluster, clickhouse: ClickHouse, clickhouse_database: str
):
    """
    Rows that were flushed and kept are gone with it; who had not read them is told of a gap.
    """
    tail, journal = Tail(cluster.url), Journal(cluster.url)
    seen, lost, after = new_id(), new_id(), new_id()
    async with up(cluster, end=signal.SIGQUIT) as pool, writing(cluster.url, clickhouse_database):
        client = Client(pool, clickhouse, OURS)
        tail.start()
        journal.start()
        reading = asyncio.create_task(client.read(tail))
        await client.until(lambda: bool(client.last_id))
        await send(journal, seen)
        await client.until(lambda: len(client.ids) == 1)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await send(journal, lost)
        await drained(pool)
    async with up(cluster) as pool:
        again = Client(pool, clickhouse, OURS)
        again.last_id, again.ids = client.last_id, client.ids
        reading = asyncio.create_task(again.read(tail))
        await again.until(lambda: len(again.ids) == 2)
        await send(journal, after)
        await again.until(lambda: len(again.ids) == 3)
        await tail.stop()
        await asyncio.wait_for(reading, 5)
        await journal.stop()

    assert again.ids == [str(one) for one in (seen, lost, after)]
    assert [(gap["reason"], gap["filled"]) for gap in again.gaps] == [("expired", 1)]
