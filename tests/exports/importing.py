"""The leading writer with its chore of importing: in this process, or in one to be killed."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any

from pista.events import Writer
from pista.exports import Importer
from pista.store.clickhouse import ClickHouse
from tests.events.writing import QUICK
from tests.killing import killable


@asynccontextmanager
async def importing(database: str, clickhouse: str, rows: int = 100_000) -> AsyncGenerator[None]:
    client = ClickHouse(clickhouse)
    writer = Writer(database, client, QUICK, [Importer(client, rows=rows)])
    task = asyncio.create_task(writer.run())
    try:
        yield
    finally:
        writer.stop()
        await task
        await client.close()


def importing_process(database: str, clickhouse: str, rows: int) -> AbstractContextManager[Any]:
    """One that may be killed -9; it is, at the latest, at the end."""
    return killable("tests.exports.importing", database, clickhouse, str(rows))


async def _for_ever(database: str, clickhouse: str, rows: int) -> None:
    async with importing(database, clickhouse, rows):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_for_ever(sys.argv[1], sys.argv[2], int(sys.argv[3])))
