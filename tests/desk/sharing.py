"""A worker's sharing out in a process of its own, which can be killed at any moment."""

import asyncio
import sys

from pista.desk import Sharer
from pista.store import postgres


async def run(database: str) -> None:
    await Sharer(database, await postgres.open_pool(database, most=2)).run()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))
