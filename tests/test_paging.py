"""Places in long lists, as they are written into answers and read from addresses."""

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from uuid import UUID

import pytest

from pista import paging
from pista.errors import Invalid

NOON = datetime(2026, 3, 8, 12, 0, 0, 123456, tzinfo=UTC)
ID = UUID("01998877-6655-7443-8221-100ffeeddccb")


class Place(NamedTuple):
    at: paging.Moment
    id: UUID


class Line(NamedTuple):
    at: paging.Moment
    number: paging.Number


class Named(NamedTuple):
    at: paging.Moment
    name: str


@pytest.mark.parametrize(
    "place",
    [
        Place(NOON, ID),
        Place(datetime.max.replace(tzinfo=UTC), ID),
        Line(datetime.min.replace(tzinfo=UTC), 2**63 - 1),
        Named(NOON, "a~b c"),  # the last part may have any text
    ],
)
def test_a_place_is_read_as_it_was_written(place: Place | Line | Named):
    """
    To the microsecond; and an address needs no escape for its time.
    """
    text = paging.written(*place)

    assert paging.read(text, type(place)) == place
    assert "+" not in text


def test_a_time_may_be_of_any_zone():
    """
    As it was written before, and by whoever puts one together.
    """
    assert paging.read(f"2026-03-08T12:00:00.123456+00:00~{ID}", Place) == Place(NOON, ID)
    there = NOON.astimezone(timezone(timedelta(hours=-3)))
    assert paging.read(f"{there.isoformat()}~{ID}", Place) == Place(NOON, ID)


def test_the_first_page_has_no_place():
    """
    Nothing was given: it begins at the beginning.
    """
    assert paging.read(None, Place) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Place),
        ("2026-03-08T12:00:00Z", Place),
        (f"2026-03-08T12:00:00Z~{ID}~1", Place),
        (f"2026-03-08T12:00:00~{ID}", Place),  # of no zone
        (f"0001-01-01T00:00:00+14:00~{ID}", Place),  # before the first year there is
        ("2026-03-08T12:00:00Z~x", Place),
        ("2026-03-08T12:00:00Z~-1", Line),
        (f"2026-03-08T12:00:00Z~{2**63}", Line),
        ("2026-03-08T12:00:00Z~" + "9" * 200, Line),
        ("2026-03-08T12:00:00Z~a\0b", Named),  # PostgreSQL has no such text
    ],
)
def test_what_was_never_written_is_refused(text: str, kind: type[Place | Line | Named]):
    """
    The parameter is named, so that whoever sent it finds it.
    """
    with pytest.raises(Invalid, match=r"^after: "):
        paging.read(text, kind, "after")
