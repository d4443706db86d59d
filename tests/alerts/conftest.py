"""A company with rules, a clock that tests turn, and a watcher that looks when they say so."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pista import accounts
from pista.accounts import NewSite
from pista.alerts import service
from pista.alerts.model import AlertFiring, ChangeAlertRule, MadeAlertRule, NewAlertRule
from pista.alerts.queries import RuleRow
from pista.alerts.watcher import Watcher
from pista.ids import SiteId, TenantId
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Lead, Postgres
from pista.store.secrets import Sealer
from tests.events.conftest import flushed, make_line

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
"""A Wednesday."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TICK = timedelta(seconds=20)
KEY = "only-for-tests-only-for-tests-only"


class Company:
    """A tenant with a site, whose rules and events tests make."""

    def __init__(self, tenant: TenantId, site: SiteId, pool: Postgres, sealer: Sealer) -> None:
        self.tenant = tenant
        self.site = site
        self._postgres = pool
        self._sealer = sealer

    async def rule(self, now: datetime = NOON, **given: Any) -> MadeAlertRule:
        request = msgspec.convert({"name": "rule", "kind": "threshold", **given}, NewAlertRule)
        async with self._postgres.transaction() as tx:
            return await service.create_rule(tx, self._sealer, self.tenant, request, now=now)

    async def change(self, rule: MadeAlertRule, now: datetime, **given: Any) -> MadeAlertRule:
        request = msgspec.convert(given, ChangeAlertRule)
        async with self._postgres.transaction() as tx:
            return await service.change_rule(
                tx, self._sealer, self.tenant, rule.id, request, now=now
            )

    async def delete(self, rule: MadeAlertRule, now: datetime) -> None:
        async with self._postgres.transaction() as tx:
            await service.delete_rule(tx, self.tenant, rule.id, now=now)

    async def now_of(self, rule: MadeAlertRule) -> RuleRow:
        async with self._postgres.transaction() as tx:
            return await service.rule(tx, self.tenant, rule.id)

    async def firings(self, **given: Any) -> list[AlertFiring]:
        """The oldest first."""
        nothing = {"rule_id": None, "state": None, "before": None, "limit": 100}
        asked: dict[str, Any] = nothing | given
        async with self._postgres.transaction() as tx:
            return (await service.firings(tx, self.tenant, **asked)).items[::-1]

    async def happen(self, clickhouse: ClickHouse, *moments: datetime, **fields: Any) -> None:
        """An event at each of these moments, by visitors of their own."""
        lines = [
            make_line(at, **{"tenant": self.tenant, "site": self.site, "visitor": n + 1, **fields})
            for n, at in enumerate(moments)
        ]
        await flushed(clickhouse, *lines)


class Time:
    """The watcher's clock."""

    def __init__(self, database_url: str, clickhouse: ClickHouse) -> None:
        self.now = NOON
        self.watcher = Watcher(database_url, clickhouse, "http://pista.test", lambda: self.now)
        self._url = database_url
        self._connections: list[Any] = []

    async def lead(self) -> Lead:
        connection = await store.connect(self._url)
        self._connections.append(connection)
        return Lead(connection)

    async def look(self) -> None:
        """Once, now."""
        await self.watcher.tick(await self._own())

    async def go_on(self, until: datetime) -> None:
        """As time does, with the watcher looking every so often."""
        while self.now < until:
            self.now += min(TICK, until - self.now)
            await self.look()

    async def _own(self) -> Lead:
        return Lead(self._connections[0]) if self._connections else await self.lead()

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer((KEY,), tmp_path)


@pytest.fixture
def make_company(postgres: Postgres, sealer: Sealer) -> Callable[..., Any]:
    async def make(name: str = "flores", time_zone: str = "UTC") -> Company:
        async with postgres.transaction() as tx:
            tenant = await accounts.create_tenant(tx, name, now=NOON, time_zone=time_zone)
            site = await accounts.create_site(
                tx, tenant.id, NewSite(domains=["*"]), public_url="", now=NOON
            )
        return Company(tenant.id, site.id, postgres, sealer)

    return make


@pytest.fixture
async def company(make_company: Callable[..., Any]) -> Company:
    return await make_company()


@pytest.fixture
async def time(database: str, clickhouse: ClickHouse) -> AsyncGenerator[Time]:
    made = Time(database, clickhouse)
    yield made
    await made.close()
