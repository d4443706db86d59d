"""Quick replies over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.chat.inbox import quick
from pista.chat.inbox import quick_queries as queries
from pista.chat.inbox.conversation_routes import TAGS
from pista.chat.inbox.desk_routes import BODY
from pista.chat.inbox.model import (
    ChangeQuickReply,
    NewQuickReply,
    QuickReplies,
    QuickReply,
    QuickReplyId,
)
from pista.store.postgres import Postgres

NO_REPLY = {404: refused("`quick_reply_not_found`: no such quick reply in this company.")}


@get(
    "/api/chat/quick-replies",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="The company's quick replies",
    responses=REFUSALS,
)
async def list_quick_replies(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> QuickReplies:
    """In the order of their shortcuts."""
    async with postgres.transaction() as tx:
        return QuickReplies(items=await queries.replies(tx, caller.tenant_id))


@post(
    "/api/chat/quick-replies",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Add a quick reply",
    responses={
        **BODY,
        **REFUSALS,
        409: refused("`shortcut_taken` or `too_many_quick_replies` (500)."),
    },
)
async def add_quick_reply(
    data: JSONBody[NewQuickReply],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> QuickReply:
    """`{{name}}` stands for the person's name, `{{agent}}` for that of who answers."""
    async with postgres.transaction() as tx:
        return await quick.add(tx, caller.tenant_id, data, now=datetime.now(UTC))


@patch(
    "/api/chat/quick-replies/{reply_id:uuid}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Change a quick reply",
    responses={**BODY, **REFUSALS, **NO_REPLY, 409: refused("`shortcut_taken`.")},
)
async def change_quick_reply(
    reply_id: FromPath[UUID],
    data: JSONBody[ChangeQuickReply],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> QuickReply:
    """What is left out stays."""
    reply, now = QuickReplyId(reply_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await quick.change(tx, caller.tenant_id, reply, data, now=now)


@delete(
    "/api/chat/quick-replies/{reply_id:uuid}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Delete a quick reply",
    responses={**REFUSALS, **NO_REPLY},
)
async def delete_quick_reply(
    reply_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """What was sent with it stays as it is."""
    async with postgres.transaction() as tx:
        await quick.drop(tx, caller.tenant_id, QuickReplyId(reply_id))


routes = [list_quick_replies, add_quick_reply, change_quick_reply, delete_quick_reply]
