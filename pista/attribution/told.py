"""What there is to tell of one conversion, before any platform's rules; and how a platform is told.

Each platform is a folder with one `Platform`. None of them does I/O: they write what one event is,
put events into a request, and read what an answer means.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, cast, get_args

import msgspec

from pista.attribution.buyer import Known
from pista.clicks import Click
from pista.sales import money

EventName = Literal[
    "InitiateCheckout",
    "Lead",
    "Refused",
    "Purchase",
    "PartialRefund",
    "Refund",
    "Chargeback",
    "Reversal",
]
EVENT_NAMES: tuple[EventName, ...] = get_args(EventName)
"""Of one sale in the order in which they happen."""
ADVERTISED: tuple[EventName, ...] = ("Purchase", "Lead", "InitiateCheckout")
"""What an advertisement is there for."""
CORRECTS: Mapping[EventName, EventName] = {
    "PartialRefund": "Purchase",
    "Refund": "Purchase",
    "Chargeback": "Purchase",
    "Reversal": "Chargeback",
}
"""What of a sale makes which earlier word of it untrue."""
Chat = Literal["whatsapp", "telegram"]
SECRET_MISSING, TOKEN_REFUSED = "secret_missing", "token_refused"
"""Why one is paused where the platform says nothing: codes that screens have words for."""

Tests = Literal["under_code", "marked", "never"]
Todo = Literal["sent", "again", "throttled", "pause", "never", "split", "unknown"]


def chosen_as(name: EventName) -> EventName:
    """Whoever wants to hear of refunds hears of those of a part, too."""
    return "Refund" if name == "PartialRefund" else name


class Item(NamedTuple):
    id: str | None
    name: str | None
    quantity: int
    price_cents: int | None


class Told(NamedTuple):
    """One conversion, and all that is known of it; its `repr` may stand in a log."""

    event_id: str
    """The same for ever, at every destination: platforms know a repeat by it."""
    name: EventName
    at: datetime
    order_id: str
    ordered_at: datetime
    paid_at: datetime | None
    value_cents: int | None
    currency: str | None
    items: Sequence[Item]
    known: Known
    external_ids: Sequence[str]
    buyer_name: str | None
    buyer_email: str | None
    buyer_phone: str | None
    click: Click | None
    chat: Chat | None
    ip: str | None
    user_agent: str | None
    page_url: str | None
    limited: bool
    """The buyer wants as little done with it as the platform offers."""
    test: bool
    status: str = "paid"
    corrects: str | None = None
    """The id of the purchase that this makes untrue, wholly or in part."""
    moved_cents: int | None = None
    """What went back, or came again, by this alone."""
    left_cents: int | None = None
    """What is left of the sale by now."""

    def __repr__(self) -> str:
        return f"Told({self.event_id})"

    @property
    def value(self) -> msgspec.Raw | None:
        """In whole units, digit by digit."""
        return None if self.value_cents is None else money.number(self.value_cents)


class Unfit(NamedTuple):
    """Why this platform is not told of this event; a code that screens have words for."""

    why: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer comes to. But for `unknown`, `sent` and what was taken partly, nothing was
    taken, for certain."""

    todo: Todo
    status: int | None = None
    code: str | None = None
    text: str | None = None
    trace_id: str | None = None
    retry_after: float | None = None
    partly: bool = False
    """Of several some were taken, and nobody knows which."""


class Quality(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """An estimate of ours, in tenths: the platform tells its own some days later."""

    score: float
    has: list[str]
    would_raise: list[str]
    """What is missing, what would help most first."""


class Outgoing(NamedTuple):
    """A request, ready to be sent; of its `repr`, nothing is to be read in a log."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    signed_with: str | None = None
    """Where the address is anybody's: it is signed, and goes into no internal network."""

    def __repr__(self) -> str:
        return "Outgoing(…)"


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    def fields(self) -> dict[str, Any]:
        """What it says, as an object; empty if it is none."""
        found = self.json()
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def json(self) -> Any:
        """What it says; None if that is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None


class Plain:
    """What most platforms have in common."""

    most_together = 1
    forgets_after_hours = 48
    oldest_days = 7
    names = ADVERTISED
    usual: tuple[EventName, ...] = ("Purchase",)
    optional_secrets: tuple[str, ...] = ()
    tests: Tests = "never"
    in_order = False
    corrects = False
    settles_after_hours = 0
    counts_again: tuple[EventName, ...] = ()

    def login(self, sending: "Sending") -> Outgoing | None:
        return None

    def quality(self, body: bytes) -> Quality | None:
        return None


def by_status(answer: Answer, text: str | None = None) -> Verdict:
    """What an answer means that says it by its status alone."""
    status = answer.status
    todo: Todo = "never"
    if 200 <= status < 300:
        todo = "sent"
    elif status in (401, 403):
        todo = "pause"
    elif status in (408, 425, 429):
        todo = "throttled"
    elif status >= 500 or status < 400:
        todo = "unknown"
    asked = answer.headers.get("retry-after", "")
    return Verdict(
        todo=todo,
        status=status,
        text=None if todo == "sent" else text,
        retry_after=min(float(asked), 3600.0) if asked.isdigit() else None,
    )


class Sending(NamedTuple):
    """By what a request is made, besides the events."""

    settings: Any
    secrets: Mapping[str, str]
    urls: Mapping[str, str]
    """Where each platform is."""
    test_code: str | None
    now: datetime


class Platform(Protocol):
    """One kind of destination."""

    @property
    def settings_type(self) -> type[msgspec.Struct]: ...
    @property
    def secret_names(self) -> tuple[str, ...]:
        """What it cannot be told anything without."""
        ...

    @property
    def optional_secrets(self) -> tuple[str, ...]: ...
    @property
    def most_together(self) -> int:
        """How many events that are not purchases one request may hold."""
        ...

    @property
    def forgets_after_hours(self) -> int:
        """How long it knows a repeat by its id."""
        ...

    @property
    def oldest_days(self) -> int:
        """How old an event may be that it is told of."""
        ...

    @property
    def names(self) -> tuple[EventName, ...]:
        """What it can be told of."""
        ...

    @property
    def usual(self) -> tuple[EventName, ...]:
        """What it is told of where nobody chose."""
        ...

    @property
    def tests(self) -> Tests:
        """How a test is told: under the code that the platform shows, marked as one, or never."""
        ...

    @property
    def in_order(self) -> bool:
        """Whether what is told of a sale takes the place of what was told before."""
        ...

    @property
    def corrects(self) -> bool:
        """Whether what goes back corrects what it was told of the purchase, and is nothing by
        itself."""
        ...

    @property
    def settles_after_hours(self) -> int:
        """How old a purchase is before it can be corrected."""
        ...

    @property
    def counts_again(self) -> tuple[EventName, ...]:
        """What it does not know a repeat of."""
        ...

    def write(self, told: Told, settings: Any, now: datetime) -> bytes | Unfit:
        """The event as it is sent at every attempt; `now` is the platform's own time."""
        ...

    def login(self, sending: Sending) -> Outgoing | None:
        """What an access token is asked for with, where the secrets are none themselves."""
        ...

    def request(self, bodies: Sequence[bytes], sending: Sending) -> Outgoing: ...
    def read(self, answer: Answer, count: int) -> Verdict: ...
    def probe(self, told: Told, sending: Sending) -> Outgoing:
        """Finds out whether it can be told anything, and tells it nothing that counts."""
        ...

    def read_probe(self, answer: Answer) -> Verdict: ...
    def quality(self, body: bytes) -> Quality | None:
        """How well it can find out whom an event is of; None where that is not its question."""
        ...

    def shown(self, body: bytes) -> dict[str, Any]:
        """The event for people: without what names somebody."""
        ...
