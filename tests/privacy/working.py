"""A worker that erases: in this process, or in one of its own that can be killed."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from pista import events, privacy
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import dies_with_parent
from tests.events.writing import QUICK


def writer(database: str, clickhouse: ClickHouse) -> events.Writer:
    chores = [
        privacy.Eraser(clickhouse),
        privacy.PeopleEraser(clickhouse),
        events.recent.prune,
    ]
    return events.Writer(database, clickhouse, QUICK, chores)


@asynccontextmanager
async def working(database: str, clickhouse: str) -> AsyncGenerator[events.Writer]:
    client = ClickHouse(clickhouse)
    running = writer(database, client)
    task = asyncio.create_task(running.run())
    try:
        yield running
    finally:
        running.stop()
        await task
        await client.close()


@contextmanager
def worker_process(database: str, clickhouse: str) -> Generator[Any]:
    """A worker that may be killed -9; it is, at the latest, at the end."""
    child: Any = subprocess.Popen(
        [sys.executable, "-m", "tests.privacy.working", database, clickhouse],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    asyncio.run(writer(sys.argv[1], ClickHouse(sys.argv[2])).run())
