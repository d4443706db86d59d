"""A person's own sessions: looking at them, and ending them."""

from datetime import datetime

from pista.accounts import audit, passwords
from pista.accounts.audit import Action, Actor
from pista.accounts.devices import queries
from pista.accounts.devices.model import OwnSession, SessionId, SessionNotFound
from pista.accounts.model import User
from pista.accounts.people.queries import end_other_sessions
from pista.ids import TenantId
from pista.store.postgres import Tx


async def sessions(tx: Tx, user: User, token: str, *, now: datetime) -> list[OwnSession]:
    """This one first."""
    return await queries.sessions(tx, user.id, passwords.token_hash(token), now)


async def end(
    tx: Tx, tenant_id: TenantId, user: User, session: SessionId, *, by: Actor, now: datetime
) -> None:
    ended = await queries.end(tx, user.id, session)
    if ended is None:
        raise SessionNotFound
    device = " · ".join(part for part in (ended.browser, ended.os) if part)
    await audit.record(
        tx,
        tenant_id,
        by,
        Action.SESSION_ENDED,
        subject=user.id,
        name=user.email,
        now=now,
        details={"device": device},
    )


async def end_others(
    tx: Tx, tenant_id: TenantId, user: User, token: str, *, by: Actor, now: datetime
) -> None:
    """All but this one; if there is no other, nothing has happened."""
    ended = await end_other_sessions(tx, user.id, passwords.token_hash(token))
    if ended:
        await audit.record(
            tx,
            tenant_id,
            by,
            Action.SESSIONS_ENDED,
            subject=user.id,
            name=user.email,
            now=now,
            details={"count": str(ended)},
        )
