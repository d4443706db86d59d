"""Which time an event really happened at, when the client's clock may be wrong."""

from datetime import UTC, datetime
from functools import lru_cache

# A slow upload looks like a slow clock; below this nobody's statistics change.
TOLERATED_SKEW_MS = 10_000
# Clocks that are right differ by less than this.
TOLERATED_FUTURE_MS = 1_000


def milliseconds(moment: datetime) -> int:
    """Unix time in milliseconds; a time without a zone is taken for UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)


def skew(sent_ms: int | None, now_ms: int) -> int:
    """How far the client's clock is behind ours, in milliseconds; 0 if it is about right."""
    if sent_ms is None or abs(now_ms - sent_ms) <= TOLERATED_SKEW_MS:
        return 0
    return now_ms - sent_ms


def oldest_kept(now_ms: int, months: int) -> int:
    """The start of the oldest month that is still kept, in Unix milliseconds."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    return _month_start(now.year * 12 + now.month - 1 - months)


@lru_cache(maxsize=8)
def _month_start(month: int) -> int:
    return milliseconds(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC))
