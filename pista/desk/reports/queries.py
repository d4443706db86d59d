"""The SQL of how soon clientes are opened and how long they stay: each statement reads the part of
`desk_history_left` or `desk_history_touched` that its days have."""

from datetime import date, datetime
from typing import LiteralString

import msgspec

from pista.desk.machine import Name
from pista.desk.model import Status
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

USUAL_GOAL = 300
Narrowed = tuple[UserId | None, str | None, str | None]

FITS: LiteralString = """
        and ($4::uuid is null or asesor_before = $4)
        and ($5::text is null or campaign = $5)
        and ($6::text is null or source = $6)
"""
LEFT: LiteralString = (
    """
    from desk_history
    where tenant_id = $1 and at >= $2 and at < $3
"""
    + FITS
)
"""What happened in a time."""

BEGAN: LiteralString = (
    LEFT
    + """
        and move in ('create', 'reopen') and not exists (
            select from desk_history back
            where back.tenant_id = $1 and back.move = 'take_back'
                and back.cliente_id = desk_history.cliente_id
                and back.came_at = desk_history.at
        )
"""
)
"""Cases that began in a time, but for those that did not after all."""

TOUCHED: LiteralString = (
    """
    from desk_history
    where tenant_id = $1 and touched and came_at >= $2 and came_at < $3
"""
    + FITS
)
"""What was opened for the first time, of cases that began in a time."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """Of all, or of a day, or of an hour of the day."""

    day: date | None
    hour: int | None
    opened: int
    young: int
    """Of those whose time is not up yet."""
    in_time: int
    quantiles: list[float | None] | None


class Began(msgspec.Struct, frozen=True, kw_only=True):
    day: date | None
    hour: int | None
    cases: int
    young: int


class Given(msgspec.Struct, frozen=True, kw_only=True):
    cases: int
    opened: int
    undecided: int
    in_time: int
    quantiles: list[float | None] | None


class Stayed(msgspec.Struct, frozen=True, kw_only=True):
    status: Status
    stays: int
    average: float
    quantiles: list[float | None]


class Left(msgspec.Struct, frozen=True, kw_only=True):
    status: Status
    move: Name
    clientes: int


async def goal(tx: Tx, tenant: TenantId) -> int:
    """The company's own for the first opening, or what is usual."""
    found = await tx.value(
        "select touch_goal_seconds from desk_settings where tenant_id = $1", tenant
    )
    return USUAL_GOAL if found is None else found


async def prepare(tx: Tx) -> None:
    """Which index serves depends on the days; and what is put in order for a median stays in
    memory."""
    await tx.execute("set local plan_cache_mode = force_custom_plan")
    await tx.execute("set local work_mem = '32MB'")


_PARTS: LiteralString = "group by grouping sets ((), (day), (hour))"
_OPENED: LiteralString = (
    """
    select
        day, hour, count(*) as opened, count(*) filter (where came_at > $9) as young,
        count(*) filter (where seconds <= $8::int) as in_time,
        percentile_cont(array[0.5, 0.9]) within group (order by seconds) as quantiles
    from (
        select
            came_at, extract(epoch from at - came_at)::float8 as seconds,
            case when $7::text <> '' then (came_at at time zone $7)::date end as day,
            case when $7 <> '' then extract(hour from came_at at time zone $7)::int end as hour
    """
    + TOUCHED
    + ") found "
)
_BEGAN: LiteralString = (
    """
    select day, hour, count(*) as cases, count(*) filter (where at > $8) as young
    from (
        select
            at, case when $7::text <> '' then (at at time zone $7)::date end as day,
            case when $7 <> '' then extract(hour from at at time zone $7)::int end as hour
    """
    + BEGAN
    + ") found "
)
_WHOLE: LiteralString = "group by day, hour"
_OPENED_PARTS: LiteralString = _OPENED + _PARTS
_OPENED_WHOLE: LiteralString = _OPENED + _WHOLE
_BEGAN_PARTS: LiteralString = _BEGAN + _PARTS
_BEGAN_WHOLE: LiteralString = _BEGAN + _WHOLE


async def opened(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    narrowed: Narrowed,
    *,
    zone: str | None,
    goal: int,
    young: datetime,
) -> list[Opened]:
    """Without a zone, of all of them together."""
    sql = _OPENED_WHOLE if zone is None else _OPENED_PARTS
    return await tx.all(Opened, sql, tenant, start, end, *narrowed, zone or "", goal, young)


async def began(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    narrowed: Narrowed,
    *,
    zone: str | None,
    young: datetime,
) -> list[Began]:
    """The same."""
    sql = _BEGAN_WHOLE if zone is None else _BEGAN_PARTS
    return await tx.all(Began, sql, tenant, start, end, *narrowed, zone or "", young)


async def given(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed, *, goal: int
) -> Given:
    """What was taken away again while there was time says nothing about whoever had it."""
    return await tx.one(
        Given,
        """
        select
            count(*) as cases,
            count(*) filter (where move = 'open') as opened,
            count(*) filter (where move in ('withdraw', 'reassign') and seconds <= $7::int)
                as undecided,
            count(*) filter (where move = 'open' and seconds <= $7::int) as in_time,
            percentile_cont(array[0.5, 0.9]) within group (order by seconds)
                filter (where move = 'open') as quantiles
        """
        + LEFT
        + "and from_status = 'derivado' and move <> 'take_back'",
        tenant,
        start,
        end,
        *narrowed,
        goal,
    )


async def stayed(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed
) -> list[Stayed]:
    return await tx.all(
        Stayed,
        """
        select
            from_status as status, count(*) as stays, avg(seconds) as average,
            percentile_cont(array[0.5, 0.9]) within group (order by seconds) as quantiles
        """
        + LEFT
        + "and from_status <> '' group by from_status",
        tenant,
        start,
        end,
        *narrowed,
    )


async def left(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed
) -> list[Left]:
    return await tx.all(
        Left,
        "select from_status as status, move, count(*) as clientes"
        + LEFT
        + "and from_status <> '' group by from_status, move",
        tenant,
        start,
        end,
        *narrowed,
    )
