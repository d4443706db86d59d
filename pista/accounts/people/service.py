"""Inviting people, changing what they may do, and shutting them out."""

from datetime import datetime

from msgspec import UNSET
from msgspec.structs import replace

from pista.accounts import audit, passwords
from pista.accounts import queries as accounts
from pista.accounts.audit import Action, Actor
from pista.accounts.audit.model import ActorKind
from pista.accounts.model import EmailTaken, Role, UserNotFound
from pista.accounts.people import queries, rules
from pista.accounts.people.model import (
    AccessLink,
    ChangePerson,
    Deactivated,
    Invite,
    InviteNotFound,
    LastAdmin,
    LinkId,
    LinkKind,
    NewInvite,
    Person,
)
from pista.accounts.rules import email as email_of
from pista.accounts.rules import name as name_of
from pista.errors import Forbidden
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Tx


async def people(tx: Tx, tenant_id: TenantId) -> list[Person]:
    return await queries.people(tx, tenant_id)


async def change(
    tx: Tx, tenant_id: TenantId, by: Actor, user: UserId, request: ChangePerson, *, now: datetime
) -> Person:
    """Change a user's name, role, or whether they may sign in at all.

    One change of a company's people is made at a time, so that of two admins who shut each other
    out one stays.
    """
    await begin(tx, tenant_id, by)
    before = await _person(tx, tenant_id, user)
    after = _changed(before, request, now)
    if _is_admin(before) and not _is_admin(after):
        if not await queries.other_admins(tx, tenant_id, user):
            raise LastAdmin
        # A link that was made while its maker might is no way back in.
        await queries.withdraw_links_by(tx, tenant_id, user, now)
    await queries.change(tx, tenant_id, user, after.name, after.role, after.deactivated_at)
    if after.deactivated_at is not None:
        await queries.withdraw_resets_of(tx, tenant_id, user, now)
        await accounts.end_sessions(tx, user)
    await _record(tx, tenant_id, by, before, after, now)
    return after


async def invite(
    tx: Tx, tenant_id: TenantId, by: Actor, request: NewInvite, *, public_url: str, now: datetime
) -> AccessLink:
    """A link with which this person joins; an older one for the same e-mail is void."""
    email = email_of(request.email)
    await begin(tx, tenant_id, by)
    if await queries.email_is_taken(tx, email):
        raise EmailTaken(f"A user with the e-mail {email} exists already.")
    await queries.withdraw_invites_of(tx, tenant_id, email, now)
    link, token = LinkId(uuid7()), passwords.token()
    expires_at = now + rules.LIFE[LinkKind.INVITE]
    await queries.add_invite(
        tx,
        tenant_id,
        link,
        passwords.token_hash(token),
        email,
        request.role,
        by,
        now,
        expires_at,
    )
    await audit.record(
        tx,
        tenant_id,
        by,
        Action.USER_INVITED,
        subject=link,
        name=email,
        now=now,
        details={"role": request.role},
    )
    return AccessLink(link=rules.link(public_url, token), expires_at=expires_at)


async def invites(tx: Tx, tenant_id: TenantId, *, now: datetime) -> list[Invite]:
    return await queries.invites(tx, tenant_id, now)


async def withdraw_invite(
    tx: Tx, tenant_id: TenantId, by: Actor, link: LinkId, *, now: datetime
) -> None:
    email = await queries.withdraw_invite(tx, tenant_id, link, now)
    if email is None:
        raise InviteNotFound
    await audit.record(
        tx, tenant_id, by, Action.INVITE_WITHDRAWN, subject=link, name=email, now=now
    )


async def make_reset(
    tx: Tx, tenant_id: TenantId, by: Actor, user: UserId, *, public_url: str, now: datetime
) -> AccessLink:
    """A link with which this user chooses a new password; an older one is void."""
    await begin(tx, tenant_id, by)
    person = await _person(tx, tenant_id, user)
    if person.deactivated_at is not None:
        raise Deactivated
    await queries.withdraw_resets_of(tx, tenant_id, user, now)
    token, expires_at = passwords.token(), now + rules.LIFE[LinkKind.RESET]
    await queries.add_reset(
        tx,
        tenant_id,
        LinkId(uuid7()),
        passwords.token_hash(token),
        user,
        by,
        now,
        expires_at,
    )
    await audit.record(
        tx, tenant_id, by, Action.RESET_LINK_MADE, subject=user, name=person.email, now=now
    )
    return AccessLink(link=rules.link(public_url, token), expires_at=expires_at)


async def begin(tx: Tx, tenant_id: TenantId, by: Actor) -> None:
    """Wait for other changes; one of them may have taken from this admin or key what the guard
    saw. Whatever lets somebody in begins so: it must not outlive a right by a moment.
    """
    await queries.lock(tx, tenant_id)
    if by.kind is ActorKind.KEY and not await queries.is_live_key(tx, tenant_id, by.id):
        raise Forbidden
    if by.kind is not ActorKind.USER or by.id is None:
        return
    actor = await queries.person(tx, tenant_id, UserId(by.id))
    if actor is None or not _is_admin(actor):
        raise Forbidden


async def _person(tx: Tx, tenant_id: TenantId, user: UserId) -> Person:
    found = await queries.person(tx, tenant_id, user)
    if found is None:
        raise UserNotFound
    return found


def _changed(before: Person, request: ChangePerson, now: datetime) -> Person:
    after = before
    if request.name is not UNSET:
        after = replace(after, name=name_of(request.name))
    if request.role is not UNSET:
        after = replace(after, role=request.role)
    if request.active is not UNSET:
        after = replace(
            after, deactivated_at=None if request.active else before.deactivated_at or now
        )
    return after


async def _record(
    tx: Tx, tenant_id: TenantId, by: Actor, before: Person, after: Person, now: datetime
) -> None:
    done: list[tuple[Action, dict[str, str]]] = []
    if before.name != after.name:
        done.append((Action.USER_RENAMED, {"from": before.name, "to": after.name}))
    if before.role is not after.role:
        done.append((Action.ROLE_CHANGED, {"from": before.role, "to": after.role}))
    if before.deactivated_at is None and after.deactivated_at is not None:
        done.append((Action.USER_DEACTIVATED, {}))
    if before.deactivated_at is not None and after.deactivated_at is None:
        done.append((Action.USER_REACTIVATED, {}))
    for action, details in done:
        await audit.record(
            tx, tenant_id, by, action, subject=after.id, name=after.email, now=now, details=details
        )


def _is_admin(person: Person) -> bool:
    return person.role is Role.ADMIN and person.deactivated_at is None
