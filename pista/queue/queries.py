"""SQL of jobs that come in, wait and are taken, one statement per function."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.queue.lanes import Wanted
from pista.queue.model import Job, JobId
from pista.queue.queues import Lane
from pista.store.postgres import Tx

KEY_LOCKS = 7_405_213
RUNNER_LOCKS = 7_405_214 << 32
WAKE = "pista_jobs"
ALL = "all"
"""Said on that channel: what was passed by may be taken now, however old it is."""
MOST_SWEPT = 1_000
MOST_BEGUN = 200
"""Each may have a key to be locked."""


async def lock_key(tx: Tx, tenant: TenantId, key: str) -> None:
    """From here to the end of the transaction nobody else changes which job of the key is next."""
    await tx.execute("select pg_advisory_xact_lock($1, hashtext($2))", KEY_LOCKS, f"{tenant}:{key}")


async def remember(tx: Tx, tenant: TenantId, kind: str, dedup: str, now: datetime) -> bool:
    """Note that this is enqueued; False if it was already."""
    return bool(
        await tx.execute(
            """
            insert into job_keys (tenant_id, kind, dedup_key, enqueued_at)
            values ($1, $2, $3, $4)
            on conflict do nothing
            """,
            tenant,
            kind,
            dedup,
            now,
        )
    )


class Scheduled(msgspec.Struct, frozen=True, kw_only=True):
    id: JobId
    tenant_id: TenantId
    order_key: str | None


class New(msgspec.Struct, frozen=True, kw_only=True):
    """A job to be added."""

    tenant: TenantId
    kind: str
    payload: object
    queue: str
    lane: Lane
    key: str | None
    at: datetime | None
    """When it is to be begun, if not now."""


async def add(tx: Tx, new: New, now: datetime) -> JobId:
    """A new job, behind those of its key, which must be locked. Heard of after the commit."""
    tx.tell(WAKE)
    return await tx.value(
        """
        insert into jobs (
            tenant_id, kind, payload, order_key, state, enqueued_at, queue, lane, due_at
        )
        select $1, $2, $3, $4,
            case when $8::timestamptz is not null then 'scheduled'
            when $4::text is not null and exists (
                select from jobs
                where tenant_id = $1 and order_key = $4 and state not in ('dead', 'scheduled')
            ) then 'blocked' else 'ready' end,
            $5, $6, $7, $8
        returning id
        """,
        new.tenant,
        new.kind,
        new.payload,
        new.key,
        now,
        new.queue,
        new.lane,
        new.at,
    )


async def add_many(
    tx: Tx,
    tenants: list[TenantId],
    kinds: list[str],
    queues: list[str],
    payloads: list[str],
    now: datetime,
    lane: Lane,
) -> None:
    """New jobs without a key."""
    tx.tell(WAKE)
    await tx.execute(
        """
        insert into jobs (tenant_id, kind, queue, payload, state, enqueued_at, lane)
        select tenant_id, kind, queue, payload::jsonb, 'ready', $5, $6
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
            as work (tenant_id, kind, queue, payload)
        """,
        tenants,
        kinds,
        queues,
        payloads,
        now,
        lane,
    )


ENQUEUE = """
insert into jobs (tenant_id, kind, queue, payload, state, enqueued_at, lane)
select tenant_id, kind, queue, payload, 'ready', enqueued_at, lane from work
"""
"""The end of another room's statement, which says in `work` what is to be done; its transaction
tells of it by `awake`."""


def awake(tx: Tx) -> None:
    tx.tell(WAKE)


# A table that is vacuumed while it is empty is thought to cost nothing to read whole. A join would
# then read every row that is gone; ids in an array are looked up one by one.
# What stands still is asked about in the same statement: who pauses a queue need tell nobody.
TAKE = """
with first as (
    select ready.id
    from (
        select string_to_array(kinds, ' ') as kinds, queue, lane, after, most
        from unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::int[])
            as w (kinds, queue, lane, after, most)
        offset 0
    ) wanted
    cross join lateral (
        select id
        from jobs
        where state = 'ready' and crashes = 0
            and queue = wanted.queue and lane = wanted.lane and turn > wanted.after
            and kind = any (wanted.kinds)
            and (tenant_id, queue) not in (select p.tenant_id, p.queue from queue_pauses p)
        order by turn
        limit wanted.most
        for update skip locked
    ) ready
    where wanted.queue not in (select queue from queue_halts)
), taken as (
    update jobs j
    set state = 'running', runner = $6, attempts = attempts + 1
    where j.id = any (array(select id from first))
    returning j.id, j.tenant_id, j.kind, j.payload, j.order_key, j.turn, j.runner, j.attempts,
        j.crashes, j.enqueued_at, j.queue, j.lane
), counted as (
    insert into queue_ticks (tenant_id, kind, at, begun)
    select tenant_id, kind, $7, count(*)
    from taken
    group by tenant_id, kind
)
select id, tenant_id, kind, payload, order_key, turn, runner, attempts, crashes, enqueued_at,
    queue, lane
from taken
"""


async def take(tx: Tx, wanted: Sequence[Wanted], runner: int, now: datetime) -> list[Job]:
    """Take on ready jobs, in the order of their turns in each lane."""
    return await tx.all(
        Job,
        TAKE,
        [" ".join(one.kinds) for one in wanted],
        [one.queue for one in wanted],
        [one.lane for one in wanted],
        [one.after for one in wanted],
        [one.most for one in wanted],
        runner,
        now,
    )


async def last_turn(tx: Tx) -> int:
    """The last turn that was given, if a company lets a queue stand still; else 0."""
    return await tx.value(
        """
        select case when exists (select from queue_pauses)
            then (select last_value from job_turns) else 0 end
        """
    )


async def take_suspect(tx: Tx, kinds: list[str], runner: int, now: datetime) -> Job | None:
    """Take on one job that a process ended with."""
    return await tx.one_or_none(
        Job,
        """
        with first as (
            select id
            from jobs
            where state = 'ready' and crashes > 0 and kind = any ($1)
                and (tenant_id, queue) not in (select p.tenant_id, p.queue from queue_pauses p)
                and queue not in (select h.queue from queue_halts h)
            order by turn
            limit 1
            for update skip locked
        ), taken as (
            update jobs j
            set state = 'running', runner = $2, attempts = attempts + 1
            where j.id = (select id from first)
            returning j.id, j.tenant_id, j.kind, j.payload, j.order_key, j.turn, j.runner,
                j.attempts, j.crashes, j.enqueued_at, j.queue, j.lane
        ), counted as (
            insert into queue_ticks (tenant_id, kind, at, begun)
            select tenant_id, kind, $3, 1 from taken
        )
        select id, tenant_id, kind, payload, order_key, turn, runner, attempts, crashes,
            enqueued_at, queue, lane
        from taken
        """,
        kinds,
        runner,
        now,
    )


async def has_suspects(tx: Tx) -> bool:
    return await tx.value("select exists (select from jobs where state = 'ready' and crashes > 0)")


async def hasten(tx: Tx, tenant: TenantId, keys: Sequence[str], now: datetime) -> int:
    """Have jobs of these keys wait no longer."""
    tx.tell(WAKE)
    return await tx.execute(
        """
        update jobs set due_at = least(due_at, $3)
        where tenant_id = $1 and order_key = any($2::text[]) and state = 'waiting'
        """,
        tenant,
        keys,
        now,
    )


async def wake_due(tx: Tx, now: datetime) -> int:
    """Whose wait is over is ready; and so is whose wait began in the future: the clock was set
    back."""
    return await tx.execute(
        """
        update jobs
        set state = 'ready', turn = nextval('job_turns'), waiting_since = null, due_at = null
        where id = any (array(
            select id
            from jobs
            where state = 'waiting' and (due_at <= $1 or waiting_since > $1)
            order by due_at
            limit $2
            for update skip locked
        ))
        """,
        now,
        MOST_SWEPT,
    )


async def scheduled(tx: Tx, now: datetime) -> list[Scheduled]:
    """Whose time has come; not locked, since their keys are locked first."""
    return await tx.all(
        Scheduled,
        """
        select id, tenant_id, order_key
        from jobs
        where state = 'scheduled' and due_at <= $1
        order by due_at
        limit $2
        """,
        now,
        MOST_BEGUN,
    )


async def begin(tx: Tx, jobs: Sequence[JobId]) -> int:
    """They take their places now, those of one key one behind the other. The keys are locked."""
    return await tx.execute(
        """
        update jobs j
        set due_at = null, turn = nextval('job_turns'),
            state = case when j.order_key is not null and exists (
                select from jobs o
                where o.tenant_id = j.tenant_id and o.order_key = j.order_key and (
                    o.state not in ('dead', 'scheduled') or (o.id = any ($1) and o.id < j.id)
                )
            ) then 'blocked' else 'ready' end
        where j.id = any ($1) and j.state = 'scheduled'
        """,
        jobs,
    )


async def forget_keys(tx: Tx, before: datetime) -> int:
    return await tx.execute("delete from job_keys where enqueued_at < $1", before)
