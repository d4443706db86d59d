"""The writer: takes acknowledged events from the journal to ClickHouse, each exactly once.

One writer at a time, held by a lock on a connection; any number of workers may stand by. A flush
is a row in PostgreSQL before ClickHouse hears of it, so whoever holds the lock next repeats it
under the same id, and ClickHouse knows what it has already.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pista import accounts, logs, metrics, queue
from pista.events import flush as clickhouse_flush
from pista.events import queries, recovery, unreadable
from pista.events.flush import Staged
from pista.events.model import EventsFlushed, SiteCount, SiteFirstEvent
from pista.events.queries import Flush, Pending, Waiting
from pista.ids import FlushId, TenantId, uuid7
from pista.settings import TrackingSettings
from pista.store import postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import Lead, Tx

LOCK = 7_405_211_003
MAX_EVENTS = 200_000
MAX_BYTES = 32 * 2**20
MAX_ROWS = 2_000
POLL_SECONDS = 0.1
STAND_BY_SECONDS = 1.0
# Each flush makes a part in every table; more often than this, merging would not keep up.
BETWEEN_FLUSHES_SECONDS = 0.25
# The interval is the longest an event waits, so a flush begins early enough to end within it. It
# is counted from the last flush: after a quiet while an event is flushed at once.
SHARE_OF_INTERVAL = 0.8
MOST_PATIENCE_SECONDS = 5.0
CHORES_SECONDS = 1.0

Chore = Callable[[Lead], Awaitable[None]]
"""What only the leader does, and never while a flush is under way. It must be quick: events wait
meanwhile. It is called again until it returns, and by a new leader before anything new is flushed;
but its failing holds up no flush, so a step may be repeated with events in between."""

log = logs.get()


class Writer:
    def __init__(
        self,
        database_url: str,
        clickhouse: ClickHouse,
        tracking: TrackingSettings,
        chores: Sequence[Chore] = (),
    ) -> None:
        self._url = database_url
        self._clickhouse = clickhouse
        self._tracking = tracking
        self._chores = chores
        self._chores_at = 0.0
        self._marks: dict[int, int] = {}
        self._flushed_at = 0.0
        self._patience = POLL_SECONDS
        self._first_stream = 0
        self._stopping = asyncio.Event()
        self.leading = asyncio.Event()

    def stop(self) -> None:
        """End after the flush under way."""
        self._stopping.set()

    async def run(self) -> None:
        """Stand by for the lock, lead while holding it, start over when something breaks."""
        while not self._stopping.is_set():
            try:
                await self._stand_by()
            except (*postgres.AWAY, ClickHouseAway, ClickHouseError) as error:
                metrics.FLUSH_FAILURES.inc()
                log.warning("writer_interrupted", kind=type(error).__name__, error=str(error)[:500])
                self._patience = min(self._patience * 2, MOST_PATIENCE_SECONDS)
            await self._pause(self._patience)

    async def _stand_by(self) -> None:
        connection: Any = await postgres.connect(self._url)
        try:
            while not await connection.fetchval("select pg_try_advisory_lock($1)", LOCK):
                await self._pause(STAND_BY_SECONDS)
                if self._stopping.is_set():
                    return
            await queries.prefer_indexes(connection)
            await self._lead(Lead(connection))
        finally:
            self.leading.clear()
            connection.terminate()

    async def _lead(self, lead: Lead) -> None:
        """Flush what is due. All that decides is said on the connection that holds the lock, so
        that a writer whose lead has passed to another can decide nothing."""
        log.info("writer_leads")
        self._marks.clear()
        await clickhouse_flush.clear_all(self._clickhouse)
        async with lead.transaction() as tx:
            unfinished = await queries.flush_under_way(tx)
        if unfinished is not None:
            await self._complete(lead, unfinished, again=True)
        self._chores_at = 0.0
        self.leading.set()
        self._patience = POLL_SECONDS
        while not self._stopping.is_set():
            await self._do_chores(lead)
            if await self._is_due(lead):
                await self._flush(lead)
            else:
                await self._pause(POLL_SECONDS)

    async def _do_chores(self, lead: Lead) -> None:
        if self._chores_at and time.monotonic() - self._chores_at < CHORES_SECONDS:
            return
        for chore in self._chores:
            try:
                await chore(lead)
            except postgres.AWAY:
                raise
            except (ClickHouseAway, ClickHouseError) as error:
                log.warning("chore_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in one of them must not hold up the events.
                log.exception("chore_failed")
        self._chores_at = time.monotonic()

    async def _is_due(self, lead: Lead) -> bool:
        async with lead.transaction() as tx:
            backlog = await queries.backlog(tx)
        since = time.monotonic() - self._flushed_at
        if backlog <= 0 or since < BETWEEN_FLUSHES_SECONDS:
            return False
        interval = self._tracking.buffer_flush_interval_ms / 1000
        return backlog >= self._tracking.buffer_max_size or since >= interval * SHARE_OF_INTERVAL

    async def _flush(self, lead: Lead) -> None:
        """Flush what waits now, as much as one flush holds."""
        async with lead.transaction() as tx:
            flush = await self._gather(tx)
            if flush is None:
                return
            await queries.begin_flush(tx, flush)
        await self._complete(lead, flush)

    async def _gather(self, tx: Tx) -> Flush | None:
        taken: list[tuple[int, Waiting]] = []
        events = size = 0
        for end in self._in_turn(await queries.ends(tx)):
            mark = self._marks.get(end.stream, 0)
            if end.last_seq <= mark or events >= MAX_EVENTS or size >= MAX_BYTES:
                continue
            for row in await queries.waiting(tx, end.stream, mark, end.last_seq, MAX_ROWS):
                if events >= MAX_EVENTS or size >= MAX_BYTES:
                    break
                taken.append((end.stream, row))
                events += row.events
                size += row.size
        if not taken:
            return None
        self._first_stream = taken[-1][0] + 1
        streams, first_seqs, last_seqs = queries.ranges(taken)
        return Flush(
            id=FlushId(uuid7()),
            streams=streams,
            first_seqs=first_seqs,
            last_seqs=last_seqs,
            events=events,
            started_at=datetime.now(UTC),
        )

    def _in_turn(self, ends: list[Pending]) -> list[Pending]:
        """Each stream comes first at times: a full flush must not leave the same out for ever."""
        return sorted(ends, key=lambda end: (end.stream < self._first_stream, end.stream))

    async def _complete(self, lead: Lead, flush: Flush, *, again: bool = False) -> None:
        started = time.monotonic()
        staged = await self._staged(lead, flush)
        # After a crash nobody knows what this flush has reached: recovery looks.
        store = recovery.store if again else clickhouse_flush.store
        aggregate = self._tracking.enable_aggregation
        await store(self._clickhouse, flush.id, staged, aggregate=aggregate)
        await clickhouse_flush.remember(self._clickhouse, staged)
        now = datetime.now(UTC)
        async with lead.transaction() as tx:
            if await queries.end_flush(tx, flush, now):
                await _tell(tx, staged.sites, now)
        self._marks.update(zip(flush.streams, flush.last_seqs, strict=True))
        self._flushed_at = time.monotonic()
        metrics.FLUSHES.inc()
        metrics.EVENTS_FLUSHED.inc(flush.events)
        metrics.FLUSH_SECONDS.observe(self._flushed_at - started)
        log.debug("flushed", flush=str(flush.id), events=flush.events)
        await clickhouse_flush.clear(self._clickhouse, staged.attempt)

    async def _staged(self, lead: Lead, flush: Flush) -> Staged:
        try:
            return await self._stage(lead, flush)
        except ClickHouseError as error:
            if error.code not in unreadable.CODES:
                raise
        await unreadable.set_aside(lead, self._clickhouse, flush)
        return await self._stage(lead, flush)

    async def _stage(self, lead: Lead, flush: Flush) -> Staged:
        async with lead.transaction() as tx:
            rows = await queries.bodies(tx, flush)
        return await clickhouse_flush.stage(self._clickhouse, b"".join(row.body for row in rows))

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


async def _tell(tx: Tx, counts: list[SiteCount], now: datetime) -> None:
    """Note each site's events, and announce them once a tenant."""
    stored = [
        accounts.SiteEvents(
            tenant_id=count.tenant_id,
            site_id=count.site_id,
            first_at=count.first_at,
            last_at=count.last_at,
        )
        for count in counts
    ]
    for site in await accounts.note_site_events(tx, stored):
        news = SiteFirstEvent(tenant_id=site.tenant_id, site_id=site.site_id, at=now)
        await queue.announce(tx, news)
    tenants: dict[TenantId, int] = {}
    for count in counts:
        tenants[count.tenant_id] = tenants.get(count.tenant_id, 0) + count.events
    for tenant, events in tenants.items():
        await queue.announce(tx, EventsFlushed(tenant_id=tenant, events=events, at=now))
