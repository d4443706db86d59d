"""WhatsApp's Cloud API and Telegram's Bot API as far as a demo goes: they say yes to one number and
one bot, and hand what was sent to the customers.

They check nothing; those that check every request are in `tests/fakes/`. Whatever is not about the
demo's own number and bot is told to come again later, and never that it was sent.
"""

import asyncio
import itertools
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any, Literal, NamedTuple

import msgspec

from pista.chat.channels import Found
from pista.demo.chat import web
from pista.demo.chat.stage import VERSION, Stage
from pista.demo.chat.web import Answer, Request

NUMBER, ACCOUNT = "555010199900001", "555010199900002"
BOT = 5550101999
PIXEL = "555010199900020"
DISPLAY, BOT_NAME = "+52 55 5010 0199", "tiendasol_bot"
# Nobody's; a real platform refuses it.
TOKEN = "EAAdemoTiendaSol"  # noqa: S105
BOT_TOKEN = f"{BOT}:demo_tienda_sol"
NUMBER_FOUND = Found("whatsapp", NUMBER, "Tienda Sol", DISPLAY)
BOT_FOUND = Found("telegram", str(BOT), "Tienda Sol", f"@{BOT_NAME}")
UNDELIVERABLE = "Message undeliverable."
UNKNOWN_PERSON = "This event does not have enough customer information to be matched."


class Sent(NamedTuple):
    """What the shop said to somebody."""

    platform: Literal["whatsapp", "telegram"]
    id: str
    to: str
    ours: str
    """Our own id of it, which WhatsApp's statuses repeat."""


class File(NamedTuple):
    content: bytes
    mime_type: str


class Platforms:
    def __init__(self, stage: Stage, templates: list[dict[str, Any]]) -> None:
        self._stage = stage
        self._templates = templates
        self._numbers = itertools.count(secrets.randbelow(10**6) * 1000)
        self.sent: asyncio.Queue[Sent] = asyncio.Queue()
        self.files: dict[str, File] = {}
        self.out_of_reach: set[str] = set()
        """Phone numbers that nothing can be delivered to."""
        self.refuses = 0
        """How many conversions are still to be refused."""

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        async with web.serving(self._stage.socket, self.answer):
            yield

    def answer(self, request: Request) -> Answer:
        parts = request.path.strip("/").split("/")
        if parts[0] == VERSION:
            return self._whatsapp(request.method, parts[1:], request.body)
        if parts[0] == "media" and len(parts) == 2:
            return self._file(parts[1])
        if parts[:2] == ["file", f"bot{BOT_TOKEN}"]:
            return self._file(parts[-1])
        if parts[0] == f"bot{BOT_TOKEN}" and len(parts) == 2:
            return self._telegram(parts[1], web.read(request))
        if parts[0].startswith("bot"):
            return web.json({"ok": False, "error_code": 500, "description": "Not here."}, 500)
        return web.json({}, 404)

    def _whatsapp(self, method: str, parts: list[str], body: bytes) -> Answer:
        match (method, *parts):
            case ("POST", pixel, "events") if pixel == PIXEL:
                return self._events(msgspec.json.decode(body))
            case ("GET", pixel) if pixel == PIXEL:
                return web.json({"id": PIXEL, "name": "Tienda Sol"})
            case ("POST", number, "messages") if number == NUMBER:
                return self._message(msgspec.json.decode(body))
            case (_, account, asked) if account in (ACCOUNT, NUMBER):
                return web.json(self._told(asked, body))
            case ("GET", one) if one == NUMBER or one in self.files:
                return web.json(_number() if one == NUMBER else self._described(one))
            case _:
                return web.json(_error(131016, "This is the demo's WhatsApp."), 503)

    def _events(self, body: dict[str, Any]) -> Answer:
        """The Conversions API, which takes nearly all."""
        trace = {"fbtrace_id": f"Demo{secrets.token_hex(8)}"}
        if self.refuses > 0 and body["data"][0]["event_name"] == "Purchase":
            self.refuses -= 1
            error = {"message": "Invalid parameter", "code": 100, "error_subcode": 2804050}
            return web.json({"error": {**error, "error_user_msg": UNKNOWN_PERSON, **trace}}, 400)
        return web.json({"events_received": len(body["data"]), "messages": [], **trace})

    def _told(self, asked: str, body: bytes) -> dict[str, Any]:
        match asked:
            case "media":
                return {"id": self.keep(body, "application/octet-stream")}
            case "message_templates":
                return {"data": self._templates}
            case _:
                app = {"id": "555010199900003", "name": "Pista"}
                return {"data": [{"whatsapp_business_api_data": app}], "success": True}

    def _message(self, body: dict[str, Any]) -> Answer:
        if body.get("status") == "read":
            return web.json({"success": True})
        to = str(body.get("to") or body.get("recipient"))
        if to in self.out_of_reach:
            return web.json(_error(131026, UNDELIVERABLE), 400)
        sent = Sent(
            "whatsapp",
            f"wamid.DEMO{next(self._numbers)}",
            to,
            str(body.get("biz_opaque_callback_data")),
        )
        self.sent.put_nowait(sent)
        return web.json({"messages": [{"id": sent.id}], "contacts": [{"input": to, "wa_id": to}]})

    def _telegram(self, method: str, given: dict[str, Any]) -> Answer:
        result: Any = True
        if method == "getMe":
            result = {"id": BOT, "is_bot": True, "first_name": "Sol", "username": BOT_NAME}
        elif method == "getWebhookInfo":
            result = {"url": "", "pending_update_count": 0}
        elif method == "getFile":
            result = {"file_id": given["file_id"], "file_path": f"photos/{given['file_id']}"}
        elif method.startswith("send"):
            chat, number = int(given["chat_id"]), next(self._numbers)
            self.sent.put_nowait(Sent("telegram", f"{chat}:{number}", str(chat), ""))
            result = {"message_id": number, "chat": {"id": chat, "type": "private"}}
        return web.json({"ok": True, "result": result})

    def keep(self, content: bytes, mime_type: str, name: str | None = None) -> str:
        """A file that somebody sends; its id."""
        media = name or str(next(self._numbers) + 10**9)
        self.files[media] = File(content, mime_type)
        return media

    def _described(self, media: str) -> dict[str, Any]:
        file = self.files[media]
        return {
            "id": media,
            "url": f"{self._stage.origin}/media/{media}",
            "mime_type": file.mime_type,
            "sha256": sha256(file.content).hexdigest(),
            "file_size": len(file.content),
        }

    def _file(self, media: str) -> Answer:
        file = self.files.get(media)
        return Answer(404) if file is None else Answer(200, file.content, file.mime_type)


def _number() -> dict[str, Any]:
    return {
        "id": NUMBER,
        "display_phone_number": DISPLAY,
        "verified_name": "Tienda Sol",
        "quality_rating": "GREEN",
        "status": "CONNECTED",
    }


def _error(code: int, text: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": f"(#{code}) {text}", "error_data": text}}
