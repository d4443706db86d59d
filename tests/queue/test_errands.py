"""Errands: what talks to another service, and what is known of it whoever is killed meanwhile."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pista import queue
from pista.queue import errands, shift
from pista.queue.desk import LIMITS
from pista.queue.model import Job, JobId, Trip
from pista.queue.queues import OTHER
from pista.queue.rules import Patience, wait_after
from pista.store import lease
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.killing import CUT_CONNECTIONS
from tests.queue.conftest import Company, numbered
from tests.queue.working import PATIENCE, Call, Note, hear, now, runner_process, working

pytestmark = pytest.mark.usefixtures("quick")


class Service:
    """The other service: a file in which every call leaves a line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def call(self, text: str, how: str = "well", seconds: float = 0.0) -> Call:
        return Call(text=text, file=str(self.path), how=how, seconds=seconds)

    def calls(self) -> list[str]:
        return [line.split()[0] for line in self.path.read_text().splitlines()]

    def ids(self) -> set[str]:
        return {line.split()[1] for line in self.path.read_text().splitlines()}

    def was_called(self, times: int = 1) -> Callable[[], Awaitable[bool]]:
        async def asked() -> bool:
            return len(self.calls()) >= times

        return asked


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path / "service")


async def test_what_came_of_an_errand_is_noted(database: str, company: Company, service: Service):
    """
    In the transaction that ends the job.
    """
    await company.enqueue(service.call("one"), service.call("two"))

    async with working(database):
        await until(company.is_idle)

    assert sorted(await company.notes()) == ["one: well", "two: well"]
    assert sorted(service.calls()) == ["one", "two"]


async def test_a_busy_service_is_asked_again_as_often_as_its_kind_is(
    database: str, company: Company, service: Service
):
    """
    Under one id; what each attempt noted stays, and the last one knows that it is the last.
    """
    await company.enqueue(service.call("one", "busy"), service.call("two"), key="ana")

    async with working(database):
        await until(company.is_idle)

    assert await company.notes() == ["one: busy", "one: busy", "one: last", "two: well"]
    assert len(service.ids()) == 2
    [dead] = await company.dead()
    assert (dead.attempts, dead.error) == (3, "It is busy.")


async def test_waiting_for_a_time_uses_up_no_attempt(
    database: str, company: Company, service: Service
):
    """
    Neither an errand's nor a handler's; the next of its key waits, too.
    """
    await company.enqueue(service.call("one", "closed"), Note(text="next"), key="ana")
    await company.enqueue(Note(text="early", how="later"))

    async with working(database):
        await until(service.was_called(PATIENCE.most + 3))

    assert await company.dead() == []
    assert "next" not in await company.notes()
    assert set(await company.notes()) == {"one: closed"}


async def test_never_again_is_dead_at_once(database: str, company: Company, service: Service):
    """
    With its reason; and the next one of its key goes on.
    """
    await company.enqueue(service.call("one", "never"), service.call("two"), key="ana")

    async with working(database):
        await until(company.is_idle)

    assert [(one.attempts, one.error) for one in await company.dead()] == [(1, "It said no.")]
    assert await company.notes() == ["two: well"]


async def test_after_a_mistake_nobody_knows_how_it_ended(
    database: str, company: Company, service: Service
):
    """
    Neither while it was done nor while it was noted: the next attempt is told.
    """
    await company.enqueue(service.call("one", "break"), service.call("two", "wrong"))

    async with working(database):
        await until(company.is_idle)

    assert sorted(await company.notes()) == ["one: lost", "two: lost"]
    assert sorted(service.calls()) == ["one", "two"]


async def test_an_endless_errand_is_cut_short(
    database: str, company: Company, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """
    It is not done twice.
    """
    monkeypatch.setattr("pista.queue.attempt.HANDLER_SECONDS", 0.3)
    await company.enqueue(service.call("one", seconds=60))

    async with working(database):
        await until(company.is_idle)

    assert await company.notes() == ["one: lost"]
    assert service.calls() == ["one"]


async def test_a_killed_process_leaves_a_lost_errand(
    database: str, company: Company, service: Service
):
    """
    kill -9 between doing and noting: the next attempt knows, and the order of the key is kept.
    """
    with runner_process(database) as first:
        await company.enqueue(service.call("one", seconds=30), service.call("two"), key="ana")
        await until(service.was_called())
        first.send_signal(signal.SIGKILL)
        first.wait()

        async with working(database):
            await until(company.is_idle)

    assert await company.notes() == ["one: lost", "two: well"]
    assert service.calls() == ["one", "two"]


async def test_a_frozen_process_notes_nothing_when_it_wakes_up(
    database: str, company: Company, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """
    Its errand is another's by then, who noted that it was lost.
    """
    monkeypatch.setattr(lease, "FROZEN_SECONDS", 0.5)
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.1)
    with runner_process(database) as first:
        await company.enqueue(service.call("one", seconds=0.5))
        await until(service.was_called())
        first.send_signal(signal.SIGSTOP)
        async with working(database):
            await until(company.is_idle)
            first.send_signal(signal.SIGCONT)
            await asyncio.sleep(1)

    assert await company.notes() == ["one: lost"]
    assert service.calls() == ["one"]


async def test_two_runners_keep_the_order_of_a_key(
    database: str, company: Company, service: Service
):
    """
    Though each errand takes a while; those of other keys are done beside it.
    """
    for n in range(5):
        await company.enqueue(service.call(f"a{n}", seconds=0.05), key="ana")
        await company.enqueue(service.call(f"b{n}", seconds=0.05), key="bea")

    async with working(database), working(database):
        await until(company.is_idle)

    calls = service.calls()
    assert [one for one in calls if one[0] == "a"] == [f"a{n}" for n in range(5)]
    assert [one for one in calls if one[0] == "b"] == [f"b{n}" for n in range(5)]
    assert calls != sorted(calls)


async def test_slow_services_hold_up_nothing_else(
    database: str, company: Company, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """
    As many errands as there may be are out, and work that needs no service goes on.
    """
    monkeypatch.setattr(shift, "ERRAND_STOP_SECONDS", 0.1)
    monkeypatch.setattr(shift, "STOP_SECONDS", 0.1)
    await company.enqueue(*(service.call(f"{n}", seconds=30) for n in range(60)))
    await company.enqueue(*numbered(20))

    async with working(database, limits={**LIMITS, OTHER: 3}):
        await until(service.was_called(3))
        await until(lambda: _has_all(company, 20))
        assert len(service.calls()) == 3


async def _has_all(company: Company, count: int) -> bool:
    return len(await company.notes()) == count


async def test_a_stopped_runner_waits_for_errands(
    database: str, company: Company, service: Service, monkeypatch: pytest.MonkeyPatch
):
    """
    Longer than for what can be done again.
    """
    monkeypatch.setattr(shift, "STOP_SECONDS", 0.05)
    await company.enqueue(service.call("one", seconds=0.6))

    async with working(database):
        await until(service.was_called())

    assert await company.notes() == ["one: well"]


async def test_an_answer_outlives_postgres_going_away(
    database: str, postgres: Postgres, company: Company, service: Service
):
    """
    The connections of the pool are cut while it is out: it is noted all the same, and not repeated.
    """
    await company.enqueue(service.call("one", seconds=0.5))
    async with working(database):
        await until(service.was_called())
        async with postgres.transaction() as tx:
            await tx.execute(
                CUT_CONNECTIONS
                + """
                and not exists (
                    select from pg_locks l where l.pid = a.pid and l.locktype = 'advisory'
                )
                """
            )
        await until(company.is_idle)

    assert await company.notes() == ["one: well"]


async def test_what_is_hastened_waits_no_longer(
    database: str, postgres: Postgres, company: Company, service: Service
):
    """
    By its key, and of its own tenant.
    """
    async with postgres.transaction() as tx:
        await queue.enqueue(tx, company.tenant, service.call("one"), now=now(), key="ana")
        await tx.execute(
            """
            update jobs set state = 'waiting', waiting_since = now(),
                due_at = now() + interval '1 hour'
            """
        )
    async with working(database):
        await asyncio.sleep(0.3)
        assert service.calls() == []
        async with postgres.transaction() as tx:
            assert await queue.hasten(tx, company.tenant, ["bea"], now=now()) == 0
            assert await queue.hasten(tx, company.tenant, ["ana"], now=now()) == 1
        await until(company.is_idle)

    assert service.calls() == ["one"]


async def test_a_job_that_was_taken_away_does_not_set_out(postgres: Postgres, company: Company):
    """
    Whoever has it now decides.
    """

    async def unused(*_: object) -> None:
        raise AssertionError

    job = Job(
        id=JobId(1),
        tenant_id=company.tenant,
        kind="test.call",
        payload={},
        order_key=None,
        turn=1,
        runner=1,
        attempts=1,
        crashes=0,
        enqueued_at=now(),
    )
    errand = queue.Errand(unused, unused, hear)

    with pytest.raises(errands.TakenAway):
        await errands.run(postgres, Trip(job, False, False), errand, None, unused, now())  # pyright: ignore[reportArgumentType] - never called


@pytest.mark.parametrize(
    ("attempt", "chance", "seconds"),
    [(1, 0.5, 2), (2, 0.5, 4), (3, 0.5, 8), (1, 0.0, 1.5), (1, 1.0, 2.5), (60, 0.5, 3600)],
)
def test_a_kind_may_have_a_patience_of_its_own(attempt: int, chance: float, seconds: float):
    patience = Patience(most=3, first_seconds=2.0)

    assert wait_after(attempt, chance, patience) == timedelta(seconds=seconds)
