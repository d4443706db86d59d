"""Forgets work about somebody whose data is erased."""

from collections.abc import Sequence

import msgspec

from pista.ids import TenantId
from pista.queue import attempt_queries, queries
from pista.queue.model import JobId
from pista.store.postgres import Tx


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """A job that names somebody."""

    id: JobId
    state: str
    order_key: str | None


async def erase_jobs(tx: Tx, tenant: TenantId, names: Sequence[str]) -> int | None:
    """Forget all work about somebody; None, and nothing done, while some of it is in hand."""
    for key in _keys(await _naming(tx, tenant, names)):
        await queries.lock_key(tx, tenant, key)
    found = await _naming(tx, tenant, names)
    if any(one.state == "running" for one in found):
        return None
    removed = await _remove(tx, tenant, [one.id for one in found])
    await attempt_queries.unblock(tx, tenant, _keys(found))
    return removed


def _keys(jobs: Sequence[Naming]) -> list[str]:
    return sorted({one.order_key for one in jobs if one.order_key is not None})


async def _naming(tx: Tx, tenant: TenantId, names: Sequence[str]) -> list[Naming]:
    """Jobs with one of these as a text of their payload, or in what is said of their failure."""
    return await tx.all(
        Naming,
        """
        select id, state, order_key
        from jobs
        where tenant_id = $1
            and exists (
                select from unnest($2::text[]) as name
                where position(to_json(name)::text in payload::text) > 0
                    or (length(name) >= 8 and position(name in coalesce(error, '')) > 0)
            )
        order by id
        """,
        tenant,
        names,
    )


async def _remove(tx: Tx, tenant: TenantId, jobs: Sequence[JobId]) -> int:
    return await tx.execute(
        "delete from jobs where tenant_id = $1 and id = any ($2) and state <> 'running'",
        tenant,
        jobs,
    )
