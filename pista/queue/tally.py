"""Adds up what was done, and tells Prometheus how the queues are: one process does, at a time."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pista import logs, metrics
from pista.queue import counting_queries as queries
from pista.queue.counting import KindNow, QueueNow, queues_now
from pista.store import postgres
from pista.store.postgres import Postgres

EVERY_SECONDS = 5.0
LOOK_BACK_SECONDS = 60.0
HOURS_SECONDS = 600.0
MINUTES_KEPT = timedelta(days=1)
# Numbers become visible out of order, but those of transactions under way lie close together.
OVERLAP = 10_000

log = logs.get()


def _now() -> datetime:
    return datetime.now(UTC)


class Tally:
    def __init__(self, pool: Postgres, clock: Callable[[], datetime] = _now) -> None:
        self._pool = pool
        self._clock = clock
        self._mark = 0
        self._looked_back = self._folded_hours = 0.0
        self._told = set[tuple[str, str]]()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self.work()
            except postgres.AWAY as error:
                log.warning("tally_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the counting of all days to come.
                log.exception("tally_failed")
            await asyncio.sleep(EVERY_SECONDS)

    async def work(self) -> None:
        """Once: add up, note how many wait, and tell of it."""
        now = self._clock()
        while await self._fold():
            continue
        async with self._pool.transaction() as tx:
            if await queries.is_mine(tx):
                await queries.sample(tx, now.replace(second=0, microsecond=0))
                if self._is_time(now):
                    await queries.fold_minutes(tx, (now - MINUTES_KEPT).replace(minute=0, second=0))
            queues = await queues_now(tx, None)
        self._tell(queues, now)

    async def _fold(self) -> bool:
        """Whether there may be more."""
        if time.monotonic() - self._looked_back > LOOK_BACK_SECONDS:
            self._looked_back, self._mark = time.monotonic(), 0
        async with self._pool.transaction() as tx:
            if not await queries.is_mine(tx):
                return False
            many, last = await queries.fold(tx, self._mark)
        self._mark = max(self._mark, last - OVERLAP)
        return many == queries.MOST_FOLDED

    def _is_time(self, now: datetime) -> bool:
        if now.timestamp() - self._folded_hours < HOURS_SECONDS:
            return False
        self._folded_hours = now.timestamp()
        return True

    def _tell(self, queues: list[QueueNow], now: datetime) -> None:
        found = {(one.name, kind.kind): kind for one in queues for kind in one.kinds}
        # What is no more among them is none, and not what it was.
        self._told |= found.keys()
        for about in self._told:
            kind = found.get(about) or KindNow(kind=about[1])
            oldest = (now - kind.oldest).total_seconds() if kind.oldest else 0.0
            metrics.QUEUE_WAITING.labels(*about).set(kind.waiting + kind.delayed)
            metrics.QUEUE_ACTIVE.labels(*about).set(kind.active)
            metrics.QUEUE_DEAD.labels(*about).set(kind.dead)
            metrics.QUEUE_OLDEST_SECONDS.labels(*about).set(max(oldest, 0.0))
