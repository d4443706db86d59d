"""What a runner does under one number, until it is stopped or loses its connection."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pista import logs
from pista.queue import attempt, queries
from pista.queue.attempt import Handled
from pista.queue.model import Errand, Job, Together
from pista.queue.rules import CRASHED, MOST_CRASHES
from pista.store import lease
from pista.store.lease import Lease
from pista.store.postgres import Postgres, Tx

AT_ONCE = 8
"""So many are done beside each other; as many again and more are in hand, to be begun at once."""
IN_HAND = 32
GROUPS_AT_ONCE = 2
ERRANDS_AT_ONCE = 16
"""However slow other services are, what needs none of them goes on."""
POLL_SECONDS = 1.0
STOP_SECONDS = 1.5
ERRAND_STOP_SECONDS = 5.0
"""Of one that is cut short nobody knows how it ended."""
# Turns become visible out of order, but those of transactions under way lie close together.
OVERLAP_TURNS = 1_000
LOOK_BACK_SECONDS = 5.0
KEYS_KEPT = timedelta(days=7)
FORGET_SECONDS = 3600.0

Sorted = Mapping[str, Handled]

log = logs.get()


class Signals:
    """What a runner hears from outside."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.stopping = False

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
    ) -> None:
        self._number = number
        self._lead = lead
        self._pool = pool
        self._handlers = handlers
        self._signals = signals
        self._clock = clock
        self._singles = [kind for kind, handled in handlers.items() if _is_single(handled)]
        self._groups = {
            kind: handled[1].most
            for kind, handled in handlers.items()
            if isinstance(handled[1], Together)
        }
        self._errands = [kind for kind, (_, how) in handlers.items() if isinstance(how, Errand)]
        self._out: set[asyncio.Task[bool]] = set()
        self._in_hand: dict[asyncio.Task[bool], Sequence[Job]] = {}
        self._groups_in_hand = 0
        self._may_be_more = False
        self._suspects_wait = False
        self._suspect_in_hand = False
        self._mark = self._group_mark = self._errand_mark = 0
        self._due: dict[Callable[[], object], float] = {}

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
        if self._is_time(self._look_back, LOOK_BACK_SECONDS):
            self._look_back()
        if self._is_time(self._wake_due, POLL_SECONDS):
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
        self._mark = self._group_mark = self._errand_mark = 0

    async def _wake_due(self) -> None:
        async with self._lead.transaction() as tx:
            await queries.wake_due(tx, self._clock())

    async def _take_over(self) -> None:
        async with self._lead.transaction() as tx:
            for number in await queries.runners(tx):
                if number != self._number and await _has_ended(tx, number):
                    for job in await queries.orphans(tx, number):
                        await self._adopt(tx, job)
            self._suspects_wait = await queries.has_suspects(tx)

    async def _adopt(self, tx: Tx, job: Job) -> None:
        log.warning("job_orphaned", job=job.id, kind=job.kind, crashes=job.crashes + 1)
        if job.crashes + 1 < MOST_CRASHES:
            await queries.count_crash(tx, job)
        else:
            await attempt.bury(tx, job, CRASHED, self._clock())

    async def _forget(self) -> None:
        async with self._lead.transaction() as tx:
            await queries.forget_keys(tx, self._clock() - KEYS_KEPT)

    async def _take(self) -> bool:
        """Take on what there is, a group at a time; True if there may be more."""
        if self._suspects_wait or self._suspect_in_hand:
            return await self._take_suspect()
        more = await self._take_groups() if self._groups else False
        more = (await self._take_errands() if self._errands else False) or more
        in_hand = len(self._in_hand) - len(self._out)
        if in_hand > IN_HAND // 2:
            return more
        free = IN_HAND - in_hand
        async with self._lead.statement() as tx:
            taken = await queries.take(tx, self._singles, self._mark, self._number, free)
        for job in taken:
            self._mark = max(self._mark, job.turn - OVERLAP_TURNS)
            self._begin(job)
        self._may_be_more = more or len(taken) == free
        return self._may_be_more

    async def _take_groups(self) -> bool:
        """While one group is under way the next gathers, so that a flood makes them large."""
        if self._groups_in_hand >= GROUPS_AT_ONCE:
            return False
        most = max(self._groups.values())
        async with self._lead.statement() as tx:
            taken = await queries.take(tx, list(self._groups), self._group_mark, self._number, most)
        groups: defaultdict[tuple[str, object], list[Job]] = defaultdict(list)
        for job in sorted(taken, key=lambda job: job.turn):
            self._group_mark = max(self._group_mark, job.turn - OVERLAP_TURNS)
            groups[job.kind, job.tenant_id].append(job)
        for jobs in groups.values():
            self._groups_in_hand += 1
            self._start(jobs, self._together(jobs)).add_done_callback(self._group_ended)
        return len(taken) == most and self._groups_in_hand < GROUPS_AT_ONCE

    async def _take_errands(self) -> bool:
        free = ERRANDS_AT_ONCE - len(self._out)
        if free == 0:
            return False
        async with self._lead.statement() as tx:
            taken = await queries.take(tx, self._errands, self._errand_mark, self._number, free)
        for job in taken:
            self._errand_mark = max(self._errand_mark, job.turn - OVERLAP_TURNS)
            task = self._begin(job)
            self._out.add(task)
            task.add_done_callback(self._errand_ended)
        return False

    def _errand_ended(self, task: "asyncio.Task[bool]") -> None:
        self._out.discard(task)
        self._signals.wake.set()

    async def _together(self, jobs: Sequence[Job]) -> bool:
        handled = self._handlers[jobs[0].kind]
        return await attempt.do_together(self._pool, jobs, handled, self._clock, _chance())

    def _group_ended(self, _task: object) -> None:
        self._groups_in_hand -= 1
        self._signals.wake.set()

    async def _take_suspect(self) -> bool:
        """What may have ended a process is done alone, so that it takes nothing along."""
        if self._in_hand:
            return False
        async with self._lead.transaction() as tx:
            job = await queries.take_suspect(tx, list(self._handlers), self._number)
        self._suspects_wait = self._suspect_in_hand = job is not None
        if job is not None:
            self._begin(job)
        return job is None

    def _begin(self, job: Job) -> "asyncio.Task[bool]":
        doing = attempt.do(
            self._pool,
            job,
            self._handlers[job.kind],
            self._clock,
            _chance(),
        )
        return self._start([job], doing)

    def _start(self, jobs: Sequence[Job], doing: Coroutine[Any, Any, bool]) -> "asyncio.Task[bool]":
        task = asyncio.create_task(doing, name=f"job-{jobs[0].id}")
        self._in_hand[task] = jobs
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[bool]") -> None:
        self._in_hand.pop(task, None)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("job_not_settled", task=task.get_name(), exc_info=error)
        elif task.result() or self._may_be_more or not self._in_hand:
            self._signals.wake.set()
        if not self._in_hand:
            self._suspect_in_hand = False

    async def _give_back(self) -> None:
        """Cut short what has not ended in time; it was not the jobs' fault."""
        left = [job for jobs in self._in_hand.values() for job in jobs]
        await self._drop()
        async with self._lead.transaction() as tx:
            for job in left:
                await queries.give_back(tx, job)

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


def _is_single(handled: Handled) -> bool:
    return not isinstance(handled[1], Together | Errand)


def _chance() -> float:
    return random.random()  # noqa: S311


async def _has_ended(tx: Tx, number: int) -> bool:
    """Whether this runner is no more; one that has frozen is so at the next look."""
    lock = queries.RUNNER_LOCKS + number
    if await tx.value("select pg_try_advisory_xact_lock($1)", lock):
        return True
    await lease.end_frozen(tx.connection, lock)
    return False
