"""Sessions of some visitors, page by page, with how each began and what was done in it.

A browser may have been this person's for a part of its time only. A session that lies across such
an edge is made from the events on this side of it.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from pista.events import session_queries as queries
from pista.ids import EventId, SiteId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse

VISITORS_AT_ONCE = 1_000
QUARTER_MS = 900_000
MOST_QUARTERS = 96
"""A session's newest events are looked for in its last day."""
NO_PAGE_MS = 10_000_000_000_000


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a visitor's time."""

    visitor_id: VisitorId
    since_ms: int
    until_ms: int
    """No longer included."""


class Visitors(msgspec.Struct, frozen=True, kw_only=True):
    """Visitors of one person: whole, but for those of which there are spans."""

    tenant_id: TenantId
    ids: list[VisitorId]
    spans: list[Span]

    def only(self, ids: Sequence[VisitorId]) -> "Visitors":
        wanted = set(ids)
        spans = [span for span in self.spans if span.visitor_id in wanted]
        return Visitors(tenant_id=self.tenant_id, ids=sorted(wanted), spans=spans)

    def parts(self) -> "Iterable[Visitors]":
        """As many at once as a statement takes."""
        for first in range(0, len(self.ids), VISITORS_AT_ONCE):
            yield self.only(self.ids[first : first + VISITORS_AT_ONCE])

    @property
    def named(self) -> dict[str, Any]:
        """As the statements' parameters."""
        return {
            "tenant": self.tenant_id,
            "visitors": self.ids,
            "limited": [span.visitor_id for span in self.spans],
            "since": [span.since_ms for span in self.spans],
            "until": [span.until_ms for span in self.spans],
        }


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session in times and numbers."""

    session_id: UUID
    at_ms: int
    """By which sessions are in order: when it began, or when the visitor became this person."""
    visitor_id: VisitorId
    visitors: list[VisitorId]
    started_ms: int
    page_ms: int
    last_ms: int
    events: int
    page_views: int
    partly: bool
    """Whether it began before the visitor was this person, or went on afterwards."""

    @property
    def begun_ms(self) -> int:
        """Of the event that tells where it came from."""
        return self.page_ms if self.page_ms < NO_PAGE_MS else self.started_ms


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """What a session began with."""

    session_id: UUID
    site_id: SiteId
    url: str
    host: str
    path: str
    referrer: str
    channel: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    device: str
    browser: str
    os: str
    country: str


class SessionEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of a session."""

    session_id: UUID
    event_id: EventId
    at: datetime
    event_type: str
    site_id: SiteId
    host: str
    path: str
    metadata: str
    count: int


Place = tuple[int, str]
"""The time and id of the last session or event that was read."""
FIRST_PLACE: Place = (NO_PAGE_MS, "")


async def page(
    clickhouse: ClickHouse, visitors: Visitors, before: Place, most: int
) -> list[SessionRow]:
    """The latest sessions before that place, the latest first."""
    found: dict[UUID, SessionRow] = {}
    for part in visitors.parts():
        rows = await clickhouse.all(
            SessionRow,
            queries.PAGE,
            before_at=before[0],
            before_id=before[1],
            most=most,
            **part.named,
        )
        found |= {row.session_id: row for row in rows if row.session_id not in found}
    return sorted(found.values(), key=place_of, reverse=True)[:most]


def place_of(row: SessionRow) -> Place:
    return row.at_ms, str(row.session_id)


async def session(
    clickhouse: ClickHouse, visitors: Visitors, session_id: UUID
) -> SessionRow | None:
    for part in visitors.parts():
        rows = await clickhouse.all(SessionRow, queries.ONE, session=session_id, **part.named)
        if rows:
            (row,) = await cut(clickhouse, visitors, rows) or [None]
            return row
    return None


async def cut(
    clickhouse: ClickHouse, visitors: Visitors, rows: Sequence[SessionRow]
) -> list[SessionRow]:
    """The same, of those that are only partly these visitors' what is; in the same order."""
    partly = [row for row in rows if row.partly]
    if not partly:
        return list(rows)
    told = await clickhouse.all(
        SessionRow, queries.CUT, **_where(partly), **_of(visitors, partly).named
    )
    made = {row.session_id: row for row in told}
    return [
        structs.replace(made[row.session_id], at_ms=row.at_ms) if row.partly else row
        for row in rows
        if not row.partly or row.session_id in made
    ]


async def beginnings(
    clickhouse: ClickHouse, visitors: Visitors, rows: Sequence[SessionRow]
) -> Mapping[UUID, Beginning]:
    """How these sessions began; of one whose month is being dropped there may be none."""
    if not rows:
        return {}
    told = await clickhouse.all(
        Beginning,
        queries.BEGINNINGS,
        moments=sorted({row.begun_ms for row in rows}),
        sessions=[row.session_id for row in rows],
        **_of(visitors, rows).named,
    )
    return {one.session_id: one for one in told}


async def newest_events(
    clickhouse: ClickHouse, visitors: Visitors, rows: Sequence[SessionRow], most: int
) -> Mapping[UUID, list[SessionEvent]]:
    """Of each session its newest events, the newest first."""
    if not rows:
        return {}
    told = await clickhouse.all(
        SessionEvent,
        queries.NEWEST,
        quarters=sorted({quarter for row in rows for quarter in _quarters(row)}),
        most=most,
        **_where(rows),
        **_of(visitors, rows).named,
    )
    return {key: list(some) for key, some in groupby(told, lambda event: event.session_id)}


async def events_of(
    clickhouse: ClickHouse, visitors: Visitors, row: SessionRow, before: Place, most: int
) -> list[SessionEvent]:
    """A session's events before that place, the newest first."""
    return await clickhouse.all(
        SessionEvent,
        queries.EVENTS,
        before_at=before[0],
        before_id=before[1],
        most=most,
        **_where([row]),
        **_of(visitors, [row]).named,
    )


async def read(
    clickhouse: ClickHouse, visitors: Visitors, rows: Sequence[SessionRow], events: int
) -> tuple[Mapping[UUID, Beginning], Mapping[UUID, list[SessionEvent]]]:
    """Both at once."""
    begun, newest = await asyncio.gather(
        beginnings(clickhouse, visitors, rows), newest_events(clickhouse, visitors, rows, events)
    )
    return begun, newest


def _of(visitors: Visitors, rows: Iterable[SessionRow]) -> Visitors:
    return visitors.only([one for row in rows for one in row.visitors])


def _where(rows: Sequence[SessionRow]) -> dict[str, Any]:
    return {
        "sessions": [row.session_id for row in rows],
        "first": min(row.started_ms for row in rows),
        "last": max(row.last_ms for row in rows),
    }


def _quarters(row: SessionRow) -> Iterable[int]:
    first, last = row.started_ms // QUARTER_MS, row.last_ms // QUARTER_MS
    return range(max(first, last - MOST_QUARTERS), last + 1)
