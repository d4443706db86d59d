"""Sessions, events and facts as the API tells them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.contacts.facts import Fact
from pista.errors import NotFound
from pista.ids import EventId, SiteId, VisitorId


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Session(Wire, frozen=True, kw_only=True):
    """A visit: what a visitor did until half an hour passed without anything."""

    id: UUID
    visitor_id: VisitorId
    site_id: SiteId | None
    """Null, like all that it began with, in the seconds in which its events are being removed."""
    started_at: datetime
    last_activity_at: datetime
    landing_page: str
    """The address of its first page, as the page said it; else its host and path."""
    referrer: str
    channel: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    click_ids: dict[str, str]
    """Those in the address of its first page, by name, as they are."""
    device: str
    browser: str
    os: str
    country: str
    events: int
    page_views: int


class Sessions(Wire, frozen=True, kw_only=True):
    items: list[Session]
    """The latest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class TimelineEvent(Wire, frozen=True, kw_only=True):
    """Something a visitor did."""

    id: EventId
    at: datetime
    event_type: str
    site_id: SiteId
    url: str
    title: str
    metadata: dict[str, Any]
    count: int
    """More than one where equal events of a minute have been put together."""


class SessionEvents(Wire, frozen=True, kw_only=True):
    items: list[TimelineEvent]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class SessionEntry(Wire, frozen=True, kw_only=True, tag="session", tag_field="kind"):
    at: datetime
    session: Session
    events: list[TimelineEvent]
    """The newest of them, the newest first."""
    more_events: int
    """How many others there are."""


class FactEntry(Wire, frozen=True, kw_only=True, tag="fact", tag_field="kind"):
    at: datetime
    fact: Fact


class Timeline(Wire, frozen=True, kw_only=True):
    items: list[SessionEntry | FactEntry]
    """The latest first: sessions by when they began."""
    next: str | None
    """Give it as `before` for what came earlier."""


class SessionNotKnown(NotFound):
    """This contact has no such session."""

    code = "visit_not_found"
