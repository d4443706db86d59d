"""Who looks at a conversation and who writes in it, so that two do not answer at once."""

from datetime import datetime, timedelta

from pista import queue
from pista.accounts import Caller
from pista.chat.inbox import access, desk
from pista.chat.inbox import desk_queries as queries
from pista.chat.inbox.model import ChatPresence, Presence, Present, SetPresence
from pista.chat.model import ConversationId
from pista.store.postgres import Tx

STAYS = timedelta(seconds=30)
"""A screen says every ten seconds that it is still there."""
ANSWERS = timedelta(seconds=20)
"""Whoever has stopped writing for so long leaves the answer to others."""


async def note(
    tx: Tx, caller: Caller, conversation: ConversationId, asked: SetPresence, *, now: datetime
) -> Presence:
    """Tell everybody, and hear who else is here."""
    await access.check(tx, caller, conversation)
    tenant, user = caller.tenant_id, desk.user_of(caller)
    await queries.forget_gone(tx, tenant, now)
    if asked.doing == "gone":
        await queries.be_gone(tx, tenant, conversation, user)
    else:
        await queries.be_present(tx, tenant, conversation, user, asked.doing, now + STAYS)
    if asked.doing == "typing":
        until = now + ANSWERS
        await queries.compose(tx, tenant, conversation, user, until, now, asked.take_over)
    news = ChatPresence(
        tenant_id=tenant,
        conversation_id=conversation,
        user_id=user,
        name=caller.user.name if caller.user else "",
        doing=asked.doing,
    )
    await queue.announce(tx, news)
    return await of(tx, caller, conversation, now=now)


async def of(tx: Tx, caller: Caller, conversation: ConversationId, *, now: datetime) -> Presence:
    tenant, user = caller.tenant_id, desk.user_of(caller)
    staff = await access.colleagues(tx, tenant)
    rows = await queries.present(tx, tenant, conversation, user, now)
    composer = await queries.composer(tx, tenant, conversation, now)
    return Presence(
        items=[
            Present(id=row.user_id, name=staff[row.user_id].name, doing=row.doing)
            for row in rows
            if row.user_id in staff
        ],
        composer=staff.get(composer) if composer else None,
    )
