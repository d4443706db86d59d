"""Texts of somebody else's, as PostgreSQL can store them: no I/O, no clock."""

from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from pista.errors import Invalid

T = TypeVar("T")


def plain(value: T) -> T:
    """Without the one character that no text of PostgreSQL can have, however deep it is inside."""
    return cast("T", _plain(value))


def in_utc(at: datetime | None, name: str) -> datetime | None:
    """A time without a zone is in UTC; one that is no time there is refused."""
    if at is None:
        return None
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise Invalid(f"{name}: this is too long ago, or too far ahead.") from None


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "?")
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[Any, Any]", value).items()
        return {_plain(name): _plain(one) for name, one in pairs}
    return value
