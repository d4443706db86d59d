"""The SQL of what is due, of all companies."""

from datetime import datetime, timedelta
from typing import LiteralString

import msgspec

from pista.desk.model import Announced
from pista.desk.moving_queries import CHANGED, TOLD, MessageRow, announced
from pista.store.postgres import Tx


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """What is due next, and in how many seconds by the database's clock."""

    due_at: datetime | None
    seconds: float | None


# One that somebody does something with in this very moment is passed over: it is looked at again.
_TIME_OUT: LiteralString = (
    """
    with origin as materialized (
        select
            c.tenant_id, c.id, c.version, c.seguimiento_status as from_status,
            'no_gestionado'::text as to_status, null::uuid as asesor,
            c.asesor_asignado as asesor_before,
            greatest(clock_timestamp(), c.state_since) as at, c.due_at as was_due,
            extract(epoch from greatest(clock_timestamp() - c.state_since, '0'))::float8
                as seconds,
            'time_out'::text as move, 'CLIENT_RETURNED_TO_GTR'::text as type,
            'timeout_no_gestionado'::text as reason, 'system'::text as actor_kind,
            null::uuid as actor_id, null::text as why, c.touched_at is null as untouched
        from clientes c
        where c.seguimiento_status in ('derivado', 'en_gestion') and c.due_at <= now()
        order by c.due_at
        limit $1
        for no key update of c skip locked
    ),"""
    + CHANGED
    + ", told as ("
    + TOLD
    + ") select tenant_id, seq, audience, body from told order by tenant_id, seq"
)


async def time_out(tx: Tx, most: int) -> list[Announced]:
    """Move what is due, the longest overdue first: in one statement, with history and messages."""
    return [announced(row) for row in await tx.all(MessageRow, _TIME_OUT, most)]


async def due_next(tx: Tx) -> Next:
    return await tx.one(
        Next,
        """
        select due_at, extract(epoch from due_at - clock_timestamp())::float8 as seconds
        from (
            select min(due_at) as due_at
            from clientes
            where seguimiento_status in ('derivado', 'en_gestion')
        ) first
        """,
    )


async def prune(tx: Tx, messages: timedelta, assignments: timedelta) -> None:
    """What nobody can resume from, or take back, any more."""
    await tx.execute("delete from desk_messages where at < now() - $1::interval", messages)
    await tx.execute(
        "delete from desk_assignments where made_at < now() - $1::interval", assignments
    )
    await tx.execute("delete from desk_views where deleted_at < now() - $1::interval", assignments)
