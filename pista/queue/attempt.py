"""One attempt at one job, and what becomes of the job after it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

import asyncpg
import msgspec

from pista import logs, metrics
from pista.queue import attempt_queries, errands
from pista.queue.errands import Ended, TakenAway
from pista.queue.model import Again, Errand, Handler, Job, NeverAgain, Together
from pista.queue.model import Handled as How
from pista.queue.rules import MOST_ATTEMPTS, Patience, told, wait_after
from pista.store import postgres
from pista.store.postgres import Postgres, Tx

HANDLER_SECONDS = 60.0
LEFT_AT_ONCE = 5
"""Of the jobs that a group left so many are done beside each other."""
AGAIN_SECONDS = 0.5
MOST_PLACES = 20
AWAY = "PostgreSQL went away while it was done."
UNREADABLE = "What is to be done cannot be read."

Handled = tuple[type[msgspec.Struct], How]

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)

T = TypeVar("T")

log = logs.get()


class _Failed(Exception):
    """Why the attempt failed, for a person; `final` if another one is of no use."""

    def __init__(self, why: str, *, final: bool = False, stack: str | None = None) -> None:
        super().__init__(why)
        self.final = final
        self.stack = stack


async def do(
    pool: Postgres, job: Job, handled: Handled, clock: Callable[[], datetime], chance: float
) -> bool:
    """Do the job, or note why not; until that is committed, or this is cancelled.

    True if another may be taken now that waited for it.
    """
    began = time.monotonic()
    settling = _Settling(job, patience_of(handled), clock, chance)
    try:
        ended = await _try(pool, job, handled, settling)
    except TakenAway:
        ended = Ended("taken_away")
    except Again as again:
        ended = await _surely(pool, settling.put_off, again)
    except _Failed as failed:
        ended = await _surely(pool, settling.fail, failed)
    _count(job, ended.outcome, began, clock())
    return ended.next_is_ready


async def do_together(
    pool: Postgres,
    jobs: Sequence[Job],
    handled: Handled,
    clock: Callable[[], datetime],
    chance: float,
) -> bool:
    """Do jobs of one tenant in one transaction, or else one after the other.

    True if another may be taken now that waited for one of them.
    """
    began = time.monotonic()
    try:
        left, ready = await _try_together(pool, jobs, handled)
    except Exception as error:
        # One of them is why, and it alone is to be blamed.
        log.warning("jobs_parted", kind=jobs[0].kind, jobs=len(jobs), error=told(error))
        return any([await do(pool, job, handled, clock, chance) for job in jobs])
    for job in jobs:
        if job not in left:
            _count(job, "done", began, clock())
    turns = asyncio.Semaphore(LEFT_AT_ONCE)

    async def do_alone(job: Job) -> bool:
        async with turns:
            return await do(pool, job, handled, clock, chance)

    return any(await asyncio.gather(*map(do_alone, left))) or ready


async def _try_together(
    pool: Postgres, jobs: Sequence[Job], handled: Handled
) -> tuple[Sequence[Job], bool]:
    """Those that were left, and whether another may be taken that waited for one that was not."""
    work, together = handled
    assert isinstance(together, Together)
    tenant = jobs[0].tenant_id
    payloads = [_read(job, work) for job in jobs]
    async with pool.of(tenant).transaction() as tx, asyncio.timeout(HANDLER_SECONDS):
        places = await together.handler(tx, tenant, payloads) or ()
        ended = [job for place, job in enumerate(jobs) if place not in places]
        if not ended:
            return jobs, False
        if await attempt_queries.finish_many(tx, ended) != len(ended):
            raise TakenAway
        keys = [job.order_key for job in ended if job.order_key is not None]
        ready = bool(keys) and await attempt_queries.unblock(tx, tenant, keys)
    return [jobs[place] for place in places], ready


def _count(job: Job, outcome: str, began: float, now: datetime) -> None:
    metrics.JOBS.labels(job.kind, outcome, job.queue).inc()
    metrics.JOB_SECONDS.labels(job.kind).observe(time.monotonic() - began)
    if outcome == "done":
        age = (now - job.enqueued_at).total_seconds()
        metrics.JOB_AGE_SECONDS.labels(job.kind).observe(max(age, 0.0))


async def _try(pool: Postgres, job: Job, handled: Handled, settling: "_Settling") -> Ended:
    work, handler = handled
    limit = asyncio.timeout(HANDLER_SECONDS)
    pool = pool.of(job.tenant_id)
    try:
        payload = _read(job, work)
        if isinstance(handler, Errand):
            trip = errands.trip_of(job, settling.most)
            async with limit:
                now = settling.clock()
                return await errands.run(pool, trip, handler, payload, settling.settle, now)
        # The limit is the handler's: a connection may have to be waited for.
        async with pool.transaction() as tx, limit:
            await _do_alone(tx, job, handler, payload)
            return await settling.settle(tx, None)
    except (TakenAway, Again):
        raise
    except NeverAgain as error:
        raise _Failed(str(error), final=True) from None
    except Exception as error:
        if _is_lost(error, handler) and not limit.expired():
            raise Again(AWAY, counts=False) from None
        raise _failure(job, error, overdue=limit.expired()) from None


async def _do_alone(tx: Tx, job: Job, handler: Handler | Together, payload: Any) -> None:
    if not isinstance(handler, Together):
        await handler(tx, job, payload)
    elif handler.alone is not None:
        await handler.alone(tx, job, payload)
    else:
        await handler.handler(tx, job.tenant_id, [payload])


def _is_lost(error: Exception, handler: How) -> bool:
    """Whether the connection to PostgreSQL ended, of which the job knows nothing."""
    if isinstance(error, ConnectionError):
        # Of an errand it may be the other service's.
        return not isinstance(handler, Errand)
    if isinstance(error, asyncpg.InterfaceError):
        # Its other causes are mistakes of ours.
        return "closed" in str(error)
    return isinstance(error, LOST)


def patience_of(handled: Handled) -> Patience | None:
    handler = handled[1]
    return handler.patience if isinstance(handler, Together | Errand) else None


def _read(job: Job, work: type[msgspec.Struct]) -> msgspec.Struct:
    try:
        return msgspec.convert(job.payload, work)
    except msgspec.ValidationError:
        raise NeverAgain(UNREADABLE) from None


def _failure(job: Job, error: Exception, *, overdue: bool) -> _Failed:
    why = f"It was not done within {HANDLER_SECONDS:.0f} seconds." if overdue else told(error)
    # Where, and no more: a whole trace repeats what the error quotes.
    place = extract_tb(error.__traceback__)[-1]
    log.warning(
        "job_failed",
        job=job.id,
        kind=job.kind,
        attempt=job.attempts,
        error=why,
        at=f"{Path(place.filename).name}:{place.lineno}",
    )
    return _Failed(why, stack=_stack(error))


def _stack(error: Exception) -> str:
    """The way to it, place by place: what stands there is nobody's data."""
    places = extract_tb(error.__traceback__)[-MOST_PLACES:]
    return "\n".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in places)


class _Settling:
    """What becomes of a job after an attempt."""

    def __init__(
        self, job: Job, patience: Patience | None, clock: Callable[[], datetime], chance: float
    ) -> None:
        self._job = job
        self._patience = patience
        self._chance = chance
        self.clock = clock
        self.most = MOST_ATTEMPTS if patience is None else patience.most

    async def settle(self, tx: Tx, again: Again | None) -> Ended:
        """`TakenAway` if the job is not this runner's any more."""
        if again is not None:
            return await self.put_off(tx, again)
        if not await attempt_queries.finish(tx, self._job):
            raise TakenAway
        return Ended("done", await _unblock(tx, self._job))

    async def put_off(self, tx: Tx, again: Again) -> Ended:
        if again.counts and self._job.attempts >= self.most:
            return await self._bury(tx, str(again))
        due = again.at or self._due()
        now = self.clock()
        why = str(again)
        if not await attempt_queries.postpone(tx, self._job, why, now, due, counts=again.counts):
            raise TakenAway
        return Ended("again")

    async def fail(self, tx: Tx, failed: _Failed) -> Ended:
        if failed.final or self._job.attempts >= self.most:
            return await self._bury(tx, str(failed), failed.stack)
        await attempt_queries.postpone(tx, self._job, str(failed), self.clock(), self._due())
        return Ended("failed")

    def _due(self) -> datetime:
        return self.clock() + wait_after(self._job.attempts, self._chance, self._patience)

    async def _bury(self, tx: Tx, why: str, stack: str | None = None) -> Ended:
        await bury(tx, self._job, why, self.clock(), stack)
        return Ended("dead", next_is_ready=True)


async def bury(tx: Tx, job: Job, why: str, now: datetime, stack: str | None = None) -> None:
    """Make it a dead letter; the next job of its key may go on."""
    if await attempt_queries.bury(tx, job, why, stack, now):
        log.error("job_died", job=job.id, kind=job.kind, attempts=job.attempts, error=why)
        await _unblock(tx, job)


async def _unblock(tx: Tx, job: Job) -> bool:
    """Whether another of its key waited for it, whose end has locked the key."""
    if job.order_key is None:
        return False
    return await attempt_queries.unblock(tx, job.tenant_id, [job.order_key])


async def _surely(pool: Postgres, change: Callable[[Tx, T], Awaitable[Ended]], why: T) -> Ended:
    """Commit this as soon as PostgreSQL lets us."""
    while True:
        try:
            async with pool.transaction() as tx:
                return await change(tx, why)
        except TakenAway:
            return Ended("taken_away")
        except postgres.AWAY as error:
            log.warning("job_not_noted", error=str(error)[:500])
            await asyncio.sleep(AGAIN_SECONDS)
