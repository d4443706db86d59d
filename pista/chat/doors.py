"""The doors of webhooks as raw ASGI handlers: checked on the very bytes, committed, then answered.

Nothing is read from a body before its sender is known, and a number is heard of only by whoever
has its secret. What cannot be committed is refused, so that the platform sends it again.
"""

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import msgspec
from msgspec import structs

from pista import ids, logs, metrics
from pista.chat.arriving import starts_in
from pista.chat.heard import Platform
from pista.chat.mailbox import Letter, Mailbox
from pista.chat.model import (
    BodyTooSlow,
    BotNotFound,
    MethodNotAllowed,
    NotForUs,
    TooLarge,
    VerifyRefused,
    WebhookRefused,
)
from pista.chat.registry import Listening, Registry
from pista.chat.whatsapp import envelope
from pista.errors import PistaError, Unavailable
from pista.ids import TenantId
from pista.store import postgres

PATH = "/api/chat/webhook"
TELEGRAM_PATH = "/api/telegram/webhook/"
"""Followed by the bot's id."""
MOST_BYTES = 4 * 2**20
"""Meta sends up to three million."""
BODY_SECONDS = 20.0

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, bytes, bytes]

log = logs.get()


class Door(ABC):
    """What both doors do: check, commit, answer."""

    platform: Platform

    def __init__(self, registry: Registry, mailbox: Mailbox) -> None:
        self._registry = registry
        self._mailbox = mailbox
        self._taken = metrics.WEBHOOKS.labels(self.platform, "taken")

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        request_id = ids.request_id()
        extra: dict[str, str] = {}
        try:
            status, kind, body = await self._answer(scope, receive, request_id)
        except PistaError as error:
            status, kind, body = self._refusal(error, request_id)
            extra = error.headers
        except postgres.AWAY as error:
            log.warning("chat_unavailable", request_id=request_id, error=str(error))
            away = Unavailable()
            status, kind, body = self._refusal(away, request_id)
            extra = away.headers
        except Exception:
            log.exception("chat_failed", request_id=request_id)
            status, kind, body = self._refusal(_Broken(), request_id)
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", request_id.encode()),
            *((name.lower().encode(), value.encode()) for name, value in extra.items()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    @abstractmethod
    async def _answer(self, scope: Mapping[str, Any], receive: Receive, request_id: str) -> Answer:
        """What the platform is told, once what it brought is committed."""

    async def _take(self, letters: list[Letter]) -> Answer:
        await self._mailbox.put(letters)
        self._taken.inc()
        return 200, b"text/plain", b"ok"

    def _refusal(self, error: PistaError, request_id: str) -> Answer:
        metrics.WEBHOOKS.labels(self.platform, error.code).inc()
        log.info(
            "webhook_refused",
            request_id=request_id,
            platform=self.platform,
            status=error.status,
            code=error.code,
        )
        body = msgspec.json.encode(error.problem(f"urn:pista:request:{request_id}"))
        return error.status, b"application/problem+json", body


class WhatsAppDoor(Door):
    """Takes the webhooks of every number of every company."""

    platform = "whatsapp"

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, request_id: str) -> Answer:
        if scope["method"] in ("GET", "HEAD"):
            return 200, b"text/plain", self._challenge(scope["query_string"])
        if scope["method"] != "POST":
            raise MethodNotAllowed(headers={"Allow": "GET, POST"})
        given = _header(scope, b"x-hub-signature-256") or ""
        body = await _body(receive)
        return await self._take(self._letters(body, given, request_id))

    def _challenge(self, query: bytes) -> bytes:
        """What Meta asks when the address is entered there."""
        asked = parse_qs(query.decode("latin-1"))
        token = asked.get("hub.verify_token", [""])[0]
        if asked.get("hub.mode") != ["subscribe"] or not self._registry.knows(token):
            raise VerifyRefused
        return asked.get("hub.challenge", [""])[0].encode()

    def _letters(self, body: bytes, signature: str, request_id: str) -> list[Letter]:
        """One for each company that it is about."""
        signers = self._registry.signed_by(body, signature)
        if not signers:
            raise WebhookRefused
        about = envelope.addressed(body)
        meant = [one for one in signers if one.external_id in about.numbers]
        if not meant and about.numbers:
            raise NotForUs
        if not meant:
            # Of an account; or nothing that can be read: a person will see it.
            meant = [one for one in signers if one.account_id in about.accounts] or signers[:1]
        return _by_company(self.platform, meant, body, request_id)


class TelegramDoor(Door):
    """Takes the updates of every bot of every company."""

    platform = "telegram"

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, request_id: str) -> Answer:
        bot_id = scope["path"].removeprefix(TELEGRAM_PATH)
        if scope["method"] != "POST" or not self._registry.has_bot(bot_id):
            raise BotNotFound
        # Before the body: whoever does not know the secret has nothing to say.
        bot = self._registry.bot(bot_id, _header(scope, b"x-telegram-bot-api-secret-token"))
        if bot is None:
            raise WebhookRefused
        body = await _body(receive)
        [letter] = _by_company(self.platform, [bot], body, request_id)
        starts = starts_in(body, bot_id, bot.id, letter.received_at)
        return await self._take([structs.replace(letter, starts=starts) if starts else letter])


def _header(scope: Mapping[str, Any], name: bytes) -> str | None:
    found = dict(scope["headers"]).get(name)
    return None if found is None else found.decode("latin-1")


def _by_company(
    platform: Platform, meant: list[Listening], body: bytes, request_id: str
) -> list[Letter]:
    channels: defaultdict[TenantId, list[Listening]] = defaultdict(list)
    for one in meant:
        channels[one.tenant].append(one)
    now = datetime.now(UTC)
    return [
        Letter(
            tenant_id=tenant,
            id=ids.uuid7(),
            platform=platform,
            channel_ids=[one.id for one in own],
            received_at=now,
            request_id=request_id,
            body=body,
        )
        for tenant, own in channels.items()
    ]


class _Broken(PistaError):
    """Something went wrong here; send it again."""

    status = 500
    code = "internal"


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise WebhookRefused("The body ended early.")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MOST_BYTES:
                    raise TooLarge
                if not message.get("more_body"):
                    return parts[0] if len(parts) == 1 else b"".join(parts)
    except TimeoutError:
        raise BodyTooSlow from None
