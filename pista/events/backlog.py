"""How many events wait in the journal: document 2's buffer statistics."""

import asyncio
from datetime import datetime

import msgspec

from pista import logs, metrics
from pista.store import postgres
from pista.store.postgres import Postgres, Tx

REFRESH_SECONDS = 1.0

log = logs.get()


class BufferStats(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Counted over all processes since the database was made."""

    current_size: int
    """Events that are committed and not yet flushed to ClickHouse."""
    total_received: int
    total_flushed: int
    total_discarded: int
    last_flush_at: datetime | None
    flush_count: int


async def buffer_stats(tx: Tx) -> BufferStats:
    """A handful of rows: one for each web process that ever ran at the same time."""
    return await tx.one(
        BufferStats,
        """
        select
            greatest(coalesce(sum(s.kept), 0) - max(f.flushed), 0)::bigint as "currentSize",
            coalesce(sum(s.received), 0)::bigint as "totalReceived",
            max(f.flushed) as "totalFlushed",
            coalesce(sum(s.discarded), 0)::bigint as "totalDiscarded",
            max(f.last_flush_at) as "lastFlushAt",
            max(f.flush_count) as "flushCount"
        from journal_flushed f
        left join journal_streams s on true
        """,
    )


class Backlog:
    """The size of the backlog, for answers that cannot wait for a query."""

    def __init__(self, pool: Postgres) -> None:
        self._postgres = pool
        self._task: asyncio.Task[None] | None = None
        self.events = 0

    def add(self, events: int) -> None:
        self.events += events

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="backlog")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                async with self._postgres.transaction() as tx:
                    self.events = (await buffer_stats(tx)).current_size
                metrics.BACKLOG_EVENTS.set(self.events)
            except postgres.AWAY as error:
                log.warning("backlog_unknown", error=str(error))
            await asyncio.sleep(REFRESH_SECONDS)
