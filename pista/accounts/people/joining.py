"""Using a link, and choosing a new password: what somebody does for themselves."""

from datetime import datetime

from msgspec import UNSET

from pista.accounts import audit, passwords, sessions
from pista.accounts import queries as accounts
from pista.accounts.audit import Action, Actor
from pista.accounts.audit.model import ActorKind
from pista.accounts.model import Device, EmailTaken, NewSession, StoredUser, User
from pista.accounts.people import queries, rules
from pista.accounts.people.model import (
    ChangePassword,
    LinkKind,
    LinkNotValid,
    OpenedLink,
    StoredLink,
    UseLink,
    WrongPassword,
)
from pista.accounts.rules import name as name_of
from pista.errors import Invalid
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Postgres, Tx


async def look(tx: Tx, token: str, *, now: datetime) -> OpenedLink:
    """What this link is for; looking does not use it up."""
    link = await _open(tx, token, now)
    return OpenedLink(
        kind=link.kind,
        email=link.email,
        name=link.name,
        company=link.company,
        expires_at=link.expires_at,
    )


async def use(
    postgres: Postgres,
    request: UseLink,
    *,
    request_id: str | None,
    now: datetime,
    device: Device = sessions.UNKNOWN,
) -> NewSession | None:
    """Join, and be signed in at once; or choose a new password, and sign in with it.

    Takes the pool, since no connection is held while the password is hashed. Unknown links cost
    one look-up and no hash.
    """
    async with postgres.transaction() as tx:
        link = await _open(tx, request.token, now)
    name = _name(link, request)
    strong = rules.strong(request.password, email=link.email, name=name)
    hashed = await passwords.hashed(strong)
    by = Actor(kind=ActorKind.LINK, id=link.id, request_id=request_id)
    async with postgres.of(link.tenant_id).transaction() as tx:
        await queries.lock(tx, link.tenant_id)
        if not await queries.use_link(tx, link.tenant_id, link.id, now):
            raise LinkNotValid
        if link.kind is LinkKind.INVITE:
            return await _join(tx, link, by, name, hashed, device, now)
        await _reset(tx, link, by, hashed, now)
        return None


async def change_password(
    postgres: Postgres,
    tenant_id: TenantId,
    user: User,
    request: ChangePassword,
    token: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Choose another password; every other session of this user ends.

    Wrong ones are counted as at the door: a session that somebody left open is no place to guess.
    """
    source = passwords.token_hash(f"password {user.id}")
    async with postgres.transaction() as tx:
        await sessions.count_attempt(tx, source, now)
        before = await queries.password_hash(tx, tenant_id, user.id)
    if not await passwords.matches(before, request.current):
        raise WrongPassword
    strong = rules.strong(request.password, email=user.email, name=user.name)
    hashed = await passwords.hashed(strong)
    async with postgres.transaction() as tx:
        if not await queries.replace_password(tx, tenant_id, user.id, hashed, before):
            raise WrongPassword
        await sessions.forget_attempts(tx, source, now)
        await queries.withdraw_resets_of(tx, tenant_id, user.id, now)
        await queries.end_other_sessions(tx, user.id, passwords.token_hash(token))
        await _record(tx, tenant_id, by, Action.PASSWORD_CHANGED, user.id, user.email, now)


async def _open(tx: Tx, token: str, now: datetime) -> StoredLink:
    link = await queries.open_link(tx, passwords.token_hash(token), now)
    if link is None:
        raise LinkNotValid
    return link


def _name(link: StoredLink, request: UseLink) -> str:
    if link.kind is LinkKind.RESET:
        return link.name
    if request.name is UNSET:
        raise Invalid("name: Say your name.")
    return name_of(request.name)


async def _join(
    tx: Tx, link: StoredLink, by: Actor, name: str, hashed: str, device: Device, now: datetime
) -> NewSession:
    user = StoredUser(
        id=UserId(uuid7()),
        tenant_id=link.tenant_id,
        email=link.email,
        name=name,
        role=link.role,
        password_hash=hashed,
    )
    made = await accounts.add_user(
        tx, user.tenant_id, user.id, user.email, user.name, user.role, hashed, now
    )
    if made is None:
        raise EmailTaken(f"A user with the e-mail {user.email} exists already.")
    await _record(tx, user.tenant_id, by, Action.USER_JOINED, user.id, user.email, now)
    return await sessions.open_session(tx, user, now, device)


async def _reset(tx: Tx, link: StoredLink, by: Actor, hashed: str, now: datetime) -> None:
    assert link.user_id is not None
    if not await queries.replace_password(tx, link.tenant_id, link.user_id, hashed, None):
        raise LinkNotValid
    await accounts.end_sessions(tx, link.user_id)
    await _record(tx, link.tenant_id, by, Action.PASSWORD_CHANGED, link.user_id, link.email, now)


async def _record(
    tx: Tx,
    tenant_id: TenantId,
    by: Actor,
    action: Action,
    user: UserId,
    email: str,
    now: datetime,
) -> None:
    await audit.record(tx, tenant_id, by, action, subject=user, name=email, now=now)
