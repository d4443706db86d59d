"""Does the queued jobs: any number of runners, in as many processes, beside each other.

Each runner has a number of its own and holds a lock on it by a connection. While that stands its
jobs are its own, however long they take; when its process ends, the lock is free in the same
moment, and when it freezes, the others end its connection. Its jobs then go to them, and whatever
it still wanted to commit is refused: a job ends in the transaction that does its work.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pista import logs
from pista.queue import queries, takeover_queries
from pista.queue.desk import LIMITS, Limits
from pista.queue.jobs import kind_of
from pista.queue.model import Handlers
from pista.queue.shift import Shift, Signals, Sorted
from pista.store import postgres
from pista.store.lease import Lease

AT_ONCE = 8
"""So many connections work beside each other, unless a queue may have more under way."""
RECONNECT_SECONDS = 0.5

log = logs.get()


def _now() -> datetime:
    return datetime.now(UTC)


class Runner:
    def __init__(
        self,
        database_url: str,
        handlers: Handlers,
        clock: Callable[[], datetime] = _now,
        limits: Limits = LIMITS,
    ) -> None:
        self._url = database_url
        self._handlers: Sorted = {
            kind_of(work): (work, handler) for work, handler in handlers.items()
        }
        self._clock = clock
        self._limits = limits
        self._signals = Signals()

    def stop(self) -> None:
        self._signals.stop()

    async def run(self) -> None:
        """Until `stop`; then what is under way is ended first."""
        # A job's end and its effects are lost together, or not at all: then it is done again.
        # Its statements are planned while tables are small, and last until they are large.
        pool = await postgres.open_pool(
            self._url, most=max(AT_ONCE, *self._limits.values()), durable=False, by_index=True
        )
        try:
            while not self._signals.stopping:
                try:
                    await self._work(pool)
                except postgres.AWAY as error:
                    log.warning("jobs_interrupted", error=str(error)[:500])
                except Exception:
                    # A mistake in here must not end the work of all days to come.
                    log.exception("jobs_failed")
                if not self._signals.stopping:
                    await asyncio.sleep(RECONNECT_SECONDS)
        finally:
            await pool.close()

    async def _work(self, pool: postgres.Postgres) -> None:
        connection: Any = await postgres.connect(self._url)
        lead = Lease(connection)
        keeping = asyncio.create_task(lead.keep())
        try:
            number = await _enrol(connection)
            await connection.add_listener(queries.WAKE, self._heard)
            about = (self._handlers, self._signals, self._clock, self._limits)
            await Shift(number, lead, pool, *about).work()
        finally:
            keeping.cancel()
            connection.terminate()

    def _heard(self, _connection: object, _pid: int, _channel: str, said: object) -> None:
        if said == queries.ALL:
            self._signals.look_back = True
        self._signals.tell()


async def _enrol(connection: Any) -> int:
    """Take a number that nobody ever had."""
    # That a job was taken need not reach the disk: lost with the server, it is ready again.
    await connection.execute("set synchronous_commit = off")
    # Statements are planned while the table is still small, and last until it is large.
    await connection.execute("set enable_seqscan = off")
    number: int = await connection.fetchval("select nextval('job_runners')")
    await connection.execute("select pg_advisory_lock($1)", queries.RUNNER_LOCKS + number)
    await takeover_queries.enrol(postgres.Tx(connection), number)
    return number
