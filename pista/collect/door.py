"""`POST /tracking-v2/events` as a raw ASGI handler: the hottest path of the house."""

import asyncio
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import msgspec

from pista import accounts, ids, logs, metrics
from pista.collect import agents, intake
from pista.collect.intake import Circumstances, Site
from pista.collect.model import (
    MAX_BYTES,
    BadEncoding,
    BatchIdReused,
    BodyTooSlow,
    MethodNotAllowed,
    OriginNotAllowed,
    TooManyBytes,
    UnsupportedType,
)
from pista.collect.registry import Registry
from pista.collect.whereabouts import Whereabouts
from pista.errors import PistaError, Unavailable
from pista.events.backlog import Backlog
from pista.store import postgres
from pista.store.journal import Entry, Journal, Receipt

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = dict[bytes, bytes]

PATH = "/tracking-v2/events"
CONTENT_TYPES = (b"application/json", b"text/plain", b"")
PREFLIGHT_SECONDS = b"86400"
# How much of a body that is too long is read on, for how long, and through what pause in it.
PASSED_BY_BYTES = 32 * MAX_BYTES
BODY_SECONDS = 30.0
OVERDUE = "the body is overdue"
PASSED_BY_SECONDS = 10
PAUSE_SECONDS = 0.5

log = logs.get()


class Door:
    """Takes batches from browsers and servers of the tenants."""

    allowed_headers = b"content-type, content-encoding, x-write-key, x-request-id"
    """What a page of another origin may set."""

    def __init__(
        self,
        registry: Registry,
        journal: Journal,
        backlog: Backlog,
        whereabouts: Whereabouts,
        *,
        retention_months: int,
    ) -> None:
        self._registry = registry
        self._journal = journal
        self._backlog = backlog
        self._whereabouts = whereabouts
        self._retention_months = retention_months

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        request_id = _request_id(headers)
        try:
            status, body, extra = await self._respond(scope, headers, receive)
        except PistaError as error:
            status, body, extra = _refusal(error, request_id)
            _count_refusal(error, request_id)
        except postgres.AWAY as error:
            log.warning("collect_unavailable", request_id=request_id, error=str(error))
            status, body, extra = _refusal(Unavailable(), request_id)
        except Exception:
            log.exception("collect_failed", request_id=request_id)
            status, body, extra = _refusal(_Broken(), request_id)
        await _send(send, status, body, [*extra, (b"x-request-id", request_id), *_cors(headers)])

    async def _respond(
        self, scope: Scope, headers: Headers, receive: Receive
    ) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
        match scope["method"]:
            case "POST":
                status, answer = await self._take(scope, headers, await _body(headers, receive))
                return status, answer, [_JSON]
            case "OPTIONS":
                return 204, b"", [*_PREFLIGHT, (_ALLOW_HEADERS, self.allowed_headers)]
            case _:
                raise MethodNotAllowed(headers={"Allow": "POST, OPTIONS"})

    async def _take(self, scope: Scope, headers: Headers, body: bytes) -> tuple[int, bytes]:
        """Take the body into the journal; the status and the body of the answer."""
        check_type(headers)
        batch = intake.open_batch(body)
        key = _write_key(scope, headers)
        site = await self._registry.find(batch.tenant_id, batch.site_id, key)
        origin = origin_of(headers, site)
        entry = intake.prepare(batch, self._circumstances(site, scope, headers, origin))
        return 202, (await self._commit(entry)).answer

    async def _commit(self, entry: Entry) -> Receipt:
        receipt = await self._journal.write(entry)
        if not receipt.same_content:
            raise BatchIdReused
        if not receipt.repeated:
            self._backlog.add(entry.kept)
        _count(entry.received, entry.kept, entry.discarded, entry.rejected, receipt.repeated)
        return receipt

    def _circumstances(
        self, site: Site, scope: Scope, headers: Headers, origin: str
    ) -> Circumstances:
        # A Unix socket has no peer.
        peer = (scope["client"] or ("",))[0]
        place = self._whereabouts.of(peer, headers.get(b"x-forwarded-for", b""))
        agent = agents.agent(headers.get(b"user-agent", b"").decode("latin-1"))
        return Circumstances(
            site=site,
            agent=agent,
            bot=agents.bot_reason(agent, origin),
            opted_out=headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1",
            country=place.country,
            address=place.address if site.store_ip else "",
            now_ms=time.time_ns() // 1_000_000,
            retention_months=self._retention_months,
            buffer_size=self._backlog.events,
        )


def check_type(headers: Headers) -> None:
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() not in CONTENT_TYPES:
        raise UnsupportedType


def origin_of(headers: Headers, site: Site) -> str:
    """The page's origin, which must be one of the site's; empty for a program."""
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin and not accounts.origin_allowed(site.domains, origin):
        raise OriginNotAllowed
    return origin


class _Broken(PistaError):
    """Something went wrong here; send the same batch again."""

    status = 500
    code = "internal"


async def _body(headers: Headers, receive: Receive) -> bytes:
    """The whole body, unpacked; a sender who never ends must not hold a connection for ever.

    By hand, since `asyncio.timeout` would take a fifteenth of the time of a small batch.
    """
    reading = asyncio.current_task()
    assert reading is not None
    overdue = asyncio.get_running_loop().call_later(BODY_SECONDS, reading.cancel, OVERDUE)
    try:
        return await _read(headers, receive)
    except asyncio.CancelledError as cancelled:
        if cancelled.args != (OVERDUE,):
            raise
        reading.uncancel()
        raise BodyTooSlow from None
    finally:
        overdue.cancel()


async def _read(headers: Headers, receive: Receive) -> bytes:
    """The body; refused as soon as it is seen to be too long."""
    if int(headers.get(b"content-length", b"0") or b"0") > MAX_BYTES:
        await _pass_by(receive)
        raise TooManyBytes
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BadEncoding("The body ended early.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BYTES:
            await _pass_by(receive)
            raise TooManyBytes
        if not message.get("more_body"):
            break
    return _unpacked(headers, parts[0] if len(parts) == 1 else b"".join(parts))


async def _pass_by(receive: Receive) -> None:
    """Let the rest of a long body go by: who is still sending does not hear a refusal."""
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(PASSED_BY_SECONDS):
            while size < PASSED_BY_BYTES:
                async with asyncio.timeout(PAUSE_SECONDS):
                    message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _unpacked(headers: Headers, body: bytes) -> bytes:
    match headers.get(b"content-encoding", b"").strip().lower():
        case b"" | b"identity":
            return body
        case b"gzip" | b"x-gzip":
            return _gunzip(body)
        case other:
            raise UnsupportedType(
                f"Content-Encoding {other.decode('latin-1')!r} is not known here."
            )


def _gunzip(body: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise BadEncoding(f"The body is not gzip: {error}") from None
    if len(unpacked) > MAX_BYTES:
        raise TooManyBytes
    if not unpacker.eof:
        raise BadEncoding("The gzip body ended early.")
    if unpacker.unused_data:
        # Perhaps another batch: it would be lost while its sender hears a 202.
        raise BadEncoding("Something follows the end of the gzip body.")
    return unpacked


def _write_key(scope: Scope, headers: Headers) -> str:
    if key := headers.get(b"x-write-key"):
        return key.decode("latin-1")
    query: bytes = scope["query_string"]
    if query.startswith(b"k=") and b"&" not in query and b"%" not in query:
        return query[2:].decode("latin-1")
    return parse_qs(query.decode("latin-1")).get("k", [""])[0]


# The same as for the rest of the house (pista/web/problems.py).
_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def _request_id(headers: Headers) -> bytes:
    given = headers.get(b"x-request-id")
    if given is not None and _GIVEN_ID.fullmatch(given):
        return given
    return ids.request_id().encode()


_JSON = (b"content-type", b"application/json")
_ALLOW_HEADERS = b"access-control-allow-headers"
_PREFLIGHT = [
    (b"access-control-allow-methods", b"POST"),
    (b"access-control-max-age", PREFLIGHT_SECONDS),
]


def _cors(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Let any page read its answer, a refusal too; which pages may send is decided before."""
    origin = headers.get(b"origin")
    if origin is None:
        return []
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-expose-headers", b"retry-after, x-request-id"),
        (b"vary", b"origin"),
    ]


def _refusal(error: PistaError, request_id: bytes) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    extra = [(name.lower().encode(), value.encode()) for name, value in error.headers.items()]
    body = msgspec.json.encode(error.problem(f"urn:pista:request:{request_id.decode()}"))
    return error.status, body, [(b"content-type", b"application/problem+json"), *extra]


async def _send(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _count(received: int, kept: int, discarded: int, rejected: int, repeated: bool) -> None:
    if repeated:
        metrics.BATCHES_REPEATED.inc()
        return
    metrics.EVENTS_RECEIVED.inc(received)
    metrics.EVENTS_KEPT.inc(kept)
    if discarded:
        metrics.EVENTS_DISCARDED.inc(discarded)
    if rejected:
        metrics.EVENTS_REJECTED.inc(rejected)


def _count_refusal(error: PistaError, request_id: bytes) -> None:
    metrics.BATCHES_REFUSED.labels(error.code).inc()
    log.info("batch_refused", request_id=request_id.decode(), status=error.status, code=error.code)
