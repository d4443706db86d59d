"""Ranges of time as people name them, in a company's time zone. No clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from pista.errors import PistaError

Granularity = Literal["hour", "day", "week", "month"]

DEFAULT_DAYS = 7
MOST_BUCKETS = 2_000
FIRST_YEAR, LAST_YEAR = 1971, 2105
HOURS_ARE_READABLE = timedelta(days=3)
DAYS_ARE_READABLE = timedelta(days=120)


class BadRange(PistaError):
    """`from` must lie before `to`, as ISO dates or times."""

    status = 422
    code = "bad_range"


class Range(msgspec.Struct, frozen=True, kw_only=True):
    start: datetime
    end: datetime
    """The first moment that is no longer inside."""
    zone: ZoneInfo


class Bucket(msgspec.Struct, frozen=True, kw_only=True):
    start: datetime
    """In the zone of the range."""


def read_range(start: str | None, end: str | None, zone: ZoneInfo, now: datetime) -> Range:
    """`from` and `to` as given: a date means the whole day in the zone, `to` included."""
    today = now.astimezone(zone).date()
    last = end or today.isoformat()
    until = _moment(last, zone, day_after=True)
    last_day = (until.astimezone(zone) - timedelta(microseconds=1)).date()
    first = start or (last_day - timedelta(days=DEFAULT_DAYS - 1)).isoformat()
    found = Range(start=_moment(first, zone), end=until, zone=zone)
    # Times of one zone compare by the clock on the wall, which an hour in autumn shows twice.
    if found.start.timestamp() >= found.end.timestamp():
        raise BadRange(f"`from` ({first}) must lie before `to` ({last}).")
    return found


def before(period: Range, now: datetime) -> Range:
    """As many days before, up to the same moment of them: a morning is compared with a morning."""
    start, end = (_on_the_wall(at, period.zone) for at in (period.start, period.end))
    passed = min(end, max(start, _on_the_wall(now, period.zone))) - start
    earlier = start - (end - start)
    return Range(
        start=earlier.replace(tzinfo=period.zone),
        end=(earlier + passed).replace(tzinfo=period.zone),
        zone=period.zone,
    )


def fitting(period: Range) -> Granularity:
    """The step that gives a readable plot."""
    length = period.end - period.start
    if length <= HOURS_ARE_READABLE:
        return "hour"
    return "day" if length <= DAYS_ARE_READABLE else "month"


def buckets(period: Range, granularity: Granularity) -> list[Bucket]:
    """The steps that the range touches, each by its start in the zone's wall clock."""
    found: list[Bucket] = []
    start = floor(period.start.astimezone(period.zone), granularity)
    while start.timestamp() < period.end.timestamp():
        found.append(Bucket(start=start))
        if len(found) > MOST_BUCKETS:
            raise BadRange(f"That is more than {MOST_BUCKETS} points: choose a larger granularity.")
        start = _next(start, granularity)
    return found


def _moment(text: str, zone: ZoneInfo, *, day_after: bool = False) -> datetime:
    try:
        if len(text) == len("2026-01-31"):
            day = date.fromisoformat(text) + timedelta(days=1 if day_after else 0)
            return _storable(datetime.combine(day, time(), zone))
        # A plus sign in a query that was not escaped arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        return _storable(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise BadRange(f"{text[:40]!r} is neither an ISO date nor an ISO time.") from None


def _storable(moment: datetime) -> datetime:
    """ClickHouse's hours end in 2106, and Python's time zones in the year 9999."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadRange(f"The years {FIRST_YEAR} to {LAST_YEAR} can be asked for.")
    return moment


def _on_the_wall(at: datetime, zone: ZoneInfo) -> datetime:
    # As the clock shows it, so that a night on which it is changed shifts nothing.
    return at.astimezone(zone).replace(tzinfo=None)


def floor(moment: datetime, granularity: Granularity) -> datetime:
    if granularity == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.date()
    if granularity == "week":
        day -= timedelta(days=day.weekday())
    elif granularity == "month":
        day = day.replace(day=1)
    return datetime.combine(day, time(), moment.tzinfo)


def _next(start: datetime, granularity: Granularity) -> datetime:
    if granularity == "hour":
        # Through UTC, since a wall clock skips and repeats hours.
        return (start.astimezone(UTC) + timedelta(hours=1)).astimezone(start.tzinfo)
    day = start.date()
    if granularity == "month":
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    else:
        day += timedelta(days=7 if granularity == "week" else 1)
    return datetime.combine(day, time(), start.tzinfo)
