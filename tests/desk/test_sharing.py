"""Clientes that are given out by themselves: to whom the company's rules say, and nobody twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import pytest

from pista.accounts import Role
from pista.desk import Sharer
from pista.desk.sharing import service
from pista.ids import TenantId, UserId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, Sit
from tests.desk.test_settings import PLAIN, SETTINGS
from tests.events.writing import until
from tests.killing import killable

PRESENCE = "/api/desk/presence"
PREVIEW = "/api/desk/assigning/preview"
Rules = dict[str, Any]


@pytest.fixture
async def admin(sit: Sit) -> Agent:
    return await sit("alba", Role.ADMIN)


@asynccontextmanager
async def sharing(database: str) -> AsyncGenerator[None]:
    """A worker's."""
    pool = await store.open_pool(database, most=2)
    task = asyncio.create_task(Sharer(database, pool).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await pool.close()


async def rule(admin: Agent, **rules: Any) -> None:
    asked = {"on": True, **rules}
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "assigning": asked})


async def is_there(*people: Agent, state: str = "available") -> None:
    for one in people:
        await one.ok("PUT", PRESENCE, json={"state": state})


async def share(postgres: Postgres, tenant: TenantId) -> int:
    async with postgres.of(tenant).transaction() as tx:
        return await service.share_out(tx, tenant)


async def whose(agent: Agent, cliente: int) -> str | None:
    return (await agent.ok("GET", f"/api/clientes/{cliente}"))["asesor_nombre"]


async def limited(gtr: Agent, asesor: Agent, limit: int | None, *skills: str) -> dict[str, Any]:
    asked = {"limit": limit, "skills": skills}
    return await gtr.ok("PUT", f"/api/desk/asesores/{asesor.user}", json=asked)


async def test_it_waits_for_somebody_and_is_theirs_at_once(
    admin: Agent, gtr: Agent, ana: Agent, luz: Agent, database: str
):
    """
    Nothing by itself until it is set; then as soon as somebody is there and has little enough to
    do, what has waited longest first. History says who did it, and how.
    """
    first = (await gtr.enter())["id"]
    await is_there(ana)
    async with sharing(database):
        second = (await gtr.enter())["id"]
        assert [await whose(gtr, one) for one in (first, second)] == [None, None]

        await rule(admin, limit=1)
        await until(lambda: _is(gtr, first, "ana"), 60)
        await is_there(luz, state="paused")
        assert await whose(gtr, second) is None
        await is_there(luz)
        await until(lambda: _is(gtr, second, "luz"), 60)
        third = (await gtr.enter())["id"]
        token = await ana.open(first)
        done = {"lockToken": token, "outcome": "Venta"}
        await ana.ok("POST", f"/api/clientes/{first}/complete-wizard", json=done)
        await until(lambda: _is(gtr, third, "ana"), 60)

    line = (await gtr.history(third))[-1]
    assert (line["move"], line["by"]["kind"], line["why"]) == ("derive", "system", "round_robin")


async def test_rules_are_looked_at_in_order(
    admin: Agent, gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    By campaign and by where they came from, however it is written; the preview says the same.
    """
    fibre = {"name": "Fibra", "campaigns": [" FIBRA 500 "], "skills": ["Fibra"]}
    chats = {"name": "Chats", "sources": ["whatsapp"], "skills": ["chat"], "method": "least_loaded"}
    told = await limited(gtr, ana, None, "fibra")
    assert (told["limit"], told["ownLimit"], told["skills"]) == (5, None, ["fibra"])
    await limited(gtr, luz, 9, "chat", "móvil")
    await is_there(ana, luz)
    await rule(admin, rules=[fibre, chats], rest=False)
    ways = [("Fibra 500", "form"), ("Fibra 500", "whatsapp"), ("x", "whatsapp"), (None, "form")]
    made = [(await gtr.enter(campaign=campaign, source=source))["id"] for campaign, source in ways]

    previews = [
        await gtr.ok("POST", PREVIEW, json={"campaign": campaign, "source": source})
        for campaign, source in ways
    ]
    assert await share(postgres, tenant) == 3

    assert [await whose(gtr, one) for one in made] == ["ana", "ana", "luz", None]
    assert [one["rule"] for one in previews] == ["Fibra", "Fibra", "Chats", None]
    assert [one["shared"] for one in previews] == [True, True, True, False]
    assert previews[0]["asesor"] == str(ana.user)
    refusals = {one["name"]: (one["refusal"], one["place"]) for one in previews[2]["candidates"]}
    assert refusals == {"ana": ("skills", None), "luz": (None, 1)}
    assert previews[0]["waiting"] == 3
    assert (await gtr.history(made[2]))[-1]["why"] == "least_loaded: Chats"


async def test_what_came_back_goes_to_somebody_else(
    admin: Agent, gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    If that was asked for; not even where the other has enough. What a supervisor took back is
    theirs to give.
    """
    cliente = (await gtr.enter())["id"]
    await is_there(ana)
    await rule(admin, limit=1)
    assert await share(postgres, tenant) == 1
    await ana.ok("POST", f"/api/clientes/{cliente}/give-back", json={"why": "No contesta"})
    assert await share(postgres, tenant) == 0

    await rule(admin, limit=1, returnedHours=1)
    await limited(gtr, luz, 0)
    await is_there(luz)
    assert await share(postgres, tenant) == 0
    await limited(gtr, luz, 1)
    assert await share(postgres, tenant) == 1
    assert await whose(gtr, cliente) == "luz"
    await luz.ok("POST", f"/api/clientes/{cliente}/give-back", json={"why": "No contesta"})
    await is_there(ana, state="away")
    assert await share(postgres, tenant) == 1
    assert await whose(gtr, cliente) == "luz"

    taken = {"estatus": "nuevo"}
    await gtr.ok("POST", f"/api/clientes/{cliente}/estatus", json=taken)
    assert await share(postgres, tenant) == 0


async def test_what_nobody_there_may_have_holds_nothing_up(
    admin: Agent, gtr: Agent, ana: Agent, postgres: Postgres, tenant: TenantId
):
    """
    What comes after it is given out, also past hundreds of them; the newest first if that is asked
    for.
    """
    async with postgres.transaction() as tx:
        await tx.execute(FILL, tenant, 1_200, "fibra")
        await tx.execute(FILL, tenant, 4, "otra")
    await is_there(ana)
    await rule(admin, limit=3, rules=[{"name": "x", "campaigns": ["fibra"], "skills": ["fibra"]}])

    assert await share(postgres, tenant) == 3
    await limited(gtr, ana, 5)
    await rule(admin, rules=[], newestFirst=True)
    assert await share(postgres, tenant) == 2

    mine = (await ana.ok("GET", "/api/clientes?asesorId=me"))["items"]
    assert Counter(one["campaign"] for one in mine) == {"otra": 4, "fibra": 1}


PEOPLE = 4
LIMIT = 2


async def test_many_workers_share_out_as_one(
    admin: Agent, sit: Sit, postgres: Postgres, database: str, tenant: TenantId
):
    """
    Two workers, one of them killed -9 again and again, while clientes come and are done and come
    back: each is given once, nobody ever has more than their limit, and the turn goes round.
    """
    people = [await sit(f"p{n}") for n in range(PEOPLE)]
    await is_there(*people)
    await rule(admin, limit=LIMIT, returnedHours=1)
    async with postgres.transaction() as tx:
        await tx.execute(FILL, tenant, 100, None)

    async def works(agent: Agent) -> None:
        """Opens, does, and now and then gives back what they are given, until there is nothing."""
        done = 0
        while True:
            mine = (await agent.ok("GET", "/api/clientes?asesorId=me&limit=5"))["items"]
            for one in mine:
                path = f"/api/clientes/{one['id']}"
                if done % 7 == 6 and one["returns"] == 0:
                    await agent.ok("POST", f"{path}/give-back", json={"why": "x"})
                else:
                    token = await agent.open(one["id"])
                    await agent.ok("POST", f"{path}/complete-wizard", json={"lockToken": token})
                done += 1
            await asyncio.sleep(0.02)

    async def all_are_done() -> bool:
        async with postgres.transaction() as tx:
            open_ = "select count(*) from clientes where seguimiento_status <> 'terminado'"
            return not await tx.value(open_)

    working = [asyncio.create_task(works(one)) for one in people]
    with killable("tests.desk.sharing", database):
        for _ in range(2):
            with killable("tests.desk.sharing", database, loud=False):
                await asyncio.sleep(1.2)
        await until(all_are_done, 60)
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)

    async with postgres.transaction() as tx:
        history = await tx.connection.fetch(HISTORY, tenant)
    check_loads(history)
    first = [line["asesor_after"] for line in history if line["move"] == "derive"][: PEOPLE * LIMIT]
    assert Counter(first) == {one.user: LIMIT for one in people}


def check_loads(history: list[Any]) -> None:
    """At no moment more than the limit; and never straight back."""
    loads: Counter[UserId] = Counter()
    let_go: dict[int, UserId] = {}
    for line in history:
        before, after = line["asesor_before"], line["asesor_after"]
        if before and before != after:
            loads[before] -= 1
        if after and before != after:
            loads[after] += 1
        if line["move"] == "derive":
            assert loads[after] <= LIMIT
            assert line["why"] == "round_robin"
            assert let_go.get(line["cliente_id"]) != after
        if line["move"] == "give_back":
            let_go[line["cliente_id"]] = before


HISTORY: LiteralString = """
select cliente_id, move, asesor_before, asesor_after, why
from desk_history where tenant_id = $1 order by at, id
"""
FILL: LiteralString = """
with made as (
    insert into clientes (tenant_id, nombre, source, campaign, created_at, state_since)
    select $1, 'Ana', 'form', $3, clock_timestamp(), clock_timestamp()
    from generate_series(1, $2::int)
    returning tenant_id, id
)
insert into desk_history
    (tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind)
select tenant_id, id, 'create', '', 'nuevo', now(), 0, 'system' from made
"""


async def _is(agent: Agent, cliente: int, name: str) -> bool:
    return await whose(agent, cliente) == name
