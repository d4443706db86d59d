"""Jobs as Structs, and how a handler says that trying again is of no use."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, NewType

import msgspec

from pista.ids import TenantId
from pista.queue.queues import OTHER, Lane
from pista.queue.rules import Patience
from pista.store.postgres import Tx

JobId = NewType("JobId", int)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A job in a runner's hands, for one attempt."""

    id: JobId
    tenant_id: TenantId
    kind: str
    payload: Any
    order_key: str | None
    turn: int
    runner: int
    attempts: int
    """This one included."""
    crashes: int
    enqueued_at: datetime
    queue: str = OTHER
    lane: int = Lane.NORMAL


class DeadJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job that was given up, and why."""

    id: JobId
    kind: str
    queue: str
    payload: Any
    attempts: int
    error: str
    stack: str | None
    """Where it failed, a place of the program a line, the innermost last; no texts or values."""
    enqueued_at: datetime
    died_at: datetime


class NeverAgain(Exception):
    """Raised by a handler: this job cannot be done, however often it is tried.

    The text is read by people, so it holds no personal data.
    """


class Again(Exception):
    """Raised by a handler: do this again at that time, or else after the usual pause.

    What does not `count` uses up no attempt: it was not tried, but had to wait. An errand's `note`
    returns it, so that what it wrote is committed. The text is read by people.
    """

    def __init__(self, why: str, *, at: datetime | None = None, counts: bool = True) -> None:
        super().__init__(why)
        self.at = at
        self.counts = counts


Handler = Callable[[Tx, Job, Any], Awaitable[None]]
"""Does a job in the transaction that also ends it: what it writes is committed with the job, once.
It is handed the payload as the Struct under which it is registered, and does no network I/O."""

GroupHandler = Callable[[Tx, TenantId, Sequence[Any]], Awaitable[Collection[int] | None]]
"""Does the jobs in the transaction that also ends them; the answer is the places of those that it
left, of which it has written nothing."""


class Together(NamedTuple):
    """Does many jobs of one tenant in one transaction; each alone, if together they fail.

    For work that comes in floods and that a few statements do for all of it.
    """

    handler: GroupHandler
    most: int = 200
    patience: Patience | None = None
    alone: Handler | None = None
    """Does one that was left, and what failed together, in a transaction of its own."""


class Trip(NamedTuple):
    """One attempt at an errand."""

    job: Job
    lost: bool
    """An earlier one set out, and nobody knows how it ended: it may have been done."""
    last: bool
    """After this one it is given up."""


class Errand(NamedTuple):
    """Talks to another service, between two transactions and in none.

    Both are on the disk before anything follows them. Whoever is killed in between leaves an errand
    of which nobody knows how it ended: the next attempt is told that it is `lost`, and decides.
    """

    set_out: Callable[[Tx, Trip, Any], Awaitable[Any]]
    """From the payload to what is to be done; None if there is nothing to be done any more."""
    do: Callable[[Trip, Any], Awaitable[Any]]
    """Does that. Its own id is the job's: the same in every attempt."""
    note: Callable[[Tx, Trip, Any, Any], Awaitable[Again | None]]
    """Writes what came of it, in the transaction that also ends the job, or has it done again."""
    patience: Patience | None = None


Handled = Handler | Together | Errand
Handlers = Mapping[type[msgspec.Struct], Handled]
