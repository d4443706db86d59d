"""What could not be done: read, tried again or dropped by a person."""

from collections.abc import Sequence
from uuid import UUID

from pista.ids import TenantId
from pista.queue import dead_queries, queries
from pista.queue.model import DeadJob, JobId
from pista.store.postgres import Tx

MOST_LISTED = 200


def about(job: DeadJob, name: str) -> UUID | None:
    """The id that its payload has under this name; an older Pista's may be of another form."""
    try:
        return UUID(str(job.payload[name]))
    except (KeyError, TypeError, ValueError):
        return None


async def dead_letters(
    tx: Tx,
    tenant: TenantId,
    *,
    most: int,
    kind: str | None = None,
    of_queue: str | None = None,
    before: JobId | None = None,
) -> list[DeadJob]:
    """The newest first."""
    return await dead_queries.page(tx, tenant, kind, of_queue, before, most)


async def dead_jobs(tx: Tx, tenant: TenantId) -> list[DeadJob]:
    """The dead letters, the newest first."""
    return await dead_letters(tx, tenant, most=MOST_LISTED)


async def dead_kinds(tx: Tx, tenant: TenantId) -> dict[str, int]:
    """How many dead letters of each kind there are."""
    return await dead_queries.kinds(tx, tenant)


async def replay_jobs(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> int:
    """Have these dead letters tried again from the beginning, those of one key in the order in
    which they were enqueued; how many there were."""
    found = await dead_queries.lock(tx, tenant, jobs)
    for key in sorted({one.order_key for one in found if one.order_key is not None}):
        await queries.lock_key(tx, tenant, key)
    for one in found:
        await dead_queries.replay(tx, tenant, one.id)
    return len(found)


async def replay_job(tx: Tx, tenant: TenantId, job: JobId) -> bool:
    """Have a dead letter tried again from the beginning; False if there is none."""
    return await replay_jobs(tx, tenant, [job]) == 1


async def drop_jobs(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> int:
    """Forget these dead letters; how many there were."""
    return await dead_queries.drop(tx, tenant, jobs)


async def drop_job(tx: Tx, tenant: TenantId, job: JobId) -> bool:
    """Forget a dead letter; False if there is none."""
    return await drop_jobs(tx, tenant, [job]) == 1
