"""How fast webhooks that have gathered are worked off, beside an old snapshot too.

A report holds a snapshot for a minute in which webhooks come and go, so that none of their rows can
be cleaned away; what then has gathered is worked off while it still stands.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from bench import load, steady
from bench.shop import PATIENCE_SECONDS, Shop, settled, stored, webhooks
from bench.system import System
from bench.table import Row
from pista import queue
from pista.store import postgres
from pista.store.postgres import Postgres

GATHER_SECONDS = 3.0
CONNECTIONS = 64
ROUNDS = 3
REPORT_SECONDS = 60.0
MEANWHILE = 1_000
"""Webhooks a second while the report reads."""


async def measure(system: System, pool: Postgres, shop: Shop) -> list[Row]:
    alone = [await _drained(system, pool, shop) for _ in range(ROUNDS)]
    async with _report(system):
        make = webhooks(shop)
        await asyncio.to_thread(steady.run, system.port, make, MEANWHILE, seconds=REPORT_SECONDS)
        beside = [await _drained(system, pool, shop) for _ in range(ROUNDS)]
    return [
        {"what": what, "jobs/s": f"{max(rates):,.0f}", "of alone": f"{max(rates) / max(alone):.0%}"}
        for what, rates in (
            ("alone", alone),
            (f"beside a snapshot held for {REPORT_SECONDS:.0f} seconds", beside),
        )
    ]


async def _drained(system: System, pool: Postgres, shop: Shop) -> float:
    """Jobs a second, from the moment on at which the queue goes on."""
    await settled(pool)
    await halt(pool)
    gathered = await asyncio.to_thread(
        load.run, system.port, webhooks(shop), seconds=GATHER_SECONDS, connections=CONNECTIONS
    )
    until = await stored(pool) + gathered.requests
    began = time.perf_counter()
    await go_on(pool)
    while await stored(pool) < until:
        assert time.perf_counter() < began + PATIENCE_SECONDS, "the backlog does not drain"
        await asyncio.sleep(0.02)
    return gathered.requests / (time.perf_counter() - began)


async def halt(pool: Postgres) -> None:
    async with pool.transaction() as tx:
        await queue.halt(tx, queue.WEBHOOK, now=datetime.now(UTC))


async def go_on(pool: Postgres) -> None:
    async with pool.transaction() as tx:
        await queue.unhalt(tx, queue.WEBHOOK)


@asynccontextmanager
async def _report(system: System) -> AsyncGenerator[None]:
    connection: Any = await postgres.connect(system.urls().database_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.fetchval("select count(*) from messages")
            yield
    finally:
        await connection.close()
