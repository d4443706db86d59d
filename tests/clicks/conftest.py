"""A company with clicks on its links."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from pista.clicks import Arrival, Click, ClickId, queries
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from tests.contacts.conftest import new_tenant

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def tenant(tx: Tx) -> TenantId:
    return await new_tenant(tx)


def a_click(**given: Any) -> Click:
    fields: dict[str, Any] = {"at": NOON, "source": "go", "paid": True, **given}
    return Click(id=ClickId(uuid7()), token=uuid7().hex, **fields)


async def clicked(tx: Tx, tenant: TenantId, **given: Any) -> Click:
    click = a_click(**given)
    await queries.add(tx, [(tenant, click)])
    return click


def started(click: Click, person: UUID | None, key: str = "start:1", **given: Any) -> Arrival:
    fields: dict[str, Any] = {"at": NOON + HOUR, "method": "start", **given}
    return Arrival(key=key, token=click.token, person_id=person, **fields)
