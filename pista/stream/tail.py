"""Follows the journal for all readers of this process: one connection, while there are any.

Each look is one snapshot above the tail's own place, so it never passes a row that is still to
come, and a row that a flush moves meanwhile is seen once. What is lost is said by `journal_gone`:
then the readers are sent away, and what they missed is filled when they come back.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pista import logs, metrics
from pista.errors import Unavailable
from pista.events import recent
from pista.ids import FlushId, TenantId, uuid7
from pista.store import postgres
from pista.store.postgres import Tx
from pista.stream import position, unfold
from pista.stream.model import TooManyReaders, Topic
from pista.stream.position import Mark, Position
from pista.stream.readers import Reader

LOOK_SECONDS = 0.2
RENEW_SECONDS = 10.0
RETRY_SECONDS = 0.5
JOIN_SECONDS = 5.0
MOST_BYTES = 8 * 2**20
"""Of lines, in one look: some twenty thousand events."""
RATE, BURST = 2_000, 5_000
"""Events that a topic is given in a second and at once; many topics share twice as many."""
MOST_READERS = 100
"""Of one tenant in one process."""
JUST_NOW = timedelta(seconds=1)
END_OF_TIME = 2**63 - 1

log = logs.get()


class Tail:
    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._id = uuid4()
        self._readers: set[Reader] = set()
        self._joining: list[tuple[Reader, asyncio.Future[Position]]] = []
        self._turning: list[tuple[Reader, Topic, asyncio.Future[Position]]] = []
        self._place: Position | None = None
        self._budget: dict[Topic, tuple[float, float]] = {}
        self._wake = asyncio.Event()
        self._renewed_at = 0.0
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="stream")

    def close_all(self) -> None:
        """Send everybody away, and let nobody in any more."""
        self._stopping = True
        self._end_all()
        self._wake.set()

    async def stop(self) -> None:
        self.close_all()
        if self._task is not None:
            await self._task

    async def join(self, reader: Reader) -> Position:
        """Begin to give `reader` what comes after the place that is answered."""
        if self._stopping:
            raise Unavailable
        here = [*self._readers, *(other for other, _ in self._joining)]
        if sum(other.topic.tenant == reader.topic.tenant for other in here) >= MOST_READERS:
            raise TooManyReaders(headers={"Retry-After": "10"})
        joined: asyncio.Future[Position] = asyncio.get_running_loop().create_future()
        self._joining.append((reader, joined))
        self._wake.set()
        try:
            async with asyncio.timeout(JOIN_SECONDS):
                return await joined
        except TimeoutError:
            raise Unavailable from None

    async def turn(self, reader: Reader, topic: Topic) -> Position:
        """Give `reader` from the place on that is answered what this topic means; until there it
        is given what its old one means, so nothing of what both mean is lost or told twice."""
        turned: asyncio.Future[Position] = asyncio.get_running_loop().create_future()
        self._turning.append((reader, topic, turned))
        self._wake.set()
        try:
            async with asyncio.timeout(JOIN_SECONDS):
                return await turned
        except TimeoutError:
            raise Unavailable from None

    def leave(self, reader: Reader) -> None:
        self._readers.discard(reader)
        metrics.STREAM_READERS.set(len(self._readers))

    def doubt(self, tenant: TenantId | None) -> None:
        """Somebody of this tenant was shut out: its readers ask whether they may stay."""
        for reader in [*self._readers, *(reader for reader, _ in self._joining)]:
            if tenant is None or reader.topic.tenant == tenant:
                reader.doubt()

    def _end_all(self) -> None:
        for reader in self._readers:
            reader.end()
        for _, joined in self._joining:
            if not joined.done():
                joined.set_exception(Unavailable())
        self._joining.clear()

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._follow()
                self._place = None
                continue
            except postgres.AWAY as error:
                # Readers stay: the journal goes on from where they are when it is back.
                log.warning("stream_interrupted", error=str(error))
            except Exception:
                # A mistake must not end the stream of all days to come.
                log.exception("stream_failed")
                self._end_all()
                self._place = None
            await asyncio.sleep(RETRY_SECONDS)
            self._wake.set()

    def _wanted(self) -> bool:
        return bool(self._readers or self._joining) and not self._stopping

    async def _follow(self) -> None:
        """Look while anybody listens."""
        if not self._wanted():
            return
        connection: Any = await postgres.connect(self._url)
        try:
            await recent.prefer_indexes(connection)
            tx = Tx(connection)
            await self._renew(tx)
            await recent.note_gone(tx, FlushId(uuid7()))
            while self._wanted():
                await self._look(tx)
                await self._pause()
        finally:
            connection.terminate()

    async def _renew(self, tx: Tx) -> None:
        await recent.listen(tx, self._id)
        self._renewed_at = time.monotonic()

    async def _pause(self) -> None:
        """Until the next look, or until somebody joins."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    async def _look(self, tx: Tx) -> None:
        if time.monotonic() - self._renewed_at > RENEW_SECONDS:
            await self._renew(tx)
        if self._place is None:
            ends = await recent.ends(tx)
            marks = {end.stream: Mark(end.last_seq + 1) for end in ends}
            # What arrived just now may not be committed, so it is still to come.
            arrived = datetime.now(UTC) - JUST_NOW
            self._place = Position(marks, position.milliseconds(arrived))
        else:
            self._turn(self._place)
            self._place = await self._go_on(tx, self._place)
        joining, self._joining = self._joining, []
        for reader, joined in joining:
            if not joined.done():
                self._readers.add(reader)
                joined.set_result(self._place)
        metrics.STREAM_READERS.set(len(self._readers))

    def _turn(self, place: Position) -> None:
        turning, self._turning = self._turning, []
        for reader, topic, turned in turning:
            # Whoever has not waited so long has kept its topic.
            if not turned.done():
                reader.topic = topic
                turned.set_result(place)

    async def _go_on(self, tx: Tx, place: Position) -> Position:
        streams, first = list(place.marks), [mark.seq for mark in place.marks.values()]
        below = [END_OF_TIME] * len(streams)
        rows = await recent.held(tx, streams, first, below, END_OF_TIME, MOST_BYTES)
        if unfold.is_broken(rows, place):
            log.warning("stream_gap")
            self._end_all()
            return Position({row.stream: Mark(row.last_seq + 1) for row in rows}, place.at)
        portions, until = await asyncio.to_thread(unfold.unfold, rows, place, self._allowance())
        self._hand_out(portions, until)
        return until

    def _hand_out(self, portions: dict[Topic, unfold.Portion], until: Position) -> None:
        written = position.encode(until)
        for topic, portion in portions.items():
            left, at = self._budget[topic]
            self._budget[topic] = (left - len(portion.events), at)
            metrics.STREAM_SKIPPED.inc(portion.skipped)
        for reader in self._readers:
            portion = portions.get(reader.topic)
            if portion is not None:
                reader.put(portion, written)

    def _allowance(self) -> dict[Topic, int]:
        """How many events each topic may be given now."""
        now = time.monotonic()
        topics = {reader.topic for reader in self._readers}
        part = min(1.0, 2 / max(len(topics), 1))
        before = self._budget
        self._budget = {}
        for topic in topics:
            left, at = before.get(topic, (BURST * part, now))
            self._budget[topic] = (min(BURST * part, left + (now - at) * RATE * part), now)
        return {topic: int(left) for topic, (left, _) in self._budget.items()}
