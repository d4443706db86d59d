"""Companies with contacts, and an app of this room's routes alone."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State

from pista import accounts, contacts
from pista.accounts import Scope, service
from pista.contacts import FoundContact, Upserted, imports
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx
from pista.web import problems

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)

Find = Callable[..., Awaitable[Upserted]]


def found(*, trusted: bool = True, **given: Any) -> FoundContact:
    fields: dict[str, Any] = {"source": "test", **given}
    return FoundContact(**fields, trusted=trusted)


async def new_tenant(tx: Tx, name: str = "flores", time_zone: str = "America/Lima") -> TenantId:
    return (await accounts.create_tenant(tx, name, now=NOON, time_zone=time_zone)).id


@pytest.fixture
async def tenant(tx: Tx) -> TenantId:
    return await new_tenant(tx)


@pytest.fixture
def find(tx: Tx, tenant: TenantId) -> Find:
    async def upsert(now: datetime = NOON, **given: Any) -> Upserted:
        return await contacts.upsert(tx, tenant, found(**given), now=now)

    return upsert


@pytest.fixture
async def make_client(postgres: Postgres) -> AsyncGenerator[Callable[..., Any]]:
    """A client with the admin key of a company of its own."""
    settings = Settings(public_url="http://pista.test")
    app: Any = Litestar(
        [*contacts.routes, *imports.routes],
        guards=[accounts.guard],
        dependencies=accounts.dependencies,
        state=State({"postgres": postgres, "settings": settings}),
        exception_handlers={Exception: problems.problem},
        openapi_config=None,
    )
    clients: list[httpx.AsyncClient] = []

    async def opened(name: str = "flores") -> httpx.AsyncClient:
        async with postgres.transaction() as tx:
            tenant = await new_tenant(tx, name)
            key = await service.create_api_key(
                tx, tenant, name="key", scopes=[Scope.ADMIN], now=NOON
            )
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {key.key}"}
        clients.append(
            httpx.AsyncClient(transport=transport, base_url="http://pista.test", headers=headers)
        )
        return clients[-1]

    yield opened
    for client in clients:
        await client.aclose()
