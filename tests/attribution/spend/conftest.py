"""Companies that spend on advertisements, and an app of this room's routes alone."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx
import pytest

from pista.attribution import spend
from pista.store.postgres import Postgres
from tests.contacts.conftest import new_tenant
from tests.rooms import admins


@pytest.fixture
async def make_client(
    postgres: Postgres,
) -> AsyncGenerator[Callable[..., Awaitable[httpx.AsyncClient]]]:
    """A client with the admin key of a company of its own."""
    async with admins(postgres, spend.routes) as admin_of:

        async def opened(name: str = "flores") -> httpx.AsyncClient:
            async with postgres.transaction() as tx:
                tenant = await new_tenant(tx, name)
            return await admin_of(tenant)

        yield opened
