"""What customers say, in the bodies in which the platforms tell of it. No I/O, no clock."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

import msgspec

from pista.demo.chat.platforms import ACCOUNT, DISPLAY, NUMBER
from pista.demo.chat.script import Customer
from pista.demo.persons import Language

PHOTO, VOICE = "sombrero", "voz"
Json = dict[str, Any]


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a customer says."""

    customer: Customer
    id: str
    """`external_id`, as Pista has it."""
    at: datetime
    kind: str = "text"
    text: str = ""
    quotes: str | None = None
    extra: Json = {}


def signed(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def whatsapp(word: Word) -> bytes:
    who = word.customer
    user = user_id(who.number, who.language)
    contact = {"profile": {"name": who.name}, "wa_id": who.number, "user_id": user}
    message: Json = {
        "from": who.number,
        "from_user_id": user,
        "id": word.id,
        "timestamp": str(int(word.at.timestamp())),
        **_content(word),
    }
    if "referral" in word.extra:
        message["referral"] = word.extra["referral"]
    if word.quotes is not None and word.kind != "reaction":
        message["context"] = {"from": DISPLAY, "id": word.quotes}
    return _body(contacts=[contact], messages=[message])


def _content(word: Word) -> Json:
    match word.kind:
        case "image":
            image = {"id": PHOTO, "mime_type": "image/jpeg", "caption": word.text}
            return {"type": "image", "image": image}
        case "voice":
            audio = {"id": VOICE, "mime_type": "audio/ogg; codecs=opus", "voice": True}
            return {"type": "audio", "audio": audio}
        case "location":
            return {"type": "location", "location": word.extra}
        case "reaction":
            return {
                "type": "reaction",
                "reaction": {"message_id": word.quotes, "emoji": word.text},
            }
        case _:
            return {"type": "text", "text": {"body": word.text}}


def status(message: str, to: str, state: str, ours: str, at: datetime) -> bytes:
    told = {
        "id": message,
        "status": state,
        "timestamp": str(int(at.timestamp())),
        "recipient_id": to,
        "biz_opaque_callback_data": ours,
    }
    return _body(statuses=[told])


def _body(**value: Any) -> bytes:
    metadata = {"display_phone_number": DISPLAY, "phone_number_id": NUMBER}
    whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    entry = {"id": ACCOUNT, "changes": [{"field": "messages", "value": whole}]}
    return msgspec.json.encode({"object": "whatsapp_business_account", "entry": [entry]})


def user_id(number: str, language: Language) -> str:
    """By which WhatsApp knows somebody to this business."""
    country = "BR" if language == "pt" else "MX"
    digest = hashlib.sha256(number.encode()).hexdigest()
    return f"{country}.{int(digest[:16], 16)}"


def telegram(word: Word, update: int) -> bytes:
    who, number = word.customer, int(word.customer.number)
    first, _, last = who.name.partition(" ")
    person = {"first_name": first, "last_name": last, "username": who.key + "_sol"}
    message: Json = {
        "message_id": int(word.id.partition(":")[2]),
        "from": {"id": number, "is_bot": False, **person, "language_code": who.language},
        "chat": {"id": number, "type": "private", **person},
        "date": int(word.at.timestamp()),
    }
    if word.kind == "image":
        sizes = {"file_id": PHOTO, "file_unique_id": PHOTO, "width": 640, "height": 480}
        message |= {"photo": [sizes], "caption": word.text}
    else:
        message["text"] = word.text
    return msgspec.json.encode({"update_id": update, "message": message})
