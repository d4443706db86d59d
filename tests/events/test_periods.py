"""Ranges and steps in a company's own time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pista.events.periods import BadRange, Granularity, Range, buckets, fitting, read_range

NOW = datetime(2026, 3, 14, 3, tzinfo=UTC)
"""In Mexico it is still the 13th."""


def read(start: str | None, end: str | None, zone: str = "UTC") -> Range:
    return read_range(start, end, ZoneInfo(zone), NOW)


@pytest.mark.parametrize(
    ("start", "end", "zone", "first", "beyond"),
    [
        (None, None, "UTC", "2026-03-08T00:00Z", "2026-03-15T00:00Z"),
        (None, None, "America/Mexico_City", "2026-03-07T06:00Z", "2026-03-14T06:00Z"),
        (None, "2026-03-10", "UTC", "2026-03-04T00:00Z", "2026-03-11T00:00Z"),
        # In Mexico this is still the 9th, so the week begins on the 3rd.
        (
            None,
            "2026-03-10T03:00Z",
            "America/Mexico_City",
            "2026-03-03T06:00Z",
            "2026-03-10T03:00Z",
        ),
        ("2026-03-01", "2026-03-01", "Asia/Kolkata", "2026-02-28T18:30Z", "2026-03-01T18:30Z"),
        (
            "2026-03-01T10:00",
            "2026-03-02",
            "America/Sao_Paulo",
            "2026-03-01T13:00Z",
            "2026-03-03T03:00Z",
        ),
        (
            "2026-03-01T10:00:00+02:00",
            "2026-03-02",
            "UTC",
            "2026-03-01T08:00Z",
            "2026-03-03T00:00Z",
        ),
        # A plus sign that was not escaped.
        (
            "2026-03-01T10:00:00 02:00",
            "2026-03-02",
            "UTC",
            "2026-03-01T08:00Z",
            "2026-03-03T00:00Z",
        ),
        # 23 hours: the clocks go forward.
        ("2026-03-29", "2026-03-29", "Europe/Madrid", "2026-03-28T23:00Z", "2026-03-29T22:00Z"),
        # The hour that the clock shows twice, from its first to its second half past one.
        (
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:30+01:00",
            "Europe/Madrid",
            "2026-10-25T00:30Z",
            "2026-10-25T01:30Z",
        ),
    ],
)
def test_a_range_is_read_in_the_zone(
    start: str | None, end: str | None, zone: str, first: str, beyond: str
):
    """
    Dates mean whole days there, `to` included; times mean what they say.
    """
    found = read(start, end, zone)

    assert found.start.astimezone(UTC) == datetime.fromisoformat(first)
    assert found.end.astimezone(UTC) == datetime.fromisoformat(beyond)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-02", "2026-03-01"),
        ("2026-03-02T10:00", "2026-03-02T10:00"),
        ("yesterday", None),
        (None, "2026-02-30"),
        ("", "2026-13-01"),
        ("0001-01-01", None),
        ("1969-12-31", "2026-03-01"),
        (None, "9999-12-31"),
        (None, "9999-12-31T23:59:59-14:00"),
        ("0001-01-01T00:00+14:00", None),
        ("2026-03-01T00:00", "2" * 5000),
    ],
)
def test_what_is_no_range_is_refused(start: str | None, end: str | None):
    """
    A 422 with a sentence, never a crash.
    """
    with pytest.raises(BadRange):
        read(start, end, "Asia/Kolkata")


@pytest.mark.parametrize(
    ("start", "end", "granularity", "zone", "steps", "first", "last"),
    [
        (
            "2026-03-01",
            "2026-03-03",
            "day",
            "UTC",
            3,
            "2026-03-01T00:00+00:00",
            "2026-03-03T00:00+00:00",
        ),
        (
            "2026-03-01",
            "2026-03-01",
            "hour",
            "UTC",
            24,
            "2026-03-01T00:00+00:00",
            "2026-03-01T23:00+00:00",
        ),
        # Forward: 23 hours; back: 25.
        (
            "2026-03-29",
            "2026-03-29",
            "hour",
            "Europe/Madrid",
            23,
            "2026-03-29T00:00+01:00",
            "2026-03-29T23:00+02:00",
        ),
        (
            "2026-10-25",
            "2026-10-25",
            "hour",
            "Europe/Madrid",
            25,
            "2026-10-25T00:00+02:00",
            "2026-10-25T23:00+01:00",
        ),
        # Only the first of the two half past two: one step, not two.
        (
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "hour",
            "Europe/Madrid",
            1,
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:00+02:00",
        ),
        # The week begins on Monday, before the range.
        (
            "2026-03-04",
            "2026-03-18",
            "week",
            "America/Mexico_City",
            3,
            "2026-03-02T00:00-06:00",
            "2026-03-16T00:00-06:00",
        ),
        (
            "2026-01-31",
            "2026-03-01",
            "month",
            "America/Sao_Paulo",
            3,
            "2026-01-01T00:00-03:00",
            "2026-03-01T00:00-03:00",
        ),
        (
            "2026-03-01",
            "2026-03-02",
            "day",
            "Asia/Kolkata",
            2,
            "2026-03-01T00:00+05:30",
            "2026-03-02T00:00+05:30",
        ),
        (
            "2026-03-01T10:10Z",
            "2026-03-01T10:20Z",
            "hour",
            "Asia/Kolkata",
            1,
            "2026-03-01T15:00+05:30",
            "2026-03-01T15:00+05:30",
        ),
    ],
)
def test_steps(
    start: str, end: str, granularity: Granularity, zone: str, steps: int, first: str, last: str
):
    """
    Each step begins on the zone's own clock, and they lie side by side.
    """
    found = [bucket.start for bucket in buckets(read(start, end, zone), granularity)]

    assert len(found) == steps
    assert found[0].isoformat(timespec="minutes") == first
    assert found[-1].isoformat(timespec="minutes") == last
    moments = [moment.timestamp() for moment in found]
    assert moments == sorted(set(moments))


def test_too_many_steps_are_refused():
    """
    A year of hours is not a plot.
    """
    with pytest.raises(BadRange, match="larger granularity"):
        buckets(read("2025-01-01", "2026-01-01"), "hour")


@pytest.mark.parametrize(
    ("days", "granularity"), [(1, "hour"), (3, "hour"), (4, "day"), (120, "day"), (121, "month")]
)
def test_the_fitting_step(days: int, granularity: Granularity):
    """
    What `auto` chooses.
    """
    end = NOW + timedelta(days=days)

    assert fitting(Range(start=NOW, end=end, zone=ZoneInfo("UTC"))) == granularity
