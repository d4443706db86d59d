"""SQL of the front door, one statement per function."""

from datetime import datetime

import msgspec

from pista.collect.throttling import Throttle
from pista.ids import TenantId
from pista.store.postgres import Tx


class StoredThrottle(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    event_type: str
    sampling_rate: float
    always_keep: bool


async def all_throttles(tx: Tx) -> list[StoredThrottle]:
    """Every tenant's, for the edge."""
    return await tx.all(
        StoredThrottle,
        "select tenant_id, event_type, sampling_rate, always_keep from event_throttles",
    )


async def throttles(tx: Tx, tenant: TenantId) -> list[StoredThrottle]:
    return await tx.all(
        StoredThrottle,
        """
        select tenant_id, event_type, sampling_rate, always_keep
        from event_throttles
        where tenant_id = $1
        """,
        tenant,
    )


async def set_throttle(
    tx: Tx, tenant: TenantId, event_type: str, throttle: Throttle, at: datetime
) -> None:
    await tx.execute(
        """
        insert into event_throttles (tenant_id, event_type, sampling_rate, always_keep, changed_at)
        values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, event_type) do update set
            sampling_rate = excluded.sampling_rate,
            always_keep = excluded.always_keep,
            changed_at = excluded.changed_at
        """,
        tenant,
        event_type,
        throttle.sampling_rate,
        throttle.always_keep,
        at,
    )


async def drop_throttle(tx: Tx, tenant: TenantId, event_type: str) -> None:
    await tx.execute(
        "delete from event_throttles where tenant_id = $1 and event_type = $2", tenant, event_type
    )
