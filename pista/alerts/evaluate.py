"""What a figure says about a rule, and what becomes of the rule. No I/O, no clock.

A rule fires when its limit is crossed, and recovers only when the figure is clearly back; between
the two it stays what it is, so that a figure that hovers about the limit tells one thing once.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from statistics import median
from zoneinfo import ZoneInfo

import msgspec

from pista.alerts.model import Comparison, Condition, Kind, Metric, State
from pista.events import Figures

WEEKS = 4
FEWEST_SAMPLES = 3
# Of a normal distribution, the median absolute deviation times this is the standard deviation.
MAD_TO_DEVIATION = 1.4826
# Four weeks may agree by chance; nobody wants to hear that the fifth is 3 % off.
RELATIVE_FLOOR = 0.05
THRESHOLD_MARGIN = 0.1
BAND_MARGIN = 0.25
SETTLED = {"threshold": timedelta(minutes=2), "silence": timedelta(), "anomaly": timedelta()}
"""For how long a figure has to be clearly back, from one window's end to another's."""
WEEK = timedelta(days=7)
OF_PEOPLE = frozenset[Metric]({"uniqueVisitors", "uniqueSessions"})

LONGEST_TICK = timedelta(seconds=30)
TOLERATED_SHARE = 0.1


class Verdict(Enum):
    BEYOND = auto()
    BETWEEN = auto()
    BACK = auto()
    UNKNOWN = auto()


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What is usual in an hour of the week."""

    expected: float
    width: float
    """How far to either side is still usual."""

    @property
    def low(self) -> float:
        return max(0.0, self.expected - self.width)

    @property
    def high(self) -> float:
        return self.expected + self.width


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the clock and of Pista itself having been there."""

    looked_at: datetime | None
    steady_since: datetime | None
    """Since when the clock has gone on evenly, watched all the time."""
    gap_seconds: float
    """How much time before that nobody watched."""


def value_of(metric: Metric, figures: Figures) -> int:
    match metric:
        case "events":
            return figures.events
        case "pageViews":
            return figures.page_views
        case "uniqueVisitors":
            return figures.visitors
        case "uniqueSessions":
            return figures.sessions
        case "botEvents":
            return figures.bot_events


def judged(condition: Condition, value: float, usual: Band | None) -> Verdict:
    """What the value of a rule's window says."""
    match condition.kind:
        case "silence":
            return Verdict.BACK if value else Verdict.BEYOND
        case "threshold":
            return _against_threshold(condition.comparison, value, condition.threshold or 0.0)
        case "anomaly":
            return _against_band(condition.comparison, value, usual)


def next_state(
    kind: Kind, state: State, verdict: Verdict, clear_since: datetime | None, end: datetime
) -> tuple[State, datetime | None]:
    """The rule's state after the window that ended at `end`; and, while it fires, since when the
    figure has been clearly back."""
    if verdict is Verdict.UNKNOWN:
        return "learning", None
    if state != "firing":
        return ("firing" if verdict is Verdict.BEYOND else "ok"), None
    if verdict is not Verdict.BACK:
        return "firing", None
    # A clock that was set back must not make the wait longer.
    since = end if clear_since is None else min(clear_since, end)
    return ("ok", None) if end - since >= SETTLED[kind] else ("firing", since)


def band(samples: Sequence[float], sensitivity: float) -> Band | None:
    """What is usual, from the same hour of some weeks; None if these are too few to say."""
    if len(samples) < FEWEST_SAMPLES:
        return None
    middle = median(samples)
    deviation = MAD_TO_DEVIATION * median(abs(sample - middle) for sample in samples)
    # Counts scatter by their square root even if weeks are all alike; and one event is nothing.
    floor = max(math.sqrt(middle), RELATIVE_FLOOR * middle, 1.0)
    return Band(expected=middle, width=sensitivity * max(deviation, floor))


def last_end(kind: Kind, until: datetime, zone: ZoneInfo) -> datetime:
    """The end of the last window that is over at `until`: on a minute, or on the zone's hour."""
    if kind != "anomaly":
        return until.astimezone(UTC).replace(second=0, microsecond=0)
    return hour_of(until, zone).astimezone(UTC)


def hour_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The hour on the wall in which a moment lies, by its start, in the zone."""
    return moment.astimezone(zone).replace(minute=0, second=0, microsecond=0)


def same_hours_before(hour: datetime, zone: ZoneInfo) -> list[datetime]:
    """The same hour on the wall of the same weekday in the weeks before, in UTC.

    Where the clock was set forward over that hour, there was none; of one that came twice it is
    the first.
    """
    wall = hour.astimezone(zone).replace(tzinfo=None, fold=0)
    days = [wall - WEEK * week for week in range(1, WEEKS + 1)]
    return [day.replace(tzinfo=zone).astimezone(UTC) for day in days if _exists(day, zone)]


def look(watch: Watch, now: datetime) -> Watch:
    """The watch after looking at the clock again. Time that passed unseen, since nobody looked or
    the clock was set, begins a new steady time."""
    if watch.looked_at is None:
        return Watch(looked_at=now, steady_since=now, gap_seconds=0.0)
    passed = now - watch.looked_at
    if timedelta() <= passed <= LONGEST_TICK:
        return msgspec.structs.replace(watch, looked_at=now)
    gap = abs(passed.total_seconds())
    if watch.steady_since is not None and _still_matters(watch, watch.looked_at):
        gap = max(gap, watch.gap_seconds)
    return Watch(looked_at=now, steady_since=now, gap_seconds=gap)


def is_seen(watch: Watch, start: datetime, end: datetime) -> bool:
    """Whether a window lies in time that was watched, but for a tenth of it at the most."""
    if watch.steady_since is None or start >= watch.steady_since:
        return True
    return watch.gap_seconds <= TOLERATED_SHARE * (end - start).total_seconds()


def _against_threshold(comparison: Comparison, value: float, threshold: float) -> Verdict:
    # In whole events, since a tenth of a small number is less than one of them.
    margin = math.floor(threshold * THRESHOLD_MARGIN)
    if comparison == "below":
        beyond, back = value < threshold, value >= threshold + margin
    else:
        beyond, back = value > threshold, value <= threshold - margin
    return _verdict(beyond=beyond, back=back)


def _against_band(comparison: Comparison, value: float, usual: Band | None) -> Verdict:
    if usual is None:
        return Verdict.UNKNOWN
    over = comparison != "below" and value > usual.high
    under = comparison != "above" and value < usual.low
    inner = usual.width * (1 - BAND_MARGIN)
    down = comparison == "below" or value <= usual.expected + inner
    up = comparison == "above" or value >= usual.expected - inner
    return _verdict(beyond=over or under, back=down and up)


def _verdict(*, beyond: bool, back: bool) -> Verdict:
    if beyond:
        return Verdict.BEYOND
    return Verdict.BACK if back else Verdict.BETWEEN


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    aware = wall.replace(tzinfo=zone)
    return aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == wall


def _still_matters(watch: Watch, now: datetime) -> bool:
    """Whether some window that the last gap spoils is not over yet."""
    assert watch.steady_since is not None
    return (now - watch.steady_since).total_seconds() * TOLERATED_SHARE < watch.gap_seconds
