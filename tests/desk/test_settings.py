"""What a company sets of its desk, and who is there."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pista.accounts import Role
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, Sit, later

SETTINGS = "/api/desk/settings"
ASESORES = "/api/desk/asesores"
WIZARD = [
    {
        "id": "datos",
        "title": "Datos",
        "fields": [
            {
                "id": "plan",
                "label": "Plan",
                "kind": "choice",
                "required": True,
                "choices": ["Fibra", "Móvil"],
            }
        ],
    }
]


PLAIN: dict[str, Any] = {
    "limitSeconds": 300,
    "warningSeconds": 10,
    "hours": [],
    "wizard": [],
    "outcomes": [],
}


@pytest.fixture
async def admin(sit: Sit) -> Agent:
    return await sit("alba", Role.ADMIN)


async def test_a_new_limit_holds_at_once(admin: Agent, gtr: Agent, ana: Agent):
    """
    Also for what somebody has already.
    """
    cliente = await gtr.enter()
    await gtr.derive(cliente["id"], ana)
    before = await ana.ok("GET", SETTINGS)
    asked = {**PLAIN, "limitSeconds": 40, "wizard": WIZARD, "outcomes": ["Venta"]}

    changed = await admin.ok("PUT", SETTINGS, json=asked)

    assert (before["limitSeconds"], before["warningSeconds"], before["wizard"]) == (300, 60, [])
    assert changed == await ana.ok("GET", SETTINGS)
    assert (changed["limitSeconds"], changed["wizard"]) == (40, WIZARD)
    shown = await gtr.ok("GET", f"/api/clientes/{cliente['id']}")
    due, active = (datetime.fromisoformat(shown[name]) for name in ("due_at", "last_activity"))
    assert (due - active).total_seconds() == 40
    assert (await gtr.refused("PUT", SETTINGS, json=asked))[0] == 403


NONSENSE: list[dict[str, Any]] = [
    {"warningSeconds": 301},
    {"hours": [{"day": 1, "opens": "18:00", "closes": "09:00"}]},
    {
        "hours": [
            {"day": 1, "opens": "09:00", "closes": "13:00"},
            {"day": 1, "opens": "12:00", "closes": "18:00"},
        ]
    },
    {"wizard": [*WIZARD, *WIZARD]},
    {
        "wizard": [
            {"id": "a", "title": "A", "fields": [{"id": "b", "label": "B", "kind": "choice"}]}
        ]
    },
]


async def test_settings_that_do_not_go_together_are_refused(admin: Agent):
    """
    The detail says which.
    """
    for one in NONSENSE:
        asked = {**PLAIN, **one}
        status, problem = await admin.refused("PUT", SETTINGS, json=asked)

        assert (status, problem["code"]) == (422, "bad_desk_settings")
        assert next(iter(one)) in problem["detail"]
    assert (await admin.ok("GET", SETTINGS))["hours"] == []


async def test_who_is_there_and_how_much_they_have(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres
):
    """
    By what they say, as long as they are heard of.
    """
    for _ in range(2):
        await gtr.derive((await gtr.enter())["id"], ana)
    opened = (await gtr.enter())["id"]
    await gtr.derive(opened, ana)
    await ana.open(opened)
    await ana.ok("PUT", "/api/desk/presence", json={"state": "available"})
    await luz.ok("PUT", "/api/desk/presence", json={"state": "paused", "reason": "Almuerzo"})

    async def shown() -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in (await gtr.ok("GET", ASESORES))["items"]}

    first, second = (await shown())["ana"], (await shown())["luz"]
    assert (first["present"], first["derivado"], first["enGestion"]) == (True, 2, 1)
    assert (second["present"], second["state"], second["reason"]) == (False, "paused", "Almuerzo")
    assert set(await shown()) == {"ana", "luz"}

    async with postgres.transaction() as tx:
        await tx.execute("update desk_presence set here_until = here_until - interval '91 s'")
    assert (await shown())["ana"]["present"] is False
    assert (await shown())["luz"]["state"] == "away"
    await ana.ok("POST", f"/api/clientes/{opened}/heartbeat")
    assert (await shown())["ana"]["present"] is True


async def test_a_pause_stops_the_clock_where_the_company_has_it_so(
    admin: Agent, gtr: Agent, ana: Agent, postgres: Postgres
):
    """
    For as long as it takes, and not beyond the longest that is set; said again it begins no new
    one. What is done or given meanwhile has all of its time when the pause is over.
    """
    pauses = [
        {"name": "Almuerzo", "stopsClock": True, "minutes": 30},
        {"name": "Reunión", "stopsClock": False, "minutes": 30},
    ]
    first = (await gtr.enter())["id"]
    await gtr.derive(first, ana)

    async def left(cliente: int) -> float:
        async with postgres.transaction() as tx:
            return await tx.value(
                """
                select extract(epoch from due_at - clock_timestamp())::float8
                from clientes where id = $1
                """,
                cliente,
            )

    async def is_(state: str, reason: str | None = None) -> None:
        await ana.ok("PUT", "/api/desk/presence", json={"state": state, "reason": reason})

    await is_("paused", "Almuerzo")
    assert 295 < await left(first) <= 300
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "pauses": pauses})
    await is_("paused", "Reunión")
    assert 295 < await left(first) <= 300
    await is_("paused", "almuerzo")
    assert 2_095 < await left(first) <= 2_100
    second = (await gtr.enter())["id"]
    await gtr.derive(second, ana)
    assert 2_095 < await left(second) <= 2_100

    await passed(postgres, 600)
    await is_("paused", "almuerzo")
    assert 1_495 < await left(first) <= 1_500
    await is_("available")
    assert 295 < await left(first) <= 300
    assert 295 < await left(second) <= 300

    await is_("paused", "Almuerzo")
    await passed(postgres, 1_900)
    await is_("paused", "Almuerzo")
    assert 195 < await left(first) <= 200
    await is_("away")
    assert 195 < await left(first) <= 200
    twice = {**PLAIN, "pauses": [*pauses, {"name": "ALMUERZO"}]}
    assert (await admin.refused("PUT", SETTINGS, json=twice))[0] == 422


async def passed(postgres: Postgres, seconds: int) -> None:
    await later(postgres, seconds)
    async with postgres.transaction() as tx:
        past = timedelta(seconds=seconds)
        await tx.execute("update desk_presence set stops_until = stops_until - $1::interval", past)
