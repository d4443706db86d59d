"""A company in which much has happened, and its supervisor's screen."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from pista.attribution import report, spend
from pista.store.postgres import Postgres
from tests.attribution.report.world import World, worked_off
from tests.rooms import admins


@pytest.fixture
async def world(postgres: Postgres) -> World:
    """Credited, and partly added up."""
    made = await World(postgres, 5).begin()
    await made.happen(160)
    await worked_off(postgres)
    await made.happen(20)
    return made


@pytest.fixture
async def client(postgres: Postgres, world: World) -> AsyncGenerator[httpx.AsyncClient]:
    async with admins(postgres, [*report.routes, *spend.routes]) as admin_of:
        yield await admin_of(world.tenant)
