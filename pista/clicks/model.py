"""Links, clicks, who arrived by which click, and what can go wrong."""

from datetime import datetime
from typing import Literal, NamedTuple, NewType
from uuid import UUID

import msgspec

from pista.ids import TenantId, VisitorId

LinkId = NewType("LinkId", UUID)
ClickId = NewType("ClickId", UUID)

Kind = Literal["telegram", "whatsapp", "page"]
Source = Literal["go", "ctwa", "page"]
Nature = Literal["click", "head", "prefetch", "preview", "bot"]
Method = Literal["start", "code", "ctwa", "page", "manual"]
WhyUnproven = Literal["missing", "other", "unanswered", "taken"]
"""Of a domain: no record; none that says what it should; nobody could be asked; another has it."""


class Utm(NamedTuple):
    """What an address says of itself, or a link of what comes through it."""

    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    content: str | None = None
    term: str | None = None


class Advertised(NamedTuple):
    """What reports group by."""

    campaign: str | None = None
    adset: str | None = None
    ad: str | None = None


class Click(msgspec.Struct, frozen=True, kw_only=True):
    """One hit, as it is stored once and never changed."""

    id: ClickId
    token: str
    code: str | None = None
    link_id: LinkId | None = None
    at: datetime
    source: Source
    nature: Nature = "click"
    paid: bool
    visitor_id: VisitorId | None = None
    fbclid: str | None = None
    click_ids: dict[str, str] = {}
    ctwa_clid: str | None = None
    fbc: str | None = None
    fbp: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    url: str | None = None
    referrer: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_content: str | None = None
    utm_term: str | None = None
    campaign: str | None = None
    adset: str | None = None
    ad: str | None = None
    grim: str | None = None
    country: str | None = None
    language: str | None = None
    refused: bool = False
    """By a browser that asks not to be followed: whoever is told of what comes of it is told so."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A chat or a visitor shows by which click it came."""

    key: str
    """The same for the same time: of a message its id."""
    method: Method
    at: datetime
    token: str | None = None
    code: str | None = None
    """One of the two names the click."""
    channel_id: UUID | None = None
    person_id: UUID | None = None
    """Who wrote, as the chat room knows them; may be told later, with the same key."""
    visitor_id: VisitorId | None = None


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """The click that somebody arrived by."""

    key: str
    click_id: ClickId
    visitor_id: VisitorId | None
    """The browser that clicked, if it was known."""
    new: bool
    """Whether this was not known before."""


class FromAd(msgspec.Struct, frozen=True, kw_only=True):
    """A message that an advertisement began, as its platform tells it."""

    key: str
    at: datetime
    ctwa_clid: str | None
    ad: str | None
    url: str | None
    channel_id: UUID
    person_id: UUID


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A click that a result might be credited to, and how somebody is tied to it."""

    click: Click
    method: Method | Literal["token"]
    """`token`: a sale of theirs named it."""
    at: datetime
    """When it was shown; a click may have been long before."""
    channel_id: UUID | None
    person_id: UUID | None
    visitor_id: VisitorId | None


class LinksCounted(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="links_counted",
    tag_field="type",
):
    """Somebody clicked, or arrived: fetch the counts of links again. At most once a second."""

    tenant_id: TenantId
    at: datetime
