"""The stored months over HTTP: what is told to whom, and what is taken as an order to remove."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista.accounts import Scope, service
from pista.accounts.model import Tenant
from pista.app import House
from pista.events import Remover
from pista.settings import Settings
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Lead, Postgres
from pista.store.runtime import Urls
from tests.events.conftest import OTHER_TENANT, flushed, make_line

NOW = datetime.now(UTC)
OLD = datetime(2020, 3, 14, tzinfo=UTC)
MARCH = "/api/partitions/2020-03"


@pytest.fixture
async def company(postgres: Postgres) -> Tenant:
    async with postgres.transaction() as tx:
        return await service.create_tenant(tx, "Flores Lima", now=NOW)


@pytest.fixture
async def admin(
    database: str, clickhouse_database: str, postgres: Postgres, company: Tenant
) -> AsyncGenerator[httpx.AsyncClient]:
    async with postgres.transaction() as tx:
        key = await service.create_api_key(tx, company.id, name="T", scopes=[Scope.ADMIN], now=NOW)
    house = House(Settings(), Urls(database_url=database, clickhouse_url=clickhouse_database))
    await house.start()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(house),
        base_url="http://pista.test",
        headers={"Authorization": f"Bearer {key.key}"},
    ) as client:
        yield client
    await house.stop()


async def listed(admin: httpx.AsyncClient) -> Any:
    answer = await admin.get("/api/partitions")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_months_are_told_with_their_sizes(
    admin: httpx.AsyncClient, clickhouse: ClickHouse, company: Tenant
):
    """
    The only tenant of an installation sees what each month takes, and what is left of the disk.
    """
    mine = {"tenant": company.id, "received_at": NOW}
    await flushed(clickhouse, make_line(NOW, **mine), make_line(OLD, **mine))

    told = await listed(admin)

    newest, oldest = told["items"]
    assert (newest["current"], newest["accepted"]) == (True, True)
    assert (oldest["month"], oldest["events"]) == ("2020-03", 1)
    assert (oldest["current"], oldest["accepted"]) == (False, False)
    assert oldest["rows"] == 6
    assert {one["table"] for one in oldest["tables"]} == {
        "events",
        "events_hourly",
        "people_hourly",
        "visitor_weeks",
        "sessions",
    }
    assert sum(one["bytes"] for one in oldest["tables"]) == oldest["bytes"] > 0
    assert told["bytes"] >= newest["bytes"] + oldest["bytes"]
    assert told["disk"]["total"] > told["disk"]["free"] > 0
    assert (told["tenantOnly"], told["retentionMonths"]) == (False, 12)
    assert (told["cleanupOlderThanMonths"], told["autoCleanup"]) == (13, True)
    until = datetime.fromisoformat(told["nextCleanupAt"]) - NOW
    assert 0 < until.total_seconds() < 25 * 3600


async def test_nobody_learns_how_much_others_have(
    admin: httpx.AsyncClient, clickhouse: ClickHouse, company: Tenant
):
    """
    With another tenant's events beside them, only one's own are counted, and no bytes told.
    """
    theirs = [make_line(OLD, tenant=OTHER_TENANT, visitor=n, received_at=NOW) for n in range(9)]
    early = make_line(datetime(2019, 1, 1, tzinfo=UTC), tenant=OTHER_TENANT, received_at=NOW)
    await flushed(clickhouse, make_line(OLD, tenant=company.id, received_at=NOW), early, *theirs)

    told = await listed(admin)

    (month,) = told["items"]
    assert (month["month"], month["events"]) == ("2020-03", 1)
    assert (month["rows"], month["bytes"], month["tables"]) == (None, None, [])
    assert (told["bytes"], told["disk"], told["tenantOnly"]) == (None, None, True)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (MARCH, 422, "invalid"),
        (f"{MARCH}?confirm=2020-04", 422, "partition_not_confirmed"),
        (f"{MARCH}?confirm=", 422, "partition_not_confirmed"),
        ("/api/partitions/2020-04?confirm=2020-04", 404, "partition_not_found"),
        ("/api/partitions/202003?confirm=202003", 404, "partition_not_found"),
        ("/api/partitions/2020-13?confirm=2020-13", 404, "partition_not_found"),
    ],
)
async def test_a_month_is_not_removed_by_mistake(
    admin: httpx.AsyncClient,
    clickhouse: ClickHouse,
    company: Tenant,
    path: str,
    status: int,
    code: str,
):
    """
    It has to be said twice, and there has to be something of one's own.
    """
    april = make_line(datetime(2020, 4, 1, tzinfo=UTC), tenant=OTHER_TENANT, received_at=NOW)
    await flushed(clickhouse, make_line(OLD, tenant=company.id, received_at=NOW), april)

    answer = await admin.delete(path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await listed(admin))["removals"] == []


async def test_a_removal_is_asked_for_once_and_then_told(
    admin: httpx.AsyncClient,
    clickhouse: ClickHouse,
    company: Tenant,
    database: str,
):
    """
    Twice the same while it waits is the same one; once done it says how much there was.
    """
    await flushed(clickhouse, make_line(OLD, tenant=company.id, received_at=NOW))
    first = await admin.delete(f"{MARCH}?confirm=2020-03")
    second = await admin.delete(f"{MARCH}?confirm=2020-03")
    waiting = await listed(admin)
    connection: Any = await store.connect(database)

    await Remover(clickhouse)(Lead(connection))
    await connection.close()

    done = await listed(admin)
    assert first.status_code == second.status_code == 202
    assert first.json() == second.json() == waiting["removals"][0]
    assert (first.json()["state"], first.json()["month"]) == ("waiting", "2020-03")
    assert [(one["state"], one["events"]) for one in done["removals"]] == [("done", 1)]
    assert done["items"] == []
    log = (await admin.get("/api/audit")).json()["items"]
    assert [(line["subjectName"], line["subjectId"]) for line in log[:-1]] == [
        ("2020-03", first.json()["id"])
    ]
