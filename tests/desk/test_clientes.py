"""Entering clientes, giving them to somebody, and what is told of it."""

import asyncio
from datetime import datetime
from typing import Any

import msgspec

from pista.desk import announcing
from pista.ids import TenantId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent

CLIENTES = "/api/clientes"


async def messages(postgres: Postgres, tenant: TenantId) -> list[dict[str, Any]]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            "select audience, body from desk_messages where tenant_id = $1 order by seq", tenant
        )
        return [{**row["body"], "audience": row["audience"]} for row in rows]


async def test_a_new_cliente_is_nobodys_and_has_a_contact(gtr: Agent):
    """
    Of the contact with this phone; the second case of a person is of the same one.
    """
    first = await gtr.enter(telefono="+51961508001", campaign="mayo", notas="Llamar tarde")
    second = await gtr.enter(telefono="961508001", nombre="Ana F.")

    assert first["seguimiento_status"] == "nuevo"
    assert (first["asesor_asignado"], first["due_at"], first["version"]) == (None, None, 1)
    assert (first["campaign"], first["notas"]) == ("mayo", "Llamar tarde")
    assert first["contact_id"].startswith("cntct_")
    # The company has said no country: without one the second is known by nothing.
    assert second["contact_id"] in (None, first["contact_id"])
    assert await gtr.ok("GET", f"{CLIENTES}/{first['id']}") == first


async def test_a_cliente_is_given_to_an_asesor(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    Document 1's request: its times are set, history is written, and those it concerns are told.
    """
    cliente = await gtr.enter()

    given = await gtr.derive(cliente["id"], ana)

    assert given["seguimiento_status"] == "derivado"
    assert (given["asesor_asignado"], given["asesor_nombre"]) == (str(ana.user), "ana")
    assert given["derivado_at"] == given["last_activity"] == given["state_since"]
    began, due = (datetime.fromisoformat(given[name]) for name in ("last_activity", "due_at"))
    assert (due - began).total_seconds() == 300
    assert [one["id"] for one in (await ana.ok("GET", CLIENTES))["items"]] == [cliente["id"]]
    assert (await luz.ok("GET", CLIENTES))["items"] == []
    [created, derived] = await gtr.history(cliente["id"])
    assert (created["move"], created["from"], created["to"]) == ("create", None, "nuevo")
    assert (derived["move"], derived["from"], derived["to"]) == ("derive", "nuevo", "derivado")
    assert derived["by"] == {"kind": "user", "person": {"id": str(gtr.user), "name": "greta"}}
    assert derived["asesorAfter"] == {"id": str(ana.user), "name": "ana"}
    assert derived["seconds"] >= 0
    [made, told] = await messages(postgres, tenant)
    assert (made["type"], made["audience"]) == ("CLIENT_CREATED", [])
    assert told["type"] == "CLIENT_REASSIGNED"
    assert (told["clienteId"], told["asesorId"]) == (cliente["id"], str(ana.user))
    assert (told["previousAsesor"], told["audience"]) == (None, [ana.user])
    assert told["seguimiento_status"] == "derivado"
    assert told["version"] == given["version"] == 2


async def test_whoever_had_it_hears_that_it_went(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    Given to another, it is gone from the first one's list, and both are told.
    """
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)

    await gtr.derive(cliente, luz)

    told = (await messages(postgres, tenant))[-1]
    assert set(told["audience"]) == {ana.user, luz.user}
    assert told["previousAsesor"] == str(ana.user)
    assert (await ana.ok("GET", CLIENTES))["items"] == []
    assert await gtr.moves(cliente) == ["create", "derive", "reassign"]


async def test_a_repeated_request_hears_how_it_is(gtr: Agent, ana: Agent):
    """
    Nothing happens twice; 409 says whose it is by now.
    """
    cliente = (await gtr.enter())["id"]
    asked = {"tipo": "gtr", "estatus": "derivado", "asesorId": str(ana.user)}
    path = f"{CLIENTES}/{cliente}/estatus"
    await gtr.ok("PATCH", path, json=asked)

    status, problem = await gtr.refused("POST", path, json=asked)

    assert (status, problem["code"]) == (409, "move_not_possible")
    assert problem["current"] == {
        "seguimiento_status": "derivado",
        "asesor_asignado": str(ana.user),
        "asesor_nombre": "ana",
        "version": 2,
    }
    assert await gtr.moves(cliente) == ["create", "derive"]


async def test_of_two_supervisors_one_is_late(gtr: Agent, ana: Agent, luz: Agent):
    """
    Who says which version they saw does not take from another what they have just given.
    """
    cliente = (await gtr.enter())["id"]
    path = f"{CLIENTES}/{cliente}/estatus"

    async def give(asesor: Agent) -> int:
        asked = {"estatus": "derivado", "asesorId": str(asesor.user), "version": 1}
        return (await gtr.post(path, json=asked)).status_code

    answers = await asyncio.gather(*[give(one) for one in (ana, luz) for _ in range(5)])

    assert sorted(answers) == [200] + 9 * [409]
    assert await gtr.moves(cliente) == ["create", "derive"]


async def test_asesores_give_back_and_hand_over(gtr: Agent, ana: Agent, luz: Agent):
    """
    With a reason each; who has it not any more hears so, and who never had it, nothing.
    """
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    path = f"{CLIENTES}/{cliente}"

    status, _ = await luz.refused("POST", f"{path}/give-back", json={"why": "mine?"})
    assert status == 404
    handed = await ana.ok(
        "POST", f"{path}/transfer", json={"toAsesorId": str(luz.user), "why": "Habla quechua"}
    )
    assert handed["asesor_asignado"] == str(luz.user)
    status, late = await ana.refused("POST", f"{path}/give-back", json={"why": "late"})
    assert (status, late["current"]["asesor_nombre"]) == (409, "luz")
    back = await luz.ok("POST", f"{path}/give-back", json={"why": "No contesta"})
    assert (back["seguimiento_status"], back["asesor_asignado"]) == ("no_gestionado", None)
    assert (back["returns"], back["due_at"], back["last_activity"]) == (1, None, None)
    history = await gtr.history(cliente)
    assert [(line["move"], line["why"]) for line in history[2:]] == [
        ("transfer", "Habla quechua"),
        ("give_back", "No contesta"),
    ]


async def test_supervisors_take_back_and_begin_again(gtr: Agent, ana: Agent):
    """
    What is nobody's waits as if it were new.
    """
    cliente = (await gtr.enter())["id"]
    path = f"{CLIENTES}/{cliente}"
    await gtr.derive(cliente, ana)

    await gtr.ok("POST", f"{path}/estatus", json={"estatus": "nuevo", "why": "Otro turno"})
    await gtr.derive(cliente, ana)
    await gtr.ok("POST", f"{path}/estatus", json={"estatus": "no_gestionado"})
    await gtr.ok("POST", f"{path}/reopen", json={})
    status, _ = await gtr.refused("POST", f"{path}/reopen", json={})

    assert status == 409
    moves = ["create", "derive", "withdraw", "derive", "withdraw", "reopen"]
    assert await gtr.moves(cliente) == moves


async def test_only_colleagues_who_work_here_are_given_clientes(gtr: Agent, ana: Agent):
    """
    And it has to be said who.
    """
    cliente = (await gtr.enter())["id"]
    path = f"{CLIENTES}/{cliente}/estatus"
    nobody = "0190a000-0000-7000-8000-00000000000f"

    unknown = await gtr.refused("POST", path, json={"estatus": "derivado", "asesorId": nobody})
    unsaid = await gtr.refused("POST", path, json={"estatus": "derivado"})
    unasked = await ana.refused("POST", path, json={"estatus": "derivado"})

    assert (unknown[0], unknown[1]["code"]) == (404, "user_not_found")
    assert (unsaid[0], unsaid[1]["code"]) == (422, "no_asesor")
    assert unasked[0] == 403


async def test_what_is_told_is_said_when_it_is_committed(gtr: Agent, ana: Agent, database: str):
    """
    Web processes and timers hear it over PostgreSQL.
    """
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    connection: Any = await store.connect(database)

    def hear(_connection: object, _pid: int, channel: str, payload: object) -> None:
        heard.put_nowait((channel, str(payload)))

    for channel in (announcing.CHANNEL, announcing.DUE_CHANNEL):
        await connection.add_listener(channel, hear)
    cliente = (await gtr.enter())["id"]
    given = await gtr.derive(cliente, ana)

    async with asyncio.timeout(60):
        said = [await heard.get() for _ in range(3)]
    await connection.close()

    passed = [
        one
        for channel, payload in said
        if channel == announcing.CHANNEL
        for one in msgspec.json.decode(payload)["messages"]
    ]
    assert [one["body"]["type"] for one in passed] == ["CLIENT_CREATED", "CLIENT_REASSIGNED"]
    assert passed[0]["seq"] < passed[1]["seq"]
    [due] = [payload for channel, payload in said if channel == announcing.DUE_CHANNEL]
    assert datetime.fromisoformat(due) == datetime.fromisoformat(given["due_at"])
