"""Conversations and messages over HTTP, for whoever reads."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts, texts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.accounts.people import queries as people
from pista.chat.inbox import changes, listing, threads
from pista.chat.inbox.listing import Filters
from pista.chat.inbox.model import (
    Changes,
    Colleagues,
    Conversation,
    Conversations,
    ListedColleague,
    Messages,
    State,
    Unread,
)
from pista.chat.model import ChannelId, ConversationId
from pista.ids import ContactId
from pista.paging import Before
from pista.store.postgres import Postgres

TAGS = ["Chat"]
NO_PARAMETER = {422: refused("`invalid`: the detail names the parameter.")}
NO_CONVERSATION = {404: refused("`conversation_not_found`: there is none, or it is a colleague's.")}

Search = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=200,
        description="Words that begin those of names, phones, e-mails and messages.",
    ),
]
Assigned = Annotated[
    str | None,
    QueryParameter(name="assigned", max_length=40, description="`me`, `none` or a user's id."),
]
InState = Annotated[State | None, QueryParameter(name="status")]
OnlyUnread = Annotated[bool, QueryParameter(name="unread")]
Channel = Annotated[UUID | None, QueryParameter(name="channelId")]
Contact = Annotated[str | None, QueryParameter(name="contactId", max_length=60)]
After = Annotated[
    str | None, QueryParameter(name="after", max_length=128, description="What `last` said.")
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100)]
MostMessages = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]


@get(
    "/api/chat/conversations",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Conversations",
    responses={**REFUSALS, **NO_PARAMETER},
)
async def list_conversations(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    status: InState = None,
    assigned: Assigned = None,
    channel: Channel = None,
    unread: OnlyUnread = False,
    search: Search = "",
    contact: Contact = None,
    before: Before = None,
    limit: Limit = 50,
) -> Conversations:
    """Those with the newest message first. Advisors see their own and those that nobody has."""
    filters = Filters(
        status,
        assigned,
        ChannelId(channel) if channel else None,
        unread,
        search,
        ContactId(texts.plain(contact)) if contact else None,
    )
    async with postgres.transaction() as tx:
        return await listing.listed(tx, caller, filters, before=before, limit=limit)


@get(
    "/api/chat/unread",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="How many conversations have something new",
    responses=REFUSALS,
)
async def count_unread(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Unread:
    """Of those that the caller may see."""
    async with postgres.transaction() as tx:
        return await listing.unread(tx, caller)


@get(
    "/api/chat/changes",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Which conversations changed since",
    responses={**REFUSALS, **NO_PARAMETER},
)
async def list_changes(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    since: Annotated[
        str | None,
        QueryParameter(name="since", max_length=40, description="What `next` said the last time."),
    ] = None,
) -> Changes:
    """For whoever was not connected: nothing is left out, something may be told twice."""
    async with postgres.transaction() as tx:
        return await changes.since(tx, caller, since)


@get(
    "/api/chat/colleagues",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="Who conversations can be given to",
    responses=REFUSALS,
)
async def list_colleagues(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Colleagues:
    """Everybody who may sign in, by name."""
    async with postgres.transaction() as tx:
        found = await people.people(tx, caller.tenant_id)
    return Colleagues(
        items=[
            ListedColleague(id=one.id, name=one.name, role=one.role)
            for one in found
            if one.deactivated_at is None
        ]
    )


@get(
    "/api/chat/conversations/{conversation_id:uuid}",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="A conversation",
    responses={**REFUSALS, **NO_CONVERSATION},
)
async def get_conversation(
    conversation_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Conversation:
    """As it is now."""
    async with postgres.transaction() as tx:
        return await listing.one(tx, caller, ConversationId(conversation_id))


@get(
    "/api/chat/conversations/{conversation_id:uuid}/messages",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="What was said in a conversation",
    responses={**REFUSALS, **NO_CONVERSATION, **NO_PARAMETER},
)
async def list_messages(
    conversation_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: Before = None,
    after: After = None,
    limit: MostMessages = 50,
) -> Messages:
    """The last ones, the newest last, with the notes of their time."""
    conversation = ConversationId(conversation_id)
    async with postgres.transaction() as tx:
        return await threads.page(tx, caller, conversation, before=before, after=after, limit=limit)


routes = [
    list_conversations,
    count_unread,
    list_changes,
    list_colleagues,
    get_conversation,
    list_messages,
]
