"""Notes who is at work, and tells supervisors."""

from pista.accounts import Caller
from pista.desk import announcing, texts
from pista.desk.presence import queries
from pista.desk.presence.model import DeskAsesor, DeskAsesores, DeskPresence, SetDeskPresence
from pista.errors import Forbidden
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


async def say(tx: Tx, caller: Caller, asked: SetDeskPresence) -> DeskPresence:
    """Said again every half minute it is a sign of life, and told only where it is new."""
    if caller.user is None:
        raise Forbidden
    tenant, user = caller.tenant_id, caller.user.id
    reason = texts.plain(asked.reason or "").strip() or None
    before = await queries.presence(tx, tenant, user)
    now = await queries.set_presence(tx, tenant, user, asked.state, reason)
    if now != before:
        told = {"type": "ASESOR_PRESENCE", "asesorId": user, "state": now.state}
        body = {**told, "reason": now.reason, "since": now.since}
        announcing.mention(tx, tenant, [user], body)
    return now


async def seen(tx: Tx, tenant: TenantId, user: UserId) -> None:
    """Any other sign of life."""
    await queries.seen(tx, tenant, user)


async def asesores(tx: Tx, tenant: TenantId) -> DeskAsesores:
    items = [
        DeskAsesor(
            id=row.id,
            name=row.name,
            role=row.role,
            present=row.here and row.state == "available",
            state=row.state if row.here else "away",
            reason=row.reason if row.here else None,
            since=row.since,
            derivado=row.derivado,
            en_gestion=row.en_gestion,
        )
        for row in await queries.asesores(tx, tenant)
    ]
    return DeskAsesores(items=items)
