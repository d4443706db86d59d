"""What no column can hold is taken as text, and refused as a time."""

from typing import Any

from pista.accounts import Role
from tests.desk.conftest import Agent, Sit
from tests.desk.test_settings import PLAIN

NUL = "a\0b"


async def test_no_character_is_too_much(sit: Sit, gtr: Agent, ana: Agent):
    """
    PostgreSQL knows no text with a zero in it; people's programs do.
    """
    admin = await sit("alba", Role.ADMIN)
    made = await gtr.enter(nombre=NUL, telefono=NUL, email=NUL, campaign=NUL, notas=NUL)
    path = f"/api/clientes/{made['id']}"
    await gtr.derive(made["id"], ana, why=NUL)
    token = await ana.open(made["id"])
    draft = {"answers": {NUL: [NUL], "b": NUL}, "revision": 1, "lockToken": token}
    edit = {"version": 3, "lockToken": token, "notas": NUL, "nombre": NUL, "outcome": NUL}

    kept = await ana.ok("PUT", f"{path}/draft", json=draft)
    changed = await ana.ok("PUT", path, json=edit)
    await ana.ok("POST", f"{path}/give-back", json={"why": NUL, "lockToken": token})
    settings = await admin.ok("PUT", "/api/desk/settings", json={**PLAIN, "outcomes": [NUL]})
    said = await ana.ok("PUT", "/api/desk/presence", json={"state": "paused", "reason": NUL})

    assert kept["answers"] == {"a?b": ["a?b"], "b": "a?b"}
    assert (changed["notas"], changed["nombre"]) == ("a?b", "a b")
    assert (settings["outcomes"], said["reason"]) == (["a?b"], "a?b")
    assert (await gtr.history(made["id"]))[-1]["why"] == "a?b"
    for q in (NUL, "%", "'", "&!:*"):
        await gtr.ok("GET", "/api/clientes", params={"q": q, "campaign": NUL, "contactId": NUL})


async def test_a_time_that_is_none_is_refused(gtr: Agent):
    """
    Nor is a number that no cliente can have an error of ours.
    """
    asked: list[dict[str, Any]] = [
        {"from": "0001-01-01T00:00:00+14:00"},
        {"to": "9999-12-31T23:59:59-14:00"},
    ]
    for one in asked:
        status, problem = await gtr.refused("GET", "/api/clientes", params=one)
        assert (status, problem["code"]) == (422, "invalid")
    for number in (2**63, 10**30):
        assert (await gtr.refused("GET", f"/api/clientes/{number}"))[0] == 404
        assert (await gtr.refused("POST", f"/api/clientes/{number}/lock"))[0] == 404
