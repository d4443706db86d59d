"""Everybody who may call, by a name each; and a company that has one of each kind."""

import re
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from pista.accounts import NewSite, Role, Scope, passwords, service
from pista.app import House
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Tx
from pista.store.runtime import Urls

PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)

STRANGERS = {"nobody", "forged cookie", "forged key", "revoked key"}
PEOPLE = {"asesor", "gtr", "admin"}
ADMINS = {"admin", "admin key"}
SUPERVISORS = ADMINS | {"gtr"}
SELLERS = SUPERVISORS | {"sales key"}
REPORTS = ADMINS | {"gtr", "stats key"}
COMPANY = PEOPLE | {"admin key"}
EVERYBODY = STRANGERS | PEOPLE | {"admin key", "stats key", "sales key"}


class Company(msgspec.Struct):
    """A tenant with one of each kind of caller."""

    tenant: str
    site: str
    callers: dict[str, dict[str, str]]
    """The header with which each of them comes."""

    def path(self, pattern: str) -> str:
        values = {"tenant_id": self.tenant, "site_id": self.site, "event_type": "CLICK"}
        values |= {"month": "2020-03", "path": "somewhere", "visitor_id": "v1"}
        values |= {"rule_id": self.site, "delivery_id": self.site}
        values |= {"source_id": self.site, "secret": "whs_wrong", "received_id": self.site}
        values |= {"user_id": self.site, "invite_id": self.site, "session_id": self.site}
        values |= {"key_id": self.site, "letter_id": "1", "cliente_id": "1"}
        values |= {"contact_id": "cntct_1", "merge_id": self.site, "import_id": self.site}
        values |= {"conflict_id": self.site, "claim_id": self.site, "channel_id": self.site}
        values |= {"media_id": self.site, "webhook_id": self.site}
        values |= {"conversation_id": self.site, "note_id": self.site, "reply_id": self.site}
        values |= {"message_id": self.site, "view_id": self.site, "sale_id": self.site}
        values |= {"account_id": self.site, "charge_id": self.site}
        values |= {"gateway": "static", "token": "x"}
        values |= {"destination_id": self.site, "event_id": "purchase:1"}
        values |= {"spend_import_id": self.site, "cliente_import_id": self.site}
        values |= {"result_id": self.site}
        values |= {"link_id": self.site, "domain": "go.example.com"}
        values |= {"export_id": self.site, "name": "part-2026-03-14.parquet"}
        return re.sub(r"{(\w+):\w+}", lambda found: values[found[1]], pattern)


@pytest.fixture
async def house(database: str) -> AsyncGenerator[House]:
    """The real thing on a real PostgreSQL; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running = House(
        Settings(public_url="http://pista.test"), Urls(database_url=database, clickhouse_url=away)
    )
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def client(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as opened:
        yield opened


@pytest.fixture
def make_company(house: House, client: httpx.AsyncClient) -> Callable[[str], Any]:
    async def make(name: str) -> Company:
        async with house.postgres.transaction() as tx:
            tenant = await service.create_tenant(tx, name, now=NOW)
            site = await service.create_site(
                tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=NOW
            )
            callers = STRANGERS_COME_WITH | await _keys(tx, tenant.id)
            for role in Role:
                await _user(tx, tenant.id, name, role)
        for role in Role:
            callers[role] = await _session(client, name, role)
        return Company(tenant=str(tenant.id), site=str(site.id), callers=callers)

    return make


STRANGERS_COME_WITH: dict[str, dict[str, str]] = {
    "nobody": {},
    "forged cookie": {"Cookie": f"pista_session={passwords.token()}"},
    "forged key": {"Authorization": f"Bearer pk_{passwords.token()}"},
}


async def _keys(tx: Tx, tenant: TenantId) -> dict[str, dict[str, str]]:
    made = {
        name: await service.create_api_key(tx, tenant, name=name, scopes=[scope], now=NOW)
        for name, scope in (
            ("admin key", Scope.ADMIN),
            ("stats key", Scope.STATS_READ),
            ("sales key", Scope.SALES_WRITE),
            ("revoked key", Scope.ADMIN),
        )
    }
    await service.revoke_api_key(tx, tenant, made["revoked key"].id, now=NOW)
    return {name: {"Authorization": f"Bearer {key.key}"} for name, key in made.items()}


async def _user(tx: Tx, tenant: TenantId, company: str, role: Role) -> None:
    email = f"{role}@{company}.example"
    await service.create_user(
        tx, tenant, email=email, name=role, role=role, password=PASSWORD, now=NOW
    )


async def _session(client: httpx.AsyncClient, company: str, role: Role) -> dict[str, str]:
    login = {"email": f"{role}@{company}.example", "password": PASSWORD}
    answer = await client.post("/api/login", json=login)
    token = answer.cookies["pista_session"]
    client.cookies.clear()
    return {"Cookie": f"pista_session={token}"}
