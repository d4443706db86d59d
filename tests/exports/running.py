"""A runner at work: step by step in this process, or in one of its own that can be killed."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pista.exports import Runner
from pista.settings import Settings
from pista.store import postgres
from pista.store.embedded.process import dies_with_parent
from pista.store.postgres import Lead


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


@contextmanager
def runner_process(database: str, clickhouse: str, data_dir: Path) -> Generator[Any]:
    """A runner that may be killed -9; it is, at the latest, at the end."""
    child: Any = subprocess.Popen(
        [sys.executable, "-m", "tests.exports.running", database, clickhouse, str(data_dir)],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    _, its_database, its_clickhouse, its_data = sys.argv
    asyncio.run(Runner(its_database, its_clickhouse, Settings(data_dir=Path(its_data))).run())
