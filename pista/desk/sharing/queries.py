"""The SQL of sharing out what waits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, LiteralString

import msgspec

from pista.desk.model import ClienteId
from pista.desk.presence.model import Presence
from pista.desk.presence.queries import MOST_COUNTED
from pista.desk.sharing.model import OFF, ShareRules, Waiting
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

MOST_LOOKED_AT = 20_000
"""Clientes that wait, among which those are looked for that somebody can be given."""


class AsesorRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UserId
    name: str
    state: Presence
    load: int
    own_limit: int | None
    skills: list[str]
    turn: int


class Escalated(msgspec.Struct, frozen=True, kw_only=True):
    cliente: ClienteId
    asesor: UserId


class _Tenant(msgspec.Struct, frozen=True):
    tenant_id: TenantId


async def sharing(tx: Tx) -> set[TenantId]:
    """Companies that have theirs shared out."""
    rows = await tx.all(
        _Tenant,
        """
        select tenant_id
        from desk_settings
        where (assigning ->> 'on')::boolean or escalate_to is not null
        """,
    )
    return {row.tenant_id for row in rows}


async def rules(tx: Tx, tenant: TenantId) -> ShareRules:
    found: dict[str, Any] | None = await tx.value(
        "select assigning from desk_settings where tenant_id = $1", tenant
    )
    return msgspec.convert(found, ShareRules) if found else OFF


async def one_at_a_time(tx: Tx, tenant: TenantId) -> ShareRules:
    """Nobody else shares out this company's until the transaction ends: what is asked next sees
    what others gave before."""
    found: dict[str, Any] | None = await tx.value(
        "select assigning from desk_settings where tenant_id = $1 for no key update", tenant
    )
    return msgspec.convert(found, ShareRules) if found else OFF


async def set_rules(tx: Tx, tenant: TenantId, asked: ShareRules) -> None:
    """The settings must be there."""
    await tx.execute(
        "update desk_settings set assigning = $2 where tenant_id = $1",
        tenant,
        msgspec.to_builtins(asked),
    )


# Each cliente with the number of the first rule that fits it; what fits none has the last.
_WAITING: LiteralString = """
    from unnest(array['nuevo', 'no_gestionado']) as asked (status)
    cross join lateral (
        select c.id, c.campaign, c.source, c.let_go_by, c.state_since, c.created_at
        from clientes c
        where c.tenant_id = $1 and c.seguimiento_status = asked.status and not c.kept_back
            and c.escalated_at is null
            and (
                asked.status = 'nuevo'
                or c.state_since > clock_timestamp() - make_interval(hours => $3)
            )
"""
_FITTING: LiteralString = """
    cross join lateral (
        select coalesce(min(r.place), jsonb_array_length($2::jsonb)) as way
        from jsonb_array_elements($2::jsonb) with ordinality as given (rule, number)
        cross join lateral (
            select
                given.number::int - 1 as place, given.rule -> 'campaigns' as campaigns,
                given.rule -> 'sources' as sources
        ) r
        where (
                r.campaigns = '[]'
                or lower(w.campaign) in (
                    select lower(btrim(one)) from jsonb_array_elements_text(r.campaigns) as one
                )
            )
            and (r.sources = '[]' or r.sources ? w.source)
    ) fitting
"""
_OLDEST: LiteralString = (
    """
    select w.id, fitting.way, w.let_go_by
    from (
        select one.*"""
    + _WAITING
    + """
            order by c.urgent_at, c.id
            limit $6
        ) one
        order by one.state_since, one.id
        limit $6
    ) w"""
    + _FITTING
    + "where fitting.way = any($4::int[]) order by w.state_since, w.id limit $5 offset $7"
)
_NEWEST: LiteralString = (
    """
    select w.id, fitting.way, w.let_go_by
    from (
        select one.*"""
    + _WAITING
    + """
            order by c.created_at desc, c.id desc
            limit $6
        ) one
        order by one.created_at desc, one.id desc
        limit $6
    ) w"""
    + _FITTING
    + "where fitting.way = any($4::int[]) order by w.created_at desc, w.id desc limit $5 offset $7"
)


async def waiting(
    tx: Tx, tenant: TenantId, rules: ShareRules, ways: Collection[int], most: int, after: int
) -> list[Waiting]:
    """What is to be given out one of these ways, in the order in which it is."""
    return await tx.all(
        Waiting,
        _NEWEST if rules.newest_first else _OLDEST,
        tenant,
        msgspec.to_builtins(rules.rules),
        rules.returned_hours,
        list(ways),
        most,
        MOST_LOOKED_AT,
        after,
    )


async def escalated(tx: Tx, tenant: TenantId, most: int) -> list[Escalated]:
    """What came back too often, for whom the company named: an asesor once they are there. What
    they let go of themselves does not come again."""
    return await tx.all(
        Escalated,
        """
        select c.id as cliente, u.id as asesor
        from desk_settings s
        join users u
            on u.tenant_id = $1 and u.id = s.escalate_to and u.deactivated_at is null
        join clientes c
            on c.tenant_id = $1 and c.escalated_at is not null
                and c.seguimiento_status = 'no_gestionado' and not c.kept_back
                and c.let_go_by is distinct from u.id
        where s.tenant_id = $1
            and (
                u.role <> 'asesor'
                or exists (
                    select from desk_presence p
                    where p.tenant_id = $1 and p.user_id = u.id and p.state = 'available'
                        and p.here_until > clock_timestamp()
                )
            )
        order by c.id
        limit $2
        """,
        tenant,
        most,
    )


_FITS: LiteralString = (
    "select fitting.way from (select $1::text as campaign, $3::text as source) w" + _FITTING
)


async def way_of(tx: Tx, rules: ShareRules, campaign: str | None, source: str) -> int:
    """By which of its rules one like this is given out."""
    return await tx.value(_FITS, campaign, msgspec.to_builtins(rules.rules), source)


async def asesores(tx: Tx, tenant: TenantId) -> list[AsesorRow]:
    """Everybody who may be given clientes, as they are now."""
    return await tx.all(
        AsesorRow,
        """
        select
            u.id, u.name,
            case when p.here_until > clock_timestamp() then p.state else 'away' end as state,
            loaded.load, a.most as own_limit, coalesce(a.skills, '{}') as skills,
            coalesce(a.turn, 0) as turn
        from users u
        left join desk_presence p on p.tenant_id = $1 and p.user_id = u.id
        left join desk_asesores a on a.tenant_id = $1 and a.user_id = u.id
        cross join lateral (
            select count(*) as load
            from (
                select from clientes c
                where c.tenant_id = $1 and c.asesor_asignado = u.id
                    and c.seguimiento_status in ('derivado', 'en_gestion')
                limit $2
            ) met
        ) loaded
        where u.tenant_id = $1 and u.deactivated_at is null and u.role = 'asesor'
        order by lower(u.name), u.id
        """,
        tenant,
        MOST_COUNTED,
    )


async def set_turns(tx: Tx, tenant: TenantId, turns: Mapping[UserId, int]) -> None:
    await tx.execute(
        """
        insert into desk_asesores (tenant_id, user_id, turn)
        select $1, user_id, turn
        from unnest($2::uuid[], $3::bigint[]) as given (user_id, turn)
        order by user_id
        on conflict (tenant_id, user_id) do update set turn = excluded.turn
        """,
        tenant,
        list(turns),
        list(turns.values()),
    )


async def set_asesor(
    tx: Tx, tenant: TenantId, user: UserId, most: int | None, skills: Sequence[str]
) -> None:
    await tx.execute(
        """
        insert into desk_asesores (tenant_id, user_id, most, skills)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, user_id) do update
        set most = excluded.most, skills = excluded.skills
        """,
        tenant,
        user,
        most,
        skills,
    )
