"""Whether a process still does something: a hung one keeps its place and never gives it back.

Patience comes first: an engine at work, or a machine that can hardly keep up, must not be taken
for a dead one. Looks are counted and not seconds, so that a machine which slept, and a supervisor
which stood still itself, begin anew.
"""

import asyncio
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

LOOK_SECONDS = 4.0
LOOKS = 5
"""In a row without a sign of life, after which a process is hung."""
LOOKS_AT_START = 30
ENGINE_LOOKS_AT_START = 150
"""The same before the first sign: an engine may have much to read."""
AT_START_SECONDS = 0.25

Question = Callable[[], Awaitable[bool]]


class Vigil(ABC):
    """Over one life of a process."""

    looks_at_start = LOOKS_AT_START
    pipe: int | None = None
    """The end of a pipe that the process has to be given."""

    def __init__(self) -> None:
        self.was_well = False
        """Whether it has shown any sign of life."""

    async def until_hung(self) -> None:
        """Return once it has given no sign of life for too long."""
        missed = 0
        while missed < (LOOKS if self.was_well else self.looks_at_start):
            missed = 0 if await self._shows_life() else missed + 1

    def end(self) -> None:
        """Let go of what was needed for it."""
        if self.pipe is not None:
            os.close(self.pipe)

    @abstractmethod
    async def _shows_life(self) -> bool:
        """Look for one `LOOK_SECONDS`, and say whether there was a sign."""


class Asking(Vigil):
    """Over an engine, which answers a question."""

    looks_at_start = ENGINE_LOOKS_AT_START

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    async def _shows_life(self) -> bool:
        until = time.monotonic() + LOOK_SECONDS
        answered = False
        while not answered and time.monotonic() < until:
            answered = await self._answers(until - time.monotonic())
            if not answered:
                await asyncio.sleep(AT_START_SECONDS)
        self.was_well |= answered
        await asyncio.sleep(max(0.0, until - time.monotonic()))
        return answered

    async def _answers(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._question()
        except TimeoutError:
            return False


class Listening(Vigil):
    """Over a process of ours, which sends its pulse (`pista.pulse`)."""

    def __init__(self) -> None:
        super().__init__()
        self._beats = 0
        self._end, self.pipe = os.pipe()
        os.set_blocking(self._end, False)
        asyncio.get_running_loop().add_reader(self._end, self._hear)

    def end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        os.close(self._end)
        super().end()

    def _hear(self) -> None:
        self._beats += len(os.read(self._end, 4096))
        self.was_well = True

    async def _shows_life(self) -> bool:
        before = self._beats
        await asyncio.sleep(LOOK_SECONDS)
        return self._beats > before
