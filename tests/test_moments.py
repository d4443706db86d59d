"""Moments as somebody else writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pista import moments
from pista.errors import Invalid

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-03-08T12:00:00Z", "2026-03-08 12:00", "2026-03-08T09:00:00-03:00"]
)
def test_a_moment_is_in_utc(text: str):
    """
    Whatever its zone; and one that names none is of UTC, or of the clock that it was read from.
    """
    assert moments.read(text) == moments.asked(text, "from") == NOON
    assert moments.in_utc(datetime.fromisoformat(text), "from") == NOON
    assert moments.read("2026-03-08T09:00", ZoneInfo("America/Sao_Paulo")) == NOON


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_utc_does_not_have_is_none(text: str):
    """
    The years end, and a zone may lie beyond.
    """
    assert moments.read(text) is None
    with pytest.raises(Invalid, match=r"^to: "):
        moments.asked(text, "to")
    with pytest.raises(Invalid, match=r"^to: "):
        moments.in_utc(datetime.fromisoformat(text), "to")


@pytest.mark.parametrize("text", ["", "today", "2026-02-30", "12:00", "1772971200"])
def test_what_is_no_moment_is_refused(text: str):
    """
    The parameter is named, so that whoever sent it finds it.
    """
    assert moments.read(text) is None
    with pytest.raises(Invalid, match=r"^from: "):
        moments.asked(text, "from")


def test_no_moment_was_asked_for():
    """
    It stays none.
    """
    assert moments.asked(None, "from") is moments.in_utc(None, "from") is None
