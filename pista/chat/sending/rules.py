"""When a message may go out: decisions without I/O and without a clock."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from pista.chat.heard import Platform

WINDOW = timedelta(hours=24)
"""WhatsApp lets a company write freely for so long after a person wrote."""
RESEND_AFTER = timedelta(seconds=60)
"""A status that carries our id comes within seconds, if at all."""
LONGEST_SLEEP = 0.25
"""A place in time that is nearer than this is slept for; else the job waits."""
SLOWER, FASTER_PER_SECOND, SLOWEST = 0.7, 0.5, 1.0
HALF_LIFE_SECONDS = 30.0
FEWEST_BAD = 5.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 120.0
TRIAL_SECONDS = 45.0
NEXT_TRIAL = timedelta(seconds=1)

Outcome = Literal["good", "bad", "neither"]


class Pace(NamedTuple):
    """How fast one may write: altogether, and to one person or group."""

    per_second: float
    pair_seconds: float
    pair_burst: int


# WhatsApp borrows 45 from the future; a few are left for what others send from the same number.
WHATSAPP = Pace(80.0, 6.0, 40)
TELEGRAM = Pace(30.0, 1.0, 5)
TELEGRAM_GROUP = Pace(30.0, 3.0, 5)


def pace_of(platform: Platform, *, group: bool) -> Pace:
    if platform == "whatsapp":
        return WHATSAPP
    return TELEGRAM_GROUP if group else TELEGRAM


class Flow(Struct, frozen=True, kw_only=True):
    """How a number or bot sends, and how that goes."""

    paid_until: datetime | None = None
    per_second: float | None = None
    slowed_at: datetime | None = None
    good: float = 0.0
    bad: float = 0.0
    counted_at: datetime | None = None
    open_until: datetime | None = None
    trial_until: datetime | None = None
    opened: int = 0


class Slot(NamedTuple):
    """A place in time for one message."""

    flow: Flow
    seconds: float
    """To be slept before it is sent."""
    trial: bool


def window_until(last_inbound_at: datetime | None) -> datetime | None:
    return None if last_inbound_at is None else last_inbound_at + WINDOW


def pair_paid(paid_until: datetime | None, pace: Pace, now: datetime) -> datetime | None:
    """Until when one more message is paid for; None if the burst is used up."""
    begins = max(paid_until or now, now)
    if begins - now > timedelta(seconds=pace.pair_seconds * (pace.pair_burst - 1)):
        return None
    return begins + timedelta(seconds=pace.pair_seconds)


def pair_free_at(paid_until: datetime, pace: Pace) -> datetime:
    return paid_until - timedelta(seconds=pace.pair_seconds * (pace.pair_burst - 1))


def admitted(flow: Flow, pace: Pace, now: datetime) -> Slot | datetime:
    """The next place in time; or when to ask again."""
    trial = False
    if flow.open_until is not None:
        if now < flow.open_until:
            return flow.open_until
        if flow.trial_until is not None and now < flow.trial_until:
            return now + NEXT_TRIAL
        trial = True
        flow = structs.replace(flow, trial_until=now + timedelta(seconds=TRIAL_SECONDS))
    begins = max(flow.paid_until or now, now)
    seconds = (begins - now).total_seconds()
    if seconds > LONGEST_SLEEP:
        return begins
    paid = begins + timedelta(seconds=1 / per_second(flow, pace, now))
    return Slot(structs.replace(flow, paid_until=paid), seconds, trial)


def per_second(flow: Flow, pace: Pace, now: datetime) -> float:
    """What was learned from refusals, a little more for each second without one."""
    if flow.per_second is None or flow.slowed_at is None:
        return pace.per_second
    since = max((now - flow.slowed_at).total_seconds(), 0.0)
    return min(flow.per_second + since * FASTER_PER_SECOND, pace.per_second)


def slowed(flow: Flow, pace: Pace, now: datetime) -> Flow:
    """It was too much; what was refused together slows it once."""
    if flow.slowed_at is not None and now - flow.slowed_at < timedelta(seconds=1):
        return flow
    rate = max(per_second(flow, pace, now) * SLOWER, SLOWEST)
    return structs.replace(flow, per_second=rate, slowed_at=now)


def learned(flow: Flow, outcome: Outcome, now: datetime, *, trial: bool) -> Flow:
    """What an attempt shows: open after many bad ones, closed again after a good trial."""
    if trial:
        return _tried(flow, outcome, now)
    if outcome == "neither" or flow.open_until is not None:
        return flow
    good, bad = _faded(flow, now)
    good, bad = good + (outcome == "good"), bad + (outcome == "bad")
    flow = structs.replace(flow, good=good, bad=bad, counted_at=now)
    if outcome == "bad" and bad >= FEWEST_BAD and bad > good:
        return _opened(flow, now)
    return flow


def _tried(flow: Flow, outcome: Outcome, now: datetime) -> Flow:
    match outcome:
        case "good":
            return structs.replace(
                flow, good=0.0, bad=0.0, open_until=None, trial_until=None, opened=0
            )
        case "bad":
            return _opened(flow, now)
        case "neither":
            return structs.replace(flow, trial_until=None)


def _opened(flow: Flow, now: datetime) -> Flow:
    pause = min(FIRST_PAUSE_SECONDS * 2 ** min(flow.opened, 10), LONGEST_PAUSE_SECONDS)
    return structs.replace(
        flow,
        good=0.0,
        bad=0.0,
        counted_at=now,
        open_until=now + timedelta(seconds=pause),
        trial_until=None,
        opened=flow.opened + 1,
    )


def _faded(flow: Flow, now: datetime) -> tuple[float, float]:
    if flow.counted_at is None:
        return flow.good, flow.bad
    since = max((now - flow.counted_at).total_seconds(), 0.0)
    left = 0.5 ** (since / HALF_LIFE_SECONDS)
    return flow.good * left, flow.bad * left
