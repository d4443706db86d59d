"""Jobs as Structs, and how a handler says that trying again is of no use."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, NewType

import msgspec

from pista.ids import TenantId
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


class DeadJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job that was given up, and why."""

    id: JobId
    kind: str
    payload: Any
    attempts: int
    error: str
    enqueued_at: datetime
    died_at: datetime


class NeverAgain(Exception):
    """Raised by a handler: this job cannot be done, however often it is tried.

    The text is read by people, so it holds no personal data.
    """


Handler = Callable[[Tx, Job, Any], Awaitable[None]]
"""Does a job in the transaction that also ends it: what it writes is committed with the job, once.
It is handed the payload as the Struct under which it is registered, and does no network I/O."""

GroupHandler = Callable[[Tx, TenantId, Sequence[Any]], Awaitable[None]]


class Together(NamedTuple):
    """Does many jobs of one tenant in one transaction; each alone, if together they fail.

    For work that comes in floods and that a few statements do for all of it. Its jobs have no key.
    """

    handler: GroupHandler
    most: int = 200


Handlers = Mapping[type[msgspec.Struct], Handler | Together]
