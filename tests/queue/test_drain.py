"""The drain beside a report that holds an old snapshot, which keeps every row that is gone."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from pista import queue
from pista.queue import shift, takeover_queries
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.events.writing import until
from tests.queue.conftest import Company
from tests.queue.working import Drop, Note, now, working

ROUND = 1_500


@asynccontextmanager
async def old_snapshot(database: str) -> AsyncGenerator[None]:
    connection: Any = await store.connect(database)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.fetchval("select count(*) from jobs")
            yield
    finally:
        await connection.close()


async def work_of_a_round(database: str, postgres: Postgres, company: Company, kind: Any) -> float:
    """Pages touched for each job: what the drain costs, however busy the machine is."""
    async with postgres.transaction() as tx:
        works = [(company.tenant, kind(text="x")) for _ in range(ROUND)]
        await queue.enqueue_many(tx, works, now=now())
    before, begun = await _pages(postgres), await company.begun()
    async with working(database):
        # Counting what is left would touch more pages than the drain: it ends what it has begun.
        await until(lambda: _has_begun(company, begun + ROUND))
    touched = await _pages(postgres) - before
    assert await company.is_idle()
    return touched / ROUND


async def _has_begun(company: Company, many: int) -> bool:
    return await company.begun() >= many


async def _pages(postgres: Postgres) -> int:
    """Each connection tells of what it did when it ends, and this one when it is asked to.

    What cleans up is not counted: on a slow machine it comes in between.
    """
    async with postgres.transaction() as tx:
        await tx.value("select pg_stat_force_next_flush()")
    await asyncio.sleep(0.05)
    async with postgres.transaction() as tx:
        return await tx.value(
            """
            select sum(hits + reads)::bigint
            from pg_stat_io where backend_type = 'client backend' and object = 'relation'
            """
        )


async def _vacuum(database: str) -> None:
    """As it happens at any time of itself: from then on the queue is thought to be empty."""
    connection: Any = await store.connect(database)
    await connection.execute("vacuum analyze jobs")
    await connection.close()


@pytest.mark.parametrize("kind", [Note, Drop])
async def test_an_old_snapshot_does_not_slow_it(
    database: str,
    postgres: Postgres,
    company: Company,
    kind: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Within 20 %, though no row that was taken or done in the meantime may be cleaned away.
    """
    monkeypatch.setattr(shift, "STOP_SECONDS", 60.0)
    # Once in five seconds all is read: how often that is in a round, is the machine's affair.
    monkeypatch.setattr(shift, "LOOK_BACK_SECONDS", 3600.0)
    await work_of_a_round(database, postgres, company, kind)
    await _vacuum(database)
    alone = await work_of_a_round(database, postgres, company, kind)

    async with old_snapshot(database):
        await work_of_a_round(database, postgres, company, kind)
        await _vacuum(database)
        beside = await work_of_a_round(database, postgres, company, kind)

    assert beside < alone * 1.2


async def test_it_does_not_slow_the_look_for_runners_that_are_no_more(
    database: str, postgres: Postgres, company: Company
):
    """
    What a living one did is not read again at each look.
    """
    async with old_snapshot(database), working(database):
        await company.enqueue(Drop(text="x"))
        await until(company.is_idle)
        await _vacuum(database)
        few = await _pages_of_a_look(database)
        works = [(company.tenant, Drop(text="x")) for _ in range(ROUND)]
        async with postgres.transaction() as tx:
            await queue.enqueue_many(tx, works, now=now())
        await until(company.is_idle)
        await _vacuum(database)

        assert await _pages_of_a_look(database) <= few + 5


async def _pages_of_a_look(database: str) -> int:
    connection: Any = await store.connect(database)
    await connection.execute("set enable_seqscan = off")
    living = await takeover_queries.living(store.Tx(connection))
    plan = await connection.fetchval(
        "explain (analyze, buffers, format json) " + takeover_queries.GONE, living
    )
    await connection.close()
    return json.loads(plan)[0]["Plan"]["Shared Hit Blocks"]
