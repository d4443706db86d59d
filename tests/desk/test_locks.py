"""Who has a cliente in hand: one at a time, for as long as they show that they are there."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, later


@pytest.fixture
async def cliente(gtr: Agent, ana: Agent) -> int:
    """It is Ana's."""
    made = (await gtr.enter())["id"]
    await gtr.derive(made, ana)
    return made


def at(told: dict[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(told[name])


async def test_the_whole_way(gtr: Agent, ana: Agent, cliente: int):
    """
    Document 1's: taken in hand, opened, worked on, completed; the supervisor sees each step.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.lock(cliente)
    asked = {"asesorId": str(ana.user), "lockToken": token}

    opened = await ana.ok("POST", f"{path}/open-wizard", json=asked)
    shown = await gtr.ok("GET", path)
    done = await ana.ok(
        "POST",
        f"{path}/complete-wizard",
        json={
            **asked,
            "outcome": "Venta",
            "nextAction": "Enviar contrato",
            "nextActionAt": "2030-01-02T10:00:00-05:00",
            "answers": {"plan": "fibra", "megas": 200},
        },
    )

    assert (opened["seguimiento_status"], opened["opened_at"]) == (
        "en_gestion",
        opened["last_activity"],
    )
    assert shown["lock"]["holder"] == {"id": str(ana.user), "name": "ana"}
    assert (done["seguimiento_status"], done["asesor_asignado"]) == ("terminado", None)
    assert (done["wizard_completado"], done["last_activity"]) == (True, None)
    assert (done["outcome"], done["next_action"]) == ("Venta", "Enviar contrato")
    assert at(done, "next_action_at") == datetime.fromisoformat("2030-01-02T15:00:00Z")
    assert done["fecha_wizard_completado"] == done["state_since"]
    assert (done["lock"], (await ana.ok("GET", "/api/clientes"))["items"]) == (None, [])
    draft = await gtr.ok("GET", f"{path}/draft")
    assert draft["answers"] == {"plan": "fibra", "megas": 200}
    assert await gtr.moves(cliente) == ["create", "derive", "open", "complete"]


async def test_a_double_click_opens_once(gtr: Agent, ana: Agent, cliente: int):
    """
    Opening what is open writes no second line of history.
    """
    token = await ana.lock(cliente)
    asked = {"asesorId": str(ana.user), "lockToken": token}
    path = f"/api/clientes/{cliente}/open-wizard"

    answers = await asyncio.gather(*[ana.post(path, json=asked) for _ in range(8)])

    assert {one.status_code for one in answers} == {200}
    assert await gtr.moves(cliente) == ["create", "derive", "open"]


async def test_of_two_windows_one_has_it(ana: Agent, cliente: int):
    """
    The one that took it last: the other is told so, and cannot write.
    """
    path = f"/api/clientes/{cliente}"
    first = await ana.lock(cliente)
    second = await ana.lock(cliente)

    tries = {
        "heartbeat": {"lockToken": first},
        "activity": {"lockToken": first},
        "open-wizard": {"lockToken": first},
        "complete-wizard": {"lockToken": first},
        "unlock": {"lockToken": first},
        "give-back": {"lockToken": first, "why": "x"},
    }
    for what, asked in tries.items():
        status, problem = await ana.refused("POST", f"{path}/{what}", json=asked)
        assert (status, problem["code"]) in [(423, "cliente_locked"), (409, "move_not_possible")]
    draft: dict[str, Any] = {"answers": {}, "revision": 1, "lockToken": first}
    assert (await ana.refused("PUT", f"{path}/draft", json=draft))[0] == 423
    edit = {"version": 2, "notas": "x", "lockToken": first}
    assert (await ana.refused("PUT", path, json=edit))[0] == 423
    kept = await ana.ok("POST", f"{path}/lock", json={"lockToken": second})
    assert kept["lockToken"] == second


async def test_a_window_may_ask_before_it_takes_over(ana: Agent, cliente: int):
    """
    Without `takeOver` it takes what no other window of theirs has, or goes on with its own.
    """
    path, careful = f"/api/clientes/{cliente}/lock", {"takeOver": False}
    first = await ana.ok("POST", path, json=careful)
    own = {**careful, "lockToken": first["lockToken"]}

    status, problem = await ana.refused("POST", path, json=careful)

    assert (status, problem["code"]) == (423, "cliente_locked")
    assert problem["holder"] == {"id": str(ana.user), "name": "ana"}
    assert (await ana.ok("POST", path, json=own))["lockToken"] == first["lockToken"]
    await ana.ok("POST", path, json={})
    assert (await ana.refused("POST", path, json=own))[0] == 423


async def test_many_windows_at_once_end_with_one(ana: Agent, cliente: int):
    """
    However they race, one token is valid in the end.
    """
    tokens = await asyncio.gather(*[ana.lock(cliente) for _ in range(10)])

    beats = [
        await ana.post(f"/api/clientes/{cliente}/heartbeat", json={"lockToken": token})
        for token in tokens
    ]
    assert sorted(beat.status_code for beat in beats) == [200] + 9 * [423]


async def test_others_hear_who_has_it(gtr: Agent, ana: Agent, luz: Agent, cliente: int):
    """
    A supervisor may take it all the same; an asesor whose it is not knows of nothing.
    """
    path = f"/api/clientes/{cliente}"
    await ana.open(cliente)
    asked: dict[str, Any] = {"estatus": "derivado", "asesorId": str(luz.user)}

    status, problem = await gtr.refused("POST", f"{path}/estatus", json=asked)
    assert (status, problem["code"]) == (423, "cliente_locked")
    assert problem["holder"] == {"id": str(ana.user), "name": "ana"}
    edit = await gtr.refused("PUT", path, json={"version": 3, "notas": "x"})
    assert edit[0] == 423
    assert (await luz.refused("POST", f"{path}/lock"))[0] == 404
    assert (await luz.refused("POST", f"{path}/unlock"))[0] == 404
    assert (await luz.refused("POST", f"{path}/unlock", json={"breakLock": True}))[0] == 403
    taken = await gtr.ok("POST", f"{path}/estatus", json={**asked, "breakLock": True})
    assert (taken["asesor_nombre"], taken["lock"]) == ("luz", None)
    status, late = await ana.refused("POST", f"{path}/heartbeat")
    assert (status, late["current"]["asesor_nombre"]) == (409, "luz")
    await luz.lock(cliente)


async def test_a_supervisor_breaks_a_lock(gtr: Agent, ana: Agent, cliente: int):
    """
    It stays the asesor's, who has to take it in hand again.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.open(cliente)

    await gtr.ok("POST", f"{path}/unlock", json={"breakLock": True})

    status, problem = await ana.refused("POST", f"{path}/heartbeat", json={"lockToken": token})
    assert (status, problem["code"]) == (409, "lock_lost")
    assert problem["current"]["seguimiento_status"] == "en_gestion"
    again = await ana.lock(cliente)
    asked = {"asesorId": str(ana.user), "lockToken": again}
    await ana.ok("POST", f"{path}/complete-wizard", json=asked)


async def test_a_lease_runs_out(gtr: Agent, ana: Agent, cliente: int, postgres: Postgres):
    """
    Of whoever shows nothing for two minutes: what they do then is refused, until they take it
    again; a supervisor needs to break nothing.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.open(cliente)
    await later(postgres, 119)
    await ana.ok("POST", f"{path}/heartbeat", json={"lockToken": token})
    await later(postgres, 121)

    status, problem = await ana.refused("POST", f"{path}/heartbeat", json={"lockToken": token})

    assert (status, problem["code"]) == (409, "lock_lost")
    assert (await gtr.ok("GET", path))["lock"] is None
    await gtr.ok("POST", f"{path}/estatus", json={"estatus": "nuevo"})


async def test_a_window_that_is_open_is_no_activity(ana: Agent, cliente: int, postgres: Postgres):
    """
    `active: false` keeps it in hand and lets the time run; everything else begins the time anew.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.open(cliente)
    await later(postgres, 100)

    idle = await ana.ok("POST", f"{path}/heartbeat", json={"lockToken": token, "active": False})
    assert (at(idle, "expiresAt") - at(idle, "lastActivity")).total_seconds() > 200
    for what in ("heartbeat", "activity"):
        told = await ana.ok("POST", f"{path}/{what}", json={"lockToken": token})
        assert at(told, "lastActivity") > at(idle, "lastActivity")
        assert (at(told, "dueAt") - at(told, "lastActivity")).total_seconds() == 300
    bare = await ana.ok("POST", f"{path}/heartbeat")
    assert at(bare, "lastActivity") > at(told, "lastActivity")


async def test_what_is_not_given_stays(gtr: Agent, ana: Agent, cliente: int):
    """
    And nobody writes over what somebody else changed meanwhile.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.open(cliente)
    edit = {"version": 3, "lockToken": token, "nombre": "  Inés  Ríos ", "notas": "Tarde"}

    changed = await ana.ok("PUT", path, json=edit)

    assert (changed["nombre"], changed["notas"], changed["version"]) == ("Inés Ríos", "Tarde", 4)
    assert changed["telefono"]
    status, problem = await ana.refused("PUT", path, json=edit)
    assert (status, problem["code"], problem["current"]["version"]) == (409, "version_conflict", 4)
    found = await gtr.ok("GET", "/api/clientes", params={"q": "ines"})
    assert [one["id"] for one in found["items"]] == [cliente]
    await ana.ok("POST", f"{path}/unlock", json={"lockToken": token})
    cleared = await gtr.ok("PUT", path, json={"version": 4, "notas": None})
    assert (cleared["notas"], cleared["version"]) == (None, 5)


async def test_a_draft_outlives_its_return(gtr: Agent, ana: Agent, luz: Agent, cliente: int):
    """
    The later revision stays, whichever arrives first; whoever is next goes on from there.
    """
    path = f"/api/clientes/{cliente}"
    token = await ana.open(cliente)
    for revision in (1, 3, 2):
        asked = {"answers": {"paso": revision}, "revision": revision, "lockToken": token}
        kept = await ana.ok("PUT", f"{path}/draft", json=asked)
    assert (kept["answers"], kept["revision"]) == ({"paso": 3}, 3)
    await ana.ok("POST", f"{path}/give-back", json={"why": "No contesta", "lockToken": token})
    late = {"answers": {"paso": 9}, "revision": 9, "lockToken": token}
    assert (await ana.refused("PUT", f"{path}/draft", json=late))[0] == 409

    await gtr.derive(cliente, luz)

    found = await luz.ok("GET", f"{path}/draft")
    assert (found["answers"], found["updatedBy"]["name"]) == ({"paso": 3}, "ana")
    assert (await ana.refused("GET", f"{path}/draft"))[0] == 404
