"""The SQL of what an import reopened: how it was before, and how it is so again."""

from collections.abc import Sequence
from typing import Any, LiteralString, cast

import msgspec

from pista.desk.model import ClienteId
from pista.ids import TenantId
from pista.store.postgres import Tx


class _Was(msgspec.Struct, frozen=True):
    id: ClienteId
    was: dict[str, object]


async def states(
    tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]
) -> dict[ClienteId, dict[str, object]]:
    """What beginning again changes of each, and of its goals."""
    rows = await tx.all(
        _Was,
        """
        select
            c.id,
            jsonb_build_object(
                'id', c.id, 'seguimiento_status', c.seguimiento_status,
                'state_since', c.state_since, 'derivado_at', c.derivado_at,
                'opened_at', c.opened_at, 'wizard_completado', c.wizard_completado,
                'fecha_wizard_completado', c.fecha_wizard_completado, 'returns', c.returns,
                'let_go_by', c.let_go_by, 'kept_back', c.kept_back,
                'escalated_at', c.escalated_at, 'reopened_at', c.reopened_at,
                'touched_at', c.touched_at, 'goals', to_jsonb(g)
            ) as was
        from clientes c
        left join cliente_goals g on g.tenant_id = $1 and g.cliente_id = c.id
        where c.tenant_id = $1 and c.id = any($2::bigint[])
        """,
        tenant,
        clientes,
    )
    return {row.id: row.was for row in rows}


TAKE_BACK: LiteralString = """
with given as materialized (
    select was.*, one.state -> 'goals' as goals
    from jsonb_array_elements($2::jsonb) as one (state)
    cross join lateral jsonb_populate_record(null::clientes, one.state) as was
),
now as materialized (
    select
        c.id, c.seguimiento_status as status, c.asesor_asignado as asesor, c.state_since,
        coalesce(c.reopened_at, c.created_at) as came_at,
        greatest(clock_timestamp(), c.state_since) as at
    from clientes c
    join given g using (id)
    where c.tenant_id = $1
),
back as (
    update clientes c
    set seguimiento_status = g.seguimiento_status, asesor_asignado = null,
        last_activity = null, due_at = null, state_since = g.state_since,
        derivado_at = g.derivado_at, opened_at = g.opened_at,
        wizard_completado = g.wizard_completado,
        fecha_wizard_completado = g.fecha_wizard_completado, returns = g.returns,
        let_go_by = g.let_go_by, kept_back = g.kept_back, escalated_at = g.escalated_at,
        reopened_at = g.reopened_at, touched_at = g.touched_at, version = c.version + 1
    from given g
    where c.tenant_id = $1 and c.id = g.id
    returning c.id, c.seguimiento_status as status, left(c.campaign, 200) as campaign,
        c.source
),
goals as (
    update cliente_goals g
    set came_at = was.came_at, assign_warn_at = was.assign_warn_at,
        assign_by = was.assign_by, touch_warn_at = was.touch_warn_at,
        touch_by = was.touch_by, told_at = was.told_at, assign_late = was.assign_late,
        touch_late = was.touch_late, next_at = was.next_at
    from given
    cross join lateral jsonb_populate_record(null::cliente_goals, given.goals) as was
    where g.tenant_id = $1 and g.cliente_id = given.id and was.came_at is not null
)
insert into desk_history (
    tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind,
    asesor_before, why, campaign, source, came_at
)
select
    $1, b.id, 'take_back', n.status, b.status, n.at,
    extract(epoch from n.at - n.state_since)::float8, 'system', n.asesor, $3, b.campaign,
    b.source, n.came_at
from back b
join now n using (id)
where n.status <> b.status
order by b.id
"""


async def take_back(
    tx: Tx, tenant: TenantId, states: Sequence[dict[str, object]], why: str
) -> None:
    """Each is as it was, and its history says that it went back. They must be held, and in nobody's
    hand."""
    await tx.execute(
        TAKE_BACK,
        tenant,
        cast("list[Any]", states),
        why,
    )
