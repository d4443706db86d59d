"""Saved views: one's own and shared, changed by who may, deleted and brought back."""

import asyncio
from typing import Any

import pytest

from pista.accounts import Role
from pista.desk.timer import pruning
from pista.desk.timer import queries as timer
from pista.desk.views.model import MOST_VIEWS
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, Sit

VIEWS = "/api/desk/views"
DEFAULT = "/api/desk/default-view"
TERMS: dict[str, Any] = {
    "filters": {
        "status": ["nuevo", "no_gestionado"],
        "asesorId": None,
        "nobodys": True,
        "campaign": "Día de la madre",
        "mark": "late",
        "from": "2026-03-01",
        "to": "2026-03-31",
    },
    "sort": "created",
    "layout": "board",
    "columns": ["campaign", "status", "outcome"],
}


@pytest.fixture
async def gino(sit: Sit) -> Agent:
    return await sit("gino", Role.GTR)


def plain(name: str) -> dict[str, Any]:
    return {"name": name, "terms": {"filters": {}}}


async def save(who: Agent, name: str, **given: Any) -> dict[str, Any]:
    return await who.ok("POST", VIEWS, json={**plain(name), **given})


async def names(who: Agent) -> list[str]:
    return [one["name"] for one in (await who.ok("GET", VIEWS))["items"]]


async def test_a_view_is_kept_as_it_was_saved(gtr: Agent, gino: Agent):
    """
    Filters, order, layout and columns; a colleague hears of it once it is shared.
    """
    view = await save(gtr, "  Por   repartir ", terms=TERMS)

    told = (await gtr.ok("GET", VIEWS))["items"]
    assert told == [view]
    assert view["terms"] == TERMS
    assert (view["name"], view["mine"], view["shared"]) == ("Por repartir", True, False)
    assert await names(gino) == []

    await gtr.ok("PATCH", f"{VIEWS}/{view['id']}", json={"shared": True})

    (seen,) = (await gino.ok("GET", VIEWS))["items"]
    assert (seen["id"], seen["mine"], seen["shared"]) == (view["id"], False, True)
    assert (seen["owner"], seen["terms"]) == ({"id": str(gtr.user), "name": "greta"}, TERMS)


async def test_whose_it_is_changes_it_and_an_admin_what_is_shared(
    gtr: Agent, gino: Agent, ana: Agent, sit: Sit
):
    """
    A colleague's own is as if there were none; a shared one may be looked at and no more.
    """
    alba = await sit("alba", Role.ADMIN)
    own = f"{VIEWS}/{(await save(gtr, 'mía'))['id']}"
    shared = f"{VIEWS}/{(await save(gtr, 'de todos', shared=True))['id']}"
    change = {"name": "otra"}

    for who, view, expected in (
        (gino, own, (404, "view_not_found")),
        (alba, own, (404, "view_not_found")),
        (gino, shared, (403, "forbidden")),
        (ana, shared, (403, "forbidden")),
    ):
        for method, path, body in (
            ("PATCH", view, change),
            ("DELETE", view, None),
        ):
            status, problem = await who.refused(method, path, json=body)
            assert (status, problem["code"]) == expected, (who.name, method, path)
    await alba.ok("PATCH", shared, json=change)

    assert await names(gtr) == ["mía", "otra"]
    assert (await gtr.ok("GET", VIEWS))["items"][1]["owner"]["name"] == "greta"


async def test_what_is_deleted_comes_back_as_it_was(gtr: Agent, gino: Agent, postgres: Postgres):
    """
    Also as what somebody begins with; after a day it is gone, and its name is free at once.
    """
    view = await save(gtr, "lunes", shared=True, terms=TERMS)
    path, asked = f"{VIEWS}/{view['id']}", {"viewId": view["id"]}
    for who in (gtr, gino):
        assert (await who.ok("PUT", DEFAULT, json=asked))["defaultId"] == view["id"]

    await gtr.ok("DELETE", path)
    gone = await gino.ok("GET", VIEWS)
    status, problem = await gino.refused("POST", f"{path}/restore")
    taken = await save(gtr, "Lunes")
    again = await gtr.refused("POST", f"{path}/restore")
    await gtr.ok("DELETE", f"{VIEWS}/{taken['id']}")
    brought = await gtr.ok("POST", f"{path}/restore")

    assert gone == {"items": [], "defaultId": None}
    assert (status, problem["code"]) == (403, "forbidden")
    assert (again[0], again[1]["code"]) == (409, "view_name_taken")
    assert brought | {"updatedAt": None} == view | {"updatedAt": None}
    assert (await gino.ok("GET", VIEWS))["defaultId"] == view["id"]

    await gtr.ok("DELETE", path)
    async with postgres.transaction() as tx:
        await tx.execute("update desk_views set deleted_at = deleted_at - interval '25 hours'")
        await timer.prune(tx, pruning.MESSAGES_KEPT, pruning.ASSIGNMENTS_KEPT)
    status, problem = await gtr.refused("POST", f"{path}/restore")
    assert (status, problem["code"]) == (404, "view_not_found")


async def test_two_at_once_do_not_have_one_name(gtr: Agent, gino: Agent):
    """
    In whatever letters; another person may have it too. Nobody has more than fifty.
    """
    tried = await asyncio.gather(
        *(gtr.post(VIEWS, json=plain(name)) for name in ("Vista", "VISTA", "vista"))
    )
    await save(gino, "Vista")
    many = await asyncio.gather(
        *(gtr.post(VIEWS, json=plain(f"v{n}")) for n in range(MOST_VIEWS + 2))
    )

    assert sorted(answer.status_code for answer in tried) == [201, 409, 409]
    assert [answer.status_code for answer in many].count(201) == MOST_VIEWS - 1
    refused = {answer.json()["code"] for answer in many if answer.status_code != 201}
    assert refused == {"too_many_views"}


WRONG: list[dict[str, Any]] = [
    {"terms": {"filters": {"status": ["vendido"]}}},
    {"terms": {"filters": {"q": "Ana Flores"}}},
    {"terms": {"filters": {"asesorId": "me"}}},
    {"terms": {"filters": {"from": "2026-02-30"}}},
    {"terms": {"filters": {}, "columns": ["telefono"]}},
    {"terms": {"filters": {}, "sort": "name"}},
    {"name": ""},
    {"name": " \t "},
]


async def test_what_is_no_view_is_refused(gtr: Agent):
    """
    Whom somebody looked for is none: it would outlive that person's erasure.
    """
    told = [await gtr.refused("POST", VIEWS, json={**plain("x"), **given}) for given in WRONG]

    assert {(status, problem["code"]) for status, problem in told} == {(422, "invalid")}
    assert await names(gtr) == []
