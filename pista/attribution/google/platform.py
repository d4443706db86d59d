"""Google Ads as a destination: one conversion a request, known again by its order's number."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

import msgspec
from msgspec import Meta, structs

from pista.attribution.google import adjusting, data_manager
from pista.attribution.meta.normalising import digest
from pista.attribution.redacting import redacted
from pista.attribution.told import (
    ADVERTISED,
    CORRECTS,
    Answer,
    Outgoing,
    Plain,
    Sending,
    Todo,
    Told,
    Unfit,
    Verdict,
    by_status,
)

Number = Annotated[str, Meta(pattern=r"^[0-9]{1,20}\Z")]
MOST_IDENTIFIERS = 5
CORRECTED_UNTIL = timedelta(days=54)
"""How old a conversion may be that Google corrects."""
_MAIL_OF_GOOGLE = ("gmail.com", "googlemail.com")
CLICK_IDS = ("gclid", "gbraid", "wbraid")
# What tells of a repeat: it was taken the first time.
_THERE = (
    "CLICK_CONVERSION_ALREADY_EXISTS",
    "DUPLICATE_ORDER_ID",
    "RESTATEMENT_ALREADY_EXISTS",
    "MORE_RECENT_RESTATEMENT_FOUND",
    "CONVERSION_ALREADY_RETRACTED",
)
# Wrong of no conversion: the account is not one that is told this way, or not this action's.
_OF_ACCOUNT = (
    "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE",
    "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION",
    "CUSTOMER_NOT_ENABLED",
    "INVALID_CONVERSION_ACTION",
    "CUSTOMER_NOT_ACCEPTED_CUSTOMER_DATA_TERMS",
    "DESTINATION_ACCOUNT_",
    "INVALID_DESTINATION",
)
_PASSING = ("TRANSIENT_ERROR", "INTERNAL_ERROR", "CONCURRENT_MODIFICATION", "RESOURCE_EXHAUSTED")
# Google knows of the click some hours later.
_TOO_SOON = ("TOO_RECENT_CLICK", "TOO_RECENT_EVENT", "CLICK_NOT_FOUND_YET", "TOO_RECENT_CONVERSION")


class GoogleSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    customer_id: Number
    conversion_action_id: Number
    via: Literal["ads", "data_manager"] = "ads"
    """By which of Google's interfaces it is told."""
    manager_id: Number | None = None
    """The account that manages the other, where access is by it."""


class GooglePlatform(Plain):
    settings_type = GoogleSettings
    secret_names = ("client_id", "client_secret", "refresh_token")
    # Since September 2026 access is by the project that the client is of; the header is not read.
    optional_secrets = ("developer_token",)
    # Of one order's number it keeps one conversion, for as long as it takes any.
    forgets_after_hours = 24 * 80
    oldest_days = 80
    names = (*ADVERTISED, *CORRECTS)
    in_order = True
    corrects = True
    settles_after_hours = 24

    def write(self, told: Told, settings: GoogleSettings, now: datetime) -> bytes | Unfit:
        click_id = _click_id(told)
        if click_id is None:
            return Unfit("no_click_id")
        at = min(told.at, now).astimezone(UTC)
        if told.corrects and told.paid_at and now > told.paid_at + CORRECTED_UNTIL:
            return Unfit("too_old")
        # Of whoever wants little done with it, the click alone is told.
        people = [] if told.limited or "gclid" not in click_id else _identifiers(told)
        if settings.via == "data_manager":
            return data_manager.written(told, click_id, people, at)
        if told.corrects:
            return adjusting.written(
                told, click_id, _action(settings), _time(adjusting.moment(told))
            )
        event: dict[str, Any] = {
            **click_id,
            "conversionAction": _action(settings),
            "conversionDateTime": _time(at),
            "orderId": told.event_id,
        }
        if told.value is not None:
            event |= {"conversionValue": told.value, "currencyCode": told.currency}
        if people:
            event["userIdentifiers"] = people
        return msgspec.json.encode(event)

    def login(self, sending: Sending) -> Outgoing | None:
        fields = {
            "grant_type": "refresh_token",
            "client_id": sending.secrets["client_id"],
            "client_secret": sending.secrets["client_secret"],
            "refresh_token": sending.secrets["refresh_token"],
        }
        return Outgoing(
            url=sending.urls["google_token"],
            body=urlencode(fields).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing:
        if data_manager.is_its(bodies[0]):
            return data_manager.request(bodies[0], sending, only_check=False)
        if adjusting.is_its(bodies[0]):
            return _upload(adjusting.METHOD, adjusting.NAME, bodies, sending, only_check=False)
        return _upload(*_CONVERSIONS, bodies, sending, only_check=False)

    def read(self, answer: Answer, count: int) -> Verdict:
        body = answer.fields()
        error: dict[str, Any] = body.get("partialFailureError") or body.get("error") or {}
        text = msgspec.json.encode(error).decode()
        message = str(error.get("message") or "")[:300] or None
        if code := next((one for one in _OF_ACCOUNT if one in text), None):
            return Verdict(todo="pause", status=answer.status, code=code, text=message)
        if answer.status == 200 and body.get("partialFailureError"):
            return _partly(text, error)
        request = body.get("requestId")
        return structs.replace(by_status(answer, message), trace_id=request and str(request))

    def probe(self, told: Told, sending: Sending) -> Outgoing:
        """Checked by Google, and not kept."""
        settings: GoogleSettings = sending.settings
        if settings.via == "data_manager":
            body = data_manager.written(told, {"gclid": "test"}, [], told.at)
            return data_manager.request(body, sending, only_check=True)
        event = {
            "gclid": "test",
            "conversionAction": _action(settings),
            "conversionDateTime": _time(told.at),
        }
        return _upload(*_CONVERSIONS, [msgspec.json.encode(event)], sending, only_check=True)

    def read_probe(self, answer: Answer) -> Verdict:
        """That the made-up click is none shows that all before it was right."""
        verdict = self.read(answer, 1)
        if verdict.todo == "never" and "gclid" in str(verdict.text):
            return Verdict(todo="sent", status=200)
        return verdict

    def shown(self, body: bytes) -> dict[str, Any]:
        return redacted(msgspec.json.decode(body), CLICK_IDS)


def _action(settings: GoogleSettings) -> str:
    return f"customers/{settings.customer_id}/conversionActions/{settings.conversion_action_id}"


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}+00:00"


_CONVERSIONS = ("uploadClickConversions", "conversions")


def _upload(
    method: str, name: str, bodies: Sequence[bytes], sending: Sending, *, only_check: bool
) -> Outgoing:
    settings: GoogleSettings = sending.settings
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {sending.secrets.get('access_token', '')}",
    }
    if token := sending.secrets.get("developer_token"):
        headers["developer-token"] = token
    if settings.manager_id:
        headers["login-customer-id"] = settings.manager_id
    check = b"true" if only_check else b"false"
    return Outgoing(
        url=f"{sending.urls['google']}/customers/{settings.customer_id}:{method}",
        body=b'{"'
        + name.encode()
        + b'":['
        + b",".join(bodies)
        + b'],"partialFailure":true,"validateOnly":'
        + check
        + b"}",
        headers=headers,
    )


def _partly(text: str, error: Any) -> Verdict:
    message = str(error.get("message", ""))[:300]
    if any(code in text for code in _THERE):
        return Verdict(todo="sent", status=200, code="already_there", text=message)
    if any(code in text for code in _TOO_SOON):
        return Verdict(todo="again", status=200, code="too_soon", text=message, retry_after=3600)
    todo: Todo = "again" if any(code in text for code in _PASSING) else "never"
    return Verdict(todo=todo, status=200, code=str(error.get("code")), text=message)


def _click_id(told: Told) -> dict[str, str] | None:
    """One of them: Google refuses several."""
    ids = told.click.click_ids if told.click else {}
    return next(({name: ids[name]} for name in CLICK_IDS if ids.get(name)), None)


def _identifiers(told: Told) -> list[dict[str, str]]:
    emails = [{"hashedEmail": digest(_as_google(one))} for one in told.known.emails]
    phones = [{"hashedPhoneNumber": digest(one)} for one in told.known.phones]
    return [*emails, *phones][:MOST_IDENTIFIERS]


def _as_google(email: str) -> str:
    """Its own mailboxes are the same with points in their names, and without."""
    name, _, host = email.partition("@")
    return f"{name.replace('.', '')}@{host}" if host in _MAIL_OF_GOOGLE else email
