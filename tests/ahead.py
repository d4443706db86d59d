"""Databases for tests: the next is made while a test runs, and the last is dropped meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

Make = Callable[[], Coroutine[Any, Any, str]]
Drop = Callable[[str], Coroutine[Any, Any, None]]


class Ahead:
    """Keeps one database ready, on a thread with a loop of its own.

    A test may do anything to the server or to its clients while the next database is made. So one
    that could not be made ahead is made when it is asked for, and what fails then is raised; one
    that could not be dropped goes with its server.
    """

    def __init__(self, make: Make, drop: Drop) -> None:
        self._make = make
        self._drop = drop
        self._thread = ThreadPoolExecutor(1)
        self._next: Future[str] | None = None

    async def take(self) -> str:
        """The name of a database that nobody else is given."""
        ready, self._next = self._next, None
        name = await _unless_failed(ready) if ready else None
        if name is None:
            name = await asyncio.wrap_future(self._begin())
        self._next = self._begin()
        return name

    def give_back(self, name: str) -> None:
        self._thread.submit(lambda: asyncio.run(self._drop(name)))

    def close(self) -> None:
        """Wait for what has begun; what has not is left to the end of the server."""
        self._thread.shutdown(cancel_futures=True)

    def _begin(self) -> Future[str]:
        return self._thread.submit(lambda: asyncio.run(self._make()))


async def _unless_failed(ready: Future[str]) -> str | None:
    try:
        return await asyncio.wrap_future(ready)
    except Exception:
        return None
