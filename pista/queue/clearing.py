"""Empties a queue: what waits in it is forgotten, and what is under way is left alone."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from pista.ids import TenantId
from pista.queue import queries
from pista.queue.model import JobId
from pista.store.postgres import Tx

AT_ONCE = 10_000
KEYS_AT_ONCE = 500
"""Each is locked, and PostgreSQL has room for some thousand locks."""


class _Waiting(msgspec.Struct, frozen=True, kw_only=True):
    id: JobId
    order_key: str


class _Removed(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    many: int


async def clear_some(tx: Tx, tenant: TenantId, queue: str) -> Counter[str]:
    """Forget a part of it; how many of each kind those were, nothing once it is empty.

    A webhook that was to be worked off stays in its log as one that waits.
    """
    removed = await _remove_keyless(tx, tenant, queue)
    if not removed:
        removed = await _remove_keyed(tx, tenant, queue)
    return Counter({one.kind: one.many for one in removed})


async def _remove_keyless(tx: Tx, tenant: TenantId, queue: str) -> list[_Removed]:
    return await tx.all(
        _Removed,
        """
        with removed as (
            delete from jobs
            where id = any (array(
                select id
                from jobs
                where tenant_id = $1 and queue = $2 and order_key is null
                    and state in ('ready', 'waiting', 'scheduled')
                limit $3
                for update skip locked
            ))
            returning kind
        )
        select kind, count(*) as many
        from removed
        group by kind
        """,
        tenant,
        queue,
        AT_ONCE,
    )


async def _remove_keyed(tx: Tx, tenant: TenantId, queue: str) -> list[_Removed]:
    found = await _keyed(tx, tenant, queue)
    keys = sorted({one.order_key for one in found})
    for key in keys:
        await queries.lock_key(tx, tenant, key)
    removed = await _remove(tx, tenant, [one.id for one in found])
    await _go_on(tx, tenant, keys)
    return removed


async def _keyed(tx: Tx, tenant: TenantId, queue: str) -> list[_Waiting]:
    return await tx.all(
        _Waiting,
        """
        select id, order_key
        from jobs
        where tenant_id = $1 and queue = $2 and order_key is not null
            and state in ('ready', 'blocked', 'waiting', 'scheduled')
        limit $3
        """,
        tenant,
        queue,
        KEYS_AT_ONCE,
    )


async def _remove(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> list[_Removed]:
    """Those of them that nobody has taken on meanwhile."""
    return await tx.all(
        _Removed,
        """
        with removed as (
            delete from jobs
            where tenant_id = $1 and id = any ($2)
                and state in ('ready', 'blocked', 'waiting', 'scheduled')
            returning kind
        )
        select kind, count(*) as many
        from removed
        group by kind
        """,
        tenant,
        jobs,
    )


async def _go_on(tx: Tx, tenant: TenantId, keys: Sequence[str]) -> None:
    """What waited behind them may be of another queue."""
    tx.tell(queries.WAKE)
    await tx.execute(
        """
        update jobs j
        set state = 'ready', turn = nextval('job_turns')
        where j.state = 'blocked'
            and j.id in (
                select distinct on (order_key) id
                from jobs
                where tenant_id = $1 and order_key = any ($2)
                    and state not in ('dead', 'scheduled')
                order by order_key, id
            )
            and not exists (
                select from jobs o
                where o.tenant_id = $1 and o.order_key = j.order_key
                    and o.state in ('ready', 'waiting', 'running')
            )
        """,
        tenant,
        keys,
    )
