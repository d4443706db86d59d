"""Queues what people write, and lets them send again what is not known to have arrived."""

from datetime import datetime
from typing import Literal

import msgspec

from pista import queue
from pista.chat import announcing, keeping_queries, media
from pista.chat.keeping_queries import Grown
from pista.chat.model import ChannelId, ConversationId, MessageId
from pista.chat.sending import contents, flow_queries, queries, rules, templates
from pista.chat.sending.contents import Written
from pista.chat.sending.errand import is_held
from pista.chat.sending.model import (
    BadMessage,
    ChannelHeld,
    ChannelOff,
    KeyReused,
    MessageNotFound,
    NotResendable,
    Outbound,
    PersonBlocked,
    SendingState,
    SendMessage,
    TooEarlyToResend,
    WindowClosed,
)
from pista.chat.sending.queries import OwnRow, PeerRow, StateRow
from pista.chat.whatsapp.client import KnownTemplate
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Tx

PREVIEW = 200


async def send(
    tx: Tx,
    tenant: TenantId,
    author: UserId | None,
    conversation: ConversationId,
    key: str,
    asked: SendMessage,
    known: list[KnownTemplate] | None,
    *,
    now: datetime,
) -> MessageId:
    """Keep the message and its job; the same key is the same message, whoever asks again.

    `known` are WhatsApp's templates, where one is sent and they could be asked for.
    """
    peer = await locked(tx, tenant, conversation)
    written = contents.written(asked, peer.platform)
    before = await queries.by_key(tx, tenant, conversation, key)
    if before is not None:
        return _same(before, written, asked.reply_to)
    if asked.template is not None and known is not None:
        found = templates.find(known, asked.template)
        written = written._replace(
            text=templates.text_of(found, asked.template),
            outgoing=templates.filled(found, asked.template),
        )
    _check(peer, written, now)
    if asked.reply_to is not None and not await queries.has_message(
        tx, tenant, conversation, asked.reply_to
    ):
        raise BadMessage("replyTo: there is no such message in this conversation.")
    # Under the lock: the order in which they are sent is that in which they are shown.
    at = max(now, peer.last_at or now)
    message = MessageId(uuid7())
    await queries.add(tx, tenant, peer, message, author, key, written, asked.reply_to, at)
    upload = contents.upload_of(written.outgoing)
    if upload is not None:
        await media.attach(tx, tenant, upload, message)
    await keeping_queries.grow(tx, tenant, [_grown(peer, written, at)])
    await _enqueue(tx, tenant, conversation, message, now)
    return message


def _same(before: OwnRow, written: Written, reply_to: str | None) -> MessageId:
    # A template is compared by what it was filled with: how WhatsApp has it may have changed.
    same = (
        before.content.get("template") == msgspec.to_builtins(written.content.template)
        if written.content.template is not None
        else before.outgoing == msgspec.to_builtins(written.outgoing)
    )
    if not same or before.reply_to != reply_to:
        raise KeyReused
    return before.id


async def resend(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    message: MessageId,
    *,
    now: datetime,
) -> MessageId:
    """A person decides to send again what failed, or what nobody knows about."""
    peer = await locked(tx, tenant, conversation)
    found = await queries.own(tx, tenant, conversation, message)
    if found is None:
        raise MessageNotFound
    if found.status not in ("failed", "unknown") or found.outgoing is None:
        raise NotResendable
    tried = found.tried_at
    if found.status == "unknown" and tried is not None and now - tried < rules.RESEND_AFTER:
        raise TooEarlyToResend
    is_template = found.outgoing.get("type") == "Template"
    check_peer(peer, now, is_template=is_template)
    await queries.queue_again(tx, tenant, message)
    await _enqueue(tx, tenant, conversation, message, now)
    return message


async def _enqueue(
    tx: Tx, tenant: TenantId, conversation: ConversationId, message: MessageId, now: datetime
) -> None:
    work = Outbound(message_id=message)
    await queue.enqueue(tx, tenant, work, now=now, key=key_of(conversation))
    await announcing.announce(tx, tenant, {conversation}, now)


def key_of(conversation: ConversationId) -> str:
    """What is written in one conversation is sent in its order."""
    return f"chat.send:{conversation}"


async def resume(tx: Tx, tenant: TenantId, channel: ChannelId, *, now: datetime) -> None:
    """Somebody has looked: what waits is sent."""
    if not await queries.release(tx, tenant, channel):
        return
    await flow_queries.close_breaker(tx, tenant, channel)
    waiting = await queries.waiting(tx, tenant, channel)
    await queue.hasten(tx, tenant, [key_of(one) for one in waiting], now=now)
    tx.tell(queue.CONFIG)


async def states(tx: Tx, tenant: TenantId, *, now: datetime) -> list[SendingState]:
    """How each number and bot sends right now."""
    rows = await queries.states(tx, tenant)
    flows = [await flow_queries.found(tx, tenant, row.id) or rules.Flow() for row in rows]
    return [_state(row, flow, now) for row, flow in zip(rows, flows, strict=True)]


def _state(row: StateRow, flow: rules.Flow, now: datetime) -> SendingState:
    state: Literal["ok", "held", "paused", "off"] = "ok"
    until: datetime | None = None
    reason: str | None = None
    if not row.enabled:
        state = "off"
    elif row.held_reason is not None and (row.held_until is None or row.held_until > now):
        state, until, reason = "held", row.held_until, row.held_reason
    elif flow.open_until is not None:
        state, until = "paused", flow.open_until
    pace = rules.pace_of(row.platform, group=False)
    return SendingState(
        channel_id=row.id,
        platform=row.platform,
        name=row.name,
        display=row.display,
        state=state,
        until=until,
        reason=reason,
        waiting=row.waiting,
        per_second=round(rules.per_second(flow, pace, now), 1),
    )


async def locked(tx: Tx, tenant: TenantId, conversation: ConversationId) -> PeerRow:
    """Nobody else writes in it until the transaction ends."""
    peer = await queries.lock_conversation(tx, tenant, conversation)
    if peer is None:
        raise LookupError(f"there is no conversation {conversation}")
    return peer


def _check(peer: PeerRow, written: Written, now: datetime) -> None:
    check_peer(peer, now, is_template=written.kind == "template")


def check_peer(peer: PeerRow, now: datetime, *, is_template: bool) -> None:
    """Whether anything goes out to them now."""
    if not peer.enabled or not peer.has_token:
        raise ChannelOff
    if is_held(peer, now):
        raise ChannelHeld(f"Nothing goes out by it at the moment: {peer.held_reason}")
    if peer.blocked:
        raise PersonBlocked
    until = rules.window_until(peer.last_inbound_at)
    free = peer.platform != "whatsapp" or peer.group_id is not None or is_template
    if not free and (until is None or until <= now):
        raise WindowClosed


def _grown(peer: PeerRow, written: Written, at: datetime) -> Grown:
    return Grown(
        id=peer.id,
        unread=0,
        at=at,
        inbound_at=None,
        preview=(written.text or "")[:PREVIEW] or None,
        kind=written.kind,
        direction="out",
    )
