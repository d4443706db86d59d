"""What goes over the wire: Server-Sent Events."""

import msgspec

OPENING = b"retry: 2000\n\n"
CHUNK = 64
"""Events that are sent in one piece."""
SIGN_OF_LIFE = b": still here\n\n"

_encode = msgspec.json.Encoder().encode


def here(place: bytes) -> bytes:
    """An id alone is no event, and is remembered all the same: a reader that is cut off before
    the first event, or between rare ones, comes back to this place."""
    return b"id: %b\n\n" % place


def event(place: bytes, told: msgspec.Struct) -> bytes:
    return b"id: %b\nevent: event\ndata: %b\n\n" % (place, _encode(told))


def without_place(told: bytes) -> bytes:
    """An event that is told out of turn: whoever is cut off after it comes back to before it."""
    return told.partition(b"\n")[2] if told.startswith(b"id: ") else told


def note(kind: bytes, told: msgspec.Struct) -> bytes:
    """Without an id: whoever is cut off right after it comes back to before it."""
    return b"event: %b\ndata: %b\n\n" % (kind, _encode(told))
