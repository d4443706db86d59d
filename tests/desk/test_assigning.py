"""Many clientes given at once, each as if it were alone, and taken back."""

import asyncio
from itertools import pairwise
from typing import Any

from pista.ids import TenantId
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, later
from tests.desk.test_clientes import messages

ASSIGN = "/api/clientes/assign"


async def statuses(gtr: Agent) -> dict[int, tuple[str, str | None]]:
    page = await gtr.ok("GET", "/api/clientes")
    return {one["id"]: (one["seguimiento_status"], one["asesor_nombre"]) for one in page["items"]}


async def test_many_are_given_and_taken_back(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    What cannot be given is told; what somebody has touched since stays where it is.
    """
    new, hers, locked, back, touched, kept = [(await gtr.enter())["id"] for _ in range(6)]
    for one in (hers, locked, back, kept):
        await gtr.derive(one, luz)
    taken = {"tipo": "gtr", "estatus": "nuevo"}
    await gtr.ok("POST", f"/api/clientes/{kept}/estatus", json=taken)
    await luz.open(locked)
    await luz.ok("POST", f"/api/clientes/{back}/give-back", json={"why": "x"})
    before = await statuses(gtr)
    ids = [touched, new, hers, locked, back, kept, 10**9]
    asked = {"ids": ids, "asesorId": str(ana.user)}

    given = await gtr.ok("POST", ASSIGN, json=asked)

    codes = {one["id"]: one["code"] for one in given["items"]}
    assert list(codes) == ids
    assert {one: code for one, code in codes.items() if code} == {
        locked: "cliente_locked",
        10**9: "cliente_not_found",
    }
    [holder] = [one["holder"] for one in given["items"] if one["holder"]]
    assert holder["name"] == "luz"
    now = await statuses(gtr)
    assert {one for one, is_now in now.items() if is_now == ("derivado", "ana")} == {
        *(new, hers, back, touched, kept)
    }
    await ana.open(touched)
    undone = await gtr.ok("POST", f"{ASSIGN}/undo", json={"undo": given["undo"]})
    assert {one["id"]: one["code"] for one in undone["items"] if not one["ok"]} == {
        touched: "version_conflict"
    }
    after = await statuses(gtr)
    assert after == {**before, touched: ("en_gestion", "ana")}
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select id from clientes where kept_back")
    # What waited to be given out by itself does so again.
    assert [row["id"] for row in rows] == [kept]
    assert await gtr.moves(new) == ["create", "derive", "withdraw"]
    assert await gtr.moves(hers) == ["create", "derive", "reassign", "reassign"]
    told = [one["type"] for one in await messages(postgres, tenant) if one["clienteId"] == back]
    assert told[-1] == "CLIENT_RETURNED_TO_GTR"
    status, problem = await gtr.refused("POST", f"{ASSIGN}/undo", json={"undo": given["undo"]})
    assert (status, problem["code"]) == (409, "already_undone")


async def test_two_supervisors_at_once_give_each_cliente_once(gtr: Agent, ana: Agent, luz: Agent):
    """
    Lists that overlap, in any order: no deadlock, and whoever is second takes it from the first.
    """
    many = [(await gtr.enter())["id"] for _ in range(20)]

    async def give(asesor: Agent, ids: list[int]) -> list[int]:
        answer = await gtr.ok("POST", ASSIGN, json={"ids": ids, "asesorId": str(asesor.user)})
        return [one["id"] for one in answer["items"] if one["ok"]]

    await asyncio.gather(give(ana, many), give(luz, many[::-1]), give(ana, many[5:]))

    for one in many:
        history = await gtr.history(one)
        for earlier, line in pairwise(history):
            assert line["asesorBefore"] == earlier["asesorAfter"]


async def test_an_undo_that_comes_too_late_is_refused(
    gtr: Agent, ana: Agent, sit: Any, postgres: Postgres
):
    """
    Unknown to others, and gone after a day.
    """
    cliente = (await gtr.enter())["id"]
    given = await gtr.ok("POST", ASSIGN, json={"ids": [cliente], "asesorId": str(ana.user)})
    await later(postgres, 301)

    undone = await gtr.ok("POST", f"{ASSIGN}/undo", json={"undo": given["undo"]})
    assert [one["ok"] for one in undone["items"]] == [True]
    nobody = {"undo": "0190a000-0000-7000-8000-00000000000f"}
    assert (await gtr.refused("POST", f"{ASSIGN}/undo", json=nobody))[0] == 404
    none = await gtr.ok("POST", ASSIGN, json={"ids": [10**9], "asesorId": str(ana.user)})
    assert none["undo"] is None
    assert (await ana.refused("POST", ASSIGN, json={"ids": [1], "asesorId": str(ana.user)}))[
        0
    ] == 403
