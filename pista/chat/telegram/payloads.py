"""What is sent, in the Bot API's words: a method and its parameters. No I/O."""

from typing import Any, NamedTuple

from pista.chat import http
from pista.chat.outgoing import (
    Interactive,
    Location,
    Media,
    MediaKind,
    Outgoing,
    Reaction,
    Refused,
    Template,
    Text,
)

Json = dict[str, Any]
METHODS: dict[MediaKind, tuple[str, str]] = {
    "image": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "audio": ("sendAudio", "audio"),
    "voice": ("sendVoice", "voice"),
    "document": ("sendDocument", "document"),
    "sticker": ("sendSticker", "sticker"),
}
ASK_FOR_PHONE = "☎"


class Call(NamedTuple):
    method: str
    parameters: Json
    file_field: str | None = None
    """Where the file itself goes, if it is sent along."""


def call(outgoing: Outgoing) -> Call | Refused:
    """What to call; refused if there is nobody to send to, or Telegram has no such thing."""
    chat = outgoing.to.group or outgoing.to.user_id
    if chat is None:
        return http.refused("never", "ask_to_start", "There is no id of a person or group.")
    made = _content(outgoing)
    if isinstance(made, Refused):
        return made
    parameters = {"chat_id": int(chat) if _is_whole(chat) else chat, **made.parameters}
    replied = _message_id(outgoing.reply_to)
    if replied is not None and made.method != "setMessageReaction":
        parameters["reply_parameters"] = {
            "message_id": replied,
            # What was answered may be gone; the answer is worth sending all the same.
            "allow_sending_without_reply": True,
        }
    return made._replace(parameters=parameters)


def _content(outgoing: Outgoing) -> Call | Refused:
    match content := outgoing.content:
        case Text():
            parameters: Json = {"text": content.text}
            if not content.preview:
                parameters["link_preview_options"] = {"is_disabled": True}
            return Call("sendMessage", parameters)
        case Media():
            return _media(content)
        case Template():
            return http.refused("never", "check_message", "Telegram has no templates.")
        case Interactive():
            return _interactive(content)
        case Location():
            return _location(content)
        case Reaction():
            return _reaction(content)


def _media(content: Media) -> Call:
    method, field = METHODS[content.kind]
    parameters: Json = {}
    if content.caption is not None and content.kind != "sticker":
        parameters["caption"] = content.caption
    if content.file is not None:
        return Call(method, parameters, file_field=field)
    return Call(method, {**parameters, field: content.id or content.url})


def _location(content: Location) -> Call:
    place: Json = {"latitude": content.latitude, "longitude": content.longitude}
    if content.name is None:
        return Call("sendLocation", place)
    return Call("sendVenue", {**place, "title": content.name, "address": content.address or ""})


def _reaction(content: Reaction) -> Call | Refused:
    message_id = _message_id(content.external_id)
    if message_id is None:
        return http.refused("never", "check_message", "It is no message of Telegram's.")
    emoji = [{"type": "emoji", "emoji": content.emoji}] if content.emoji else []
    return Call("setMessageReaction", {"message_id": message_id, "reaction": emoji})


def _interactive(content: Interactive) -> Call:
    lines = [line for line in (content.header, content.text, content.footer) if line]
    if content.ask_for_phone:
        button = {"text": ASK_FOR_PHONE, "request_contact": True}
        markup: Json = {
            "keyboard": [[button]],
            "one_time_keyboard": True,
            "resize_keyboard": True,
        }
    else:
        rows = [row for section in content.sections for row in section.rows]
        choices = [*content.buttons, *rows]
        markup = {
            "inline_keyboard": [[{"text": one.title, "callback_data": one.id}] for one in choices]
        }
    return Call("sendMessage", {"text": "\n\n".join(lines), "reply_markup": markup})


def _message_id(external_id: str | None) -> int | None:
    """Of `{chat}:{message}`."""
    last = (external_id or "").rpartition(":")[2]
    return int(last) if _is_whole(last) else None


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 19
