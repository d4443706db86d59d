"""Putting work into the queue, in the transaction that is its cause."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.queue import queries
from pista.queue.model import JobId
from pista.queue.queries import New
from pista.queue.queues import Lane, queue_of
from pista.store.postgres import Tx


async def enqueue(
    tx: Tx,
    tenant: TenantId,
    work: msgspec.Struct,
    *,
    now: datetime,
    key: str | None = None,
    dedup: str | None = None,
    lane: Lane = Lane.NORMAL,
    at: datetime | None = None,
) -> JobId | None:
    """Have `work` done once this transaction is committed; None if it is enqueued already.

    Its kind is the Struct's tag. Jobs of one `key` are done one after the other, in the order in
    which they were enqueued; a dead one holds up nobody. The same `dedup` is enqueued once in seven
    days. A transaction that enqueues under several keys takes them in sorted order. What is to be
    done `at` a time takes its place then, before those of its key that were enqueued since and are
    not begun.
    """
    kind = kind_of(type(work))
    if dedup is not None and not await queries.remember(tx, tenant, kind, dedup, now):
        return None
    if key is not None:
        await queries.lock_key(tx, tenant, key)
    new = New(
        tenant=tenant,
        kind=kind,
        payload=msgspec.to_builtins(work),
        queue=queue_of(kind),
        lane=lane,
        key=key,
        at=at,
    )
    return await queries.add(tx, new, now)


async def enqueue_many(
    tx: Tx,
    works: Sequence[tuple[TenantId, msgspec.Struct]],
    *,
    now: datetime,
    lane: Lane = Lane.NORMAL,
) -> None:
    """The same for much at once, in no order among each other."""
    kinds = [kind_of(type(work)) for _, work in works]
    payloads = [msgspec.json.encode(work).decode() for _, work in works]
    queues = [queue_of(kind) for kind in kinds]
    tenants = [tenant for tenant, _ in works]
    await queries.add_many(tx, tenants, kinds, queues, payloads, now, lane)


async def hasten(tx: Tx, tenant: TenantId, keys: Sequence[str], *, now: datetime) -> int:
    """Have what waits under these keys done now; how many jobs that were."""
    return await queries.hasten(tx, tenant, keys, now)


def kind_of(work: type[msgspec.Struct]) -> str:
    tag = work.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{work.__name__} has no tag to name its kind")
    return tag
