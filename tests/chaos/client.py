"""One client process, which may be killed: `python -m tests.chaos.client CONFIG NUMBER`.

As the snippet does, it sends a batch under the same ids until the batch is acknowledged; started
again after a kill, it first goes on with what it had begun.
"""

import asyncio
import random
import signal
import sys
import time
from base64 import b64encode
from datetime import datetime
from itertools import count
from pathlib import Path

import httpx
import msgspec

from tests.chaos import batches, ledger
from tests.chaos.batches import Batch, Site
from tests.chaos.ledger import Ledger

TRIES_APART = 0.1
TIMEOUT = 5.0
TAKEN = (200, 202)
BUSY = 429
JSON = {"Content-Type": "application/json"}


class Config(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    seed: int
    site: Site
    borders: list[datetime]
    folder: str
    tasks: int
    pause: float
    """Seconds between two batches of a task, on average."""

    def ledger(self, client: int) -> Path:
        return Path(self.folder) / f"client-{client}.log"


class Client:
    def __init__(self, config: Config, number: int) -> None:
        before = ledger.read(config.ledger(number))
        self._config = config
        self._number = number
        self._ledger = Ledger(config.ledger(number))
        self._unfinished = before.unfinished()
        self._fresh = count(max(before.begun, default=0) + 1)
        self._ending = asyncio.Event()
        self._dice = random.Random()
        # A new connection for each try would be spread over the web processes anew; browsers
        # keep theirs, and see it break.
        self._client = httpx.AsyncClient(base_url=config.url, timeout=TIMEOUT)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._ending.set)
        async with self._client, asyncio.TaskGroup() as group:
            for _ in range(self._config.tasks):
                group.create_task(self._task())

    async def _task(self) -> None:
        while number := self._next():
            batch = batches.batch(self._config.seed, self._number, number, self._config.borders)
            began = time.monotonic()
            await self._send(batch)
            now = time.monotonic()
            self._ledger.acknowledge(number, now, now - began)
            if again := batches.echo(batch, f"echo-{self._number}-{number}"):
                await self._send(again)
            await asyncio.sleep(self._dice.uniform(0, 2 * self._config.pause))

    def _next(self) -> int:
        if self._unfinished:
            return self._unfinished.pop(0)
        if self._ending.is_set():
            return 0
        number = next(self._fresh)
        self._ledger.begin(number)
        return number

    async def _send(self, batch: Batch) -> None:
        while True:
            if await self._is_taken(batch):
                return
            await asyncio.sleep(TRIES_APART)

    async def _is_taken(self, batch: Batch) -> bool:
        site = self._config.site
        basic = batch.door == batches.SEGMENT
        try:
            answer = await self._client.post(
                batch.door,
                params=None if basic else {"k": site.write_key},
                content=batches.body(batch, site),
                headers=JSON | _basic(site.write_key) if basic else JSON,
            )
        except httpx.TransportError:
            return False
        self._judge(batch, answer)
        return answer.status_code in TAKEN

    def _judge(self, batch: Batch, answer: httpx.Response) -> None:
        if 400 <= answer.status_code < 500 and answer.status_code != BUSY:
            self._ledger.complain(f"{batch.door} {answer.status_code} {answer.text[:300]}")
            raise SystemExit(1)
        if answer.status_code == 202 and answer.json()["accepted"] != len(batch.counted()):
            self._ledger.complain(f"{batch.batch_id} {answer.text[:300]}")


def _basic(user: str) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:'.encode()).decode()}"}


if __name__ == "__main__":
    config = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Config)
    asyncio.run(Client(config, int(sys.argv[2])).run())
