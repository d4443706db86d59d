"""Puts together what the event store and the other rooms know of a contact."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pista import chat, clicks, contacts, identity, sales
from pista.contacts import ContactNotFound
from pista.contacts.facts import Source, Told
from pista.contacts.facts import facts as contacts_facts
from pista.events import sessions
from pista.events.sessions import SessionRow, Span, Visitors
from pista.identity import VisitorSpan
from pista.identity.facts import facts as identity_facts
from pista.ids import ContactId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres, Tx
from pista.timeline import places, reading
from pista.timeline.model import (
    FactEntry,
    SessionEntry,
    SessionEvents,
    SessionNotKnown,
    Sessions,
    Timeline,
)
from pista.timeline.places import Place

SOURCES: tuple[Source, ...] = (
    contacts_facts,
    identity_facts,
    chat.facts,
    clicks.timeline_facts,
    sales.timeline_facts,
)
EVENTS_SHOWN = 20
MOST_VISITORS = 10_000
"""Of a contact with more of them, those linked last are looked at."""
_ENDLESS_MS = sessions.NO_PAGE_MS


async def visitors_of(
    tx: Tx, tenant: TenantId, contact: ContactId, most: int = MOST_VISITORS
) -> Visitors:
    """The visitors that this contact is or was, and which part of their time."""
    found = await identity.visitors_of(tx, tenant, contact)
    found = sorted(found, key=lambda span: span.linked_at)[-most:]
    return Visitors(
        tenant_id=tenant,
        ids=sorted({one.visitor_id for one in found}),
        spans=[_span(one) for one in found if one.since or one.until],
    )


async def sessions_page(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    contact: ContactId,
    *,
    before: str | None,
    limit: int,
) -> Sessions:
    place = places.read_alone(before)
    async with postgres.transaction() as tx:
        visitors = await visitors_of(tx, tenant, contact)
    rows = await sessions.page(clickhouse, visitors, place, limit + 1)
    shown = await sessions.cut(clickhouse, visitors, rows[:limit])
    begun = await sessions.beginnings(clickhouse, visitors, shown)
    more = len(rows) > limit
    return Sessions(
        items=[reading.session(row, begun.get(row.session_id)) for row in shown],
        next=places.written_alone(sessions.place_of(rows[limit - 1])) if more else None,
    )


async def timeline_page(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    contact: ContactId,
    sources: Sequence[Source],
    *,
    before: str | None,
    limit: int,
) -> Timeline:
    """Sessions by when they began, and facts by when they happened, the latest first."""
    place = places.read(before)
    async with postgres.transaction() as tx:
        visitors = await visitors_of(tx, tenant, contact)
        told = await _facts(tx, tenant, contact, sources, place, limit + 1)
    rows = await sessions.page(clickhouse, visitors, places.sessions_before(place), limit + 1)
    order = _in_order(rows, told)
    page = order[:limit]
    entries = await _entries(clickhouse, visitors, [entry for _, entry in page])
    more = len(order) > limit
    return Timeline(items=entries, next=places.written(page[-1][0]) if more else None)


async def session_events(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    contact: ContactId,
    session_id: UUID,
    *,
    before: str | None,
    limit: int,
) -> SessionEvents:
    place = places.read_alone(before)
    async with postgres.transaction() as tx:
        visitors = await visitors_of(tx, tenant, contact)
    row = await sessions.session(clickhouse, visitors, session_id)
    if row is None:
        raise SessionNotKnown
    found = await sessions.events_of(clickhouse, visitors, row, place, limit + 1)
    shown = found[:limit]
    more = len(found) > limit
    return SessionEvents(
        items=[reading.event(one) for one in shown],
        next=places.written_alone((_milliseconds(shown[-1].at), str(shown[-1].event_id)))
        if more
        else None,
    )


async def _facts(
    tx: Tx,
    tenant: TenantId,
    contact: ContactId,
    sources: Sequence[Source],
    place: Place,
    most: int,
) -> list[Told]:
    root = await contacts.root_of(tx, tenant, contact)
    if root is None:
        raise ContactNotFound
    before = places.facts_before(place)
    return [told for source in sources for told in await source(tx, tenant, root, before, most)]


def _in_order(
    rows: Sequence[SessionRow], told: Sequence[Told]
) -> list[tuple[Place, SessionRow | Told]]:
    placed: list[tuple[Place, SessionRow | Told]] = [
        *((places.of_session(*sessions.place_of(row)), row) for row in rows),
        *((places.of_fact(one.at, one.fact.id), one) for one in told),
    ]
    return sorted(placed, key=lambda one: one[0], reverse=True)


async def _entries(
    clickhouse: ClickHouse, visitors: Visitors, page: Sequence[SessionRow | Told]
) -> list[SessionEntry | FactEntry]:
    rows = [one for one in page if isinstance(one, SessionRow)]
    whole = await sessions.cut(clickhouse, visitors, rows)
    begun, newest = await sessions.read(clickhouse, visitors, whole, EVENTS_SHOWN)
    entries: dict[UUID, SessionEntry] = {}
    for row in whole:
        events = newest.get(row.session_id, [])
        entries[row.session_id] = SessionEntry(
            at=reading.moment(row.at_ms),
            session=reading.session(row, begun.get(row.session_id)),
            events=[reading.event(one) for one in events],
            more_events=reading.others(row, events),
        )
    return [
        FactEntry(at=one.at, fact=one.fact) if isinstance(one, Told) else entries[one.session_id]
        for one in page
        if isinstance(one, Told) or one.session_id in entries
    ]


def _span(found: VisitorSpan) -> Span:
    return Span(
        visitor_id=found.visitor_id,
        since_ms=0 if found.since is None else _milliseconds(found.since),
        until_ms=_ENDLESS_MS if found.until is None else _milliseconds(found.until),
    )


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
