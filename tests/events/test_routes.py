"""Statistics over HTTP: who may ask what, and what is refused how."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from pista import accounts, events
from pista.accounts import service
from pista.accounts.model import Role, Scope, Tenant
from pista.ids import TenantId, uuid7
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from pista.web import problems
from tests.events.conftest import NOON, flushed, make_line

PASSWORD = "correct horse battery"
FUNNEL = "/funnel?step=PAGE_VIEW&step=PURCHASE"
PATHS = ["", "/now", FUNNEL, "/retention", "/bots"]


class Clients(Protocol):
    def __call__(
        self, clickhouse: ClickHouse
    ) -> AbstractAsyncContextManager[httpx.AsyncClient]: ...


@pytest.fixture
async def company(postgres: Postgres) -> Tenant:
    async with postgres.transaction() as tx:
        return await service.create_tenant(tx, "Flores Lima", now=NOON)


@pytest.fixture
def clients(postgres: Postgres) -> Clients:
    @asynccontextmanager
    async def opened(clickhouse: ClickHouse) -> AsyncGenerator[httpx.AsyncClient]:
        settings = Settings()
        app: Any = Litestar(
            [accounts.routes, *events.routes],
            guards=[accounts.guard],
            dependencies={
                **accounts.dependencies,
                "settings": Provide(lambda: settings, sync_to_thread=False),
            },
            state=State(
                {
                    "postgres": postgres,
                    "settings": settings,
                    "clickhouse": clickhouse,
                    "sealer": Sealer(settings.secret_keys, settings.data_dir),
                }
            ),
            exception_handlers={Exception: problems.problem},
            openapi_config=None,
        )
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as client:
            yield client

    return opened


@pytest.fixture
async def client(clients: Clients, clickhouse: ClickHouse) -> AsyncGenerator[httpx.AsyncClient]:
    async with clients(clickhouse) as opened:
        yield opened


async def as_role(
    client: httpx.AsyncClient, postgres: Postgres, tenant: Tenant, role: Role
) -> None:
    """Sign in as a new user of that role."""
    email = f"{role}-{uuid7()}@example.com"
    async with postgres.transaction() as tx:
        await service.create_user(
            tx, tenant.id, email=email, name="Ana", role=role, password=PASSWORD, now=NOON
        )
    answer = await client.post("/api/login", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    client.cookies.set("pista_session", answer.cookies["pista_session"])


async def key(postgres: Postgres, tenant: Tenant, *scopes: Scope) -> dict[str, str]:
    async with postgres.transaction() as tx:
        made = await service.create_api_key(tx, tenant.id, name="T", scopes=scopes, now=NOON)
    return {"Authorization": f"Bearer {made.key}"}


def stats(tenant: TenantId) -> str:
    return f"/tracking-v2/stats/tenant/{tenant}"


async def test_an_answer(
    client: httpx.AsyncClient, clickhouse: ClickHouse, postgres: Postgres, company: Tenant
):
    """
    Document 2's names, times with the zone's offset, and a step that fits.
    """
    mine = {"tenant": company.id}
    await flushed(clickhouse, *(make_line(NOON, visitor=n, **mine) for n in range(3)))
    headers = await key(postgres, company, Scope.STATS_READ)

    days = {"from": "2026-03-14", "to": "2026-03-14"}
    answer = await client.get(stats(company.id), params=days, headers=headers)

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["totalEvents"], body["uniqueVisitors"], body["eventsByType"]) == (
        3,
        3,
        {"PAGE_VIEW": 3},
    )
    assert (body["granularity"], len(body["series"]), body["timeZone"]) == (
        "hour",
        24,
        company.time_zone,
    )
    assert datetime.fromisoformat(body["dateRange"]["from"]).tzinfo is not None


async def test_now_answers(
    client: httpx.AsyncClient, clickhouse: ClickHouse, postgres: Postgres, company: Tenant
):
    """
    30 minutes, and the visitors of the last five.
    """
    await flushed(clickhouse, make_line(datetime.now(UTC), tenant=company.id))
    headers = await key(postgres, company, Scope.STATS_READ)

    answer = await client.get(f"{stats(company.id)}/now", headers=headers)

    body = answer.json()
    assert (body["visitorsNow"], body["eventsLastMinute"], len(body["eventsPerMinute"])) == (
        1,
        1,
        30,
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMIN, 200), (Role.GTR, 200), (Role.ASESOR, 403)]
)
async def test_supervisors_see_statistics_and_advisors_do_not(
    client: httpx.AsyncClient,
    postgres: Postgres,
    company: Tenant,
    role: Role,
    status: int,
    path: str,
):
    """
    By session, as the screen does.
    """
    await as_role(client, postgres, company, role)

    assert (await client.get(stats(company.id) + path)).status_code == status


@pytest.mark.parametrize("path", PATHS)
async def test_strangers_and_other_tenants_see_nothing(
    client: httpx.AsyncClient, postgres: Postgres, company: Tenant, path: str
):
    """
    401 without a session or key, 403 with that of another company, 403 with too small a key.
    """
    async with postgres.transaction() as tx:
        other = await service.create_tenant(tx, "Otra", now=NOON)
    theirs = await key(postgres, other, Scope.ADMIN)

    stranger = await client.get(stats(company.id) + path)
    neighbour = await client.get(stats(company.id) + path, headers=theirs)
    nowhere = await client.get(stats(TenantId(uuid7())) + path, headers=theirs)

    assert (stranger.status_code, stranger.json()["code"]) == (401, "not_signed_in")
    assert (neighbour.status_code, neighbour.json()["code"]) == (403, "forbidden")
    assert nowhere.status_code == 403


@pytest.mark.parametrize(
    "params",
    [
        {"from": "2026-03-15", "to": "2026-03-14"},
        {"from": "tomorrow"},
        {"to": "9999-12-31"},
        {"from": "0001-01-01"},
        {"from": "2020-01-01", "to": "2026-01-01", "granularity": "hour"},
        {"granularity": "minute"},
        {"siteId": "no-uuid"},
        {"eventType": "X" * 65},
    ],
)
async def test_a_bad_question_is_a_422(
    client: httpx.AsyncClient, postgres: Postgres, company: Tenant, params: dict[str, str]
):
    """
    With a sentence, as problem+json.
    """
    headers = await key(postgres, company, Scope.STATS_READ)

    answer = await client.get(stats(company.id), params=params, headers=headers)

    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize("path", PATHS)
async def test_without_clickhouse_it_is_a_503(
    clients: Clients, postgres: Postgres, company: Tenant, path: str
):
    """
    And it says when to come back.
    """
    headers = await key(postgres, company, Scope.STATS_READ)
    away = ClickHouse(f"http://default:x@127.0.0.1:{free_port()}")

    async with clients(away) as client:
        answer = await client.get(stats(company.id) + path, headers=headers)
    await away.close()

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_funnel_over_http(
    client: httpx.AsyncClient, clickhouse: ClickHouse, postgres: Postgres, company: Tenant
):
    """
    Steps in their order, with a condition of the second one alone.
    """
    mine = {"tenant": company.id}
    bought = make_line(NOON, event_type="PURCHASE", metadata={"plan": "pro"}, **mine)
    await flushed(clickhouse, make_line(NOON, **mine), bought)
    headers = await key(postgres, company, Scope.STATS_READ)
    asked = f"{stats(company.id)}{FUNNEL}&from=2026-03-14&to=2026-03-14&windowMinutes=5"

    every = await client.get(f"{asked}&filter=2:metadata.plan:pro", headers=headers)
    fewer = await client.get(f"{asked}&filter=2:metadata.plan!:pro", headers=headers)

    assert every.status_code == 200, every.text
    assert [step["visitors"] for step in every.json()["steps"]] == [1, 1]
    assert [step["visitors"] for step in fewer.json()["steps"]] == [1, 0]
    assert every.json()["steps"][1] == {
        "eventType": "PURCHASE",
        "filters": ["metadata.plan:pro"],
        "visitors": 1,
        "conversion": 1.0,
        "conversionFromPrevious": 1.0,
        "droppedOff": 0,
        "medianSeconds": 0.0,
    }


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("/funnel", "invalid"),
        ("/funnel?step=A", "invalid"),
        ("/funnel?" + "step=A&" * 11, "invalid"),
        ("/funnel?step=A&step=b", "bad_funnel"),
        (f"{FUNNEL}&filter=3:page:/", "bad_funnel"),
        (f"{FUNNEL}&filter=password:x", "bad_dimension"),
        (f"{FUNNEL}&windowMinutes=0", "invalid"),
        (f"{FUNNEL}&windowMinutes=129601", "invalid"),
        (f"{FUNNEL}&from=tomorrow", "bad_range"),
        ("/retention?weeks=53", "invalid"),
        ("/retention?weeks=-1", "invalid"),
        ("/retention?from=2020-01-01", "bad_range"),
    ],
)
async def test_a_bad_report_is_a_422(
    client: httpx.AsyncClient, postgres: Postgres, company: Tenant, question: str, code: str
):
    """
    With the code that says what is wrong.
    """
    headers = await key(postgres, company, Scope.STATS_READ)

    answer = await client.get(stats(company.id) + question, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text


async def test_retention_over_http(
    client: httpx.AsyncClient, clickhouse: ClickHouse, postgres: Postgres, company: Tenant
):
    """
    Weeks with the zone's offset, up to the one under way, and at most as many as asked for.
    """
    lines = [make_line(at, tenant=company.id) for at in (NOON, NOON + timedelta(days=7))]
    await flushed(clickhouse, *lines)
    headers = await key(postgres, company, Scope.STATS_READ)
    asked = {"from": "2026-03-10", "to": "2026-03-15", "weeks": "1"}

    answer = await client.get(f"{stats(company.id)}/retention", params=asked, headers=headers)

    assert answer.status_code == 200, answer.text
    (cohort,) = answer.json()["cohorts"]
    monday = datetime(2026, 3, 9, tzinfo=ZoneInfo(company.time_zone))
    assert datetime.fromisoformat(cohort["start"]) == monday
    assert [(week["visitors"], week["complete"]) for week in cohort["weeks"]] == [(1, True)] * 2
