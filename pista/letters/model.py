"""Dead letters as the API shows them."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from pista.errors import NotFound, PistaError

MOST_AT_ONCE = 200
MOST_ID = 2**53
"""What JavaScript can still count to."""
LetterId = Annotated[int, Meta(ge=1, le=MOST_ID)]


class DeadLetterNotFound(NotFound):
    """No such dead letter in this company: somebody has replayed or dropped it, maybe."""

    code = "dead_letter_not_found"


class QueueNotConfirmed(PistaError):
    """Send the queue's name once more as `confirm`: what is removed is never done."""

    status = 422
    code = "queue_not_confirmed"


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


class FailedWebhook(Wire, frozen=True, kw_only=True):
    """The webhook that a dead letter is about, as it came."""

    request_id: str
    """As the answer to it named it, and the log does."""
    message_ids: list[str]
    """Of the messages and statuses in it, as their sender names them."""
    received_at: datetime
    payload: Any
    """As JSON, or else as a text; null once it is too old, or somebody in it was erased."""


class WholeLetter(DeadLetter, frozen=True, kw_only=True):
    """A dead letter with what it came from."""

    webhook: FailedWebhook | None


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
    ids: Annotated[list[LetterId], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class LettersDone(Wire, frozen=True, kw_only=True):
    """How many of them were still there."""

    count: int
