"""Open sockets of a call centre, and messages for them without anything having happened."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from pista.app import House
from pista.desk import announcing
from pista.desk.model import Announced
from pista.ids import TenantId, UserId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres, Tx
from pista.store.runtime import Urls
from tests.chat.inbox.conftest import Socket
from tests.desk.conftest import URL, Agent

ELSEWHERE = ("still_here", "contact_changed")
NOBODY = UserId(UUID(int=0))


class Screen(Socket):
    """One screen that is open on the desk."""

    @property
    def closed(self) -> "asyncio.Task[None]":
        """The server ended it by itself."""
        return self._serving

    async def say(self, **message: Any) -> None:
        text = msgspec.json.encode(message).decode()
        self._to_say.put_nowait({"type": "websocket.receive", "text": text})

    async def heard(self, until: str) -> list[dict[str, Any]]:
        """What it hears of the desk, until a message of this type."""
        found: list[dict[str, Any]] = []
        while not found or found[-1]["type"] != until:
            frame = await self.next_of_desk()
            found.append(frame)
        return found

    def left(self) -> list[dict[str, Any]]:
        """What it has heard of the desk besides."""
        frames = [self.frames.get_nowait() for _ in range(self.frames.qsize())]
        return [frame for frame in frames if frame["type"] not in ELSEWHERE]

    async def next_of_desk(self) -> dict[str, Any]:
        while (frame := await self.frames.get())["type"] in ELSEWHERE:
            pass
        return frame


@pytest.fixture
async def other(database: str) -> AsyncGenerator[House]:
    """Another web process of the same installation."""
    away = f"http://127.0.0.1:{free_port()}"
    running = House(Settings(public_url=URL), Urls(database_url=database, clickhouse_url=away))
    await running.start()
    yield running
    await running.stop()


class Writer:
    """Writes what a move would, numbered by what it says."""

    def __init__(self, postgres: Postgres, tenant: TenantId) -> None:
        self.postgres, self.tenant = postgres, tenant

    async def write(self, number: int, *audience: UserId) -> int:
        async with self.postgres.transaction() as tx:
            return await self.add(tx, number, *audience)

    async def add(self, tx: Tx, number: int, *audience: UserId, tell: bool = True) -> int:
        body = {"type": "CLIENT_UPDATED", "clienteId": number}
        seq = await tx.value(
            "insert into desk_messages (tenant_id, audience, body) values ($1, $2, $3)"
            " returning seq",
            self.tenant,
            list(audience),
            body,
        )
        if tell:
            raw = msgspec.Raw(msgspec.json.encode(body))
            told = Announced(tenant_id=self.tenant, seq=seq, audience=list(audience), body=raw)
            announcing.announce(tx, [told])
        return seq


@pytest.fixture
def writer(postgres: Postgres, tenant: TenantId) -> Writer:
    return Writer(postgres, tenant)


Open = Callable[..., Awaitable[Screen]]


@pytest.fixture
async def open_screen(house: House) -> AsyncGenerator[Open]:
    opened: list[Screen] = []

    async def made(agent: Agent, at: House | None = None) -> Screen:
        screen = Screen(at or house, agent)
        await screen.next("hello")
        opened.append(screen)
        return screen

    yield made
    for screen in opened:
        await screen.cut()
