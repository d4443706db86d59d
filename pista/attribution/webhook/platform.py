"""A signed webhook as a destination: `Pista-Signature`, and the event's id as `Pista-Delivery`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pista.alerts import addresses
from pista.attribution.redacting import redacted
from pista.attribution.told import (
    EVENT_NAMES,
    Answer,
    Outgoing,
    Plain,
    Sending,
    Tests,
    Told,
    Unfit,
    Verdict,
    by_status,
)

_RAW = ("email", "phone", "name", "ip", "userAgent", "fbc", "fbp", "url")


class WebhookSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    url: str

    def __post_init__(self) -> None:
        addresses.parsed(self.url)


class WebhookPlatform(Plain):
    settings_type = WebhookSettings
    secret_names = ("secret",)
    # Whoever receives it knows a repeat by its id.
    forgets_after_hours = 24 * 30
    oldest_days = 30
    names = EVENT_NAMES
    tests: Tests = "marked"

    def write(self, told: Told, settings: WebhookSettings, now: datetime) -> bytes | Unfit:
        click = told.click
        event: dict[str, Any] = {
            "eventId": told.event_id,
            "name": told.name,
            "at": told.at,
            "orderId": told.order_id,
            "value": told.value,
            "valueCents": told.value_cents,
            "currency": told.currency,
            "movedCents": told.moved_cents,
            "leftCents": told.left_cents,
            "status": told.status,
            "test": told.test,
            "buyer": {
                "email": next(iter(told.known.emails), None),
                "phone": next(iter(told.known.phones), None),
                "name": told.buyer_name,
            },
            "click": click
            and {
                "id": click.id,
                "at": click.at,
                "campaign": click.campaign,
                "adset": click.adset,
                "ad": click.ad,
                "fbclid": click.fbclid,
                "clickIds": click.click_ids,
                "fbc": click.fbc,
                "fbp": click.fbp,
                "grim": click.grim,
                "url": click.url,
            },
        }
        return msgspec.json.encode(event)

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        event = msgspec.json.decode(bodies[0], type=_Event)
        return Outgoing(
            url=sending.settings.url,
            body=bodies[0],
            headers={"Pista-Delivery": event.event_id},
            signed_with=sending.secrets["secret"],
        )

    def read(self, answer: Answer, count: int) -> Verdict:
        return by_status(answer)

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        body = self.write(told, sending.settings, sending.now)
        assert isinstance(body, bytes)
        return self.request([body], sending)

    def read_probe(self, answer: Answer) -> Verdict:
        return self.read(answer, 1)

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), _RAW)


class _Event(msgspec.Struct, rename="camel"):
    event_id: str
