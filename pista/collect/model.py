"""What arrives at the front door and what is answered, and the refusals."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from pista.errors import PistaError
from pista.ids import SiteId, VisitorId

MAX_EVENTS = 500
MAX_BYTES = 2**20
MAX_METADATA_BYTES = 8 * 2**10

EVENT_TYPE = r"^[A-Z][A-Z0-9_]{0,63}\Z"
VISITOR_ID = r"^[A-Za-z0-9_-]{1,64}\Z"

Told = Literal["form", "identify"]
Said = str | int | float | bool


class Event(msgspec.Struct, rename="camel", forbid_unknown_fields=True, kw_only=True, gc=False):
    """One thing that a visitor did."""

    event_id: UUID | None = None
    """Made by the client, best as UUIDv7; the same id never counts twice."""
    visitor_id: Annotated[str, msgspec.Meta(pattern=VISITOR_ID)]
    session_id: UUID
    event_type: Annotated[str, msgspec.Meta(pattern=EVENT_TYPE)]
    occurred_at: datetime
    metadata: dict[str, Any] | None = None
    """At most 8 KiB as compact JSON. `url`, `referrer` and `title` are read by Pista."""


class Batch(msgspec.Struct, rename="camel", kw_only=True):
    """The body of `POST /tracking-v2/events`."""

    tenant_id: str
    site_id: str
    sent_at: datetime | None = None
    """The client's clock as it sends, to correct `occurredAt` of a clock that is wrong."""
    batch_id: Annotated[str, msgspec.Meta(min_length=1, max_length=128)] | None = None
    """The same at each try, so that a repeat is answered as the first time and counted once."""
    events: list[Event]


class RawBatch(msgspec.Struct, rename="camel", kw_only=True):
    """The same, with its events still closed: one of them may be bad."""

    tenant_id: str
    site_id: str
    sent_at: datetime | None = None
    batch_id: Annotated[str, msgspec.Meta(min_length=1, max_length=128)] | None = None
    events: list[msgspec.Raw]


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    """Kept, with something put right; `code` says what."""
    SAMPLED_OUT = "sampled_out"
    DUPLICATE = "duplicate"
    OPTED_OUT = "opted_out"
    """Of a browser that asks not to be followed: nothing of it is kept."""
    BOT = "bot"
    """Kept apart: countable, and not in the statistics unless asked for."""
    REJECTED = "rejected"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one event that was not plainly accepted."""

    index: int
    outcome: Outcome
    code: str
    detail: str


class Answer(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The body of the 202."""

    received: int
    accepted: int
    """Kept, those of bots and the corrected ones included."""
    discarded: int
    """Sampled out, twice in this batch, or of a browser that asks not to be followed."""
    rejected: int
    buffer_size: int
    """Events that are committed and not yet in the statistics."""
    results: Sequence[Result]


class Described(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was said of somebody."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    user_id: str | None = None
    traits: dict[str, Said] = {}

    @property
    def names_somebody(self) -> bool:
        return bool(self.email or self.phone or self.user_id)

    def __repr__(self) -> str:
        return "Described(…)"


class Introduction(msgspec.Struct, frozen=True, kw_only=True):
    """A page or a program says who a visitor is; nobody signs it."""

    site_id: SiteId
    visitor_id: VisitorId
    method: Told
    key: str
    """The same for the same: what comes again is not worked off again."""
    person: Described


class Introduced(msgspec.Struct, frozen=True, kw_only=True, tag="collect.introduction"):
    """The job that an introduction is: what it says is in its row, where it can be erased."""

    introduction_id: UUID


class StoredIntroduction(Introduction, frozen=True, kw_only=True):
    id: UUID
    said_at: datetime


class NotJson(PistaError):
    """The body is not JSON."""

    status = 400
    code = "not_json"


class BadEncoding(PistaError):
    """The body could not be unpacked; send it plain or as gzip."""

    status = 400
    code = "bad_encoding"


class UnknownSite(PistaError):
    """Tenant, site and write key do not belong together; copy the snippet line again."""

    status = 401
    code = "unknown_site"


class OriginNotAllowed(PistaError):
    """This page's domain is not among the site's; add it under Settings, Sites."""

    status = 403
    code = "origin_not_allowed"


class MethodNotAllowed(PistaError):
    """Events are sent with POST."""

    status = 405
    code = "method_not_allowed"


class BodyTooSlow(PistaError):
    """The body did not arrive within 30 seconds; send the same batch again."""

    status = 408
    code = "body_too_slow"


class TooManyEvents(PistaError):
    """A batch holds at most 500 events; split it."""

    status = 413
    code = "too_many_events"


class TooManyBytes(PistaError):
    """A request holds at most 1 MiB (1,048,576 bytes), unpacked too; split the batch."""

    status = 413
    code = "too_many_bytes"


class UnsupportedType(PistaError):
    """Send the batch as application/json or text/plain."""

    status = 415
    code = "unsupported_type"


class BadBatch(PistaError):
    """The batch does not have the right shape."""

    status = 422
    code = "bad_batch"


class NoEvents(PistaError):
    """The batch holds no event; send 1 to 500."""

    status = 422
    code = "no_events"


class BatchIdReused(PistaError):
    """This batchId was used for other events within 48 hours; give each batch an id of its own."""

    status = 422
    code = "batch_id_reused"


class EventTypeInvalid(PistaError):
    """An event type is 1 to 64 of A-Z, 0-9 and _, and begins with a letter."""

    status = 422
    code = "event_type_invalid"
