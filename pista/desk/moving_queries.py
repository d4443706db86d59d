"""The SQL by which clientes move: the only statements that change their status."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import msgspec

from pista.desk.machine import Move
from pista.desk.model import Actor, Announced, ClienteId, Status
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a cliente is, for whoever wants to move it, and who has it in hand by now."""

    id: ClienteId
    status: Status
    asesor: UserId | None
    version: int
    holder: UserId | None
    token: str | None
    overdue: bool
    """Its time is up, though it has not been moved yet."""
    was_theirs: bool
    """Whether whoever asks had it lately: they hear what became of it."""


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    seq: int
    audience: list[UserId]
    body: str


class _OfCliente(msgspec.Struct, frozen=True, rename="camel"):
    cliente_id: ClienteId


class NewCliente(msgspec.Struct, frozen=True, kw_only=True):
    nombre: str
    telefono: str | None
    email: str | None
    contact_id: ContactId | None
    campaign: str | None
    source: str
    notas: str | None


async def hold(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> None:
    """Nobody else moves these until the transaction ends. What is asked next sees what others did
    until now."""
    await tx.execute(
        """
        select id
        from clientes
        where tenant_id = $1 and id = any($2::bigint[])
        order by id
        for no key update
        """,
        tenant,
        clientes,
    )


async def standing(
    tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId], asks: UserId | None
) -> list[Standing]:
    """In the order of their ids. A lease that has run out holds nothing."""
    return await tx.all(
        Standing,
        """
        select
            c.id, c.seguimiento_status as status, c.asesor_asignado as asesor, c.version,
            l.holder, l.token, coalesce(c.due_at <= clock_timestamp(), false) as overdue,
            exists (
                select from desk_history h
                where h.tenant_id = $1 and h.cliente_id = c.id and h.asesor_before = $3
                    and h.at > clock_timestamp() - interval '1 day'
            ) as was_theirs
        from clientes c
        left join cliente_locks l
            on l.tenant_id = $1 and l.cliente_id = c.id and l.expires_at > clock_timestamp()
        where c.tenant_id = $1 and c.id = any($2::bigint[])
        order by c.id
        """,
        tenant,
        clientes,
        asks,
    )


BODY: LiteralString = """
    jsonb_build_object(
        'type', told.type, 'clienteId', told.id,
        'asesorId', case told.type
            when 'CLIENT_COMPLETED' then told.asesor_before else told.asesor_asignado
        end,
        'previousAsesor', told.asesor_before, 'reason', told.reason, 'timestamp', told.at,
        'seguimiento_status', told.seguimiento_status, 'version', told.version,
        'state_since', told.state_since, 'created_at', told.created_at,
        'derivado_at', told.derivado_at, 'opened_at', told.opened_at,
        'last_activity', told.last_activity, 'due_at', told.due_at, 'returns', told.returns,
        'escalated', told.escalated_at is not null
    )
"""
"""A message; no names, since it is kept beside what may be erased. `told` is a cliente."""

AUDIENCE: LiteralString = """
    array(
        select distinct asesor
        from unnest(array[told.asesor_before, told.asesor_asignado]) as asesor
        where asesor is not null
    )
"""

CHANGED: LiteralString = """
        moved as (
            update clientes c
            set seguimiento_status = o.to_status,
                asesor_asignado = o.asesor,
                derivado_at = case o.to_status when 'derivado' then o.at else c.derivado_at end,
                opened_at = case o.to_status
                    when 'derivado' then null when 'en_gestion' then o.at else c.opened_at
                end,
                last_activity = case when o.asesor is not null then o.at end,
                due_at = case
                    when o.asesor is not null then desk_due_of(c.tenant_id, o.asesor, o.at)
                end,
                wizard_completado = o.to_status = 'terminado',
                fecha_wizard_completado = case o.to_status when 'terminado' then o.at end,
                reopened_at = case o.move when 'reopen' then o.at else c.reopened_at end,
                touched_at = case
                    when o.move = 'reopen' then null
                    when o.move = 'open' then coalesce(c.touched_at, o.at)
                    else c.touched_at
                end,
                returns = c.returns + (o.move in ('give_back', 'time_out'))::int,
                let_go_by = case
                    when o.move in ('give_back', 'time_out') then o.asesor_before else c.let_go_by
                end,
                kept_back = o.move = 'withdraw',
                escalated_at = case
                    when o.move in ('complete', 'reopen') then null
                    when o.move in ('give_back', 'time_out') and c.returns + 1 >= o.too_often
                    then case
                        when o.too_often <= 1 + (
                            select count(*) from desk_history h
                            where h.tenant_id = c.tenant_id and h.cliente_id = c.id
                                and h.move in ('give_back', 'time_out')
                                and h.came_at = coalesce(c.reopened_at, c.created_at)
                        ) then coalesce(c.escalated_at, o.at)
                        else c.escalated_at
                    end
                    else c.escalated_at
                end,
                state_since = o.at,
                version = c.version + 1
            from (
                select
                    o.*, (
                        select s.escalate_after from desk_settings s
                        where s.tenant_id = o.tenant_id
                    ) as too_often
                from origin o
            ) o
            where c.tenant_id = o.tenant_id and c.id = o.id
                and c.seguimiento_status = o.from_status and c.version = o.version
            returning
                c.*, o.from_status, o.at, o.seconds, o.asesor_before, o.was_due, o.move, o.type,
                o.reason, o.actor_kind, o.actor_id, o.why,
                o.move = 'open' and o.untouched as touched
        ),
        begun as (
            insert into cliente_goals as g (
                tenant_id, cliente_id, came_at, assign_warn_at, assign_by, touch_warn_at, touch_by,
                told_at, next_at
            )
            select
                m.tenant_id, m.id, m.at, wanted.*, m.at,
                least(
                    wanted.assign_warn_at, wanted.assign_by, wanted.touch_warn_at, wanted.touch_by
                )
            from moved m
            cross join lateral desk_goals(m.tenant_id, m.at) wanted
            where m.move = 'reopen'
            on conflict (tenant_id, cliente_id) do update
            set came_at = excluded.came_at, assign_warn_at = excluded.assign_warn_at,
                assign_by = excluded.assign_by, touch_warn_at = excluded.touch_warn_at,
                touch_by = excluded.touch_by, told_at = excluded.told_at, assign_late = false,
                touch_late = false, next_at = excluded.next_at
        ),
        met as (
            update cliente_goals g
            set next_at = desk_goals_next(
                    m.seguimiento_status, m.touched_at is not null, g.told_at, g
                ),
                assign_late = g.assign_late or coalesce(
                    'nuevo' in (m.from_status, m.seguimiento_status) and g.assign_by <= m.at, false
                ),
                touch_late = g.touch_late or coalesce(m.touched and g.touch_by <= m.at, false)
            from moved m
            where g.tenant_id = m.tenant_id and g.cliente_id = m.id and m.move <> 'reopen'
        ),
        freed as (
            delete from cliente_locks l
            using moved m
            where l.tenant_id = m.tenant_id and l.cliente_id = m.id and m.move <> 'open'
        ),
        written as (
            insert into desk_history (
                tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind,
                actor_id, asesor_before, asesor_after, why, due_at, campaign, source, outcome,
                came_at, touched
            )
            select
                tenant_id, id, move, from_status, seguimiento_status, at, seconds, actor_kind,
                actor_id, asesor_before, asesor_asignado, why,
                case move when 'time_out' then was_due end, left(campaign, 200), source,
                case move when 'complete' then outcome end,
                coalesce(reopened_at, created_at), touched
            from moved
        )
"""
"""From `origin`, held rows with what is to become of them, to `moved`: what they are now, with
their history."""

TOLD: LiteralString = (
    """
        insert into desk_messages (tenant_id, audience, body)
        select told.tenant_id, """
    + AUDIENCE
    + ","
    + BODY
    + """
        from moved told
        order by told.id
        returning tenant_id, seq, audience, body::text as body
    """
)

ORIGIN: LiteralString = """
    with ticked as materialized (select clock_timestamp() as now),
        origin as materialized (
            select
                c.tenant_id, c.id, c.version, c.seguimiento_status as from_status,
                $4::text as to_status, going.asesor, c.asesor_asignado as asesor_before,
                greatest(t.now, c.state_since) as at, c.due_at as was_due,
                extract(epoch from greatest(t.now - c.state_since, '0'))::float8 as seconds,
                $6::text as move, $7::text as type, $8::text as reason,
                $9::text as actor_kind, $10::uuid as actor_id, $11::text as why,
                c.touched_at is null as untouched
            from unnest($2::bigint[], $5::uuid[]) as going (id, asesor)
            join clientes c on c.tenant_id = $1 and c.id = going.id
            cross join ticked t
            where c.seguimiento_status = any($3::text[])
            order by c.id
            for no key update of c
        ),
"""
"""Those that go along a move, each to whose it is to be."""

_MOVE: LiteralString = ORIGIN + CHANGED + TOLD


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """When its asesor last did something with a cliente, and until when it is theirs."""

    last_activity: datetime
    due_at: datetime


async def renew(tx: Tx, tenant: TenantId, cliente: ClienteId, asesor: UserId) -> Clocks | None:
    """Its asesor has done something: their time begins anew. None if it is not theirs."""
    return await tx.one_or_none(
        Clocks,
        """
        with ticked as materialized (select clock_timestamp() as now)
        update clientes c
        set last_activity = greatest(t.now, c.last_activity),
            due_at = desk_due_of(c.tenant_id, $3, greatest(t.now, c.last_activity))
        from ticked t
        where c.tenant_id = $1 and c.id = $2 and c.asesor_asignado = $3
            and c.seguimiento_status in ('derivado', 'en_gestion')
        returning c.last_activity, c.due_at
        """,
        tenant,
        cliente,
        asesor,
    )


_TELL: LiteralString = (
    """
    with moved as (
        select
            c.*, $3::uuid as asesor_before, clock_timestamp() as at, 'CLIENT_UPDATED' as type,
            $4::text as reason
        from clientes c
        where c.tenant_id = $1 and c.id = $2
    )
    """
    + TOLD
)


async def tell(
    tx: Tx, tenant: TenantId, cliente: ClienteId, concerned: UserId | None, reason: str
) -> list[Announced]:
    """That something about it is otherwise, though not its status."""
    rows = await tx.all(MessageRow, _TELL, tenant, cliente, concerned, reason)
    return [announced(row) for row in rows]


async def move(
    tx: Tx,
    tenant: TenantId,
    clientes: Sequence[ClienteId],
    along: Move,
    *,
    asesor: UserId | None,
    actor: Actor,
    why: str | None,
) -> list[Announced]:
    """Those of them from where this move goes; each with its history and what is told of it.

    They must be held: who holds them has looked who has them in hand.
    """
    rows = await tx.all(
        MessageRow,
        _MOVE,
        tenant,
        clientes,
        along.origins,
        along.to,
        [asesor] * len(clientes),
        along.name,
        along.tells,
        along.reason,
        actor.kind,
        actor.id,
        why,
    )
    return [announced(row) for row in rows]


_ADD: LiteralString = (
    """
    with moved as (
        insert into clientes (
            tenant_id, nombre, telefono, email, contact_id, campaign, source, notas,
            seguimiento_status, created_at, state_since
        )
        select $1, $2, $3, $4, $5, $6, $7, $8, 'nuevo', now, now
        from (select coalesce($13::timestamptz, clock_timestamp()) as now) ticked
        returning
            *, null::uuid as asesor_before, state_since as at, 'CLIENT_CREATED' as type,
            null as reason
    ),
    begun as (
        insert into cliente_goals (
            tenant_id, cliente_id, came_at, assign_warn_at, assign_by, touch_warn_at, touch_by,
            told_at, next_at
        )
        select
            m.tenant_id, m.id, m.at, wanted.*, m.at,
            least(wanted.assign_warn_at, wanted.assign_by, wanted.touch_warn_at, wanted.touch_by)
        from moved m
        cross join lateral desk_goals(m.tenant_id, m.at) wanted
    ),
    worded as (
        insert into cliente_words (tenant_id, cliente_id, words)
        select tenant_id, id, array_to_tsvector($9::text[]) from moved
    ),
    written as (
        insert into desk_history (
            tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind,
            actor_id, why, campaign, source, came_at
        )
        select
            tenant_id, id, 'create', '', 'nuevo', at, 0, $10, $11, $12, left(campaign, 200),
            source, at
        from moved
    )
    """
    + TOLD
)


async def add(
    tx: Tx,
    tenant: TenantId,
    new: NewCliente,
    words: Sequence[str],
    *,
    actor: Actor,
    why: str | None,
    at: datetime | None = None,
) -> tuple[ClienteId, Announced]:
    """With the beginning of its history; `at`: it came then, and not now."""
    row = await tx.one(
        MessageRow,
        _ADD,
        tenant,
        new.nombre,
        new.telefono,
        new.email,
        new.contact_id,
        new.campaign,
        new.source,
        new.notas,
        words,
        actor.kind,
        actor.id,
        why,
        at,
    )
    body = msgspec.json.decode(row.body, type=_OfCliente)
    return body.cliente_id, announced(row)


def announced(row: MessageRow) -> Announced:
    body = msgspec.Raw(row.body.encode())
    return Announced(tenant_id=row.tenant_id, seq=row.seq, audience=row.audience, body=body)
