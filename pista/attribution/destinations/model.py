"""Destinations as the API shows and takes them, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.attribution.conversions.model import DestinationId, DestinationState
from pista.attribution.platforms import DestinationKind
from pista.attribution.told import EVENT_NAMES, EventName
from pista.errors import NotFound, PistaError

MOST_DESTINATIONS = 20
LONGEST_TEST_HOURS = 24
MOST_WINDOW_DAYS = 90

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Secrets = Annotated[
    dict[str, Annotated[str, Meta(min_length=1, max_length=4096)]],
    Meta(description="Sealed, and never answered. What is left out stays."),
]
Events = Annotated[
    list[EventName],
    Meta(min_length=1, max_length=len(EVENT_NAMES), description="What it is told of."),
]
Grace = Annotated[
    int,
    Meta(ge=0, le=60, description="Minutes that a sale waits of which no click is known."),
]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Destination(Wire, frozen=True, kw_only=True):
    id: DestinationId
    kind: DestinationKind
    name: str
    settings: dict[str, Any]
    has_secrets: list[str]
    """Which secrets are there; the secrets themselves are never told."""
    state: DestinationState
    paused_why: str | None
    """What the platform said when it refused the token; or `secret_missing`, `token_refused`."""
    events: list[EventName]
    grace_minutes: int
    test_code: str | None
    test_until: datetime | None
    waiting: int
    """Conversions that it is still to be told of."""
    clock_ahead_seconds: int
    """By how much its clock is ahead of ours."""
    last_sent_at: datetime | None
    created_at: datetime


class Destinations(Wire, frozen=True, kw_only=True):
    items: list[Destination]


class NewDestination(Request, frozen=True, kw_only=True):
    kind: DestinationKind
    name: Name
    settings: dict[str, Any]
    secrets: Secrets = {}
    events: Events | UnsetType = UNSET
    """Left out: purchases, or where a platform follows orders, all that becomes of them."""
    grace_minutes: Grace = 5


class ChangeDestination(Request, frozen=True, kw_only=True):
    """What is left out stays."""

    name: Name | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    secrets: Secrets | UnsetType = UNSET
    events: Events | UnsetType = UNSET
    grace_minutes: Grace | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    """`true` also resumes one that was paused: all that waits is sent."""


class TestEvents(Request, frozen=True, kw_only=True):
    """Have test sales told, under the code that the platform shows, for some hours."""

    code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,40}\Z")] | None
    """null ends it."""
    hours: Annotated[int, Meta(ge=1, le=LONGEST_TEST_HOURS)] = 1


class DestinationTested(Wire, frozen=True, kw_only=True):
    ok: bool
    status: int | None
    code: str | None
    error: str | None
    """What it said against it, or why it was not reached."""
    trace_id: str | None
    milliseconds: int
    sent: dict[str, Any]
    """What it was told, without what names somebody."""


class Backfill(Request, frozen=True, kw_only=True):
    days: Annotated[int, Meta(ge=1, le=7)] = 7


class Backfilled(Wire, frozen=True, kw_only=True):
    added: int


class AttributionSettings(Request, frozen=True, kw_only=True):
    window_days: Annotated[
        int,
        Meta(ge=1, le=MOST_WINDOW_DAYS, description="How far back a click earns something."),
    ]


class DestinationNotFound(NotFound):
    """This destination does not exist, or belongs to another company."""

    code = "destination_not_found"


class BadDestination(PistaError):
    """These settings do not fit this kind of destination; the detail names the field."""

    status = 422
    code = "bad_destination"


class TooManyDestinations(PistaError):
    """A company has at most 20 destinations: delete one that is no longer needed."""

    status = 409
    code = "too_many_destinations"
