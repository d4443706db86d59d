"""Shows what was sent without showing whom it was of."""

from collections.abc import Collection
from typing import Any, cast

SHOWN_OF_HASH = 6
_HASH_LENGTH = 64
_HEX = set("0123456789abcdef")


def redacted(value: Any, names: Collection[str]) -> Any:
    """The same shape: hashes shortened, and what stands under these names covered up."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            key: _covered(one) if key in names else redacted(one, names)
            for key, one in fields.items()
        }
    if isinstance(value, list):
        return [redacted(one, names) for one in cast("list[Any]", value)]
    if isinstance(value, str) and len(value) == _HASH_LENGTH and set(value) <= _HEX:
        return f"{value[:SHOWN_OF_HASH]}…"
    return value


def _covered(value: Any) -> Any:
    if isinstance(value, list):
        return [_covered(one) for one in cast("list[Any]", value)]
    text = str(value)
    return f"{text[:3]}…" if len(text) > 8 else "…"
