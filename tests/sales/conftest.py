"""A company that sells."""

from datetime import UTC, datetime

import pytest

from pista.accounts import service
from pista.ids import TenantId
from pista.store.postgres import Postgres

NOW = datetime.now(UTC)


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    async with postgres.transaction() as tx:
        return (await service.create_tenant(tx, "flores", now=NOW)).id
