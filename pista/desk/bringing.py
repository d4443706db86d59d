"""Cases that are brought along with what happened to them, as it happened then.

By the very statements that move clientes; nobody is told of it, as it is no news.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple

from pista.desk import moving_queries
from pista.desk.clientes.service import lexemes
from pista.desk.machine import Move
from pista.desk.model import SYSTEM, Actor, ClienteId
from pista.desk.moving_queries import CHANGED, NewCliente
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Then(NamedTuple):
    """What happened to it, and when."""

    at: datetime
    move: Move
    asesor: UserId | None = None
    """Whose it was afterwards."""
    actor: Actor = SYSTEM
    why: str | None = None
    outcome: str | None = None


async def bring(
    tx: Tx, tenant: TenantId, new: NewCliente, came_at: datetime, moves: Sequence[Then]
) -> ClienteId:
    """Each as it is told: a move that is none is refused by the database."""
    words = lexemes(new.nombre, new.telefono, new.email)
    cliente, _ = await moving_queries.add(
        tx, tenant, new, words, actor=SYSTEM, why=new.source, at=came_at
    )
    for one in moves:
        if one.outcome is not None:
            await tx.execute(_OUTCOME, tenant, cliente, one.outcome)
        await tx.execute(
            _HAPPENED,
            tenant,
            cliente,
            one.move.origins,
            one.move.to,
            one.asesor,
            one.move.name,
            one.at,
            one.actor.kind,
            one.actor.id,
            one.why,
        )
    return cliente


_OUTCOME: LiteralString = "update clientes set outcome = $3 where tenant_id = $1 and id = $2"
_HAPPENED: LiteralString = (
    """
    with origin as materialized (
        select
            c.tenant_id, c.id, c.version, c.seguimiento_status as from_status,
            $4::text as to_status, $5::uuid as asesor, c.asesor_asignado as asesor_before,
            $7::timestamptz as at, c.due_at as was_due,
            extract(epoch from $7::timestamptz - c.state_since)::float8 as seconds,
            $6::text as move, ''::text as type, null::text as reason, $8::text as actor_kind,
            $9::uuid as actor_id, $10::text as why, c.touched_at is null as untouched
        from clientes c
        where c.tenant_id = $1 and c.id = $2 and c.seguimiento_status = any($3::text[])
    ),"""
    + CHANGED
    + "select count(*) from moved"
)
