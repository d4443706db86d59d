"""The Cloud API: what Pista asks of it. Every answer is one of few Structs; nothing raises."""

import base64
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec
from msgspec import Struct

from pista.chat import http
from pista.chat.outgoing import (
    Accepted,
    Done,
    Fetched,
    Media,
    Outgoing,
    Refused,
    Sent,
    Unknown,
    Uploaded,
)
from pista.chat.whatsapp import errors, payloads

# Where Meta keeps media; the token is shown to nobody else.
MEDIA_HOSTS = (".fbsbx.com", ".fbcdn.net", ".facebook.com", ".whatsapp.net", ".whatsapp.com")
MOST_PAGES = 20
NUMBER_FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,code_verification_status,"
    "name_status,status,throughput,messaging_limit_tier"
)

T = TypeVar("T", bound=Struct)


class _Contact(Struct, frozen=True):
    wa_id: str | None = None
    user_id: str | None = None


class _Message(Struct, frozen=True):
    id: str


class _Accepted(Struct, frozen=True):
    messages: list[_Message]
    contacts: list[_Contact] = []


class _ErrorData(Struct, frozen=True):
    details: str | None = None


class _Error(Struct, frozen=True):
    code: int | None = None
    message: str | None = None
    is_transient: bool | None = None
    error_data: _ErrorData | str | None = None
    error_user_msg: str | None = None


class _Failure(Struct, frozen=True):
    error: _Error


class _Success(Struct, frozen=True):
    success: bool = False


class _Uploaded(Struct, frozen=True):
    id: str


class _MediaInfo(Struct, frozen=True):
    url: str
    mime_type: str | None = None
    sha256: str | None = None
    file_size: int | str | None = None


class _Throughput(Struct, frozen=True):
    level: str | None = None


class Number(Struct, frozen=True):
    """What Meta says of a number."""

    id: str
    display_phone_number: str | None = None
    verified_name: str | None = None
    quality_rating: str | None = None
    code_verification_status: str | None = None
    name_status: str | None = None
    status: str | None = None
    throughput: _Throughput | None = None
    messaging_limit_tier: str | None = None


class Addresses(Struct, frozen=True):
    """Where webhooks of the number go: the first of these that is set."""

    phone_number: str | None = None
    whatsapp_business_account: str | None = None
    application: str | None = None


class _Addressed(Struct, frozen=True):
    webhook_configuration: Addresses = Addresses()


class App(Struct, frozen=True):
    """An app that hears of an account."""

    id: str
    name: str | None = None


class _Subscription(Struct, frozen=True):
    whatsapp_business_api_data: App


class _Subscriptions(Struct, frozen=True):
    data: list[_Subscription]


class KnownTemplate(Struct, frozen=True):
    id: str
    name: str
    language: str
    status: str
    category: str | None = None
    components: list[dict[str, Any]] = []


class _Cursors(Struct, frozen=True):
    after: str | None = None


class _Paging(Struct, frozen=True):
    cursors: _Cursors | None = None
    next: str | None = None


class _Templates(Struct, frozen=True):
    data: list[KnownTemplate]
    paging: _Paging | None = None


class WhatsApp:
    """One number of one account."""

    def __init__(self, client: httpx.AsyncClient, url: str, *, token: str, number: str) -> None:
        self._http = client
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self.number = number

    async def send(self, message: Outgoing) -> Sent:
        """One attempt. There is no idempotency key: what is `Unknown` may have been sent."""
        content = message.content
        if isinstance(content, Media) and content.file is not None:
            uploaded = await self.upload(content.file, content.mime_type, content.filename)
            if isinstance(uploaded, Refused):
                return uploaded
            content = msgspec.structs.replace(content, id=uploaded.id, file=None)
            message = msgspec.structs.replace(message, content=content)
        body = payloads.message(message)
        if isinstance(body, Refused):
            return body
        found = await self._post(f"{self.number}/messages", body, _Accepted)
        if not isinstance(found, _Accepted):
            return found
        if not found.messages:
            return Unknown(reason="The answer names no message.")
        person = found.contacts[0] if found.contacts else _Contact()
        return Accepted(
            external_id=found.messages[0].id, phone=person.wa_id, user_id=person.user_id
        )

    async def mark_read(self, external_id: str, *, typing: bool = False) -> Done | Refused:
        """Blue ticks for this message and all before it; `typing` shows that somebody writes."""
        body: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": external_id,
        }
        if typing:
            body["typing_indicator"] = {"type": "text"}
        return _done(await self._post(f"{self.number}/messages", body, _Success))

    async def upload(
        self, file: bytes, mime_type: str | None, filename: str | None
    ) -> Uploaded | Refused:
        """Meta keeps it for 30 days."""
        kind = mime_type or "application/octet-stream"
        request = self._http.build_request(
            "POST",
            f"{self._url}/{self.number}/media",
            headers=self._headers,
            data={"messaging_product": "whatsapp", "type": kind},
            files={"file": (filename or "file", file, kind)},
        )
        found = http.certain(await self._ask(request, _Uploaded))
        return found if isinstance(found, Refused) else Uploaded(id=found.id)

    async def fetch(
        self, media_id: str, into: BinaryIO, *, limit: int, sha256: str | None = None
    ) -> Fetched | Refused:
        """Write a person's file into `into`, if it is what its hash says and no larger than
        `limit`.
        """
        info = await self._get(
            quote(media_id, safe=""), {"phone_number_id": self.number}, _MediaInfo
        )
        if isinstance(info, Refused):
            return info
        if not self._is_metas(info.url):
            return http.refused("never", "ask_support", "Its address is none of Meta's.")
        if str(info.file_size or "").isdigit() and int(info.file_size or 0) > limit:
            return http.too_large(limit)
        fetched = await self._download(info, into, limit)
        if isinstance(fetched, Refused):
            return fetched
        if not all(_is_hash(fetched.sha256, one) for one in (info.sha256, sha256) if one):
            return http.refused("again", "wait", "The file is not what its hash says.")
        return fetched

    async def about(self) -> Number | Refused:
        """What Meta says of the number: that the token opens it, too."""
        return await self._get(self.number, {"fields": NUMBER_FIELDS}, Number)

    async def templates(self, account: str) -> list[KnownTemplate] | Refused:
        """Every template of the account."""
        found: list[KnownTemplate] = []
        parameters = {"limit": "100", "fields": "id,name,language,status,category,components"}
        for _ in range(MOST_PAGES):
            page = await self._get(f"{account}/message_templates", parameters, _Templates)
            if isinstance(page, Refused):
                return page
            found += page.data
            cursors = page.paging.cursors if page.paging and page.paging.next else None
            if cursors is None or cursors.after is None:
                break
            parameters["after"] = cursors.after
        return found

    async def subscribe(self, account: str) -> Done | Refused:
        """Have the account's webhooks sent to the app that the token belongs to."""
        return _done(await self._post(f"{account}/subscribed_apps", {}, _Success))

    async def subscribed(self, account: str) -> list[App] | Refused:
        """The apps that hear of the account."""
        found = await self._get(f"{account}/subscribed_apps", {}, _Subscriptions)
        if isinstance(found, Refused):
            return found
        return [one.whatsapp_business_api_data for one in found.data]

    async def addresses(self) -> Addresses | Refused:
        """Where webhooks of the number go."""
        fields = {"fields": "webhook_configuration"}
        found = await self._get(self.number, fields, _Addressed)
        return found if isinstance(found, Refused) else found.webhook_configuration

    async def _download(self, info: _MediaInfo, into: BinaryIO, limit: int) -> Fetched | Refused:
        try:
            async with self._http.stream("GET", info.url, headers=self._headers) as answer:
                if not answer.is_success:
                    await answer.aread()
                    return _refusal(answer)
                return await http.write_down(
                    answer.aiter_bytes(http.CHUNK), into, limit, info.mime_type
                )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return http.certain(http.failed(error))

    def _is_metas(self, url: str) -> bool:
        try:
            parts, own = urlsplit(url), urlsplit(self._url)
            if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
                return True
            return parts.scheme == "https" and f".{parts.hostname}".endswith(MEDIA_HOSTS)
        except ValueError:
            return False

    async def _get(self, path: str, parameters: dict[str, str], shape: type[T]) -> T | Refused:
        request = self._http.build_request(
            "GET", f"{self._url}/{path}", params=parameters, headers=self._headers
        )
        return http.certain(await self._ask(request, shape))

    async def _post(self, path: str, body: dict[str, Any], shape: type[T]) -> T | Refused | Unknown:
        request = self._http.build_request(
            "POST",
            f"{self._url}/{path}",
            content=msgspec.json.encode(body),
            headers={**self._headers, "Content-Type": "application/json"},
        )
        return await self._ask(request, shape)

    async def _ask(self, request: httpx.Request, shape: type[T]) -> T | Refused | Unknown:
        answer = await http.ask(self._http, request)
        if not isinstance(answer, httpx.Response):
            return answer
        if not answer.is_success:
            failure = _failure(answer)
            if failure is None and answer.status_code in http.AMBIGUOUS:
                return Unknown(reason=f"It answered {answer.status_code}.")
            return _refusal(answer)
        try:
            return msgspec.json.decode(answer.content, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Unknown(reason="Its answer cannot be read.")


def _failure(answer: httpx.Response) -> _Error | None:
    try:
        return msgspec.json.decode(answer.content, type=_Failure).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _refusal(answer: httpx.Response) -> Refused:
    error = _failure(answer) or _Error(message=f"It answered {answer.status_code}.")
    data = error.error_data
    details = data.details if isinstance(data, _ErrorData) else data
    refusal = errors.sorted_out(
        error.code,
        http=answer.status_code,
        transient=bool(error.is_transient),
        text=details or error.error_user_msg or error.message,
    )
    return Refused(refusal=refusal)


def _done(found: _Success | Refused | Unknown) -> Done | Refused:
    found = http.certain(found)
    return found if isinstance(found, Refused) else Done()


def _is_hash(hexadecimal: str, given: str) -> bool:
    """Webhooks tell the hash in base64, and the address of a file in hexadecimal."""
    return given.lower() == hexadecimal or given == (
        base64.b64encode(bytes.fromhex(hexadecimal)).decode()
    )
