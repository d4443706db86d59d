"""Keeps what webhooks said: many at once, each thing once, in whatever order they come.

A message is known by the platform's id of it, for ever: the platform sends again for days. What
happened to a message (how far it got, an edit, a reaction) is written down apart, since it may be
told before the message is; what the message is now, all of it together says.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from pista.chat import changes, meeting, said
from pista.chat import keeping_queries as queries
from pista.chat.acquainting import visitor_in
from pista.chat.announcing import announce_held
from pista.chat.arriving import keep_arrivals
from pista.chat.heard import (
    Heard,
    HeardMembership,
    HeardNews,
    HeardStart,
    HeardUnreadable,
    Platform,
)
from pista.chat.meeting import Told
from pista.chat.model import ChannelId, ConversationId, NewMessage, PersonId
from pista.ids import TenantId
from pista.store.postgres import Tx

_GROUP_LIFE = {"joined", "left", "requested", "bot_added", "bot_removed"}


class Kept(NamedTuple):
    """What became of a group."""

    new: int
    """Messages, changes, starts and the like that were not there before."""
    strangers: set[PersonId]
    """People who are new, or of whom something is: which contact they are is to be found out."""
    conversations: set[ConversationId]
    wrote: set[PersonId]
    """Who said something to us that was not there before."""


class Where(NamedTuple):
    """The company and the channel that a group is kept for."""

    tenant: TenantId
    channel: ChannelId
    now: datetime


async def keep(
    tx: Tx,
    tenant: TenantId,
    platform: Platform,
    channels: Mapping[str, ChannelId],
    heard: Sequence[Heard],
    *,
    now: datetime,
) -> Kept:
    """Keep all of it; the same again changes nothing.

    `channels` are the company's own, by the platform's id: what is about another is passed over.
    """
    await queries.lock(tx, tenant, platform)
    book, told = await meeting.meet(tx, tenant, platform, heard, now)
    new, changed = 0, set[ConversationId]()
    spoke, wrote = set[PersonId](), set[PersonId]()
    for name, channel in channels.items():
        own = [one for one in told if one.heard.channel == name]
        if own:
            kept = await _keep_channel(tx, Where(tenant, channel, now), own)
            new, changed = new + kept.new, changed | kept.conversations
            spoke, wrote = spoke | kept.strangers, wrote | kept.wrote
    new += await _keep_news(tx, tenant, heard, now)
    if changed:
        await announce_held(tx, tenant, changed, now)
    fresh = {book.shown(one) for one in (*book.new, *book.written.values())}
    return Kept(new, fresh | spoke, changed, wrote)


async def _keep_channel(tx: Tx, where: Where, told: Sequence[Told]) -> Kept:
    tenant, channel = where.tenant, where.channel
    fresh = await _keep_messages(tx, where, told)
    happened = changes.changes(told)
    if ours := changes.sent(told):
        await queries.name_sent(tx, tenant, channel, ours)
    new = len(fresh)
    if happened:
        new += await queries.add_changes(tx, tenant, channel, happened)
    named = [one.external_id for one in fresh]
    before = await queries.changed_before(tx, tenant, channel, named) if named else []
    touched = sorted({*before, *(one.external_id for one in happened)})
    changed = {one.conversation_id for one in fresh}
    if touched:
        changed |= set(await queries.apply_changes(tx, tenant, channel, touched))
    new += await _keep_rest(tx, where, told)
    spoke = {one.person_id for one in fresh if one.person_id and _tells_more(one)}
    spoke |= await keep_arrivals(tx, tenant, channel, told)
    wrote = {one.person_id for one in fresh if one.person_id and one.direction == "in"}
    return Kept(new, spoke, changed, wrote)


async def _keep_messages(tx: Tx, where: Where, told: Sequence[Told]) -> list[NewMessage]:
    """Those that were not there before."""
    tenant, channel, now = where
    messages = await said.messages(tx, tenant, channel, told, now)
    if not messages:
        return []
    added = await queries.add_messages(tx, tenant, channel, messages, now)
    fresh = [one for one in messages if one.id in added]
    if fresh:
        await queries.grow(tx, tenant, said.grown(fresh))
    return fresh


def _tells_more(message: NewMessage) -> bool:
    """Whether it tells where somebody comes from."""
    return message.content.referral is not None or visitor_in(message.text) is not None


async def _keep_rest(tx: Tx, where: Where, told: Sequence[Told]) -> int:
    new = 0
    for one in told:
        match one.heard:
            case HeardStart() if one.person is not None:
                new += await _keep_start(tx, where, one.heard, one.person)
            case HeardMembership() if one.person is not None:
                new += await _keep_membership(tx, where, one.heard, one.person)
            case _:
                continue
    return new


async def _keep_start(tx: Tx, where: Where, heard: HeardStart, person: PersonId) -> int:
    external_id = heard.external_id or f"start:{person}:{heard.at.timestamp():.3f}"
    return await queries.add_start(
        tx, where.tenant, where.channel, external_id, person, heard.payload, heard.at
    )


async def _keep_membership(tx: Tx, where: Where, heard: HeardMembership, person: PersonId) -> int:
    invite = heard.invite and (heard.invite.name or heard.invite.url)
    new = await queries.add_membership(
        tx, where.tenant, where.channel, person, heard.change, heard.group or "", invite, heard.at
    )
    if new and heard.change not in _GROUP_LIFE:
        await queries.set_blocked(tx, where.tenant, person)
    return new


async def _keep_news(tx: Tx, tenant: TenantId, heard: Sequence[Heard], now: datetime) -> int:
    """Of accounts and templates, and what nobody can read yet. The same bytes are one news."""
    new = 0
    for one in heard:
        match one:
            case HeardNews():
                new += await _news(tx, tenant, one.channel, one.field, one.value, one.at)
            case HeardUnreadable():
                value = {"reason": one.reason, "raw": one.raw}
                new += await _news(tx, tenant, one.channel, "unreadable", value, now)
            case _:
                continue
    return new


async def _news(
    tx: Tx, tenant: TenantId, channel: str | None, field: str, value: Any, at: datetime
) -> int:
    same = hashlib.sha256(msgspec.json.encode([channel, field, value])).digest()[:16]
    return await queries.add_news(tx, tenant, UUID(bytes=same), None, channel, field, value, at)
