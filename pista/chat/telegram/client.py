"""The Bot API: what Pista asks of it. Every answer is one of few Structs; nothing raises."""

from typing import Annotated, Any, BinaryIO, TypeVar
from urllib.parse import quote

import httpx
import msgspec
from msgspec import Meta, Struct

from pista.chat import http
from pista.chat.outgoing import (
    Accepted,
    Done,
    Fetched,
    Media,
    Outgoing,
    Reaction,
    Refused,
    Sent,
    Unknown,
)
from pista.chat.telegram import errors, payloads
from pista.chat.telegram.payloads import Call

# The last two are not sent unless asked for, and tell by which link somebody came.
UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
CONNECTIONS = 40

T = TypeVar("T", bound=Struct)


class _Failure(Struct, frozen=True):
    ok: bool
    error_code: int | None = None
    description: str | None = None
    parameters: errors.Parameters | None = None


class _Chat(Struct, frozen=True):
    id: int


class _Message(Struct, frozen=True):
    message_id: int
    chat: _Chat


class _Sent(Struct, frozen=True):
    result: _Message


class _True(Struct, frozen=True):
    result: bool


class Bot(Struct, frozen=True):
    """What Telegram says of a bot."""

    id: int
    first_name: str
    username: str | None = None
    can_join_groups: bool = False
    can_read_all_group_messages: bool = False


class _Bot(Struct, frozen=True):
    result: Bot


class WebhookInfo(Struct, frozen=True):
    """Where updates go, and what was wrong with that."""

    url: str
    pending_update_count: Annotated[int, Meta(ge=0)] = 0
    last_error_date: int | None = None
    last_error_message: str | None = None
    max_connections: int | None = None
    allowed_updates: list[str] = []


class _WebhookInfo(Struct, frozen=True):
    result: WebhookInfo


class _FileInfo(Struct, frozen=True):
    file_path: str | None = None
    file_size: int | None = None


class _File(Struct, frozen=True):
    result: _FileInfo


class Telegram:
    """One bot."""

    def __init__(self, client: httpx.AsyncClient, url: str, *, token: str) -> None:
        self._http = client
        self._url = url.rstrip("/")
        # In the address, quoted: a token that is none must not lead elsewhere.
        self._token = quote(token, safe=":")

    async def send(self, message: Outgoing) -> Sent:
        """One attempt. There is no idempotency key: what is `Unknown` may have been sent."""
        call = payloads.call(message)
        if isinstance(call, Refused):
            return call
        if isinstance(message.content, Reaction):
            set_ = await self._call(call.method, call.parameters, _True)
            if not isinstance(set_, _True):
                return set_
            return Accepted(external_id=f"{message.content.external_id}:own")
        found = await self._ask(self._request(call, message.content), _Sent)
        if not isinstance(found, _Sent):
            return found
        return Accepted(external_id=f"{found.result.chat.id}:{found.result.message_id}")

    async def answer_callback(self, callback_id: str) -> Done | Refused:
        """Else the button that was pressed goes on turning for a minute."""
        return await self._do("answerCallbackQuery", {"callback_query_id": callback_id})

    async def about(self) -> Bot | Refused:
        """Whose token it is."""
        found = http.certain(await self._call("getMe", {}, _Bot))
        return found if isinstance(found, Refused) else found.result

    async def set_webhook(self, url: str, secret: str) -> Done | Refused:
        """Have updates sent there, with the secret in a header."""
        parameters = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": UPDATES,
            "max_connections": CONNECTIONS,
        }
        return await self._do("setWebhook", parameters)

    async def delete_webhook(self) -> Done | Refused:
        return await self._do("deleteWebhook", {})

    async def webhook(self) -> WebhookInfo | Refused:
        found = http.certain(await self._call("getWebhookInfo", {}, _WebhookInfo))
        return found if isinstance(found, Refused) else found.result

    async def fetch(self, file_id: str, into: BinaryIO, *, limit: int) -> Fetched | Refused:
        """Write a person's file into `into`, if it is no larger than `limit`."""
        found = http.certain(await self._call("getFile", {"file_id": file_id}, _File))
        if isinstance(found, Refused):
            return found
        if found.result.file_path is None:
            return http.refused("never", "check_media", "Telegram does not give this file away.")
        if (found.result.file_size or 0) > limit:
            return http.too_large(limit)
        url = f"{self._url}/file/bot{self._token}/{quote(found.result.file_path)}"
        try:
            async with self._http.stream("GET", url) as answer:
                if not answer.is_success:
                    await answer.aread()
                    return _refusal(answer)
                kind = answer.headers.get("content-type")
                return await http.write_down(answer.aiter_bytes(http.CHUNK), into, limit, kind)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return http.certain(http.failed(error))

    async def _do(self, method: str, parameters: dict[str, Any]) -> Done | Refused:
        found = http.certain(await self._call(method, parameters, _True))
        return found if isinstance(found, Refused) else Done()

    async def _call(
        self, method: str, parameters: dict[str, Any], shape: type[T]
    ) -> T | Refused | Unknown:
        return await self._ask(self._request(Call(method, parameters), None), shape)

    def _request(self, call: Call, content: object) -> httpx.Request:
        url = f"{self._url}/bot{self._token}/{call.method}"
        if call.file_field is None or not isinstance(content, Media) or content.file is None:
            return self._http.build_request(
                "POST",
                url,
                content=msgspec.json.encode(call.parameters),
                headers={"Content-Type": "application/json"},
            )
        # Beside a file, everything else is a text; objects are JSON in it.
        fields = {name: _as_field(value) for name, value in call.parameters.items()}
        kind = content.mime_type or "application/octet-stream"
        file = (content.filename or "file", content.file, kind)
        return self._http.build_request("POST", url, data=fields, files={call.file_field: file})

    async def _ask(self, request: httpx.Request, shape: type[T]) -> T | Refused | Unknown:
        answer = await http.ask(self._http, request)
        if not isinstance(answer, httpx.Response):
            return answer
        if not answer.is_success:
            if _failure(answer) is None and answer.status_code in http.AMBIGUOUS:
                return Unknown(reason=f"It answered {answer.status_code}.")
            return _refusal(answer)
        try:
            return msgspec.json.decode(answer.content, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Unknown(reason="Its answer cannot be read.")


def _as_field(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _failure(answer: httpx.Response) -> _Failure | None:
    try:
        return msgspec.json.decode(answer.content, type=_Failure)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _refusal(answer: httpx.Response) -> Refused:
    failure = _failure(answer) or _Failure(ok=False)
    refusal = errors.sorted_out(
        failure.error_code or answer.status_code,
        failure.description or f"It answered {answer.status_code}.",
        failure.parameters or errors.NOTHING,
    )
    return Refused(refusal=refusal)
