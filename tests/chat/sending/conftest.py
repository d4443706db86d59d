"""A company that writes to its customers, between stand-ins of WhatsApp and Telegram."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from pista import accounts
from pista.accounts import Scope
from pista.accounts import service as people
from pista.app import House
from pista.chat import keeping
from pista.chat.heard import HeardMembership, HeardMessage, Person, Platform
from pista.chat.model import ChannelId
from pista.chat.sealing import purpose
from pista.chat.whatsapp import reading
from pista.ids import TenantId, uuid7
from pista.queue import rules as queue_rules
from pista.queue import shift
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls
from pista.store.secrets import Sealer
from tests.chat.sending.working import Place
from tests.events.writing import until
from tests.fakes import telegram as telegram_fake
from tests.fakes import whatsapp as whatsapp_fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

URL = "https://pista.test"
Row = tuple[Any, ...]


class Shop(msgspec.Struct):
    """A company with a number and a bot, and somebody who writes by its key."""

    tenant: TenantId
    number: ChannelId
    bot: ChannelId
    key: str
    place: Place
    postgres: Postgres
    clients: list[httpx.AsyncClient]

    async def customer(self, n: int = 1, platform: Platform = "whatsapp", hours: float = 0) -> str:
        """Somebody who wrote so many hours ago; the path of the conversation."""
        now = datetime.now(UTC)
        who = person(n, platform)
        name = whatsapp_fake.NUMBER if platform == "whatsapp" else str(telegram_fake.BOT)
        heard = HeardMessage(
            channel=name,
            person=who,
            external_id=f"wamid.IN{uuid7().hex}" if platform == "whatsapp" else f"{n}:{n}",
            at=now - timedelta(hours=hours),
            kind="text",
            text="Hola",
        )
        channel = self.number if platform == "whatsapp" else self.bot
        async with self.postgres.of(self.tenant).transaction() as tx:
            await keeping.keep(tx, self.tenant, platform, {name: channel}, [heard], now=now)
            conversation = await tx.value(
                """
                select c.id from conversations c
                join chat_person_keys k on k.tenant_id = $1 and k.person_id = c.person_id
                where c.tenant_id = $1 and k.platform = $2 and k.value = $3
                """,
                self.tenant,
                platform,
                who.user_id,
            )
        return f"/api/chat/conversations/{conversation}"

    async def block(self, n: int) -> None:
        heard = HeardMembership(
            channel=str(telegram_fake.BOT),
            person=person(n, "telegram"),
            change="blocked",
            at=datetime.now(UTC),
        )
        async with self.postgres.of(self.tenant).transaction() as tx:
            channels = {str(telegram_fake.BOT): self.bot}
            now = datetime.now(UTC)
            await keeping.keep(tx, self.tenant, "telegram", channels, [heard], now=now)

    async def post(
        self, path: str, body: dict[str, Any] | str, key: str | None = None, client: int = 0
    ) -> httpx.Response:
        given = {"type": "text", "text": body} if isinstance(body, str) else body
        headers = {"Idempotency-Key": key or uuid7().hex}
        return await self.clients[client].post(f"{path}/messages", json=given, headers=headers)

    async def write(self, path: str, body: dict[str, Any] | str, **how: Any) -> str:
        """The id of the message."""
        answer = await self.post(path, body, **how)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def refused(self, path: str, body: dict[str, Any] | str) -> tuple[int, str]:
        answer = await self.post(path, body)
        return answer.status_code, answer.json().get("code", answer.text)

    async def rows(self, sql: Any, *args: object) -> list[Row]:
        async with self.postgres.transaction() as tx:
            return [tuple(row) for row in await tx.connection.fetch(sql, *args)]

    async def message(self, message: str) -> Row:
        """Status, the platform's id, and what to do about a failure."""
        [row] = await self.rows(
            "select status, external_id, failure ->> 'advice' from messages where id = $1",
            UUID(message),
        )
        return row

    async def is_status(self, message: str, *status: str) -> bool:
        return (await self.message(message))[0] in status

    async def sent_off(self, seconds: float = 60) -> None:
        """Until no job is left."""

        async def none() -> bool:
            return await self.rows("select 1 from jobs where state <> 'dead' limit 1") == []

        await until(none, seconds)

    async def hear(self, body: bytes) -> None:
        """A webhook of WhatsApp, as the door keeps it."""
        now = datetime.now(UTC)
        channels = {whatsapp_fake.NUMBER: self.number}
        async with self.postgres.of(self.tenant).transaction() as tx:
            heard = reading.read(body, now)
            await keeping.keep(tx, self.tenant, "whatsapp", channels, heard, now=now)


def person(n: int, platform: Platform) -> Person:
    if platform == "whatsapp":
        return Person(platform="whatsapp", user_id=f"PE.{n}", phone=phone(n), name=f"Cliente {n}")
    return Person(platform="telegram", user_id=str(n), name=f"Cliente {n}")


def phone(n: int) -> str:
    return f"51961508{n:03}"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_rules, "FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(shift, "POLL_SECONDS", 0.05)


@pytest.fixture
async def whatsapp() -> AsyncGenerator[WhatsApp]:
    async with whatsapp_fake.running() as fake:
        yield fake


@pytest.fixture
async def telegram() -> AsyncGenerator[Telegram]:
    async with telegram_fake.running() as fake:
        yield fake


@pytest.fixture
async def houses(
    database: str, whatsapp: WhatsApp, telegram: Telegram, tmp_path: Path
) -> AsyncGenerator[Callable[..., Awaitable[House]]]:
    """Web processes of one installation; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running: list[House] = []
    settings = Settings(
        public_url=URL,
        data_dir=tmp_path,
        meta_graph_url=whatsapp.url,
        telegram_api_url=telegram.url,
    )

    async def start(**terms: Any) -> House:
        house = House(
            msgspec.structs.replace(settings, **terms),
            Urls(database_url=database, clickhouse_url=away),
        )
        await house.start()
        running.append(house)
        return house

    yield start
    for house in running:
        await house.stop()


@pytest.fixture
async def shop(
    database: str,
    postgres: Postgres,
    whatsapp: WhatsApp,
    telegram: Telegram,
    tmp_path: Path,
    houses: Callable[..., Awaitable[House]],
) -> AsyncGenerator[Shop]:
    now = datetime.now(UTC)
    sealer = Sealer((), tmp_path)
    async with postgres.transaction() as tx:
        tenant = (await accounts.create_tenant(tx, "flores", now=now)).id
        key = await people.create_api_key(tx, tenant, name="key", scopes=[Scope.ADMIN], now=now)
        made: list[ChannelId] = []
        for platform, name, token in (
            ("whatsapp", whatsapp_fake.NUMBER, whatsapp_fake.TOKEN),
            ("telegram", str(telegram_fake.BOT), telegram_fake.TOKEN),
        ):
            channel = ChannelId(uuid7())
            await tx.execute(
                """
                insert into chat_channels (
                    tenant_id, id, platform, external_id, account_id, name, token, created_at
                )
                values ($1, $2, $3, $4, $5, 'Ventas', $6, $7)
                """,
                tenant,
                channel,
                platform,
                name,
                whatsapp_fake.ACCOUNT,
                sealer.seal(token, purpose(channel, "token")),
                now,
            )
            made.append(channel)
    place = Place(database, whatsapp.url, telegram.url, tmp_path)
    clients = [client_of(key.key, await houses())]
    yield Shop(tenant, made[0], made[1], key.key, place, postgres, clients)
    for client in clients:
        await client.aclose()


@pytest.fixture
async def second(shop: Shop, houses: Callable[..., Awaitable[House]]) -> None:
    """The company's client 1 is at another web process."""
    shop.clients.append(client_of(shop.key, await houses()))


@pytest.fixture
async def receipts(
    shop: Shop, houses: Callable[..., Awaitable[House]]
) -> AsyncGenerator[httpx.AsyncClient]:
    """At a web process that tells people when they were read."""
    client = client_of(shop.key, await houses(read_receipts=True))
    yield client
    await client.aclose()


def client_of(key: str, house: House) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(house, raise_app_exceptions=False),
        base_url=URL,
        headers={"Authorization": f"Bearer {key}"},
        timeout=30,
    )
