"""Google's Data Manager API. It takes conversions of clicks from everybody; the Google Ads API has
taken them since June 2026 from those alone who told it of some before.

It answers that it has a request, and looks at what is in it later.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from pista.attribution.told import Outgoing, Sending, Told
from pista.sales import money

_ITS_OWN = b'"adIdentifiers"'


def written(
    told: Told, click_id: dict[str, str], people: Sequence[dict[str, str]], at: datetime
) -> bytes:
    """`people`: the buyer's e-mail and phone as the Google Ads API names them."""
    event: dict[str, Any] = {
        "adIdentifiers": click_id,
        # What was told of the same one before takes the new value.
        "transactionId": told.corrects or told.event_id,
        "eventTimestamp": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "WEB",
    }
    if told.value_cents is not None:
        cents = told.left_cents if told.corrects else told.value_cents
        event |= {"conversionValue": money.number(cents or 0), "currency": told.currency}
    if people:
        event["userData"] = {"userIdentifiers": [_named(one) for one in people]}
    if told.limited:
        event["consent"] = dict.fromkeys(("adUserData", "adPersonalization"), "CONSENT_DENIED")
    return msgspec.json.encode(event)


def is_its(body: bytes) -> bool:
    """What was frozen for it goes to it, whatever was chosen since."""
    return _ITS_OWN in body


def request(body: bytes, sending: Sending, *, only_check: bool) -> Outgoing:
    settings = sending.settings
    place: dict[str, Any] = {
        "operatingAccount": _account(settings.customer_id),
        "productDestinationId": settings.conversion_action_id,
    }
    if settings.manager_id:
        place["loginAccount"] = _account(settings.manager_id)
    whole = {
        "destinations": [place],
        "events": [msgspec.Raw(body)],
        "encoding": "HEX",
        "validateOnly": only_check,
    }
    return Outgoing(
        url=f"{sending.urls['google_data']}/events:ingest",
        body=msgspec.json.encode(whole),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {sending.secrets.get('access_token', '')}",
        },
    )


def _account(number: str) -> dict[str, str]:
    return {"accountType": "GOOGLE_ADS", "accountId": number}


def _named(one: dict[str, str]) -> dict[str, str]:
    names = {"hashedEmail": "emailAddress", "hashedPhoneNumber": "phoneNumber"}
    return {names[name]: value for name, value in one.items()}
