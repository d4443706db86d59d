"""A company with a number, its people at their desks, and what customers write to it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from pista import contacts
from pista.accounts import Role, service
from pista.app import House
from pista.chat import keeping
from pista.chat.heard import Heard, HeardMessage, Person
from pista.chat.model import ChannelId
from pista.contacts import FoundContact
from pista.ids import ContactId, TenantId, UserId, uuid7
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls
from tests.chat.conftest import NUMBER, new_channel

URL = "http://pista.test"
PASSWORD = "correct horse battery"
NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE = timedelta(minutes=1)
CONVERSATIONS = "/api/chat/conversations"


class Agent(httpx.AsyncClient):
    """Somebody at a desk."""

    user: UserId

    async def ok(self, method: str, path: str, **given: Any) -> Any:
        answer = await self.request(method, path, **given)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None


class Shop(msgspec.Struct):
    """A company, its number, and its customers."""

    tenant: TenantId
    channel: ChannelId
    postgres: Postgres

    async def hear(self, *heard: Heard) -> None:
        async with self.postgres.of(self.tenant).transaction() as tx:
            await keeping.keep(tx, self.tenant, "whatsapp", {NUMBER: self.channel}, heard, now=NOW)

    async def conversation(self, person: int = 1) -> str:
        async with self.postgres.transaction() as tx:
            found: UUID = await tx.value(
                """
                select c.id from conversations c
                join chat_person_keys k on k.person_id = c.person_id
                where k.tenant_id = $1 and k.value = $2
                """,
                self.tenant,
                customer(person).user_id,
            )
        return f"{CONVERSATIONS}/{found}"

    async def contact(self, person: int, name: str) -> ContactId:
        """Whom the job that makes acquaintances would find."""
        async with self.postgres.transaction() as tx:
            phone = f"+51961508{person:03}"
            found = FoundContact(source="whatsapp", trusted=True, name=name, phone=phone)
            made = await contacts.upsert(tx, self.tenant, found, now=NOW)
            await tx.execute(
                """
                update chat_people p set contact_id = $3 from chat_person_keys k
                where p.tenant_id = $1 and k.tenant_id = $1 and k.person_id = p.id
                    and k.value = $2
                """,
                self.tenant,
                customer(person).user_id,
                made.contact_id,
            )
        return made.contact_id


def customer(person: int = 1) -> Person:
    return Person(
        platform="whatsapp",
        user_id=f"PE.{person}",
        phone=f"51961508{person:03}",
        name=f"Cliente {person}",
    )


def said(text: str = "Hola", person: int = 1, minute: float = 0, **given: Any) -> HeardMessage:
    fields: dict[str, Any] = {"channel": NUMBER, "kind": "text", "text": text}
    return HeardMessage(
        external_id=given.pop("wamid", f"wamid.{uuid7()}"),
        person=customer(person),
        at=NOW - 60 * MINUTE + minute * MINUTE,
        **{**fields, **given},
    )


@pytest.fixture
async def houses(database: str) -> AsyncGenerator[Callable[[], Awaitable[House]]]:
    """Web processes of one installation; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running: list[House] = []

    async def start() -> House:
        house = House(Settings(public_url=URL), Urls(database_url=database, clickhouse_url=away))
        await house.start()
        running.append(house)
        return house

    yield start
    for house in running:
        await house.stop()


@pytest.fixture
async def house(houses: Callable[[], Awaitable[House]]) -> House:
    return await houses()


@pytest.fixture
async def shop(postgres: Postgres) -> Shop:
    async with postgres.transaction() as tx:
        tenant = await service.create_tenant(tx, "flores", now=NOW)
        channel = await new_channel(tx, tenant.id)
    return Shop(tenant.id, channel, postgres)


Desk = Callable[..., Awaitable[Agent]]


@pytest.fixture
async def desk(house: House, shop: Shop) -> AsyncGenerator[Desk]:
    """People of the company, signed in; at another web process where one is given."""
    opened: list[Agent] = []

    async def sit(name: str, role: Role = Role.ASESOR, at: House = house) -> Agent:
        agent = Agent(
            transport=httpx.ASGITransport(at, raise_app_exceptions=False),
            base_url=URL,
            headers={"Origin": URL},
        )
        opened.append(agent)
        email = f"{name}@flores.example"
        async with shop.postgres.transaction() as tx:
            user = await service.create_user(
                tx, shop.tenant, email=email, name=name, role=role, password=PASSWORD, now=NOW
            )
        agent.user = user.id
        await agent.ok("POST", "/api/login", json={"email": email, "password": PASSWORD})
        return agent

    yield sit
    for agent in opened:
        await agent.aclose()


class Socket:
    """One open screen's socket."""

    def __init__(self, house: House, agent: httpx.AsyncClient) -> None:
        self.frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._to_say.put_nowait({"type": "websocket.connect"})
        cookie = f"pista_session={agent.cookies['pista_session']}"
        lines = {"host": "pista.test", "origin": URL, "cookie": cookie}
        scope: dict[str, Any] = {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": "/ws",
            "raw_path": b"/ws",
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
            "client": ("127.0.0.1", 1),
            "server": ("pista.test", 80),
            "subprotocols": [],
            "state": {},
            "extensions": {},
        }
        self._serving = asyncio.create_task(house(scope, self._to_say.get, self._hear))

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            self.frames.put_nowait(msgspec.json.decode(message["text"]))

    async def next(self, kind: str) -> dict[str, Any]:
        """The next frame of this type."""
        async with asyncio.timeout(60):
            while True:
                frame = await self.frames.get()
                if frame["type"] == kind:
                    return frame

    async def cut(self) -> None:
        self._to_say.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self._serving
