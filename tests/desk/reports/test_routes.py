"""Reports over HTTP: who is told what, and the same as files."""

import csv
from datetime import timedelta
from typing import Any

import httpx
import pytest

from pista.accounts import Role
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, Sit, later

REPORTS = "/api/desk/reports"
FIGURES = ("first-touch", "stays", "returns", "outcomes")


@pytest.fixture
async def worked(gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres) -> list[int]:
    """Ana opens one in time and one after ten minutes, and gives that back; Luz completes one."""
    ids = [(await gtr.enter(campaign="Mayo", nombre=f"Cliente {n}"))["id"] for n in range(3)]
    early, late, done = ids
    await gtr.derive(early, ana)
    await ana.open(early)
    await gtr.derive(done, luz)
    token = await luz.open(done)
    sold = {"lockToken": token, "outcome": "=Venta"}
    await luz.ok("POST", f"/api/clientes/{done}/complete-wizard", json=sold)
    await later(postgres, 600)
    await _earlier_history(postgres, 600)
    await gtr.derive(late, ana)
    token = await ana.open(late)
    back = {"why": "no contesta", "lockToken": token}
    await ana.ok("POST", f"/api/clientes/{late}/give-back", json=back)
    return ids


async def _earlier_history(postgres: Postgres, seconds: float) -> None:
    past = timedelta(seconds=seconds)
    async with postgres.transaction() as tx:
        await tx.execute("alter table desk_history disable trigger desk_history_append_only")
        await tx.execute(
            "update desk_history set at = at - $1::interval, came_at = came_at - $1::interval", past
        )
        await tx.execute("alter table desk_history enable trigger desk_history_append_only")


def rows_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.text.startswith("\ufeff")
    return list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))


async def test_a_supervisor_is_told_of_all(gtr: Agent, ana: Agent, luz: Agent, worked: list[int]):
    """
    And finds the very clientes behind each figure.
    """
    touch = await gtr.ok("GET", f"{REPORTS}/first-touch")
    returns = await gtr.ok("GET", f"{REPORTS}/returns")
    outcomes = await gtr.ok("GET", f"{REPORTS}/outcomes", params={"by": "asesor"})
    late = await gtr.ok("GET", f"{REPORTS}/lines", params={"figure": "late"})
    back = await gtr.ok("GET", f"{REPORTS}/lines", params={"figure": "returned"})

    told = touch["came"]
    assert (told["cases"], told["opened"], told["inTime"]) == (3, 3, 2)
    assert told["shareInTime"] == pytest.approx(2 / 3, abs=1e-6)
    assert (touch["goalSeconds"], touch["given"]["inTime"], len(touch["hours"])) == (300, 3, 24)
    # Ten minutes ago may have been yesterday.
    assert [one["cases"] for one in touch["days"][:5]] == [0] * 5
    assert sum(one["cases"] for one in touch["days"][5:]) == 3
    assert returns["reasons"] == [{"why": "no contesta", "clientes": 1}]
    assert [(one["name"], one["completed"]) for one in outcomes["items"]] == [
        ("luz", 1),
        ("ana", 0),
    ]
    assert [one["clienteId"] for one in late["items"]] == [worked[1]]
    assert late["items"][0]["seconds"] > 600
    (line,) = back["items"]
    assert (line["clienteId"], line["why"]) == (worked[1], "no contesta")
    assert (line["asesor"]["name"], line["nombre"]) == ("ana", "Cliente 1")


async def test_an_advisor_is_told_of_themselves(
    gtr: Agent, ana: Agent, luz: Agent, worked: list[int]
):
    """
    Whoever is asked about; and no names of clientes that are not theirs any more.
    """
    for name in FIGURES:
        own = await ana.ok("GET", f"{REPORTS}/{name}")
        same = await gtr.ok("GET", f"{REPORTS}/{name}", params={"asesorId": str(ana.user)})
        # It was asked a moment later.
        assert {**own, "beforeRange": None} == {**same, "beforeRange": None}
        asked = {"asesorId": str(luz.user)}
        status, problem = await ana.refused("GET", f"{REPORTS}/{name}", params=asked)
        assert (status, problem["code"]) == (403, "forbidden")

    outcomes = await ana.ok("GET", f"{REPORTS}/outcomes", params={"by": "campaign"})
    lines = await ana.ok("GET", f"{REPORTS}/lines", params={"figure": "opened"})

    assert (outcomes["completed"], outcomes["returned"]) == (0, 1)
    seen = {one["clienteId"]: one["nombre"] for one in lines["items"]}
    assert seen == {worked[0]: "Cliente 0", worked[1]: None}


async def test_the_goal_is_the_companys(gtr: Agent, sit: Sit, worked: list[int]):
    """
    Reports are by it at once, also of earlier days.
    """
    alba = await sit("alba", Role.ADMIN)
    before = await gtr.ok("GET", "/api/desk/settings")

    goals = {**before["goals"], "touchSeconds": 3600}
    given = {name: value for name, value in before.items() if name != "timeZone"}
    await alba.ok("PUT", "/api/desk/settings", json={**given, "goals": goals})

    touch = await gtr.ok("GET", f"{REPORTS}/first-touch")
    assert (touch["goalSeconds"], touch["came"]["inTime"]) == (3600, 3)


async def test_no_more_is_read_than_a_year(gtr: Agent):
    """
    However many years of history there are.
    """
    for path in (*FIGURES, "csv?report=stays", "lines?figure=left"):
        long = {"from": "2024-01-01", "to": "2025-12-31"}
        separator = "&" if "?" in path else "?"
        asked = separator.join([path, str(httpx.QueryParams(long))])
        status, problem = await gtr.refused("GET", f"{REPORTS}/{asked}")

        assert (status, problem["code"]) == (422, "bad_range")
        assert "400 days" in problem["detail"]


async def test_everything_can_be_taken_away(gtr: Agent, worked: list[int]):
    """
    As CSV in which no spreadsheet works anything out; of many lines, all of them.
    """
    tables: dict[str, list[list[str]]] = {}
    for name in FIGURES:
        asked: dict[str, Any] = {"report": name, "by": "hour"}
        tables[name] = rows_of(await gtr.get(f"{REPORTS}/csv", params=asked))
    lines = rows_of(await gtr.get(f"{REPORTS}/lines/csv", params={"figure": "left"}))

    assert tables["first-touch"][1][:5] == ["came", "", "3", "3", "0"]
    assert len(tables["first-touch"]) == 1 + 4 + 7 + 24
    assert tables["outcomes"][0][-1] == "'=Venta"
    assert len(tables["outcomes"]) == 25
    assert ["reason", "no contesta", "", "1", ""] in tables["returns"]
    assert len(lines) == 1 + 3 + 3 + 3 + 2
    assert {len(row) for row in lines} == {12}
