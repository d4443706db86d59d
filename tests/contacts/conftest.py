"""Companies with contacts, and an app of this room's routes alone."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista import accounts, contacts, identity
from pista.contacts import FoundContact, Upserted, imports
from pista.ids import TenantId
from pista.store.postgres import Postgres, Tx
from tests.rooms import admins

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)

Find = Callable[..., Awaitable[Upserted]]


def found(*, trusted: bool = True, **given: Any) -> FoundContact:
    fields: dict[str, Any] = {"source": "test", **given}
    return FoundContact(**fields, trusted=trusted)


async def new_tenant(tx: Tx, name: str = "flores", time_zone: str = "America/Lima") -> TenantId:
    return (await accounts.create_tenant(tx, name, now=NOON, time_zone=time_zone)).id


async def somebody_waits(postgres: Postgres) -> bool:
    """For a lock that another transaction has."""
    async with postgres.transaction() as tx:
        return await tx.value("select exists (select from pg_locks where not granted)")


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
    async with admins(postgres, [*contacts.routes, *identity.routes, *imports.routes]) as admin_of:

        async def opened(name: str = "flores") -> httpx.AsyncClient:
            async with postgres.transaction() as tx:
                tenant = await new_tenant(tx, name)
            return await admin_of(tenant)

        yield opened
