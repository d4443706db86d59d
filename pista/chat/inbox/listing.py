"""Conversations page by page, and one of them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from pista import contacts, paging
from pista.accounts import Caller
from pista.chat.inbox import access
from pista.chat.inbox import listing_queries as queries
from pista.chat.inbox.access import Sight
from pista.chat.inbox.listing_queries import Place, Row, Wanted
from pista.chat.inbox.model import (
    ChatContact,
    ChatPerson,
    Colleague,
    Conversation,
    ConversationChannel,
    ConversationNotFound,
    Conversations,
    FoundMessage,
    LastSaid,
    State,
    Unread,
)
from pista.chat.model import ChannelId, ConversationId, MessageId
from pista.contacts import rules as words
from pista.errors import Invalid
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx

MOST_FOUND = 500
"""Messages with a word, and contacts with it, that a search looks at: the newest."""
MOST_COUNTED = 1000
WINDOW = timedelta(hours=24)


class Filters(NamedTuple):
    """What a list is narrowed down to, as it was asked for."""

    status: State | None = None
    assigned: str | None = None
    channel: ChannelId | None = None
    unread: bool = False
    search: str = ""
    contact: ContactId | None = None


class Whose(NamedTuple):
    """One person's, nobody's, or all."""

    anybodys: bool
    by: UserId | None
    nobodys: bool


async def listed(
    tx: Tx, caller: Caller, filters: Filters, *, before: str | None, limit: int
) -> Conversations:
    """Those with the newest message first."""
    tenant, seen = caller.tenant_id, access.sight(caller)
    statuses: Sequence[State] = (filters.status,) if filters.status else ("open", "closed")
    wanted = Wanted(statuses, filters.channel, filters.unread, paging.read(before, Place))
    whose = _whose(filters.assigned, seen)
    messages: dict[ConversationId, MessageId] = {}
    if filters.search.strip() or filters.contact:
        asked = await _asked(tx, tenant, filters)
        messages = {one: message for one, message in asked.items() if message}
        ids = await queries.among(
            tx, tenant, list(asked), wanted, limit + 1, whose.by, whose.nobodys, whose.anybodys
        )
    elif whose.anybodys:
        ids = await queries.anybodys(tx, tenant, wanted, limit + 1)
    else:
        ids = await queries.held(tx, tenant, wanted, limit + 1, whose.by, whose.nobodys)
    items = await shown(tx, tenant, ids[:limit], seen.user, messages)
    return Conversations(items=items, next=_next(items) if len(ids) > limit else None)


async def one(tx: Tx, caller: Caller, conversation: ConversationId) -> Conversation:
    await access.check(tx, caller, conversation)
    user = access.sight(caller).user
    found = await shown(tx, caller.tenant_id, [conversation], user, {})
    if not found:
        raise ConversationNotFound
    return found[0]


async def unread(tx: Tx, caller: Caller) -> Unread:
    seen = access.sight(caller)
    row = await queries.unread(tx, caller.tenant_id, seen.user, seen.everything, MOST_COUNTED)
    return Unread(all=row.everything, mine=row.mine, nobody=row.nobody)


async def shown(
    tx: Tx,
    tenant: TenantId,
    conversations: Sequence[ConversationId],
    reader: UserId | None,
    messages: dict[ConversationId, MessageId],
) -> list[Conversation]:
    """In this order, with names, and the messages that a search found."""
    found = await queries.rows(tx, tenant, conversations, reader)
    roots = sorted({row.contact_id for row in found if row.contact_id})
    names = {one.id: one.name for one in await contacts.shown_contacts(tx, tenant, roots)}
    staff = await access.colleagues(tx, tenant)
    told = [messages[row.id] for row in found if row.id in messages]
    said = {row.id: row for row in await queries.said(tx, tenant, told)} if told else {}
    texts = {
        one: FoundMessage(id=message, text=said[message].text, at=said[message].at)
        for one, message in messages.items()
        if message in said
    }
    return [_conversation(row, names, staff, texts.get(row.id)) for row in found]


async def _asked(
    tx: Tx, tenant: TenantId, filters: Filters
) -> dict[ConversationId, MessageId | None]:
    """Where the words are found, and in which message."""
    found: dict[ConversationId, MessageId | None] = {}
    if filters.contact:
        root = await contacts.root_of(tx, tenant, filters.contact)
        family = await contacts.family(tx, tenant, root) if root else []
        found = dict.fromkeys(await queries.of_contacts(tx, tenant, family))
    if not filters.search.strip():
        return found
    query = words.query(filters.search)
    if query is None or "\0" in filters.search:
        return {}
    known = await contacts.searched(tx, tenant, filters.search, most=MOST_FOUND)
    digits = "".join(char for char in filters.search if char.isdigit())
    rows = await queries.found(tx, tenant, query, digits, known, MOST_FOUND)
    asked: dict[ConversationId, MessageId | None] = {}
    for row in rows:
        if not filters.contact or row.conversation_id in found:
            asked[row.conversation_id] = asked.get(row.conversation_id) or row.message_id
    return asked


def _whose(assigned: str | None, seen: Sight) -> Whose:
    match assigned:
        case None:
            return Whose(seen.everything, seen.user, nobodys=True)
        case "none":
            return Whose(anybodys=False, by=None, nobodys=True)
        case "me":
            return Whose(anybodys=False, by=seen.user, nobodys=False)
        case _:
            user = _user(assigned)
            return Whose(anybodys=False, by=user if seen.sees(user) else None, nobodys=False)


def _user(text: str) -> UserId:
    try:
        return UserId(UUID(text))
    except ValueError:
        raise Invalid("assigned: `me`, `none`, or a user's id.") from None


def _conversation(
    row: Row,
    names: dict[ContactId, str | None],
    staff: dict[UserId, Colleague],
    found: FoundMessage | None,
) -> Conversation:
    window = row.platform == "whatsapp" and row.last_inbound_at is not None
    return Conversation(
        id=row.id,
        channel=ConversationChannel(
            id=row.channel_id, platform=row.platform, name=row.channel_name, display=row.display
        ),
        person=_person(row),
        contact=_contact(row, names),
        group_id=row.group_id,
        status=row.status,
        assigned_to=row.assigned_to and staff.get(row.assigned_to),
        unread=row.unread,
        last_message_at=row.last_message_at,
        last_inbound_at=row.last_inbound_at,
        window_until=row.last_inbound_at + WINDOW if window and row.last_inbound_at else None,
        preview=_preview(row),
        draft=row.draft,
        blocked=bool(row.blocked),
        found=found,
    )


def _person(row: Row) -> ChatPerson | None:
    if row.person_id is None:
        return None
    return ChatPerson(id=row.person_id, name=row.person_name, username=row.username)


def _contact(row: Row, names: dict[ContactId, str | None]) -> ChatContact | None:
    if row.contact_id is None:
        return None
    return ChatContact(id=row.contact_id, name=names.get(row.contact_id))


def _preview(row: Row) -> LastSaid | None:
    if row.preview_kind is None or row.preview_direction is None:
        return None
    return LastSaid(text=row.preview, kind=row.preview_kind, direction=row.preview_direction)


def _next(items: Sequence[Conversation]) -> str | None:
    last = items[-1]
    return last.last_message_at and paging.written(last.last_message_at, last.id)
