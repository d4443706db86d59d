"""The queues as the API shows them."""

from datetime import datetime
from typing import Literal

import msgspec

from pista.letters.model import Wire

Name = Literal["webhook", "message", "other"]


class QueueCounts(Wire, frozen=True, kw_only=True):
    """Of a queue, with document 4's names."""

    waiting: int
    active: int
    completed: int
    failed: int
    """Given up, since ever."""
    delayed: int
    """Tried again later, or begun at a time."""


class Deduplication(Wire, frozen=True, kw_only=True):
    cached_messages: int
    """Messages known by the platform's id, for ever: what comes again is kept once."""


class Stopped(Wire, frozen=True, kw_only=True):
    """A queue that stands still."""

    since: datetime
    by: str | None
    everywhere: bool
    """Whoever runs the installation did it, for all companies: only they can end it."""


class KindStats(Wire, frozen=True, kw_only=True):
    """The jobs of one kind."""

    kind: str
    waiting: int
    active: int
    delayed: int
    dead: int
    """Dead letters."""
    completed: int
    failed: int
    retried: int
    """Attempts that failed and after which it was tried again."""
    oldest: datetime | None
    """Since when the oldest that is not done yet is there."""


class QueueStats(Wire, frozen=True, kw_only=True):
    name: str
    stopped: list[Stopped]
    """By whom it was paused; nothing of it is begun until all have resumed it."""
    total: KindStats
    kinds: list[KindStats]


class QueueMonitor(Wire, frozen=True, kw_only=True):
    """This company's queues, of one moment."""

    webhook: QueueCounts
    message: QueueCounts
    deduplication: Deduplication
    queues: list[QueueStats]
    at: datetime


class QueuePoint(Wire, frozen=True, kw_only=True):
    """A minute of a queue."""

    at: datetime
    waiting: int
    done: int
    failed: int
    """Attempts that failed."""


class QueueHistory(Wire, frozen=True, kw_only=True):
    name: str
    points: list[QueuePoint]
    """Every minute of the period, the oldest first."""


class QueueHistories(Wire, frozen=True, kw_only=True):
    queues: list[QueueHistory]


class ChosenQueue(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    queue: Name | None = None
    """All of them, if absent."""


class Paused(Wire, frozen=True, kw_only=True):
    """What stands still now."""

    queues: list[str]


class Cleared(Wire, frozen=True, kw_only=True):
    """What was removed; what is under way was left alone."""

    queue: str
    removed: int
    kinds: dict[str, int]
