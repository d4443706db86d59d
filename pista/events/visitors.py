"""All that is stored of one visitor, as it is stored: to be handed over, or taken out."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.events import visitor_queries as queries
from pista.events.rows import OPTIONAL, STRUCTURE
from pista.events.writer import LOCK
from pista.ids import SiteId, TenantId
from pista.store import frames
from pista.store.clickhouse import READ_SETTINGS, ClickHouse
from pista.store.postgres import Tx

JOURNAL_ROWS = 50
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

StoredEvent = dict[str, Any]
"""Column by column, so that one that is added later is handed over too."""


class VisitorWeek(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """When a visitor was first and last seen in a week: what the retention is counted from."""

    site_id: SiteId
    week: date
    event_type: str
    first_at: datetime
    last_at: datetime


class StoredSession(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What is counted of a session in one month of UTC."""

    session_id: UUID
    started_at: datetime
    last_activity_at: datetime
    events: int
    page_views: int


class _Day(msgspec.Struct, frozen=True):
    day: date


async def weeks_of(clickhouse: ClickHouse, tenant: TenantId, visitor: str) -> list[VisitorWeek]:
    return await clickhouse.all(VisitorWeek, WEEKS, tenant=tenant, visitor=visitor)


async def sessions_of(
    clickhouse: ClickHouse, tenant: TenantId, visitor: str
) -> list[StoredSession]:
    return await clickhouse.all(StoredSession, SESSIONS, tenant=tenant, visitor=visitor)


async def days_of(clickhouse: ClickHouse, tenant: TenantId, visitor: str) -> list[date]:
    """The days, of UTC, on which there are events of the visitor."""
    days = await clickhouse.all(_Day, DAYS, tenant=tenant, visitor=visitor)
    return [found.day for found in days]


async def somebody_stores(tx: Tx) -> bool:
    """Whether a worker leads now: whether what is asked of it is done."""
    return await queries.is_led(tx, LOCK)


async def events_of(
    clickhouse: ClickHouse,
    tenant: TenantId,
    visitor: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> AsyncIterator[StoredEvent]:
    """The visitor's rows in the order of time; those of many years are not held in memory."""
    rest = b""
    async with clickhouse.stream(
        EVENTS,
        settings=READ_SETTINGS,
        tenant=tenant,
        visitor=visitor,
        since=since or EARLIEST,
        until=until or LATEST,
    ) as chunks:
        async for chunk in chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                event = msgspec.json.decode(line)
                yield _told(event | {"metadata": msgspec.Raw(event["metadata"].encode())})


async def waiting_of(tx: Tx, tenant: TenantId, visitor: str) -> list[StoredEvent]:
    """The visitor's events that are accepted and not yet stored."""
    found: list[StoredEvent] = []
    place = (-1, 0)
    while rows := await queries.journal_after(tx, *place, JOURNAL_ROWS):
        for row in rows:
            found += [
                dict(zip(COLUMNS, msgspec.json.decode(line), strict=False))
                for line in _naming(frames.unpack(row.body), tenant, visitor)
            ]
        place = (rows[-1].stream, rows[-1].seq)
    return [_told(_timed(event)) for event in found if event["visitor_id"] == visitor]


async def unreadable_of(tx: Tx, tenant: TenantId, visitor: str) -> list[str]:
    """Lines that could not be read and that may be this visitor's: they name it somewhere."""
    return [
        line.decode(errors="replace")
        for row in await queries.quarantined(tx, tenant)
        for line in _naming(row.body, tenant, visitor)
    ]


async def erase_unreadable(tx: Tx, tenant: TenantId, visitor: str) -> int:
    """Take those lines out; the answer is how many they were."""
    erased = 0
    for row in await queries.quarantined(tx, tenant):
        gone = _naming(row.body, tenant, visitor)
        if not gone:
            continue
        erased += len(gone)
        rest = [line for line in row.body.splitlines(keepends=True) if line.rstrip() not in gone]
        if rest:
            await queries.replace_quarantined(tx, row.id, b"".join(rest))
        else:
            await queries.drop_quarantined(tx, row.id)
    return erased


def _naming(body: bytes, tenant: TenantId, visitor: str) -> list[bytes]:
    """The tenant's lines that name the visitor, as itself or elsewhere."""
    named, begin = f'"{visitor}"'.encode(), f'["{tenant}"'.encode()
    if named not in body:
        return []
    return [line for line in body.splitlines() if line.startswith(begin) and named in line]


def _timed(event: StoredEvent) -> StoredEvent:
    for name in ("occurred", "received"):
        moment = event.pop(f"{name}_ms")
        event[f"{name}_at"] = datetime.fromtimestamp(moment / 1000, UTC)
    return event


def _told(event: StoredEvent) -> StoredEvent:
    """With the API's names, and without what says nothing."""
    return {
        _camel(name): value
        for name, value in event.items()
        if name not in INTERNAL and value not in ("", None)
    }


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


COLUMNS = [part.split()[0] for part in f"{STRUCTURE}, {OPTIONAL}".split(",")]
INTERNAL = frozenset({"tenant_id", "visitor_id", "metadata_hash", "flush_id"})

# All columns: those that are added later belong to the visitor too.
EVENTS = """
select *
from events
where tenant_id = {tenant:UUID} and visitor_id = {visitor:String}
    and occurred_at >= {since:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')}
order by occurred_at
format JSONEachRow
"""

DAYS = """
select distinct toDate(occurred_at, 'UTC') as day
from events
where tenant_id = {tenant:UUID} and visitor_id = {visitor:String}
order by day
"""

WEEKS = """
select site_id as "siteId", week, event_type as "eventType",
    min(visitor_weeks.first_at) as "firstAt", max(visitor_weeks.last_at) as "lastAt"
from visitor_weeks
where tenant_id = {tenant:UUID} and visitor_id = {visitor:String}
group by site_id, week, event_type
order by week, site_id, event_type
"""

SESSIONS = """
select session_id as "sessionId",
    min(started_at) as "startedAt", max(last_at) as "lastActivityAt",
    sum(sessions.events) as events, sum(page_views) as "pageViews"
from sessions
where tenant_id = {tenant:UUID} and visitor_id = {visitor:String}
group by session_id, month
order by "startedAt", session_id
"""
