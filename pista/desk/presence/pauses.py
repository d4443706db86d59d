"""Pauses in which the time of somebody's clientes stands still, if the company has it so.

What is left of what is under way is put off until the pause has taken its longest, and taken
forward again if it did not: nothing has to be done when it ends by itself. All of that is time of
the company's hours, as everywhere.
"""

from datetime import datetime, timedelta

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
    until = before.now + timedelta(minutes=minutes) if minutes is not None else None
    goes_on = before.until or before.now
    changed = await _put_off(tx, tenant, user, goes_on, until or before.now)
    await queries.stop(tx, tenant, user, wanted, until)
    for one in changed:
        told = {"type": "CLIENT_ACTIVITY", "clienteId": one.id, "asesorId": user}
        body = {**told, "last_activity": one.last_activity, "due_at": one.due_at}
        announcing.mention(tx, tenant, [user], body)
    announcing.wake_timer(tx, min((one.due_at for one in changed), default=None))


async def _put_off(
    tx: Tx, tenant: TenantId, user: UserId, goes_on: datetime, other: datetime
) -> list[PutOff]:
    """What would be left of the time from when it goes on is left from this other moment on. What
    was due before stays so."""
    if goes_on == other:
        return []
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
        set due_at = desk_later($1, $4, desk_open($1, $3, c.due_at))
        from held
        where c.tenant_id = $1 and c.id = held.id and c.asesor_asignado = $2
            and c.seguimiento_status in ('derivado', 'en_gestion') and c.due_at > $3
        returning c.id, c.last_activity, c.due_at
        """,
        tenant,
        user,
        goes_on,
        other,
    )
