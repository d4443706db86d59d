"""The SQL of who is at work."""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec

from pista.accounts import Role
from pista.desk.presence.model import LIMIT, DeskPresence, Presence
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

HOLDS = timedelta(seconds=90)
"""What somebody says, or does, is a sign of life for so long."""
SEEN = timedelta(seconds=70)
"""With so much left, what they do is not written down."""
MOST_COUNTED = 1000
Whom = tuple[TenantId, UserId]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who came or went, as supervisors hear of it."""

    tenant_id: TenantId
    user_id: UserId
    state: Presence
    reason: str | None
    since: datetime


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    now: datetime
    stopped_for: str | None
    until: datetime | None
    """It stands still until then; None: it runs."""


class AsesorRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UserId
    name: str
    role: Role
    state: Presence
    reason: str | None
    since: datetime | None
    derivado: int
    en_gestion: int
    limit: int
    own_limit: int | None
    skills: list[str]


async def told(tx: Tx, tenant: TenantId, user: UserId) -> DeskPresence | None:
    """What supervisors see of this person by what they were told; None: nothing."""
    return await tx.one_or_none(
        DeskPresence,
        """
        select state, reason, since
        from desk_presence
        where tenant_id = $1 and user_id = $2 and here
        """,
        tenant,
        user,
    )


async def set_presence(
    tx: Tx, tenant: TenantId, user: UserId, state: Presence, reason: str | None
) -> DeskPresence:
    """`since` stays while the state is the same."""
    return await tx.one(
        DeskPresence,
        """
        insert into desk_presence (tenant_id, user_id, state, reason, since, here, here_until)
        select $1, $2, $3, $4, now, true, now + $5::interval
        from (select clock_timestamp() as now) ticked
        on conflict (tenant_id, user_id) do update
        set state = excluded.state, reason = excluded.reason, here = true,
            here_until = excluded.here_until,
            since = case desk_presence.state
                when excluded.state then desk_presence.since else excluded.since
            end
        returning state, reason, since
        """,
        tenant,
        user,
        state,
        reason,
        HOLDS,
    )


async def keep(tx: Tx, people: Collection[Whom], holds: timedelta, enough: timedelta) -> list[Told]:
    """They are there for so long from now, unless they are for long enough anyway; the answer is
    who had gone. Of one of them another process may be writing the same."""
    return await tx.all(
        Told,
        """
        with seen as (
            select p.tenant_id, p.user_id, p.here
            from desk_presence p
            join unnest($1::uuid[], $2::uuid[]) as one (tenant_id, user_id)
                using (tenant_id, user_id)
            where p.here_until < clock_timestamp() + $4::interval
            for update of p skip locked
        ),
        kept as (
            update desk_presence p
            set here = true, here_until = clock_timestamp() + $3::interval
            from seen
            where p.tenant_id = seen.tenant_id and p.user_id = seen.user_id
            returning p.tenant_id, p.user_id, p.state, p.reason, p.since, seen.here as was_here
        )
        select tenant_id, user_id, state, reason, since from kept where not was_here
        """,
        [tenant for tenant, _ in people],
        [user for _, user in people],
        holds,
        enough,
    )


async def let_go(tx: Tx, people: Collection[Whom], grace: timedelta) -> None:
    """They have so long left, whatever they had."""
    await tx.execute(
        """
        with let_go as (
            select p.tenant_id, p.user_id
            from desk_presence p
            join unnest($1::uuid[], $2::uuid[]) as one (tenant_id, user_id)
                using (tenant_id, user_id)
            order by p.tenant_id, p.user_id
            for update of p
        )
        update desk_presence p
        set here_until = least(p.here_until, clock_timestamp() + $3::interval)
        from let_go
        where p.tenant_id = let_go.tenant_id and p.user_id = let_go.user_id
        """,
        [tenant for tenant, _ in people],
        [user for _, user in people],
        grace,
    )


async def end(tx: Tx, tenants: Collection[TenantId]) -> list[Told]:
    """Who of these companies has gone, once for each."""
    return await tx.all(
        Told,
        """
        with gone as (
            select tenant_id, user_id
            from desk_presence
            where tenant_id = any($1::uuid[]) and here and here_until <= clock_timestamp()
            for update skip locked
        )
        update desk_presence p
        set here = false
        from gone
        where p.tenant_id = gone.tenant_id and p.user_id = gone.user_id
        returning
            p.tenant_id, p.user_id, 'away' as state, null as reason,
            greatest(p.since, p.here_until) as since
        """,
        list(tenants),
    )


async def asesores(tx: Tx, tenant: TenantId, user: UserId | None = None) -> list[AsesorRow]:
    """Asesores who work here, and whoever else has clientes; or this one."""
    return await tx.all(
        AsesorRow,
        """
        select
            u.id, u.name, u.role,
            case when seen.here then p.state else 'away' end as state,
            case when seen.here then p.reason end as reason,
            case when seen.here then p.since else greatest(p.since, p.here_until) end as since,
            load.derivado, load.en_gestion,
            coalesce(a.most, (s.assigning ->> 'limit')::int, $3) as limit, a.most as own_limit,
            coalesce(a.skills, '{}') as skills
        from users u
        left join desk_presence p on p.tenant_id = $1 and p.user_id = u.id
        left join desk_asesores a on a.tenant_id = $1 and a.user_id = u.id
        left join desk_settings s on s.tenant_id = $1
        cross join lateral (
            select coalesce(p.here_until > clock_timestamp(), false) as here
        ) seen
        cross join lateral (
            select
                (
                    select count(*) from (
                        select from clientes c
                        where c.tenant_id = $1 and c.asesor_asignado = u.id
                            and c.seguimiento_status = 'derivado'
                        limit $2
                    ) met
                ) as derivado,
                (
                    select count(*) from (
                        select from clientes c
                        where c.tenant_id = $1 and c.asesor_asignado = u.id
                            and c.seguimiento_status = 'en_gestion'
                        limit $2
                    ) met
                ) as en_gestion
        ) load
        where u.tenant_id = $1 and u.deactivated_at is null
            and case
                when $4::uuid is not null then u.id = $4
                else u.role = 'asesor' or load.derivado + load.en_gestion > 0
            end
        order by lower(u.name), u.id
        """,
        tenant,
        MOST_COUNTED,
        LIMIT,
        user,
    )


async def stops_for(tx: Tx, tenant: TenantId, reason: str) -> int | None:
    """For how many minutes at the longest this pause stops the clock; None: it does not."""
    return await tx.value(
        """
        select (pause ->> 'minutes')::int
        from desk_settings s
        cross join lateral jsonb_array_elements(s.pauses) as pause
        where s.tenant_id = $1 and (pause ->> 'stopsClock')::boolean
            and lower(pause ->> 'name') = lower($2)
        limit 1
        """,
        tenant,
        reason,
    )


async def stopped(tx: Tx, tenant: TenantId, user: UserId) -> Stopped:
    """Which pause stops the clock, and until when; held, so that one is counted once."""
    return await tx.one(
        Stopped,
        """
        select t.now, p.stopped_for, case when p.stops_until > t.now then p.stops_until end as until
        from desk_presence p
        cross join (select clock_timestamp() as now) t
        where p.tenant_id = $1 and p.user_id = $2
        for update of p
        """,
        tenant,
        user,
    )


async def stop(
    tx: Tx, tenant: TenantId, user: UserId, reason: str | None, until: datetime | None
) -> None:
    await tx.execute(
        """
        update desk_presence
        set stopped_for = $3, stops_until = $4
        where tenant_id = $1 and user_id = $2
        """,
        tenant,
        user,
        reason,
        until,
    )
