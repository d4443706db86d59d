"""A house with both stores, a company in it, and an admin who asks."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import httpx
import pytest

from pista.accounts import Scope, service
from pista.accounts.model import Tenant
from pista.app import House
from pista.settings import Settings
from pista.store.postgres import Postgres
from pista.store.runtime import Urls


@pytest.fixture
async def house(database: str, clickhouse_database: str) -> AsyncGenerator[House]:
    urls = Urls(database_url=database, clickhouse_url=clickhouse_database)
    running = House(Settings(public_url="http://pista.test"), urls)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def company(postgres: Postgres) -> Tenant:
    async with postgres.transaction() as tx:
        return await service.create_tenant(tx, "Flores Lima", now=datetime.now(UTC))


@pytest.fixture
async def admin(
    house: House, postgres: Postgres, company: Tenant
) -> AsyncGenerator[httpx.AsyncClient]:
    async with postgres.transaction() as tx:
        key = await service.create_api_key(
            tx, company.id, name="T", scopes=[Scope.ADMIN], now=datetime.now(UTC)
        )
    headers = {"Authorization": f"Bearer {key.key}"}
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://pista.test", headers=headers
    ) as client:
        yield client


async def quarantine(postgres: Postgres, *lines: bytes) -> None:
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into journal_quarantine (flush_id, events, body, error)
            values (gen_random_uuid(), $1, $2, 'Cannot parse input')
            """,
            len(lines),
            b"".join(lines),
        )
