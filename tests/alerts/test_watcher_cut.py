"""However many watchers look, and wherever one is cut off: each firing is told once."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, LiteralString, TypeVar

import pytest

from pista.alerts import watcher as watching_module
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Lead, Tx
from tests.alerts.conftest import MINUTE, NOON, Company, Time
from tests.alerts.watched import SECOND, spread, states

TICK = timedelta(seconds=15)
T = TypeVar("T")


async def test_many_watchers_fire_once(
    company: Company, time: Time, database: str, clickhouse: ClickHouse
):
    """
    Six watchers, each on a connection of its own and without the lock, look at the same rules at
    the same moment, again and again: each rule fires once and recovers once.
    """
    rules = [await company.rule(name=f"rule {n}", threshold=3, windowMinutes=5) for n in range(10)]
    others = [Time(database, clickhouse) for _ in range(5)]
    leads = [(one, await one.lead()) for one in (time, *others)]
    await company.happen(clickhouse, *spread(NOON, 9))

    for step in range(1, 45):
        for one, _ in leads:
            one.now = NOON + step * TICK
        await asyncio.gather(*(one.watcher.tick(lead) for one, lead in leads))
    for one in others:
        await one.close()

    for rule in rules:
        assert await states(company, rule) == [(9, "recovered")]


class Cut(Exception):
    """The watcher was killed here."""


class CutTx(Tx):
    """Fails before the given statement; the transaction is then rolled back, as by a kill."""

    def __init__(self, connection: Any, statements: Iterator[None]) -> None:
        super().__init__(connection)
        self._statements = statements

    async def execute(self, sql: LiteralString, *args: object) -> int:
        next(self._statements)
        return await super().execute(sql, *args)

    async def one_or_none(self, kind: type[T], sql: LiteralString, *args: object) -> T | None:
        next(self._statements)
        return await super().one_or_none(kind, sql, *args)

    async def all(self, kind: type[T], sql: LiteralString, *args: object) -> list[T]:
        next(self._statements)
        return await super().all(kind, sql, *args)


class CutLead(Lead):
    def __init__(self, lead: Lead, after: int) -> None:
        self._lead = lead
        self._statements = self._count(after)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with self._lead.transaction() as tx:
            yield CutTx(tx.connection, self._statements)
            # Before the commit, too.
            next(self._statements)

    def _count(self, after: int) -> Iterator[None]:
        for _ in range(after):
            yield
        raise Cut


async def cut_everywhere(time: Time) -> int:
    """Look, cut off before each statement in turn, until a look comes to its end."""
    lead = await time.lead()
    for cuts in range(500):
        try:
            await time.watcher.tick(CutLead(lead, cuts))
        except Cut:
            continue
        return cuts
    raise AssertionError("it never ends")


async def test_a_watcher_cut_off_anywhere_loses_and_doubles_nothing(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    Cut off before each statement and each commit of a tick in which rules fire, and of one in
    which they recover: what was half done is undone, and done by a later one, once.
    """
    rules = [
        await company.rule(
            name=f"{n}", threshold=3, windowMinutes=5, webhookUrl="https://8.8.8.8/hook"
        )
        for n in range(3)
    ]
    await company.happen(clickhouse, *spread(NOON, 9))

    time.now = NOON + MINUTE + 15 * SECOND
    firing = await cut_everywhere(time)
    assert [one.ending for one in await company.firings()] == [None] * 3
    await time.go_on(NOON + 8 * MINUTE)
    assert [one.ending for one in await company.firings()] == [None] * 3
    time.now += 15 * SECOND
    recovering = await cut_everywhere(time)

    for rule in rules:
        [one] = await company.firings(rule_id=rule.id)
        assert (one.value, one.ending) == (9, "recovered")
        assert [message.about for message in one.deliveries] == ["fired", "recovered"]
    assert min(firing, recovering) > 12


async def test_the_lock_is_passed_on(
    company: Company, database: str, clickhouse: ClickHouse, monkeypatch: pytest.MonkeyPatch
):
    """
    Of two watchers one leads; when its connection is cut, one of them goes on.
    """
    monkeypatch.setattr(watching_module, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(watching_module, "STAND_BY_SECONDS", 0.05)
    both = [Time(database, clickhouse) for _ in range(2)]
    tasks = [asyncio.create_task(one.watcher.run()) for one in both]

    async def leader() -> int | None:
        async with asyncio.timeout(60):
            while True:
                lead = await both[0].lead()
                async with lead.transaction() as tx:
                    held = await tx.connection.fetch(
                        "select pid from pg_locks where locktype = 'advisory' and classid = $1"
                        " and database = (select oid from pg_database"
                        " where datname = current_database())",
                        watching_module.LOCK[0],
                    )
                if held:
                    assert len(held) == 1
                    return held[0]["pid"]
                await asyncio.sleep(0.05)

    first = await leader()
    lead = await both[0].lead()
    async with lead.transaction() as tx:
        await tx.execute("select pg_terminate_backend($1)", first)
    await asyncio.sleep(0.1)
    second = await leader()

    assert first != second
    for one in both:
        one.watcher.stop()
    await asyncio.gather(*tasks)
    for one in both:
        await one.close()
