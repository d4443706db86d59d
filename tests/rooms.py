"""An app of some rooms' routes alone, and clients that come with the admin key of a company."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from pista import accounts
from pista.accounts import Scope, service
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.postgres import Postgres
from pista.web import problems

URL = "http://pista.test"
NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)

AdminOf = Callable[[TenantId], Awaitable[httpx.AsyncClient]]


@asynccontextmanager
async def admins(
    postgres: Postgres,
    routes: Sequence[Any],
    settings: Settings | None = None,
    **state: object,
) -> AsyncGenerator[AdminOf]:
    """Opens a client of a company; all are closed in the end."""
    chosen = settings or Settings(public_url=URL)
    app: Any = Litestar(
        routes,
        guards=[accounts.guard],
        dependencies={
            **accounts.dependencies,
            "settings": Provide(lambda: chosen, sync_to_thread=False),
        },
        state=State({"postgres": postgres, "settings": chosen, **state}),
        exception_handlers={Exception: problems.problem},
        openapi_config=None,
    )
    async with AsyncExitStack() as opened:

        async def admin_of(tenant: TenantId) -> httpx.AsyncClient:
            async with postgres.transaction() as tx:
                key = await service.create_api_key(
                    tx, tenant, name="key", scopes=[Scope.ADMIN], now=NOON
                )
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url=URL,
                headers={"Authorization": f"Bearer {key.key}"},
            )
            return await opened.enter_async_context(client)

        yield admin_of
