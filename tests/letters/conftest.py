"""Two companies with work that could not be done."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from pista import accounts, queue
from pista.accounts import Scope
from pista.accounts import service as people
from pista.app import House
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls

LETTERS = "/api/dead-letters"


class Send(msgspec.Struct, tag="test.send"):
    to: str


class Company(msgspec.Struct):
    tenant: TenantId
    client: httpx.AsyncClient
    postgres: Postgres

    async def dies(self, *names: str, key: str | None = None) -> list[int]:
        """Work that could not be done; the numbers of its letters."""
        async with self.postgres.transaction() as tx:
            for name in names:
                work = Send(to=name)
                await queue.enqueue(tx, self.tenant, work, now=datetime.now(UTC), key=key)
            rows = await tx.connection.fetch(
                """
                update jobs set state = 'dead', error = 'No way.', attempts = 12, died_at = now()
                where tenant_id = $1 and state in ('ready', 'blocked')
                returning id
                """,
                self.tenant,
            )
        return sorted(row["id"] for row in rows)

    async def states(self) -> list[str]:
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select state from jobs where tenant_id = $1 order by id", self.tenant
            )
        return [row["state"] for row in rows]

    async def listed(self, **query: Any) -> dict[str, Any]:
        return (await self.client.get(LETTERS, params=query)).json()


@pytest.fixture
async def companies(database: str) -> AsyncGenerator[tuple[Company, Company]]:
    away = f"http://127.0.0.1:{free_port()}"
    house = House(
        Settings(public_url="http://pista.test"), Urls(database_url=database, clickhouse_url=away)
    )
    await house.start()
    made = [await _company(house, name) for name in ("flores", "sol")]
    yield made[0], made[1]
    for company in made:
        await company.client.aclose()
    await house.stop()


async def _company(house: House, name: str) -> Company:
    now = datetime.now(UTC)
    async with house.postgres.transaction() as tx:
        tenant = await accounts.create_tenant(tx, name, now=now)
        key = await people.create_api_key(tx, tenant.id, name="k", scopes=[Scope.ADMIN], now=now)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(house, raise_app_exceptions=False),
        base_url="http://pista.test",
        headers={"Authorization": f"Bearer {key.key}"},
    )
    return Company(tenant.id, client, house.postgres)
