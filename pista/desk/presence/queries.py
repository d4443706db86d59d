"""The SQL of who is at work."""

from datetime import datetime, timedelta

import msgspec

from pista.accounts import Role
from pista.desk.presence.model import DeskPresence, Presence
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

GONE_AFTER = timedelta(seconds=90)
SEEN_EVERY = timedelta(seconds=20)
MOST_COUNTED = 1000


class AsesorRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UserId
    name: str
    role: Role
    state: Presence
    reason: str | None
    since: datetime | None
    here: bool
    derivado: int
    en_gestion: int


async def presence(tx: Tx, tenant: TenantId, user: UserId) -> DeskPresence | None:
    return await tx.one_or_none(
        DeskPresence,
        "select state, reason, since from desk_presence where tenant_id = $1 and user_id = $2",
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
        insert into desk_presence (tenant_id, user_id, state, reason, since, seen_at)
        select $1, $2, $3, $4, now, now
        from (select clock_timestamp() as now) ticked
        on conflict (tenant_id, user_id) do update
        set state = excluded.state, reason = excluded.reason, seen_at = excluded.seen_at,
            since = case desk_presence.state
                when excluded.state then desk_presence.since else excluded.since
            end
        returning state, reason, since
        """,
        tenant,
        user,
        state,
        reason,
    )


async def seen(tx: Tx, tenant: TenantId, user: UserId) -> None:
    """A sign of life; of many within some seconds one is written down."""
    await tx.execute(
        """
        update desk_presence
        set seen_at = clock_timestamp()
        where tenant_id = $1 and user_id = $2 and seen_at < clock_timestamp() - $3::interval
        """,
        tenant,
        user,
        SEEN_EVERY,
    )


async def asesores(tx: Tx, tenant: TenantId) -> list[AsesorRow]:
    """Asesores who work here, and whoever else has clientes."""
    return await tx.all(
        AsesorRow,
        """
        select
            u.id, u.name, u.role, coalesce(p.state, 'away') as state, p.reason, p.since,
            coalesce(p.seen_at > clock_timestamp() - $2::interval, false) as here,
            load.derivado, load.en_gestion
        from users u
        left join desk_presence p on p.tenant_id = $1 and p.user_id = u.id
        cross join lateral (
            select
                (
                    select count(*) from (
                        select from clientes c
                        where c.tenant_id = $1 and c.asesor_asignado = u.id
                            and c.seguimiento_status = 'derivado'
                        limit $3
                    ) met
                ) as derivado,
                (
                    select count(*) from (
                        select from clientes c
                        where c.tenant_id = $1 and c.asesor_asignado = u.id
                            and c.seguimiento_status = 'en_gestion'
                        limit $3
                    ) met
                ) as en_gestion
        ) load
        where u.tenant_id = $1 and u.deactivated_at is null
            and (u.role = 'asesor' or load.derivado + load.en_gestion > 0)
        order by lower(u.name), u.id
        """,
        tenant,
        GONE_AFTER,
        MOST_COUNTED,
    )
