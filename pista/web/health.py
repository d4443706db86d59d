"""Whether this process lives, and whether an event could be acknowledged now."""

import asyncio
import os
from typing import Any, Literal

import msgspec
from litestar import Response, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    multiprocess,
)

from pista import accounts, events
from pista.errors import Unavailable
from pista.store import postgres
from pista.store.clickhouse import ClickHouseAway, ClickHouseError
from pista.web import away

CLICKHOUSE_SECONDS = 2.0

Status = Literal["ok", "degraded", "unavailable"]


class Live(msgspec.Struct, frozen=True):
    status: Literal["ok"] = "ok"


class Checks(msgspec.Struct, frozen=True, kw_only=True):
    journal: bool
    """An event could be committed, so acknowledged, now."""
    statistics: bool
    """ClickHouse answers; without it events are taken and wait in the journal."""


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    status: Status
    checks: Checks


class TrackingHealth(msgspec.Struct, frozen=True, kw_only=True):
    status: Status
    checks: Checks
    buffer: events.BufferStats | None


@get("/health/live", opt=accounts.public(), tags=["Health"], summary="Is the process alive?")
async def alive() -> Live:
    return Live()


@get(
    "/health/ready",
    opt=accounts.public(),
    tags=["Health"],
    summary="Could an event be acknowledged now?",
    responses={503: ResponseSpec(Ready, description="None can be acknowledged now.")},
)
async def ready(state: State) -> Response[Ready]:
    """200 while events can be acknowledged, `degraded` if statistics have to wait; else 503."""
    checks = await _checks(state)
    body = Ready(status=_status(checks), checks=checks)
    return Response(body, status_code=200 if checks.journal else 503)


@get(
    "/tracking-v2/health",
    opt=accounts.public(),
    tags=["Events"],
    summary="State of event tracking and of its buffer",
    responses={503: ResponseSpec(TrackingHealth, description="No event can be taken now.")},
)
async def tracking(state: State) -> Response[TrackingHealth]:
    checks = await _checks(state)
    body = TrackingHealth(status=_status(checks), checks=checks, buffer=await _buffer(state))
    return Response(body, status_code=200 if checks.journal else 503)


@get(
    "/metrics",
    opt=accounts.public(),
    tags=["Health"],
    summary="Metrics",
    media_type="text/plain",
)
async def metrics() -> Response[bytes]:
    """For Prometheus: the sum over all processes of this machine."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # pyright: ignore[reportUnknownMemberType] - untyped
    # The framework adds the charset; named twice, Prometheus could not read the type.
    media_type = CONTENT_TYPE_LATEST.removesuffix("; charset=utf-8")
    return Response(generate_latest(registry), media_type=media_type)


routes: list[Any] = [alive, ready, tracking, metrics]


async def _checks(state: State) -> Checks:
    journal, statistics = await asyncio.gather(_journal(state), _statistics(state))
    return Checks(journal=journal, statistics=statistics)


async def _journal(state: State) -> bool:
    try:
        await state.journal.check()
    except Unavailable:
        return False
    return True


async def _statistics(state: State) -> bool:
    try:
        async with asyncio.timeout(CLICKHOUSE_SECONDS):
            await state.clickhouse.version()
    except (ClickHouseAway, ClickHouseError) as error:
        away.note("clickhouse", error)
        return False
    except TimeoutError:
        away.note("clickhouse", TimeoutError(f"no answer in {CLICKHOUSE_SECONDS:.0f} s"))
        return False
    return True


async def _buffer(state: State) -> events.BufferStats | None:
    try:
        async with state.postgres.transaction() as tx:
            return await events.buffer_stats(tx)
    except postgres.AWAY:
        return None


def _status(checks: Checks) -> Status:
    if not checks.journal:
        return "unavailable"
    return "ok" if checks.statistics else "degraded"
