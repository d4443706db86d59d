"""What people do with queues: look at them, pause and resume them, empty them."""

import time
from collections import Counter
from datetime import datetime, timedelta

from pista import queue
from pista.accounts.audit import Action, Actor, record
from pista.chat import known
from pista.ids import TenantId
from pista.letters.monitor_model import (
    Deduplication,
    KindStats,
    QueueCounts,
    QueueHistories,
    QueueHistory,
    QueueMonitor,
    QueuePoint,
    QueueStats,
    Stopped,
)
from pista.queue import KindNow, Point, QueueNow, Standing
from pista.store.postgres import Postgres, Tx

COUNTED_SECONDS = 30.0


class Known:
    """How many message ids a company has; counted twice a minute, however often it is asked."""

    def __init__(self) -> None:
        self._found: dict[TenantId, tuple[float, int]] = {}

    async def count(self, tx: Tx, tenant: TenantId) -> int:
        at, count = self._found.get(tenant, (-COUNTED_SECONDS, 0))
        if time.monotonic() - at >= COUNTED_SECONDS:
            count = await known.count_messages(tx, tenant)
            self._found[tenant] = (time.monotonic(), count)
        return count


async def look(tx: Tx, tenant: TenantId, messages: Known, *, now: datetime) -> QueueMonitor:
    queues = await queue.queues_now(tx, tenant)
    standing = await queue.standing(tx, tenant)
    cached = await messages.count(tx, tenant)
    totals = {one.name: one.total for one in queues}
    return QueueMonitor(
        webhook=_counts(totals[queue.WEBHOOK]),
        message=_counts(totals[queue.MESSAGE]),
        deduplication=Deduplication(cached_messages=cached),
        queues=[_stats(one, standing) for one in queues],
        at=now,
    )


def _counts(total: KindNow) -> QueueCounts:
    return QueueCounts(
        waiting=total.waiting,
        active=total.active,
        completed=total.completed,
        failed=total.failed,
        delayed=total.delayed,
    )


def _stats(one: QueueNow, standing: list[Standing]) -> QueueStats:
    return QueueStats(
        name=one.name,
        stopped=[
            Stopped(since=it.since, by=it.paused_by, everywhere=it.everywhere)
            for it in standing
            if it.queue == one.name
        ],
        total=shown(one.total),
        kinds=[shown(kind) for kind in one.kinds],
    )


def shown(kind: KindNow) -> KindStats:
    return KindStats(
        kind=kind.kind,
        waiting=kind.waiting,
        active=kind.active,
        delayed=kind.delayed,
        dead=kind.dead,
        completed=kind.completed,
        failed=kind.failed,
        retried=kind.retried,
        oldest=kind.oldest,
    )


async def look_back(tx: Tx, tenant: TenantId, minutes: int, *, now: datetime) -> QueueHistories:
    """Minutes in which nothing happened are zeros."""
    last = now.replace(second=0, microsecond=0)
    slots = [last - timedelta(minutes=ago) for ago in range(minutes - 1, -1, -1)]
    found = await queue.history(tx, tenant, slots[0])
    return QueueHistories(
        queues=[
            QueueHistory(name=name, points=[_point(points.get(at), at) for at in slots])
            for name, points in found.items()
        ]
    )


def _point(point: Point | None, at: datetime) -> QueuePoint:
    if point is None:
        return QueuePoint(at=at, waiting=0, done=0, failed=0)
    return QueuePoint(at=at, waiting=point.waiting, done=point.done, failed=point.failed)


async def pause(
    tx: Tx, tenant: TenantId, by: Actor, name: str | None, queues: list[str], *, now: datetime
) -> None:
    """What stands still already goes on standing still, as of then."""
    for one in queues:
        if await queue.pause(tx, tenant, one, name, now=now):
            await record(tx, tenant, by, Action.QUEUE_PAUSED, subject=None, name=one, now=now)


async def resume(tx: Tx, tenant: TenantId, by: Actor, queues: list[str], *, now: datetime) -> None:
    for one in queues:
        if await queue.resume(tx, tenant, one):
            await record(tx, tenant, by, Action.QUEUE_RESUMED, subject=None, name=one, now=now)


async def clear(
    postgres: Postgres, tenant: TenantId, by: Actor, of_queue: str, *, now: datetime
) -> Counter[str]:
    """Part by part, each in a transaction of its own, with who did it beside it."""
    removed = Counter[str]()
    while True:
        async with postgres.transaction() as tx:
            part = await queue.clear_some(tx, tenant, of_queue)
            if not part:
                return removed
            await record(
                tx,
                tenant,
                by,
                Action.QUEUE_CLEARED,
                subject=None,
                name=of_queue,
                now=now,
                details={"count": str(part.total())},
            )
        removed += part
