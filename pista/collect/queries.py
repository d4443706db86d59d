"""SQL of the front door, one statement per function."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.collect.model import Introduction, StoredIntroduction
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


async def add_introduction(
    tx: Tx, tenant: TenantId, introduction_id: UUID, said: Introduction, now: datetime
) -> None:
    await tx.execute(
        """
        insert into introductions (
            tenant_id, id, site_id, visitor_id, method, key, said_at, person
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        tenant,
        introduction_id,
        said.site_id,
        said.visitor_id,
        said.method,
        said.key,
        now,
        msgspec.to_builtins(said.person),
    )


async def introduction(
    tx: Tx, tenant: TenantId, introduction_id: UUID
) -> StoredIntroduction | None:
    return await tx.one_or_none(
        StoredIntroduction,
        """
        select id, site_id, visitor_id, method, key, said_at, person
        from introductions
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        introduction_id,
    )


async def forget_introduction(tx: Tx, tenant: TenantId, introduction_id: UUID) -> None:
    await tx.execute(
        "delete from introductions where tenant_id = $1 and id = $2", tenant, introduction_id
    )


async def forget_introductions(tx: Tx, before: datetime) -> int:
    """Those that could not be worked off for as long as this."""
    return await tx.execute("delete from introductions where said_at < $1", before)
