"""Reading what does not have the shape that it should have, so that as little as can be is lost."""

import json
import math
from datetime import UTC, datetime, timedelta
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin

import msgspec
from msgspec import Struct

DEEPEST = 60
# What PostgreSQL cannot store stands for this in its place.
REPLACED = "�"
# How a NUL comes in JSON; also `\\u0000`, which is none, but that is found out with more care.
NUL = b"\\u0000"
TOO_LATE = timedelta(days=1)
MILLISECONDS_BEGIN = 100_000_000_000
# 2009: nobody wrote by these platforms before.
EARLIEST = 1_230_768_000

T = TypeVar("T", bound=Struct)
Tree = dict[str, Any]


class Unparsable(Exception):
    """It is no JSON at all."""


def parsed(body: bytes) -> object:
    """Any JSON, also with half an emoji or bytes that are no text; `Unparsable` if it is none."""
    try:
        return tidy(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return tidy(json.loads(body.decode(errors="replace")))
    except (ValueError, RecursionError):
        raise Unparsable from None


def tidy(value: object, depth: int = 0) -> Any:
    """The same without what a database or JSON could not carry."""
    if isinstance(value, dict | list) and depth == DEEPEST:
        return REPLACED
    if isinstance(value, dict):
        given = cast("dict[str, object]", value)
        return {clean(key): tidy(one, depth + 1) for key, one in given.items()}
    if isinstance(value, list):
        return [tidy(one, depth + 1) for one in cast("list[object]", value)]
    return clean(value) if isinstance(value, str) else _tidy_number(value)


def _tidy_number(value: object) -> bool | int | float | None:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, bool | int | float) else None


def clean(text: str) -> str:
    if text.isascii():
        return text.replace("\0", REPLACED) if "\0" in text else text
    # A lone half of a pair cannot be encoded; both halves side by side are put together.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", REPLACED)


def number(value: object) -> float | None:
    """A number, also one that was sent as a text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def moment(value: object, now: datetime) -> datetime:
    """Seconds since 1970, also as a text or in milliseconds; `now` if it can be no time at all."""
    try:
        seconds = int(value)  # pyright: ignore[reportArgumentType] - what is no number raises
        if seconds > MILLISECONDS_BEGIN:
            seconds //= 1000
        at = datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
    return at if seconds >= EARLIEST and at - now < TOO_LATE else now


def tree(value: object) -> Tree:
    return cast("Tree", value) if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def text(value: object) -> str | None:
    """A text, or a number as one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def fitted(value: object, shape: type[T]) -> T | None:
    """As much of it as fits; None if nothing can."""
    if not isinstance(value, dict):
        return None
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return _mended(cast("Tree", value), shape)


class _Field(NamedTuple):
    name: str
    wire_name: str
    kind: Any
    struct: "type[Struct] | None"
    items: "type[Struct] | None"


@cache
def _fields(shape: type[Struct]) -> list[_Field]:
    return [
        _Field(field.name, field.encode_name, field.type, *_inside(field.type))
        for field in msgspec.structs.fields(shape)
    ]


def _inside(kind: Any) -> tuple[type[Struct] | None, type[Struct] | None]:
    """The Struct that a field holds, or holds a list of."""
    parts = get_args(kind) if get_origin(kind) in (UnionType, Union) else (kind,)
    for part in parts:
        if isinstance(part, type) and issubclass(part, Struct):
            return part, None
        inner = get_args(part)
        if get_origin(part) is list and isinstance(inner[0], type) and issubclass(inner[0], Struct):
            return None, inner[0]
    return None, None


def _mended(value: Tree, shape: type[T]) -> T | None:
    fits: Tree = {}
    for field in _fields(shape):
        found = _fitting(value.get(field.wire_name), field)
        if found is not None:
            fits[field.name] = found
    try:
        return shape(**fits)
    except TypeError:  # one that must be there is not
        return None


def _fitting(value: object, field: _Field) -> object:
    if field.struct is not None:
        return fitted(value, field.struct)
    if field.items is not None:
        found = (fitted(one, field.items) for one in listed(value))
        return [one for one in found if one is not None]
    # A number that came as a text, and a text that came as a number, are as good.
    for candidate, strict in ((value, True), (value, False), (text(value), True)):
        try:
            return msgspec.convert(candidate, field.kind, strict=strict)
        except msgspec.ValidationError:
            continue
    return None
