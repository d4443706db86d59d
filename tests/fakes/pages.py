"""Web pages of somebody's site, and a strict collector of another origin to which they report.

The collector speaks HTTP by hand: a test may have it refuse, or hang up in the middle of an answer.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

TENANT = "0190a000-0000-7000-8000-000000000001"
SITE = "0190a000-0000-7000-8000-000000000002"
KEY = "pk_test"


DIST = Path(__file__).parents[2] / "pista/web/dist"


@cache
def snippet() -> bytes:
    """The built script."""
    return (DIST / "snip.js").read_bytes()


@cache
def second_script() -> bytes:
    """The one that the first fetches where it is needed."""
    return (DIST / "snip-forms.js").read_bytes()


@cache
def third_script() -> bytes:
    """The one that tells of advertisements."""
    return (DIST / "snip-ads.js").read_bytes()


class Event(msgspec.Struct, forbid_unknown_fields=True, rename="camel", kw_only=True):
    event_id: UUID
    visitor_id: str
    session_id: UUID
    event_type: str
    occurred_at: str
    metadata: dict[str, Any]


class Batch(msgspec.Struct, forbid_unknown_fields=True, rename="camel", kw_only=True):
    tenant_id: str
    site_id: str
    batch_id: UUID
    sent_at: str
    events: list[Event]


class Request(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


# The server reads the request and closes the connection without a word.
HANG_UP = Answer(0)


async def read_request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    pairs = (line.split(": ", 1) for line in head[1:] if line)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method, path, headers, body)


def written(answer: Answer) -> bytes:
    fixed = (("Content-Length", str(len(answer.body))), ("Connection", "close"))
    lines = [f"HTTP/1.1 {answer.status} Whatever"]
    lines += [f"{name}: {value}" for name, value in (*answer.headers, *fixed)]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body


@asynccontextmanager
async def serving(
    answer: Callable[[Request], Answer | Awaitable[Answer]],
) -> AsyncGenerator[int]:
    """A server on loopback; answers its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            reply = answer(await read_request(reader))
            if not isinstance(reply, Answer):
                reply = await reply
            if reply is not HANG_UP:
                writer.write(written(reply))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # a browser opens connections in advance and drops them
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**21)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


SCRIPT = (("Content-Type", "text/javascript"), ("Cache-Control", "max-age=600"))


class Collector:
    """Takes what the real collector takes and remembers it; `answers` come before the 202s."""

    def __init__(self) -> None:
        self.port = 0
        self.host = "127.0.0.1"
        self.answers: deque[Answer] = deque()
        self.attempts: list[Batch] = []
        self.stored: list[Batch] = []
        self.problems: list[str] = []
        self.snippet = snippet()
        self.forms = ""
        """What `data-forms` says."""
        self.said: list[dict[str, Any]] = []
        """What came to `/collect`."""
        self.said_answers: deque[Answer] = deque()
        self.fetched: list[str] = []
        self.arrived: list[dict[str, Any]] = []
        """What came to `/tracking-v2/arrivals`."""

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def tag(self) -> str:
        return (
            f'<script async src="{self.origin}/snip.js" data-tenant="{TENANT}"'
            f' data-site="{SITE}" data-key="{KEY}"{self._forms}></script>'
        )

    @property
    def _forms(self) -> str:
        return f' data-forms="{self.forms}"' if self.forms else ""

    @property
    def events(self) -> list[Event]:
        """Each event once, as the server counts them."""
        return list({e.event_id: e for batch in self.stored for e in batch.events}.values())

    def of(self, event_type: str) -> list[Event]:
        return [event for event in self.events if event.event_type == event_type]

    def __call__(self, request: Request) -> Answer:
        self.fetched.append(request.path)
        if request.path == "/snip.js":
            return Answer(200, self.snippet, SCRIPT)
        if request.path == "/snip-forms.js":
            return Answer(200, second_script(), SCRIPT)
        if request.path == "/snip-ads.js":
            return Answer(200, third_script(), SCRIPT)
        if request.path == f"/tracking-v2/arrivals?k={KEY}":
            self.arrived.append(json.loads(request.body))
            return Answer(202, b"{}", (("Access-Control-Allow-Origin", "*"),))
        if request.path.startswith("/collect"):
            return self.collect(request)
        batch = self.check(request)
        answer = self.answers.popleft() if self.answers else Answer(202, b"{}")
        self.attempts.append(batch)
        if answer.status in (202, HANG_UP.status):
            self.stored.append(batch)
        cors = (
            ("Access-Control-Allow-Origin", request.headers.get("origin", "*")),
            ("Access-Control-Expose-Headers", "Retry-After"),
        )
        return answer if answer is HANG_UP else answer._replace(headers=answer.headers + cors)

    def collect(self, request: Request) -> Answer:
        if (request.method, request.path) != ("POST", f"/collect?k={KEY}"):
            self.problems.append(f"method or path: {request}")
        if not request.headers["content-type"].startswith("text/plain"):
            self.problems.append(f"content type: {request}")
        self.said.append(json.loads(request.body))
        answer = self.said_answers.popleft() if self.said_answers else Answer(202, b"{}")
        cors = (("Access-Control-Allow-Origin", request.headers.get("origin", "*")),)
        return answer if answer is HANG_UP else answer._replace(headers=answer.headers + cors)

    def check(self, request: Request) -> Batch:
        batch = msgspec.json.decode(request.body, type=Batch)
        for complaint, wrong in {
            "method or path": (request.method, request.path)
            != ("POST", f"/tracking-v2/events?k={KEY}"),
            "content type": not request.headers["content-type"].startswith("text/plain"),
            "ids": (batch.tenant_id, batch.site_id) != (TENANT, SITE),
            "number of events": not 1 <= len(batch.events) <= 100,
            "size": len(request.body) > 64 * 1024,
            "version": {e.event_id.version for e in batch.events} | {batch.batch_id.version} != {7},
            "url": not all(e.metadata.get("url") for e in batch.events),
            "metadata": any(len(json.dumps(e.metadata)) > 8192 for e in batch.events),
        }.items():
            if wrong:
                self.problems.append(f"{complaint}: {request}")
        return batch


@asynccontextmanager
async def collecting() -> AsyncGenerator[Collector]:
    collector = Collector()
    async with serving(collector) as collector.port:
        yield collector
    assert collector.problems == []


class Site:
    """The pages of a site, by path."""

    def __init__(self) -> None:
        self.port = 0
        self.pages: dict[str, str] = {}
        self.headers: tuple[tuple[str, str], ...] = ()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __call__(self, request: Request) -> Answer:
        page = self.pages.get(request.path.partition("?")[0])
        if page is None:
            return Answer(404)
        kind = (("Content-Type", "text/html; charset=utf-8"),)
        return Answer(200, page.encode(), kind + self.headers)


@asynccontextmanager
async def site_of(head: str) -> AsyncGenerator[Site]:
    """A small site whose pages carry this in their heads."""
    site = Site()
    for path, body in BODIES.items():
        site.pages[path] = (
            f"<!doctype html><html><head><title>Tienda {path}</title>{head}</head>"
            f"<body>{body}</body></html>"
        )
    async with serving(site) as site.port:
        yield site


BODIES = {
    "/": """
        <h1>Tienda</h1>
        <button id="buy" class="big red">Comprar <b>ahora</b></button>
        <a id="next" href="/thanks">Seguir</a>
        <a id="out" href="http://elsewhere.invalid/offer">Oferta</a>
        <form id="contact" action="/send?x=1" onsubmit="return false">
          <input name="email" value=""><input name="card" type="password">
          <button id="send">Enviar</button>
        </form>
        <div data-pista-ignore><button id="quiet">Nada</button><form id="private"></form></div>
        <div style="height: 4000px"></div>
    """,
    "/thanks": "<h1>Gracias</h1>",
}
