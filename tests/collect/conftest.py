"""A site, batches for it, and the whole house on a loopback port."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from pista import logs
from pista.accounts import service
from pista.accounts.model import NewSite, Scope, Site, Tenant
from pista.app import House
from pista.collect import agents, intake, throttling
from pista.collect.intake import Circumstances
from pista.ids import SiteId, TenantId, uuid7
from pista.settings import Settings
from pista.store import postgres as store
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.runtime import Urls

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
NOW_MS = int(NOW.timestamp()) * 1000
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
TENANT = TenantId(UUID("01900000-0000-7000-8000-000000000001"))
SITE = SiteId(UUID("01900000-0000-7000-8000-000000000002"))
# Nobody answers there: taking events must not need ClickHouse.
NO_CLICKHOUSE = "http://default:x@127.0.0.1:9"

Body = dict[str, Any]
MakeBatch = Callable[..., Body]


def make_event(**fields: Any) -> Body:
    """A good event; None leaves a field out."""
    event = {
        "eventId": str(uuid7()),
        "visitorId": "v1773489600000_k3f9",
        "sessionId": "01900000-0000-4000-8000-00000000abcd",
        "eventType": "PAGE_VIEW",
        "occurredAt": "2026-03-14T11:59:58.250Z",
        "metadata": {"url": "https://shop.example.com/lilies?utm_source=ig", "title": "Lilies"},
    }
    return {name: value for name, value in (event | fields).items() if value is not None}


def make_batch(*events: Any, **fields: Any) -> Body:
    """The body of a request to the site of these tests."""
    batch = {"tenantId": str(TENANT), "siteId": str(SITE), "events": list(events)}
    return {name: value for name, value in (batch | fields).items() if value is not None}


def circumstances(**changes: Any) -> Circumstances:
    site = intake.Site(
        id=SITE,
        tenant_id=TENANT,
        write_key="key",
        domains=("*",),
        throttles=changes.pop("throttles", throttling.DEFAULTS),
    )
    usual: dict[str, Any] = {
        "site": site,
        "agent": agents.agent(CHROME),
        "bot": "",
        "country": "",
        "now_ms": NOW_MS,
        "retention_months": 12,
        "buffer_size": 0,
    }
    return Circumstances(**usual | changes)


class Served(msgspec.Struct, kw_only=True):
    """A house that is reached over HTTP, with a tenant, a site and an admin's key in it."""

    house: House
    url: str
    tenant: Tenant
    site: Site
    admin: dict[str, str]
    client: Any

    def batch(self, *events: Any, **fields: Any) -> Body:
        own = {"tenantId": str(self.tenant.id), "siteId": str(self.site.id)}
        return make_batch(*(events or (self.event(),)), **own | fields)

    def event(self, **fields: Any) -> Body:
        return make_event(**{"occurredAt": datetime.now(UTC).isoformat()} | fields)

    async def post(
        self, body: Body | bytes, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        content = body if isinstance(body, bytes) else msgspec.json.encode(body)
        own = {"Content-Type": "application/json", "User-Agent": CHROME}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(
            "/tracking-v2/events",
            params={"k": self.site.write_key if key is None else key},
            content=content,
            headers=own | named,
        )


Serve = Callable[..., AbstractAsyncContextManager[Served]]


@asynccontextmanager
async def serving(database_url: str, settings: Settings | None = None) -> AsyncGenerator[Served]:
    """Start a house on a migrated database, with a tenant and a site that any page may use."""
    logs.configure("error")
    house = House(
        settings or Settings(), Urls(database_url=database_url, clickhouse_url=NO_CLICKHOUSE)
    )
    pool = await store.open_pool(database_url)
    tenant, site, key = await _company(pool)
    await pool.close()
    await house.start()
    port = free_port()
    server: Any = Server(
        house,
        port=port,
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
    )
    task = asyncio.create_task(server.serve())
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            await _answers(client)
            yield Served(
                house=house,
                url=url,
                tenant=tenant,
                site=site,
                admin={"Authorization": f"Bearer {key}"},
                client=client,
            )
    finally:
        server.stop()
        await task
        await house.stop()


async def _company(pool: Postgres) -> tuple[Tenant, Site, str]:
    now = datetime.now(UTC)
    async with pool.transaction() as tx:
        tenant = await service.create_tenant(tx, "Flores Lima", now=now)
        site = await service.create_site(
            tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=now
        )
        made = await service.create_api_key(
            tx, tenant.id, name="Tests", scopes=[Scope.ADMIN], now=now
        )
    return tenant, site, made.key


async def _answers(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await client.get("/health/live")
            except httpx.TransportError:
                await asyncio.sleep(0.01)
            else:
                return


@pytest.fixture
async def served(database: str) -> AsyncGenerator[Served]:
    async with serving(database) as house:
        yield house


@pytest.fixture(scope="session")
async def shared(postgres_server: str, template_database: str) -> AsyncGenerator[Served]:
    """One house for all tests that leave no trace, or look for their own alone."""
    connection = await store.connect(postgres_server)
    # Other rooms have a door of their own at the same time.
    name = f"test_door_{uuid4().hex[:12]}"
    await connection.execute(f"create database {name} template {template_database}")
    async with serving(f"{postgres_server.rsplit('/', 1)[0]}/{name}") as house:
        yield house
    await connection.execute(f"drop database {name} with (force)")
    await connection.close()
