"""The SQL of leases. The database's clock alone says whether one has run out."""

from datetime import datetime, timedelta

import msgspec

from pista.desk.model import ClienteId
from pista.desk.moving_queries import Clocks
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

LEASE = timedelta(seconds=120)


class Leased(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    expires_at: datetime


async def take(
    tx: Tx, tenant: TenantId, cliente: ClienteId, holder: UserId, token: str
) -> Leased | None:
    """What nobody has any more, or this person has already; None if somebody else has it."""
    return await tx.one_or_none(
        Leased,
        """
        insert into cliente_locks (tenant_id, cliente_id, token, holder, taken_at, expires_at)
        select $1, $2, $4, $3, now, now + $5::interval
        from (select clock_timestamp() as now) ticked
        on conflict (tenant_id, cliente_id) do update
        set token = excluded.token, holder = excluded.holder, expires_at = excluded.expires_at,
            taken_at = case
                when cliente_locks.token = excluded.token
                    and cliente_locks.expires_at > clock_timestamp()
                then cliente_locks.taken_at else excluded.taken_at
            end
        where cliente_locks.expires_at <= clock_timestamp() or cliente_locks.holder = $3
        returning token, expires_at
        """,
        tenant,
        cliente,
        holder,
        token,
        LEASE,
    )


async def prolong(tx: Tx, tenant: TenantId, cliente: ClienteId, holder: UserId) -> datetime | None:
    """None if this person does not have it in hand."""
    return await tx.value(
        """
        update cliente_locks
        set expires_at = clock_timestamp() + $4::interval
        where tenant_id = $1 and cliente_id = $2 and holder = $3
            and expires_at > clock_timestamp()
        returning expires_at
        """,
        tenant,
        cliente,
        holder,
        LEASE,
    )


async def release(tx: Tx, tenant: TenantId, cliente: ClienteId) -> bool:
    return bool(
        await tx.execute(
            "delete from cliente_locks where tenant_id = $1 and cliente_id = $2", tenant, cliente
        )
    )


async def clocks(tx: Tx, tenant: TenantId, cliente: ClienteId) -> Clocks:
    return await tx.one(
        Clocks,
        "select last_activity, due_at from clientes where tenant_id = $1 and id = $2",
        tenant,
        cliente,
    )
