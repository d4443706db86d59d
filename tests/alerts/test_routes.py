"""Rules, plots and firings over HTTP."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista import alerts
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.alerts.conftest import HOUR, KEY, Company
from tests.fakes.webhooks import Answer, Receiver, receiving
from tests.rooms import admins

RULES = "/api/alerts/rules"
MANY = {"name": "many", "kind": "threshold", "threshold": 5}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret_keys=(KEY,), webhook_private=True)


@pytest.fixture
async def as_company(
    postgres: Postgres, clickhouse: ClickHouse, settings: Settings, sealer: Sealer
) -> AsyncGenerator[Callable[..., Any]]:
    """A client with a company's admin key."""
    state = {"clickhouse": clickhouse, "sealer": sealer}
    async with admins(postgres, alerts.routes, settings, **state) as admin_of:

        async def opened(company: Company) -> httpx.AsyncClient:
            return await admin_of(company.tenant)

        yield opened


@pytest.fixture
async def client(as_company: Callable[..., Any], company: Company) -> httpx.AsyncClient:
    return await as_company(company)


async def test_a_rule_from_the_first_to_the_last(
    client: httpx.AsyncClient, company: Company, postgres: Postgres
):
    """
    Made, listed, changed, paused and deleted; its secret is shown once, and stored sealed.
    """
    url = "http://127.0.0.1:9/hook"
    made = await client.post(RULES, json=MANY | {"webhookUrl": url, "siteId": str(company.site)})
    rule = made.json()
    assert (made.status_code, rule["state"], rule["windowMinutes"]) == (201, "ok", 60)
    assert rule["webhookSecret"].startswith("whsec_")
    secret = rule.pop("webhookSecret")

    [listed] = (await client.get(RULES)).json()["items"]
    assert listed == rule
    assert secret not in (await client.get(RULES)).text
    async with postgres.transaction() as tx:
        stored = await tx.value("select webhook_secret from alert_rules")
    assert secret.encode() not in stored

    path = f"{RULES}/{rule['id']}"
    changed = (await client.patch(path, json={"threshold": 7, "name": "more"})).json()
    assert (changed["threshold"], changed["name"], changed["webhookSecret"]) == (7, "more", None)
    paused = (await client.patch(path, json={"enabled": False})).json()
    assert (paused["state"], paused["enabled"]) == ("paused", False)
    renewed = (await client.post(f"{path}/secret")).json()
    assert renewed["webhookSecret"] not in ("", secret)
    alone = (await client.patch(path, json={"webhookUrl": None})).json()
    assert alone["webhookUrl"] is None
    assert (await client.post(f"{path}/secret")).json()["code"] == "no_webhook"
    assert (await client.post(f"{path}/test")).json()["code"] == "no_webhook"

    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).json()["code"] == "alert_rule_not_found"
    assert (await client.get(RULES)).json() == {"items": []}
    async with postgres.transaction() as tx:
        log = await tx.connection.fetch(
            "select action, subject_name, details from audit_log where action like 'alert%'"
            " order by id"
        )
    assert [tuple(line) for line in log] == [
        ("alert_rule_added", "many", {}),
        ("alert_rule_changed", "more", {}),
        ("alert_rule_changed", "more", {"enabled": "False"}),
        ("alert_rule_changed", "more", {"secret": "changed"}),
        ("alert_rule_changed", "more", {}),
        ("alert_rule_deleted", "more", {}),
    ]


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"name": "x", "kind": "threshold"}, 422, "bad_alert_rule"),
    ({"name": "", "kind": "silence"}, 422, "invalid"),
    ({"name": " \n", "kind": "silence"}, 422, "invalid"),
    ({"name": "a\0b", "kind": "silence"}, 422, "invalid"),
    ({"name": "x", "kind": "silence", "eventType": "CLICK\n"}, 422, "invalid"),
    (MANY | {"webhookUrl": "https://a\0.example/"}, 422, "bad_webhook_url"),
    ({"name": "x", "kind": "weather"}, 422, "invalid"),
    ({"name": "x", "kind": "silence", "windowMinutes": 0}, 422, "invalid"),
    ({"name": "x", "kind": "silence", "windowMinutes": 10_081}, 422, "invalid"),
    ({"name": "x", "kind": "silence", "eventType": "lower case"}, 422, "invalid"),
    ({"name": "x", "kind": "anomaly", "sensitivity": 0.5}, 422, "invalid"),
    (MANY | {"threshold": 1e300}, 422, "invalid"),
    (MANY | {"webhookUrl": "ftp://example.com"}, 422, "bad_webhook_url"),
    (MANY | {"unknown": 1}, 422, "invalid"),
    (MANY | {"siteId": "0190a000-0000-7000-8000-00000000ffff"}, 404, "site_not_found"),
]


async def test_rules_that_cannot_be_made(client: httpx.AsyncClient):
    """
    Each with a code of its own, and nothing is stored.
    """
    said = [(await client.post(RULES, json=body)).json() for body, _, _ in WRONG]

    assert [(one["status"], one["code"]) for one in said] == [wrong[1:] for wrong in WRONG]
    assert (await client.get(RULES)).json() == {"items": []}


async def test_a_company_has_a_hundred_rules(client: httpx.AsyncClient):
    """
    However many are made at the same moment.
    """
    made: list[httpx.Response] = []
    for _ in range(13):
        made = await asyncio.gather(*(client.post(RULES, json=MANY) for _ in range(8)))

    refused = [one.json()["code"] for one in made if one.status_code != 201]
    assert set(refused) == {"too_many_alert_rules"}
    assert len((await client.get(RULES)).json()["items"]) == 100


async def test_another_company_sees_and_changes_nothing(
    make_company: Callable[..., Any],
    as_company: Callable[..., Any],
    company: Company,
    client: httpx.AsyncClient,
):
    """
    By the ids of ours it finds nothing; our site is not one of its own.
    """
    rule = (await client.post(RULES, json=MANY | {"webhookUrl": "http://127.0.0.1:9/"})).json()
    stranger: httpx.AsyncClient = await as_company(await make_company("rivales"))
    path = f"{RULES}/{rule['id']}"

    assert (await stranger.get(RULES)).json() == {"items": []}
    answers = [
        await stranger.patch(path, json={"threshold": 1}),
        await stranger.delete(path),
        await stranger.post(f"{path}/secret"),
        await stranger.post(f"{path}/test"),
        await stranger.get(f"{path}/history"),
    ]
    assert {one.json()["code"] for one in answers} == {"alert_rule_not_found"}
    ours = {"siteId": str(company.site)}
    answers = [
        await stranger.post(RULES, json=MANY | ours),
        await stranger.post("/api/alerts/preview", json={"kind": "silence"} | ours),
    ]
    assert {one.json()["code"] for one in answers} == {"site_not_found"}
    assert (await stranger.get(f"/api/alerts/firings?ruleId={rule['id']}")).json()["items"] == []


async def test_a_test_message(client: httpx.AsyncClient):
    """
    Signed as any other; what came back is told.
    """
    async with receiving(Receiver()) as receiver:
        rule = (await client.post(RULES, json=MANY | {"webhookUrl": receiver.url})).json()
        receiver.secret = rule["webhookSecret"]
        receiver.answers.extend([Answer(200), Answer(500)])
        path = f"{RULES}/{rule['id']}/test"
        good, bad = [(await client.post(path)).json() for _ in range(2)]

    assert (good["status"], good["error"]) == (200, None)
    assert (bad["status"], bad["error"]) == (500, "It answered 500.")
    assert [one.body["about"] for one in receiver.received] == ["test", "test"]
    assert len({one.delivery for one in receiver.received}) == 2


async def test_the_plot_shows_what_is_usual(
    client: httpx.AsyncClient, company: Company, clickhouse: ClickHouse
):
    """
    Hour by hour beside the median of the weeks before, and the same for a rule not made yet.
    """
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - 3 * HOUR
    moments = [
        hour - timedelta(days=7 * week) + timedelta(seconds=n)
        for week, number in enumerate((40, 10, 12, 14, 300))
        for n in range(number)
    ]
    await company.happen(clickhouse, *moments)
    terms = {"kind": "anomaly", "comparison": "above", "sensitivity": 2}
    rule = (await client.post(RULES, json={"name": "odd", **terms})).json()
    asked = {"from": (hour - HOUR).isoformat(), "to": (hour + 2 * HOUR).isoformat()}

    drawn = await client.get(f"{RULES}/{rule['id']}/history", params=asked)
    preview = await client.post("/api/alerts/preview", json=terms, params=asked)

    assert drawn.json() == preview.json()
    before, point, after = drawn.json()["points"]
    assert (before["actual"], before["expected"]) == (0, 0)
    assert point == {
        "start": hour.isoformat().replace("+00:00", "Z"),
        "actual": 40,
        "expected": 13,
        "low": pytest.approx(13 - 2 * 3.6056, abs=0.01),
        "high": pytest.approx(13 + 2 * 3.6056, abs=0.01),
    }
    assert (after["actual"], after["high"]) == (0, 2)
    assert drawn.json()["timeZone"] == "UTC"


async def test_ranges_that_cannot_be_drawn(client: httpx.AsyncClient):
    """
    More than 31 days, or ends before its beginning; the hour under way is left out.
    """
    rule = (await client.post(RULES, json=MANY)).json()
    path = f"{RULES}/{rule['id']}/history"

    for wrong in ("?from=2026-01-01&to=2026-03-01", "?from=2026-02-02&to=2026-02-01", "?from=x"):
        answer = await client.get(path + wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_range")
    points = (await client.get(path)).json()["points"]
    last = datetime.fromisoformat(points[-1]["start"])
    assert timedelta() <= datetime.now(UTC) - (last + HOUR) < HOUR
    assert points[0]["expected"] is None


async def test_firings_are_read_page_by_page(
    client: httpx.AsyncClient, company: Company, postgres: Postgres
):
    """
    The newest first, by rule and by state, until there is no next page.
    """
    rule = await company.rule(threshold=1)
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into alert_firings (
                id, tenant_id, rule_id, rule_name, kind, metric, fired_at, recovered_at, ending,
                value
            )
            select ('0190a000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, $1, $2,
                'rule', 'threshold', 'events', now(), case when n < 7 then now() end,
                case when n < 7 then 'recovered' end, n
            from generate_series(1, 7) n
            """,
            company.tenant,
            rule.id,
        )

    found: list[float] = []
    asked = {"limit": "3"}
    while asked:
        page = (await client.get("/api/alerts/firings", params=asked)).json()
        found += [one["value"] for one in page["items"]]
        asked = asked | {"before": page["next"]} if page["next"] else {}
    assert found == [7, 6, 5, 4, 3, 2, 1]

    for query, values in (("state=firing", [7]), ("state=recovered&limit=2", [6, 5])):
        page = (await client.get(f"/api/alerts/firings?ruleId={rule.id}&{query}")).json()
        assert [one["value"] for one in page["items"]] == values
    assert (await client.get("/api/alerts/firings?before=x")).json()["code"] == "invalid"
