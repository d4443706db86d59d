"""From a webhook to an open inbox: a screen hears of a change, and fetches what it shows.

The screen has one conversation open. Like the interface it fetches that one's newest messages, the
conversation, the list and the number of unread ones, side by side, and again when it heard of
something meanwhile. A message is visible when the answer that has it has arrived.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import httpx
import msgspec

from bench import steady
from bench.load import Figures
from bench.shop import PASSWORD, Shop, message_of, settled, webhooks
from bench.system import System
from bench.table import Row
from pista.store.postgres import Postgres

A_SECOND = 500
SECONDS = 10.0
ROUNDS = 3
TALKING = 50
"""People who write; what one of them writes is looked at."""
PATIENCE_SECONDS = 60.0
PATH = "/api/chat/conversations"
OPEN = """
select c.id
from conversations c
join chat_person_keys k on k.tenant_id = c.tenant_id and k.person_id = c.person_id
where c.tenant_id = $1 and k.kind = 'phone' and k.value = $2
"""


class _Message(msgspec.Struct, rename="camel"):
    external_id: str | None = None


class _Page(msgspec.Struct):
    items: list[_Message]


class _Frame(msgspec.Struct, rename="camel"):
    type: str
    conversation_ids: list[str] = []


async def measure(system: System, pool: Postgres, shop: Shop) -> list[Row]:
    await settled(pool)
    async with pool.transaction() as tx:
        conversation: UUID = await tx.value(OPEN, shop.tenant, "51900000000")
    rounds: list[list[float]] = []
    for _ in range(ROUNDS):
        screen = _Screen(system.port, str(conversation))
        await screen.open(shop.email)
        rounds.append(await _seen(screen, shop, system.port))
        await screen.close()
        await settled(pool)
    waits = min(rounds, key=lambda one: _percentile(one, 0.99))
    return [
        {
            "what": f"{A_SECOND} webhooks a second: until visible",
            "messages": f"{len(waits):,}",
            "p50 ms": f"{_percentile(waits, 0.5):.0f}",
            "p99 ms": f"{_percentile(waits, 0.99):.0f}",
            "the longest, ms": f"{waits[-1]:.0f}",
        }
    ]


async def _seen(screen: "_Screen", shop: Shop, port: int) -> list[float]:
    """Milliseconds that each message of the open conversation took, from when it was due."""
    make = webhooks(shop, people=TALKING)
    wanted = {
        message_of(make(number)): number for number in range(0, int(A_SECOND * SECONDS), TALKING)
    }
    screen.wanted = set(wanted)
    looking = asyncio.create_task(screen.look())
    sent: Figures = await asyncio.to_thread(steady.run, port, make, A_SECOND, seconds=SECONDS)
    await asyncio.wait({looking}, timeout=PATIENCE_SECONDS)
    assert looking.done(), f"{len(screen.wanted - screen.visible.keys())} were never seen"
    await looking
    assert not sent.failed, "webhooks were refused"
    return sorted(
        (screen.visible[one] - sent.began - number / A_SECOND) * 1000
        for one, number in wanted.items()
    )


def _percentile(waits: list[float], share: float) -> float:
    return waits[int((len(waits) - 1) * share)]


class _Screen:
    def __init__(self, port: int, conversation: str) -> None:
        self._port = port
        self._conversation = conversation
        self._messages = f"{PATH}/{conversation}/messages?limit=50"
        self._rest = (f"{PATH}/{conversation}", f"{PATH}?status=open", "/api/chat/unread")
        self._lines: list[_Line] = []
        self._changed = asyncio.Event()
        self.wanted: set[str] = set()
        self.visible: dict[str, float] = {}

    async def open(self, email: str) -> None:
        address = f"http://127.0.0.1:{self._port}"
        async with httpx.AsyncClient(base_url=address, headers={"Origin": address}) as client:
            login = {"email": email, "password": PASSWORD}
            answer = await client.post("/api/login", json=login)
            assert answer.status_code < 300, answer.text
            cookie = f"pista_session={answer.cookies['pista_session']}"
        for _ in range(1 + len(self._rest)):
            line = _Line(cookie)
            await line.open(self._port)
            self._lines.append(line)
        self._socket = _Line(cookie)
        await self._socket.open(self._port)
        await self._socket.upgrade()
        self._listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        self._listening.cancel()
        for line in [*self._lines, self._socket]:
            line.close()

    async def _listen(self) -> None:
        while True:
            frame = await self._socket.frame()
            if frame.type == "chat_changed" and self._is_shown(frame.conversation_ids):
                self._changed.set()

    def _is_shown(self, named: list[str]) -> bool:
        return not named or self._conversation in named

    async def look(self) -> None:
        """Until all that is wanted was seen."""
        while not self.wanted <= self.visible.keys():
            await self._changed.wait()
            self._changed.clear()
            await asyncio.gather(self._read(), *map(_Line.get, self._lines[1:], self._rest))

    async def _read(self) -> None:
        page = msgspec.json.decode(await self._lines[0].get(self._messages), type=_Page)
        now = time.perf_counter()
        for one in page.items:
            name = (one.external_id or "").removeprefix("wamid.")
            if name in self.wanted:
                self.visible.setdefault(name, now)


class _Line:
    """A connection that is kept, for one request after the other or for the socket."""

    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    def __init__(self, cookie: str) -> None:
        self._head = f"Host: 127.0.0.1\r\nCookie: {cookie}\r\n"

    async def open(self, port: int) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)

    def close(self) -> None:
        self._writer.close()

    async def get(self, path: str) -> bytes:
        head = await self._ask(path, "")
        assert head[9:12] == b"200", head
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return await self._reader.readexactly(length)

    async def upgrade(self) -> None:
        head = await self._ask(
            "/ws",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        )
        assert head[9:12] == b"101", head
        assert (await self.frame()).type == "hello"

    async def frame(self) -> _Frame:
        """The next that says something; the server's are neither masked nor in parts."""
        while True:
            kind, size = await self._reader.readexactly(2)
            if size == 126:
                size = int.from_bytes(await self._reader.readexactly(2))
            said: Any = await self._reader.readexactly(size)
            if kind == 0x81:
                return msgspec.json.decode(said, type=_Frame)
            assert kind != 0x88, "the socket was closed"

    async def _ask(self, path: str, more: str) -> bytes:
        self._writer.write(f"GET {path} HTTP/1.1\r\n{self._head}{more}\r\n".encode())
        return await self._reader.readuntil(b"\r\n\r\n")
