"""What a Segment client sends, as loosely as clients write it, and the refusals."""

from enum import StrEnum
from typing import Any

import msgspec

from pista.errors import PistaError

MAX_MESSAGES = 2_500
"""More than any client can fit into Segment's own 500 KB."""

Id = str | int | None
# PHP writes an empty object as an empty list.
Object = dict[str, Any] | list[Any] | None


class Kind(StrEnum):
    TRACK = "track"
    PAGE = "page"
    SCREEN = "screen"
    IDENTIFY = "identify"
    GROUP = "group"
    ALIAS = "alias"


class Message(msgspec.Struct, rename="camel", kw_only=True):
    """One call of a Segment library: the body of `POST /v1/track` and its like."""

    type: str | None = None
    """`track`, `page`, `screen`, `identify`, `group` or `alias`; the address says it too."""
    message_id: Id = None
    """The same id never counts twice."""
    anonymous_id: Id = None
    user_id: Id = None
    previous_id: Id = None
    group_id: Id = None
    event: Any = None
    name: Any = None
    category: Any = None
    properties: Object = None
    traits: Object = None
    context: Object = None
    timestamp: Any = None
    original_timestamp: Any = None
    sent_at: Any = None
    write_key: str | None = None


class Messages(msgspec.Struct, rename="camel", kw_only=True):
    """The body of `POST /v1/batch`."""

    batch: list[Message]
    sent_at: Any = None
    context: Object = None
    """For messages that bring none of their own."""
    write_key: str | None = None


class RawMessages(msgspec.Struct, rename="camel", kw_only=True):
    """The same, with its messages still closed: one of them may be bad."""

    batch: list[msgspec.Raw]
    sent_at: Any = None
    context: Any = None
    write_key: Any = None


class Alone(msgspec.Struct, rename="camel", kw_only=True):
    """What the door itself reads of a message that comes alone."""

    write_key: Any = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The answer that Segment's clients know."""

    success: bool = True


class BadMessages(PistaError):
    """The body is not a Segment message, or for `/v1/batch` not an object with a list `batch`."""

    status = 400
    code = "bad_segment_batch"


class TooManyMessages(PistaError):
    """A Segment batch holds at most 2,500 messages here; split it."""

    status = 413
    code = "too_many_events"
