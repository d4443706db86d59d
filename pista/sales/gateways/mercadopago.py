"""Mercado Pago: payments of `pix`, and notifications that say which one, and never how it is."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import msgspec

from pista.sales import money
from pista.sales.gateways import http, proof
from pista.sales.gateways.model import (
    Account,
    Failed,
    Made,
    NotAbout,
    Notice,
    NotProven,
    NotReadable,
    Order,
    Said,
    Seen,
    SeenStatus,
)

# It tells again for a day. What is replayed has us ask, and no more.
OLDEST = timedelta(days=1)
STATUSES: dict[str, SeenStatus] = {
    "pending": "open",
    "in_process": "open",
    "authorized": "open",
    "approved": "paid",
    "in_mediation": "paid",
    "refunded": "refunded",
    "charged_back": "charged_back",
    "cancelled": "canceled",
    "rejected": "refused",
}


class _Data(msgspec.Struct, kw_only=True):
    qr_code: str | None = None
    e2e_id: str | None = None


class _Point(msgspec.Struct, kw_only=True):
    transaction_data: _Data = msgspec.field(default_factory=_Data)


class _Payment(msgspec.Struct, kw_only=True):
    id: int | str
    status: str
    status_detail: str | None = None
    transaction_amount: Decimal | None = None
    transaction_amount_refunded: Decimal | None = None
    external_reference: str | None = None
    date_approved: datetime | None = None
    date_of_expiration: datetime | None = None
    point_of_interaction: _Point = msgspec.field(default_factory=_Point)


class _Found(msgspec.Struct, kw_only=True):
    results: list[_Payment]


class _Subject(msgspec.Struct):
    id: int | str | None = None


class _Notification(msgspec.Struct, kw_only=True):
    id: int | str | None = None
    type: str | None = None
    action: str | None = None
    data: _Subject = msgspec.field(default_factory=_Subject)


class MercadoPago(http.Asked):
    repeats = True

    def login(self, account: Account) -> dict[str, str]:
        return {"Authorization": f"Bearer {account.secrets.access_token}"}

    async def create(self, account: Account, order: Order) -> Made | Failed:
        email = order.payer_email or account.settings.payer_email
        body: dict[str, Any] = {
            "transaction_amount": money.number(order.amount_cents),
            "description": order.description,
            "payment_method_id": "pix",
            "payer": {"email": email},
            "external_reference": str(order.charge_id),
            "notification_url": order.notice_url,
            "date_of_expiration": order.expires_at.isoformat(timespec="milliseconds"),
        }
        headers = {"X-Idempotency-Key": str(order.charge_id)}
        found = await self.ask(
            _Payment, account, "POST", "/v1/payments", headers=headers, body=body
        )
        return found if isinstance(found, Failed) else _made(found)

    async def find(self, account: Account, order: Order) -> Made | Failed | None:
        params = {"external_reference": str(order.charge_id)}
        found = await self.ask(_Found, account, "GET", "/v1/payments/search", params=params)
        if isinstance(found, Failed):
            return found
        return _made(found.results[0]) if found.results else None

    async def look(self, account: Account, gateway_id: str) -> Seen | Failed:
        path = f"/v1/payments/{quote(gateway_id, safe='')}"
        found = await self.ask(_Payment, account, "GET", path)
        return found if isinstance(found, Failed) else _seen(found)

    async def check(self, account: Account) -> Failed | None:
        return await self.refuses(account, "/users/me")

    def read(self, account: Account, notice: Notice) -> Said:
        """Its signature is over the id in the address, as it stands there or in lower case."""
        secret = account.secrets.webhook_secret
        if secret is None and not notice.knows_path:
            raise NotProven
        if secret is not None and not _is_signed(notice, secret):
            raise NotProven
        told = http.told(_Notification, notice.body or b"{}")
        kind = told.type or notice.query.get("type") or notice.query.get("topic")
        if kind != "payment":
            raise NotAbout
        # What is signed is in the address; the body is whatever somebody sends along.
        named = notice.query.get("data.id") or notice.query.get("id")
        if secret is None and not named:
            named = str(told.data.id or "")
        if not named:
            raise NotReadable
        key = hashlib.sha256(f"{named.lower()}:{told.id}:{told.action}".encode()).hexdigest()
        return Said(gateway_id=named.lower(), key=key)


def _is_signed(notice: Notice, secret: str) -> bool:
    given = proof.parts(notice.headers.get("x-signature"))
    if not proof.is_recent(given.get("ts"), notice.now, OLDEST):
        return False
    named = notice.query.get("data.id", "")
    return any(
        proof.is_signed(_manifest(one, notice, given["ts"]), given.get("v1"), secret)
        for one in {named, named.lower(), named.upper()}
    )


def _manifest(named: str, notice: Notice, ts: str) -> bytes:
    """What is not there is left out, with its name."""
    pairs = (("id", named), ("request-id", notice.headers.get("x-request-id", "")), ("ts", ts))
    return "".join(f"{name}:{value};" for name, value in pairs if value).encode()


def _made(payment: _Payment) -> Made | Failed:
    code = payment.point_of_interaction.transaction_data.qr_code
    if not code:
        return Failed(todo="never", text=f"It made no Pix: {payment.status}.")
    ends = http.zoned(payment.date_of_expiration)
    return Made(gateway_id=str(payment.id), brcode=code, expires_at=ends)


def _seen(payment: _Payment) -> Seen | Failed:
    status = STATUSES.get(payment.status)
    if status is None:
        return Failed(todo="never", text="It names a state that nobody knows.")
    if status == "canceled" and payment.status_detail == "expired":
        status = "expired"
    return Seen(
        gateway_id=str(payment.id),
        reference=payment.external_reference,
        status=status,
        amount_cents=money.cents(payment.transaction_amount),
        refunded_cents=money.cents(payment.transaction_amount_refunded) or 0,
        e2e=payment.point_of_interaction.transaction_data.e2e_id,
        paid_at=http.zoned(payment.date_approved),
        brcode=payment.point_of_interaction.transaction_data.qr_code,
    )
