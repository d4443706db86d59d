"""A company with a webhook source, a CRM that sends to it, and a runner that works it off."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista import accounts, contacts, crm, queue
from pista.accounts import Scope
from pista.accounts import service as people
from pista.app import House
from pista.contacts import Contact, Identity
from pista.ids import TenantId
from pista.queue import Runner
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls
from tests.events.writing import until
from tests.fakes.crm import Crm

SOURCES = "/api/webhook-sources"


class Company:
    """A tenant whose admin makes sources."""

    def __init__(self, tenant: TenantId, client: httpx.AsyncClient, pool: Postgres) -> None:
        self.tenant = tenant
        self.client = client
        self.postgres = pool

    async def source(self, outside: httpx.AsyncClient, **terms: Any) -> Crm:
        answer = await self.client.post(SOURCES, json={"kind": "ghl", "name": "GHL", **terms})
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return Crm(outside, made["path"], made["secret"])

    async def received(self, sender: Crm) -> list[dict[str, Any]]:
        """What the source sent, the oldest first."""
        answer = await self.client.get(f"{SOURCES}/{source_id(sender)}/webhooks")
        return answer.json()["items"][::-1]

    async def people(self) -> list[Contact]:
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select id from contacts where tenant_id = $1 and merged_into is null", self.tenant
            )
            return await contacts.shown_contacts(tx, self.tenant, [row["id"] for row in rows])

    async def known_by(self, kind: Any, value: str) -> Contact | None:
        async with self.postgres.transaction() as tx:
            found = await contacts.contact_by(tx, self.tenant, Identity(kind, value))
            return None if found is None else await contacts.contact(tx, self.tenant, found)

    async def worked_off(self) -> bool:
        async with self.postgres.transaction() as tx:
            assert await queue.dead_jobs(tx, self.tenant) == []
            return await tx.value("select count(*) = 0 from jobs")


def source_id(sender: Crm) -> str:
    return sender.path.rsplit("/", 1)[-1]


@pytest.fixture
async def house(database: str) -> AsyncGenerator[House]:
    away = f"http://127.0.0.1:{free_port()}"
    urls = Urls(database_url=database, clickhouse_url=away)
    running = House(Settings(public_url="http://pista.test"), urls)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def outside(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    """Anybody in the world."""
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as client:
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
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(house, raise_app_exceptions=False),
            base_url="http://pista.test",
            headers={"Authorization": f"Bearer {key.key}"},
        )
        clients.append(client)
        return Company(tenant.id, client, house.postgres)

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
async def company(make_company: Callable[[str], Awaitable[Company]]) -> Company:
    return await make_company("flores")


@pytest.fixture
async def sender(company: Company, outside: httpx.AsyncClient) -> Crm:
    """GoHighLevel, by secret."""
    return await company.source(outside)


@pytest.fixture
def work_off(database: str, company: Company) -> Callable[[], Awaitable[None]]:
    """Have a worker do all that is queued."""

    async def done() -> None:
        runner = Runner(database, crm.handlers)
        task = asyncio.create_task(runner.run())
        await until(company.worked_off)
        runner.stop()
        await task

    return done
