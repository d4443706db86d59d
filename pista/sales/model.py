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
Gateway = Literal["static", "webhook", "mercadopago", "asaas", "pushinpay"]
ChargeStatus = Literal[
    "creating",
    "open",
    "paid",
    "partly_refunded",
    "refunded",
    "charged_back",
    "canceled",
    "refused",
    "expired",
    "failed",
    "unknown",
]
RefundKind = Literal["refund", "chargeback", "reversal"]
ActorKind = Literal["user", "key", "gateway", "shop", "system"]

MOST_CENTS = 1_000_000_000_000
Cents = Annotated[int, Meta(ge=1, le=MOST_CENTS, description="Whole cents: 19.99 is 1999.")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", description="ISO 4217.")]
ExternalId = Annotated[
    str, Meta(pattern=r"^[^\x00-\x1f]{1,200}\Z", description="The shop's own number of the order.")
]
Token = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z", description="The token of a click.")]
Text = Annotated[str, Meta(pattern=r"^[^\x00]{1,300}\Z")]
Moment = Annotated[datetime, Meta(tz=True)]
Short = Annotated[str, Meta(pattern=r"^[^\x00]{0,60}\Z")]
Email = Annotated[str, Meta(pattern=r"^[^\x00]{0,254}\Z")]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Buyer(Request, frozen=True, kw_only=True, omit_defaults=True):
    """Who buys, as the shop knows them. A document's number is not asked for."""

    name: Text | None = None
    email: Email | None = None
    phone: Short | None = None
    city: Text | None = None
    state: Text | None = None
    zip: Short | None = None
    country: Short | None = None
    birth: Short | None = None
    gender: Short | None = None


class SaleItem(Request, frozen=True, kw_only=True, omit_defaults=True):
    id: Text | None = None
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


class SaleChat(Request, frozen=True, kw_only=True):
    """Whom it is sold to in a chat: as Pista names them, or as the platform does."""

    channel_id: UUID
    person_id: UUID | None = None
    external_id: Short | None = None
    """The Telegram id, or the WhatsApp number."""


Reached = Literal["pending", "paid", "canceled", "refused", "refunded", "charged_back"]


class NewSale(Request, frozen=True, kw_only=True):
    """A sale as a shop or a person tells of it. Told again, it may have come further."""

    amount: Cents
    currency: Currency
    status: Reached = "pending"
    refunded: Annotated[int, Meta(ge=1, le=MOST_CENTS)] | None = None
    """Cents that have gone back so far, all together; with `refunded`, left out, all of them."""
    external_id: ExternalId | None = None
    occurred_at: Moment | None = None
    paid_at: Moment | None = None
    description: Text | None = None
    contact_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,60}\Z")] | None = None
    visitor_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")] | None = None
    click_token: Token | None = None
    chat: SaleChat | None = None
    buyer: Buyer = Buyer()
    items: Annotated[list[SaleItem], Meta(max_length=100)] = []
    client_ip: Short | None = None
    """The buyer's, as the shop saw it."""
    client_user_agent: Annotated[str, Meta(pattern=r"^[^\x00]{0,1000}\Z")] | None = None
    page_url: Annotated[str, Meta(pattern=r"^[^\x00]{0,4000}\Z")] | None = None
    consent: Consent = Consent()
    test: bool = False


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


class Charge(Wire, frozen=True, kw_only=True):
    """A Pix that a sale can be paid with."""

    id: ChargeId
    sale_id: SaleId
    account_id: AccountId
    gateway: Gateway
    status: ChargeStatus
    amount_cents: int
    br_code: str | None
    """What is copied and pasted; null while the gateway makes it, and when it is of no use."""
    txid: str | None
    gateway_id: str | None
    end_to_end_id: str | None
    status_url: str
    """A page for whoever pays, which changes by itself."""
    qr_url: str | None
    error: str | None
    """Why it could not be made."""
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    conversation_id: UUID | None


class SaleChange(Wire, frozen=True, kw_only=True):
    """One line of a sale's history: what happened, who said so, and what shows it."""

    id: int
    move: str
    from_status: str
    """Empty: it was made."""
    to_status: Status
    at: datetime
    amount_cents: int
    """What moved: all of it, or what went back."""
    actor_kind: ActorKind
    actor_id: UUID | None
    actor_name: str | None
    why: str | None
    evidence: dict[str, str]


class SaleRefund(Wire, frozen=True, kw_only=True):
    id: UUID
    kind: RefundKind
    amount_cents: int
    external_id: str | None
    at: datetime


class SaleDetail(Sale, frozen=True, kw_only=True):
    page_url: str | None
    click_token: str | None
    changes: list[SaleChange]
    """The oldest first."""
    refunds: list[SaleRefund]
    charges: list[Charge]
    """The newest first."""


class Totals(Wire, frozen=True, kw_only=True):
    """Of all sales that the filters leave, page by page or not; trials are left out."""

    currency: str
    sales: int
    paid: int
    paid_cents: int
    refunded_cents: int
    pending: int
    pending_cents: int


class Sales(Wire, frozen=True, kw_only=True):
    items: list[Sale]
    """The latest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""
    totals: list[Totals] | None
    """By currency; with the first page."""


Why = Annotated[str, Meta(pattern=r"^[^\x00]{1,500}\Z")]


class MarkPaid(Request, frozen=True, kw_only=True):
    why: Why | None = None
    """Where it can be seen: a bank statement, a receipt."""
    paid_at: Moment | None = None


class CancelSale(Request, frozen=True, kw_only=True):
    why: Why | None = None


class RefundSale(Request, frozen=True, kw_only=True):
    """Note that money went back. Pista moves no money: give it back at the gateway first."""

    amount: Cents | None = None
    """Left out: all that is left; of a `reversal`, all that chargebacks took."""
    why: Why | None = None
    kind: RefundKind = "refund"
    """`reversal`: a chargeback was decided for the shop, and what it took is there again."""
    external_id: ExternalId | None = None
    """Of the refund, as the gateway or the bank names it: noted once."""


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
    """A sale of this number is there with another amount; what it costs never changes."""

    status = 409
    code = "sale_differs"


class SaleKeyReused(PistaError):
    """Something else was sent with this Idempotency-Key; take a new one for each sale."""

    status = 409
    code = "idempotency_key_reused"


class PersonNotFound(NotFound):
    """Nobody is known by that in this chat."""

    code = "person_not_found"
