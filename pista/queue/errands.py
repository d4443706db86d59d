"""Errands: a transaction before, the other service's answer, and a transaction after it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

from pista import logs
from pista.queue import attempt_queries
from pista.queue.model import Again, Errand, Job, NeverAgain, Trip
from pista.store import postgres
from pista.store.postgres import Postgres, Tx

AGAIN_SECONDS = 0.5
MOST_NOTES = 3
"""So often it is tried to note what came of it, where PostgreSQL refuses what is written."""

log = logs.get()


class TakenAway(Exception):
    """Another runner has the job now; what was done for it is rolled back."""


class Ended(NamedTuple):
    """How an attempt ended."""

    outcome: str
    next_is_ready: bool = False
    """Whether another job may be taken now that waited for this one."""


Settle = Callable[[Tx, Again | None], Awaitable[Ended]]
"""Ends the job, or has it done again, in the transaction given; `TakenAway` if it is not ours."""


async def run(
    pool: Postgres, trip: Trip, errand: Errand, payload: Any, settle: Settle, now: datetime
) -> Ended:
    async with _durable(pool) as tx:
        lost = await attempt_queries.set_out(tx, trip.job, now)
        if lost is None:
            raise TakenAway
        trip = trip._replace(lost=lost)
        plan = await errand.set_out(tx, trip, payload)
        if plan is None:
            return await settle(tx, None)
    try:
        result = await errand.do(trip, plan)
    except (Again, NeverAgain):
        # It says itself how it ended.
        async with _durable(pool) as tx:
            await attempt_queries.come_back(tx, trip.job)
        raise
    return await _note(pool, trip, errand, plan, result, settle)


async def _note(
    pool: Postgres, trip: Trip, errand: Errand, plan: Any, result: Any, settle: Settle
) -> Ended:
    """What is known of the world is not given up because PostgreSQL is away for a while."""
    refused = 0
    while True:
        try:
            async with _durable(pool) as tx:
                again = await errand.note(tx, trip, plan, result)
                await attempt_queries.come_back(tx, trip.job)
                return await settle(tx, again)
        except TakenAway:
            raise
        except postgres.AWAY as error:
            log.warning("errand_not_noted", job=trip.job.id, error=str(error)[:500])
        except Exception:
            refused += 1
            if refused == MOST_NOTES:
                raise
        await asyncio.sleep(AGAIN_SECONDS)


@asynccontextmanager
async def _durable(pool: Postgres) -> AsyncGenerator[Tx]:
    """On the disk before anything follows."""
    async with pool.transaction() as tx:
        await tx.execute("set local synchronous_commit = on")
        yield tx


def trip_of(job: Job, most: int) -> Trip:
    return Trip(job=job, lost=False, last=job.attempts >= most)
