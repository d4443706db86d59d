"""Goals of the desk: told of before and when they are missed, once, in the very second."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, LiteralString

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pista.accounts import Role
from pista.desk import GoalTimer
from pista.desk.clientes import service as clientes
from pista.desk.clientes.model import EnterCliente, SetEstatus
from pista.desk.goals import queries
from pista.desk.goals.model import Escalation, Goals
from pista.desk.settings import service as desk_settings
from pista.desk.settings.model import SetDeskSettings
from pista.desk.sharing import service as sharing
from pista.errors import PistaError
from pista.ids import TenantId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.desk.actors import Deed, Desk
from tests.desk.conftest import NOW, Agent, Sit, later
from tests.desk.test_clientes import messages
from tests.desk.test_settings import PLAIN, SETTINGS
from tests.events.writing import until
from tests.timing import stretched


@pytest.fixture
async def admin(sit: Sit) -> Agent:
    return await sit("alba", Role.ADMIN)


@asynccontextmanager
async def reminding(database: str, workers: int = 1) -> AsyncGenerator[None]:
    pools = [await store.open_pool(database, most=2) for _ in range(workers)]
    tasks = [asyncio.create_task(GoalTimer(database, pool).run()) for pool in pools]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for pool in pools:
            await pool.close()


async def wish(admin: Agent, **goals: Any) -> None:
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "goals": goals})


async def reasons(postgres: Postgres, tenant: TenantId, cliente: int) -> list[str]:
    told = await messages(postgres, tenant)
    found = [one["reason"] for one in told if one["clienteId"] == cliente]
    return [one for one in found if one and one.startswith(("assign_", "touch_"))]


async def test_it_is_told_in_the_second_in_which_it_is_missed(
    admin: Agent, gtr: Agent, ana: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    Before and after, by three workers, once; the list has it among what is late.
    """
    await wish(admin, assignSeconds=8, touchSeconds=600, warningSeconds=4)
    async with reminding(database, workers=3):
        met, missed = (await gtr.enter())["id"], (await gtr.enter())["id"]
        await gtr.derive(met, ana)

        async def is_late() -> bool:
            return (await gtr.ok("GET", "/api/desk/counts"))["late"] == 1

        await until(is_late, 60)

    assert await reasons(postgres, tenant, missed) == ["assign_warning", "assign_late"]
    assert await reasons(postgres, tenant, met) == []
    [late] = (await gtr.ok("GET", "/api/clientes?mark=late"))["items"]
    assert (late["id"], late["late"]) == (missed, True)
    made, by = (datetime.fromisoformat(late[name]) for name in ("created_at", "assign_by"))
    assert by - made == timedelta(seconds=8)
    async with postgres.transaction() as tx:
        told = await tx.connection.fetch(
            """
            select at from desk_messages
            where body ->> 'reason' in ('assign_warning', 'assign_late') order by seq
            """
        )
    warned, missed_at = (row["at"] - made for row in told)
    soon = timedelta(seconds=stretched(3))
    assert timedelta(0) <= warned - timedelta(seconds=4) < soon
    assert timedelta(0) <= missed_at - timedelta(seconds=8) < soon
    shown = await gtr.ok("GET", f"/api/clientes/{met}")
    assert (shown["assign_by"], shown["late"]) == (None, False)
    assert shown["touch_by"] is not None


async def test_goals_run_while_the_company_is_open(admin: Agent, gtr: Agent):
    """
    What comes when it is closed has all of the time when it opens; new hours hold for what waits.
    """
    week = [{"day": day, "opens": "00:00", "closes": "00:01"} for day in range(1, 8)]
    asked = {**PLAIN, "hours": week, "goals": {"assignSeconds": 90, "touchSeconds": None}}
    await admin.ok("PUT", SETTINGS, json=asked)
    cliente = (await gtr.enter())["id"]

    async def by() -> timedelta:
        shown = await gtr.ok("GET", f"/api/clientes/{cliente}")
        assert shown["touch_by"] is None
        times = (datetime.fromisoformat(shown[name]) for name in ("created_at", "assign_by"))
        made, due = times
        return due - made

    assert await by() > timedelta(hours=23)
    await admin.ok("PUT", SETTINGS, json={**asked, "hours": []})
    assert await by() == timedelta(seconds=90)
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "goals": {"assignSeconds": 100}})
    assert await by() == timedelta(seconds=100)


async def test_what_comes_back_too_often_is_a_supervisors(
    admin: Agent, gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, tenant: TenantId
):
    """
    Marked, found by its mark, told of, not given out by itself; and if somebody is named for that,
    theirs, but not again once they let it go as well.
    """
    rules = {"on": True, "returnedHours": 5}
    asked = {**PLAIN, "assigning": rules, "escalation": {"afterReturns": 2}}
    await admin.ok("PUT", SETTINGS, json=asked)
    for one in (ana, luz):
        await one.ok("PUT", "/api/desk/presence", json={"state": "available"})
    cliente = (await gtr.enter())["id"]
    path = f"/api/clientes/{cliente}"

    async def shared() -> int:
        async with postgres.of(tenant).transaction() as tx:
            return await sharing.share_out(tx, tenant)

    for _ in range(2):
        assert await shared() == 1
        shown = await gtr.ok("GET", path)
        assert shown["escalated_at"] is None
        holder = ana if shown["asesor_nombre"] == "ana" else luz
        await holder.ok("POST", f"{path}/give-back", json={"why": "No contesta"})
    assert await shared() == 0

    assert [one["escalated"] for one in await messages(postgres, tenant)][-1] is True
    [marked] = (await gtr.ok("GET", "/api/clientes?mark=escalated"))["items"]
    assert (marked["id"], marked["returns"]) == (cliente, 2)
    assert marked["escalated_at"] == marked["state_since"]
    assert (await gtr.ok("GET", "/api/desk/counts"))["escalated"] == 1
    named = {"afterReturns": 2, "asesorId": str(gtr.user)}
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "escalation": named})
    assert await shared() == 1
    assert (await gtr.ok("GET", path))["asesor_nombre"] == "greta"
    assert (await gtr.history(cliente))[-1]["why"] == "escalated"
    await gtr.ok("POST", f"{path}/give-back", json={"why": "Nadie puede"})
    assert await shared() == 0
    await gtr.ok("POST", f"{path}/reopen", json={})
    marks: list[bool] = []
    for _ in range(2):
        await gtr.derive(cliente, luz)
        await luz.ok("POST", f"{path}/give-back", json={"why": "No contesta"})
        marks.append((await gtr.ok("GET", path))["escalated_at"] is not None)
    # What came back before it began again is another case.
    assert marks == [False, True]


ASSIGN, TOUCH, WARNING = 650, 1250, 200
GOALS = SetDeskSettings(
    limit_seconds=86_400,
    warning_seconds=0,
    hours=[],
    wizard=[],
    outcomes=[],
    goals=Goals(assign_seconds=ASSIGN, touch_seconds=TOUCH, warning_seconds=WARNING),
    escalation=Escalation(),
)
STEPS = (
    *("100", "300", "700", "1300", "look", "give", "take", "new", "work", "complete"),
    *("give back", "reopen"),
)


@dataclass
class Case:
    """What is expected, worked out from the wishes alone."""

    status: str = "nuevo"
    now: int = 0
    came: int = 0
    told: int = 0
    touched: bool = False
    late: set[str] = field(default_factory=set[str])

    def runs(self) -> list[tuple[str, int]]:
        found = [("assign", ASSIGN)] if self.status == "nuevo" else []
        if not self.touched and self.status != "terminado":
            found.append(("touch", TOUCH))
        return found

    def look(self) -> str | None:
        passed: list[str] = []
        for goal, seconds in self.runs():
            for step, at in (("late", seconds), ("warning", seconds - WARNING)):
                if self.told < self.came + at <= self.now:
                    passed.append(f"{goal}_{step}")
            if self.came + seconds <= self.now:
                self.late.add(goal)
        if passed:
            self.told = self.now
        return min(passed, key=["assign_late", "touch_late", *_WARNINGS].index, default=None)

    def move(self, to: str, *, reopened: bool = False) -> None:
        if reopened:
            self.came = self.told = self.now
            self.touched, self.late = False, set()
        elif "nuevo" in (self.status, to) and self.came + ASSIGN <= self.now:
            self.late.add("assign")
        if to == "en_gestion" and not self.touched:
            if self.came + TOUCH <= self.now:
                self.late.add("touch")
            self.touched = True
        self.status = to


_WARNINGS = ["assign_warning", "touch_warning"]


async def test_whatever_happens_each_is_told_once(database: str, postgres: Postgres):
    """
    In any order of moves, passing time and looking, by two workers at once: what is told and what
    is late is what the goals say.
    """
    loop = asyncio.get_running_loop()

    @settings(
        max_examples=40,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    # Taken back from somebody after both times have passed, and told of.
    @example(["give", "700", "700", "look", "new", "look", "reopen", "give"])
    @example(["give", "1300", "look", "new", "look"])
    @given(st.lists(st.sampled_from(STEPS), min_size=4, max_size=25))
    def holds(steps: list[str]) -> None:
        asyncio.run_coroutine_threadsafe(_play(database, postgres, steps), loop).result()

    await asyncio.to_thread(holds)


async def _play(database: str, postgres: Postgres, steps: list[str]) -> None:
    desk, case = Desk(database, postgres), Case()
    await desk.furnish(0)
    async with postgres.transaction() as tx:
        await desk_settings.change(tx, desk.tenant, GOALS)
        made = await clientes.enter(tx, desk.people["greta"], EnterCliente(nombre="C"), now=NOW)
        desk.clientes.append(made.id)
    for step in steps:
        if step.isdigit():
            await later(postgres, int(step))
            case.now += int(step)
        elif step == "look":
            looked = await asyncio.gather(_look(postgres), _look(postgres))
            assert sorted(one for found in looked for one in found) == sorted(
                filter(None, [case.look()])
            )
        else:
            await _move(desk, case, step)
        async with postgres.transaction() as tx:
            row = await tx.connection.fetchrow(LATE, desk.tenant)
        assert row is not None
        assert {name for name in ("assign", "touch") if row[f"{name}_late"]} == case.late
    async with postgres.transaction() as tx:
        await tx.execute("update cliente_goals set next_at = null")


async def _look(postgres: Postgres) -> list[str]:
    async with postgres.transaction() as tx:
        _, told = await queries.pass_by(tx, 100)
    return [reason for reason, _ in told]


async def _move(desk: Desk, case: Case, step: str) -> None:
    match step:
        case "new":
            went = await _renewed(desk)
        case "work":
            # Chance alone would seldom come so far.
            for deed in ("give", "lock"):
                await _move(desk, case, deed)
            went = await _does(desk, "open") and case.status == "derivado"
        case _:
            went = await _does(desk, step)
    if went and step in TO:
        # What is done, or came back, begins again where a supervisor makes it new; and where they
        # give away what is done.
        anew = step in ("reopen", "new") and case.status in ("no_gestionado", "terminado")
        case.move(TO[step], reopened=anew or (step == "give" and case.status == "terminado"))


async def _does(desk: Desk, what: str) -> bool:
    own = what in ("lock", "open", "complete", "give back")
    deed = Deed(what, "ana" if own else "greta", brk=what != "reopen")
    [done] = await desk.all_at_once([deed])
    return done.refusal is None


async def _renewed(desk: Desk) -> bool:
    try:
        async with desk.house.transaction() as tx:
            asked = SetEstatus(estatus="nuevo", break_lock=True)
            await clientes.set_estatus(tx, desk.people["greta"], desk.clientes[0], asked)
    except PistaError:
        return False
    return True


TO = {
    "give": "derivado",
    "take": "no_gestionado",
    "new": "nuevo",
    "work": "en_gestion",
    "complete": "terminado",
    "give back": "no_gestionado",
    "reopen": "nuevo",
}
LATE: LiteralString = "select assign_late, touch_late from cliente_goals where tenant_id = $1"
