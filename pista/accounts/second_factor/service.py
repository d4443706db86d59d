"""Setting a second factor up, and switching it off."""

from datetime import datetime

from pista.accounts import audit, passwords, sessions
from pista.accounts import queries as accounts
from pista.accounts.audit import Action, Actor
from pista.accounts.model import User, UserNotFound
from pista.accounts.people import queries as people
from pista.accounts.people.model import WrongPassword
from pista.accounts.second_factor import checking, queries, rules
from pista.accounts.second_factor.model import (
    CodeWrong,
    RecoveryCodes,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorRequired,
    SecondFactorState,
    Setup,
)
from pista.ids import TenantId, UserId
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer


async def state(tx: Tx, tenant_id: TenantId, user: User) -> SecondFactorState:
    return await queries.state(tx, tenant_id, user.id)


async def prove(
    postgres: Postgres, tenant_id: TenantId, user: User, password: str, *, now: datetime
) -> None:
    """Whether this is the person and no one at a screen left open; counted as at the door."""
    source = passwords.token_hash(f"password {user.id}")
    async with postgres.transaction() as tx:
        await sessions.count_attempt(tx, source, now)
        stored = await people.password_hash(tx, tenant_id, user.id)
    if not await passwords.matches(stored, password):
        raise WrongPassword
    async with postgres.transaction() as tx:
        await sessions.forget_attempts(tx, source, now)


async def propose(
    tx: Tx, tenant_id: TenantId, user: User, *, sealer: Sealer, now: datetime
) -> Setup:
    """A secret for the app. Nothing is asked for at the door until a code has confirmed it."""
    secret = rules.new_secret()
    sealed = sealer.seal(secret, checking.purpose(tenant_id, user.id))
    if not await queries.propose(tx, tenant_id, user.id, sealed, now):
        raise SecondFactorOn
    company = await accounts.tenant(tx, tenant_id)
    uri = rules.uri(secret, email=user.email, company=company.name if company else "")
    return Setup(secret=secret, uri=uri, qr=rules.picture(uri))


async def count_guess(postgres: Postgres, user: User, *, now: datetime) -> None:
    """Codes are six digits: at a screen left open in the middle of it, not all are to be tried."""
    async with postgres.transaction() as tx:
        await sessions.count_attempt(tx, _guesses_of(user), now)


async def confirm(
    tx: Tx,
    tenant_id: TenantId,
    user: User,
    code: str,
    token: str,
    *,
    sealer: Sealer,
    by: Actor,
    now: datetime,
) -> RecoveryCodes:
    """From now on it is asked for. Other sessions, which were opened without it, end."""
    stored = await queries.for_update(tx, tenant_id, user.id)
    if stored is None:
        raise SecondFactorOff
    if stored.confirmed:
        raise SecondFactorOn
    digits = rules.digits(code)
    if digits is None or not await checking.take(
        tx, tenant_id, user.id, stored, digits, sealer=sealer, now=now
    ):
        raise CodeWrong
    await sessions.forget_attempts(tx, _guesses_of(user), now)
    await queries.confirm(tx, tenant_id, user.id, now)
    await people.end_other_sessions(tx, user.id, passwords.token_hash(token))
    await _record(tx, tenant_id, by, Action.SECOND_FACTOR_ON, user.id, user.email, now)
    return await _new_codes(tx, tenant_id, user.id)


async def renew_codes(
    tx: Tx, tenant_id: TenantId, user: User, *, by: Actor, now: datetime
) -> RecoveryCodes:
    """Those of before are void."""
    stored = await queries.for_update(tx, tenant_id, user.id)
    if stored is None or not stored.confirmed:
        raise SecondFactorOff
    await _record(tx, tenant_id, by, Action.RECOVERY_CODES_RENEWED, user.id, user.email, now)
    return await _new_codes(tx, tenant_id, user.id)


async def switch_off(
    tx: Tx, tenant_id: TenantId, user: UserId, *, by: Actor, now: datetime
) -> None:
    """For oneself, or by an admin for somebody whose phone is lost.

    Nobody goes without one that the company requires, who would have to set it up at once.
    """
    person = await people.person(tx, tenant_id, user)
    if person is None:
        raise UserNotFound
    company = await accounts.tenant(tx, tenant_id)
    if by.id == user and company is not None and company.require_second_factor:
        raise SecondFactorRequired("Your company asks everybody for a second factor.")
    if await queries.remove(tx, tenant_id, user):
        await _record(tx, tenant_id, by, Action.SECOND_FACTOR_OFF, user, person.email, now)


def _guesses_of(user: User) -> bytes:
    return passwords.token_hash(f"confirm {user.id}")


async def _new_codes(tx: Tx, tenant_id: TenantId, user: UserId) -> RecoveryCodes:
    codes = rules.recovery_codes()
    hashes = [checking.recovery_hash(user, code) for code in codes]
    await queries.replace_recovery_codes(tx, tenant_id, user, hashes)
    return RecoveryCodes(codes=codes)


async def _record(
    tx: Tx, tenant_id: TenantId, by: Actor, action: Action, user: UserId, email: str, now: datetime
) -> None:
    await audit.record(tx, tenant_id, by, action, subject=user, name=email, now=now)
