"""Lets queues stand still, for one company or for all: nothing more of them is begun."""

from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.queue import queries
from pista.store.postgres import Tx


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A queue that stands still."""

    queue: str
    since: datetime
    paused_by: str | None
    """Who of the company did it; null where the whole installation stands still."""
    everywhere: bool


async def standing(tx: Tx, tenant: TenantId | None) -> list[Standing]:
    """What stands still for this company, or else for all."""
    return await tx.all(
        Standing,
        """
        select queue, since, paused_by, false as everywhere
        from queue_pauses
        where tenant_id = $1
        union all
        select queue, since, null, true
        from queue_halts
        order by queue, everywhere
        """,
        tenant,
    )


async def pause(tx: Tx, tenant: TenantId, queue: str, by: str | None, *, now: datetime) -> bool:
    """Begin nothing more of it; False if it stood still already. What is in hand is ended."""
    return bool(
        await tx.execute(
            """
            insert into queue_pauses (tenant_id, queue, since, paused_by)
            values ($1, $2, $3, $4)
            on conflict do nothing
            """,
            tenant,
            queue,
            now,
            by,
        )
    )


async def resume(tx: Tx, tenant: TenantId, queue: str) -> bool:
    """Go on with it; False if it did not stand still."""
    tx.tell(queries.WAKE, queries.ALL)
    return bool(
        await tx.execute(
            "delete from queue_pauses where tenant_id = $1 and queue = $2", tenant, queue
        )
    )


async def halt(tx: Tx, queue: str, *, now: datetime) -> bool:
    """The same for every company, over whatever each has said."""
    return bool(
        await tx.execute(
            "insert into queue_halts (queue, since) values ($1, $2) on conflict do nothing",
            queue,
            now,
        )
    )


async def unhalt(tx: Tx, queue: str) -> bool:
    tx.tell(queries.WAKE, queries.ALL)
    return bool(await tx.execute("delete from queue_halts where queue = $1", queue))
