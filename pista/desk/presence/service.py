"""Notes who is at work, and tells supervisors."""

import msgspec

from pista import texts
from pista.accounts import Caller
from pista.desk.presence import pauses, queries, windows
from pista.desk.presence.model import DeskAsesor, DeskAsesores, DeskPresence, SetDeskPresence
from pista.desk.presence.queries import HOLDS, SEEN, AsesorRow, Told
from pista.errors import Forbidden
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


async def say(tx: Tx, caller: Caller, asked: SetDeskPresence) -> DeskPresence:
    """Said again every half minute it is a sign of life, and told only where it is new."""
    if caller.user is None:
        raise Forbidden
    tenant, user = caller.tenant_id, caller.user.id
    reason = texts.plain(asked.reason or "").strip() or None
    before = await queries.told(tx, tenant, user)
    now = await queries.set_presence(tx, tenant, user, asked.state, reason)
    await pauses.follow(tx, tenant, user, now)
    if now != before:
        one = Told(
            tenant_id=tenant, user_id=user, state=now.state, reason=now.reason, since=now.since
        )
        windows.tell(tx, [one])
    return now


async def seen(tx: Tx, tenant: TenantId, user: UserId) -> None:
    """Any other sign of life."""
    windows.tell(tx, await queries.keep(tx, [(tenant, user)], HOLDS, SEEN))


async def asesores(tx: Tx, tenant: TenantId) -> DeskAsesores:
    rows = await queries.asesores(tx, tenant)
    return DeskAsesores(items=[_shown(row) for row in rows])


async def asesor(tx: Tx, tenant: TenantId, user: UserId) -> DeskAsesor:
    [row] = await queries.asesores(tx, tenant, user)
    return _shown(row)


def _shown(row: AsesorRow) -> DeskAsesor:
    return DeskAsesor(**msgspec.structs.asdict(row), present=row.state == "available")
