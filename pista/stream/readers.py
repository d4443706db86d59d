"""One who follows the events: what waits for it, never more than it may hold."""

import asyncio
from collections import deque

from pista import metrics
from pista.stream import frames, model
from pista.stream.model import Topic
from pista.stream.unfold import Portion

MOST_WAITING = 5_000
MOST_BYTES = 4 * 2**20
BATCH_BYTES = 64 * 2**10


class Reader:
    """The tail puts, the response takes. A slow one loses its oldest, and hears how many."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self.ended = False
        self.doubted = False
        """Whether it may stay has to be asked anew."""
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._dropped = 0
        self._skipped = 0
        self._estimated = False
        self._place = b""
        self._awake = asyncio.Event()

    def put(self, portion: Portion, place: bytes) -> None:
        """What came until now, and the place that this is."""
        self._skipped += portion.skipped
        self._estimated |= portion.estimated
        self._waiting.extend(portion.events)
        self._bytes += sum(map(len, portion.events))
        while len(self._waiting) > MOST_WAITING or self._bytes > MOST_BYTES:
            self._bytes -= len(self._waiting.popleft())
            self._dropped += 1
        self._place = place
        if portion.events or portion.skipped:
            self._awake.set()

    def take(self, most: int) -> tuple[bytes, int]:
        """What is next, in one piece, and how many events that is."""
        taken = self._told()
        size = count = 0
        while self._waiting and size < BATCH_BYTES and count < most:
            one = self._waiting.popleft()
            size += len(one)
            count += 1
            taken.append(one)
        self._bytes -= size
        return b"".join(taken), count

    def still_here(self) -> bytes:
        """A sign of life; if nothing waits, with the place, which moves on without any event."""
        there = frames.here(self._place) if self._place and not self._waiting else b""
        return frames.SIGN_OF_LIFE + there

    async def woken(self, seconds: float) -> bool:
        """True as soon as there is something to take or the end has come; False after a while."""
        try:
            async with asyncio.timeout(seconds):
                await self._awake.wait()
        except TimeoutError:
            return False
        if not self._waiting and not self.ended:
            self._awake.clear()
        return True

    def doubt(self) -> None:
        self.doubted = True
        self._awake.set()

    def end(self) -> None:
        self.ended = True
        self._awake.set()

    def _told(self) -> list[bytes]:
        """What is missing before the next event."""
        notes: list[bytes] = []
        if self._dropped:
            gap = model.Gap(reason="slow", dropped=self._dropped)
            notes.append(frames.note(b"gap", gap))
            metrics.STREAM_DROPPED.inc(self._dropped)
        if self._skipped:
            skipped = model.Skipped(count=self._skipped, estimated=self._estimated)
            notes.append(frames.note(b"skipped", skipped))
        self._dropped = self._skipped = 0
        self._estimated = False
        return notes
