"""What people said, as the messages that are kept of it."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from pista.chat import keeping_queries as queries
from pista.chat.heard import Heard, HeardCallback, HeardMessage, Reply
from pista.chat.keeping_queries import Grown
from pista.chat.meeting import Told
from pista.chat.model import ChannelId, Content, ConversationId, MessageId, NewMessage
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx

TWINS_WITHIN = timedelta(seconds=5)
"""Only of what has no id of its own: the same content within this time is the same message."""
PREVIEW = 200
HEARD_PARTS = [name for name in Content.__struct_fields__ if name in HeardMessage.__struct_fields__]


async def messages(
    tx: Tx, tenant: TenantId, channel: ChannelId, told: Sequence[Told], now: datetime
) -> list[NewMessage]:
    """Each once, and in its conversation."""
    said = [one for one in told if _is_said(one.heard) and one.person is not None]
    if not said:
        return []
    people = sorted({one.person for one in said if one.person and not _group(one)})
    groups = sorted({group for one in said if (group := _group(one))})
    rows = await queries.open_conversations(tx, tenant, channel, people, groups, now)
    peers = {row.group_id or row.person_id: row.id for row in rows}
    named = _Names(tx, tenant, channel)
    made = [await _message(named, one, peers[_group(one) or one.person]) for one in said]
    once = {one.external_id: one for one in reversed([one for one in made if one is not None])}
    return list(reversed(once.values()))


def grown(messages: Sequence[NewMessage]) -> list[Grown]:
    """What they add to each of their conversations."""
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


class _Names:
    """Names for messages to which the platform gave none: by what is in them."""

    def __init__(self, tx: Tx, tenant: TenantId, channel: ChannelId) -> None:
        self._tx = tx
        self._tenant = tenant
        self._channel = channel
        self._given: defaultdict[str, list[datetime]] = defaultdict(list)

    async def give(self, told: Told, heard: HeardMessage) -> str | None:
        """None if it is there already."""
        parts = [str(told.person), heard.group, heard.kind, heard.text, _content(heard)]
        said = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]
        prefix, since, until = f"none:{said}:", heard.at - TWINS_WITHIN, heard.at + TWINS_WITHIN
        if any(since <= at <= until for at in self._given[prefix]):
            return None
        self._given[prefix].append(heard.at)
        if await queries.has_twin(self._tx, self._tenant, self._channel, prefix, since, until):
            return None
        return f"{prefix}{int(heard.at.timestamp() * 1000)}"


async def _message(named: _Names, told: Told, conversation: ConversationId) -> NewMessage | None:
    heard = told.heard
    if isinstance(heard, HeardCallback):
        heard = _pressed(heard)
    assert isinstance(heard, HeardMessage)
    external_id = heard.external_id or await named.give(told, heard)
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
        content=_content(heard),
        reply_to=heard.reply_to,
        at=heard.at,
        status="sent" if heard.echo else None,
    )


def _content(heard: HeardMessage) -> Content:
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
