"""When a daily export is due, of which days, and when one that failed is tried again."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATE_DAYS = 3
"""So many days before are looked at again: clients that were offline send their events late."""
PATIENCE = timedelta(seconds=10)
MOST_PATIENCE = timedelta(hours=1)
MOST_ATTEMPTS = 6
KEPT = timedelta(days=30)
"""What people have asked for may be fetched for so long."""


def last_due(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The last time that the clocks of this zone showed this hour."""
    today = now.astimezone(zone).date()
    at = datetime.combine(today, time(hour), zone)
    # In UTC: two times of one zone are compared by what its clocks show, twice a year wrongly.
    if at.astimezone(UTC) > now:
        at = datetime.combine(today - timedelta(days=1), time(hour), zone)
    return at.astimezone(UTC)


def days(due: datetime, last_day: date | None) -> tuple[date, date] | None:
    """The first and last day to export: those missed since, and the late ones; None if none is."""
    last = due.date() - timedelta(days=1)
    if last_day is None:
        return last, last
    if last_day >= last:
        return None
    return last_day - timedelta(days=LATE_DAYS - 1), last


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed."""
    return min(PATIENCE * 3**attempts, MOST_PATIENCE)
