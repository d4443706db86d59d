"""One conversation's messages page by page, with what happened to them, and its notes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from pista import paging
from pista.accounts import Caller
from pista.chat.heard import Platform, Trouble
from pista.chat.inbox import access
from pista.chat.inbox import thread_queries as queries
from pista.chat.inbox.model import (
    Author,
    Colleague,
    Message,
    MessageFailure,
    MessageReaction,
    Messages,
    Note,
    Quoted,
    Speaker,
)
from pista.chat.inbox.thread_queries import MessageRow, NoteRow, Spot
from pista.chat.model import Content, ConversationId, MessageId
from pista.chat.telegram import errors as telegram
from pista.chat.whatsapp import errors as whatsapp
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

MOST_NOTES = 200


async def page(
    tx: Tx,
    caller: Caller,
    conversation: ConversationId,
    *,
    before: str | None,
    after: str | None,
    limit: int,
) -> Messages:
    """The last ones, those before a place, or those after one; the newest last in each."""
    await access.check(tx, caller, conversation)
    tenant = caller.tenant_id
    since, until = paging.read(after, Spot, "after"), paging.read(before, Spot)
    if since is not None:
        rows = await queries.after(tx, tenant, conversation, since, limit)
        older = True
    else:
        found = await queries.before(tx, tenant, conversation, until, limit + 1)
        rows, older = found[:limit][::-1], len(found) > limit
    begins = since.at if since else rows[0].at if rows and older else None
    notes = await queries.notes(tx, tenant, conversation, begins, until and until.at, MOST_NOTES)
    staff = await access.colleagues(tx, tenant)
    return Messages(
        items=await messages(tx, tenant, rows, staff),
        notes=[note(row, staff) for row in notes],
        next=_written(rows[0]) if rows and older else None,
        last=_written(rows[-1]) if rows else after,
    )


async def message(tx: Tx, tenant: TenantId, message: MessageId) -> Message:
    """As it is now; `LookupError` if there is none."""
    row = await queries.message(tx, tenant, message)
    if row is None:
        raise LookupError(f"there is no message {message}")
    return (await messages(tx, tenant, [row], await access.colleagues(tx, tenant)))[0]


async def messages(
    tx: Tx, tenant: TenantId, rows: Sequence[MessageRow], staff: dict[UserId, Colleague]
) -> list[Message]:
    if not rows:
        return []
    channel = rows[0].channel_id
    asked = sorted({row.reply_to for row in rows if row.reply_to})
    quoted = {
        row.external_id: Quoted(id=row.id, direction=row.direction, kind=row.kind, text=row.text)
        for row in (await queries.quoted(tx, tenant, channel, asked) if asked else ())
    }
    named = [row.external_id for row in rows if row.external_id]
    reactions: defaultdict[str, list[MessageReaction]] = defaultdict(list)
    for one in await queries.reactions(tx, tenant, channel, named):
        reactions[one.external_id].append(MessageReaction(by=one.by, emoji=one.emoji))
    return [
        _message(row, staff, quoted.get(row.reply_to or ""), reactions[row.external_id or ""])
        for row in rows
    ]


def note(row: NoteRow, staff: dict[UserId, Colleague]) -> Note:
    return Note(id=row.id, text=row.text, at=row.at, author=_author(row.author_id, staff))


def _message(
    row: MessageRow,
    staff: dict[UserId, Colleague],
    quoted: Quoted | None,
    reactions: list[MessageReaction],
) -> Message:
    # What its sender took back, nobody is shown.
    gone = row.deleted_at is not None
    return Message(
        id=row.id,
        seq=row.seq,
        direction=row.direction,
        kind=row.kind,
        text=None if gone else row.text,
        content=Content() if gone else msgspec.convert(row.content, Content),
        reply_to=row.reply_to,
        quoted=quoted,
        external_id=row.external_id,
        at=row.at,
        status=row.status,
        failure=_failure(row),
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        author=_author(row.author_id, staff) if row.author_id else None,
        person=Speaker(id=row.person_id, name=row.person_name) if row.person_id else None,
        reactions=reactions,
    )


def failure(stored: dict[str, Any] | None, platform: Platform) -> MessageFailure:
    """What a status or an answer of the platform said, sorted."""
    told = stored or {}
    if "advice" in told:
        return MessageFailure(
            code=told.get("code"),
            title=told.get("text"),
            key=told["advice"],
            can_retry=told.get("todo") != "never",
        )
    errors = msgspec.convert(told.get("errors", []), list[Trouble])
    if platform == "telegram":
        first = errors[0] if errors else Trouble()
        refusal = telegram.sorted_out(first.code or 0, first.message or first.title or "")
    else:
        refusal = whatsapp.of_status(errors)
    return MessageFailure(
        code=refusal.code,
        title=refusal.text,
        key=refusal.advice,
        can_retry=refusal.todo != "never",
    )


def _failure(row: MessageRow) -> MessageFailure | None:
    """Also of what may have been sent: why nobody knows."""
    told = row.status == "failed" or (row.status == "unknown" and row.failure is not None)
    return failure(row.failure, row.platform) if told else None


def _author(user: UserId, staff: dict[UserId, Colleague]) -> Author:
    known = staff.get(user)
    return Author(id=user, name=known.name if known else "")


def _written(row: MessageRow) -> str:
    return paging.written(row.at, row.seq)
