"""SQL of a person's own sessions."""

from datetime import datetime

from pista.accounts.devices.model import Ended, OwnSession, SessionId
from pista.ids import UserId
from pista.store.postgres import Tx


async def sessions(tx: Tx, user: UserId, current: bytes, now: datetime) -> list[OwnSession]:
    return await tx.all(
        OwnSession,
        """
        select id, token_hash = $2 as current, browser, os, country,
               created_at as "createdAt", last_seen_at as "lastSeenAt"
        from user_sessions
        where user_id = $1 and expires_at > $3
        order by token_hash = $2 desc, last_seen_at desc, id
        """,
        user,
        current,
        now,
    )


async def end(tx: Tx, user: UserId, session: SessionId) -> Ended | None:
    """None if this user has no such session."""
    return await tx.one_or_none(
        Ended,
        "delete from user_sessions where user_id = $1 and id = $2 returning browser, os",
        user,
        session,
    )
