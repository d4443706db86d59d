"""Links over HTTP, what came through them, and what can go wrong."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.clicks.model import ClickId, Kind, LinkId, Nature, Source, WhyUnproven
from pista.errors import Invalid, NotFound, PistaError
from pista.ids import VisitorId

MOST_LINKS = 5_000
MOST_DOMAINS = 20
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Before the one and after the other nobody clicks."""

Slug = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Domain = Annotated[str, Meta(max_length=253)]
Phone = Annotated[str, Meta(min_length=6, max_length=30)]
Bot = Annotated[str, Meta(pattern=r"^@?[A-Za-z0-9_]{3,64}\Z")]
Url = Annotated[str, Meta(min_length=8, max_length=2_000)]
Text = Annotated[str, Meta(max_length=1_000)]
Word = Annotated[str, Meta(min_length=1, max_length=200)]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class NewLink(Request, frozen=True, kw_only=True):
    name: Name
    kind: Kind
    slug: Slug | None = None
    """The end of its address; made up if it is left out."""
    domain: Domain = ""
    """One of the company's own, or nothing for this Pista's address."""
    channel_id: UUID | None = None
    """A bot or number that is connected here."""
    bot: Bot | None = None
    phone: Phone | None = None
    url: Url | None = None
    text: Text | None = None
    """The first message on WhatsApp; `{code}` in it becomes the click's code."""
    fallback: Url | None = None
    """Where visitors are led once the link is archived."""
    paid: bool | None = None
    """Whether its clicks are of an advertisement; null: what the address tells."""
    campaign: Word | None = None
    adset: Word | None = None
    ad: Word | None = None
    utm_source: Word | None = None
    utm_medium: Word | None = None
    utm_campaign: Word | None = None
    utm_content: Word | None = None
    utm_term: Word | None = None


class ChangeLink(Request, frozen=True, kw_only=True):
    """What is left out stays; null takes away. What came through it before stays as it was."""

    name: Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    domain: Domain | UnsetType = UNSET
    channel_id: UUID | UnsetType | None = UNSET
    bot: Bot | UnsetType | None = UNSET
    phone: Phone | UnsetType | None = UNSET
    url: Url | UnsetType | None = UNSET
    text: Text | UnsetType | None = UNSET
    fallback: Url | UnsetType | None = UNSET
    paid: bool | UnsetType | None = UNSET
    campaign: Word | UnsetType | None = UNSET
    adset: Word | UnsetType | None = UNSET
    ad: Word | UnsetType | None = UNSET
    utm_source: Word | UnsetType | None = UNSET
    utm_medium: Word | UnsetType | None = UNSET
    utm_campaign: Word | UnsetType | None = UNSET
    utm_content: Word | UnsetType | None = UNSET
    utm_term: Word | UnsetType | None = UNSET


class LinkCounts(Wire, frozen=True, kw_only=True):
    clicks: int = 0
    people: int = 0
    """Browsers; one that comes on two days is counted on either."""
    bots: int = 0
    """Programs that looked where it leads: previews, crawlers, prefetches."""
    starts: int = 0
    """Chats and visitors that showed to have come by it."""
    lost: int = 0
    """Led on without a token, as nothing could be written."""


class Link(Wire, frozen=True, kw_only=True):
    """An address for advertisements, and where it leads."""

    id: LinkId
    name: str
    kind: Kind
    slug: str
    domain: str
    address: str
    """As it is given to an ad platform."""
    channel_id: UUID | None
    bot: str | None
    phone: str | None
    url: str | None
    text: str | None
    fallback: str | None
    paid: bool | None
    campaign: str | None
    adset: str | None
    ad: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_content: str | None
    utm_term: str | None
    leads_to: str | None
    """Where a visitor goes now, with `TOKEN` for the token; null where that is nowhere."""
    archived_at: datetime | None
    created_at: datetime
    counts: LinkCounts
    last_at: datetime | None
    """The hour in which somebody came last."""


class Links(Wire, frozen=True, kw_only=True):
    items: list[Link]
    """The newest first."""
    archived: int
    """How many are archived, whichever are shown."""


class LinkHour(Wire, frozen=True, kw_only=True):
    start: datetime
    clicks: int
    people: int
    bots: int
    starts: int
    lost: int


class LinkHours(Wire, frozen=True, kw_only=True):
    items: list[LinkHour]
    """Hours in which something happened, the earliest first."""


class LinkDomain(Wire, frozen=True, kw_only=True):
    """A domain that links can be on once it is proven to be the company's own."""

    domain: str
    links: int
    created_at: datetime
    proven_at: datetime | None
    checked_at: datetime | None
    """When its record was last looked for."""
    why: WhyUnproven | None
    """Why it was not proven then."""
    record: str
    """The name that the record (TXT) is to have."""
    value: str
    """What it is to say."""


class LinkDomains(Wire, frozen=True, kw_only=True):
    items: list[LinkDomain]


class NewLinkDomain(Request, frozen=True, kw_only=True):
    domain: Domain


class ClickShown(Wire, frozen=True, kw_only=True):
    """One hit, with all that it told."""

    id: ClickId
    at: datetime
    link_id: LinkId | None
    link_name: str | None
    source: Source
    nature: Nature
    paid: bool
    campaign: str | None
    adset: str | None
    ad: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_content: str | None
    utm_term: str | None
    fbclid: str | None
    click_ids: dict[str, Any]
    ctwa_clid: str | None
    grim: str | None
    referrer: str | None
    country: str | None
    language: str | None
    visitor_id: VisitorId | None
    arrivals: int
    """How often somebody showed to have come by it."""


class Clicks(Wire, frozen=True, kw_only=True):
    items: list[ClickShown]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


def within(moment: datetime | None) -> datetime | None:
    """As it can be looked for: in UTC if it says no zone, and none that is on no calendar."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(aware, FIRST), LAST)


class LinkNotFound(NotFound):
    """This link does not exist, or belongs to another tenant."""

    code = "link_not_found"


class DomainNotFound(NotFound):
    """This domain is none of the company's own."""

    code = "domain_not_found"


class SlugTaken(PistaError):
    """A link of this address is there already; choose another end."""

    status = 409
    code = "slug_taken"


class DomainTaken(PistaError):
    """This domain is in use by a company already."""

    status = 409
    code = "domain_taken"


class DomainInUse(PistaError):
    """Links are on this domain: move them, or archive them and move them, first."""

    status = 409
    code = "domain_in_use"


class TooManyLinks(PistaError):
    """There are as many links or domains as there may be."""

    status = 409
    code = "too_many_links"


class BadLink(Invalid):
    """The link cannot lead there; the detail names what is missing."""

    code = "bad_link"
