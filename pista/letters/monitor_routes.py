"""The queue monitor, with document 4's addresses: admins, and their own company's jobs alone."""

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from pista import accounts, queue
from pista.accounts import Caller, Role, refused
from pista.accounts.answers import CHANGES, INVALID, REFUSALS, actor
from pista.letters import monitor
from pista.letters.model import QueueNotConfirmed
from pista.letters.monitor_model import (
    ChosenQueue,
    Cleared,
    Name,
    Paused,
    QueueHistories,
    QueueMonitor,
)
from pista.store.postgres import Postgres

TAGS = ["Queue"]
BAD_QUERY = refused("`bad_request`: a parameter is missing.")

Minutes = Annotated[int, QueryParameter(ge=1, le=180, description="How far back.")]
Queue = Annotated[Name, QueryParameter(name="queue", description="Which queue is emptied.")]
Confirm = Annotated[
    str, QueryParameter(name="confirm", max_length=64, description="The queue's name once more.")
]

_known = monitor.Known()


@get(
    "/api/queue-monitor/stats",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="How the queues are",
    responses={**REFUSALS},
)
async def queue_stats(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> QueueMonitor:
    """Of this company, all of one moment. What was completed and given up is counted since ever,
    over every restart; `failed` of a queue does not shrink when a dead letter is replayed."""
    async with postgres.transaction() as tx:
        return await monitor.look(tx, caller.tenant_id, _known, now=datetime.now(UTC))


@get(
    "/api/queue-monitor/history",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="The queues minute by minute",
    responses={**REFUSALS, 400: BAD_QUERY, 422: INVALID},
)
async def queue_history(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    minutes: Minutes = 60,
) -> QueueHistories:
    """How many waited, were done and failed; the last minute has only begun."""
    async with postgres.transaction() as tx:
        return await monitor.look_back(tx, caller.tenant_id, minutes, now=datetime.now(UTC))


@post(
    "/api/queue-monitor/pause",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Let a queue stand still",
    responses={**CHANGES},
)
async def pause_queue(
    data: JSONBody[ChosenQueue],
    request: Request[Any, Any, State],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Paused:
    """At once, for all workers: nothing more of it is begun, and what is in hand is ended. Work is
    still taken in, and waits."""
    name = caller.user.name if caller.user else None
    async with postgres.transaction() as tx:
        await monitor.pause(
            tx,
            caller.tenant_id,
            actor(request, caller),
            name,
            _chosen(data),
            now=datetime.now(UTC),
        )
        return await _paused(tx, caller)


@post(
    "/api/queue-monitor/resume",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Go on with a queue",
    responses={**CHANGES},
)
async def resume_queue(
    data: JSONBody[ChosenQueue],
    request: Request[Any, Any, State],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Paused:
    """What this company has paused; what is stopped for the whole installation stays so."""
    async with postgres.transaction() as tx:
        await monitor.resume(
            tx,
            caller.tenant_id,
            actor(request, caller),
            _chosen(data),
            now=datetime.now(UTC),
        )
        return await _paused(tx, caller)


@delete(
    "/api/queue-monitor/clear",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Empty a queue",
    responses={
        **REFUSALS,
        400: BAD_QUERY,
        422: refused("`queue_not_confirmed`, or `invalid`: send the queue's name twice."),
    },
)
async def clear_queue(
    of_queue: Queue,
    confirm: Confirm,
    request: Request[Any, Any, State],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Cleared:
    """What waits, is to be tried again or is scheduled: for ever, as if it had never been asked
    for. What is under way is left alone, and so are dead letters."""
    if confirm != of_queue:
        raise QueueNotConfirmed
    by = actor(request, caller)
    now = datetime.now(UTC)
    removed = await monitor.clear(postgres, caller.tenant_id, by, of_queue, now=now)
    return Cleared(queue=of_queue, removed=removed.total(), kinds=dict(sorted(removed.items())))


def _chosen(chosen: ChosenQueue) -> list[str]:
    return list(queue.QUEUES) if chosen.queue is None else [chosen.queue]


async def _paused(tx: Any, caller: Caller) -> Paused:
    standing = await queue.standing(tx, caller.tenant_id)
    return Paused(queues=sorted({one.queue for one in standing}))


routes: list[Any] = [queue_stats, queue_history, pause_queue, resume_queue, clear_queue]
