"""Stand-ins for Google Ads, TikTok, GA4 and UTMify: each checks what it is told as documented.

They know repeats by the id that the platform knows them by, throttle, and refuse tokens.
"""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pista.settings import PlatformUrls
from tests.fakes.moods import Moods, answered, parsed
from tests.fakes.pages import Answer, Request, serving

TOKEN = "fake-token"
HASH = re.compile(r"[0-9a-f]{64}")
UTMIFY_STATES = ("waiting_payment", "paid", "refused", "refunded", "chargedback")
CLOSED = "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE"
ADJUSTMENT = {
    *("conversionAction", "adjustmentType", "orderId", "adjustmentDateTime", "restatementValue"),
}
BACK = ("refunded", "chargedback")
GOOGLE_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
UTMIFY_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class Platforms(Moods):
    """All four behind one port. What may be set is what is public here and in `Moods`."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.port = 0
        self.token = TOKEN
        self.throttle = 0
        """So many requests are throttled."""
        self.taken: list[dict[str, Any]] = []
        self.wrong: list[str] = []
        self.logins = 0
        self.developer_tokens: list[str] = []
        self.shown: dict[str, float] = {}
        """What Google or GA4 would show that an order is worth, corrected as they document it."""
        self.told_back: list[dict[str, Any]] = []
        """What corrected it."""
        self.closed = False
        """Google takes conversions of this account no more, or never did."""
        self._access = "none"

    @property
    def urls(self) -> PlatformUrls:
        origin = f"http://127.0.0.1:{self.port}"
        return PlatformUrls(
            google=f"{origin}/google/v25",
            google_data=f"{origin}/google-data/v1",
            google_token=f"{origin}/token",
            tiktok=f"{origin}/tiktok",
            ga4=f"{origin}/ga4",
            utmify=f"{origin}/utmify/api",
        )

    def counted(self) -> set[str]:
        """What each would show, by what it knows repeats by."""
        return {_name(one) for one in self.taken}

    def orders(self, number: str) -> list[str]:
        """What UTMify was told of an order, the first before the last."""
        return [one["status"] for one in self.taken if one.get("orderId") == number]

    async def answer(self, request: Request) -> Answer:
        return await self.meet(request, self._serve, Answer(503, b"busy"))

    def _serve(self, request: Request) -> Answer:
        place = request.path.split("/")[1]
        if place == "token":
            return self._login(request)
        body = parsed(request)
        if body is None:
            self.wrong.append("no JSON")
            return answered({"message": "no JSON"}, 400)
        serve = {
            "google": self._google,
            "google-data": self._google_data,
            "tiktok": self._tiktok,
            "ga4": self._ga4,
        }
        return serve.get(place, self._utmify)(request, body)

    def _login(self, request: Request) -> Answer:
        self.logins += 1
        fields = parse_qs(request.body.decode())
        if fields.get("refresh_token") != [self.token]:
            return answered({"error": "invalid_grant"}, 400)
        self._access = f"ya29.fake{self.logins}"
        return answered({"access_token": self._access, "expires_in": 3599})

    def revoke(self) -> None:
        """What was given so far is good no more."""
        self._access = "revoked"

    def _throttled(self) -> bool:
        self.throttle -= 1
        return self.throttle >= 0

    def _check(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)

    def _google(self, request: Request, body: dict[str, Any]) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self._access}":
            return answered({"error": {"code": 401, "message": "UNAUTHENTICATED"}}, 401)
        if self._throttled():
            error = {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Too many"}
            return answered({"error": error}, 429)
        if "developer-token" in request.headers:
            self.developer_tokens.append(request.headers["developer-token"])
        if self.closed:
            code = {"errorCode": {"notAllowlistedError": CLOSED}}
            told = {"code": 3, "message": "Not for this customer.", "details": [{"errors": [code]}]}
            return answered({"partialFailureError": told})
        if request.path.endswith(":uploadConversionAdjustments"):
            return self._adjust(body)
        [one] = body["conversions"]
        self._check(body["partialFailure"] is True, "partialFailure")
        self._check(sum(name in one for name in ("gclid", "gbraid", "wbraid")) == 1, "click id")
        self._check(bool(GOOGLE_TIME.fullmatch(one["conversionDateTime"])), "conversionDateTime")
        self._check(len(one.get("userIdentifiers", [])) <= 5, "userIdentifiers")
        for known in one.get("userIdentifiers", []):
            self._check(all(HASH.fullmatch(value) for value in known.values()), "hash")
        if body["validateOnly"]:
            told = {"code": 3, "message": "The gclid could not be decoded."}
            return answered({"partialFailureError": told})
        if one["orderId"] in self.counted():
            details = [{"errors": [{"errorCode": {"x": "CLICK_CONVERSION_ALREADY_EXISTS"}}]}]
            told = {"code": 3, "message": "It is there.", "details": details}
            return answered({"partialFailureError": told})
        self.taken.append(one)
        self.shown[one["orderId"]] = one["conversionValue"]
        return answered({"results": [{"gclid": one.get("gclid")}]})

    def _adjust(self, body: dict[str, Any]) -> Answer:
        """As ConversionAdjustmentUploadService documents it."""
        [one] = body["conversionAdjustments"]
        self._check(body["partialFailure"] is True, "partialFailure")
        self._check(not set(one) - ADJUSTMENT, "fields of an adjustment")
        self._check(one["conversionAction"] == "customers/123/conversionActions/456", "action")
        self._check(bool(GOOGLE_TIME.fullmatch(one["adjustmentDateTime"])), "adjustmentDateTime")
        is_restated = one["adjustmentType"] == "RESTATEMENT"
        self._check(is_restated == ("restatementValue" in one), "restatementValue")
        if one["orderId"] not in self.shown:
            return _partly("CONVERSION_NOT_FOUND")
        same = [other for other in self.told_back if other["orderId"] == one["orderId"]]
        if any(other["adjustmentType"] == "RETRACTION" for other in same):
            return _partly("CONVERSION_ALREADY_RETRACTED")
        if any(other["adjustmentDateTime"] == one["adjustmentDateTime"] for other in same):
            return _partly("RESTATEMENT_ALREADY_EXISTS")
        value = one.get("restatementValue", {"adjustedValue": 0, "currencyCode": "BRL"})
        self._check(value["currencyCode"] == "BRL", "currencyCode")
        self.told_back.append(one)
        self.shown[one["orderId"]] = value["adjustedValue"]
        return answered({"results": [{"orderId": one["orderId"]}]})

    def _google_data(self, request: Request, body: dict[str, Any]) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self._access}":
            return answered({"error": {"code": 401, "status": "UNAUTHENTICATED"}}, 401)
        if self._throttled():
            error = {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Too many"}
            return answered({"error": error}, 429)
        [place], [one] = body["destinations"], body["events"]
        account = {"accountType": "GOOGLE_ADS", "accountId": "123"}
        self._check(place == {"operatingAccount": account, "productDestinationId": "456"}, "place")
        self._check(len(one["adIdentifiers"]) == 1, "adIdentifiers")
        self._check(one["eventSource"] == "WEB" and body["encoding"] == "HEX", "eventSource")
        self._check(bool(RFC_3339.fullmatch(one["eventTimestamp"])), "eventTimestamp")
        for known in one.get("userData", {}).get("userIdentifiers", []):
            self._check(set(known) <= {"emailAddress", "phoneNumber"}, "userIdentifiers")
            self._check(all(HASH.fullmatch(value) for value in known.values()), "hash")
        if not body["validateOnly"]:
            # The same transaction again is an adjustment: its value takes the place of the other.
            known = one["transactionId"] in self.shown
            (self.told_back if known else self.taken).append(one)
            self.shown[one["transactionId"]] = one["conversionValue"]
        return answered({"requestId": "R1"})

    def _tiktok(self, request: Request, body: dict[str, Any]) -> Answer:
        if request.headers.get("access-token") != self.token:
            return answered({"code": 40105, "message": "Access token is incorrect"})
        if self._throttled():
            return answered({"code": 40100, "message": "Too many requests"})
        if not body["data"]:
            return answered({"code": 40002, "message": "data: Missing"})
        for one in body["data"]:
            self._check(one["event"] in ("CompletePayment", "SubmitForm"), "event")
            for name in ("email", "phone", "external_id"):
                values = one["user"].get(name, [])
                self._check(all(HASH.fullmatch(value) for value in values), name)
            self.taken.append(one)
        return answered({"code": 0, "message": "OK", "request_id": "R1"})

    def _ga4(self, request: Request, body: dict[str, Any]) -> Answer:
        query = parse_qs(urlsplit(request.path).query)
        self._check(query["measurement_id"] == ["G-ABC123"], "measurement_id")
        self._check(query["api_secret"] == [TOKEN], "api_secret")
        self._check(bool(body["client_id"]), "client_id")
        if "/debug/" in request.path:
            return answered({"validationMessages": []})
        if self._throttled():
            return Answer(429)
        self.taken.append(body)
        [event] = body["events"]
        if (params := event["params"]).get("transaction_id"):
            self._check({"value", "currency"} <= set(params), "value and currency")
            back = event["name"] == "refund"
            worth = self.shown.get(params["transaction_id"], 0.0)
            left = worth - params["value"] if back else params["value"]
            self.shown[params["transaction_id"]] = round(left, 2)
        return Answer(204)

    def _utmify(self, request: Request, body: dict[str, Any]) -> Answer:
        if request.headers.get("x-api-token") != self.token:
            return answered({"message": "API_CREDENTIAL_NOT_FOUND"}, 401)
        if self._throttled():
            return answered({"message": "Too many"}, 429)
        self._check(body["status"] in UTMIFY_STATES, "status")
        self._check((body["refundedAt"] is not None) == (body["status"] in BACK), "refundedAt")
        self._check(bool(UTMIFY_TIME.fullmatch(body["createdAt"])), "createdAt")
        self._check(type(body["commission"]["totalPriceInCents"]) is int, "totalPriceInCents")
        if not body["isTest"]:
            self.taken.append(body)
        return answered({"OK": True})


def _partly(code: str) -> Answer:
    details = [{"errors": [{"errorCode": {"conversionAdjustmentUploadError": code}}]}]
    told = {"code": 3, "message": "No.", "details": details}
    return answered({"partialFailureError": told})


def _name(one: dict[str, Any]) -> str:
    if "events" in one:
        return one["events"][0]["params"]["transaction_id"]
    return str(one.get("orderId") or one.get("transactionId") or one.get("event_id"))


@asynccontextmanager
async def running(fake: Platforms | None = None) -> AsyncGenerator[Platforms]:
    platforms = fake or Platforms()
    async with serving(platforms.answer) as port:
        platforms.port = port
        yield platforms
