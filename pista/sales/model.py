"""Sales as Structs, and what can go wrong with them. Money is in whole cents, always."""

from datetime import datetime
from typing import Annotated, Literal, NewType, get_args
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId, VisitorId

SaleId = NewType("SaleId", UUID)
ChargeId = NewType("ChargeId", UUID)
AccountId = NewType("AccountId", UUID)

Status = Literal[
    "pending",
    "paid",
    "partly_refunded",
    "refunded",
    "charged_back",
    "canceled",
    "refused",
    "expired",
]
STATUSES: tuple[Status, ...] = get_args(Status)
SaleSource = Literal["api", "pix", "webhook", "manual", "import"]
SALE_SOURCES: tuple[SaleSource, ...] = get_args(SaleSource)
RefundKind = Literal["refund", "chargeback", "reversal"]
ActorKind = Literal["user", "key", "gateway", "shop", "system"]

MOST_CENTS = 1_000_000_000_000
Cents = Annotated[int, Meta(ge=1, le=MOST_CENTS, description="Whole cents: 19.99 is 1999.")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", description="ISO 4217.")]
ExternalId = Annotated[
    str, Meta(pattern=r"^[^\x00-\x1f]{1,200}\Z", description="The shop's own number of the order.")
]
Token = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z", description="The token of a click.")]
Text = Annotated[str, Meta(min_length=1, max_length=300)]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Buyer(Request, frozen=True, kw_only=True, omit_defaults=True):
    """Who buys, as the shop knows them. A document's number is not asked for."""

    name: Text | None = None
    email: Annotated[str, Meta(max_length=254)] | None = None
    phone: Annotated[str, Meta(max_length=40)] | None = None
    city: Text | None = None
    state: Text | None = None
    zip: Annotated[str, Meta(max_length=20)] | None = None
    country: Annotated[str, Meta(max_length=60)] | None = None
    birth: Annotated[str, Meta(max_length=20)] | None = None
    gender: Annotated[str, Meta(max_length=20)] | None = None


class SaleItem(Request, frozen=True, kw_only=True, omit_defaults=True):
    id: Annotated[str, Meta(max_length=200)] | None = None
    name: Text | None = None
    quantity: Annotated[int, Meta(ge=1, le=100_000)] = 1
    price_cents: Annotated[int, Meta(ge=0, le=MOST_CENTS)] | None = None
    """Of one."""


class Consent(Request, frozen=True, kw_only=True, omit_defaults=True):
    """What the buyer said about their data."""

    opt_out: bool = False
    """Advertising platforms hear nothing of this sale."""
    limited_data_use: bool = False
    """Meta hears of it with its `LDU` option."""


class Sale(Wire, frozen=True, kw_only=True):
    """Something that was sold, or is to be."""

    id: SaleId
    status: Status
    amount_cents: int
    refunded_cents: int
    currency: str
    description: str | None
    source: SaleSource
    source_id: UUID | None
    external_id: str | None
    contact_id: ContactId | None
    """As it is shown: what it was merged into."""
    contact_name: str | None
    person_id: UUID | None
    channel_id: UUID | None
    visitor_id: VisitorId | None
    items: list[SaleItem]
    buyer: Buyer
    test: bool
    occurred_at: datetime
    created_at: datetime
    paid_at: datetime | None
    expires_at: datetime | None
    version: int


class SaleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one sale and of who bought: for rooms above, never for the wire."""

    tenant_id: TenantId
    id: SaleId
    status: Status
    amount_cents: int
    refunded_cents: int
    currency: str
    description: str | None
    source: SaleSource
    source_id: UUID | None
    external_id: str | None
    contact_id: ContactId | None
    """The contact that is shown."""
    person_id: UUID | None
    """Whom it was sold to in a chat, and by which number or bot."""
    channel_id: UUID | None
    visitor_id: VisitorId | None
    click_token: str | None
    items: list[SaleItem]
    buyer: Buyer
    client_ip: str | None
    client_user_agent: str | None
    page_url: str | None
    consent: Consent
    test: bool
    occurred_at: datetime
    created_at: datetime
    paid_at: datetime | None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    persons: list[UUID] = []
    """Everybody in chats who is this contact, and whom it was sold to."""
    visitors: list[VisitorId] = []
    """Every browser of the contact, and the one it was bought by."""

    def __repr__(self) -> str:
        return f"SaleFacts(id={self.id}, …)"


class SaleNotFound(NotFound):
    """This sale does not exist, or belongs to another company."""

    code = "sale_not_found"


class SaleMoveNotPossible(PistaError):
    """The sale is not in a state in which this can be done; the detail says in which it is."""

    status = 409
    code = "sale_move_not_possible"


class TooMuchRefunded(PistaError):
    """More would go back than is left of what was paid."""

    status = 409
    code = "too_much_refunded"


class SaleDiffers(PistaError):
    """A sale of this number, or with this Idempotency-Key, is there with another amount."""

    status = 409
    code = "sale_differs"
