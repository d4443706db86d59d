"""Where a reader is: what it has been given of each stream of the journal.

It travels as the event's id and comes back as `Last-Event-ID`, to whichever process answers. Since
rows become visible in the order of their stream, the next row of each stream says all: resuming
there gives nothing twice and leaves nothing out.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

VERSION = b"\x01"
MOST_TEXT = 4_096
_MOST_STREAM = 2**15
_MOST_SEQ = 2**62
_MOST_LINES = 2**31


class Mark(NamedTuple):
    """The next row of a stream, and how many of its lines are passed over."""

    seq: int
    lines: int = 0


class Position(msgspec.Struct, frozen=True):
    marks: Mapping[int, Mark]
    at: int = 0
    """When the last row that was looked at had been written, in milliseconds."""
    filled: int = 0
    """Of the stored events that arrived at `at`, how many have been given to fill a gap."""


class UnknownPosition(ValueError):
    """This is no position of ours."""


def encode(position: Position) -> bytes:
    return text(opening(position))


def opening(position: Position) -> bytes:
    """All of it, before it is made text; marks may be added."""
    marks = b"".join(mark(stream, place) for stream, place in position.marks.items())
    return VERSION + number(position.at) + number(position.filled) + marks


def milliseconds(moment: datetime) -> int:
    """Of a part of one nothing, as the edge has it."""
    return int(moment.timestamp() * 1000)


def text(raw: bytes) -> bytes:
    return urlsafe_b64encode(raw).rstrip(b"=")


def mark(stream: int, place: Mark) -> bytes:
    return number(stream) + number(place.seq) + number(place.lines)


def number(value: int) -> bytes:
    """Seven bits a byte, the low ones first."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def decode(written: str) -> Position:
    """What `encode` wrote; `UnknownPosition` for anything else."""
    if len(written) > MOST_TEXT or not written.isascii():
        raise UnknownPosition
    try:
        raw = urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError:
        raise UnknownPosition from None
    if raw[:1] != VERSION:
        raise UnknownPosition
    at, filled, *numbers = _numbers(raw[1:])
    if len(numbers) % 3 or max(at, filled) > _MOST_SEQ:
        raise UnknownPosition
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return Position(dict(_checked(*triple) for triple in triples), at, filled)


def _checked(stream: int, seq: int, lines: int) -> tuple[int, Mark]:
    if stream >= _MOST_STREAM or seq >= _MOST_SEQ or lines >= _MOST_LINES:
        raise UnknownPosition
    return stream, Mark(seq, lines)


def _numbers(raw: bytes) -> list[int]:
    found: list[int] = []
    value = shift = 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            found.append(value)
            value = shift = 0
    if shift or len(found) < 2:
        raise UnknownPosition
    return found
