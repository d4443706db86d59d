"""A company that sells, its supervisor, and a shop's program with a key."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista import queue, sales
from pista.accounts import Role, Scope, service
from pista.app import House
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls
from pista.store.secrets import Sealer
from tests.fakes.gateways import CUSTOMER, SECRET, TOKEN, Street, open_street

URL = "http://pista.test"
PASSWORD = "correct horse battery"
KEY = "a-key-of-the-tests-with-32-letters"
NOW = datetime.now(UTC)
SALE = {"amount": 1999, "currency": "BRL"}


class Shop(httpx.AsyncClient):
    """Somebody who tells of sales."""

    async def ok(self, method: str, path: str, json: Any = None, **given: Any) -> Any:
        answer = await self.request(method, path, json=json, **given)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, json: Any = None, **given: Any) -> str:
        answer = await self.request(method, path, json=json, **given)
        assert answer.status_code >= 400, answer.text
        return answer.json()["code"]

    async def report(self, **told: Any) -> dict[str, Any]:
        return await self.ok("POST", "/api/sales", {**SALE, **told})

    async def sale(self, sale_id: str) -> dict[str, Any]:
        return await self.ok("GET", f"/api/sales/{sale_id}")

    async def moves(self, sale_id: str) -> list[str]:
        return [line["move"] for line in (await self.sale(sale_id))["changes"]]


ACCOUNTS: dict[str, dict[str, str]] = {
    "static": {"pixKey": "vendas@loja.example", "merchantName": "Flores", "city": "São Paulo"},
    "webhook": {"pixKey": "vendas@loja.example", "merchantName": "Flores", "city": "São Paulo"},
    "mercadopago": {
        "accessToken": TOKEN,
        "webhookSecret": SECRET,
        "payerEmail": "caixa@loja.example",
    },
    "asaas": {"accessToken": TOKEN, "webhookSecret": SECRET, "customerId": CUSTOMER},
    "pushinpay": {"accessToken": TOKEN},
}


async def add_account(admin: Shop, gateway: str, **more: str) -> dict[str, Any]:
    terms = {"gateway": gateway, "name": gateway, **ACCOUNTS[gateway], **more}
    return await admin.ok("POST", "/api/payments/accounts", terms)


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    async with postgres.transaction() as tx:
        return (await service.create_tenant(tx, "flores", now=NOW)).id


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    """Where the gateways are."""
    async with open_street() as opened:
        yield opened


@pytest.fixture
def settings(street: Street) -> Settings:
    return street.settings(public_url=URL, secret_keys=(KEY,))


@asynccontextmanager
async def working(database: str, settings: Settings) -> AsyncGenerator[None]:
    """A worker, for what has to do with payments."""
    gateways = sales.Gateways(settings)
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    runner = queue.Runner(database, sales.errands(gateways, sealer, settings.url))
    running = asyncio.create_task(runner.run())
    yield
    runner.stop()
    await running
    await gateways.close()


@pytest.fixture
async def worker(database: str, settings: Settings) -> AsyncGenerator[None]:
    async with working(database, settings):
        yield


@pytest.fixture
async def house(database: str, settings: Settings) -> AsyncGenerator[House]:
    """A web process; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running = House(settings, Urls(database_url=database, clickhouse_url=away))
    await running.start()
    yield running
    await running.stop()


def browser(house: House, **headers: str) -> Shop:
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    return Shop(transport=transport, base_url=URL, headers=headers)


@pytest.fixture
async def outside(house: House) -> AsyncGenerator[Shop]:
    """Anybody in the world."""
    async with browser(house) as opened:
        yield opened


@pytest.fixture
async def admin(house: House, tenant: TenantId, postgres: Postgres) -> AsyncGenerator[Shop]:
    async with postgres.transaction() as tx:
        await service.create_user(
            tx,
            tenant,
            email="ana@flores.example",
            name="Ana",
            role=Role.ADMIN,
            password=PASSWORD,
            now=NOW,
        )
    async with browser(house, Origin=URL) as opened:
        login = {"email": "ana@flores.example", "password": PASSWORD}
        await opened.ok("POST", "/api/login", login)
        yield opened


@pytest.fixture
async def shop(house: House, tenant: TenantId, postgres: Postgres) -> AsyncGenerator[Shop]:
    """A program with a key that may report sales and read them, and no more."""
    async with postgres.transaction() as tx:
        key = await service.create_api_key(
            tx, tenant, name="shop", scopes=[Scope.SALES_WRITE, Scope.STATS_READ], now=NOW
        )
    async with browser(house, Authorization=f"Bearer {key.key}") as opened:
        yield opened
