"""A courier in a process of its own, that can be killed with a message in its hands."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pista.alerts import courier
from pista.alerts.courier import Courier
from pista.alerts.webhook import Sender
from pista.store import postgres
from pista.store.embedded.process import dies_with_parent
from pista.store.secrets import Sealer

LEASE = timedelta(seconds=3)


@contextmanager
def courier_process(database: str, key: str) -> Generator[Any]:
    child: Any = subprocess.Popen(
        [sys.executable, "-m", "tests.alerts.couriering", database, key],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


async def _work(database: str, key: str) -> None:
    courier.LEASE = LEASE
    courier.POLL_SECONDS = 0.05
    pool = await postgres.open_pool(database)
    await Courier(pool, Sealer((key,), Path()), Sender(private=True)).run()


if __name__ == "__main__":
    asyncio.run(_work(*sys.argv[1:]))
