"""SQL of jobs in hand: whether they go out, and what becomes of them."""

from collections.abc import Sequence
from datetime import datetime

from pista.ids import TenantId
from pista.queue.model import Job
from pista.store.postgres import Tx

# What takes a job from the queue takes its key's lock, too, so that no other is added behind it
# meanwhile, as if it were still there. What is known by then is known to the statements after it.
_LOCK_ENDED = """
select pg_advisory_xact_lock(7405213, hashtext(tenant_id::text || ':' || order_key)) from ended
"""


async def set_out(tx: Tx, job: Job, now: datetime) -> bool | None:
    """Note that an errand sets out; True if one did before and never came back, None if the job
    was taken from this runner."""
    return await tx.value(
        """
        with before as (
            select id, set_out_at from jobs
            where id = $1 and runner = $2 and attempts = $3
            for update
        )
        update jobs j set set_out_at = $4
        from before
        where j.id = before.id
        returning before.set_out_at is not null
        """,
        job.id,
        job.runner,
        job.attempts,
        now,
    )


async def come_back(tx: Tx, job: Job) -> None:
    """Whatever it did is known."""
    await tx.execute("update jobs set set_out_at = null where id = $1", job.id)


async def finish(tx: Tx, job: Job) -> bool:
    """The job is done, and its key locked; False if it was taken from this runner."""
    return bool(
        await tx.execute(
            """
            with ended as (
                delete from jobs where id = $1 and runner = $2 and attempts = $3
                returning tenant_id, order_key
            )
            """
            + _LOCK_ENDED,
            job.id,
            job.runner,
            job.attempts,
        )
    )


async def finish_many(tx: Tx, jobs: Sequence[Job]) -> int:
    """These jobs are done, and their keys locked in their order; how many of them were this
    runner's still."""
    return await tx.execute(
        """
        with gone as (
            delete from jobs
            where id = any ($1::bigint[])
                and runner = ($2::int[])[array_position($1::bigint[], id)]
                and attempts = ($3::int[])[array_position($1::bigint[], id)]
            returning tenant_id, order_key
        ), ended as (
            select tenant_id, order_key from gone order by order_key collate "C"
        )
        """
        + _LOCK_ENDED,
        [job.id for job in jobs],
        [job.runner for job in jobs],
        [job.attempts for job in jobs],
    )


async def bury(tx: Tx, job: Job, error: str, stack: str | None, now: datetime) -> bool:
    """Give the job up, and lock its key; False if it was taken from this runner."""
    return bool(
        await tx.execute(
            """
            with ended as (
                update jobs
                set state = 'dead', runner = null, error = $4, died_at = $5, stack = $6
                where id = $1 and runner = $2 and attempts = $3
                returning tenant_id, order_key, kind
            ), counted as (
                insert into queue_ticks (tenant_id, kind, at, died)
                select tenant_id, kind, $5, 1 from ended
            )
            """
            + _LOCK_ENDED,
            job.id,
            job.runner,
            job.attempts,
            error,
            now,
            stack,
        )
    )


async def postpone(
    tx: Tx, job: Job, error: str, now: datetime, due: datetime, *, counts: bool = True
) -> bool:
    """False if the job was taken from this runner. What does not count was no attempt."""
    return bool(
        await tx.execute(
            """
            with put_off as (
                update jobs
                set state = 'waiting', runner = null, error = $4, waiting_since = $5, due_at = $6,
                    attempts = attempts - $7
                where id = $1 and runner = $2 and attempts = $3
                returning tenant_id, kind
            )
            insert into queue_ticks (tenant_id, kind, at, failed, returned)
            select tenant_id, kind, $5, 1 - $7, $7 from put_off
            """,
            job.id,
            job.runner,
            job.attempts,
            error,
            now,
            due,
            0 if counts else 1,
        )
    )


async def give_back(tx: Tx, job: Job, now: datetime) -> None:
    """As if it had not been taken: it was not the job's fault."""
    await tx.execute(
        """
        with back as (
            update jobs set state = 'ready', runner = null, attempts = attempts - 1
            where id = $1 and runner = $2 and attempts = $3
            returning tenant_id, kind
        )
        insert into queue_ticks (tenant_id, kind, at, returned)
        select tenant_id, kind, $4, 1 from back
        """,
        job.id,
        job.runner,
        job.attempts,
        now,
    )


async def unblock(tx: Tx, tenant: TenantId, keys: Sequence[str]) -> bool:
    """The oldest job of each of these keys may be taken; whether there is any. The keys must be
    locked, and none of theirs under way."""
    return bool(
        await tx.execute(
            """
            update jobs set state = 'ready', turn = nextval('job_turns')
            where state = 'blocked' and id = any (array(
                select (
                    select id from jobs
                    where tenant_id = $1 and order_key = key
                        and state not in ('dead', 'scheduled')
                    order by id
                    limit 1
                )
                from unnest($2::text[]) as key
            ))
            """,
            tenant,
            keys,
        )
    )
