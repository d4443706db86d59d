"""When a daily export is due, and of which days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pista.exports import rules


@pytest.mark.parametrize(
    ("now", "zone", "hour", "due"),
    [
        ("2026-03-14T12:00", "UTC", 2, "2026-03-14T02:00"),
        ("2026-03-14T01:59", "UTC", 2, "2026-03-13T02:00"),
        ("2026-03-14T02:00", "UTC", 2, "2026-03-14T02:00"),
        # 02:00 in Lima is 07:00 of UTC.
        ("2026-03-14T06:59", "America/Lima", 2, "2026-03-13T07:00"),
        ("2026-03-14T07:00", "America/Lima", 2, "2026-03-14T07:00"),
        # 02:00 in Auckland is 13:00 of the day before.
        ("2026-03-14T12:59", "Pacific/Auckland", 2, "2026-03-13T13:00"),
        ("2026-03-14T13:00", "Pacific/Auckland", 2, "2026-03-14T13:00"),
        # The clocks of New York leave out this hour, or show it twice: once a day all the same.
        ("2026-03-08T12:00", "America/New_York", 2, "2026-03-08T07:00"),
        ("2026-11-01T12:00", "America/New_York", 1, "2026-11-01T05:00"),
    ],
)
def test_it_is_due_at_the_companys_hour(now: str, zone: str, hour: int, due: str):
    """
    At the last moment at which the clocks there showed this hour.
    """
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert rules.last_due(moment, ZoneInfo(zone), hour) == datetime.fromisoformat(due).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("last_day", "days"),
    [
        # The first time: the day before.
        (None, (13, 13)),
        # Yesterday's, and the three before it, for those who come late.
        (12, (10, 13)),
        # What was missed while nothing ran.
        (8, (6, 13)),
        (13, None),
        (20, None),
    ],
)
def test_what_was_missed_is_made_up_for(last_day: int | None, days: tuple[int, int] | None):
    """
    All whole days of UTC since the last one, and some before it.
    """
    due = datetime(2026, 3, 14, 2, tzinfo=UTC)

    found = rules.days(due, date(2026, 3, last_day) if last_day else None)

    assert found == (days and (date(2026, 3, days[0]), date(2026, 3, days[1])))


def test_patience_grows_and_ends():
    """
    The first time soon, later once an hour.
    """
    pauses = [rules.pause(attempts) for attempts in range(12)]

    assert pauses[:3] == [timedelta(seconds=n) for n in (10, 30, 90)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
