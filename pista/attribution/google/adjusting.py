"""Corrections of conversions, as the Google Ads API takes them.

What is left of one is restated, and one whose money is gone for good is retracted. A retracted one
can never be restated, so that a chargeback, which may be won back, is restated to nothing.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from pista.attribution.told import Told, Unfit
from pista.sales import money

METHOD, NAME = "uploadConversionAdjustments", "conversionAdjustments"
_ITS_OWN = b'"adjustmentType"'


def moment(told: Told) -> datetime:
    """Later than the conversion, and than every correction before: Google takes one a second."""
    number = timedelta(seconds=int(told.event_id.rpartition(":")[2]))
    return max(told.paid_at or told.at, told.at - timedelta(minutes=1)) + number


def written(told: Told, click_id: dict[str, str], action: str, at: str) -> bytes | Unfit:
    if "wbraid" in click_id:
        # The only clicks whose conversions it does not correct.
        return Unfit("no_such_event")
    event: dict[str, Any] = {
        "conversionAction": action,
        "adjustmentType": "RETRACTION" if told.name == "Refund" else "RESTATEMENT",
        "orderId": told.corrects,
        "adjustmentDateTime": at,
    }
    if told.name != "Refund":
        left = money.number(told.left_cents or 0)
        event["restatementValue"] = {"adjustedValue": left, "currencyCode": told.currency}
    return msgspec.json.encode(event)


def is_its(body: bytes) -> bool:
    return _ITS_OWN in body
