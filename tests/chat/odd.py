"""Anything that JSON can hold, put anywhere, and what must hold for whatever is heard of it."""

from collections.abc import Iterator
from typing import Any, cast

import msgspec
from hypothesis import strategies as st

from pista.chat.heard import Heard

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**60)
    | st.floats()
    | st.text(st.characters(exclude_categories=[])),  # with halves of emoji, and NUL
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to everything in it."""
    if path:
        yield path
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
    elif isinstance(value, list):
        pairs = enumerate(cast("list[Any]", value))
    for key, inner in pairs:
        yield from places(inner, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


def storable(found: list[Heard]) -> None:
    """It goes to JSON and back, and PostgreSQL takes every text in it."""
    written = msgspec.json.encode(found)
    assert msgspec.json.decode(written, type=list[Heard]) == found
    assert b"\\u0000" not in written.replace(b"\\\\", b"")
