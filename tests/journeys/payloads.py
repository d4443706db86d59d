"""Every documented webhook, told to a Pista that knows what it is about, and what is seen then.

They are those of `tests/chat/payloads`. What changes a message gets one of its own to change, and
each file that is named is there to be fetched.
"""

import base64
import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from tests.fakes.whatsapp import NUMBER, File

FOLDER = Path(__file__).parents[1] / "chat/payloads"
ANA = "PE.13491208655302741918"
CHANGES = ("HeardStatus", "HeardEdit", "HeardDelete")
PARTS = (
    *("media", "location", "contacts", "reply", "order", "referral"),
    *("forwarded", "event", "errors", "raw"),
)
# With these it changes who somebody is, so that they come last.
NEW_PEOPLE = "system_changed"
# The developers' page tries with a number that nobody has.
NOT_OURS = "test_of_the_dashboard"
PICTURE = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
SOUND = (
    b"RIFF"
    + struct.pack("<I", 836)
    + b"WAVEfmt "
    + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    + b"data"
    + struct.pack("<I", 800)
    + b"\x80" * 800
)
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
PAPER = b"%PDF-1.7\n%%EOF\n"
Json = dict[str, Any]


class Payload(NamedTuple):
    """One documented webhook, and what it says."""

    platform: str
    name: str
    body: Json
    heard: list[Json]

    @property
    def raw(self) -> bytes:
        """As the platforms write it: everything beyond ASCII is escaped."""
        return json.dumps(self.body).encode()

    @property
    def changed(self) -> list[str]:
        """The platform's ids of the messages that it says something of."""
        said = [one["external_id"] for one in self.heard if one["type"] in CHANGES]
        reacted = [one["reaction"]["to"] for one in self.heard if one.get("reaction")]
        return [*said, *reacted]

    @property
    def is_status(self) -> bool:
        return any(one["type"] == "HeardStatus" for one in self.heard)

    @property
    def chat(self) -> Json:
        """Where it happened, on Telegram."""
        [update] = [value for name, value in self.body.items() if name != "update_id"]
        return update["chat"]


def documented() -> list[Payload]:
    found = [_payload(number, path) for number, path in enumerate(sorted(FOLDER.glob("*/*.json")))]
    return sorted(found, key=lambda one: one.name.startswith(NEW_PEOPLE))


def _payload(number: int, path: Path) -> Payload:
    """With messages of its own to change."""
    platform, text = path.parent.name, json.dumps(json.loads(path.read_text()))
    found = _parsed(path, text)
    for at, target in enumerate(found.changed):
        if platform == "whatsapp":
            text = text.replace(f'"{target}"', f'"wamid.{path.stem}.{at}"')
        else:
            chat, _, message = target.partition(":")
            text = text.replace(f'"{target}"', f'"{chat}:{5000 + number}"')
            text = text.replace(f'"message_id": {message},', f'"message_id": {5000 + number},')
    return _parsed(path, text)


def _parsed(path: Path, text: str) -> Payload:
    told = json.loads(text)
    for one in _files(told):
        one["sha256"] = base64.b64encode(hashlib.sha256(content_of(one)).digest()).decode()
    return Payload(path.parent.name, path.stem, told["body"], told["heard"])


def _files(part: object) -> Iterator[Json]:
    """Whatever names a file by its hash."""
    if isinstance(part, dict):
        if "sha256" in part:
            yield part
        part = list(cast("Json", part).values())
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _files(one)


def content_of(media: Json) -> bytes:
    kind = str(media.get("mime_type")).partition("/")[0]
    return {"image": PICTURE, "audio": SOUND, "video": FILM}.get(kind, PAPER)


def files(payloads: list[Payload]) -> tuple[dict[str, File], dict[str, bytes]]:
    """All that they name, as WhatsApp's and as Telegram's stand-in keep it."""
    whatsapp, telegram = dict[str, File](), dict[str, bytes]()
    for one in payloads:
        for media in (heard["media"] for heard in one.heard if heard.get("media")):
            content = content_of(media)
            if one.platform == "telegram":
                telegram[media["id"]] = content
            else:
                sha256 = hashlib.sha256(content).hexdigest()
                whatsapp[media["id"]] = File(content, media["mime_type"], sha256)
    return whatsapp, telegram


class Row(NamedTuple):
    """What is to be stored of a message, and what of it is to be on the screen."""

    kind: str
    text: str | None
    content: Json
    texts: list[str]
    mark: str | None
    """Selects what is in the bubble besides texts."""


def rows(payload: Payload) -> Iterator[tuple[str, Row]]:
    """What it makes messages, by the platform's ids of them."""
    for one in payload.heard:
        if one["type"] == "HeardCallback":
            yield f"callback:{one['id']}", _pressed(one)
        elif one["type"] == "HeardMessage" and one["kind"] != "reaction" and _is_ours(one):
            # What has no id of its own is found by what it says.
            yield one.get("external_id") or str(one.get("text")), _row(one)


def _is_ours(heard: Json) -> bool:
    return heard["person"]["platform"] == "telegram" or heard["channel"] == NUMBER


def _pressed(heard: Json) -> Row:
    reply = {
        name: value
        for name, value in (("id", heard["id"]), ("payload", heard.get("data")))
        if value
    }
    return Row("button", None, {"reply": reply}, [heard.get("data") or heard["id"]], None)


def _row(heard: Json) -> Row:
    content = {name: heard[name] for name in PARTS if name in heard}
    texts = [*_texts(heard), *(["Forwarded"] if heard.get("forwarded") else [])]
    return Row(heard["kind"], heard.get("text"), content, texts, MARKS.get(heard["kind"]))


MARKS = {
    "image": "button img",
    "sticker": "img, a[download]",
    "video": "video, a[download]",
    "audio": "audio",
    "voice": "audio",
    "document": "a[download]",
    "location": "a[href*='openstreetmap.org']",
    "unknown": "details pre",
}


NOTICES = {
    "request_welcome": "Opened the chat for the first time",
    "new_chat_members": "Somebody joined the group",
    "successful_payment": "Paid",
    "user_changed_user_id": "WhatsApp gave them another id",
}


def _texts(heard: Json) -> Iterator[str]:
    text, event = heard.get("text"), heard.get("event")
    match heard["kind"]:
        case "text" | "image" | "video" if text:
            yield text
        case "document":
            yield heard["media"]["filename"]
        case "location":
            at = heard["location"]
            yield at.get("name") or f"{at['latitude']},{at['longitude']}"
            yield "Open on the map"
        case "contacts":
            for card in heard["contacts"]:
                yield card.get("name") or card["phones"][0]
        case "interactive" | "button":
            reply = heard["reply"]
            yield reply.get("title") or text or reply["id"]
        case "order":
            yield from (item["product"] for item in heard["order"]["items"])
            yield text or ""
        case "system":
            yield text or NOTICES.get(event or "") or f"Notice of the platform: {event}"
        case "unsupported":
            yield "The platform could not pass this message on."
        case "unknown":
            yield f"Pista does not know this kind of message yet. ({event})"
        case _:
            return
    if referral := heard.get("referral"):
        yield "Came from an ad"
        yield referral["headline"]
