"""Asaas: charges to a customer, with their Pix, and notifications under a token."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

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
    Order,
    Said,
    Seen,
    SeenStatus,
)

BRAZIL = ZoneInfo("America/Sao_Paulo")
STATUSES: dict[str, SeenStatus] = {
    "PENDING": "open",
    "AWAITING_RISK_ANALYSIS": "open",
    "OVERDUE": "expired",
    "RECEIVED": "paid",
    "CONFIRMED": "paid",
    "RECEIVED_IN_CASH": "paid",
    "REFUND_REQUESTED": "paid",
    "REFUND_IN_PROGRESS": "paid",
    "REFUNDED": "refunded",
    "CHARGEBACK_REQUESTED": "charged_back",
    "CHARGEBACK_DISPUTE": "charged_back",
    "AWAITING_CHARGEBACK_REVERSAL": "charged_back",
}


class _Refund(msgspec.Struct, kw_only=True):
    status: str = ""
    value: Decimal | None = None


class _Payment(msgspec.Struct, kw_only=True, rename="camel"):
    id: str
    status: str
    value: Decimal | None = None
    external_reference: str | None = None
    deleted: bool = False
    refunds: list[_Refund] | None = None
    payment_date: str | None = None


class _Code(msgspec.Struct, kw_only=True, rename="camel"):
    payload: str


class _Found(msgspec.Struct, kw_only=True):
    data: list[_Payment]


class _Notification(msgspec.Struct, kw_only=True):
    id: str = ""
    event: str
    payment: _Payment | None = None


class Asaas(http.Asked):
    repeats = False

    def login(self, account: Account) -> dict[str, str]:
        return {"access_token": account.secrets.access_token or "", "User-Agent": "Pista"}

    async def create(self, account: Account, order: Order) -> Made | Failed:
        body: dict[str, Any] = {
            "customer": account.settings.customer_id,
            "billingType": "PIX",
            "value": money.number(order.amount_cents),
            "dueDate": order.expires_at.astimezone(BRAZIL).date().isoformat(),
            "description": order.description,
            "externalReference": str(order.charge_id),
        }
        found = await self.ask(_Payment, account, "POST", "/v3/payments", body=body)
        return found if isinstance(found, Failed) else await self._code(account, found)

    async def find(self, account: Account, order: Order) -> Made | Failed | None:
        """It has no key that makes a repeat the same charge, but can be asked for ours."""
        params = {"externalReference": str(order.charge_id)}
        found = await self.ask(_Found, account, "GET", "/v3/payments", params=params)
        if isinstance(found, Failed):
            return found
        alive = [one for one in found.data if not one.deleted]
        return await self._code(account, alive[0]) if alive else None

    async def _code(self, account: Account, payment: _Payment) -> Made | Failed:
        """It is made; that its code cannot be read now is a reason to find it again."""
        path = f"/v3/payments/{quote(payment.id, safe='')}/pixQrCode"
        code = await self.ask(_Code, account, "GET", path)
        if isinstance(code, Failed):
            return Failed(todo="unknown", text=f"It made a charge, and not its code: {code.text}")
        return Made(gateway_id=payment.id, brcode=code.payload)

    async def look(self, account: Account, gateway_id: str) -> Seen | Failed:
        path = f"/v3/payments/{quote(gateway_id, safe='')}"
        found = await self.ask(_Payment, account, "GET", path)
        return found if isinstance(found, Failed) else _seen(found)

    async def check(self, account: Account) -> Failed | None:
        return await self.refuses(account, "/v3/myAccount/status")

    def read(self, account: Account, notice: Notice) -> Said:
        secret, given = account.secrets.webhook_secret, notice.headers.get("asaas-access-token")
        if secret is None and not notice.knows_path:
            raise NotProven
        if secret is not None and not proof.same(given, secret):
            raise NotProven
        told = http.told(_Notification, notice.body)
        if told.payment is None or not told.event.startswith("PAYMENT_"):
            raise NotAbout
        named = told.id or f"{told.event}:{told.payment.id}:{told.payment.status}"
        return Said(
            gateway_id=told.payment.id.lower(),
            reference=told.payment.external_reference,
            key=hashlib.sha256(named.encode()).hexdigest(),
        )


def _seen(payment: _Payment) -> Seen | Failed:
    status = STATUSES.get(payment.status)
    if status is None:
        return Failed(todo="never", text="It names a state that nobody knows.")
    amounts = [money.cents(one.value) or 0 for one in payment.refunds or () if _is_done(one)]
    return Seen(
        gateway_id=payment.id,
        reference=payment.external_reference,
        status="canceled" if payment.deleted and status in ("open", "expired") else status,
        amount_cents=money.cents(payment.value),
        refunded_cents=sum(amounts),
        paid_at=_midday(payment.payment_date),
    )


def _is_done(refund: _Refund) -> bool:
    return refund.status.upper() == "DONE"


def _midday(day: str | None) -> datetime | None:
    """It says the day alone; today it is now."""
    try:
        found = datetime.fromisoformat(day or "").replace(tzinfo=BRAZIL)
    except ValueError:
        return None
    if found.date() >= datetime.now(BRAZIL).date():
        return None
    return found.replace(hour=12).astimezone(UTC)
