"""What is counted of the queues is true, whoever is killed; what stands still is not begun."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from pista import accounts, queue
from pista.queue import OTHER, KindNow, Tally, rules, shift
from pista.queue import counting_queries as counting
from pista.queue.desk import LIMITS
from pista.store import lease
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.queue.conftest import Company, numbered
from tests.queue.working import Note, now, runner_process, working

pytestmark = pytest.mark.usefixtures("quick")


async def others(postgres: Postgres, company: Company) -> KindNow:
    """The queue that the work of these tests is in."""
    async with postgres.transaction() as tx:
        queues = await queue.queues_now(tx, company.tenant)
    return next(one.total for one in queues if one.name == OTHER)


def told(found: KindNow) -> tuple[int, ...]:
    return (found.waiting, found.active, found.delayed, found.completed, found.failed, found.dead)


async def test_every_end_is_counted_once(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    Before it is added up and after; a row for each time something was taken, and none for a job.
    """
    monkeypatch.setattr("pista.queue.attempt.MOST_ATTEMPTS", 3)
    await company.enqueue(*numbered(60), Note(text="x", how="fail"), Note(text="y", how="never"))
    await company.enqueue(*numbered(5), key="ana")
    async with working(database):
        await until(company.is_idle)

    fresh = await others(postgres, company)
    async with postgres.transaction() as tx:
        ticks = await tx.value("select count(*) from queue_ticks")
    await Tally(postgres).work()
    added_up = await others(postgres, company)

    assert told(fresh) == told(added_up) == (0, 0, 0, 65, 2, 2)
    assert added_up.retried == 2
    assert ticks < 40
    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from queue_ticks") == 0


async def test_counts_are_true_over_kills(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    Processes are killed -9 in the middle of their work, and what they took away is done by others.
    """
    monkeypatch.setattr(lease, "FROZEN_SECONDS", 1.0)
    await company.enqueue(*numbered(300, seconds=0.005))
    for part in (60, 160):
        with runner_process(database) as child:
            await until(partial(_done, company, part))
            child.kill()
        await Tally(postgres).work()
    async with working(database):
        await until(company.is_idle)

    counted = await others(postgres, company)

    assert sorted(await company.notes()) == [f"{n:03}" for n in range(300)]
    assert counted.completed == 300
    assert counted.retried > 0


async def _done(company: Company, many: int) -> bool:
    return len(await company.notes()) >= many


async def test_what_is_cut_short_is_not_counted(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    A stopped runner gives back what it did not end.
    """
    monkeypatch.setattr(shift, "STOP_SECONDS", 0.1)
    async with working(database):
        await company.enqueue(Note(text="long", seconds=30))
        await until(lambda: _is_active(postgres, company))

    assert told(await others(postgres, company)) == (1, 0, 0, 0, 0, 0)


async def _is_active(postgres: Postgres, company: Company) -> bool:
    return (await others(postgres, company)).active == 1


async def test_minutes_become_hours(postgres: Postgres, company: Company):
    """
    After a day, and nothing is lost; the last hour is told minute by minute.
    """
    start = datetime(2026, 3, 14, 12, 59, tzinfo=UTC)
    async with postgres.transaction() as tx:
        for minutes in range(3):
            await tx.execute(
                """
                insert into queue_ticks (tenant_id, kind, at, begun, failed)
                values ($1, 'test.note', $2, 10, 1)
                """,
                company.tenant,
                start + timedelta(minutes=minutes),
            )
    tally = Tally(postgres, lambda: start + timedelta(minutes=3))
    await tally.work()
    async with postgres.transaction() as tx:
        points = (await queue.history(tx, company.tenant, start))[OTHER]
    later = Tally(postgres, lambda: start + timedelta(days=2))
    await later.work()

    assert [(at, one.done, one.failed) for at, one in points.items()] == [
        (start + timedelta(minutes=n), 9, 1) for n in range(3)
    ]
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select slot, begun from queue_counts order by slot")
    assert [tuple(row) for row in rows] == [
        (start.replace(hour=12, minute=0), 10),
        (start.replace(hour=13, minute=0), 20),
    ]
    assert (await others(postgres, company)).completed == 27


async def test_what_waits_is_sampled(postgres: Postgres, company: Company):
    """
    The most of each minute.
    """
    minute = now().replace(second=0, microsecond=0)
    tally = Tally(postgres, lambda: minute)
    await company.enqueue(*numbered(7))
    await tally.work()
    async with postgres.transaction() as tx:
        await tx.execute("delete from jobs")
    await tally.work()

    async with postgres.transaction() as tx:
        [point] = (await queue.history(tx, company.tenant, minute))[OTHER].values()
    assert (point.waiting, point.done, point.failed) == (7, 0, 0)


async def test_two_add_up_beside_each_other(postgres: Postgres, company: Company):
    """
    Nothing twice.
    """
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into queue_ticks (tenant_id, kind, at, begun)
            select $1, 'test.note', now(), 1 from generate_series(1, 20000)
            """,
            company.tenant,
        )

    await asyncio.gather(*(Tally(postgres).work() for _ in range(4)))

    async with postgres.transaction() as tx:
        [found] = await counting.counted(tx, company.tenant)
    assert found.many == 20_000


async def test_a_paused_queue_stands_still_for_its_company(
    database: str, postgres: Postgres, company: Company
):
    """
    At once and for all runners, and no other company hears of it; then all of it is done.
    """
    async with postgres.transaction() as tx:
        other = (await accounts.create_tenant(tx, "sol", now=now())).id
        assert await queue.pause(tx, company.tenant, OTHER, "Ana", now=now())
        assert not await queue.pause(tx, company.tenant, OTHER, "Eva", now=now())
    async with working(database), working(database):
        await company.enqueue(*numbered(20))
        async with postgres.transaction() as tx:
            await queue.enqueue(tx, other, Note(text="theirs"), now=now())
        await until(lambda: company.has("theirs"))
        await asyncio.sleep(0.2)
        assert (await others(postgres, company)).waiting == 20
        async with postgres.transaction() as tx:
            [standing] = await queue.standing(tx, company.tenant)
            assert await queue.standing(tx, other) == []
            assert await queue.resume(tx, company.tenant, OTHER)
        await until(company.is_idle)

    assert standing.paused_by == "Ana"
    assert not standing.everywhere
    assert len(await company.notes()) == 21


async def test_what_was_passed_by_is_begun_at_once(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    A runner that has gone far beyond what stood still is told to look back.
    """
    monkeypatch.setattr("pista.queue.desk.OVERLAP_TURNS", 0)
    monkeypatch.setattr(shift, "LOOK_BACK_SECONDS", 60.0)
    async with postgres.transaction() as tx:
        await queue.pause(tx, company.tenant, OTHER, None, now=now())
        other = (await accounts.create_tenant(tx, "sol", now=now())).id
    await company.enqueue(*numbered(3))
    async with working(database):
        for n in range(3):
            async with postgres.transaction() as tx:
                await queue.enqueue(tx, other, Note(text=f"theirs {n}"), now=now())
        await until(lambda: _done(company, 3))
        await asyncio.sleep(0.2)
        async with postgres.transaction() as tx:
            await queue.resume(tx, company.tenant, OTHER)
        await until(company.is_idle, 30)

    assert len(await company.notes()) == 6


async def test_a_halted_queue_stands_still_for_everybody(
    database: str, postgres: Postgres, company: Company
):
    """
    Over whatever a company says.
    """
    async with postgres.transaction() as tx:
        assert await queue.halt(tx, OTHER, now=now())
    async with working(database):
        await company.enqueue(*numbered(3))
        await asyncio.sleep(0.2)
        async with postgres.transaction() as tx:
            await queue.resume(tx, company.tenant, OTHER)
        await asyncio.sleep(0.2)
        assert await company.notes() == []
        async with postgres.transaction() as tx:
            [standing] = await queue.standing(tx, company.tenant)
            assert await queue.unhalt(tx, OTHER)
        await until(company.is_idle, 30)

    assert standing.everywhere


async def test_a_suspect_stands_still_too(database: str, postgres: Postgres, company: Company):
    """
    What a process ended with is not begun either, and does not hold up others for ever.
    """
    await company.enqueue(Note(text="suspect"))
    async with postgres.transaction() as tx:
        await tx.execute("update jobs set crashes = 1")
        await queue.pause(tx, company.tenant, OTHER, None, now=now())
        other = (await accounts.create_tenant(tx, "sol", now=now())).id
        await queue.enqueue(tx, other, Note(text="theirs"), now=now())
    async with working(database):
        await until(lambda: company.has("theirs"))
        async with postgres.transaction() as tx:
            await queue.resume(tx, company.tenant, OTHER)
        await until(company.is_idle)


async def test_clearing_leaves_what_is_under_way_and_what_is_anothers(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    What waits, is tried again later or is scheduled is forgotten; dead letters stay.
    """
    async with postgres.transaction() as tx:
        other = (await accounts.create_tenant(tx, "sol", now=now())).id
        await queue.enqueue(tx, other, Note(text="theirs"), now=now())
    await company.enqueue(Note(text="never", how="never"), Note(text="fails", how="fail"))
    await company.enqueue(Note(text="long", seconds=1.0), key="ana")
    monkeypatch.setattr(rules, "FIRST_WAIT_SECONDS", 30.0)
    monkeypatch.setattr(rules, "LONGEST_WAIT_SECONDS", 30.0)
    async with working(database, limits={**LIMITS, OTHER: 4}):
        await until(lambda: _is_active(postgres, company))
        await until(lambda: _has_dead(company))
        await company.enqueue(*numbered(3), key="ana")
        await company.enqueue(*numbered(2), at=now() + timedelta(hours=1))
        cleared = await _clear(postgres, company)
        await until(company.is_idle)

    assert cleared == 6
    assert sorted(await company.notes()) == ["long", "theirs"]
    assert len(await company.dead()) == 1


async def _has_dead(company: Company) -> bool:
    return len(await company.dead()) == 1


async def _clear(postgres: Postgres, company: Company) -> int:
    removed = 0
    while True:
        async with postgres.of(company.tenant).transaction() as tx:
            part = await queue.clear_some(tx, company.tenant, OTHER)
        if not part:
            return removed
        removed += part.total()


async def test_what_waited_behind_what_is_cleared_goes_on(
    database: str, postgres: Postgres, company: Company
):
    """
    The next job of a key may be of another queue.
    """
    await company.enqueue(Note(text="webhook"), Note(text="other"), key="ana")
    async with postgres.transaction() as tx:
        await tx.execute("update jobs set queue = 'webhook' where state = 'ready'")
        removed = await queue.clear_some(tx, company.tenant, queue.WEBHOOK)

    async with working(database):
        await until(company.is_idle)

    assert removed.total() == 1
    assert await company.notes() == ["other"]
