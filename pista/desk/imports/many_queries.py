"""The SQL of many clientes at once: made, moved and changed in one statement each, with what each
has of history, and one message for all of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple

import msgspec

from pista.desk.imports.columns import Digits
from pista.desk.imports.model import Case
from pista.desk.machine import Move
from pista.desk.model import Actor, Announced, ClienteId
from pista.desk.moving_queries import CHANGED, ORIGIN, MessageRow, NewCliente, announced
from pista.ids import ContactId, TenantId, UserId
from pista.sheets import ImportId
from pista.store.postgres import Tx


class Asked(NamedTuple):
    """Whom a row is about."""

    who: str
    digits: Digits | None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    id: ClienteId
    version: int
    due_at: datetime | None
    asesor_before: UserId | None


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What an import may change of a cliente."""

    id: ClienteId
    nombre: str
    telefono: str | None
    email: str | None
    campaign: str | None
    notas: str | None
    next_action: str | None
    next_action_at: datetime | None


class Planned(NamedTuple):
    """A new cliente, with what it is found by."""

    new: NewCliente
    next_action: str | None
    next_action_at: datetime | None
    words: Sequence[str]


class _Made(msgspec.Struct, frozen=True):
    id: ClienteId
    nombre: str


class _Version(msgspec.Struct, frozen=True):
    id: ClienteId
    version: int


async def cases(tx: Tx, tenant: TenantId, asked: Sequence[Asked]) -> dict[str, Case]:
    """Of whom there is one: by the phone as it was entered, however it was typed, or by whose
    contact's phone or e-mail it is."""
    rows = await tx.all(
        Case,
        """
        with asked as materialized (
            select *
            from unnest($2::text[], $3::text[], $4::text[]) as a (who, whole, national)
        ),
        forms as (
            select who, whole as digits from asked where whole is not null
            union all
            select who, national from asked where national is not null
        ),
        typed as materialized (
            select id, digits from clientes where tenant_id = $1 and digits = any($5::text[])
        ),
        known as materialized (
            select value as who, contact_id
            from contact_identities
            where tenant_id = $1 and kind in ('phone', 'email') and value = any($2::text[])
        ),
        met as (
            select f.who, t.id from forms f join typed t on t.digits = f.digits
            union
            select k.who, c.id
            from known k
            cross join lateral contact_family($1, contact_root($1, k.contact_id)) as member (id)
            join clientes c on c.tenant_id = $1 and c.contact_id = member.id
        )
        select distinct on (m.who) m.who, c.id, c.seguimiento_status as status
        from met m
        join clientes c on c.tenant_id = $1 and c.id = m.id
        order by m.who, c.seguimiento_status in ('no_gestionado', 'terminado'), c.id desc
        """,
        tenant,
        [one.who for one in asked],
        [one.digits.whole if one.digits else None for one in asked],
        [one.digits.national if one.digits else None for one in asked],
        [form for one in asked for form in one.digits or () if form],
    )
    return {row.who: row for row in rows}


async def add(
    tx: Tx, tenant: TenantId, planned: Sequence[Planned], actor: Actor, why: str
) -> list[ClienteId]:
    """In this order, each with its words and the beginning of its history."""
    made = await tx.all(
        _Made,
        """
        with given as (
            select *
            from unnest(
                $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::timestamptz[]
            ) with ordinality as g (
                nombre, telefono, email, contact_id, campaign, source, notas, next_action,
                next_action_at, place
            )
        ),
        ticked as materialized (select clock_timestamp() as now),
        made as (
            insert into clientes (
                tenant_id, nombre, telefono, email, contact_id, campaign, source, notas,
                next_action, next_action_at, seguimiento_status, created_at, state_since
            )
            select
                $1, nombre, telefono, email, contact_id, campaign, source, notas, next_action,
                next_action_at, 'nuevo', t.now, t.now
            from given
            cross join ticked t
            order by place
            returning id, nombre
        )
        select id, nombre from made order by id
        """,
        tenant,
        *_told([one.new for one in planned]),
        [one.next_action for one in planned],
        [one.next_action_at for one in planned],
    )
    # Numbers are given in the order of the rows; a mistake in that would mix people up.
    if [one.nombre for one in made] != [one.new.nombre for one in planned]:
        raise LookupError("clientes were not made in the order in which they were given")
    ids = [one.id for one in made]
    await _begin(tx, tenant, ids, [one.words for one in planned], actor, why)
    return ids


async def _begin(
    tx: Tx,
    tenant: TenantId,
    ids: Sequence[ClienteId],
    words: Sequence[Sequence[str]],
    actor: Actor,
    why: str,
) -> None:
    await tx.execute(
        """
        insert into cliente_words (tenant_id, cliente_id, words)
        select $1, id, array_to_tsvector(string_to_array(words, ' '))
        from unnest($2::bigint[], $3::text[]) as worded (id, words)
        """,
        tenant,
        ids,
        [" ".join(one) for one in words],
    )
    await tx.execute(
        """
        with made as (
            select tenant_id, id, created_at as at, campaign, source
            from clientes
            where tenant_id = $1 and id = any($2::bigint[])
        ),
        begun as (
            insert into cliente_goals (
                tenant_id, cliente_id, came_at, assign_warn_at, assign_by, touch_warn_at, touch_by,
                told_at, next_at
            )
            select
                m.tenant_id, m.id, m.at, wanted.*, m.at,
                least(
                    wanted.assign_warn_at, wanted.assign_by, wanted.touch_warn_at, wanted.touch_by
                )
            from made m
            cross join lateral desk_goals(m.tenant_id, m.at) wanted
        )
        insert into desk_history (
            tenant_id, cliente_id, move, from_status, to_status, at, seconds, actor_kind,
            actor_id, why, campaign, source, came_at
        )
        select
            tenant_id, id, 'create', '', 'nuevo', at, 0, $3, $4, $5, left(campaign, 200), source,
            at
        from made
        order by id
        """,
        tenant,
        ids,
        actor.kind,
        actor.id,
        why,
    )


_MOVE: LiteralString = (
    ORIGIN + CHANGED + "select id, version, due_at, asesor_before from moved order by id"
)


async def move(
    tx: Tx,
    tenant: TenantId,
    going: Sequence[tuple[ClienteId, UserId | None]],
    along: Move,
    actor: Actor,
    why: str,
) -> list[Moved]:
    """Each to whose it is to be. They must be held, or be new; what is told of all of them at once
    is for whoever calls it to tell."""
    return await tx.all(
        Moved,
        _MOVE,
        tenant,
        [cliente for cliente, _ in going],
        along.origins,
        along.to,
        [asesor for _, asesor in going],
        along.name,
        None,
        None,
        actor.kind,
        actor.id,
        why,
    )


async def details(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> list[Details]:
    return await tx.all(
        Details,
        """
        select id, nombre, telefono, email, campaign, notas, next_action, next_action_at
        from clientes
        where tenant_id = $1 and id = any($2::bigint[])
        order by id
        """,
        tenant,
        clientes,
    )


async def change(
    tx: Tx, tenant: TenantId, changed: Sequence[Details], words: Sequence[Sequence[str]]
) -> dict[ClienteId, int]:
    """Which version each has then. They must be held."""
    rows = await tx.all(
        _Version,
        """
        with given as (
            select *
            from unnest(
                $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::timestamptz[], $10::text[]
            ) as g (
                id, nombre, telefono, email, campaign, notas, next_action, next_action_at, words
            )
        ),
        worded as (
            update cliente_words w
            set words = array_to_tsvector(string_to_array(g.words, ' '))
            from given g
            where w.tenant_id = $1 and w.cliente_id = g.id
        )
        update clientes c
        set nombre = g.nombre, telefono = g.telefono, email = g.email, campaign = g.campaign,
            notas = g.notas, next_action = g.next_action, next_action_at = g.next_action_at,
            version = c.version + 1
        from given g
        where c.tenant_id = $1 and c.id = g.id
        returning c.id, c.version
        """,
        tenant,
        *(list(column) for column in zip(*map(msgspec.structs.astuple, changed), strict=True)),
        [" ".join(one) for one in words],
    )
    return {row.id: row.version for row in rows}


async def remove(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> None:
    """With all that is kept of them."""
    await tx.execute(
        "delete from clientes where tenant_id = $1 and id = any($2::bigint[])", tenant, clientes
    )


async def tell(
    tx: Tx, tenant: TenantId, import_id: ImportId, clientes: int, concerned: Sequence[UserId]
) -> Announced:
    """One message of all of them."""
    row = await tx.one(
        MessageRow,
        """
        insert into desk_messages (tenant_id, audience, body)
        values (
            $1, $4,
            jsonb_build_object(
                'type', 'CLIENTES_IMPORTED', 'importId', $2::uuid, 'clientes', $3::int,
                'timestamp', clock_timestamp()
            )
        )
        returning tenant_id, seq, audience, body::text as body
        """,
        tenant,
        import_id,
        clientes,
        concerned,
    )
    return announced(row)


def _told(new: Sequence[NewCliente]) -> list[list[str | ContactId | None]]:
    names = ("nombre", "telefono", "email", "contact_id", "campaign", "source", "notas")
    return [[getattr(one, name) for one in new] for name in names]
