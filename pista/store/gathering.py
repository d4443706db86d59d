"""Writes what comes together in one commit, and tells each that it is written.

While groups are being committed the next gathers, so there is no timer, and no wait when it is
quiet.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, TypeVar

import msgspec

from pista import logs
from pista.errors import Unavailable
from pista.store.postgres import AWAY

T = TypeVar("T")

log = logs.get()


class Limits(NamedTuple):
    most: int
    """Of a group."""
    most_bytes: int
    waiting_bytes: int
    """Of all that waits; what comes beyond is refused."""
    at_once: int
    """Groups that are committed beside each other: one that the disk holds up holds up no other."""
    seconds: float
    """For a commit."""


class _Waiting(msgspec.Struct, Generic[T], eq=False):
    item: T
    size: int
    committed: "asyncio.Future[None]"


class Gathering(Generic[T]):
    """One process's way in for one kind of thing. Start it once, `put` from any number of tasks."""

    def __init__(
        self, name: str, limits: Limits, commit: Callable[[list[T]], Awaitable[None]]
    ) -> None:
        self._name = name
        self._limits = limits
        self._commit = commit
        self._waiting: deque[_Waiting[T]] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._run(), name=f"{self._name}-{number}")
            for number in range(self._limits.at_once)
        ]

    async def stop(self) -> None:
        """Commit what is waiting, then end."""
        self._stopping = True
        self._wake.set()
        await asyncio.gather(*self._tasks)

    def put(self, item: T, size: int) -> "asyncio.Future[None]":
        """Done once it is committed; `Unavailable` if that cannot be said.

        Whoever waits no longer cancels it: what is not being committed by then is dropped.
        """
        if self._stopping or self._waiting_bytes > self._limits.waiting_bytes:
            raise Unavailable("The server is catching up; send it again.")
        waiting = _Waiting(item, size, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._waiting_bytes += size
        self._wake.set()
        return waiting.committed

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while group := self._gather():
                await self._settle(group)

    def _gather(self) -> list[_Waiting[T]]:
        group: list[_Waiting[T]] = []
        size = 0
        while self._waiting and len(group) < self._limits.most and size < self._limits.most_bytes:
            waiting = self._waiting.popleft()
            self._waiting_bytes -= waiting.size
            if not waiting.committed.done():
                size += waiting.size
                group.append(waiting)
        return group

    async def _settle(self, group: list[_Waiting[T]]) -> None:
        error: Exception | None = None
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._commit([waiting.item for waiting in group])
        except AWAY as away:
            log.warning(f"{self._name}_away", waiting=len(group), error=str(away))
            error = Unavailable()
        except Exception as wrong:
            # Whatever it was, the loop lives on: nothing was promised, and everyone hears it.
            log.exception(f"{self._name}_failed", waiting=len(group))
            error = wrong
        for waiting in group:
            if waiting.committed.done():
                continue
            if error is None:
                waiting.committed.set_result(None)
            else:
                waiting.committed.set_exception(error)
