"""A runner at work: step by step in this process, or in one of its own that can be killed."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pista.exports import Runner
from pista.settings import Settings
from pista.store import postgres
from pista.store.postgres import Lead
from tests.killing import killable


@asynccontextmanager
async def leading(database: str) -> AsyncGenerator[Lead]:
    connection: Any = await postgres.connect(database)
    try:
        yield Lead(connection)
    finally:
        connection.terminate()


async def work(
    database: str, clickhouse: str, settings: Settings, now: datetime | None = None
) -> int:
    """Do all that is to be done at this moment; how many days that was."""
    runner = Runner(database, clickhouse, settings)
    try:
        async with leading(database) as lead:
            steps = 0
            while await runner.step(lead, now or datetime.now(UTC)):
                steps += 1
            return steps
    finally:
        await runner.close()


def runner_process(database: str, clickhouse: str, data_dir: Path) -> AbstractContextManager[Any]:
    """A runner that may be killed -9; it is, at the latest, at the end."""
    return killable("tests.exports.running", database, clickhouse, str(data_dir))


if __name__ == "__main__":
    _, its_database, its_clickhouse, its_data = sys.argv
    asyncio.run(Runner(its_database, its_clickhouse, Settings(data_dir=Path(its_data))).run())
