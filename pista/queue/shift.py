"""What a runner does under one number, until it is stopped or loses its connection."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pista import logs
from pista.ids import TenantId
from pista.queue import attempt, attempt_queries, queries, takeover_queries
from pista.queue.attempt import Handled
from pista.queue.desk import Desk, Limits, desks, way_of
from pista.queue.model import Errand, Job, Together
from pista.queue.queues import OTHER
from pista.queue.rules import CRASHED, MOST_CRASHES, MOST_OUTAGES, OUTAGES
from pista.store import lease
from pista.store.lease import Lease
from pista.store.postgres import Postgres, Tx

POLL_SECONDS = 1.0
STOP_SECONDS = 1.5
ERRAND_STOP_SECONDS = 5.0
"""Of one that is cut short nobody knows how it ended."""
LOOK_BACK_SECONDS = 5.0
KEYS_KEPT = timedelta(days=7)
FORGET_SECONDS = 3600.0
GATHER_SECONDS = 0.005
"""What comes so shortly after the last question is asked for together."""
FLOOD = 3
"""So many that came of a question are a flood."""
FLOOD_GATHER_SECONDS = 0.02
"""Then it gathers longer: a group costs as much as many jobs do."""

Sorted = Mapping[str, Handled]

log = logs.get()


class Signals:
    """What a runner hears from outside."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.news = False
        """Something may have become ready."""
        self.look_back = False
        self.stopping = False

    def tell(self) -> None:
        self.news = True
        self.wake.set()

    def stop(self) -> None:
        self.stopping = True
        self.wake.set()


class Shift:
    def __init__(
        self,
        number: int,
        lead: Lease,
        pool: Postgres,
        handlers: Sorted,
        signals: Signals,
        clock: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._number = number
        self._lead = lead
        self._pool = pool
        self._handlers = handlers
        self._signals = signals
        self._clock = clock
        self._desks = desks(handlers, limits)
        self._out: set[asyncio.Task[bool]] = set()
        self._in_hand: dict[asyncio.Task[bool], Sequence[Job]] = {}
        self._suspects_wait = False
        self._suspect_in_hand = False
        self._last_turn = 0
        self._due: dict[Callable[[], object], float] = {}
        self._ask_next_at = 0.0
        self._is_urgent = False

    async def work(self) -> None:
        try:
            while not self._signals.stopping:
                self._signals.wake.clear()
                await self._tend()
                if not await self._take():
                    await self._pause()
            if self._in_hand:
                await asyncio.wait(self._in_hand, timeout=STOP_SECONDS)
            if self._out:
                await asyncio.wait(self._out, timeout=ERRAND_STOP_SECONDS - STOP_SECONDS)
            await self._give_back()
        finally:
            await self._drop()

    async def _tend(self) -> None:
        """What the clock asks for; the jobs of those who are no more among it."""
        if self._is_time(self._look_back, LOOK_BACK_SECONDS) or self._signals.look_back:
            self._signals.look_back = False
            self._look_back()
        if self._is_time(self._wake_due, POLL_SECONDS):
            self._signals.news = True
            await self._wake_due()
        if self._is_time(self._take_over, POLL_SECONDS):
            await self._take_over()
        if self._is_time(self._forget, FORGET_SECONDS):
            await self._forget()

    def _is_time(self, chore: Callable[[], object], every: float) -> bool:
        now = time.monotonic()
        if self._due.get(chore, 0.0) > now:
            return False
        self._due[chore] = now + every
        return True

    def _look_back(self) -> None:
        for desk in self._desks.values():
            desk.look_back()

    async def _wake_due(self) -> None:
        async with self._lead.transaction() as tx:
            await queries.wake_due(tx, self._clock())
            await _begin_scheduled(tx, self._clock())
            self._last_turn = max(self._last_turn, await queries.last_turn(tx))

    async def _take_over(self) -> None:
        async with self._lead.transaction() as tx:
            living = await takeover_queries.living(tx)
            for number in living:
                if number != self._number:
                    await lease.end_frozen(tx.connection, queries.RUNNER_LOCKS + number)
            for number in await takeover_queries.gone(tx, living):
                if await _has_ended(tx, number):
                    itself = await takeover_queries.ended_by_itself(tx, number)
                    for job in await takeover_queries.orphans(tx, number):
                        await self._adopt(tx, job, itself=itself)
            self._suspects_wait = await queries.has_suspects(tx)

    async def _adopt(self, tx: Tx, job: Job, *, itself: bool) -> None:
        """`itself`: who had it in hand has ended, and not PostgreSQL."""
        crashes, now = job.crashes + 1, self._clock()
        log.warning("job_orphaned", job=job.id, kind=job.kind, crashes=crashes, itself=itself)
        if crashes >= (MOST_CRASHES if itself else MOST_OUTAGES):
            await attempt.bury(tx, job, CRASHED if itself else OUTAGES, now)
        elif itself:
            await takeover_queries.count_crash(tx, job, now)
        else:
            await takeover_queries.put_back(tx, job, now)

    async def _forget(self) -> None:
        async with self._lead.transaction() as tx:
            await queries.forget_keys(tx, self._clock() - KEYS_KEPT)
            await takeover_queries.forget(tx, await takeover_queries.living(tx))

    async def _take(self) -> bool:
        """Take on what there is, a group at a time; True if there may be more."""
        if self._suspects_wait or self._suspect_in_hand:
            return await self._take_suspect()
        if self._signals.news:
            self._signals.news = False
            self._spread_news()
        asking = [desk for desk in self._desks.values() if desk.asks]
        if not asking:
            return False
        wanted = [one for desk in asking for one in desk.ask()]
        asked_at, self._is_urgent = time.monotonic(), False
        async with self._lead.statement() as tx:
            taken = await queries.take(tx, wanted, self._number, self._clock())
        self._ask_next_at = asked_at + _gathering(len(taken))
        found: defaultdict[Desk, list[Job]] = defaultdict(list)
        for job in sorted(taken, key=lambda job: (job.lane, job.turn)):
            found[self._desk_of(job)].append(job)
        # Where the others are, there is nothing left of what a desk was given all of.
        self._last_turn = max([self._last_turn, *(job.turn for job in taken)])
        for desk in asking:
            desk.took(found[desk], self._last_turn)
            self._hand_out(desk, found[desk])
        return any(desk.more for desk in asking)

    def _spread_news(self) -> None:
        for desk in self._desks.values():
            desk.has_news = True

    def _desk_of(self, job: Job) -> Desk:
        way = way_of(job.kind, self._handlers[job.kind][1])
        return self._desks.get((job.queue, way)) or self._desks[OTHER, way]

    def _hand_out(self, desk: Desk, jobs: Sequence[Job]) -> None:
        if desk.how is not Together:
            for job in jobs:
                self._begin(desk, job)
            return
        groups: defaultdict[tuple[str, object], list[Job]] = defaultdict(list)
        for job in jobs:
            groups[job.kind, job.tenant_id].append(job)
        for group in groups.values():
            self._start(desk, group, self._together(group))

    async def _together(self, jobs: Sequence[Job]) -> bool:
        handled = self._handlers[jobs[0].kind]
        return await attempt.do_together(self._pool, jobs, handled, self._clock, _chance())

    async def _take_suspect(self) -> bool:
        """What may have ended a process is done alone, so that it takes nothing along."""
        if self._in_hand:
            return False
        async with self._lead.transaction() as tx:
            kinds = list(self._handlers)
            job = await queries.take_suspect(tx, kinds, self._number, self._clock())
        self._suspects_wait = self._suspect_in_hand = job is not None
        if job is not None:
            self._begin(self._desk_of(job), job)
        return job is None

    def _begin(self, desk: Desk, job: Job) -> None:
        handled = self._handlers[job.kind]
        doing = attempt.do(self._pool, job, handled, self._clock, _chance())
        task = self._start(desk, [job], doing)
        if desk.how is Errand:
            self._out.add(task)
            task.add_done_callback(self._out.discard)

    def _start(
        self, desk: Desk, jobs: Sequence[Job], doing: Coroutine[Any, Any, bool]
    ) -> "asyncio.Task[bool]":
        task = asyncio.create_task(_in_turn(desk, doing), name=f"job-{jobs[0].id}")
        self._in_hand[task] = jobs
        desk.in_hand += 1
        task.add_done_callback(lambda task: self._ended(desk, task))
        return task

    def _ended(self, desk: Desk, task: "asyncio.Task[bool]") -> None:
        self._in_hand.pop(task, None)
        desk.in_hand -= 1
        if task.cancelled():
            return
        if error := task.exception():
            log.error("job_not_settled", task=task.get_name(), exc_info=error)
        elif task.result():
            self._is_urgent = True
            self._signals.tell()
        elif desk.asks or not self._in_hand:
            self._signals.wake.set()
        if not self._in_hand:
            self._suspect_in_hand = False

    async def _give_back(self) -> None:
        """Cut short what has not ended in time; it was not the jobs' fault."""
        left = [job for jobs in self._in_hand.values() for job in jobs]
        await self._drop()
        now = self._clock()
        async with self._lead.transaction() as tx:
            for job in left:
                await attempt_queries.give_back(tx, job, now)

    async def _drop(self) -> None:
        tasks = list(self._in_hand)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._signals.wake.wait()
        except TimeoutError:
            return
        if not self._is_urgent and not any(desk.more for desk in self._desks.values()):
            await asyncio.sleep(self._ask_next_at - time.monotonic())


def _gathering(taken: int) -> float:
    return FLOOD_GATHER_SECONDS if taken >= FLOOD else GATHER_SECONDS


async def _in_turn(desk: Desk, doing: Coroutine[Any, Any, bool]) -> bool:
    """So many of a desk's are under way beside each other, and the others in hand."""
    try:
        await desk.turns.acquire()
    except asyncio.CancelledError:
        doing.close()
        raise
    try:
        return await doing
    finally:
        desk.turns.release()


async def _begin_scheduled(tx: Tx, now: datetime) -> None:
    due = await queries.scheduled(tx, now)
    for tenant, key in sorted({(str(one.tenant_id), one.order_key or "") for one in due}):
        if key:
            await queries.lock_key(tx, TenantId(UUID(tenant)), key)
    if due:
        await queries.begin(tx, [one.id for one in due])


def _chance() -> float:
    return random.random()  # noqa: S311


async def _has_ended(tx: Tx, number: int) -> bool:
    """Whether this runner is no more, or only was not asked about at the right moment."""
    return await tx.value("select pg_try_advisory_xact_lock($1)", queries.RUNNER_LOCKS + number)
