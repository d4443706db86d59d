"""Sleeps until the next cliente is due, and is woken by whatever may be due sooner.

Any number of workers may run one: what one of them has in hand the others pass over.
"""

import asyncio
from datetime import datetime

from pista import logs, metrics, queue
from pista.desk import announcing
from pista.desk.timer import queries
from pista.store import postgres
from pista.store.postgres import Postgres

AT_ONCE = 2_000
"""Clientes moved in one statement."""
LONGEST_SECONDS = 15.0
"""Also if nothing wakes it: what wakes it may be missed, and clocks may be set."""
AGAIN_SECONDS = 0.05
"""For what somebody has in hand at the very moment in which it is due."""
AWAY_SECONDS = 1.0

log = logs.get()


class FollowUpTimer:
    def __init__(self, database_url: str, pool: Postgres) -> None:
        self._postgres = pool
        self._listener = queue.Listener(database_url, {announcing.DUE_CHANNEL: self._heard})
        self._sooner = asyncio.Event()
        self._until: datetime | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        self._listener.start()
        try:
            while True:
                await self._sleep(await self._look())
        finally:
            await self._listener.stop()

    async def _look(self) -> float:
        """Move what is due; the answer is how long to sleep."""
        self._sooner.clear()
        try:
            moved = await self._move_due()
            async with self._postgres.transaction() as tx:
                ahead = await queries.due_next(tx)
        except postgres.AWAY as error:
            log.warning("follow_up_away", error=str(error))
            return AWAY_SECONDS
        self._until = ahead.due_at
        if ahead.seconds is None:
            return LONGEST_SECONDS
        least = 0.0 if moved else AGAIN_SECONDS if ahead.seconds <= 0 else 0.0
        return min(max(ahead.seconds, least), LONGEST_SECONDS)

    async def _move_due(self) -> int:
        moved = 0
        while True:
            async with self._postgres.transaction() as tx:
                told = await queries.time_out(tx, AT_ONCE)
                announcing.announce(tx, told)
            moved += len(told)
            if len(told) < AT_ONCE:
                break
        if moved:
            metrics.CLIENTES_TIMED_OUT.inc(moved)
            log.info("clientes_timed_out", clientes=moved)
        return moved

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._sooner.wait()
        except TimeoutError:
            pass

    def _heard(self, payload: str) -> None:
        """After a connection anything may have been missed."""
        until = self._until
        if not payload or until is None or datetime.fromisoformat(payload) < until:
            self._sooner.set()
