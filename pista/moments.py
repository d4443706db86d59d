"""Moments as somebody else writes them: UTC where they name no zone, and in UTC from here on."""

from datetime import UTC, datetime, tzinfo
from typing import Annotated

from litestar.params import QueryParameter

from pista.errors import Invalid

Since = Annotated[
    str | None,
    QueryParameter(name="from", max_length=64, description="From this moment on (ISO 8601)."),
]
Until = Annotated[
    str | None, QueryParameter(name="to", max_length=64, description="Before this moment.")
]


def read(text: str, zone: tzinfo = UTC) -> datetime | None:
    """In ISO 8601; `zone` is that of one that names none. None: it is no moment, or there is none
    such in UTC."""
    try:
        return _in_utc(datetime.fromisoformat(text), zone)
    except (ValueError, OverflowError):
        return None


def asked(text: str | None, name: str) -> datetime | None:
    """Of a parameter, which is refused if it is none."""
    found = None if text is None else read(text)
    if text is not None and found is None:
        raise Invalid(f"{name}: {text!r} is no moment such as 2026-03-14T12:00:00Z.")
    return found


def in_utc(at: datetime | None, name: str) -> datetime | None:
    """The same of one that was read already."""
    try:
        return at and _in_utc(at, UTC)
    except OverflowError:
        raise Invalid(f"{name}: this is too long ago, or too far ahead.") from None


def _in_utc(at: datetime, zone: tzinfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
