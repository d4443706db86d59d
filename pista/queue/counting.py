"""How the queues are, and how they were in the last hours: of one company, or of all."""

from collections import defaultdict
from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.queue import counting_queries as queries
from pista.queue.counting_queries import Counted
from pista.queue.queues import QUEUES, queue_of
from pista.store.postgres import Tx


class KindNow(msgspec.Struct, kw_only=True):
    """The jobs of a kind: how many are where, and how many ended how since ever."""

    kind: str
    waiting: int = 0
    """Ready, or behind another of their key."""
    active: int = 0
    delayed: int = 0
    """Tried again later, or begun at a time."""
    dead: int = 0
    completed: int = 0
    failed: int = 0
    """Given up, also what was tried again or dropped since."""
    retried: int = 0
    """Attempts that failed, and after which it was tried again."""
    oldest: datetime | None = None
    """Since when the oldest that waits, is under way or is tried again is there."""


class QueueNow(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    kinds: list[KindNow]

    @property
    def total(self) -> KindNow:
        total = KindNow(kind=self.name)
        for one in self.kinds:
            for name in ("waiting", "active", "delayed", "dead", "completed", "failed", "retried"):
                setattr(total, name, getattr(total, name) + getattr(one, name))
        total.oldest = min((one.oldest for one in self.kinds if one.oldest), default=None)
        return total


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A minute of a queue."""

    at: datetime
    waiting: int
    done: int
    failed: int
    """Attempts that failed, with those after which it was given up."""


async def queues_now(tx: Tx, tenant: TenantId | None) -> list[QueueNow]:
    """All of one moment."""
    found: dict[str, dict[str, KindNow]] = {name: {} for name in QUEUES}
    running: defaultdict[str, int] = defaultdict(int)
    for one in sorted(await queries.counted(tx, tenant), key=lambda one: one.state is None):
        kinds = found.setdefault(one.queue or queue_of(one.kind), {})
        kind = kinds.setdefault(one.kind, KindNow(kind=one.kind))
        if one.state is not None:
            _add(kind, one)
            running[one.kind] += one.many if one.state == "running" else 0
            continue
        kind.failed, kind.retried = one.died, one.failed
        # What was taken on and did not end otherwise; an older Pista counted nothing.
        otherwise = one.failed + one.died + one.returned + running[one.kind]
        kind.completed = max(one.many - otherwise, 0)
    return [
        QueueNow(name=name, kinds=[kinds[kind] for kind in sorted(kinds)])
        for name, kinds in found.items()
    ]


def _add(kind: KindNow, counted: Counted) -> None:
    match counted.state:
        case "ready" | "blocked":
            kind.waiting += counted.many
        case "running":
            kind.active += counted.many
        case "dead":
            kind.dead += counted.many
            return
        case _:
            kind.delayed += counted.many
    if counted.state != "scheduled" and counted.oldest is not None:
        kind.oldest = min(kind.oldest or counted.oldest, counted.oldest)


async def history(
    tx: Tx, tenant: TenantId | None, since: datetime
) -> dict[str, dict[datetime, Point]]:
    """Minute by minute, where something was done or waited."""
    found: dict[str, dict[datetime, Point]] = {name: {} for name in QUEUES}
    for minute in await queries.minutes(tx, tenant, since):
        points = found[queue_of(minute.kind)]
        before = points.get(minute.at)
        points[minute.at] = Point(
            at=minute.at,
            waiting=minute.waiting + (before.waiting if before else 0),
            done=minute.done + (before.done if before else 0),
            failed=minute.failed + (before.failed if before else 0),
        )
    return found
