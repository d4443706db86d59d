"""Payment accounts and charges as the API takes and shows them, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from pista.errors import NotFound, PistaError
from pista.sales.model import (
    AccountId,
    Buyer,
    Cents,
    Charge,
    ChargeId,
    ChargeStatus,
    Consent,
    ExternalId,
    Gateway,
    Request,
    SaleChat,
    SaleId,
    SaleItem,
    Token,
    Wire,
)

MOST_ACCOUNTS = 20
Name = Annotated[str, Meta(pattern=r"^[^\x00]{1,200}\Z")]
Secret = Annotated[str, Meta(pattern=r"^[\x21-\x7e]{8,500}\Z")]
PixKey = Annotated[str, Meta(max_length=80, description="CPF, CNPJ, +phone, e-mail or random.")]
MerchantName = Annotated[str, Meta(pattern=r"^[^\x00]{1,60}\Z")]
CustomerId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,60}\Z")]
PayerEmail = Annotated[str, Meta(pattern=r"^[^\s@\x00]{1,64}@[^\s@\x00]{1,189}\Z")]


class NewPaymentAccount(Request, frozen=True, kw_only=True):
    gateway: Gateway
    name: Name
    pix_key: PixKey | None = None
    """`static` and `webhook`: where the money goes."""
    merchant_name: MerchantName | None = None
    """What the payer's bank shows, and the page that it is paid on."""
    city: MerchantName | None = None
    access_token: Secret | None = None
    """The gateway's key for its API."""
    webhook_secret: Secret | None = None
    """What its notifications are proven by: Mercado Pago's signing secret, Asaas's token."""
    customer_id: CustomerId | None = None
    """Asaas: the customer that charges are made to."""
    payer_email: PayerEmail | None = None
    """Mercado Pago: for buyers who gave none."""


class ChangePaymentAccount(Request, frozen=True, kw_only=True):
    """What is left out stays; null takes away."""

    name: Name | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    preferred: bool | UnsetType = UNSET
    """Taken where a payment names no account."""
    pix_key: PixKey | UnsetType | None = UNSET
    merchant_name: MerchantName | UnsetType | None = UNSET
    city: MerchantName | UnsetType | None = UNSET
    access_token: Secret | UnsetType | None = UNSET
    webhook_secret: Secret | UnsetType | None = UNSET
    customer_id: CustomerId | UnsetType | None = UNSET
    payer_email: PayerEmail | UnsetType | None = UNSET


class PaymentAccount(Wire, frozen=True, kw_only=True):
    """Where payments are taken. Its secrets are never shown."""

    id: AccountId
    gateway: Gateway
    name: str
    enabled: bool
    preferred: bool
    pix_key: str | None
    merchant_name: str | None
    city: str | None
    customer_id: str | None
    payer_email: str | None
    has_access_token: bool
    has_webhook_secret: bool
    notice_url: str
    """Where the gateway sends its notifications to. Nobody else is to know it."""
    paused_reason: str | None
    """Why the gateway refused us the last time."""
    checked_at: datetime | None
    last_notice_at: datetime | None
    created_at: datetime

    def __repr__(self) -> str:
        return f"PaymentAccount(id={self.id}, …)"


class PaymentAccounts(Wire, frozen=True, kw_only=True):
    items: list[PaymentAccount]


class Checked(Wire, frozen=True, kw_only=True):
    ok: bool
    detail: str | None
    """What the gateway says, where it does not work."""
    milliseconds: int


NoticeOutcome = Literal["waiting", "done", "nothing_new", "not_ours", "refused", "unreadable"]


class PaymentNotice(Wire, frozen=True, kw_only=True):
    """A notification of a gateway, and what became of it."""

    id: UUID
    received_at: datetime
    signed: bool
    outcome: NoticeOutcome
    detail: str | None
    charge_id: ChargeId | None
    finished_at: datetime | None


class PaymentNotices(Wire, frozen=True, kw_only=True):
    items: list[PaymentNotice]
    """The newest first, a hundred at most."""


Seconds = Annotated[int, Meta(ge=60, le=30 * 24 * 3600)]


class NewPix(Request, frozen=True, kw_only=True):
    """Something to be paid by Pix: its sale is made along with it, or is one that waits."""

    amount: Cents | None = None
    sale_id: SaleId | None = None
    """One that is not paid yet; then leave out the amount."""
    description: Annotated[str, Meta(pattern=r"^[^\x00]{1,120}\Z")] | None = None
    expires_in: Seconds = 24 * 3600
    account_id: AccountId | None = None
    external_id: ExternalId | None = None
    chat: SaleChat | None = None
    contact_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,60}\Z")] | None = None
    visitor_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")] | None = None
    token: Token | None = None
    """Of the click, if it is known."""
    buyer: Buyer = Buyer()
    items: Annotated[list[SaleItem], Meta(max_length=100)] = field(default_factory=list[SaleItem])
    client_ip: Annotated[str, Meta(pattern=r"^[^\x00]{0,60}\Z")] | None = None
    client_user_agent: Annotated[str, Meta(pattern=r"^[^\x00]{0,1000}\Z")] | None = None
    page_url: Annotated[str, Meta(pattern=r"^[^\x00]{0,4000}\Z")] | None = None
    consent: Consent = Consent()
    test: bool = False


class ChatPix(Request, frozen=True, kw_only=True):
    """Ask for a Pix in a conversation."""

    amount: Cents
    external_id: ExternalId | None = None
    description: Annotated[str, Meta(pattern=r"^[^\x00]{1,120}\Z")] | None = None
    """What it is for; said before the code."""
    expires_in: Seconds = 24 * 3600
    account_id: AccountId | None = None


class Pix(Wire, frozen=True, kw_only=True):
    """What whoever pays needs."""

    sale_id: SaleId
    charge_id: ChargeId
    status: ChargeStatus
    """`creating`: the gateway has not answered yet; ask again in a moment."""
    amount_cents: int
    br_code: str | None
    qr: str | None
    """The picture, as an SVG in a `data:` address."""
    status_url: str
    expires_at: datetime
    error: str | None


class ChatCharges(Wire, frozen=True, kw_only=True):
    items: list[Charge]
    """The newest first."""


class PaymentAccountNotFound(NotFound):
    """This payment account does not exist, or belongs to another company."""

    code = "payment_account_not_found"


class ChargeNotFound(NotFound):
    """This charge does not exist, or belongs to another company."""

    code = "charge_not_found"


class NoPaymentAccount(PistaError):
    """No account can take a payment: set one up under Settings, Pix, or switch one on."""

    status = 409
    code = "no_payment_account"


class TooManyPaymentAccounts(PistaError):
    """A company has at most 20 payment accounts: delete one that is no longer needed."""

    status = 409
    code = "too_many_payment_accounts"


class BadPaymentAccount(PistaError):
    """The account is not complete; the detail says what is missing."""

    status = 422
    code = "bad_payment_account"


class BadPix(PistaError):
    """The payment is not complete; the detail says what is missing."""

    status = 422
    code = "bad_pix"


class NotPayable(PistaError):
    """The sale is paid or has ended, or is not in reais: it cannot be paid by Pix."""

    status = 409
    code = "not_payable"


class NoticeRefused(PistaError):
    """Nothing proves that this comes from the gateway."""

    status = 401
    code = "notice_refused"
