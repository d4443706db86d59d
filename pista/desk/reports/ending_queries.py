"""The SQL of how clientes come back and how they end, from `desk_history_left`."""

from datetime import date, datetime
from typing import Literal, LiteralString

import msgspec

from pista.desk.reports.model import By
from pista.desk.reports.queries import LEFT, Narrowed
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

MOST_REASONS = 20


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """Of all, of a day, or of an asesor: how often somebody had one no more."""

    day: date | None
    asesor: UserId | None
    whole: bool
    """Of all of the time."""
    ended: int
    returned: int
    withdrawn: int


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    move: Literal["give_back", "time_out"]
    status: Literal["derivado", "en_gestion"]
    clientes: int


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    why: str | None
    clientes: int


class Often(msgspec.Struct, frozen=True, kw_only=True):
    times: int
    clientes: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    key: str | None
    done: bool
    """Or it came back."""
    outcome: str | None
    clientes: int
    seconds: float


_ENDED: LiteralString = (
    """
        count(*) as ended,
        count(*) filter (where move in ('give_back', 'time_out')) as returned,
        count(*) filter (where move = 'withdraw') as withdrawn
    from (
        select
            asesor_before as asesor, move,
            case when $7::text <> '' then (at at time zone $7)::date end as day
    """
    + LEFT
    + """
            and move in (
                'complete', 'give_back', 'time_out', 'withdraw', 'reassign', 'transfer'
            )
    ) found
    """
)
_ENDED_PARTS: LiteralString = (
    "select day, asesor, grouping(day, asesor) = 3 as whole,"
    + _ENDED
    + "group by grouping sets ((), (day), (asesor))"
)
_ENDED_WHOLE: LiteralString = (
    "select null::date as day, null::uuid as asesor, true as whole," + _ENDED
)


async def ended(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    narrowed: Narrowed,
    *,
    zone: str | None,
) -> list[Ended]:
    """Without a zone, of all of them together."""
    sql = _ENDED_PARTS if zone is not None else _ENDED_WHOLE
    return await tx.all(Ended, sql, tenant, start, end, *narrowed, zone or "")


async def kinds(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed
) -> list[Kind]:
    return await tx.all(
        Kind,
        "select move, from_status as status, count(*) as clientes"
        + LEFT
        + """
            and move in ('give_back', 'time_out')
        group by move, from_status
        order by clientes desc, move, from_status
        """,
        tenant,
        start,
        end,
        *narrowed,
    )


async def reasons(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed
) -> list[Reason]:
    """The words themselves lie in the table: looked up for those that have any."""
    return await tx.all(
        Reason,
        """
        with given_back as materialized (
            select cliente_id, id
        """
        + LEFT
        + """
                and move = 'give_back'
        )
        select h.why, count(*) as clientes
        from given_back g
        join desk_history h on h.tenant_id = $1 and h.cliente_id = g.cliente_id and h.id = g.id
        group by h.why
        order by clientes desc, h.why
        limit $7
        """,
        tenant,
        start,
        end,
        *narrowed,
        MOST_REASONS,
    )


async def often(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, narrowed: Narrowed, most: int
) -> list[Often]:
    return await tx.all(
        Often,
        """
        select least(times, $7::int) as times, count(*) as clientes
        from (
            select count(*) as times
        """
        + LEFT
        + """
                and move in ('give_back', 'time_out')
            group by cliente_id
        ) each
        group by 1
        order by 1
        """,
        tenant,
        start,
        end,
        *narrowed,
        most,
    )


async def outcomes(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    narrowed: Narrowed,
    *,
    by: By,
    zone: str,
) -> list[Outcome]:
    return await tx.all(
        Outcome,
        """
        select
            case $7::text
                when 'asesor' then asesor_before::text
                when 'campaign' then campaign
                when 'source' then source
                else extract(hour from at at time zone $8)::int::text
            end as key,
            move = 'complete' as done, outcome, count(*) as clientes, sum(seconds) as seconds
        """
        + LEFT
        + "and move in ('complete', 'give_back', 'time_out') group by 1, 2, 3",
        tenant,
        start,
        end,
        *narrowed,
        by,
        zone,
    )
