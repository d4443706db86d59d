"""A courier in a process of its own, that can be killed with a message in its hands."""

import asyncio
import sys
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pista.alerts import courier
from pista.alerts.courier import Courier
from pista.alerts.webhook import Sender
from pista.store import postgres
from pista.store.secrets import Sealer
from tests.killing import killable

LEASE = timedelta(seconds=3)


def courier_process(database: str, key: str) -> AbstractContextManager[Any]:
    return killable("tests.alerts.couriering", database, key)


async def _work(database: str, key: str) -> None:
    courier.LEASE = LEASE
    courier.POLL_SECONDS = 0.05
    pool = await postgres.open_pool(database)
    await Courier(pool, Sealer((key,), Path()), Sender(private=True)).run()


if __name__ == "__main__":
    asyncio.run(_work(*sys.argv[1:]))
