"""What people do with conversations, over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.chat.inbox import access, desk, listing, presence
from pista.chat.inbox.conversation_routes import NO_CONVERSATION, TAGS
from pista.chat.inbox.model import (
    Assign,
    Conversation,
    Draft,
    MarkRead,
    NewNote,
    Note,
    Presence,
    SetDraft,
    SetPresence,
    SetStatus,
    StillUnread,
)
from pista.chat.model import ConversationId
from pista.chat.sending.seen import tell_seen, tell_typing
from pista.settings import Settings
from pista.store.postgres import Postgres

CONVERSATION = "/api/chat/conversations/{conversation_id:uuid}"
BODY = {
    **NOT_JSON,
    422: refused("`invalid`: the detail names the field."),
}


@post(
    f"{CONVERSATION}/read",
    status_code=200,
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Say how far a conversation was read",
    responses={**BODY, **REFUSALS, **NO_CONVERSATION},
)
async def read_conversation(
    conversation_id: FromPath[UUID],
    data: JSONBody[MarkRead],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> StillUnread:
    """What came after it stays unread, also what comes in this very moment."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        if settings.read_receipts:
            await access.check(tx, caller, conversation)
            await tell_seen(tx, caller.tenant_id, conversation, data.through, now=now)
        return await desk.mark_read(tx, caller, conversation, data, now=now)


@put(
    f"{CONVERSATION}/assignment",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Take a conversation, hand it over, or give it back",
    responses={
        **BODY,
        **REFUSALS,
        404: refused("`conversation_not_found` or `user_not_found`."),
        409: refused("`assigned_meanwhile`: another has it by now; `holder` says who."),
    },
)
async def assign_conversation(
    conversation_id: FromPath[UUID],
    data: JSONBody[Assign],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Conversation:
    """Of two who take it at once one gets it, and the other hears who. The answer is the
    conversation, also where it is somebody else's now."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await desk.assign(tx, caller, conversation, data, now=now)
        user = caller.user_id
        return (await listing.shown(tx, caller.tenant_id, [conversation], user, {}))[0]


@put(
    f"{CONVERSATION}/status",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Close or reopen a conversation",
    responses={**BODY, **REFUSALS, **NO_CONVERSATION},
)
async def set_conversation_status(
    conversation_id: FromPath[UUID],
    data: JSONBody[SetStatus],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Conversation:
    """It opens by itself when the person writes again."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await desk.set_status(tx, caller, conversation, data.status, now=now)
        return await listing.one(tx, caller, conversation)


@post(
    f"{CONVERSATION}/notes",
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="Write a note for colleagues",
    responses={**BODY, **REFUSALS, **NO_CONVERSATION},
)
async def add_note(
    conversation_id: FromPath[UUID],
    data: JSONBody[NewNote],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Note:
    """It is never sent."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await desk.add_note(tx, caller, conversation, data.text, now=now)


@delete(
    f"{CONVERSATION}/notes/{{note_id:uuid}}",
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="Delete a note",
    responses={**REFUSALS, 404: refused("`conversation_not_found` or `note_not_found`.")},
)
async def delete_note(
    conversation_id: FromPath[UUID],
    note_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """One's own; admins and supervisors, anybody's."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await desk.drop_note(tx, caller, conversation, note_id, now=now)


@get(
    f"{CONVERSATION}/draft",
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="What one has begun to write",
    responses={**REFUSALS, **NO_CONVERSATION},
)
async def get_draft(
    conversation_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Draft:
    """Nobody else sees it."""
    async with postgres.transaction() as tx:
        return await desk.draft(tx, caller, ConversationId(conversation_id))


@put(
    f"{CONVERSATION}/draft",
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="Keep what one has begun to write",
    responses={**BODY, **REFUSALS, **NO_CONVERSATION},
)
async def set_draft(
    conversation_id: FromPath[UUID],
    data: JSONBody[SetDraft],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Draft:
    """The answer is what is kept: the one with the largest revision."""
    async with postgres.transaction() as tx:
        return await desk.set_draft(tx, caller, ConversationId(conversation_id), data)


@post(
    f"{CONVERSATION}/typing",
    status_code=200,
    opt=accounts.signed_in(),
    tags=TAGS,
    summary="Say that one looks at a conversation, or writes in it",
    responses={**BODY, **REFUSALS, **NO_CONVERSATION},
)
async def note_presence(
    conversation_id: FromPath[UUID],
    data: JSONBody[SetPresence],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Presence:
    """Say it again every ten seconds. The answer is who else is there, and who answers."""
    conversation, now = ConversationId(conversation_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        found = await presence.note(tx, caller, conversation, data, now=now)
        if settings.read_receipts and data.doing == "typing":
            await tell_typing(tx, caller.tenant_id, conversation, now=now)
        return found


routes = [
    read_conversation,
    assign_conversation,
    set_conversation_status,
    add_note,
    delete_note,
    get_draft,
    set_draft,
    note_presence,
]
