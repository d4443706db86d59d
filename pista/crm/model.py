"""Webhook sources and what they send as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.errors import NotFound, PistaError
from pista.ids import TenantId

SourceId = NewType("SourceId", UUID)
ReceivedId = NewType("ReceivedId", UUID)

SourceKind = Literal["ghl", "generic", "sale"]
State = Literal["waiting", "done", "ignored", "malformed", "failed"]
"""A failed one was tried again and again: its job is a dead letter."""
MOST_SOURCES = 50
MOST_BYTES = 256 * 2**10

SourceName = Annotated[str, Meta(min_length=1, max_length=200)]
LocationId = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_-]{1,64}\Z",
        description="The location of GoHighLevel that this source may speak for.",
    ),
]
PublicKey = Annotated[
    str,
    Meta(
        min_length=40,
        max_length=400,
        description="GoHighLevel's Ed25519 key, for webhooks of a marketplace app: PEM or base64.",
    ),
]
FieldPath = Annotated[
    str,
    Meta(
        pattern=r"^[^.\x00]{1,64}(\.[^.\x00]{1,64}){0,7}\Z",
        description="Where a value stands in the payload: names, or places in a list, with dots.",
    ),
]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Mapping(Request, frozen=True, kw_only=True):
    """Where a generic source's payload has what; null is nowhere."""

    contact_id: FieldPath | None = None
    """The person's id in the system that sends."""
    email: FieldPath | None = None
    phone: FieldPath | None = None
    name: FieldPath | None = None
    visitor_id: FieldPath | None = None
    updated_at: FieldPath | None = None
    """When it was so, ISO 8601: what is older than what is known changes nothing."""
    attributes: Annotated[
        dict[Annotated[str, Meta(min_length=1, max_length=64)], FieldPath], Meta(max_length=50)
    ] = {}


DEFAULT_MAPPING = Mapping(
    contact_id="contact_id",
    email="email",
    phone="phone",
    name="name",
    visitor_id="rstk_vid",
    updated_at="updated_at",
)


SaleReached = Literal["pending", "paid", "canceled", "refused", "refunded", "charged_back"]


class SaleMapping(Request, frozen=True, kw_only=True):
    """Where a shop's payload has what of a sale; null is nowhere."""

    external_id: FieldPath | None = "id"
    """The order's number: what is told of it again is the same sale."""
    amount: FieldPath | None = "amount"
    amount_in_cents: bool = False
    currency: FieldPath | None = None
    default_currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")] = "BRL"
    status: FieldPath | None = "status"
    statuses: Annotated[
        dict[Annotated[str, Meta(min_length=1, max_length=60)], SaleReached], Meta(max_length=50)
    ] = {}
    """The shop's words for states; many are known anyway."""
    refunded: FieldPath | None = None
    """What has gone back so far, all together."""
    occurred_at: FieldPath | None = None
    time_zone: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    """In which times are that name none (IANA); null: the company's."""
    numbers: Literal["shared", "own"] | None = None
    """Whether an order of the same number that the company's programs name, or a Pix is asked for,
    is the same one. Null: as it is; of a new source `shared`, unless another one shares them."""
    email: FieldPath | None = None
    phone: FieldPath | None = None
    name: FieldPath | None = None
    city: FieldPath | None = None
    state: FieldPath | None = None
    zip: FieldPath | None = None
    country: FieldPath | None = None
    visitor_id: FieldPath | None = None
    click_token: FieldPath | None = None
    description: FieldPath | None = None


DEFAULT_SALE_MAPPING = SaleMapping()


class NewWebhookSource(Request, frozen=True, kw_only=True):
    kind: SourceKind
    name: SourceName
    location_id: LocationId | None = None
    public_key: PublicKey | None = None
    mapping: Mapping | None = None
    sale_mapping: SaleMapping | None = None
    """Of a shop's sales."""


class ChangeWebhookSource(Request, frozen=True, kw_only=True):
    """What is left out stays; null takes away."""

    name: SourceName | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    location_id: LocationId | UnsetType | None = UNSET
    public_key: PublicKey | UnsetType | None = UNSET
    mapping: Mapping | UnsetType | None = UNSET
    sale_mapping: SaleMapping | UnsetType | None = UNSET


class WebhookSource(Wire, frozen=True, kw_only=True):
    """Another system that tells of contacts."""

    id: SourceId
    kind: SourceKind
    name: str
    path: str
    """Where it sends to, on this server; with the secret in a header or after one more slash."""
    enabled: bool
    location_id: str | None
    public_key: str | None
    mapping: Mapping | None
    """Of a generic source."""
    sale_mapping: SaleMapping | None
    """Of a source of sales."""
    created_at: datetime
    last_received_at: datetime | None


class MadeWebhookSource(WebhookSource, frozen=True, kw_only=True):
    secret: str
    """Shown this once: sent as `X-Webhook-Secret`, or as the end of the path."""

    def __repr__(self) -> str:
        return f"MadeWebhookSource(id={self.id}, …)"


class NewSourceSecret(Wire, frozen=True, kw_only=True):
    secret: str
    """Shown this once. The old one opens nothing any more."""

    def __repr__(self) -> str:
        return "NewSourceSecret(…)"


class ReceivedWebhook(Wire, frozen=True, kw_only=True):
    """One webhook that came, and what became of it."""

    id: ReceivedId
    received_at: datetime
    state: State
    detail: str | None
    """A sentence for a person; null where there is nothing to say."""
    contact_id: str | None
    visitor_id: str | None
    linking: str | None
    """What became of the visitor's link: `linked`, `confirmed`, `already` …"""
    bytes: int
    has_body: bool
    """Bodies are kept for 30 days."""


class ReceivedWebhooks(Wire, frozen=True, kw_only=True):
    items: list[ReceivedWebhook]
    """The newest first."""


class LastPayload(Wire, frozen=True, kw_only=True):
    received_at: datetime | None
    payload: Any
    """As it came; null if none is kept."""


class TryMapping(Request, frozen=True, kw_only=True):
    mapping: Mapping
    payload: Any = None
    """What to read; if left out, the last one that came."""


class Read(Wire, frozen=True, kw_only=True):
    """What a payload says of a person."""

    contact_id: str | None = None
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    visitor_id: str | None = None
    created_at: datetime | None = None
    """When the sender made the contact, if it says so."""
    updated_at: datetime | None = None
    attributes: dict[str, str | float | bool | None] = {}
    tags: list[str] = []
    ignored: str | None = None
    """Why nothing is done about it."""


class TrySaleMapping(Request, frozen=True, kw_only=True):
    mapping: SaleMapping
    payload: Any = None
    """What to read; if left out, the last one that came."""


class SaleRead(Wire, frozen=True, kw_only=True):
    """What a payload says of a sale."""

    external_id: str | None = None
    amount_cents: int | None = None
    currency: str | None = None
    status: SaleReached | None = None
    refunded_cents: int | None = None
    occurred_at: datetime | None = None
    read_in: str | None = None
    """The time zone that its time was read in, if it names none itself."""
    email: str | None = None
    phone: str | None = None
    name: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    visitor_id: str | None = None
    click_token: str | None = None
    description: str | None = None
    ignored: str | None = None
    """Why nothing is done about it."""


class WebhookTaken(Wire, frozen=True, kw_only=True):
    """It is committed, and will be worked off in a moment."""

    id: ReceivedId
    repeated: bool
    """Whether this very webhook was there before."""


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A source as it is stored."""

    tenant_id: TenantId
    id: SourceId
    kind: SourceKind
    name: str
    secret_hash: bytes
    enabled: bool
    location_id: str | None
    public_key: str | None
    mapping: Mapping | None
    sale_mapping: SaleMapping | None
    created_at: datetime
    last_received_at: datetime | None


class WebhookSourceNotFound(NotFound):
    """This webhook source does not exist, or belongs to another tenant."""

    code = "webhook_source_not_found"


class WebhookNotFound(NotFound):
    """This source sent no such webhook, or it is too old and not kept any more."""

    code = "webhook_not_found"


class WebhookNotFailed(PistaError):
    """There is no such webhook, or it has not failed: there is nothing to try again."""

    status = 409
    code = "webhook_not_failed"


class WebhookRefused(PistaError):
    """The secret or the signature is wrong, or the source is switched off."""

    status = 401
    code = "webhook_refused"


class WebhookOutdated(PistaError):
    """A signed webhook is taken within five minutes of the time that it carries."""

    status = 401
    code = "webhook_outdated"


class BadWebhook(PistaError):
    """The body is not a JSON object; it is kept, and shown beside the source."""

    status = 422
    code = "bad_webhook"


class BadWebhookSource(PistaError):
    """These terms of a webhook source do not go together."""

    status = 422
    code = "bad_webhook_source"


class TooManyWebhookSources(PistaError):
    """A company has at most 50 webhook sources: delete one that is no longer needed."""

    status = 409
    code = "too_many_webhook_sources"
