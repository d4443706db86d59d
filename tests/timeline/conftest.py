"""A company whose contacts come to its pages, and a client that reads their timelines."""

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from pista import contacts, identity, timeline
from pista.identity import Claim, Linked
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from tests.contacts.conftest import found, new_tenant
from tests.events.conftest import flushed, make_line
from tests.identity.conftest import NOON
from tests.rooms import AdminOf, admins

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

Client = httpx.AsyncClient


class Shop(msgspec.Struct):
    """A company, and what happens there."""

    tenant: TenantId
    postgres: Postgres
    clickhouse: ClickHouse

    async def contact(self, crm_id: str, now: datetime = NOON) -> ContactId:
        async with self.postgres.transaction() as tx:
            made = await contacts.upsert(tx, self.tenant, found(crm_id=crm_id), now=now)
        return made.contact_id

    async def link(
        self, visitor: int, contact: ContactId, now: datetime = NOON, method: str = "webhook"
    ) -> Linked:
        said: Any = {"method": method, "key": f"{method} {visitor} {contact} {now}", "at": now}
        claim = Claim(visitor_id=VisitorId(f"v{visitor}"), contact_id=contact, **said)
        async with self.postgres.transaction() as tx:
            return await identity.link(tx, self.tenant, claim, now=now)

    async def undo(self, linked: Linked, now: datetime = NOON) -> None:
        async with self.postgres.transaction() as tx:
            await identity.undo(tx, self.tenant, linked.claim_id, by="Ana", now=now)

    async def merge(self, one: ContactId, into: ContactId, now: datetime = NOON) -> None:
        async with self.postgres.transaction() as tx:
            await contacts.merge(tx, self.tenant, one, into, by="Ana", now=now)

    def line(self, at: datetime, visitor: int = 1, session: int | None = None, **of: Any) -> bytes:
        number = visitor * 100 if session is None else session
        return make_line(at, tenant=self.tenant, visitor=visitor, session=number, **of)

    async def came(self, *lines: bytes) -> None:
        await flushed(self.clickhouse, *lines)


def session_id(number: int) -> str:
    return str(UUID(int=number))


@pytest.fixture
async def shop(postgres: Postgres, clickhouse: ClickHouse) -> Shop:
    async with postgres.transaction() as tx:
        return Shop(await new_tenant(tx, "flores"), postgres, clickhouse)


@pytest.fixture
async def clients(postgres: Postgres, clickhouse: ClickHouse) -> AsyncGenerator[AdminOf]:
    """Clients with the admin key of a company."""
    routes = [*contacts.routes, *identity.routes, *timeline.routes]
    facts = timeline.SOURCES
    async with admins(postgres, routes, clickhouse=clickhouse, facts=facts) as admin_of:
        yield admin_of


@pytest.fixture
async def client(clients: AdminOf, shop: Shop) -> Client:
    return await clients(shop.tenant)
