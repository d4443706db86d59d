"""UTMify as a destination: an order's number is told with how far it is, again and again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from pista.attribution.redacting import redacted
from pista.attribution.told import (
    Answer,
    EventName,
    Outgoing,
    Plain,
    Sending,
    Tests,
    Told,
    Unfit,
    Verdict,
    by_status,
)

STATES: dict[EventName, str] = {
    "InitiateCheckout": "waiting_payment",
    "Refused": "refused",
    "Purchase": "paid",
    "Refund": "refunded",
    "Chargeback": "chargedback",
    "Reversal": "paid",
}
_PAID = ("paid", "partly_refunded")
# What is told takes the place of what was told: only what a sale still is may be.
_STILL: dict[EventName, tuple[str, ...]] = {
    "InitiateCheckout": ("pending",),
    "Refused": ("refused",),
    "Purchase": _PAID,
    "Refund": ("refunded",),
    "Chargeback": ("charged_back",),
    "Reversal": _PAID,
}
_WENT_BACK: tuple[EventName, ...] = ("Refund", "Chargeback")
OLDEST_THAT_WENT_BACK = timedelta(days=45)
_UTM = ("utm_source", "utm_campaign", "utm_medium", "utm_content", "utm_term")
_OWN = ("src", "sck")


class UtmifySettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    platform: str = "Pista"
    """What the orders are shown as."""


class UtmifyPlatform(Plain):
    settings_type = UtmifySettings
    secret_names = ("token",)
    # The same order again is the same order.
    forgets_after_hours = 24 * 7
    names = tuple(STATES)
    usual = tuple(STATES)
    tests: Tests = "marked"
    in_order = True

    def write(self, told: Told, settings: UtmifySettings, now: datetime) -> bytes | Unfit:
        if told.name not in STATES or told.value_cents is None:
            return Unfit("not_an_order")
        if told.status not in _STILL[told.name]:
            return Unfit("superseded")
        went_back = told.name in _WENT_BACK
        if went_back and now > told.ordered_at + OLDEST_THAT_WENT_BACK:
            return Unfit("too_old")
        paid_at = told.paid_at or (told.at if told.name == "Purchase" else None)
        order: dict[str, Any] = {
            "orderId": told.order_id,
            "platform": settings.platform,
            "paymentMethod": "pix",
            "status": STATES[told.name],
            "createdAt": _time(min(told.ordered_at, told.at, now)),
            "approvedDate": _time(min(paid_at, now)) if paid_at else None,
            "refundedAt": _time(min(told.at, now)) if went_back else None,
            "customer": {
                "name": told.buyer_name or "",
                "email": next(iter(told.known.emails), ""),
                "phone": next(iter(told.known.phones), None),
                "document": None,
                "country": told.known.country,
                "ip": told.ip or (told.click.ip if told.click else None),
            },
            "products": _products(told),
            "trackingParameters": _parameters(told),
            "commission": {
                "totalPriceInCents": told.value_cents,
                "gatewayFeeInCents": 0,
                "userCommissionInCents": told.value_cents,
                "currency": told.currency,
            },
            "isTest": told.test,
        }
        return msgspec.json.encode(order)

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        return Outgoing(
            url=f"{sending.urls['utmify']}/api-credentials/orders",
            body=bodies[0],
            headers={
                "Content-Type": "application/json",
                "x-api-token": sending.secrets["token"],
            },
        )

    def read(self, answer: Answer, count: int) -> Verdict:
        text = str(answer.fields().get("message") or "")[:300]
        return by_status(answer, text or None)

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        """An order that is marked as a test is checked, and not kept."""
        body = self.write(told, sending.settings, sending.now)
        assert isinstance(body, bytes)
        return self.request([body], sending)

    def read_probe(self, answer: Answer) -> Verdict:
        return self.read(answer, 1)

    def shown(self, body: bytes) -> dict[str, Any]:
        order: dict[str, Any] = msgspec.json.decode(body)
        return order | {"customer": redacted(order["customer"], ("name", "email", "phone", "ip"))}


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _products(told: Told) -> list[dict[str, Any]]:
    given = [
        {
            "id": one.id or one.name or "item",
            "name": one.name or one.id or "item",
            "planId": None,
            "planName": None,
            "quantity": one.quantity,
            "priceInCents": one.price_cents or 0,
        }
        for one in told.items[:100]
    ]
    whole = {"id": told.order_id, "name": "Pista", "planId": None, "planName": None}
    return given or [{**whole, "quantity": 1, "priceInCents": told.value_cents}]


def _parameters(told: Told) -> dict[str, str | None]:
    """What the click came with; `src` and `sck` are UTMify's own."""
    click = told.click
    if click is None:
        return dict.fromkeys((*_OWN, *_UTM))
    query = parse_qs(urlsplit(click.url or "").query)
    own = {name: next(iter(query.get(name, [])), None) for name in _OWN}
    return own | {name: getattr(click, name) for name in _UTM}
