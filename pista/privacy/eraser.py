"""A chore of the leading writer: erases the visitors that somebody has asked to erase.

Step by step, each written down in PostgreSQL before the next and each repeatable, so that a worker
that is killed leaves nothing half-done for long:

1. Wait until what was accepted before the request is stored.
2. Take the visitor out of imports under way; look for its rows, note the hours in which they are
   counted, have them deleted.
3. When ClickHouse has deleted them, count those hours anew, some days at a time.
4. Take the visitor out of what PostgreSQL holds, and forget its id.
5. See that ClickHouse removes the files that it no longer reads.
"""

import time
from datetime import UTC, datetime, timedelta

from pista import logs
from pista.clicks import rights as clicks
from pista.events import erasing, erasing_parts, visitor_queries, visitors
from pista.events.erasing import Visitor
from pista.identity import rights
from pista.ids import VisitorId
from pista.privacy import queries
from pista.privacy.model import Asked
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.postgres import Lead, Tx

# Events wait meanwhile; what is left goes on in a second.
LONG_SECONDS = 1.0
CLEAN_SECONDS = 30.0
# ClickHouse keeps old files for eight minutes, for the case that the new ones are torn by a power
# cut. Where it is idle they would stay for longer.
FILES_STAY = timedelta(minutes=9)

log = logs.get()


class Eraser:
    def __init__(self, clickhouse: ClickHouse) -> None:
        self._clickhouse = clickhouse
        self._cleaned_at = 0.0

    async def __call__(self, lead: Lead) -> None:
        async with lead.transaction() as tx:
            unfinished = await queries.unfinished(tx)
        began = time.monotonic()
        for asked in unfinished:
            await self._try(lead, asked)
            if time.monotonic() - began > LONG_SECONDS:
                return
        if began - self._cleaned_at > CLEAN_SECONDS:
            await self._clean(lead)
            self._cleaned_at = began

    async def _clean(self, lead: Lead) -> None:
        """See that old files go, and note when they have gone."""
        async with lead.transaction() as tx:
            finished = await queries.with_files(tx)
        if finished is None:
            return
        now = datetime.now(UTC)
        if not await erasing.old_files(self._clickhouse, finished):
            async with lead.transaction() as tx:
                await queries.note_files_gone(tx, finished, now)
        elif now - finished > FILES_STAY:
            await erasing.nudge(self._clickhouse)

    async def _try(self, lead: Lead, asked: Asked) -> None:
        try:
            error = await self._go_on(lead, asked)
        except ClickHouseError as refusal:
            error = str(refusal)
        if error and error[:500] != asked.error:
            log.warning("erasure_fails", erasure=str(asked.id), error=error[:500])
        if error or asked.error:
            async with lead.transaction() as tx:
                await queries.note_error(tx, asked, error[:500] or None)

    async def _go_on(self, lead: Lead, asked: Asked) -> str:
        """As far as it goes now; the answer is what stands in the way, if ClickHouse names it."""
        async with lead.transaction() as tx:
            if await visitor_queries.has_waiting(tx, asked.streams, asked.seqs):
                return ""
        visitor = Visitor(
            asked.tenant_id,
            asked.visitor_hash,
            since_ms=asked.since_ms,
            until_ms=asked.until_ms,
            moments=asked.moments,
        )
        if asked.deleted_at is None:
            if await erasing.stop_importing(self._clickhouse, visitor):
                await self._delete(lead, asked, visitor)
            return ""
        left = await erasing.deletions(self._clickhouse)
        if left.mutations:
            return left.failing
        if await erasing.received_before(self._clickhouse, visitor, asked.asked_at):
            # On their way when it was asked for, or ClickHouse has lost the order to a power cut.
            async with lead.transaction() as tx:
                await queries.note_deleted(tx, asked, None)
        elif await self._recount(lead, asked, visitor):
            await self._finish(lead, asked)
        return ""

    async def _delete(self, lead: Lead, asked: Asked, visitor: Visitor) -> None:
        """No flush comes between looking and deleting, so no row is deleted uncounted."""
        found = await erasing.find(self._clickhouse, visitor)
        weeks = await erasing.find_weeks(self._clickhouse, visitor)
        sessions = await erasing.find_sessions(self._clickhouse, visitor)
        now_found = {
            "events": sum(one.events for one in found),
            "eventRows": sum(one.rows for one in found),
            "weeks": sum(week.rows for week in weeks),
            "sessions": sum(one.rows for one in sessions),
        }
        # At a repeat some of it may be gone already.
        counts = {name: max(n, asked.counts.get(name, 0)) for name, n in now_found.items()}
        hours = sorted({*asked.hours, *(hour for one in found for hour in one.hours)})
        counts["hours"] = max(len(hours), asked.counts.get("hours", 0))
        now = datetime.now(UTC)
        async with lead.transaction() as tx:
            await queries.note_found(tx, asked, hours, counts, now)
        await erasing.delete(self._clickhouse, visitor, found, weeks, sessions)
        async with lead.transaction() as tx:
            await queries.note_deleted(tx, asked, now)

    async def _recount(self, lead: Lead, asked: Asked, visitor: Visitor) -> bool:
        """Piece by piece, with flushes in between; whether all is counted."""
        pieces = erasing.pieces_of(asked.hours)
        began = time.monotonic()
        while pieces and time.monotonic() - began < LONG_SECONDS:
            piece = pieces.pop(0)
            if not visitor.is_whole:
                await erasing_parts.remake(self._clickhouse, visitor, piece)
            await erasing.recount(self._clickhouse, asked.tenant_id, piece)
            left = [hour for piece in pieces for hour in piece]
            async with lead.transaction() as tx:
                await queries.note_recounted(tx, asked, left)
        return not pieces

    async def _finish(self, lead: Lead, asked: Asked) -> None:
        assert asked.visitor_id is not None
        async with lead.transaction() as tx:
            if await visitor_queries.has_recent(tx, asked.streams, asked.seqs):
                # The live stream lets them go within a minute or two.
                return
            erased = 0 if asked.moments else await _let_go(tx, asked, asked.visitor_id)
            counts = {**asked.counts, "unreadable": erased + asked.counts.get("unreadable", 0)}
            if not await queries.finish(tx, asked, counts, datetime.now(UTC)):
                return
        log.info("visitor_erased", erasure=str(asked.id), tenant=str(asked.tenant_id), **counts)


async def _let_go(tx: Tx, asked: Asked, visitor: str) -> int:
    """What PostgreSQL holds of the visitor; how many lines nobody could read."""
    if asked.part.is_whole:
        await clicks.erase_visitor(tx, asked.tenant_id, VisitorId(visitor))
        await rights.erase_visitor(tx, asked.tenant_id, VisitorId(visitor))
    return await visitors.erase_unreadable(tx, asked.tenant_id, visitor)
