"""What people do with a conversation: take it, read it, close it, write about it."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from pista.accounts import Caller, UserNotFound
from pista.accounts.people import queries as people
from pista.chat import announcing
from pista.chat.inbox import access, rules, thread_queries, threads
from pista.chat.inbox import desk_queries as queries
from pista.chat.inbox.model import (
    Assign,
    AssignedMeanwhile,
    ConversationNotFound,
    Draft,
    MarkRead,
    Note,
    NoteId,
    NoteNotFound,
    SetDraft,
    State,
    StillUnread,
)
from pista.chat.inbox.thread_queries import NoteRow
from pista.chat.model import ConversationId
from pista.errors import Forbidden
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Tx


async def assign(
    tx: Tx, caller: Caller, conversation: ConversationId, asked: Assign, *, now: datetime
) -> None:
    """Give it to somebody, or to nobody; who looked too long ago hears who has it."""
    tenant, seen = caller.tenant_id, access.sight(caller)
    held = await queries.hold(tx, tenant, conversation)
    if held is None:
        raise ConversationNotFound
    expected = held.assigned_to if asked.expected is UNSET else asked.expected
    if not rules.may_assign(seen, held.assigned_to, expected):
        staff = await access.colleagues(tx, tenant)
        raise AssignedMeanwhile(held.assigned_to and staff.get(held.assigned_to))
    if asked.user_id is not None:
        await _check_colleague(tx, tenant, asked.user_id)
    if asked.user_id != held.assigned_to:
        await queries.assign(tx, tenant, conversation, asked.user_id)
        await announcing.announce(tx, tenant, {conversation}, now)


async def set_status(
    tx: Tx, caller: Caller, conversation: ConversationId, status: State, *, now: datetime
) -> None:
    held = await _hold(tx, caller, conversation)
    if held.status != status:
        await queries.set_status(tx, caller.tenant_id, conversation, status)
        await announcing.announce(tx, caller.tenant_id, {conversation}, now)


async def mark_read(
    tx: Tx, caller: Caller, conversation: ConversationId, asked: MarkRead, *, now: datetime
) -> StillUnread:
    """Whoever looked at less than a colleague did makes nothing unread again."""
    held = await _hold(tx, caller, conversation)
    through = max(held.read_seq, asked.through)
    unread = await queries.mark_read(tx, caller.tenant_id, conversation, through)
    await announcing.announce(tx, caller.tenant_id, {conversation}, now)
    return StillUnread(unread=unread)


async def add_note(
    tx: Tx, caller: Caller, conversation: ConversationId, text: str, *, now: datetime
) -> Note:
    await access.check(tx, caller, conversation)
    tenant, row = (
        caller.tenant_id,
        NoteRow(id=NoteId(uuid7()), text=text, at=now, author_id=user_of(caller)),
    )
    await thread_queries.add_note(tx, tenant, row.id, conversation, row.author_id, row.text, row.at)
    await announcing.announce(tx, tenant, {conversation}, now)
    return threads.note(row, await access.colleagues(tx, tenant))


async def drop_note(
    tx: Tx, caller: Caller, conversation: ConversationId, note: UUID, *, now: datetime
) -> None:
    """One's own; admins and supervisors, anybody's."""
    await access.check(tx, caller, conversation)
    seen = access.sight(caller)
    author = None if seen.everything else seen.user
    if not await thread_queries.drop_note(tx, caller.tenant_id, conversation, note, author):
        raise NoteNotFound
    await announcing.announce(tx, caller.tenant_id, {conversation}, now)


async def set_draft(tx: Tx, caller: Caller, conversation: ConversationId, asked: SetDraft) -> Draft:
    """Nobody else is told of it."""
    await access.check(tx, caller, conversation)
    return await queries.set_draft(
        tx, caller.tenant_id, conversation, user_of(caller), asked.text, asked.revision
    )


async def draft(tx: Tx, caller: Caller, conversation: ConversationId) -> Draft:
    await access.check(tx, caller, conversation)
    found = await queries.draft(tx, caller.tenant_id, conversation, user_of(caller))
    return found or Draft(text="", revision=0)


def user_of(caller: Caller) -> UserId:
    """A key is no person."""
    if caller.user is None:
        raise Forbidden
    return caller.user.id


async def _hold(tx: Tx, caller: Caller, conversation: ConversationId) -> queries.HolderRow:
    held = await queries.hold(tx, caller.tenant_id, conversation)
    if held is None or not access.sight(caller).sees(held.assigned_to):
        raise ConversationNotFound
    return held


async def _check_colleague(tx: Tx, tenant: TenantId, user: UserId) -> None:
    found = await people.person(tx, tenant, user)
    if found is None or found.deactivated_at is not None:
        raise UserNotFound
