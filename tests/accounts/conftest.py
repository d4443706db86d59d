"""A company with people, and an app of this room's routes alone."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from pista import accounts
from pista.accounts import passwords, queries, service
from pista.accounts.model import Role, Scope, StoredUser, Tenant
from pista.ids import TenantId, UserId, uuid7
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer
from pista.web import problems

PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)

SEALER = Sealer(("of the tests",), Path("not-used"))

MakeUser = Callable[..., Awaitable[StoredUser]]
Client = httpx.AsyncClient
Clients = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture(scope="session")
async def password_hash() -> str:
    return await passwords.hashed(PASSWORD)


async def add_user(tx: Tx, tenant: TenantId, password_hash: str, role: Role) -> StoredUser:
    user = StoredUser(
        id=UserId(uuid7()),
        tenant_id=tenant,
        email=f"{role}-{uuid7()}@example.com",
        name="Ana",
        role=role,
        password_hash=password_hash,
    )
    await queries.add_user(tx, tenant, user.id, user.email, "Ana", role, password_hash, NOW)
    return user


@pytest.fixture
async def company(postgres: Postgres) -> Tenant:
    """A tenant that is committed, in a database of its own."""
    async with postgres.transaction() as tx:
        return await service.create_tenant(tx, "Flores Lima", now=NOW)


@pytest.fixture
async def make_user(postgres: Postgres, company: Tenant, password_hash: str) -> MakeUser:
    async def make(role: Role = Role.ADMIN, tenant: Tenant = company) -> StoredUser:
        async with postgres.transaction() as tx:
            return await add_user(tx, tenant.id, password_hash, role)

    return make


@pytest.fixture
async def make_key(postgres: Postgres, company: Tenant) -> Callable[..., Awaitable[str]]:
    async def make(*scopes: Scope, tenant: Tenant = company) -> str:
        async with postgres.transaction() as tx:
            made = await service.create_api_key(
                tx, tenant.id, name="Reports", scopes=scopes, now=NOW
            )
        return made.key

    return make


def make_app(
    postgres: Postgres, *more: ControllerRouterHandler, settings: Settings | None = None
) -> Litestar:
    """The routes of the accounts and some of the test's own, as the real app carries them."""
    chosen = settings or Settings(public_url="http://pista.test")
    return Litestar(
        [accounts.routes, *more],
        guards=[accounts.guard],
        dependencies={
            **accounts.dependencies,
            "settings": Provide(lambda: chosen, sync_to_thread=False),
        },
        state=State({"postgres": postgres, "settings": chosen, "sealer": SEALER}),
        exception_handlers={Exception: problems.problem},
        before_request=problems.begin,
        before_send=[problems.add_request_id],
        openapi_config=None,
    )


@pytest.fixture
def clients(postgres: Postgres) -> Clients:
    """Opens clients of an app: `async with clients(route, settings=…) as client`."""

    @asynccontextmanager
    async def opened(
        *more: ControllerRouterHandler, settings: Settings | None = None
    ) -> AsyncGenerator[Client]:
        app: Any = make_app(postgres, *more, settings=settings)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        base = (settings.public_url if settings else None) or "http://pista.test"
        async with Client(transport=transport, base_url=base) as client:
            yield client

    return opened


@pytest.fixture
async def client(clients: Clients) -> AsyncGenerator[Client]:
    async with clients() as opened:
        yield opened


async def sign_in(client: Client, user: StoredUser, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/login", json={"email": user.email, "password": password})
