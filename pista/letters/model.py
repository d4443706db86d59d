"""Dead letters as the API shows them."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

MOST_AT_ONCE = 200


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class DeadLetter(Wire, frozen=True, kw_only=True):
    """Work that was given up, and why."""

    id: int
    kind: str
    queue: str
    payload: Any
    """Ids of what it was about, and no personal data."""
    attempts: int
    error: str
    """The last reason, in one line."""
    stack: str | None
    """Where it failed: places of the program, a line each, the innermost last."""
    enqueued_at: datetime
    died_at: datetime


class DeadKind(Wire, frozen=True, kw_only=True):
    kind: str
    count: int


class DeadLetters(Wire, frozen=True, kw_only=True):
    items: list[DeadLetter]
    """The newest first."""
    kinds: list[DeadKind]
    """Of all dead letters, how many of each kind."""
    next: int | None
    """Where the next page begins, as `before`; null if there is none."""


class ChosenLetters(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    ids: Annotated[list[int], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class LettersDone(Wire, frozen=True, kw_only=True):
    """How many of them were still there."""

    count: int
