"""Stores the rows of imports, as a chore of the leading writer: between two flushes.

So nobody else writes events meanwhile, and what is counted of them can be looked at after a crash.
Rows go in pieces, each under a flush id that PostgreSQL knows before ClickHouse hears of it; a row
whose event is there already is left out. So every step bears being repeated.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from pista import accounts, logs, queue
from pista.events import flush, recovery
from pista.events.model import EventsFlushed, SiteCount
from pista.exports.imports import queries, statements
from pista.exports.imports.model import Chunk, Import
from pista.ids import FlushId, uuid7
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.postgres import Lead

CHUNK_ROWS = 100_000
AT_A_TIME_SECONDS = 1.0
"""Events that arrive wait for so long, and one piece, at most."""
REMEMBERED = timedelta(hours=48)
NOBODY = UUID(int=0)

log = logs.get()


class _Bound(msgspec.Struct, frozen=True):
    at: datetime
    id: UUID


class _Rows(msgspec.Struct, frozen=True):
    rows: int
    events: int = 0


class Importer:
    def __init__(self, clickhouse: ClickHouse, *, rows: int = CHUNK_ROWS) -> None:
        self._clickhouse = clickhouse
        self._rows = rows

    async def __call__(self, lead: Lead) -> None:
        until = time.monotonic() + AT_A_TIME_SECONDS
        while time.monotonic() < until:
            async with lead.transaction() as tx:
                waiting = await queries.unfinished(tx)
            if not waiting:
                return
            await self._go_on(lead, waiting[0])

    async def _go_on(self, lead: Lead, found: Import) -> None:
        try:
            await self._step(lead, found)
        except ClickHouseError as error:
            # It would be the same again, and hold up the imports after it.
            log.warning("import_failed", file=found.file, error=str(error)[:500])
            await self._finish(lead, found, str(error)[:500])

    async def _step(self, lead: Lead, found: Import) -> None:
        chunk = _under_way(found)
        if chunk is not None:
            await self._complete(lead, found, chunk, again=True)
            return
        bounds = await self._clickhouse.all(
            _Bound, statements.BOUND, **_done(found), batch=found.id, rows=self._rows
        )
        if not bounds:
            await self._finish(lead, found)
            return
        chunk = Chunk(flush_id=FlushId(uuid7()), to_at=bounds[0].at, to_id=bounds[0].id)
        async with lead.transaction() as tx:
            await queries.begin_chunk(tx, found.id, chunk)
        await self._complete(lead, found, chunk)

    async def _complete(
        self, lead: Lead, found: Import, chunk: Chunk, *, again: bool = False
    ) -> None:
        where = _within(found, chunk)
        await (self._store_again if again else self._store)(found, chunk)
        arrived = datetime.now(UTC) - REMEMBERED
        await self._clickhouse.execute(
            statements.REMEMBER, settings=flush.PLAIN, **where, **_judged(found), arrived=arrived
        )
        walked = await self._clickhouse.one(_Rows, statements.WALKED, **where)
        stored = await self._clickhouse.one(_Rows, statements.STORED, **_stored(found, chunk))
        async with lead.transaction() as tx:
            await queries.end_chunk(tx, found.id, chunk, walked.rows, stored.rows, stored.events)
            if stored.events:
                await queue.announce(
                    tx,
                    EventsFlushed(
                        tenant_id=found.tenant_id, events=stored.events, at=datetime.now(UTC)
                    ),
                )

    async def _store(self, found: Import, chunk: Chunk, token: str | None = None) -> None:
        await self._clickhouse.execute(
            statements.STORE,
            settings={**flush.ONCE, "insert_deduplication_token": token or _token(chunk)},
            **_within(found, chunk),
            **_judged(found),
            flush=chunk.flush_id,
        )

    async def _store_again(self, found: Import, chunk: Chunk) -> None:
        """Store what is missing of a piece that was cut short, and mend what is counted of it."""
        attempt = uuid7()
        await self._clickhouse.execute(recovery.STOP, token=_token(chunk))
        await recovery.expect_no_deletions(self._clickhouse)
        # Under another token: the first may be known without its rows being there.
        await self._store(found, chunk, f"{chunk.flush_id}:{attempt}")
        await self._clickhouse.execute(
            statements.POINT_AT, settings=flush.PLAIN, attempt=attempt, **_stored(found, chunk)
        )
        await recovery.mend(self._clickhouse, chunk.flush_id, attempt)
        await flush.clear(self._clickhouse, attempt)

    async def _finish(self, lead: Lead, found: Import, error: str | None = None) -> None:
        now = datetime.now(UTC)
        sites: list[SiteCount] = []
        if error is None:
            sites = await self._clickhouse.all(
                SiteCount, statements.SITES, batch=found.id, **_judged(found)
            )
        stored = [
            accounts.SiteEvents(
                tenant_id=site.tenant_id,
                site_id=site.site_id,
                first_at=site.first_at,
                last_at=site.last_at,
            )
            for site in sites
        ]
        async with lead.transaction() as tx:
            await accounts.note_site_events(tx, stored)
            await queries.finish(tx, found.id, now, error)
        await self._clickhouse.execute(statements.DROP, batch=str(found.id))
        log.info("imported", file=found.file, rows=found.rows_done, stored=found.rows_stored)


def _under_way(found: Import) -> Chunk | None:
    if found.flush_id is None or found.to_at is None or found.to_id is None:
        return None
    return Chunk(flush_id=found.flush_id, to_at=found.to_at, to_id=found.to_id)


def _token(chunk: Chunk) -> str:
    return f"{chunk.flush_id}:import"


def _done(found: Import) -> dict[str, Any]:
    return {"done_at": found.done_at, "done_id": found.done_id}


def _within(found: Import, chunk: Chunk) -> dict[str, Any]:
    """The rows of the piece."""
    return {"batch": found.id, **_done(found), "to_at": chunk.to_at, "to_id": chunk.to_id}


def _judged(found: Import) -> dict[str, Any]:
    """What rows are judged by."""
    return {
        "tenant": found.tenant_id,
        "site": found.site_id or NOBODY,
        "sites": found.site_ids,
        "oldest": found.oldest,
        "newest": found.newest,
    }


def _stored(found: Import, chunk: Chunk) -> dict[str, Any]:
    return {
        "tenant": found.tenant_id,
        "flush": chunk.flush_id,
        "done_at": found.done_at,
        "to_at": chunk.to_at,
    }
