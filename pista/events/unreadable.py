"""Lines that ClickHouse cannot read: set aside for a person, so that they hold up nobody else's.

The edge encodes every line itself, so this should never be needed; but one bad line must not be
able to stop the statistics for good.
"""

from pista import logs
from pista.events import flush as clickhouse_flush
from pista.events import queries
from pista.events.queries import Flush
from pista.store import frames
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.postgres import Lead

# Cannot parse: text, array, quoted string, escape sequence, date, number, UUID, input, JSON, Bool;
# and too few columns, which `flush.STAGE` refuses by itself.
CODES = frozenset({6, 25, 26, 27, 38, 41, 53, 69, 72, 117, 130, 131, 376, 395, 467, 636})

log = logs.get()


async def set_aside(lead: Lead, clickhouse: ClickHouse, flush: Flush) -> None:
    """Move the flush's unreadable lines into the quarantine."""
    async with lead.transaction() as tx:
        rows = await queries.bodies(tx, flush)
    for row in rows:
        lines = frames.unpack(row.body).splitlines(keepends=True)
        found = await _find(clickhouse, lines)
        if not found:
            continue
        rest = frames.pack(b"".join(line for line in lines if line not in found))
        async with lead.transaction() as tx:
            why = next(iter(found.values()))
            await queries.quarantine(tx, flush.id, row, b"".join(found), rest, why)
        log.error("lines_quarantined", flush=str(flush.id), lines=len(found), error=why[:300])


async def _find(clickhouse: ClickHouse, lines: list[bytes]) -> dict[bytes, str]:
    """The lines that cannot be read, by halving, each with the reason."""
    why = await _why_not(clickhouse, b"".join(lines))
    if why is None:
        return {}
    if len(lines) == 1:
        return {lines[0]: why}
    half = len(lines) // 2
    return {
        **await _find(clickhouse, lines[:half]),
        **await _find(clickhouse, lines[half:]),
    }


async def _why_not(clickhouse: ClickHouse, body: bytes) -> str | None:
    try:
        staged = await clickhouse_flush.stage(clickhouse, frames.pack(body))
    except ClickHouseError as error:
        if error.code in CODES:
            return str(error)
        raise
    await clickhouse_flush.clear(clickhouse, staged.attempt)
    return None
