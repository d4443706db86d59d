"""Pauses in which the time of somebody's clientes stands still, if the company has it so.

What is under way is put off by the longest that the pause may take, and taken forward again by
what it did not: nothing has to be done when it ends by itself.
"""

from datetime import datetime

import msgspec

from pista.desk import announcing
from pista.desk.model import ClienteId
from pista.desk.presence import queries
from pista.desk.presence.model import DeskPresence
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class PutOff(msgspec.Struct, frozen=True, kw_only=True):
    """A cliente whose time is another now."""

    id: ClienteId
    last_activity: datetime
    due_at: datetime


async def follow(tx: Tx, tenant: TenantId, user: UserId, now: DeskPresence) -> None:
    """Stop the clock for a pause that stops it, and let it run on after one. Said again, nothing
    changes: a pause that took its longest does not begin anew."""
    minutes = None
    if now.state == "paused" and now.reason is not None:
        minutes = await queries.stops_for(tx, tenant, now.reason)
    wanted = now.reason if minutes is not None else None
    before = await queries.stopped(tx, tenant, user)
    if wanted == before.stopped_for:
        return
    changed: list[PutOff] = []
    if before.seconds_left > 0:
        changed = await _put_off(tx, tenant, user, -before.seconds_left)
    if minutes is not None:
        changed = await _put_off(tx, tenant, user, minutes * 60)
    await queries.stop(tx, tenant, user, wanted, minutes)
    for one in changed:
        told = {"type": "CLIENT_ACTIVITY", "clienteId": one.id, "asesorId": user}
        body = {**told, "last_activity": one.last_activity, "due_at": one.due_at}
        announcing.mention(tx, tenant, [user], body)
    announcing.wake_timer(tx, min((one.due_at for one in changed), default=None))


async def _put_off(tx: Tx, tenant: TenantId, user: UserId, seconds: float) -> list[PutOff]:
    """Never into the past: whoever comes back has a moment."""
    return await tx.all(
        PutOff,
        """
        with held as materialized (
            select id
            from clientes
            where tenant_id = $1 and asesor_asignado = $2
                and seguimiento_status in ('derivado', 'en_gestion')
            order by id
            for no key update
        )
        update clientes c
        set due_at = greatest(
            c.due_at + make_interval(secs => $3), least(c.due_at, clock_timestamp())
        )
        from held
        where c.tenant_id = $1 and c.id = held.id and c.asesor_asignado = $2
            and c.seguimiento_status in ('derivado', 'en_gestion')
        returning c.id, c.last_activity, c.due_at
        """,
        tenant,
        user,
        seconds,
    )
