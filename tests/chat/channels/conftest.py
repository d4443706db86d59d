"""A house between stand-ins of WhatsApp and Telegram, and companies with numbers and bots."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista import accounts, chat
from pista.accounts import Scope
from pista.accounts import service as people
from pista.app import House
from pista.ids import TenantId
from pista.queue import Runner
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.runtime import Urls
from pista.store.secrets import Sealer
from tests.chat.conftest import rows
from tests.events.writing import until
from tests.fakes import telegram as telegram_fake
from tests.fakes import whatsapp as whatsapp_fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

URL = "https://pista.test"
CHANNELS = "/api/chat/channels"
NUMBER = {
    "phoneNumberId": whatsapp_fake.NUMBER,
    "token": whatsapp_fake.TOKEN,
    "appSecret": whatsapp_fake.APP_SECRET,
    "accountId": whatsapp_fake.ACCOUNT,
}
BOT = {"token": telegram_fake.TOKEN}


class Company:
    """A tenant with an admin's key."""

    def __init__(self, tenant: TenantId, client: httpx.AsyncClient, house: House) -> None:
        self.tenant = tenant
        self.client = client
        self.house = house

    async def add(self, kind: str, **terms: Any) -> dict[str, Any]:
        """Set up the stand-in's number or bot, and wait until the doors know it."""
        given = NUMBER if kind == "whatsapp" else BOT
        answer = await self.client.post(f"{CHANNELS}/{kind}", json={**given, **terms})
        assert answer.status_code == 201, answer.text
        await self.house.channels.load()
        return answer.json()

    async def check(self, channel: dict[str, Any]) -> dict[str, Any]:
        answer = await self.client.post(f"{CHANNELS}/{channel['id']}/check")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def rows(self, sql: Any, *args: object) -> list[tuple[Any, ...]]:
        async with self.house.postgres.transaction() as tx:
            return await rows(tx, sql, *args)


@pytest.fixture
async def whatsapp() -> AsyncGenerator[WhatsApp]:
    async with whatsapp_fake.running() as fake:
        yield fake


@pytest.fixture
async def telegram() -> AsyncGenerator[Telegram]:
    async with telegram_fake.running() as fake:
        yield fake


@pytest.fixture
def settings(whatsapp: WhatsApp, telegram: Telegram, tmp_path: Path) -> Settings:
    return Settings(
        public_url=URL,
        data_dir=tmp_path,
        meta_graph_url=whatsapp.url,
        telegram_api_url=telegram.url,
    )


@pytest.fixture
async def house(database: str, settings: Settings) -> AsyncGenerator[House]:
    away = f"http://127.0.0.1:{free_port()}"
    running = House(settings, Urls(database_url=database, clickhouse_url=away))
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def outside(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    """Anybody in the world: a platform, among others."""
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield client


@pytest.fixture
async def make_company(house: House) -> AsyncGenerator[Callable[[str], Awaitable[Company]]]:
    clients: list[httpx.AsyncClient] = []

    async def make(name: str) -> Company:
        now = datetime.now(UTC)
        async with house.postgres.transaction() as tx:
            tenant = await accounts.create_tenant(tx, name, now=now, time_zone="America/Lima")
            key = await people.create_api_key(
                tx, tenant.id, name="key", scopes=[Scope.ADMIN], now=now
            )
        transport = httpx.ASGITransport(house, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {key.key}"}
        client = httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)
        clients.append(client)
        return Company(tenant.id, client, house)

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def company(make_company: Callable[[str], Awaitable[Company]]) -> Company:
    return await make_company("flores")


async def worked_off(house: House) -> None:
    """Do all jobs that wait; none of them may fail for good."""
    pool, settings = house.postgres, house.litestar.state.settings
    sealer, shelves = Sealer((), settings.data_dir), house.shelves
    fetcher = chat.MediaFetcher(house.platforms, sealer, shelves, settings.media_max_bytes)
    forgetter = chat.ObjectForgetter(shelves.objects)
    runner = Runner(pool.url, {**chat.handlers, **fetcher.handlers, **forgetter.handlers})
    running = asyncio.create_task(runner.run())

    async def done() -> bool:
        async with pool.transaction() as tx:
            return await tx.value("select count(*) = 0 from jobs where state <> 'dead'")

    await until(done)
    runner.stop()
    await running
    async with pool.transaction() as tx:
        assert await rows(tx, "select error from jobs") == []
