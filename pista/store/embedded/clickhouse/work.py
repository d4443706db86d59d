"""How many statements run at once, and how they end before their time."""

import asyncio
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from pista.store.embedded.clickhouse import errors
from pista.store.embedded.clickhouse.errors import ClickHouseError

T = TypeVar("T")

PLACES = 8  # statements at once for each user; readers cannot keep the writer waiting
WAITING = 256
KILL_AGAIN = 0.3  # seconds; a statement can be killed only once the engine knows it


class Gone(Exception):
    """The client has hung up."""


class Work(Generic[T]):
    """Runs statements in threads. Each gets a mark, by which the engine can be told to stop it."""

    def __init__(self, kill: Callable[[str, bool], None]) -> None:
        self._kill = kill
        self._lanes = {name: ThreadPoolExecutor(PLACES, name) for name in ("write", "read")}
        self._killers = ThreadPoolExecutor(1, "kill")
        self._under_way: dict[str, asyncio.Future[T]] = {}
        self._stopping = False

    async def run(self, lane: str, task: Callable[[str], T], gone: "asyncio.Future[None]") -> T:
        """The result of `task(mark)`; `Gone` if `gone` comes first."""
        if self._stopping or len(self._under_way) >= PLACES + WAITING:
            why = "The engine is stopping" if self._stopping else "Too many simultaneous queries"
            raise ClickHouseError(errors.TOO_MANY_SIMULTANEOUS_QUERIES, why)
        mark = uuid.uuid4().hex
        job = self._lanes[lane].submit(task, mark)
        result = asyncio.wrap_future(job)
        self._under_way[mark] = result
        try:
            await asyncio.wait({gone, result}, return_when=asyncio.FIRST_COMPLETED)
            if not result.done():
                await self._abandon(mark, job, result)
                raise Gone
            return result.result()
        finally:
            del self._under_way[mark]

    async def drain(self, seconds: float) -> bool:
        """Take nothing new, let what runs end or stop it. False if something would not stop."""
        self._stopping = True
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=seconds)
        for mark in list(self._under_way):
            await self._stop(mark, only_reading=False)
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=1)
        return not self._under_way

    async def _abandon(self, mark: str, job: "Future[T]", result: "asyncio.Future[T]") -> None:
        """Nobody waits for the answer. What writes goes on to its end, as in ClickHouse."""
        if job.cancel():
            return
        while not result.done():
            await self._stop(mark, only_reading=True)
            await asyncio.wait({result}, timeout=KILL_AGAIN)
        if not result.cancelled():
            result.exception()  # seen, and of no interest

    async def _stop(self, mark: str, *, only_reading: bool) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._killers, self._kill, mark, only_reading)
