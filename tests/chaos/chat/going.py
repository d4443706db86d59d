"""A client that may be killed: started again, it first goes on with what it had begun."""

import asyncio
import random
import signal
import time
from abc import ABC, abstractmethod
from itertools import count
from pathlib import Path

import httpx

from tests.chaos import ledger
from tests.chaos.ledger import Ledger

TIMEOUT = 15.0
SOON, LATER = 0.1, 1.0


class Going(ABC):
    """Does one thing after the other, several at a time, until it is asked to end."""

    def __init__(self, url: str, path: Path, tasks: int, a_second: float, block: int) -> None:
        before = ledger.read(path)
        self.ledger = Ledger(path)
        self.client = httpx.AsyncClient(base_url=url, timeout=TIMEOUT, trust_env=False)
        self._unfinished = before.unfinished()
        self._fresh = count(max(before.begun, default=0) + 1)
        self._tasks = tasks
        self._pause = tasks / a_second
        self._block = block
        self._ending = asyncio.Event()
        self._dice = random.Random()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._ending.set)
        async with self.client, asyncio.TaskGroup() as group:
            for _ in range(self._tasks):
                group.create_task(self._task())

    @abstractmethod
    async def do(self, number: int) -> None:
        """Until it is done for certain."""

    async def _task(self) -> None:
        while number := self._next():
            began = time.monotonic()
            await self.do(number)
            now = time.monotonic()
            self.ledger.acknowledge(number, now, now - began)
            await self._rest(number)

    def _next(self) -> int:
        if self._unfinished:
            return self._unfinished.pop(0)
        if self._ending.is_set():
            return 0
        number = next(self._fresh)
        self.ledger.begin(number)
        return number

    async def _rest(self, number: int) -> None:
        """Every second block comes in a burst, and then there is a silence as long."""
        is_burst = number // self._block % 2
        if not is_burst:
            await asyncio.sleep(self._dice.uniform(0, 4 * self._pause))

    async def again(self, tried: int) -> None:
        """Before the next try; longer after several, as platforms do."""
        await asyncio.sleep(min(SOON * 1.5**tried, LATER) * self._dice.uniform(0.5, 1.5))
