"""The leading writer with its chore of importing: in this process, or in one to be killed."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from pista.events import Writer
from pista.exports import Importer
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import dies_with_parent
from tests.events.writing import QUICK


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


@contextmanager
def importing_process(database: str, clickhouse: str, rows: int) -> Generator[Any]:
    """One that may be killed -9; it is, at the latest, at the end."""
    child: Any = subprocess.Popen(
        [sys.executable, "-m", "tests.exports.importing", database, clickhouse, str(rows)],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


async def _for_ever(database: str, clickhouse: str, rows: int) -> None:
    async with importing(database, clickhouse, rows):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_for_ever(sys.argv[1], sys.argv[2], int(sys.argv[3])))
