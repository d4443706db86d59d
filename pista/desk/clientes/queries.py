"""The SQL of clientes as they are shown, and of what happened to them."""

from collections.abc import Sequence

import msgspec

from pista.desk.clientes.model import HistoryRow, Row
from pista.desk.model import ClienteId, Status
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    escalated: int
    late: int


class CountRow(msgspec.Struct, frozen=True, kw_only=True):
    status: Status
    clientes: int


async def rows(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> list[Row]:
    """In this order. A lease that has run out is nobody's."""
    return await tx.all(
        Row,
        """
        select
            c.id, c.nombre, c.telefono, c.email,
            case when c.contact_id is not null then contact_root(c.tenant_id, c.contact_id) end
                as contact_id,
            c.campaign, c.source, c.seguimiento_status, c.asesor_asignado, c.created_at,
            c.derivado_at, c.opened_at, c.last_activity, c.due_at, c.fecha_wizard_completado,
            c.wizard_completado, c.returns, c.escalated_at,
            case when c.seguimiento_status = 'nuevo' then g.assign_by end as assign_by,
            case
                when c.touched_at is null and c.seguimiento_status <> 'terminado' then g.touch_by
            end as touch_by,
            coalesce(g.assign_late or g.touch_late, false) as late, c.version, c.notas, c.outcome,
            c.next_action, c.next_action_at, c.state_since, c.urgent_at,
            l.holder, l.taken_at, l.expires_at
        from unnest($2::bigint[]) with ordinality as asked (id, place)
        join clientes c on c.tenant_id = $1 and c.id = asked.id
        left join cliente_locks l
            on l.tenant_id = $1 and l.cliente_id = c.id and l.expires_at > clock_timestamp()
        left join cliente_goals g
            on g.tenant_id = $1 and g.cliente_id = c.id
                and g.came_at = coalesce(c.reopened_at, c.created_at)
        order by asked.place
        """,
        tenant,
        clientes,
    )


async def history(
    tx: Tx, tenant: TenantId, cliente: ClienteId, before: int | None, most: int
) -> list[HistoryRow]:
    """The newest first."""
    return await tx.all(
        HistoryRow,
        """
        select
            id, move, from_status, to_status, at, seconds, actor_kind, actor_id, asesor_before,
            asesor_after, why, due_at
        from desk_history
        where tenant_id = $1 and cliente_id = $2 and ($3::bigint is null or id < $3)
        order by id desc
        limit $4
        """,
        tenant,
        cliente,
        before,
        most,
    )


async def counts(tx: Tx, tenant: TenantId, statuses: Sequence[Status], most: int) -> list[CountRow]:
    """Of the whole company; of each status no more than `most` are counted."""
    return await tx.all(
        CountRow,
        """
        select asked.status, counted.clientes
        from unnest($2::text[]) as asked (status)
        cross join lateral (
            select count(*) as clientes
            from (
                select from clientes c
                where c.tenant_id = $1 and c.seguimiento_status = asked.status
                limit $3
            ) met
        ) counted
        """,
        tenant,
        statuses,
        most,
    )


async def counts_of(
    tx: Tx, tenant: TenantId, asesor: UserId, statuses: Sequence[Status], most: int
) -> list[CountRow]:
    """The same of one asesor."""
    return await tx.all(
        CountRow,
        """
        select asked.status, counted.clientes
        from unnest($2::text[]) as asked (status)
        cross join lateral (
            select count(*) as clientes
            from (
                select from clientes c
                where c.tenant_id = $1 and c.asesor_asignado = $4
                    and c.seguimiento_status = asked.status
                limit $3
            ) met
        ) counted
        """,
        tenant,
        statuses,
        most,
        asesor,
    )


async def marks(tx: Tx, tenant: TenantId, asesor: UserId | None, most: int) -> Marks:
    """Of the whole company, or of one asesor; of each no more than `most` are counted."""
    return await tx.one(
        Marks,
        """
        select
            (
                select count(*)
                from (
                    select from clientes c
                    where c.tenant_id = $1 and c.escalated_at is not null
                        and ($2::uuid is null or c.asesor_asignado = $2)
                    limit $3
                ) met
            ) as escalated,
            (
                select count(*)
                from (
                    select
                    from cliente_goals g
                    join clientes c on c.tenant_id = $1 and c.id = g.cliente_id
                    where g.tenant_id = $1 and (g.assign_late or g.touch_late)
                        and g.came_at = coalesce(c.reopened_at, c.created_at)
                        and c.seguimiento_status <> 'terminado'
                        and ($2::uuid is null or c.asesor_asignado = $2)
                    limit $3
                ) met
            ) as late
        """,
        tenant,
        asesor,
        most,
    )
