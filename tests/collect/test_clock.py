from datetime import UTC, datetime, timedelta, timezone

import pytest

from pista.collect import clock
from tests.collect.conftest import NOW, NOW_MS

SECOND = 1000
DAY = 86_400 * SECOND


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (NOW, NOW_MS),
        (NOW.replace(microsecond=250_000), NOW_MS + 250),
        (NOW.replace(microsecond=499), NOW_MS),
        # The same moment, told from Lima and from Kolkata.
        (NOW.astimezone(timezone(timedelta(hours=-5))), NOW_MS),
        (NOW.astimezone(timezone(timedelta(hours=5, minutes=30))), NOW_MS),
        # No zone: UTC, whatever the server's own zone is.
        (NOW.replace(tzinfo=None), NOW_MS),
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1, 1, 1, tzinfo=UTC), -62_135_596_800_000),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), -62_135_647_200_000),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 253_402_300_799_000),
    ],
)
def test_milliseconds(moment: datetime, expected: int):
    assert clock.milliseconds(moment) == expected


@pytest.mark.parametrize(
    ("sent_ms", "expected"),
    [
        (None, 0),
        (NOW_MS, 0),
        # As much as a slow upload takes.
        (NOW_MS - 10 * SECOND, 0),
        (NOW_MS + 10 * SECOND, 0),
        (NOW_MS - 10 * SECOND - 1, 10 * SECOND + 1),
        (NOW_MS + 10 * SECOND + 1, -10 * SECOND - 1),
        (NOW_MS - 3600 * SECOND, 3600 * SECOND),
        (NOW_MS + 400 * DAY, -400 * DAY),
        # A phone whose battery was dead begins at 1970.
        (0, NOW_MS),
    ],
)
def test_skew(sent_ms: int | None, expected: int):
    """A clock that is more than ten seconds wrong is wrong by all of it."""
    assert clock.skew(sent_ms, NOW_MS) == expected


@pytest.mark.parametrize(
    ("now", "months", "expected"),
    [
        (datetime(2026, 3, 14, 12, tzinfo=UTC), 12, datetime(2025, 3, 1, tzinfo=UTC)),
        (datetime(2026, 3, 1, tzinfo=UTC), 1, datetime(2026, 2, 1, tzinfo=UTC)),
        (datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC), 1, datetime(2026, 1, 1, tzinfo=UTC)),
        # Over a year's border, and from the last day of a long month.
        (datetime(2026, 1, 31, tzinfo=UTC), 1, datetime(2025, 12, 1, tzinfo=UTC)),
        (datetime(2026, 12, 31, tzinfo=UTC), 12, datetime(2025, 12, 1, tzinfo=UTC)),
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 1, tzinfo=UTC)),
        (datetime(2026, 6, 15, tzinfo=UTC), 120, datetime(2016, 6, 1, tzinfo=UTC)),
    ],
)
def test_oldest_kept(now: datetime, months: int, expected: datetime):
    """Whole months, since whole months are dropped."""
    assert clock.oldest_kept(clock.milliseconds(now), months) == clock.milliseconds(expected)
