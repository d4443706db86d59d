"""SQL of what is counted of the queues."""

from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx

FOLD_LOCK = 7_405_215
MOST_FOLDED = 5_000


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs of a kind: how many are in a state, and since when the first of them; or, without a
    state, how often such were taken on, and what did not end well."""

    kind: str
    queue: str | None
    state: str | None
    many: int
    oldest: datetime | None
    failed: int
    died: int
    returned: int


class Minute(msgspec.Struct, frozen=True, kw_only=True):
    """The same of one minute, with the most that waited."""

    kind: str
    at: datetime
    done: int
    failed: int
    waiting: int


async def counted(tx: Tx, tenant: TenantId | None) -> list[Counted]:
    """Of one company, or else of all; in one statement, so that nothing is in two places."""
    return await tx.all(
        Counted,
        """
        select kind, queue, state, count(*) as many, min(enqueued_at) as oldest, 0 as failed,
            0 as died, 0 as returned
        from jobs
        where $1::uuid is null or tenant_id = $1
        group by kind, queue, state
        union all
        select kind, null, null, sum(begun)::bigint, null, sum(failed)::bigint,
            sum(died)::bigint, sum(returned)::bigint
        from (
            select kind, begun, failed, died, returned
            from queue_counts
            where $1::uuid is null or tenant_id = $1
            union all
            select kind, begun, failed, died, returned
            from queue_ticks
            where $1::uuid is null or tenant_id = $1
        ) begun
        group by kind
        """,
        tenant,
    )


async def minutes(tx: Tx, tenant: TenantId | None, since: datetime) -> list[Minute]:
    return await tx.all(
        Minute,
        """
        select kind, at, greatest(sum(begun - failed - died - returned), 0)::bigint as done,
            sum(failed + died)::bigint as failed, sum(waiting)::bigint as waiting
        from (
            select kind, slot as at, begun, failed, died, returned, waiting
            from queue_counts
            where slot >= $2 and ($1::uuid is null or tenant_id = $1)
            union all
            select kind, date_trunc('minute', at), begun, failed, died, returned, 0
            from queue_ticks
            where at >= $2 and ($1::uuid is null or tenant_id = $1)
        ) counted
        group by kind, at
        order by at
        """,
        tenant,
        since,
    )


async def fold(tx: Tx, after: int) -> tuple[int, int]:
    """Add ticks up; how many those were, and the last one's number.

    Only what comes after `after` is looked at: what is gone may still be there for others.
    """
    row = await tx.connection.fetchrow(
        """
        with folded as (
            delete from queue_ticks
            where id = any (array(
                select id from queue_ticks where id > $1 order by id limit $2
            ))
            returning tenant_id, id, kind, at, begun, failed, died, returned
        ), added as (
            insert into queue_counts (tenant_id, kind, slot, begun, failed, died, returned)
            select tenant_id, kind, date_trunc('minute', at), sum(begun), sum(failed), sum(died),
                sum(returned)
            from folded
            group by 1, 2, 3
            on conflict (tenant_id, kind, slot) do update set
                begun = queue_counts.begun + excluded.begun,
                failed = queue_counts.failed + excluded.failed,
                died = queue_counts.died + excluded.died,
                returned = queue_counts.returned + excluded.returned
        )
        select count(*) as many, coalesce(max(id), 0) as last from folded
        """,
        after,
        MOST_FOLDED,
    )
    assert row is not None
    return row["many"], row["last"]


async def is_mine(tx: Tx) -> bool:
    """Whether nobody else adds up now."""
    return await tx.value("select pg_try_advisory_xact_lock($1)", FOLD_LOCK)


async def sample(tx: Tx, minute: datetime) -> None:
    """Note how many wait now, if that is the most of this minute."""
    await tx.execute(
        """
        insert into queue_counts (tenant_id, kind, slot, waiting)
        select tenant_id, kind, $1, count(*)
        from jobs
        where state in ('ready', 'blocked', 'waiting')
        group by tenant_id, kind
        on conflict (tenant_id, kind, slot) do update set
            waiting = greatest(queue_counts.waiting, excluded.waiting)
        """,
        minute,
    )


async def fold_minutes(tx: Tx, before: datetime) -> int:
    """Minutes before this become hours; how many those were."""
    return await tx.execute(
        """
        with gone as (
            delete from queue_counts
            where slot < $1 and slot <> date_trunc('hour', slot)
            returning tenant_id, kind, slot, begun, failed, died, returned, waiting
        )
        insert into queue_counts (tenant_id, kind, slot, begun, failed, died, returned, waiting)
        select tenant_id, kind, date_trunc('hour', slot), sum(begun), sum(failed), sum(died),
            sum(returned), max(waiting)
        from gone
        group by 1, 2, 3
        on conflict (tenant_id, kind, slot) do update set
            begun = queue_counts.begun + excluded.begun,
            failed = queue_counts.failed + excluded.failed,
            died = queue_counts.died + excluded.died,
            returned = queue_counts.returned + excluded.returned,
            waiting = greatest(queue_counts.waiting, excluded.waiting)
        """,
        before,
    )
