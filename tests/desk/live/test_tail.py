"""What the sockets of a web process are given: each message once, whatever order it comes in."""

import asyncio
import random
from collections.abc import AsyncGenerator, Sequence

import msgspec
import pytest

from pista.accounts import service
from pista.desk import Tail, Told, live
from pista.desk.live import tail as tailing
from pista.store.embedded.postgres import Cluster
from pista.store.postgres import Postgres
from tests.desk.conftest import NOW
from tests.desk.live.conftest import Writer
from tests.stream.test_outage import cluster, up

__all__ = ["cluster"]

PATIENCE = 60


class Ear:
    """What a web process would hand on, and when it would send everybody away."""

    def __init__(self, database: str) -> None:
        self.told: list[Told] = []
        self.sent_away = asyncio.Event()
        self._more = asyncio.Event()
        self.tail = Tail(database, self._tell, self._away)

    def _tell(self, told: Sequence[Told]) -> None:
        self.told += told
        self._more.set()

    def _away(self) -> None:
        self.sent_away.set()

    def numbers(self) -> list[int]:
        return [msgspec.json.decode(one.frame)["clienteId"] for one in self.told]

    async def until(self, many: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.told) < many:
                self._more.clear()
                await self._more.wait()

    async def until_sent_away(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.sent_away.wait()


@pytest.fixture
async def ear(database: str) -> AsyncGenerator[Ear]:
    ear = Ear(database)
    ear.tail.start()
    await ear.tail.place()
    yield ear
    await ear.tail.stop()


async def resumed(writer: Writer, ear: Ear, after: int) -> list[int] | None:
    """The numbers that somebody is told who has heard up to this message."""
    place = await ear.tail.place()
    async with writer.postgres.transaction() as tx:
        frames = await live.missed(tx, writer.tenant, None, after=after, place=place)
    return None if frames is None else [msgspec.json.decode(one)["clienteId"] for one in frames]


async def test_a_smaller_number_that_is_committed_later_is_told_later(ear: Ear, writer: Writer):
    """
    Neither by who listens nor by who resumes from the larger number is it passed over.
    """
    async with writer.postgres.transaction() as slow:
        small = await writer.add(slow, 1)
        large = await writer.write(2)
        await ear.until(1)
        assert ear.numbers() == [2]
        assert await resumed(writer, ear, large) == []
    await ear.until(2)

    assert small < large
    assert ear.numbers() == [2, 1]
    assert await resumed(writer, ear, large) == [1]
    assert await resumed(writer, ear, small) == [2]


async def test_what_is_rolled_back_is_never_told(ear: Ear, writer: Writer):
    """
    Its number is missing for good, and nobody waits for it.
    """

    async def fail() -> None:
        async with writer.postgres.transaction() as tx:
            await writer.add(tx, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await writer.write(2)

    await ear.until(1)

    assert ear.numbers() == [2]


async def test_nothing_is_missed_or_told_twice_among_many_writers(
    ear: Ear, writer: Writer, database: str
):
    """
    Transactions overlap and commit in any order; the tail's connection is cut again and again,
    and half of the notifications are lost. Whoever then resumes from whatever message has what
    came after it.
    """
    luck, many, cuts = random.Random(7), 120, 0

    async def write(numbers: range) -> None:
        for number in numbers:
            async with writer.postgres.transaction() as tx:
                await writer.add(tx, number, tell=luck.random() < 0.5)
                await asyncio.sleep(luck.random() * 0.03)

    async def cut() -> None:
        nonlocal cuts
        while True:
            await asyncio.sleep(0.2)
            async with writer.postgres.transaction() as tx:
                cuts += await tx.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and query like '%here.place%'"
                    " and pid <> pg_backend_pid()"
                )

    cutting = asyncio.create_task(cut())
    await asyncio.gather(*(write(range(start, many, 6)) for start in range(6)))
    cutting.cancel()
    await writer.write(many)
    await ear.until(many + 1)

    assert cuts
    assert sorted(ear.numbers()) == list(range(many + 1))
    for place, heard in enumerate(ear.told):
        assert heard.seq is not None
        still_to_come = ear.numbers()[place + 1 :]
        told = await resumed(writer, ear, heard.seq)
        assert told is not None
        assert set(still_to_come) <= set(told)


async def test_what_nobody_was_notified_of_is_told_all_the_same(
    ear: Ear, writer: Writer, monkeypatch: pytest.MonkeyPatch
):
    """
    A process may be killed between its commit and what it had to say.
    """
    monkeypatch.setattr(tailing, "LOOK_SECONDS", 0.1)
    await writer.write(1)
    await ear.until(1)

    async with writer.postgres.transaction() as tx:
        await writer.add(tx, 2, tell=False)
    await ear.until(2)

    assert ear.numbers() == [1, 2]


async def test_who_comes_from_too_long_ago_is_told_to_fetch_everything(
    ear: Ear, writer: Writer, postgres: Postgres
):
    """
    Also with a number of another company, one that never was, and when too much was missed.
    """
    first = await writer.write(1)
    for number in range(2, 502):
        await writer.write(number)
    last = await writer.write(502)
    await ear.until(502)

    assert await resumed(writer, ear, first) is None
    assert len(await resumed(writer, ear, first + 1) or []) == 500
    assert await resumed(writer, ear, last) == []
    assert await resumed(writer, ear, last + 10) is None
    assert await resumed(writer, ear, -1) is None
    assert await resumed(writer, ear, 2**64) is None
    async with postgres.transaction() as tx:
        await tx.execute("update desk_messages set at = at - interval '56 minutes'")
    assert await resumed(writer, ear, last) is None


async def test_a_server_that_is_set_back_sends_everybody_away(
    ear: Ear, writer: Writer, monkeypatch: pytest.MonkeyPatch
):
    """
    A standby that took over may not have had everything: what was heard is true no more.
    """
    monkeypatch.setattr(ear.tail, "_place", "999999999:999999999:")

    await writer.write(1)
    await ear.until_sent_away()
    await writer.write(2)
    await ear.until(1)

    assert ear.numbers() == [2]


async def test_a_restart_of_postgresql_is_not_felt(cluster: Cluster):
    """
    What was heard before is not told again; what happens after it is.
    """
    ear = Ear(cluster.url)
    async with up(cluster) as pool:
        async with pool.transaction() as tx:
            tenant = (await service.create_tenant(tx, "flores", now=NOW)).id
        ear.tail.start()
        await ear.tail.place()
        await Writer(pool, tenant).write(1)
        await ear.until(1)
    async with up(cluster) as pool:
        await Writer(pool, tenant).write(2)
        await ear.until(2)
    await ear.tail.stop()

    assert ear.numbers() == [1, 2]
