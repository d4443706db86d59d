"""Who is calling: signing in and out, sessions and API keys."""

from datetime import datetime

from msgspec import UNSET

from pista.accounts import attempt_queries, passwords, queries, rules
from pista.accounts.model import (
    Caller,
    Device,
    InvalidCredentials,
    Login,
    Me,
    NewSession,
    Role,
    Scope,
    StoredUser,
    TooManyAttempts,
    User,
)
from pista.accounts.second_factor import checking
from pista.accounts.second_factor import queries as second_factors
from pista.accounts.second_factor.model import SecondFactorNeeded, SecondFactorWrong
from pista.errors import Forbidden, Invalid, NotSignedIn
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer

UNKNOWN = Device()


async def sign_in(
    postgres: Postgres,
    login: Login,
    address: str,
    *,
    now: datetime,
    device: Device = UNKNOWN,
    sealer: Sealer | None = None,
) -> NewSession:
    """Open a session for whoever knows the password, and has the second factor if there is one.

    Takes the pool, not a transaction: the attempt must stay counted when the password is wrong,
    and no connection is held while the password is hashed.
    """
    email = _email(login.email)
    near = rules.neighbourhood(address)
    source = passwords.token_hash(f"{email} {near}")
    anybody = passwords.token_hash(f"* {near}")
    async with postgres.transaction() as tx:
        await count_attempt(tx, source, now)
        # Nor may one address go through all the e-mails there are.
        await count_attempt(tx, anybody, now, most=rules.LOGIN_ATTEMPTS_OF_ADDRESS)
        # Nor may many addresses share the guessing; but whoever is known here is let through.
        known = await attempt_queries.is_known_login(tx, source, now - rules.KNOWN_FOR)
        if email is not None and not known:
            account = passwords.token_hash(f"{email} *")
            await count_attempt(tx, account, now, most=rules.LOGIN_ATTEMPTS_OF_ACCOUNT)
        user = None if email is None else await queries.active_user(tx, email)
    if not await passwords.matches(user.password_hash if user else None, login.password):
        raise InvalidCredentials
    assert user is not None
    rehashed = await _rehashed(user, login.password)
    async with postgres.transaction() as tx:
        if login.code is UNSET:
            await attempt_queries.take_attempt_back(tx, anybody)
        elif not known:
            await count_attempt(tx, passwords.token_hash(f"code {user.id}"), now)
    async with postgres.transaction() as tx:
        await _check_second_factor(tx, user, login, sealer, now)
        await forget_attempts(tx, source, now)
        if login.code is not UNSET:
            await attempt_queries.take_attempt_back(tx, anybody)
        await attempt_queries.know_login(tx, source, now, now - rules.KNOWN_FOR)
        session = await open_session(tx, user, now, device)
        if rehashed is not None:
            await queries.set_password_hash(tx, user.tenant_id, user.email, rehashed)
        return session


async def open_session(
    tx: Tx, user: StoredUser, now: datetime, device: Device = UNKNOWN
) -> NewSession:
    """A new session, if the user is still there and the password is still the one that was looked
    at: it may have changed meanwhile, and with it all sessions were to end.
    """
    token = passwords.token()
    await queries.forget_expired_sessions(tx, now)
    if not await queries.note_sign_in(tx, user.tenant_id, user.id, user.password_hash, now):
        raise InvalidCredentials
    await queries.add_session(
        tx, passwords.token_hash(token), user.id, device, now, now + rules.SESSION_LIFE
    )
    caller = Caller(tenant_id=user.tenant_id, role=user.role, user=user.public())
    return NewSession(token=token, me=await me(tx, caller))


async def count_attempt(
    tx: Tx, source: bytes, now: datetime, *, most: int = rules.LOGIN_ATTEMPTS
) -> None:
    """Count one attempt more, before its password is looked at: of a hundred attempts at once, ten
    get an answer.
    """
    counted = await attempt_queries.count_attempt(tx, source, now, now - rules.LOGIN_WINDOW)
    if counted.attempts > most:
        raise TooManyAttempts(rules.retry_after(counted.window_started_at, now))


async def forget_attempts(tx: Tx, source: bytes, now: datetime) -> None:
    await attempt_queries.forget_attempts(tx, source, now - rules.LOGIN_WINDOW)


async def sign_out(tx: Tx, token: str) -> None:
    """End this session; a token that nobody knows is ended already."""
    await queries.end_session(tx, passwords.token_hash(token))


async def me(tx: Tx, caller: Caller) -> Me:
    """The signed-in person and the company."""
    if caller.user is None:
        raise Forbidden("This is about a signed-in person; an API key is none.")
    tenant = await queries.tenant(tx, caller.tenant_id)
    if tenant is None:
        raise NotSignedIn
    factor = await second_factors.state(tx, caller.tenant_id, caller.user.id)
    needs = tenant.require_second_factor and not factor.on
    return Me(user=caller.user, tenant=tenant, needs_second_factor=needs)


async def caller_by_session(tx: Tx, token: str, *, now: datetime) -> Caller | None:
    """Whose session this is. Being used moves its end; that is written once a minute at most."""
    hashed = passwords.token_hash(token)
    session = await queries.session(tx, hashed, now)
    if session is None:
        return None
    if now - session.last_seen_at >= rules.SEEN_EVERY:
        await queries.touch_session(tx, hashed, now, now + rules.SESSION_LIFE)
    user = User(id=session.user_id, email=session.email, name=session.name, role=session.role)
    return Caller(
        tenant_id=session.tenant_id,
        role=session.role,
        user=user,
        needs_second_factor=session.needs_second_factor,
    )


async def caller_by_key(tx: Tx, key: str, *, now: datetime) -> Caller | None:
    """Whose API key this is; with the scope `admin` it acts as an admin of its tenant."""
    found = await queries.api_key_by_hash(tx, passwords.token_hash(key))
    if found is None:
        return None
    if found.last_used_at is None or now - found.last_used_at >= rules.SEEN_EVERY:
        await queries.touch_api_key(tx, found.tenant_id, found.id, now)
    return Caller(
        tenant_id=found.tenant_id,
        role=Role.ADMIN if Scope.ADMIN in found.scopes else None,
        key=found.id,
        scopes=frozenset(found.scopes),
    )


async def _check_second_factor(
    tx: Tx, user: StoredUser, login: Login, sealer: Sealer | None, now: datetime
) -> None:
    stored = await second_factors.for_update(tx, user.tenant_id, user.id)
    if stored is None or not stored.confirmed:
        return
    if login.code is UNSET or sealer is None:
        raise SecondFactorNeeded
    taken = await checking.take(
        tx, user.tenant_id, user.id, stored, login.code, sealer=sealer, now=now
    )
    if not taken:
        raise SecondFactorWrong


async def _rehashed(user: StoredUser, password: str) -> str | None:
    outdated = passwords.is_outdated(user.password_hash)
    return await passwords.hashed(password) if outdated else None


def _email(text: str) -> str | None:
    try:
        return rules.email(text)
    except Invalid:
        return None
