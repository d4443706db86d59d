"""The Bot API's updates as Structs: what is read of them. Whatever else they carry is ignored."""

from typing import Annotated, Any

from msgspec import Meta, Struct

Id = int | str | None
Number = int | float | str | None


class Wire(Struct, frozen=True):
    """A part of an update."""


class User(Wire, frozen=True):
    id: Id = None
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None


class Chat(Wire, frozen=True):
    id: Id = None
    type: str | None = None
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class Replied(Wire, frozen=True):
    message_id: Id = None


class Forwarded(Wire, frozen=True):
    type: str | None = None


class File(Wire, frozen=True):
    """Any of the media."""

    file_id: str | None = None
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None
    duration: int | None = None
    width: int | None = None
    height: int | None = None
    is_animated: bool | None = None
    is_video: bool | None = None


class Location(Wire, frozen=True):
    latitude: Number = None
    longitude: Number = None


class Venue(Wire, frozen=True):
    location: Location | None = None
    title: str | None = None
    address: str | None = None


class Contact(Wire, frozen=True):
    phone_number: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    user_id: Id = None
    vcard: str | None = None


class WebAppData(Wire, frozen=True):
    data: Any = None
    button_text: str | None = None


class Message(Wire, frozen=True, rename={"from_": "from"}):
    message_id: Id = None
    date: Number = None
    edit_date: Number = None
    chat: Chat | None = None
    from_: User | None = None
    sender_chat: Chat | None = None
    reply_to_message: Replied | None = None
    forward_origin: Forwarded | None = None
    media_group_id: str | None = None
    text: str | None = None
    caption: str | None = None
    photo: list[File] | None = None
    video: File | None = None
    animation: File | None = None
    video_note: File | None = None
    audio: File | None = None
    voice: File | None = None
    document: File | None = None
    sticker: File | None = None
    location: Location | None = None
    venue: Venue | None = None
    contact: Contact | None = None
    web_app_data: WebAppData | None = None


class CallbackQuery(Wire, frozen=True, rename={"from_": "from"}):
    id: Id = None
    from_: User | None = None
    message: Message | None = None
    data: str | None = None


class Member(Wire, frozen=True):
    status: str | None = None
    user: User | None = None
    is_member: bool | None = None


class InviteLink(Wire, frozen=True):
    name: str | None = None
    invite_link: str | None = None


class MemberChange(Wire, frozen=True, rename={"from_": "from"}):
    chat: Chat | None = None
    from_: User | None = None
    date: Number = None
    old_chat_member: Member | None = None
    new_chat_member: Member | None = None
    invite_link: InviteLink | None = None


class JoinRequest(Wire, frozen=True, rename={"from_": "from"}):
    chat: Chat | None = None
    from_: User | None = None
    date: Number = None
    invite_link: InviteLink | None = None


class ReactionType(Wire, frozen=True):
    type: str | None = None
    emoji: str | None = None
    custom_emoji_id: str | None = None


class MessageReaction(Wire, frozen=True):
    chat: Chat | None = None
    message_id: Id = None
    user: User | None = None
    actor_chat: Chat | None = None
    date: Number = None
    new_reaction: list[ReactionType] | None = None


class Update(Wire, frozen=True):
    """One of these is there besides the id; others are kept as news."""

    update_id: Id = None
    message: Message | None = None
    edited_message: Message | None = None
    channel_post: Message | None = None
    edited_channel_post: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberChange | None = None
    chat_member: MemberChange | None = None
    chat_join_request: JoinRequest | None = None
    message_reaction: MessageReaction | None = None


class Numbered(Wire, frozen=True):
    """An update of which nothing but its number is read."""

    update_id: Annotated[int, Meta(ge=0, le=2**63 - 1)]
