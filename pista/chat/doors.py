"""`/api/chat/webhook` as a raw ASGI handler: checked on its very bytes, committed, then answered.

Nothing is read from a body before its sender is known, and a number is heard of only by whoever
has its secret. What cannot be committed is refused, so that the platform sends it again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import msgspec

from pista import ids, logs, metrics
from pista.chat.mailbox import Letter, Mailbox
from pista.chat.model import BodyTooSlow, NotForUs, TooLarge, VerifyRefused, WebhookRefused
from pista.chat.registry import Listening, Registry
from pista.chat.whatsapp import envelope
from pista.errors import PistaError, Unavailable
from pista.ids import TenantId
from pista.store import postgres

PATH = "/api/chat/webhook"
MOST_BYTES = 4 * 2**20
"""Meta sends up to three million."""
BODY_SECONDS = 20.0

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Answer = tuple[int, bytes, bytes]

log = logs.get()


class WhatsAppDoor:
    """Takes the webhooks of every number of every company."""

    def __init__(self, registry: Registry, mailbox: Mailbox) -> None:
        self._registry = registry
        self._mailbox = mailbox

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        request_id = ids.request_id()
        try:
            status, kind, body = await self._answer(scope, receive, request_id)
        except PistaError as error:
            status, kind, body = _refusal(error, request_id)
        except postgres.AWAY as error:
            log.warning("chat_unavailable", request_id=request_id, error=str(error))
            status, kind, body = _refusal(Unavailable(), request_id)
        except Exception:
            log.exception("chat_failed", request_id=request_id)
            status, kind, body = _refusal(_Broken(), request_id)
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", request_id.encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, request_id: str) -> Answer:
        if scope["method"] != "POST":
            return 200, b"text/plain", self._challenge(scope["query_string"])
        given = dict(scope["headers"]).get(b"x-hub-signature-256", b"").decode("latin-1")
        body = await _body(receive)
        letters = self._letters(body, given, request_id)
        await self._mailbox.put(letters)
        metrics.WEBHOOKS.labels("whatsapp", "taken").inc()
        return 200, b"text/plain", b"ok"

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
        return _by_company(meant, body, request_id)


def _by_company(meant: list[Listening], body: bytes, request_id: str) -> list[Letter]:
    channels: defaultdict[TenantId, list[Listening]] = defaultdict(list)
    for one in meant:
        channels[one.tenant].append(one)
    now = datetime.now(UTC)
    return [
        Letter(
            tenant_id=tenant,
            id=ids.uuid7(),
            platform="whatsapp",
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


def _refusal(error: PistaError, request_id: str) -> Answer:
    metrics.WEBHOOKS.labels("whatsapp", error.code).inc()
    log.info("webhook_refused", request_id=request_id, status=error.status, code=error.code)
    body = msgspec.json.encode(error.problem(f"urn:pista:request:{request_id}"))
    return error.status, b"application/problem+json", body


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
