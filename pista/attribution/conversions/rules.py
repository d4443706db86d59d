"""When a conversion is sent, sent again, or not sent any more: no I/O, no clock."""

from datetime import datetime, timedelta
from typing import NamedTuple

from pista.attribution.conversions.model import DeliveryRow, State
from pista.attribution.told import CORRECTS, EventName, Platform, Todo, Verdict
from pista.queue import Patience
from pista.queue.rules import wait_after

LOOK_AGAIN = timedelta(seconds=15)
"""How often it is looked whether a click has become known of a sale that is held."""
MARGIN = timedelta(hours=1)
"""Nothing sets out so shortly before a platform refuses it, or forgets what it was told."""
IN_FLIGHT = timedelta(seconds=90)
"""An attempt that nobody has ended may be under way for so long."""
BACKOFF = Patience(most=12, first_seconds=15.0, longest_seconds=3600.0)
"""What a platform is the reason of uses up no attempt: only mistakes of ours do."""
PURCHASE = "Purchase"
GONE_BACK = ("refunded", "charged_back")
"""What a sale is that nobody is to be told the purchase of."""
NO_SUCH_EVENT, NEVER_TOLD, TOO_SOON = "no_such_event", "never_told", "too_soon"
CLOCK = "clock"
"""Refused as of the future: it is written with the platform's time."""


class Ending(NamedTuple):
    """It is not sent any more."""

    state: State
    why: str


class Next(NamedTuple):
    """What becomes of one delivery after an answer."""

    state: State
    why: str | None
    unknown_since: datetime | None
    most_together: int | None = None


def over(row: DeliveryRow, platform: Platform, now: datetime, *, under_code: bool) -> Ending | None:
    """Whether it is too late: for the platform, or for it to know a repeat as one. Or whether it is
    a test that would count, now that its code is gone."""
    if row.test and platform.tests == "under_code" and not under_code:
        return Ending("skipped", "test_sale")
    if now > row.event_time + timedelta(days=platform.oldest_days) - MARGIN:
        return Ending("parked" if row.unknown_since else "dead", "too_old")
    if row.unknown_since is None or row.by_hand:
        return None
    if row.name in platform.counts_again:
        return Ending("parked", "nobody_knows")
    forgets = row.unknown_since + timedelta(hours=platform.forgets_after_hours) - MARGIN
    return Ending("parked", "nobody_knows") if now > forgets else None


def correctable_at(
    name: EventName, platform: Platform, told_at: datetime | None, now: datetime
) -> datetime | None:
    """When the platform, which was told of the purchase then, can be told that it is not true any
    more; None: now."""
    if name not in CORRECTS or told_at is None:
        return None
    at = told_at + timedelta(hours=platform.settles_after_hours)
    return at if now < at else None


def together(row: DeliveryRow, platform: Platform) -> int:
    """How many may be in its request; one that may have arrived goes alone, as purchases do."""
    if row.name == PURCHASE or row.unknown_since is not None:
        return 1
    return min(row.most_together, platform.most_together)


def settled(verdict: Verdict, unknown_since: datetime | None, count: int, now: datetime) -> Next:
    """`unknown_since` is what was known before this attempt."""
    match verdict.todo:
        case "sent":
            return Next("sent", None, None)
        case "never":
            return Next("dead", "refused", unknown_since)
        case "unknown":
            return Next("unknown", "no_answer", unknown_since or now)
        case "split":
            since = unknown_since or (now if verdict.partly else None)
            return Next("unknown" if since else "ready", "split", since, max(1, count // 2))
        case "again" | "throttled" | "pause":
            state = "unknown" if unknown_since else "ready"
            return Next(state, _WHY[verdict.todo], unknown_since)


def as_early(unknown_since: datetime | None) -> Next:
    """Of what the platform took for something of the future."""
    return Next("unknown" if unknown_since else "ready", CLOCK, unknown_since)


_WHY: dict[Todo, str] = {"again": "trouble", "throttled": "throttled", "pause": "paused"}


def next_at(verdict: Verdict, attempts: int, chance: float, now: datetime) -> datetime:
    """Never sooner than the platform asked; what was parted goes on at once."""
    if verdict.todo == "split":
        return now
    wait = wait_after(attempts, chance, BACKOFF)
    asked = timedelta(seconds=(verdict.retry_after or 0.0) * (1 + chance / 4))
    return now + max(wait, asked)
