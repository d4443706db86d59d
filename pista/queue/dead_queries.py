"""SQL of dead letters."""

from collections.abc import Sequence

import msgspec

from pista.ids import TenantId
from pista.queue.model import DeadJob, JobId
from pista.queue.queries import WAKE
from pista.store.postgres import Tx


class DeadKey(msgspec.Struct, frozen=True, kw_only=True):
    id: JobId
    order_key: str | None


async def page(
    tx: Tx,
    tenant: TenantId,
    kind: str | None,
    of_queue: str | None,
    before: JobId | None,
    most: int,
) -> list[DeadJob]:
    """The newest first, before this one."""
    return await tx.all(
        DeadJob,
        """
        select id, kind, queue, payload, attempts, error, stack, enqueued_at, died_at
        from jobs
        where tenant_id = $1 and state = 'dead'
            and ($2::text is null or kind = $2)
            and ($3::bigint is null or id < $3)
            and ($5::text is null or queue = $5)
        order by id desc
        limit $4
        """,
        tenant,
        kind,
        before,
        most,
        of_queue,
    )


async def kinds(tx: Tx, tenant: TenantId) -> dict[str, int]:
    """How many of each kind there are."""
    rows = await tx.connection.fetch(
        """
        select kind, count(*) as many
        from jobs
        where tenant_id = $1 and state = 'dead'
        group by kind
        order by kind
        """,
        tenant,
    )
    return {row["kind"]: row["many"] for row in rows}


async def lock(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> list[DeadKey]:
    """Those that are dead letters, the oldest first; nobody else decides about them meanwhile."""
    return await tx.all(
        DeadKey,
        """
        select id, order_key
        from jobs
        where tenant_id = $1 and state = 'dead' and id = any ($2)
        order by id
        for update
        """,
        tenant,
        jobs,
    )


async def replay(tx: Tx, tenant: TenantId, job: JobId) -> None:
    """Begin anew, after whatever of its key is under way."""
    tx.tell(WAKE)
    await tx.execute(
        """
        update jobs j
        set state = case when j.order_key is not null and exists (
                select from jobs o
                where o.tenant_id = j.tenant_id and o.order_key = j.order_key
                    and o.state not in ('dead', 'scheduled')
            ) then 'blocked' else 'ready' end,
            turn = nextval('job_turns'), attempts = 0, crashes = 0, error = null,
            stack = null, died_at = null
        where j.tenant_id = $1 and j.id = $2 and j.state = 'dead'
        """,
        tenant,
        job,
    )


async def drop(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> int:
    return await tx.execute(
        "delete from jobs where tenant_id = $1 and state = 'dead' and id = any ($2)", tenant, jobs
    )
