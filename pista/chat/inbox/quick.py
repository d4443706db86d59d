"""Quick replies: texts of the company that a shortcut brings into the composer."""

from datetime import datetime

from msgspec import UNSET, structs

from pista.chat.inbox import quick_queries as queries
from pista.chat.inbox.model import (
    MOST_QUICK_REPLIES,
    ChangeQuickReply,
    NewQuickReply,
    QuickReply,
    QuickReplyId,
    QuickReplyNotFound,
    ShortcutTaken,
    TooManyQuickReplies,
)
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx


async def add(tx: Tx, tenant: TenantId, new: NewQuickReply, *, now: datetime) -> QuickReply:
    await queries.lock(tx, tenant)
    known = await queries.replies(tx, tenant)
    if len(known) >= MOST_QUICK_REPLIES:
        raise TooManyQuickReplies
    reply = QuickReply(
        id=QuickReplyId(uuid7()), shortcut=new.shortcut, text=new.text, updated_at=now
    )
    return await _save(tx, tenant, reply, known, now)


async def change(
    tx: Tx, tenant: TenantId, reply: QuickReplyId, asked: ChangeQuickReply, *, now: datetime
) -> QuickReply:
    await queries.lock(tx, tenant)
    known = await queries.replies(tx, tenant)
    found = next((one for one in known if one.id == reply), None)
    if found is None:
        raise QuickReplyNotFound
    given = {name: value for name, value in structs.asdict(asked).items() if value is not UNSET}
    changed = structs.replace(found, **given, updated_at=now)
    return await _save(tx, tenant, changed, known, now)


async def drop(tx: Tx, tenant: TenantId, reply: QuickReplyId) -> None:
    if not await queries.drop(tx, tenant, reply):
        raise QuickReplyNotFound


async def _save(
    tx: Tx, tenant: TenantId, reply: QuickReply, known: list[QuickReply], now: datetime
) -> QuickReply:
    if any(one.shortcut == reply.shortcut and one.id != reply.id for one in known):
        raise ShortcutTaken
    await queries.save(tx, tenant, reply, now)
    return reply
