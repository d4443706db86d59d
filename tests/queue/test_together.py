"""Jobs that come in floods: many in one transaction, and each on its own where one is bad."""

import asyncio
from typing import Any

import msgspec
import pytest

from pista import queue
from pista.queue import rules
from pista.queue.rules import CRASHED
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.queue.conftest import Company
from tests.queue.working import BROKEN, Drop, Slip, now, runner_process, working

HOW = {"b0": "left", "c1": "left", "d1": "never"}

pytestmark = pytest.mark.usefixtures("quick")


async def flood(postgres: Postgres, company: Company, count: int, *more: msgspec.Struct) -> None:
    works: list[Any] = [Drop(text=f"{n:03}") for n in range(count)]
    async with postgres.transaction() as tx:
        every = [(company.tenant, work) for work in (*works, *more)]
        await queue.enqueue_many(tx, every, now=now())


def texts(count: int) -> list[str]:
    return [f"{n:03}" for n in range(count)]


async def test_a_flood_is_done_in_groups(database: str, postgres: Postgres, company: Company):
    """
    Two runners, each job once, and far fewer transactions than jobs.
    """
    await flood(postgres, company, 400)

    async with working(database), working(database):
        await until(company.is_idle)

    assert sorted(await company.notes()) == texts(400)
    async with postgres.transaction() as tx:
        transactions = await tx.value("select count(distinct xmin::text) from test_notes")
    assert transactions <= 40


async def test_a_bad_one_is_alone_to_blame(database: str, postgres: Postgres, company: Company):
    """
    What fails together is done one by one: the others are done, once, and it is a dead letter.
    """
    await flood(postgres, company, 30, Drop(text="bad", how="fail"))

    async with working(database):
        await until(company.is_idle)

    assert sorted(await company.notes()) == texts(30)
    [dead] = await company.dead()
    assert dead.error == f"ValueError: {BROKEN}"


async def test_one_that_ends_processes_takes_nobody_along(
    database: str, postgres: Postgres, company: Company
):
    """
    The group that it was in is done one by one from then on, and it is buried.
    """
    await flood(postgres, company, 10, Drop(text="poison", how="exit"))

    for _ in range(rules.MOST_CRASHES):
        with runner_process(database) as child:
            await asyncio.to_thread(child.wait, 20)
    async with working(database):
        await until(company.is_idle)

    assert [one.error for one in await company.dead()] == [CRASHED]
    assert sorted(await company.notes()) == texts(10)


async def test_what_a_group_leaves_is_done_alone_in_its_place(database: str, company: Company):
    """
    Jobs of a key are done in their order, whether in a group or alone; one that fails holds up
    neither those of its group nor, once it is dead, those behind it.
    """
    for n in range(3):
        for key in "abcd":
            await company.enqueue(Slip(text=f"{key}{n}", how=HOW.get(f"{key}{n}", "well")), key=key)

    async with working(database), working(database):
        await until(company.is_idle)

    notes = await company.notes()
    assert [[one for one in notes if one.startswith(key)] for key in "abcd"] == [
        ["a0", "a1", "a2"],
        ["b0 alone", "b1", "b2"],
        ["c0", "c1 alone", "c2"],
        ["d0", "d2"],
    ]
    assert [dead.payload["text"] for dead in await company.dead()] == ["d1"]
