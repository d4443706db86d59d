"""Keeps what webhooks said: many at once, each thing once, in whatever order they come.

A message is known by the platform's id of it, for ever: the platform sends again for days. What
happened to a message (how far it got, an edit, a reaction) is written down apart, since it may be
told before the message is; what the message is now, all of it together says.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from pista import clicks
from pista.chat import keeping_queries as queries
from pista.chat import people_queries
from pista.chat.acquainting import visitor_in
from pista.chat.announcing import announce_held
from pista.chat.arriving import keep_arrivals
from pista.chat.heard import (
    Heard,
    HeardCallback,
    HeardDelete,
    HeardEdit,
    HeardMembership,
    HeardMessage,
    HeardNews,
    HeardPersonChange,
    HeardStart,
    HeardStatus,
    HeardUnreadable,
    Person,
    Platform,
    Reply,
)
from pista.chat.keeping_queries import Grown
from pista.chat.model import (
    ChannelId,
    Content,
    ConversationId,
    MessageId,
    NewChange,
    NewMessage,
    PersonId,
)
from pista.chat.people import Book, keys_of
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx

TWINS_WITHIN = timedelta(seconds=5)
"""Only of what has no id of its own: the same content within this time is the same message."""
PREVIEW = 200
HEARD_PARTS = [name for name in Content.__struct_fields__ if name in HeardMessage.__struct_fields__]
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


class Told(NamedTuple):
    """One thing that was heard, and who it is about."""

    heard: Heard
    person: PersonId | None


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
    book, told = await _meet(tx, tenant, platform, heard, now)
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


async def _meet(
    tx: Tx, tenant: TenantId, platform: Platform, heard: Sequence[Heard], now: datetime
) -> tuple[Book, list[Told]]:
    """Find out who is meant, and write down what is new about them."""
    keys = {key for one in heard for person in _people(one) for key in keys_of(person)}
    book = Book(await people_queries.known(tx, tenant, platform, keys) if keys else ())
    met = [(one, _who(book, one)) for one in heard]
    told = [Told(one, person and book.shown(person)) for one, person in met]
    gone = {one for one, _ in book.merged}
    if added := [one for one in book.new if one not in gone]:
        await people_queries.add_people(tx, tenant, platform, added, now)
    if book.dropped:
        await people_queries.drop_keys(tx, tenant, platform, book.dropped)
    if book.written:
        final = {key: book.shown(owner) for key, owner in sorted(book.written.items())}
        await people_queries.write_keys(tx, tenant, platform, final, now)
    for one, into in book.merged:
        if one not in book.new:
            await people_queries.merge_person(tx, tenant, one, book.shown(into))
            await clicks.same_person(tx, tenant, one, book.shown(into))
    if named := [one for one in book.met if one.person.name or one.person.username]:
        await people_queries.name_people(tx, tenant, named)
    return book, told


def _people(heard: Heard) -> Iterable[Person]:
    match heard:
        case HeardPersonChange():
            return (heard.previous, heard.now)
        case HeardNews() | HeardUnreadable():
            return ()
        case _:
            return (heard.person,)


def _who(book: Book, heard: Heard) -> PersonId | None:
    match heard:
        case HeardPersonChange():
            return book.follow(heard.previous, heard.now)
        case HeardNews() | HeardUnreadable() | HeardStatus():
            # Of a status, the message says to whom; a stranger in it has written nothing.
            return None
        case _:
            return book.meet(heard.person)


async def _keep_channel(tx: Tx, where: Where, told: Sequence[Told]) -> Kept:
    messages = await _messages(tx, where, told)
    added = (
        await queries.add_messages(tx, where.tenant, where.channel, messages, where.now)
        if messages
        else []
    )
    new_ids = {row.id for row in added}
    fresh = [one for one in messages if one.id in new_ids]
    if fresh:
        await queries.grow(tx, where.tenant, _grown(fresh))
    changes = _changes(told)
    await _reconcile(tx, where, told)
    new = len(added)
    if changes:
        new += await queries.add_changes(tx, where.tenant, where.channel, changes)
    named = [one.external_id for one in fresh]
    before = await queries.changed_before(tx, where.tenant, where.channel, named) if named else []
    touched = sorted({*before, *(one.external_id for one in changes)})
    changed = {row.conversation_id for row in added}
    if touched:
        changed |= set(await queries.apply_changes(tx, where.tenant, where.channel, touched))
    new += await _keep_rest(tx, where, told)
    spoke = {one.person_id for one in fresh if one.person_id and _tells_more(one)}
    spoke |= await keep_arrivals(tx, where.tenant, where.channel, told)
    wrote = {one.person_id for one in fresh if one.person_id and one.direction == "in"}
    return Kept(new, spoke, changed, wrote)


async def _messages(tx: Tx, where: Where, told: Sequence[Told]) -> list[NewMessage]:
    """What was said, each in its conversation."""
    said = [one for one in told if _is_said(one.heard) and one.person is not None]
    if not said:
        return []
    people = sorted({one.person for one in said if one.person and not _group(one)})
    groups = sorted({group for one in said if (group := _group(one))})
    rows = await queries.open_conversations(
        tx, where.tenant, where.channel, people, groups, where.now
    )
    peers = {row.group_id or row.person_id: row.id for row in rows}
    named = Names(where)
    made = [await _message(tx, named, one, peers[_group(one) or one.person]) for one in said]
    once = {one.external_id: one for one in reversed([one for one in made if one is not None])}
    return list(reversed(once.values()))


def _tells_more(message: NewMessage) -> bool:
    """Whether it tells where somebody comes from."""
    return message.content.referral is not None or visitor_in(message.text) is not None


def _is_said(heard: Heard) -> bool:
    match heard:
        case HeardMessage():
            return heard.kind != "reaction"
        case HeardCallback():
            return True
        case _:
            return False


def _group(told: Told) -> str | None:
    return getattr(told.heard, "group", None)


class Names:
    """Names for messages to which the platform gave none: by what is in them."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._given: defaultdict[str, list[datetime]] = defaultdict(list)

    async def give(self, tx: Tx, told: Told, heard: HeardMessage) -> str | None:
        """None if it is there already."""
        parts = [str(told.person), heard.group, heard.kind, heard.text, content(heard)]
        said = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]
        prefix, since, until = f"none:{said}:", heard.at - TWINS_WITHIN, heard.at + TWINS_WITHIN
        if any(since <= at <= until for at in self._given[prefix]):
            return None
        self._given[prefix].append(heard.at)
        tenant, channel, _ = self._where
        if await queries.has_twin(tx, tenant, channel, prefix, since, until):
            return None
        return f"{prefix}{int(heard.at.timestamp() * 1000)}"


async def _message(
    tx: Tx, named: Names, told: Told, conversation: ConversationId
) -> NewMessage | None:
    heard = told.heard
    if isinstance(heard, HeardCallback):
        heard = _pressed(heard)
    assert isinstance(heard, HeardMessage)
    external_id = heard.external_id or await named.give(tx, told, heard)
    if external_id is None:
        return None
    return NewMessage(
        id=MessageId(uuid7()),
        conversation_id=conversation,
        direction="out" if heard.echo else "in",
        person_id=None if heard.echo else told.person,
        external_id=external_id,
        kind=heard.kind,
        text=heard.text,
        content=content(heard),
        reply_to=heard.reply_to,
        at=heard.at,
        status="sent" if heard.echo else None,
    )


def content(heard: HeardMessage) -> Content:
    """All that is in a message besides its text."""
    given = {name: getattr(heard, name) for name in HEARD_PARTS}
    return Content(**given)


def _pressed(heard: HeardCallback) -> HeardMessage:
    """A button below a message of a bot was pressed: that says something, too."""
    return HeardMessage(
        channel=heard.channel,
        person=heard.person,
        at=heard.at,
        group=heard.group,
        external_id=f"callback:{heard.id}",
        kind="button",
        reply=Reply(id=heard.id, payload=heard.data),
        reply_to=heard.external_id,
    )


def _grown(messages: Sequence[NewMessage]) -> list[Grown]:
    by_conversation: defaultdict[ConversationId, list[NewMessage]] = defaultdict(list)
    for one in messages:
        by_conversation[one.conversation_id].append(one)
    return [_sum(conversation, ones) for conversation, ones in by_conversation.items()]


def _sum(conversation: ConversationId, messages: Sequence[NewMessage]) -> Grown:
    # Of one second, the last that was told: platforms know no shorter times.
    last = max(reversed(messages), key=lambda one: one.at)
    inbound = [one.at for one in messages if one.direction == "in"]
    return Grown(
        id=conversation,
        unread=sum(one.direction == "in" and one.kind != "system" for one in messages),
        at=last.at,
        inbound_at=max(inbound, default=None),
        preview=None if last.text is None else last.text[:PREVIEW],
        kind=last.kind,
        direction=last.direction,
    )


def _changes(told: Sequence[Told]) -> list[NewChange]:
    """What happened to messages; of what is one change, the latest."""
    found = [change for one in told if (change := _change(one)) is not None]
    found.sort(key=lambda one: one.at)
    return list({(one.external_id, one.kind, one.what): one for one in found}.values())


def _change(told: Told) -> NewChange | None:
    heard = told.heard
    match heard:
        case HeardStatus():
            detail = _detail(pricing=heard.pricing, errors=heard.errors)
            return _happened(heard.external_id, "status", heard.status, heard.at, detail)
        case HeardEdit():
            what = f"{heard.at.timestamp():.3f}"
            return _happened(heard.external_id, "edit", what, heard.at, {"text": heard.text})
        case HeardDelete():
            return _happened(heard.external_id, "delete", "delete", heard.at, {})
        case HeardMessage(kind="reaction", reaction=reaction) if reaction and reaction.to:
            by = "us" if heard.echo else str(told.person)
            return _happened(reaction.to, "reaction", by, heard.at, {"emoji": reaction.emoji})
        case _:
            return None


def _happened(
    external_id: str, kind: Any, what: str, at: datetime, detail: dict[str, Any]
) -> NewChange:
    return NewChange(external_id=external_id, kind=kind, what=what, at=at, detail=detail)


def _detail(**parts: Any) -> dict[str, Any]:
    return {name: msgspec.to_builtins(part) for name, part in parts.items() if part}


async def _reconcile(tx: Tx, where: Where, told: Sequence[Told]) -> None:
    """What we sent and never heard the platform's id of: a status that carries ours tells it."""
    ours = {
        message: one.heard.external_id
        for one in told
        if isinstance(one.heard, HeardStatus)
        and (message := _uuid(one.heard.callback_data)) is not None
    }
    if ours:
        await queries.name_sent(tx, where.tenant, where.channel, ours)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


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
