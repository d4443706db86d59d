"""Between the place a reader comes back to and the place where the tail takes over."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from pista import logs
from pista.events import recent
from pista.events.recent import Held
from pista.ids import EventId, SiteId
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import Postgres
from pista.stream import frames, model, position, unfold
from pista.stream.model import Gap, LiveEvent, Topic
from pista.stream.position import Mark, Position

MOST_FILLED = 500
MOST_BYTES = 32 * 2**20
MOST_EVENTS = 5_000
PATIENCE_SECONDS = 3
LATE = timedelta(days=1)
"""Stored events are looked for by when they happened; few arrive later than this."""
OLDEST = timedelta(days=30)

log = logs.get()


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A row of ClickHouse's events."""

    event_id: EventId
    site_id: SiteId
    event_type: str
    visitor_id: str
    session_id: UUID
    occurred_at: datetime
    received_at: datetime
    count: int
    sampling_rate: float
    host: str
    path: str
    referrer: str
    channel: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    click_id: str
    country: str
    device: str
    browser: str
    os: str
    bot: str
    metadata: str


class Missed(msgspec.Struct, frozen=True):
    """What a reader is given before it goes on live, in order."""

    notes: list[bytes]
    events: list[bytes]


async def resume(
    postgres: Postgres,
    clickhouse: ClickHouse,
    topic: Topic,
    since: Position | None,
    until: Position,
) -> Missed:
    """What came after `since`, which is None where the reader's place could not be read."""
    reason = "expired" if since else "unknown"
    since = since or Position({})
    rows = await _held(postgres, since, until)
    if any(row.last_seq + 1 < since.marks.get(row.stream, Mark(1)).seq for row in rows):
        # It comes from another journal, such as one from before a backup was put back.
        reason, since = "unknown", Position({}, since.at)
        rows = await _held(postgres, since, until)
    if reason == "expired" and not unfold.is_broken(rows, since):
        portion = await _portion(rows, since, topic, MOST_EVENTS)
        return Missed(portion.notes, portion.events)
    base = _above(rows, since)
    portion = await _portion(rows, base, topic, MOST_EVENTS)
    stored = await _stored(clickhouse, topic, rows, since, MOST_FILLED + 1, portion.ids)
    filled = _filled((stored or [])[-MOST_FILLED:], since, base)
    gap = Gap(
        reason=reason,
        since=datetime.fromtimestamp(since.at / 1000, UTC) if since.at else None,
        filled=len(filled),
        complete=stored is not None and len(stored) <= MOST_FILLED,
    )
    return Missed([frames.note(b"gap", gap), *portion.notes], filled + portion.events)


async def held(postgres: Postgres, topic: Topic, most: int, until: Position) -> list[bytes]:
    """The last events that are not stored yet, or were a moment ago."""
    nowhere = Position({})
    rows = await _held(postgres, nowhere, until)
    return (await _portion(rows, _above(rows, nowhere), topic, most)).events


async def last(
    postgres: Postgres, clickhouse: ClickHouse, topic: Topic, most: int, until: Position
) -> Missed:
    """The last events there are, for a screen that would else begin empty."""
    nowhere = Position({})
    rows = await _held(postgres, nowhere, until)
    base = _above(rows, nowhere)
    portion = await _portion(rows, base, topic, most)
    wanted = most - len(portion.events)
    stored: list[Stored] | None = []
    if wanted:
        stored = await _stored(clickhouse, topic, rows, nowhere, wanted, portion.ids)
    return Missed([], _filled(stored or [], base, base) + portion.events)


async def _held(postgres: Postgres, since: Position, until: Position) -> list[Held]:
    streams = list(until.marks)
    first = [since.marks.get(stream, Mark(1)).seq for stream in streams]
    below = [mark.seq for mark in until.marks.values()]
    async with postgres.transaction() as tx:
        await recent.prefer_indexes_now(tx)
        return await recent.held(tx, streams, first, below, 0, MOST_BYTES)


async def _portion(rows: list[Held], since: Position, topic: Topic, most: int) -> unfold.Portion:
    portions, _ = await asyncio.to_thread(unfold.unfold, rows, since, {topic: most})
    return portions[topic]


def _above(rows: list[Held], since: Position) -> Position:
    """The place above all that is gone."""
    marks = dict(since.marks)
    for row in rows:
        mark = marks.get(row.stream, Mark(1))
        marks[row.stream] = max(mark, Mark(row.gone_seq + 1))
    return Position(marks, since.at)


def _filled(stored: list[Stored], since: Position, base: Position) -> list[bytes]:
    """Stored events, each with the place of one who has been given those before it and has still
    the gap behind it; after the last one the gap is over."""
    told: list[bytes] = []
    at, given = since.at, since.filled
    for row in stored:
        arrived = position.milliseconds(row.received_at)
        at, given = arrived, given + 1 if arrived == at else 1
        place = position.encode(Position(since.marks, at, given))
        told.append(frames.event(place, _told(row)))
    if told:
        told[-1] += frames.here(position.encode(Position(base.marks, at)))
    return told


async def _stored(
    clickhouse: ClickHouse,
    topic: Topic,
    rows: list[Held],
    since: Position,
    most: int,
    known: list[bytes],
) -> list[Stored] | None:
    """The newest stored events that arrived later, in order of arrival; None if they cannot be had.

    Those of flushes whose rows are still held are left out, as they come from there.
    """
    gone = [row.gone_flush for row in rows if row.gone_flush is not None]
    received = datetime.fromtimestamp(since.at / 1000, UTC)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            stored = await clickhouse.all(
                Stored,
                STORED,
                tenant=topic.tenant,
                all_sites=int(topic.site is None),
                site=topic.site or topic.tenant,
                event_type=topic.event_type or "",
                all_visitors=int(topic.visitors is None),
                visitors=sorted({visitor for visitor, _ in topic.visitors or ()}),
                received=received,
                occurred=max(received - LATE, datetime.now(UTC) - OLDEST),
                flush=max(gone, default=UUID(int=0)),
                most=most,
            )
    except (ClickHouseAway, ClickHouseError, TimeoutError) as error:
        log.warning("stream_not_filled", error=str(error)[:500])
        return None
    there = set(known)
    stored = [
        row
        for row in stored
        if row.event_id.bytes not in there
        and topic.follows(row.visitor_id, position.milliseconds(row.occurred_at), row.bot)
    ]
    stored.sort(key=lambda row: (row.received_at, row.event_id))
    return _not_given(stored, since)


def _not_given(stored: list[Stored], since: Position) -> list[Stored]:
    """Without those with which a fill that was cut off had begun."""
    first = [row for row in stored if position.milliseconds(row.received_at) == since.at]
    return stored[len(first) - len(first[since.filled :]) if since.filled else len(first) :]


def _told(row: Stored) -> LiveEvent:
    metadata = msgspec.Raw(row.metadata.encode())
    fields: dict[str, Any] = msgspec.structs.asdict(row)
    fields |= {"metadata": metadata, "title": model.title(metadata)}
    return LiveEvent(**fields)


STORED = """
select
    event_id, site_id, event_type, visitor_id, session_id, occurred_at, received_at, count,
    sampling_rate, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    country, device, browser, os, bot, metadata
from events
where tenant_id = {tenant:UUID}
    and occurred_at > {occurred:DateTime64(6, 'UTC')}
    and received_at >= {received:DateTime64(6, 'UTC')}
    and ({all_sites:UInt8} = 1 or site_id = {site:UUID})
    and ({event_type:String} = '' or event_type = {event_type:String})
    and ({all_visitors:UInt8} = 1 or visitor_id in {visitors:Array(String)})
    and UUIDToNum(flush_id) <= UUIDToNum({flush:UUID})
order by occurred_at desc
limit {most:UInt32}
"""
