"""When a gateway is asked by itself: a notification may be lost. No I/O, no clock."""

from datetime import datetime, timedelta

FIRST = timedelta(seconds=60)
LONGEST = timedelta(hours=6)
# Whoever paid in the last second has paid; and some banks are slow.
NONE = timedelta(0)
GRACE = timedelta(minutes=15)
LAST = timedelta(days=1)
"""So long after its end a charge that was not paid is still looked at, in case it was."""
REFUNDS = (timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90))
"""When one that was paid is looked at, in case nobody told that the money went back."""


def first_look(now: datetime) -> datetime:
    return now + FIRST


def next_look(looks: int, expires_at: datetime, now: datetime) -> datetime | None:
    """After each look that found it as it was: twice as long, and at its end for sure."""
    if now >= expires_at + LAST:
        return None
    wait = min(FIRST * 2 ** min(looks, 12), LONGEST)
    at = now + wait
    end = expires_at + GRACE
    return end if now < end < at else at


def after_payment(paid_at: datetime, now: datetime) -> datetime | None:
    return next((paid_at + one for one in REFUNDS if paid_at + one > now), None)
