"""Whether a code is the right one."""

from datetime import datetime

from pista import logs
from pista.accounts import passwords
from pista.accounts.second_factor import queries, rules
from pista.accounts.second_factor.model import Stored
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable

log = logs.get()


def purpose(tenant_id: TenantId, user: UserId) -> str:
    """What a secret is sealed for: it opens for this user alone."""
    return f"second factor of {tenant_id}/{user}"


def recovery_hash(user: UserId, code: str) -> bytes:
    return passwords.token_hash(f"{user} {rules.bare(code)}")


async def take(
    tx: Tx,
    tenant_id: TenantId,
    user: UserId,
    stored: Stored,
    code: str,
    *,
    sealer: Sealer,
    now: datetime,
) -> bool:
    """Use up this code. `stored` is locked, so that of two who send it at once one is refused."""
    digits = rules.digits(code)
    if digits is None:
        return await queries.use_recovery_code(tx, tenant_id, user, recovery_hash(user, code))
    try:
        secret = sealer.open(stored.sealed, purpose(tenant_id, user))
    except SecretUnreadable:
        # The key has changed; recovery codes need none.
        log.error("second_factor_unreadable", user_id=str(user))
        return False
    step = rules.step_of(secret, digits, now, stored.last_step)
    if step is not None:
        await queries.note_step(tx, tenant_id, user, step)
    return step is not None
