"""A worker that erases: in this process, or in one of its own that can be killed."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any

from pista import events, privacy
from pista.store.clickhouse import ClickHouse
from tests.events.writing import QUICK, at_work
from tests.killing import killable


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
    async with at_work(writer(database, client), client) as running:
        yield running


def worker_process(database: str, clickhouse: str) -> AbstractContextManager[Any]:
    """A worker that may be killed -9; it is, at the latest, at the end."""
    return killable("tests.privacy.working", database, clickhouse)


if __name__ == "__main__":
    asyncio.run(writer(sys.argv[1], ClickHouse(sys.argv[2])).run())
