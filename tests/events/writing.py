"""A writer at work: in this process, or in one of its own that can be killed or paused."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any
from uuid import uuid4

from pista.events import BufferStats, Remover, Writer, buffer_stats
from pista.settings import TrackingSettings
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Entry, Journal
from pista.store.postgres import Postgres
from tests.events.conftest import SITE
from tests.killing import killable

QUICK = TrackingSettings(buffer_flush_interval_ms=50)
LINES_A_BATCH = 20


@asynccontextmanager
async def writing(
    database: str, clickhouse: str, tracking: TrackingSettings = QUICK
) -> AsyncGenerator[Writer]:
    client = ClickHouse(clickhouse)
    async with at_work(Writer(database, client, tracking), client) as writer:
        yield writer


@asynccontextmanager
async def at_work(writer: Writer, client: ClickHouse) -> AsyncGenerator[Writer]:
    task = asyncio.create_task(writer.run())
    try:
        yield writer
    finally:
        writer.stop()
        await task
        await client.close()


def writer_process(database: str, clickhouse: str) -> AbstractContextManager[Any]:
    """A writer that may be killed -9; it is, at the latest, at the end."""
    return killable("tests.events.writing", database, clickhouse)


async def acknowledge(journal: Journal, lines: Sequence[bytes]) -> None:
    """Commit the lines, in batches, as the front door does."""
    batches = [lines[n : n + LINES_A_BATCH] for n in range(0, len(lines), LINES_A_BATCH)]
    await asyncio.gather(*(journal.write(_entry(batch)) for batch in batches))


def _entry(lines: Sequence[bytes]) -> Entry:
    return Entry(
        site_id=SITE,
        batch_key=uuid4(),
        fingerprint=b"",
        answer=b"{}",
        body=b"".join(lines),
        received=len(lines),
        kept=len(lines),
        discarded=0,
        rejected=0,
    )


async def buffer(postgres: Postgres) -> BufferStats:
    async with postgres.transaction() as tx:
        return await buffer_stats(tx)


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 60) -> float:
    """The seconds that it took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return time.monotonic() - began
            await asyncio.sleep(0.02)


async def drained(postgres: Postgres, seconds: float = 60) -> float:
    async def nothing_waits() -> bool:
        return (await buffer(postgres)).current_size == 0

    return await until(nothing_waits, seconds)


async def end_leader(postgres: Postgres) -> bool:
    """Cut the leader's connection, as a restart of PostgreSQL does; False if nobody leads."""
    async with postgres.transaction() as tx:
        ended = await tx.value(
            """
            select count(pg_terminate_backend(pid))
            from pg_locks
            where locktype = 'advisory' and objsubid = 1 and granted
                and database = (select oid from pg_database where datname = current_database())
            """
        )
    assert ended < 2
    return bool(ended)


async def _work(database: str, clickhouse: str) -> None:
    client = ClickHouse(clickhouse)
    await Writer(database, client, QUICK, [Remover(client)]).run()


if __name__ == "__main__":
    asyncio.run(_work(*sys.argv[1:]))
