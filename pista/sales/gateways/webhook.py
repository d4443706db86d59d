"""No gateway: a key of one's own, and whoever sees the bank says by webhook what was paid.

There is nobody to ask, so what is told counts; that is why each notification must prove itself, by
its signature where a secret for it is set, else by the address that only its sender knows.
"""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from pista.sales import money
from pista.sales.gateways import http, proof
from pista.sales.gateways.model import (
    Account,
    Failed,
    Made,
    Notice,
    NotProven,
    NotReadable,
    Order,
    Said,
    Seen,
    SeenStatus,
)

NOBODY = Failed(todo="never", text="There is no gateway that could be asked.")


class Told(msgspec.Struct, kw_only=True, rename="camel"):
    """What is sent: of which charge, and how it is now."""

    txid: str | None = None
    charge_id: str | None = None
    status: Literal["paid", "refunded", "charged_back", "won_back", "canceled", "expired"]
    """`won_back`: a chargeback was decided for the shop."""
    amount: Decimal
    """With a point: 19.99."""
    refunded: Decimal = Decimal(0)
    end_to_end_id: str | None = None
    paid_at: datetime | None = None


class OwnWebhook:
    repeats = True

    async def create(self, account: Account, order: Order) -> Made | Failed:
        return NOBODY

    async def find(self, account: Account, order: Order) -> Made | Failed | None:
        return None

    async def look(self, account: Account, gateway_id: str) -> Seen | Failed:
        return NOBODY

    async def check(self, account: Account) -> Failed | None:
        return None

    def read(self, account: Account, notice: Notice) -> Said:
        _prove(account, notice)
        told = http.told(Told, notice.body)
        amount, refunded = money.cents(told.amount), money.cents(told.refunded)
        named = told.txid or told.charge_id
        if not named or amount is None or refunded is None:
            raise NotReadable
        status: SeenStatus = "paid" if told.status == "won_back" else told.status
        seen = Seen(
            gateway_id=named.lower(),
            reference=told.charge_id,
            status=status,
            amount_cents=amount,
            refunded_cents=refunded,
            e2e=told.end_to_end_id,
            paid_at=http.zoned(told.paid_at),
            # What is told late, or again, takes nothing back.
            may_reverse=told.status == "won_back",
        )
        key = hashlib.sha256(notice.body).hexdigest()
        return Said(
            gateway_id=told.txid and told.txid.lower(), reference=told.charge_id, key=key, seen=seen
        )


def _prove(account: Account, notice: Notice) -> None:
    """`Pista-Signature: t=<seconds>,v1=<hex>` over `<seconds>.<body>`, as our own webhooks have."""
    secret = account.secrets.webhook_secret
    if secret is None:
        if not notice.knows_path:
            raise NotProven
        return
    given = proof.parts(notice.headers.get("pista-signature"))
    signed = given.get("t", "").encode() + b"." + notice.body
    if not proof.is_recent(given.get("t"), notice.now):
        raise NotProven
    if not proof.is_signed(signed, given.get("v1"), secret):
        raise NotProven
