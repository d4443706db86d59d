"""The writer: takes acknowledged events from the journal to ClickHouse, each exactly once.

One writer at a time, held by a lock on a connection; any number of workers may stand by. A flush
is a row in PostgreSQL before ClickHouse hears of it, so whoever holds the lock next repeats it
under the same id, and ClickHouse knows what it has already.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pista import accounts, logs, metrics, queue
from pista.events import flush as clickhouse_flush
from pista.events import queries, recovery, unreadable
from pista.events.flush import Staged
from pista.events.gathering import Gatherer
from pista.events.model import EventsFlushed, SiteCount, SiteFirstEvent
from pista.events.queries import Flush
from pista.ids import TenantId
from pista.settings import TrackingSettings
from pista.store import lease, postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.lease import Lease
from pista.store.postgres import Lead, Tx

LOCK = 7_405_211_003
# From this many events on, reading the next flush beside storing one makes both faster.
WORTH_STAGING_AHEAD = 20_000
POLL_SECONDS = 0.1
STAND_BY_SECONDS = 1.0
# Each flush makes a part in every table; more often than this, merging would not keep up.
BETWEEN_FLUSHES_SECONDS = 0.25
# The interval is the longest an event waits, so a flush begins early enough to end within it. It
# is counted from the last flush: after a quiet while an event is flushed at once.
SHARE_OF_INTERVAL = 0.8
MOST_PATIENCE_SECONDS = 5.0
CHORES_SECONDS = 1.0
# Chores undo what is staged ahead, so under load they wait for longer.
CHORES_SECONDS_UNDER_LOAD = 10.0

Chore = Callable[[Lead], Awaitable[None]]
"""What only the leader does, and never while a flush is under way. It must be quick: events wait
meanwhile. It is called again until it returns, and by a new leader before anything new is flushed;
but its failing holds up no flush, so a step may be repeated with events in between."""

log = logs.get()


class _Ahead(NamedTuple):
    """A flush that has not begun, and its events on their way to the staging table."""

    flush: Flush
    staging: "asyncio.Task[Staged]"


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
        self._gatherer = Gatherer()
        self._ahead: _Ahead | None = None
        self._began_at = 0.0
        self._flushed_at = 0.0
        self._patience = POLL_SECONDS
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
            while not await lease.take(connection, LOCK):
                await self._pause(STAND_BY_SECONDS)
                if self._stopping.is_set():
                    return
            await queries.prefer_indexes(connection)
            await self._lead_kept(Lease(connection))
        finally:
            self.leading.clear()
            connection.terminate()
            if self._ahead is not None:
                self._ahead.staging.cancel()
                self._ahead = None

    async def _lead_kept(self, lead: Lease) -> None:
        keeping = asyncio.create_task(lead.keep())
        try:
            await self._lead(lead)
        finally:
            keeping.cancel()

    async def _lead(self, lead: Lead) -> None:
        """Flush what is due. All that decides is said on the connection that holds the lock, so
        that a writer whose lead has passed to another can decide nothing."""
        log.info("writer_leads")
        self._gatherer.forget()
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
        patience = CHORES_SECONDS if self._ahead is None else CHORES_SECONDS_UNDER_LOAD
        if self._chores_at and time.monotonic() - self._chores_at < patience:
            return
        await self._drop_ahead()
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
        if self._ahead is not None:
            return True
        async with lead.transaction() as tx:
            backlog = await queries.backlog(tx)
        now = time.monotonic()
        if backlog <= 0 or now - self._began_at < BETWEEN_FLUSHES_SECONDS:
            return False
        interval = self._tracking.buffer_flush_interval_ms / 1000
        waited = now - self._flushed_at >= interval * SHARE_OF_INTERVAL
        return waited or backlog >= self._tracking.buffer_max_size

    async def _flush(self, lead: Lead) -> None:
        """Flush what waits now, as much as one flush holds."""
        self._began_at = time.monotonic()
        ahead, self._ahead = self._ahead, None
        # Its rows are still where they were: only this writer, in between flushes, removes any.
        staged = None if ahead is None else await self._staged_ahead(ahead)
        async with lead.transaction() as tx:
            flush = await self._gatherer.gather(tx) if ahead is None else ahead.flush
            if flush is None:
                return
            await queries.begin_flush(tx, flush)
        await self._complete(lead, flush, staged)

    async def _complete(
        self, lead: Lead, flush: Flush, staged: Staged | None = None, *, again: bool = False
    ) -> None:
        started = time.monotonic()
        staged = staged or await self._staged(lead, flush)
        # Who leads next clears what was staged before. What a writer that has lost its lead stages
        # after that must not be stored while its successor looks what the flush has reached.
        await lead.check()
        if flush.events >= WORTH_STAGING_AHEAD:
            await self._stage_ahead(lead, flush)
        # After a crash nobody knows what this flush has reached: recovery looks.
        store = recovery.store if again else clickhouse_flush.store
        aggregate = self._tracking.enable_aggregation
        await store(self._clickhouse, flush.id, staged, aggregate=aggregate)
        await clickhouse_flush.remember(self._clickhouse, staged)
        now = datetime.now(UTC)
        async with lead.transaction() as tx:
            if await queries.end_flush(tx, flush, now):
                await _tell(tx, staged.sites, now)
        self._gatherer.flushed(flush)
        self._flushed_at = time.monotonic()
        metrics.FLUSHES.inc()
        metrics.EVENTS_FLUSHED.inc(flush.events)
        metrics.FLUSH_SECONDS.observe(self._flushed_at - started)
        log.debug("flushed", flush=str(flush.id), events=flush.events)
        await clickhouse_flush.clear(self._clickhouse, staged.attempt)

    async def _stage_ahead(self, lead: Lead, under_way: Flush) -> None:
        """Have ClickHouse read the next flush while it stores this one.

        Staging decides nothing: a flush begins with its row in PostgreSQL, and what was staged for
        one that never begins is cleared by the next lead.
        """
        async with lead.transaction() as tx:
            flush = await self._gatherer.gather(tx, behind=under_way)
            if flush is None or flush.events < WORTH_STAGING_AHEAD:
                return
            rows = await queries.bodies(tx, flush)
        body = b"".join(row.body for row in rows)
        staging = asyncio.create_task(clickhouse_flush.stage(self._clickhouse, body))
        self._ahead = _Ahead(flush, staging)

    async def _staged_ahead(self, ahead: _Ahead) -> Staged | None:
        try:
            return await ahead.staging
        except ClickHouseError:
            # It is told and mended when the flush stages by itself.
            return None

    async def _drop_ahead(self) -> None:
        """Forget what is staged for a flush that has not begun; its rows may change now."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return
        outcome = (await asyncio.gather(ahead.staging, return_exceptions=True))[0]
        if isinstance(outcome, Staged):
            await clickhouse_flush.clear(self._clickhouse, outcome.attempt)

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
