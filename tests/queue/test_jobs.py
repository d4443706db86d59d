"""Jobs: committed with their cause, done once, in order, and never lost."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from pista import accounts, queue
from pista.queue import Job, queries, rules, shift
from pista.queue.queues import Lane
from pista.queue.rules import CRASHED, MOST_ATTEMPTS
from pista.store import lease
from pista.store.postgres import Postgres, Tx
from tests.events.writing import until
from tests.killing import CUT_CONNECTIONS
from tests.queue.conftest import Company, numbered
from tests.queue.working import BROKEN, HANDLERS, Note, now, runner_process, working

pytestmark = pytest.mark.usefixtures("quick")


async def test_a_job_is_done_once_its_cause_is_committed(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    At once, without waiting for a look at the clock; and not at all if it is rolled back.
    """
    monkeypatch.setattr(shift, "POLL_SECONDS", 3600.0)
    async with working(database):
        await company.enqueue(Note(text="first"))
        await until(lambda: company.has("first"))
        with suppress(RuntimeError):
            async with postgres.transaction() as tx:
                await queue.enqueue(tx, company.tenant, Note(text="undone"), now=now())
                raise RuntimeError

        await company.enqueue(Note(text="second"))
        await until(lambda: company.has("first", "second"))
    assert await company.left() == 0


async def test_the_same_is_enqueued_once(database: str, company: Company):
    """
    While it waits, and after it is done; another kind or tenant has keys of its own.
    """
    await company.enqueue(*numbered(3), dedup="one")
    async with working(database):
        await until(company.is_idle)
        await company.enqueue(Note(text="again"), dedup="one")
        await company.enqueue(Note(text="other"), dedup="two")

        await until(lambda: company.has("000", "other"))


async def test_a_key_is_worked_off_in_order_by_two_runners(database: str, company: Company):
    """
    One after the other, though the first takes longest, and others overtake them.
    """
    await company.enqueue(Note(text="a", seconds=0.3), key="ana")
    await company.enqueue(Note(text="b"), Note(text="c"), Note(text="d"), key="ana")

    async with working(database), working(database):
        await company.enqueue(Note(text="other"), key="juan")
        await until(company.is_idle)

    notes = await company.notes()
    assert [note for note in notes if note != "other"] == ["a", "b", "c", "d"]
    assert notes.index("other") < notes.index("b")


async def test_a_failing_job_holds_up_its_key_until_it_is_dead(database: str, company: Company):
    """
    Then the next ones go on, and a person reads why.
    """
    await company.enqueue(Note(text="poison", how="fail"), key="ana")
    await company.enqueue(Note(text="next"), key="ana")

    async with working(database):
        await until(lambda: company.has("next"))

    assert await company.begun() == MOST_ATTEMPTS + 1
    [dead] = await company.dead()
    assert (dead.attempts, dead.error) == (MOST_ATTEMPTS, f"ValueError: {BROKEN}")
    assert dead.payload["text"] == "poison"


async def test_what_can_never_be_done_is_dead_at_once(database: str, company: Company):
    """
    And what it had written is rolled back.
    """
    await company.enqueue(Note(text="gone", how="never"), Note(text="fine"))

    async with working(database):
        await until(lambda: company.has("fine"))
        await until(company.is_idle)

    [dead] = await company.dead()
    assert (dead.attempts, dead.error) == (1, "The thing is no more.")


async def test_a_payload_of_another_time_is_dead_at_once(
    database: str, postgres: Postgres, company: Company
):
    """
    What this version cannot read is kept for a person.
    """
    await company.enqueue(Note(text="old"))
    async with postgres.transaction() as tx:
        await tx.execute("""update jobs set payload = '{"type": "test.note"}'""")

    async with working(database):
        await until(company.is_idle)

    assert [one.error for one in await company.dead()] == ["What is to be done cannot be read."]


async def test_a_dead_letter_is_replayed_or_dropped(
    database: str, postgres: Postgres, company: Company
):
    """
    By its own tenant; replayed, it begins anew.
    """
    await company.enqueue(Note(text="a", how="never"), Note(text="b", how="never"), key="ana")
    async with working(database):
        await until(company.is_idle)
        second, first = await company.dead()
        async with postgres.transaction() as tx:
            stranger = (await accounts.create_tenant(tx, "rivales", now=now())).id
            assert not await queue.replay_job(tx, stranger, first.id)
            assert not await queue.drop_job(tx, stranger, first.id)
            assert await queue.drop_job(tx, company.tenant, second.id)
            await tx.execute("""update jobs set payload = payload || '{"how": "well"}'""")
            assert await queue.replay_job(tx, company.tenant, first.id)

        await until(lambda: company.has("a"))

    assert await company.dead() == []


async def test_many_runners_do_each_job_once(database: str, company: Company):
    """
    Four over connections of their own, and the order of each of three keys is kept.
    """
    for n in range(60):
        await company.enqueue(Note(text=f"{n % 3}:{n:02}"), key=f"{n % 3}")

    async with working(database), working(database), working(database), working(database):
        await until(company.is_idle)

    notes = await company.notes()
    assert len(notes) == 60
    assert [sorted(part) for part in _by_key(notes)] == _by_key(notes)


def _by_key(notes: list[str]) -> list[list[str]]:
    return [[note for note in notes if note.startswith(key)] for key in "012"]


async def test_a_killed_process_loses_no_job(database: str, company: Company):
    """
    Whoever is killed -9 with jobs in hand leaves them to another in the same moment, and what
    they had written is rolled back.
    """
    with runner_process(database) as first:
        await company.enqueue(*numbered(4, seconds=0.5))
        await until(lambda: _is(company.begun, 4))
        first.send_signal(signal.SIGKILL)
        first.wait()

        async with working(database):
            await until(company.is_idle)

    assert sorted(await company.notes()) == ["000", "001", "002", "003"]
    assert await company.by() == {os.getpid()}


async def test_a_frozen_process_loses_its_jobs_and_commits_nothing(
    database: str, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    Its connection is ended; when it wakes up, its jobs are another's, and are done once.
    """
    monkeypatch.setattr(lease, "FROZEN_SECONDS", 0.5)
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.1)
    with runner_process(database) as first:
        await company.enqueue(Note(text="one", seconds=0.5))
        await until(lambda: _is(company.begun, 1))
        first.send_signal(signal.SIGSTOP)
        async with working(database):
            await until(company.is_idle)
            first.send_signal(signal.SIGCONT)
            await company.enqueue(Note(text="two"))
            await until(company.is_idle)
            await asyncio.sleep(0.5)

    assert await company.notes() == ["one", "two"]


async def test_a_job_that_ends_processes_is_buried_and_takes_nobody_along(
    database: str, company: Company
):
    """
    Five processes die of it; the others' jobs are done, each once.
    """
    await company.enqueue(Note(text="poison", how="exit"), *numbered(6, seconds=0.05))

    for _ in range(rules.MOST_CRASHES):
        with runner_process(database) as child:
            await asyncio.to_thread(child.wait, 20)
    async with working(database):
        await until(company.is_idle)

    assert [one.error for one in await company.dead()] == [CRASHED]
    assert sorted(await company.notes()) == [f"{n:03}" for n in range(6)]


async def test_a_clock_that_was_set_back_delays_nothing(
    database: str, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    What waits since a moment that is still to come is tried at once; what is new needs no clock.
    """
    monkeypatch.setattr(rules, "FIRST_WAIT_SECONDS", 1000.0)
    monkeypatch.setattr(rules, "LONGEST_WAIT_SECONDS", 1000.0)
    time = now()
    async with working(database, lambda: time):
        await company.enqueue(Note(text="fails", how="fail"))
        await until(lambda: _is(company.begun, 1))
        await asyncio.sleep(0.2)
        assert await company.begun() == 1

        time -= timedelta(hours=2)
        await until(lambda: _is(company.begun, 2))
        await company.enqueue(Note(text="new"))
        await until(lambda: company.has("new"))


async def test_a_stopped_runner_ends_what_it_can_and_gives_back_the_rest(
    database: str, postgres: Postgres, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    Without counting an attempt or a crash.
    """
    monkeypatch.setattr(shift, "STOP_SECONDS", 0.4)
    async with working(database):
        await company.enqueue(Note(text="short", seconds=0.2), Note(text="long", seconds=30))
        await until(lambda: _is(company.begun, 2))

    assert await company.notes() == ["short"]
    async with postgres.transaction() as tx:
        row = await tx.connection.fetchrow("select state, attempts, crashes from jobs")
    assert row is not None
    assert tuple(row) == ("ready", 0, 0)


async def test_an_overdue_job_is_cut_short(
    database: str, company: Company, monkeypatch: pytest.MonkeyPatch
):
    """
    A handler that never ends is a failed attempt, with its reason.
    """
    monkeypatch.setattr("pista.queue.attempt.HANDLER_SECONDS", 0.05)
    monkeypatch.setattr("pista.queue.attempt.MOST_ATTEMPTS", 2)
    await company.enqueue(Note(text="endless", seconds=60))

    async with working(database):
        await until(company.is_idle)

    [dead] = await company.dead()
    assert dead.error.startswith("It was not done within")
    assert await company.notes() == []


async def test_unknown_kinds_wait_for_whoever_knows_them(database: str, company: Company):
    """
    A worker of the last release leaves the new one's jobs alone.
    """

    class New(msgspec.Struct, tag="test.new"):
        text: str

    await company.enqueue(New(text="?"), Note(text="known"))
    async with working(database):
        await until(lambda: company.has("known"))

    assert await company.left() == 1


async def test_lost_connections_lose_no_job(database: str, postgres: Postgres, company: Company):
    """
    PostgreSQL ends all of the runner's connections: it comes back, and does what it had in hand.
    """
    async with working(database):
        await company.enqueue(Note(text="one", seconds=0.3))
        await until(lambda: _is(company.begun, 1))
        async with postgres.transaction() as tx:
            await tx.execute(CUT_CONNECTIONS)
        await until(company.is_idle)

    assert await company.notes() == ["one"]


async def test_a_database_that_crashes_buries_no_job(
    database: str, postgres: Postgres, company: Company
):
    """
    However often PostgreSQL ends while a job is done, the job is as if it had not been tried.
    """
    async with working(database):
        await company.enqueue(Note(text="one", seconds=0.3))
        for times in range(1, rules.MOST_CRASHES + 3):
            await until(lambda times=times: _is(company.begun, times))
            async with postgres.transaction() as tx:
                assert await tx.value("select attempts from jobs") == 1
                # What a crash does: it forgets what is unlogged, and ends all connections.
                await tx.execute("truncate runners")
                await tx.execute(CUT_CONNECTIONS)
        await until(company.is_idle)

    assert await company.dead() == []
    assert await company.notes() == ["one"]


async def test_taking_is_as_quick_behind_many_jobs(postgres: Postgres, company: Company):
    """
    Dead letters, waiting jobs and blocked ones by the ten thousand are not even looked at.
    """
    async with postgres.transaction() as tx:
        for state, due, died in (
            ("dead", "null", "now()"),
            ("waiting", "now() + interval '1 hour'", "null"),
        ):
            await tx.connection.execute(
                f"""
                insert into jobs (tenant_id, kind, payload, state, enqueued_at, due_at,
                    waiting_since, died_at)
                select '{company.tenant}', 'test.note', '{{}}', '{state}', now(), {due},
                    case when '{state}' = 'waiting' then now() end, {died}
                from generate_series(1, 10000)
                """
            )
        await tx.connection.execute("analyze jobs")
    await company.enqueue(*numbered(3))

    async with postgres.transaction() as tx:
        touched = await _blocks(tx)

    assert touched < 100


async def _blocks(tx: Tx) -> int:
    """How many pages are touched to take a job."""
    await tx.execute("set local enable_seqscan = off")
    plan = await tx.connection.fetchval(
        f"explain (analyze, buffers, format json) {queries.TAKE}",
        ["test.note"] * 3,
        ["other"] * 3,
        list(Lane),
        [0] * 3,
        [8] * 3,
        1,
        now(),
    )
    top = msgspec.json.decode(plan)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]


async def _is(asked: Callable[[], Awaitable[int]], value: int) -> bool:
    return await asked() >= value


def test_a_kind_needs_a_name():
    """
    A Struct without a tag cannot be told from another.
    """

    class Nameless(msgspec.Struct):
        text: str

    async def handle(_: Tx, __: Job, ___: Any) -> None: ...

    with pytest.raises(TypeError, match="no tag"):
        queue.Runner("", {**HANDLERS, Nameless: handle})
