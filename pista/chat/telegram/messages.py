"""One message of the Bot API as it is heard."""

import re
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pista.chat.fitting import Tree, moment, number, tidy, tree
from pista.chat.heard import (
    Heard,
    HeardEdit,
    HeardMessage,
    HeardStart,
    Kind,
    Location,
    Media,
    Person,
    Reply,
    SharedContact,
)
from pista.chat.telegram import wire

# Groups name the bot, since several may be there; people type whatever they like behind it.
START = re.compile(r"/start(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
ENVELOPE = frozenset(
    {
        *("message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat"),
        *("sender_boost_count", "sender_business_bot", "sender_tag", "date", "edit_date"),
        *("business_connection_id", "chat", "forward_origin", "is_topic_message"),
        *("is_automatic_forward", "reply_to_message", "external_reply", "quote"),
        *("reply_to_story", "reply_to_checklist_task_id", "via_bot", "has_protected_content"),
        *("is_from_offline", "is_paid_post", "media_group_id", "author_signature"),
        *("paid_star_count", "entities", "caption_entities", "link_preview_options"),
        *("suggested_post_info", "effect_id", "show_caption_above_media", "has_media_spoiler"),
        *("reply_markup", "caption", "text"),
    }
)
# What the chat itself tells, and nobody in it.
SERVICE = frozenset(
    {
        *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo"),
        *("delete_chat_photo", "group_chat_created", "supergroup_chat_created"),
        *("channel_chat_created", "message_auto_delete_timer_changed", "migrate_to_chat_id"),
        *("migrate_from_chat_id", "pinned_message", "successful_payment", "refunded_payment"),
        *("users_shared", "chat_shared", "connected_website", "write_access_allowed"),
        *("proximity_alert_triggered", "boost_added", "chat_background_set", "gift"),
        *("unique_gift", "forum_topic_created", "forum_topic_edited", "forum_topic_closed"),
        *("forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden"),
        *("giveaway_created", "giveaway_completed", "video_chat_scheduled"),
        *("video_chat_started", "video_chat_ended", "video_chat_participants_invited"),
        *("checklist_tasks_done", "checklist_tasks_added", "paid_message_price_changed"),
        *("direct_message_price_changed", "suggested_post_approved", "suggested_post_declined"),
        *("suggested_post_paid", "suggested_post_refunded", "suggested_post_approval_failed"),
    }
)


class Odd(Exception):
    """It has to be kept as it came, which has been read away: read it again with more care."""


class Place(Struct, frozen=True):
    bot: str
    now: datetime


def said(m: wire.Message, place: Place, raw: object) -> list[Heard]:
    who = sender(m.from_, m.sender_chat, m.chat)
    if m.text is None:
        return [_content(m, place, who, raw)]
    found: list[Heard] = []
    message = _message(m, place, who, "text", text=m.text)
    if m.text.startswith("/start") and (start := START.fullmatch(m.text)):
        payload: str | None = start[1]
        found.append(
            HeardStart(
                channel=place.bot,
                person=who,
                at=message.at,
                group=message.group,
                external_id=message.external_id,
                payload=(payload or "").strip() or None,
            )
        )
    return [*found, message]


def edited(m: wire.Message, place: Place, raw: object) -> list[Heard]:
    external = external_id(m.chat, m.message_id)
    if external is None or (m.text is None and not raw):
        raise Odd
    edit = HeardEdit(
        channel=place.bot,
        person=sender(m.from_, m.sender_chat, m.chat),
        at=moment(m.edit_date or m.date, place.now),
        group=group_of(m.chat),
        external_id=external,
        text=m.caption if m.text is None else m.text,
        raw=None if m.text is not None else tree(raw),
    )
    return [edit]


def person(user: wire.User | None) -> Person:
    if user is None:
        return Person(platform="telegram")
    return Person(
        platform="telegram",
        user_id=None if user.id is None else str(user.id),
        username=user.username or None,
        name=_name(user.first_name, user.last_name),
    )


def sender(user: wire.User | None, sender_chat: wire.Chat | None, chat: wire.Chat | None) -> Person:
    """Whoever wrote: a person, or a channel as such."""
    place = sender_chat or chat
    if user is not None or place is None:
        return person(user)
    return Person(
        platform="telegram",
        user_id=None if place.id is None else str(place.id),
        username=place.username or None,
        name=place.title or _name(place.first_name, place.last_name),
    )


def external_id(chat: wire.Chat | None, message_id: wire.Id) -> str | None:
    if chat is None or chat.id is None or message_id is None:
        return None
    return f"{chat.id}:{message_id}"


def group_of(chat: wire.Chat | None) -> str | None:
    if chat is None or chat.id is None or chat.type == "private":
        return None
    return str(chat.id)


def _name(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


def _message(m: wire.Message, place: Place, who: Person, kind: Kind, **what: Any) -> HeardMessage:
    replied = m.reply_to_message
    return HeardMessage(
        channel=place.bot,
        person=who,
        external_id=external_id(m.chat, m.message_id),
        at=moment(m.date, place.now),
        kind=kind,
        group=group_of(m.chat),
        reply_to=external_id(m.chat, replied.message_id) if replied else None,
        forwarded=m.forward_origin is not None,
        **what,
    )


def _content(m: wire.Message, place: Place, who: Person, raw: object) -> HeardMessage:
    if found := _file(m):
        kind, file, animated = found
        media = _media(file, m, animated)
        return _message(m, place, who, kind, text=m.caption, media=media)
    if (venue := m.venue) and (location := _location(venue.location, venue)):
        return _message(m, place, who, "location", location=location)
    if location := _location(m.location, wire.Venue()):
        return _message(m, place, who, "location", location=location)
    if m.contact:
        return _contact(m, m.contact, place, who)
    if data := m.web_app_data:
        reply = Reply(id="web_app_data", title=data.button_text, payload=tidy(data.data))
        return _message(
            m, place, who, "interactive", text=data.button_text, reply=reply, event="web_app_data"
        )
    return _kept(m, place, who, raw)


def _file(m: wire.Message) -> tuple[Kind, wire.File, bool] | None:
    # An animation comes as a document, too, for programs of old.
    kinds: tuple[tuple[Kind, wire.File | None, bool], ...] = (
        ("image", _largest(m.photo), False),
        ("video", m.animation, True),
        ("video", m.video, False),
        ("video", m.video_note, False),
        ("audio", m.audio, False),
        ("voice", m.voice, False),
        ("document", m.document, False),
        ("sticker", m.sticker, False),
    )
    for kind, file, animated in kinds:
        if file is not None:
            return kind, file, animated or bool(file.is_animated or file.is_video)
    return None


def _largest(photo: list[wire.File] | None) -> wire.File | None:
    return max(photo or (), key=lambda file: (file.width or 0) * (file.height or 0), default=None)


def _media(file: wire.File, m: wire.Message, animated: bool) -> Media:
    return Media(
        id=file.file_id,
        mime_type=file.mime_type or _mime_type(file, m),
        filename=file.file_name,
        caption=m.caption,
        bytes=file.file_size,
        seconds=file.duration,
        animated=animated,
        album=m.media_group_id,
    )


def _mime_type(file: wire.File, m: wire.Message) -> str | None:
    """Of what Telegram has in one format only, and does not tell."""
    if m.photo:
        return "image/jpeg"
    if m.video_note:
        return "video/mp4"
    if m.sticker is None:
        return None
    if file.is_video:
        return "video/webm"
    return "application/x-tgsticker" if file.is_animated else "image/webp"


def _location(location: wire.Location | None, venue: wire.Venue) -> Location | None:
    if location is None:
        return None
    latitude, longitude = number(location.latitude), number(location.longitude)
    if latitude is None or longitude is None:
        return None
    return Location(latitude=latitude, longitude=longitude, name=venue.title, address=venue.address)


def _contact(m: wire.Message, contact: wire.Contact, place: Place, who: Person) -> HeardMessage:
    user = None if contact.user_id is None else str(contact.user_id)
    phones = [contact.phone_number] if contact.phone_number else []
    shared = SharedContact(
        name=_name(contact.first_name, contact.last_name),
        phones=phones,
        user_id=user,
        own=user is not None and user == who.user_id,
        vcard=contact.vcard,
    )
    if shared.own and phones:
        who = msgspec.structs.replace(who, phone=phones[0])
    return _message(m, place, who, "contacts", contacts=[shared])


def _kept(m: wire.Message, place: Place, who: Person, raw: object) -> HeardMessage:
    """What is not understood."""
    given: Tree = tree(raw)
    if not given:
        raise Odd
    event = next((name for name in given if name not in ENVELOPE), None)
    kind: Kind = "system" if event in SERVICE else "unknown"
    return _message(m, place, who, kind, text=m.caption, event=event, raw=given)
