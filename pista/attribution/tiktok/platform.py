"""TikTok as a destination. It tells of throttling with HTTP 200 and a code."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from pista.attribution.meta.normalising import digest
from pista.attribution.redacting import redacted
from pista.attribution.told import (
    Answer,
    EventName,
    Item,
    Outgoing,
    Plain,
    Sending,
    Tests,
    Todo,
    Told,
    Unfit,
    Verdict,
    by_status,
)
from pista.sales import money

NAMES: dict[EventName, str] = {
    "Purchase": "CompletePayment",
    "Lead": "SubmitForm",
    "InitiateCheckout": "InitiateCheckout",
}
_RAW = ("ip", "user_agent", "ttclid", "ttp", "url", "referrer")
_THROTTLED = {40100, 40016, 40133}
_TOKEN = {40001, 40102, 40104, 40105, 40106}


class TikTokSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pixel_code: Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{4,40}\Z")]


class TikTokPlatform(Plain):
    settings_type = TikTokSettings
    secret_names = ("token",)
    most_together = 1000
    tests: Tests = "under_code"

    def write(self, told: Told, settings: TikTokSettings, now: datetime) -> bytes | Unfit:
        user = _user(told)
        if not user:
            return Unfit("no_user_data")
        event: dict[str, Any] = {
            "event": NAMES[told.name],
            "event_time": int(min(told.at, now).timestamp()),
            "event_id": told.event_id,
            "user": user,
        }
        if told.value is not None:
            event["properties"] = {
                "currency": told.currency,
                "value": told.value,
                "order_id": told.order_id,
                "content_type": "product",
                "contents": [_content(one) for one in told.items[:100]],
            }
        page = told.page_url or (told.click.url if told.click else None)
        if page:
            event["page"] = {"url": page}
        if told.limited:
            event["limited_data_use"] = True
        return msgspec.json.encode(event)

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        head: dict[str, Any] = {
            "event_source": "web",
            "event_source_id": sending.settings.pixel_code,
        }
        if sending.test_code:
            head["test_event_code"] = sending.test_code
        fields = msgspec.json.encode(head)[:-1]
        return Outgoing(
            url=f"{sending.urls['tiktok']}/open_api/v1.3/event/track/",
            body=fields + b',"data":[' + b",".join(bodies) + b"]}",
            headers={
                "Content-Type": "application/json",
                "Access-Token": sending.secrets["token"],
            },
        )

    def read(self, answer: Answer, count: int) -> Verdict:
        body = answer.fields()
        code = body.get("code")
        if not isinstance(code, int):
            verdict = by_status(answer)
            # It always says a code: anything else is of something in front of it.
            return msgspec.structs.replace(verdict, todo="unknown") if _says(verdict) else verdict
        todo = _todo(code)
        return Verdict(
            todo="split" if todo == "never" and count > 1 else todo,
            status=answer.status,
            code=str(code) if code else None,
            text=str(body.get("message"))[:300] if code else None,
            trace_id=str(body["request_id"]) if body.get("request_id") else None,
        )

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        """Under a test code; without one an event that is refused for being empty."""
        if sending.test_code:
            body = self.write(told, sending.settings, sending.now)
            assert isinstance(body, bytes)
            return self.request([body], sending)
        return self.request([], sending)

    def read_probe(self, answer: Answer) -> Verdict:
        verdict = self.read(answer, 1)
        if verdict.code == "40002":
            return Verdict(todo="sent", status=answer.status, trace_id=verdict.trace_id)
        return verdict

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), _RAW)


def _says(verdict: Verdict) -> bool:
    return verdict.todo in ("sent", "never")


def _todo(code: int) -> Todo:
    if code == 0:
        return "sent"
    if code in _THROTTLED:
        return "throttled"
    if code in _TOKEN:
        return "pause"
    return "again" if code >= 50000 else "never"


def _user(told: Told) -> dict[str, Any]:
    click = told.click
    ids = click.click_ids if click else {}
    hashed = {
        "email": [digest(one) for one in told.known.emails],
        "phone": [digest(one) for one in told.known.phones],
        "external_id": [digest(one) for one in told.external_ids],
    }
    raw = {
        "ttclid": ids.get("ttclid"),
        "ttp": ids.get("ttp"),
        "ip": told.ip or (click.ip if click else None),
        "user_agent": told.user_agent or (click.user_agent if click else None),
    }
    return {name: value for name, value in {**hashed, **raw}.items() if value}


def _content(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"content_id": item.id or "", "quantity": item.quantity}
    if item.price_cents is not None:
        told["price"] = money.number(item.price_cents)
    return told
