"""The report is what one would add up by hand, however it is asked for."""

import csv
import io
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from pista.attribution.report import service
from pista.store.postgres import Postgres
from tests.attribution.report.world import World, worked_off

RANGE = {"from": "2026-02-20", "to": "2026-12-31"}

Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    async def asked(path: str = "", **given: Any) -> dict[str, Any]:
        answer = await client.get(f"/api/report{path}", params={**RANGE, **given})
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


@pytest.mark.parametrize("cohort", ["event", "click"])
@pytest.mark.parametrize("model", ["last", "first", "linear"])
async def test_totals_are_the_same_by_whatever_it_is_broken_down(
    ask: Ask, world: World, cohort: str, model: str
):
    """
    Lines add up to the totals, points add up to the totals, and these are what happened.
    """
    await worked_off(world.pool)
    async with world.pool.transaction() as tx:
        paid = await tx.connection.fetchrow(
            """
            select count(*) as sales,
                sum(amount_cents - refunded_cents) filter (where currency = 'PEN') as cents
            from sales where tenant_id = $1 and paid_at is not null
            """,
            world.tenant,
        )
        assert paid is not None
        people = await tx.value(
            "select count(*) from clicks where tenant_id = $1 and nature = 'click'", world.tenant
        )

    for by in ("campaign", "adset", "ad", "link", "source"):
        told = await ask(by=by, cohort=cohort, model=model, currency="PEN")
        lines = [line["figures"] for line in told["lines"]]
        totals = told["totals"]
        assert (totals["sales"], totals["revenueCents"]) == (paid["sales"], paid["cents"] or 0)
        assert totals["clicks"] == people
        for parts in (lines, [point["figures"] for point in told["points"]]):
            assert sum(one["clicks"] for one in parts) == totals["clicks"]
            assert sum(one["revenueCents"] for one in parts) == totals["revenueCents"]
            for name in ("contacts", "conversations", "leads", "sales"):
                assert sum(one[name] for one in parts) == pytest.approx(totals[name], abs=0.1)


async def test_behind_each_line_are_its_very_results(ask: Ask):
    """
    Page by page, each once, and they add up to what the line says.
    """
    told = await ask(model="linear", currency="PEN")

    for line in told["lines"]:
        found, before = list[dict[str, Any]](), None
        while True:
            more = {"before": before} if before else {}
            page = await ask(
                "/results", kind="sale", key=line["key"], model="linear", limit=2, **more
            )
            found += page["items"]
            before = page["next"]
            if before is None:
                break
        times = Counter((one["id"], one["clickAt"], one["part"]) for one in found)
        soles = [one for one in found if one["currency"] == "PEN"]
        cents = sum(one["valueCents"] - one["refundedCents"] for one in soles)
        assert max(times.values(), default=1) <= 2  # two clicks of one moment share it equally
        assert sum(one["part"] for one in found) == pytest.approx(line["figures"]["sales"], abs=0.1)
        assert cents == line["figures"]["revenueCents"]
        assert {one["clickAt"] is not None for one in found} <= {line["hasClick"]}
    unnamed = [line["hasClick"] for line in told["lines"] if line["campaign"] is None]
    assert sorted(unnamed) == [False, True]


async def test_a_range_is_of_whole_hours(ask: Ask):
    """
    One that begins within an hour is about all of it, in the sums and behind them.
    """
    sold = (await ask("/results", kind="sale", limit=200))["items"]
    at = next(at for one in sold if 5 <= (at := datetime.fromisoformat(one["at"])).minute <= 50)
    narrow = {"from": (at + timedelta(minutes=2)).isoformat(), "to": "2026-12-31"}

    told = await ask(**narrow)
    behind = (await ask("/results", kind="sale", limit=200, **narrow))["items"]

    assert told["totals"]["sales"] == len(behind) > 0
    assert min(datetime.fromisoformat(one["at"]) for one in behind) <= at
    assert datetime.fromisoformat(told["start"]).minute == 0


async def test_what_is_left_out_is_said(ask: Ask, client: httpx.AsyncClient):
    """
    Sales are all counted; what those of another currency paid and cost stands beside the amounts.
    """
    day = {"day": "2026-03-05", "platform": "meta", "currency": "USD", "costCents": 700}
    await client.put("/api/spend", json={"items": [day, {**day, "currency": "EUR"}]})

    soles, dollars = await ask(currency="PEN"), await ask(currency="USD")

    others = {one["currency"]: one for one in soles["others"]}
    assert others["USD"]["revenueCents"] == dollars["totals"]["revenueCents"] != 0
    assert others["USD"]["costCents"] == 700
    assert others["EUR"] == {"currency": "EUR", "sales": 0, "revenueCents": 0, "costCents": 700}
    [pen] = [one for one in dollars["others"] if one["currency"] == "PEN"]
    assert pen["sales"] == soles["totals"]["salesOfCurrency"]
    assert pen["sales"] + others["USD"]["sales"] == soles["totals"]["sales"]
    assert soles["currencies"] == ["EUR", "PEN", "USD"]


async def test_costs_stand_beside_what_they_brought(ask: Ask, client: httpx.AsyncClient):
    """
    By name or by id, whichever the address carries; and what was not told costs nothing known.
    """
    day = {"day": "2026-03-05", "platform": "meta", "currency": "PEN", "costCents": 1000}
    named = {"campaignId": "77", "campaign": "verano"}
    items = [{**day, **named}, {**day, "campaign": "otra"}, {**day, "currency": "USD", **named}]
    await client.put("/api/spend", json={"items": items})

    told = await ask(currency="PEN")
    by_link = await ask(by="link", currency="PEN")

    lines = {line["campaign"]: line for line in told["lines"]}
    assert lines["77"]["name"] == "verano"
    assert lines["77"]["figures"]["costCents"] == 1000
    assert lines["77"]["figures"]["clicks"] > 0
    assert (lines["otra"]["figures"]["costCents"], lines["otra"]["figures"]["clicks"]) == (1000, 0)
    assert lines["inverno"]["figures"]["costCents"] is None
    assert told["totals"]["costCents"] == by_link["totals"]["costCents"] == 2000
    assert {line["figures"]["costCents"] for line in by_link["lines"]} == {None}


async def test_the_file_says_the_same(ask: Ask, client: httpx.AsyncClient):
    """
    Line by line, and a campaign that looks like a formula is none.
    """
    day = {"day": "2026-03-05", "platform": "meta", "currency": "PEN", "costCents": 1001}
    items = [{**day, "campaign": "=1+1"}, {**day, "campaign": "verano", "ad": "video"}]
    await client.put("/api/spend", json={"items": items})

    told = await ask(by="ad", currency="PEN")
    answer = await client.get("/api/report/file", params={**RANGE, "by": "ad", "currency": "PEN"})

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [_without_guard(row) for row in rows] == [_in_file(line) for line in told["lines"]]
    assert "'=1+1" in {row["campaign"] for row in rows}
    assert [row["name"] for row in rows].count("(no click known)") == 1


def _without_guard(row: dict[str, str]) -> dict[str, str]:
    return row | {"campaign": row["campaign"].removeprefix("'")}


def _in_file(line: dict[str, Any]) -> dict[str, str]:
    figures = line["figures"]
    cost, sold = figures["costCents"], figures["salesOfCurrency"]
    counts = ("clicks", "visits", "contacts", "conversations", "leads", "sales")
    return {
        **{name: line[name] or "" for name in ("campaign", "adset", "ad")},
        "name": (line["name"] or "") if line["hasClick"] else "(no click known)",
        **{name: f"{figures[name]:g}" for name in counts},
        "revenue": f"{figures['revenueCents'] / 100:.2f}",
        "refunded": f"{figures['refundedCents'] / 100:.2f}",
        "cost": "" if cost is None else f"{cost / 100:.2f}",
        "roas": f"{figures['revenueCents'] / cost:.2f}" if cost else "",
        "costPerSale": "" if cost is None or not sold else f"{round(cost / sold) / 100:.2f}",
        "currency": "PEN",
    }


async def test_lines_that_are_not_shown_are_counted(ask: Ask, monkeypatch: pytest.MonkeyPatch):
    """
    The totals hold them as well.
    """
    every = await ask()

    monkeypatch.setattr(service, "MOST_LINES", 2)
    told = await ask()

    assert (told["lines"], told["moreLines"]) == (every["lines"][:2], len(every["lines"]) - 2)
    assert (told["totals"], every["moreLines"]) == (every["totals"], 0)


async def test_why_a_sale_is_credited_as_it_is(client: httpx.AsyncClient, world: World, ask: Ask):
    """
    Where was looked, in which order, and what was found there.
    """
    await worked_off(world.pool)
    told = await ask(f"/credits/{world.sales[0]}", kind="sale")

    assert [step["place"] for step in told["steps"]] == ["chat", "token", "visitor", "contact"]
    taken = [step for step in told["steps"] if step["finding"] == "taken"]
    assert (told["clickId"] is None) == (taken == [])
    unknown = await client.get("/api/report/credits/nobody", params={"kind": "sale"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "credit_not_found")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"by": "moon"}, "invalid"),
        ({"currency": "pen"}, "invalid"),
        ({"key": "{"}, "invalid"),
        ({"key": '["a","b"]'}, "invalid"),
        ({"from": "2026-05-05", "to": "2026-01-01"}, "bad_range"),
    ],
)
async def test_nonsense_is_refused(client: httpx.AsyncClient, given: dict[str, str], code: str):
    """
    With what is wrong about it.
    """
    answer = await client.get("/api/report", params={**RANGE, **given})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_another_company_sees_nothing_of_it(postgres: Postgres, world: World):
    """
    Neither sums nor who is behind them.
    """
    other = await World(postgres, 9).begin()
    async with postgres.of(other.tenant).transaction() as tx:
        tables = ("report_hours", "report_deltas", "report_shares", "report_places", "credit_due")
        seen = [await tx.value(f"select count(*) from {table}") for table in tables]  # pyright: ignore[reportArgumentType] # fixed names

    assert seen == [0] * len(tables)


async def test_days_are_those_of_the_company(ask: Ask, world: World, postgres: Postgres):
    """
    When its time zone changes, the report is right at once, and by days again once they are summed.
    """
    await worked_off(postgres)
    before = (await ask(currency="PEN"))["totals"]
    async with postgres.transaction() as tx:
        await tx.execute(
            "update tenants set time_zone = 'Pacific/Auckland' where id = $1", world.tenant
        )

    by_hours = await ask(currency="PEN")
    await worked_off(postgres)
    by_days = await ask(currency="PEN")
    narrow = {"from": "2026-03-03T07:00:00", "to": "2026-03-07T19:00:00"}
    of_days = await ask(currency="PEN", **narrow)
    of_hours = await ask(currency="PEN", granularity="hour", **narrow)

    assert by_hours["totals"] == by_days["totals"] == before
    assert by_hours["points"] == by_days["points"]
    assert by_days["timeZone"] == "Pacific/Auckland"
    assert of_days["totals"]["clicks"] > 0
    for told in (of_days, of_hours):
        clicks = sum(point["figures"]["clicks"] for point in told["points"])
        assert clicks == told["totals"]["clicks"]
    async with postgres.transaction() as tx:
        wrong = await tx.connection.fetch(
            """
            select axis, model, day, place_id, currency, clicks, visits, sales, value_cents
            from report_days where tenant_id = $1
            except
            select axis, model, (hour at time zone 'Pacific/Auckland')::date, place_id, currency,
                sum(clicks), sum(visits), sum(sales), sum(value_cents)
            from report_hours where tenant_id = $1 group by 1, 2, 3, 4, 5
            """,
            world.tenant,
        )
    assert wrong == []
