"""What every gateway can be asked, and what may come of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

import msgspec

from pista.sales.model import AccountId, ChargeId, Gateway

SeenStatus = Literal["open", "paid", "refunded", "charged_back", "canceled", "refused", "expired"]
Todo = Literal["again", "never", "denied", "unknown"]
"""`denied`: it does not know who we are. `unknown`: it may have been done."""


class AccountSettings(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True
):
    """What of an account is no secret."""

    pix_key: str | None = None
    """To whom a code without a gateway pays."""
    merchant_name: str | None = None
    city: str | None = None
    customer_id: str | None = None
    """Asaas makes charges to a customer of its own."""
    payer_email: str | None = None
    """Mercado Pago wants one; for buyers who gave none."""


class Secrets(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sealed: with what we ask, and with what notifications are proven."""

    access_token: str | None = None
    webhook_secret: str | None = None
    path_secret: str = ""
    """The end of the address that notifications come to."""

    def __repr__(self) -> str:
        return "Secrets(…)"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    id: AccountId
    gateway: Gateway
    settings: AccountSettings
    secrets: Secrets

    def __repr__(self) -> str:
        return f"Account({self.id}, {self.gateway})"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway is to make a Pix of."""

    charge_id: ChargeId
    """Sent along as our reference and as the key that makes a repeat the same charge."""
    amount_cents: int
    description: str
    payer_name: str | None
    payer_email: str | None
    expires_at: datetime
    notice_url: str

    def __repr__(self) -> str:
        return f"Order({self.charge_id})"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    gateway_id: str
    brcode: str
    txid: str | None = None
    expires_at: datetime | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A charge as the gateway has it now."""

    gateway_id: str
    reference: str | None
    """Ours, if it says one."""
    status: SeenStatus
    amount_cents: int | None
    """None: what it says is no amount."""
    refunded_cents: int = 0
    e2e: str | None = None
    paid_at: datetime | None = None
    brcode: str | None = None
    may_reverse: bool = True
    """Whether `paid` says, of what was charged back, that the money came again."""


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    todo: Todo
    text: str
    """A sentence for a person; no secrets and nobody's data in it."""
    seconds: float | None = None
    """How long it asked to be left alone."""


class Notice(NamedTuple):
    """A notification as it came."""

    body: bytes
    headers: Mapping[str, str]
    query: Mapping[str, str]
    knows_path: bool
    """Whether it came to the address that only the gateway knows."""
    now: datetime


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a notification is about."""

    gateway_id: str | None = None
    reference: str | None = None
    key: str
    """What tells it from others: the same again says nothing new."""
    seen: Seen | None = None
    """What it says itself; only of a gateway that cannot be asked, and proves who it is."""


class NotProven(Exception):
    """Neither signed nor sent to the address that only the gateway knows."""


class NotReadable(Exception):
    """It comes from the gateway, and nobody can read it."""


class NotAbout(Exception):
    """It comes from the gateway and is about something else than a payment."""


class GatewayClient(Protocol):
    """One gateway. What fails is answered, not raised."""

    repeats: bool
    """Whether a charge that may have been made can be asked for again: by its key it is one."""

    async def create(self, account: Account, order: Order) -> Made | Failed: ...

    async def find(self, account: Account, order: Order) -> Made | Failed | None:
        """One with our reference that was made before; None if there is certainly none."""
        ...

    async def look(self, account: Account, gateway_id: str) -> Seen | Failed: ...

    async def check(self, account: Account) -> Failed | None:
        """Whether it knows who we are; None if it does."""
        ...

    def read(self, account: Account, notice: Notice) -> Said:
        """What it is about, once it is proven; raises one of the above."""
        ...
