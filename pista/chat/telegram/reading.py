"""From the bytes of a Telegram update to what is heard. No I/O, no clock; nothing raises.

What is known is read in one go. Anything else is read again with care, and kept whole.
"""

from datetime import datetime

import msgspec

from pista.chat import fitting
from pista.chat.fitting import NUL, Tree, fitted, moment, tree
from pista.chat.heard import (
    Heard,
    HeardCallback,
    HeardMembership,
    HeardMessage,
    HeardNews,
    HeardUnreadable,
    Invite,
    Membership,
    Reaction,
)
from pista.chat.telegram import messages, wire
from pista.chat.telegram.messages import Odd, Place, external_id, group_of, person, sender

NOT_JSON = "It is no JSON."
NO_UPDATE = "It is no update."
PRIVATE = "private"
OUTSIDE = ("left", "kicked")
PAID = "⭐"

_decode = msgspec.json.Decoder(wire.Update).decode
_decode_id = msgspec.json.Decoder(wire.Numbered).decode


def read(body: bytes, bot: str, now: datetime) -> list[Heard]:
    """Everything in it. `now` stands in for times that are missing or impossible."""
    if NUL not in body:
        try:
            return _read(_decode(body), Place(bot, now), {})
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, Odd):
            pass
    return read_with_care(body, bot, now)


def update_id(body: bytes) -> int | None:
    """By which a repeated update is known; None if it can be none of Telegram's."""
    try:
        return _decode_id(body).update_id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read_with_care(body: bytes, bot: str, now: datetime) -> list[Heard]:
    """The same, for what does not have the shape that it should have."""
    try:
        given = fitting.parsed(body)
    except fitting.Unparsable:
        raw = fitting.clean(body.decode(errors="replace"))
        return [HeardUnreadable(channel=bot, reason=NOT_JSON, raw=raw)]
    update = fitted(given, wire.Update)
    raw = tree(given)
    fields = [name for name in raw if name != "update_id"]
    if update is None or not fields:
        return [HeardUnreadable(channel=bot, reason=NO_UPDATE, raw=given)]
    try:
        return _read(update, Place(bot, now), raw)
    except Odd:
        field = fields[0]
        return [HeardNews(channel=bot, field=field, value=raw[field], at=now)]


def _read(update: wire.Update, place: Place, raw: Tree) -> list[Heard]:
    """`Odd` if it has to be kept whole, and `raw` is not there."""
    if said := update.message or update.channel_post:
        given = raw.get("message") or raw.get("channel_post")
        return messages.said(said, place, given)
    if edited := update.edited_message or update.edited_channel_post:
        given = raw.get("edited_message") or raw.get("edited_channel_post")
        return messages.edited(edited, place, given)
    if update.callback_query:
        return [_callback(update.callback_query, place)]
    if update.message_reaction:
        return [_reaction(update.message_reaction, update.update_id, place)]
    return [_coming_and_going(update, place)]


def _coming_and_going(update: wire.Update, place: Place) -> HeardMembership:
    if update.my_chat_member:
        return _own_membership(update.my_chat_member, place)
    if update.chat_member:
        return _membership(update.chat_member, place)
    if request := update.chat_join_request:
        return _changed(request, "requested", request.from_, place)
    raise Odd


def _callback(query: wire.CallbackQuery, place: Place) -> HeardCallback:
    if query.id is None:
        raise Odd
    below = query.message or wire.Message()
    return HeardCallback(
        channel=place.bot,
        person=person(query.from_),
        at=place.now,
        group=group_of(below.chat),
        id=str(query.id),
        external_id=external_id(below.chat, below.message_id),
        data=query.data,
    )


def _own_membership(change: wire.MemberChange, place: Place) -> HeardMembership:
    """Of the bot itself: in a private chat, whether the person has blocked it."""
    before, after = _inside(change.old_chat_member), _inside(change.new_chat_member)
    if before is None or after is None or before == after:
        raise Odd
    kind: Membership
    if change.chat and change.chat.type == PRIVATE:
        kind = "unblocked" if after else "blocked"
    else:
        kind = "bot_added" if after else "bot_removed"
    return _changed(change, kind, change.from_, place)


def _membership(change: wire.MemberChange, place: Place) -> HeardMembership:
    """Of a person in a group or channel."""
    before, after = _inside(change.old_chat_member), _inside(change.new_chat_member)
    if before is None or after is None or before == after or change.new_chat_member is None:
        raise Odd
    who = change.new_chat_member.user or change.from_
    return _changed(change, "joined" if after else "left", who, place)


def _inside(member: wire.Member | None) -> bool | None:
    if member is None or member.status is None:
        return None
    if member.status == "restricted":
        return bool(member.is_member)
    return member.status not in OUTSIDE


def _changed(
    change: wire.MemberChange | wire.JoinRequest,
    kind: Membership,
    who: wire.User | None,
    place: Place,
) -> HeardMembership:
    link = change.invite_link
    return HeardMembership(
        channel=place.bot,
        person=person(who),
        at=moment(change.date, place.now),
        group=group_of(change.chat),
        change=kind,
        invite=Invite(name=link.name, url=link.invite_link) if link else None,
    )


def _reaction(reaction: wire.MessageReaction, update_id: wire.Id, place: Place) -> HeardMessage:
    to = external_id(reaction.chat, reaction.message_id)
    if to is None:
        raise Odd
    first = next(iter(reaction.new_reaction or ()), None)
    emoji = None if first is None else first.emoji or first.custom_emoji_id or PAID
    return HeardMessage(
        channel=place.bot,
        person=sender(reaction.user, reaction.actor_chat, reaction.chat),
        at=moment(reaction.date, place.now),
        group=group_of(reaction.chat),
        # A reaction has no id of its own, but its update has.
        external_id=f"{to}:{update_id}",
        kind="reaction",
        reaction=Reaction(to=to, emoji=emoji),
    )
