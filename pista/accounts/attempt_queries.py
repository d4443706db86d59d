"""SQL of attempts to sign in, counted by hashes of who tries and from where."""

from datetime import datetime

from pista.accounts.model import LoginAttempts
from pista.store.postgres import Tx


async def count_attempt(
    tx: Tx, source_hash: bytes, now: datetime, window_began: datetime
) -> LoginAttempts:
    """Count one more attempt; a window that began before `window_began` is over."""
    return await tx.one(
        LoginAttempts,
        """
        insert into login_attempts as a (source_hash, attempts, window_started_at)
        values ($1, 1, $2)
        on conflict (source_hash) do update
        set attempts = case when a.window_started_at > $3 then a.attempts + 1 else 1 end,
            window_started_at =
                case when a.window_started_at > $3 then a.window_started_at else $2 end
        returning attempts, window_started_at
        """,
        source_hash,
        now,
        window_began,
    )


async def forget_attempts(tx: Tx, source_hash: bytes, window_began: datetime) -> None:
    """Forget this source, and every other whose window is over.

    Others that somebody counts at this moment are left: who waits for them would be waited for.
    """
    await tx.execute("delete from login_attempts where source_hash = $1", source_hash)
    await tx.execute(
        """
        delete from login_attempts
        where source_hash in (
            select source_hash from login_attempts
            where window_started_at <= $1
            for update skip locked
        )
        """,
        window_began,
    )


async def take_attempt_back(tx: Tx, source_hash: bytes) -> None:
    """It was no guess: all of an office may sign in from one address."""
    await tx.execute(
        "update login_attempts set attempts = attempts - 1 where source_hash = $1 and attempts > 0",
        source_hash,
    )


async def is_known_login(tx: Tx, source_hash: bytes, since: datetime) -> bool:
    return bool(
        await tx.value(
            "select exists (select from known_logins where source_hash = $1 and seen_at > $2)",
            source_hash,
            since,
        )
    )


async def know_login(tx: Tx, source_hash: bytes, now: datetime, since: datetime) -> None:
    """Remember this source, and forget those that have not been here since then."""
    await tx.execute("delete from known_logins where seen_at <= $1", since)
    await tx.execute(
        """
        insert into known_logins (source_hash, seen_at)
        values ($1, $2)
        on conflict (source_hash) do update set seen_at = $2
        """,
        source_hash,
        now,
    )
