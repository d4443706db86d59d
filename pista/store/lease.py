"""A lead that a frozen machine cannot keep: who stands by may end the holder's connection.

PostgreSQL lets go of a lock when its connection ends, and a connection does not end because its
process was stopped or its machine stands still. So the holder says something at least every few
seconds, PostgreSQL notes when, and who has heard nothing for long takes the connection away. The
holder can then decide nothing any more, whenever it wakes up.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from pista.store import postgres
from pista.store.postgres import Lead, Tx

BEAT_SECONDS = 3.0
FROZEN_SECONDS = 15.0
DEAF_SECONDS = 45.0
"""The same for a holder that does not take the answer to what it asked; after 30 s a living one
gives up by itself."""


class Lease(Lead):
    """A lead that shows that its holder lives, while `keep` runs beside what it does."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with self._turn, super().transaction() as tx:
            yield tx

    @asynccontextmanager
    async def statement(self) -> AsyncGenerator[Tx]:
        """For one statement, which is a transaction by itself."""
        async with self._turn:
            yield Tx(self._connection)

    async def keep(self) -> None:
        # Whoever decides something next hears that the connection is gone.
        with suppress(*postgres.AWAY):
            while True:
                await asyncio.sleep(BEAT_SECONDS)
                await self.check()


async def take(connection: Any, lock: int) -> bool:
    """Try to take the lock, and make way for the next try if its holder has frozen."""
    if await connection.fetchval("select pg_try_advisory_lock($1)", lock):
        return True
    await end_frozen(connection, lock)
    return False


async def end_frozen(connection: Any, lock: int) -> int:
    """End the connection that holds this lock if its process has frozen; 1 if so, else 0."""
    return await connection.fetchval(
        """
        select count(pg_terminate_backend(l.pid))
        from pg_locks l
        join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and (l.classid::bigint << 32) + l.objid::bigint = $1 and l.objsubid = 1
            and (
                a.state <> 'active' and a.state_change < clock_timestamp() - $2::interval
                or a.wait_event_type = 'Client'
                    and a.state_change < clock_timestamp() - $3::interval
            )
        """,
        lock,
        timedelta(seconds=FROZEN_SECONDS),
        timedelta(seconds=DEAF_SECONDS),
    )
