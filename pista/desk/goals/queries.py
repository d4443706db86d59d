"""The SQL of goals, of all companies."""

from typing import LiteralString

import msgspec

from pista.desk.goals.model import Escalation, Goals
from pista.desk.model import Announced
from pista.desk.moving_queries import TOLD
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class _Tenant(msgspec.Struct, frozen=True):
    tenant_id: TenantId


async def set_goals(tx: Tx, tenant: TenantId, goals: Goals) -> None:
    """The settings must be there."""
    await tx.execute(
        """
        update desk_settings
        set assign_goal_seconds = $2, touch_goal_seconds = $3, goal_warning_seconds = $4
        where tenant_id = $1
        """,
        tenant,
        goals.assign_seconds,
        goals.touch_seconds,
        goals.warning_seconds,
    )


async def set_escalation(tx: Tx, tenant: TenantId, asked: Escalation) -> None:
    """The settings must be there."""
    await tx.execute(
        "update desk_settings set escalate_after = $2, escalate_to = $3 where tenant_id = $1",
        tenant,
        asked.after_returns,
        asked.asesor_id,
    )


async def set_anew(tx: Tx, tenant: TenantId) -> int:
    """Of all that are under way: by the settings as they are now. What is late stays so. Held as
    whoever moves a cliente holds it."""
    return await tx.execute(
        """
        with held as materialized (
            select c.id as cliente_id
            from clientes c
            join cliente_goals g on g.tenant_id = $1 and g.cliente_id = c.id
            where c.tenant_id = $1 and g.next_at is not null
            order by c.id
            for no key update of c
        )
        update cliente_goals g
        set assign_warn_at = wanted.assign_warn_at, assign_by = wanted.assign_by,
            touch_warn_at = wanted.touch_warn_at, touch_by = wanted.touch_by,
            next_at = case when wanted.some then clock_timestamp() end
        from held h
        join cliente_goals old on old.tenant_id = $1 and old.cliente_id = h.cliente_id
        left join lateral (
            select *, true as some from desk_goals($1, old.came_at)
        ) wanted on true
        where g.tenant_id = $1 and g.cliente_id = h.cliente_id
        """,
        tenant,
    )


async def companies(tx: Tx) -> set[TenantId]:
    """Those that have goals, or something under way from when they had."""
    rows = await tx.all(
        _Tenant,
        """
        select tenant_id
        from desk_settings s
        where coalesce(assign_goal_seconds, touch_goal_seconds) is not null
            or exists (
                select from cliente_goals g
                where g.tenant_id = s.tenant_id and g.next_at is not null
            )
        """,
    )
    return {row.tenant_id for row in rows}


# One that is moved in this very moment is passed over: whoever moves it says what is next.
_PASSED: LiteralString = (
    """
    with due as materialized (
        select g.*, now() as now
        from cliente_goals g
        where g.next_at <= now()
        order by g.next_at
        limit $1
        for update skip locked
    ),
    standing as materialized (
        select
            d.tenant_id, d.cliente_id, d.now, d.told_at, c.seguimiento_status as status,
            c.touched_at is not null as touched,
            coalesce(c.reopened_at, c.created_at) = d.came_at as its
        from due d
        join clientes c on c.tenant_id = d.tenant_id and c.id = d.cliente_id
    ),
    passed as materialized (
        select
            s.*, s.its and s.status = 'nuevo' as assigning,
            s.its and not s.touched and s.status <> 'terminado' as touching
        from standing s
    ),
    looked as (
        update cliente_goals g
        set told_at = p.now,
            assign_late = g.assign_late or coalesce(p.assigning and g.assign_by <= p.now, false),
            touch_late = g.touch_late or coalesce(p.touching and g.touch_by <= p.now, false),
            next_at = case
                when p.its then desk_goals_next(p.status, p.touched, p.now, g)
            end
        from passed p
        where g.tenant_id = p.tenant_id and g.cliente_id = p.cliente_id
        returning
            g.tenant_id, g.cliente_id,
            case
                when p.assigning and g.assign_by > p.told_at and g.assign_by <= p.now
                then 'assign_late'
                when p.touching and g.touch_by > p.told_at and g.touch_by <= p.now
                then 'touch_late'
                when p.assigning and g.assign_warn_at > p.told_at and g.assign_warn_at <= p.now
                then 'assign_warning'
                when p.touching and g.touch_warn_at > p.told_at and g.touch_warn_at <= p.now
                then 'touch_warning'
            end as reason
    ),
    moved as (
        select
            c.*, null::uuid as asesor_before, clock_timestamp() as at, 'CLIENT_UPDATED' as type,
            l.reason
        from looked l
        join clientes c on c.tenant_id = l.tenant_id and c.id = l.cliente_id
        where l.reason is not null
    ),
    told as ("""
    + TOLD
    + """)
    select tenant_id, seq, audience, body, looked.many
    from (select count(*) as many from looked) looked
    left join told on true
    order by tenant_id, seq"""
)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A message; or none, and only how many were looked at."""

    many: int
    tenant_id: TenantId | None
    seq: int | None
    audience: list[UserId] | None
    body: str | None


class _Why(msgspec.Struct, frozen=True, kw_only=True):
    reason: str


_why = msgspec.json.Decoder(_Why)
Told = tuple[str, Announced]


async def pass_by(tx: Tx, most: int) -> tuple[int, list[Told]]:
    """What is near its goal or beyond it: how many, and what there is to tell of them, and why."""
    rows = await tx.all(_Row, _PASSED, most)
    told = [
        Announced(
            tenant_id=row.tenant_id,
            seq=row.seq,
            audience=row.audience,
            body=msgspec.Raw(row.body.encode()),
        )
        for row in rows
        if row.tenant_id and row.seq and row.body and row.audience is not None
    ]
    return rows[0].many, [(_why.decode(bytes(one.body)).reason, one) for one in told]


async def seconds_left(tx: Tx) -> float | None:
    """Until there is something to tell, by the database's clock; None: there is nothing."""
    return await tx.value(
        """
        select extract(epoch from min(next_at) - clock_timestamp())::float8
        from cliente_goals
        where next_at is not null
        """
    )
