"""Clicks on their way in: those that come together are committed together, then led on.

The counts of their links are committed with them. A visitor waits for it a third of a second at
most: whoever could not be written down goes on without a token, and is counted as lost.
"""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime

from pista import logs, metrics, queue
from pista.clicks import queries
from pista.clicks.model import ClickId, LinkId, LinksCounted
from pista.clicks.queries import Hit
from pista.errors import Unavailable
from pista.ids import TenantId
from pista.store import postgres
from pista.store.gathering import Gathering, Limits
from pista.store.postgres import Postgres

PATIENCE_SECONDS = 0.3
NEWS_SECONDS = 1.0
LIMITS = Limits(most=400, most_bytes=4 * 2**20, waiting_bytes=32 * 2**20, at_once=2, seconds=5.0)
CONNECTIONS = 2
LOST_SECONDS = 1.0
"""How soon what is lost is shown, although nobody else comes."""

log = logs.get()


class Till:
    """One process's way in for clicks. Start it once, `take` from any number of tasks."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._pool: Postgres | None = None
        self._gathering = Gathering("clicks", LIMITS, self._commit)
        self._lost: Counter[tuple[TenantId, LinkId]] = Counter()
        self._unwritten: set[ClickId] = set()
        self._told: dict[TenantId, float] = {}
        self._counting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        # Of its own: whatever else this process asks for holds up no visitor.
        self._pool = await postgres.open_pool(self._url, most=CONNECTIONS)
        self._gathering.start()
        self._counting = asyncio.create_task(self._count_lost(), name="clicks-lost")

    async def stop(self) -> None:
        await self._gathering.stop()
        if self._counting is not None:
            self._counting.cancel()
            await asyncio.gather(self._counting, return_exceptions=True)
        if self._pool is not None:
            if self._lost:
                with suppress(*postgres.AWAY):
                    await self._write([])
            await self._pool.close()

    async def take(self, hit: Hit, size: int) -> bool:
        """Whether it is committed; False after a third of a second, or where nothing can be."""
        try:
            committed = self._gathering.put(hit, size)
        except Unavailable:
            return self._lose(hit)
        overdue = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, _give_up, committed)
        try:
            await committed
        except Exception:
            # Told in the log where it happened: this visitor is led on all the same.
            return self._lose(hit)
        finally:
            overdue.cancel()
        if hit.click.id in self._unwritten:
            self._unwritten.discard(hit.click.id)
            return self._lose(hit)
        return True

    def _lose(self, hit: Hit) -> bool:
        metrics.CLICKS_LOST.inc()
        if hit.click.link_id is not None and hit.click.nature == "click":
            self._lost[hit.tenant_id, hit.click.link_id] += 1
        return False

    async def _count_lost(self) -> None:
        while True:
            await asyncio.sleep(LOST_SECONDS)
            if not self._lost:
                continue
            try:
                async with asyncio.timeout(LIMITS.seconds):
                    await self._write([])
            except postgres.AWAY:
                continue
            except Exception:
                log.exception("lost_clicks_not_counted")

    async def _commit(self, hits: list[Hit]) -> None:
        try:
            await self._write(hits)
        except postgres.AWAY:
            raise
        except Exception:
            if len(hits) == 1:
                raise
            # One that cannot be written must not take the others with it.
            log.exception("clicks_one_by_one", hits=len(hits))
            await self._write_each(hits)

    async def _write_each(self, hits: list[Hit]) -> None:
        for hit in hits:
            try:
                await self._write([hit])
            except postgres.AWAY:
                raise
            except Exception:
                log.exception("click_not_written", link=str(hit.click.link_id))
                self._unwritten.add(hit.click.id)

    async def _write(self, hits: list[Hit]) -> None:
        assert self._pool is not None
        lost, self._lost = self._lost, Counter()
        try:
            async with self._pool.statement() as tx:
                await queries.add_hits(tx, hits, lost, datetime.now(UTC))
                for tenant in {hit.tenant_id for hit in hits}:
                    await self._tell(tx, tenant)
        except BaseException:
            self._lost.update(lost)
            raise
        for nature, number in Counter(hit.click.nature for hit in hits).items():
            metrics.CLICKS.labels(nature).inc(number)

    async def _tell(self, tx: postgres.Tx, tenant: TenantId) -> None:
        """Screens count along: once a second is live enough."""
        now = time.monotonic()
        if now - self._told.get(tenant, 0.0) >= NEWS_SECONDS:
            self._told[tenant] = now
            await queue.announce(tx, LinksCounted(tenant_id=tenant, at=datetime.now(UTC)))


def _give_up(committed: "asyncio.Future[None]") -> None:
    if not committed.done():
        committed.set_exception(TimeoutError())
