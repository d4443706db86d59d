"""Texts that somebody else wrote, as PostgreSQL can store them and look for them."""

from typing import Any, TypeVar, cast

T = TypeVar("T")


def plain(value: T) -> T:
    """Without the one character that no text of PostgreSQL can have, however deep it is inside. Who
    looks for what had it finds nothing."""
    return cast("T", _plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "?")
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[Any, Any]", value).items()
        return {_plain(name): _plain(one) for name, one in pairs}
    return value
