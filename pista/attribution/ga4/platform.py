"""GA4 as a destination. It answers 204 to everything, so that only its own debug address tells of
mistakes: the test button asks there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from msgspec import Meta

from pista.attribution.redacting import redacted
from pista.attribution.told import (
    Answer,
    EventName,
    Outgoing,
    Plain,
    Sending,
    Told,
    Unfit,
    Verdict,
    by_status,
)
from pista.sales import money

NAMES: dict[EventName, str] = {
    "Purchase": "purchase",
    "Lead": "generate_lead",
    "InitiateCheckout": "begin_checkout",
    "PartialRefund": "refund",
    "Refund": "refund",
    "Chargeback": "refund",
}


class Ga4Settings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    measurement_id: Annotated[str, Meta(pattern=r"^G-[A-Z0-9]{4,20}\Z")]


class Ga4Platform(Plain):
    settings_type = Ga4Settings
    secret_names = ("api_secret",)
    # A purchase is known again by its number.
    forgets_after_hours = 72
    oldest_days = 3
    names = tuple(NAMES)
    in_order = True
    corrects = True
    # It adds up what it is told of: only purchases are known again.
    counts_again = tuple(name for name in NAMES if NAMES[name] == "refund")

    def write(self, told: Told, settings: Ga4Settings, now: datetime) -> bytes | Unfit:
        if not told.external_ids:
            return Unfit("no_user_data")
        params: dict[str, Any] = {"engagement_time_msec": 1}
        if told.value_cents is not None:
            moved = told.value_cents if told.moved_cents is None else told.moved_cents
            params |= {
                "transaction_id": told.order_id,
                "value": money.number(moved),
                "currency": told.currency,
            }
            # Of a part nobody knows which items went back.
            if moved == told.value_cents:
                params["items"] = _items(told)
        if told.click is not None:
            params |= _campaign(told)
        event: dict[str, Any] = {
            # The browser, or else the contact: always the same for the same person.
            "client_id": told.external_ids[-1],
            "timestamp_micros": int(min(told.at, now).timestamp() * 1_000_000),
            "non_personalized_ads": told.limited,
            "events": [{"name": NAMES[told.name], "params": params}],
        }
        return msgspec.json.encode(event)

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        return _collect("/mp/collect", bodies[0], sending)

    def read(self, answer: Answer, count: int) -> Verdict:
        return by_status(answer)

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        body = self.write(told, sending.settings, sending.now)
        assert isinstance(body, bytes)
        return _collect("/debug/mp/collect", body, sending)

    def read_probe(self, answer: Answer) -> Verdict:
        body = answer.fields()
        messages = body.get("validationMessages")
        if answer.status == 200 and messages == []:
            return Verdict(todo="sent", status=200)
        if messages:
            return Verdict(todo="never", status=200, text=str(messages[0].get("description")))
        return by_status(answer)

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), ("client_id",))


def _collect(path: str, body: bytes, sending: Sending) -> Outgoing:
    query = urlencode(
        {
            "measurement_id": sending.settings.measurement_id,
            "api_secret": sending.secrets["api_secret"],
        }
    )
    return Outgoing(
        url=f"{sending.urls['ga4']}{path}?{query}",
        body=body,
        headers={"Content-Type": "application/json"},
    )


def _items(told: Told) -> list[dict[str, Any]]:
    return [
        {"item_id": one.id or one.name or "item", "quantity": one.quantity}
        | ({} if one.price_cents is None else {"price": money.number(one.price_cents)})
        for one in told.items[:100]
    ]


def _campaign(told: Told) -> dict[str, str]:
    click = told.click
    assert click is not None
    given = {
        "source": click.utm_source,
        "medium": click.utm_medium,
        "campaign": click.utm_campaign or click.campaign,
        "term": click.utm_term,
        "content": click.utm_content,
    }
    return {name: value for name, value in given.items() if value}
