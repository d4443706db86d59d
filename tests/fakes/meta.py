"""A stand-in for Meta's Conversions API: it checks every event as the documentation says.

It knows repeats by name and id for 48 hours and counts what it would count, refuses a whole request
for one bad event, throttles as HTTP 400 with a code, and fails or loses answers as it is told to.
"""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email.utils import formatdate
from typing import Any, NamedTuple

from tests.fakes.moods import JSON, Moods, parsed
from tests.fakes.pages import Answer, Request, serving

VERSION = "v26.0"
PIXEL = "1234567890"
TOKEN = "EAAGfakeConversions"
DAY = 86400
HOUR = 3600
NAMES = {"Purchase", "Lead", "InitiateCheckout", "LeadSubmitted"}
SOURCES = {
    *("website", "app", "chat", "phone_call", "email", "physical_store"),
    *("system_generated", "business_messaging", "other"),
}
HASHED = {"em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "country", "external_id"}
RAW = {
    *("client_ip_address", "client_user_agent", "fbc", "fbp", "ctwa_clid"),
    "whatsapp_business_account_id",
}
FIELDS = {
    *("event_name", "event_time", "event_id", "action_source", "user_data", "event_source_url"),
    *("referrer_url", "messaging_channel", "custom_data", "data_processing_options"),
    *("data_processing_options_country", "data_processing_options_state"),
}
HASH = re.compile(r"[0-9a-f]{64}")
CLICK = re.compile(r"fb\.[0-9]\.\d{13}\.\S+")
THROTTLED = (4, 17, 80004)


class Wrong(Exception):
    """Why the request is refused."""

    def __init__(self, text: str, *, code: int = 100, subcode: int | None = None) -> None:
        super().__init__(text)
        self.code = code
        self.subcode = subcode


class Taken(NamedTuple):
    """An event that was taken, at its first time or again."""

    event: dict[str, Any]
    at: float
    body: bytes
    test_code: str | None

    @property
    def key(self) -> tuple[str, str]:
        return self.event["event_name"], self.event["event_id"]


class Meta(Moods):
    """One pixel. What may be set is what is public here and in `Moods`."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.port = 0
        self.token = TOKEN
        self.ahead_seconds = 0.0
        """By how much its clock is ahead of ours."""
        self.throttle: deque[int] = deque()
        """Codes that the next requests are throttled with."""
        self.fewer = 0
        """So often a request is answered with fewer events than it held, and none is taken."""
        self.poisoned: set[str] = set()
        """Events that it refuses, and the request with them."""
        self.late: asyncio.Event | None = None
        """Until then what it refuses is not answered."""
        self.taken: list[Taken] = []
        self.requests: list[dict[str, Any]] = []
        self.refused: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{VERSION}"

    @property
    def now(self) -> float:
        return time.time() + self.ahead_seconds

    def counted(self) -> list[Taken]:
        """What its reports show: the first of each id, and what came when it had forgotten."""
        known: dict[tuple[str, str], float] = {}
        found: list[Taken] = []
        for one in self.taken:
            if one.key not in known or one.at - known[one.key] > 48 * HOUR:
                known[one.key] = one.at
                found.append(one)
        return found

    def of(self, event_id: str) -> list[Taken]:
        return [one for one in self.taken if one.event["event_id"] == event_id]

    async def answer(self, request: Request) -> Answer:
        busy = self._refusal(500, Wrong("An unknown error occurred", code=1), transient=True)
        answer = await self.meet(request, self._serve, busy)
        if self.late is not None and answer.status == 400:
            await self.late.wait()
        return answer

    def _serve(self, request: Request) -> Answer:
        try:
            return self._take(request)
        except Wrong as wrong:
            self.refused.append(str(wrong))
            return self._refusal(400, wrong)

    def _take(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise Wrong("Error validating access token", code=190, subcode=463)
        if request.method == "GET" and request.path.startswith(f"/{VERSION}/{PIXEL}?"):
            return self._answered(200, {"id": PIXEL, "name": "Flores"})
        if request.path != f"/{VERSION}/{PIXEL}/events" or request.method != "POST":
            raise Wrong(f"Unknown path {request.path}", code=803)
        body = parsed(request)
        if body is None or not isinstance(body.get("data"), list):
            raise Wrong("Invalid parameter: data")
        self.requests.append(body)
        if self.throttle:
            raise Wrong("Application request limit reached", code=self.throttle.popleft())
        events: list[dict[str, Any]] = body["data"]
        self._check_all(events)
        if self.fewer:
            self.fewer -= 1
            return self._answered(200, {"events_received": len(events) - 1, "messages": []})
        test = body.get("test_event_code")
        for event, raw in zip(events, _pieces(request.body, len(events)), strict=True):
            self.taken.append(Taken(event, self.now, raw, test))
        return self._answered(200, {"events_received": len(events), "messages": []})

    def _check_all(self, events: list[dict[str, Any]]) -> None:
        if not 1 <= len(events) <= 1000:
            raise Wrong("Too many events")
        if len(events) > 1 and any(one.get("event_name") == "Purchase" for one in events):
            # Not Meta's rule but ours: one bad event must not hold up a purchase.
            raise AssertionError("purchases are sent singly")
        for event in events:
            self._check(event)

    def _check(self, event: dict[str, Any]) -> None:
        if event.get("event_id") in self.poisoned:
            raise Wrong("Invalid parameter", subcode=2804050)
        _require(not set(event) - FIELDS, f"fields {set(event) - FIELDS}")
        _require(event.get("event_name") in NAMES, "event_name")
        _require(event.get("action_source") in SOURCES, "action_source")
        at = event.get("event_time")
        _require(type(at) is int, "event_time")
        assert isinstance(at, int)
        if at < self.now - 7 * DAY:
            raise Wrong("The timestamp for this event is too far in the past", subcode=2804003)
        if at > self.now:
            raise Wrong("The timestamp for this event is in the future", subcode=2804004)
        _check_user(event.get("user_data") or {})
        if event["action_source"] == "website":
            user = event["user_data"]
            _require("client_user_agent" in user, "client_user_agent")
            _require(str(event.get("event_source_url")).startswith("http"), "event_source_url")
        if event["action_source"] == "business_messaging":
            _require(event.get("messaging_channel") == "whatsapp", "messaging_channel")
            _require("ctwa_clid" in event["user_data"], "ctwa_clid")
        if event["event_name"] == "Purchase":
            _check_money(event.get("custom_data") or {})

    def _answered(self, status: int, body: dict[str, Any]) -> Answer:
        told = {**body, "fbtrace_id": f"T{len(self.requests)}"}
        date = formatdate(self.now, usegmt=True)
        return Answer(status, json.dumps(told).encode(), (*JSON, ("Date", date)))

    def _refusal(self, status: int, wrong: Wrong, *, transient: bool = False) -> Answer:
        error: dict[str, Any] = {
            "message": str(wrong),
            "type": "OAuthException",
            "code": wrong.code,
            "is_transient": transient,
            "error_user_msg": f"{wrong}.",
            "fbtrace_id": f"T{len(self.requests)}",
        }
        if wrong.subcode:
            error["error_subcode"] = wrong.subcode
        return self._answered(status, {"error": error})


def _check_user(user: dict[str, Any]) -> None:
    _require(not set(user) - HASHED - RAW, f"user_data {set(user) - HASHED - RAW}")
    for name in HASHED & set(user):
        values = user[name] if isinstance(user[name], list) else [user[name]]
        _require(bool(values), name)
        _require(all(isinstance(one, str) and HASH.fullmatch(one) for one in values), name)
        _require(len(set(values)) == len(values), name)
    for name in RAW & set(user):
        _require(isinstance(user[name], str) and not HASH.fullmatch(user[name]), name)
    if "fbc" in user:
        _require(bool(CLICK.fullmatch(user["fbc"])), "fbc")
    found = set(user) - {"country", "st", "ge", "db"}
    _require(bool(found), "user_data")


def _check_money(custom: dict[str, Any]) -> None:
    _require(type(custom.get("value")) in (int, float) and custom["value"] >= 0, "value")
    _require(bool(re.fullmatch(r"[A-Z]{3}", str(custom.get("currency")))), "currency")


def _require(holds: bool, name: str) -> None:
    if not holds:
        raise Wrong(f"Invalid parameter: {name}")


def _pieces(body: bytes, count: int) -> list[bytes]:
    """The events as they came, byte by byte."""
    text = body.decode()
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    found: list[bytes] = []
    for _ in range(count):
        _, end = decoder.raw_decode(text, at)
        found.append(text[at:end].encode())
        at = end + 1
    return found


@asynccontextmanager
async def running(fake: Meta | None = None) -> AsyncGenerator[Meta]:
    meta = fake or Meta()
    async with serving(meta.answer) as port:
        meta.port = port
        yield meta
