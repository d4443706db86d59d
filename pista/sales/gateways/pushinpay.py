"""PushinPay: a Pix in cents. Nothing that it tells is signed, so it is asked each time."""

import hashlib
from datetime import datetime
from urllib.parse import quote, urlencode
from uuid import uuid4

import msgspec

from pista.sales.gateways import http
from pista.sales.gateways.model import (
    Account,
    Failed,
    Made,
    Notice,
    NotProven,
    Order,
    Said,
    Seen,
    SeenStatus,
)

LEAST_CENTS = 50
STATUSES: dict[str, SeenStatus] = {
    "created": "open",
    "pending": "open",
    "paid": "paid",
    "canceled": "canceled",
    "cancelled": "canceled",
    "expired": "expired",
    "refunded": "refunded",
    "chargeback": "charged_back",
}


class _Payment(msgspec.Struct, kw_only=True):
    id: str
    status: str
    value: int | None = None
    qr_code: str | None = None
    end_to_end_id: str | None = None
    paid_at: str | None = None


class _Notification(msgspec.Struct, kw_only=True):
    id: str
    status: str = ""


class PushinPay(http.Asked):
    repeats = False

    def login(self, account: Account) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {account.secrets.access_token}",
            "Accept": "application/json",
        }

    async def create(self, account: Account, order: Order) -> Made | Failed:
        if order.amount_cents < LEAST_CENTS:
            return Failed(todo="never", text="It takes no less than 50 cents.")
        # It knows no reference of ours, but brings back what stands in its address.
        notice = f"{order.notice_url}?{urlencode({'charge': str(order.charge_id)})}"
        body = {"value": order.amount_cents, "webhook_url": notice}
        found = await self.ask(_Payment, account, "POST", "/api/pix/cashIn", body=body)
        if isinstance(found, Failed):
            return found
        if not found.qr_code:
            return Failed(todo="never", text=f"It made no Pix: {found.status}.")
        return Made(gateway_id=found.id, brcode=found.qr_code)

    async def find(self, account: Account, order: Order) -> Made | Failed | None:
        """There is no way to look for one whose id is not known."""
        return Failed(todo="unknown", text="It may have been made; nobody has seen its code.")

    async def look(self, account: Account, gateway_id: str) -> Seen | Failed:
        path = f"/api/transactions/{quote(gateway_id, safe='')}"
        found = await self.ask(_Payment, account, "GET", path)
        if isinstance(found, Failed):
            return found
        status = STATUSES.get(found.status.lower())
        if status is None:
            return Failed(todo="never", text="It names a state that nobody knows.")
        return Seen(
            gateway_id=found.id,
            reference=None,
            status=status,
            amount_cents=found.value,
            e2e=found.end_to_end_id,
            paid_at=_moment(found.paid_at),
            brcode=found.qr_code,
        )

    async def check(self, account: Account) -> Failed | None:
        """Of what is not there it says so, to whoever it knows."""
        failed = await self.refuses(account, f"/api/transactions/{uuid4()}")
        return None if failed is None or failed.todo == "never" else failed

    def read(self, account: Account, notice: Notice) -> Said:
        if not notice.knows_path:
            raise NotProven
        told = http.told(_Notification, notice.body)
        named = f"{told.id.lower()}:{told.status}"
        return Said(
            gateway_id=told.id.lower(),
            reference=notice.query.get("charge"),
            key=hashlib.sha256(named.encode()).hexdigest(),
        )


def _moment(text: str | None) -> datetime | None:
    try:
        return http.zoned(datetime.fromisoformat(text or ""))
    except ValueError:
        return None
