"""SQL of the look for runners that are no more, and of the jobs that they had in hand."""

from collections.abc import Sequence
from datetime import datetime

from pista.queue import queries
from pista.queue.model import Job
from pista.store.postgres import Tx


async def living(tx: Tx) -> list[int]:
    """The numbers of runners that hold their locks."""
    rows = await tx.connection.fetch(
        """
        select objid::int as number
        from pg_locks
        where locktype = 'advisory' and granted and classid = $1 and objsubid = 1
            and database = (select oid from pg_database where datname = current_database())
        """,
        queries.RUNNER_LOCKS >> 32,
    )
    return [row["number"] for row in rows]


# What the living ever had in hand is not looked at: beside an old snapshot each job that they did
# is among it still.
GONE = """
select distinct job.runner
from unnest(array[-1] || $1::int[], $1::int[] || 2147483647) as gap (after, before)
cross join lateral (
    select runner
    from jobs
    where state = 'running' and runner > gap.after and runner < gap.before
    -- Apart from the rest, so that it is looked up by the gap's ends and by nothing else.
    offset 0
) job
"""


async def gone(tx: Tx, living: Sequence[int]) -> list[int]:
    """The numbers of others that have jobs in hand."""
    rows = await tx.connection.fetch(GONE, sorted(living))
    return [row["runner"] for row in rows]


async def enrol(tx: Tx, runner: int) -> None:
    """Note that this runner began its work at this PostgreSQL."""
    await tx.execute("insert into runners values ($1, pg_postmaster_start_time())", runner)


async def ended_by_itself(tx: Tx, runner: int) -> bool:
    """Whether a runner that is no more ended, and not PostgreSQL under it."""
    return await tx.value(
        """
        select exists (
            select from runners where number = $1 and postgres_since = pg_postmaster_start_time()
        )
        """,
        runner,
    )


async def forget(tx: Tx, living: Sequence[int]) -> None:
    """Runners that are no more, and left nothing."""
    await tx.execute("delete from runners where number <> all ($1::int[])", list(living))


async def orphans(tx: Tx, runner: int) -> list[Job]:
    """What a runner had in hand that is no more."""
    return await tx.all(
        Job,
        """
        select id, tenant_id, kind, payload, order_key, turn, runner, attempts, crashes,
            enqueued_at
        from jobs
        where state = 'running' and runner = $1
        order by id
        limit $2
        for update
        """,
        runner,
        queries.MOST_SWEPT,
    )


async def count_crash(tx: Tx, job: Job, now: datetime) -> None:
    """Ready again for whoever takes it."""
    await tx.execute(
        """
        with back as (
            update jobs
            set state = 'ready', runner = null, crashes = crashes + 1, turn = nextval('job_turns')
            where id = $1 and runner = $2
            returning tenant_id, kind
        )
        insert into queue_ticks (tenant_id, kind, at, failed)
        select tenant_id, kind, $3, 1 from back
        """,
        job.id,
        job.runner,
        now,
    )


async def put_back(tx: Tx, job: Job, now: datetime) -> None:
    """As if it had not been tried: PostgreSQL ended. Done alone all the same, should it be why."""
    await tx.execute(
        """
        with back as (
            update jobs
            set state = 'ready', runner = null, crashes = crashes + 1, attempts = attempts - 1,
                turn = nextval('job_turns')
            where id = $1 and runner = $2
            returning tenant_id, kind
        )
        insert into queue_ticks (tenant_id, kind, at, returned)
        select tenant_id, kind, $3, 1 from back
        """,
        job.id,
        job.runner,
        now,
    )
