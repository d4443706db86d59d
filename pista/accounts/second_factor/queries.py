"""SQL of second factors."""

from collections.abc import Sequence
from datetime import datetime

from pista.accounts.second_factor.model import SecondFactorState, Stored
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


async def state(tx: Tx, tenant: TenantId, user: UserId) -> SecondFactorState:
    return await tx.one(
        SecondFactorState,
        """
        select exists (
                   select from second_factors
                   where tenant_id = $1 and user_id = $2 and confirmed_at is not null
               ) as on,
               (select count(*) from recovery_codes where tenant_id = $1 and user_id = $2)
                   as "recoveryCodesLeft"
        """,
        tenant,
        user,
    )


async def for_update(tx: Tx, tenant: TenantId, user: UserId) -> Stored | None:
    """Of several who use one code at once, the first has changed the row for the others."""
    return await tx.one_or_none(
        Stored,
        """
        select sealed, last_step, confirmed_at is not null as confirmed
        from second_factors
        where tenant_id = $1 and user_id = $2
        for update
        """,
        tenant,
        user,
    )


async def propose(tx: Tx, tenant: TenantId, user: UserId, sealed: bytes, at: datetime) -> bool:
    """False if one is on already; one that was never confirmed is replaced."""
    return bool(
        await tx.execute(
            """
            insert into second_factors as f (tenant_id, user_id, sealed, created_at)
            values ($1, $2, $3, $4)
            on conflict (tenant_id, user_id) do update
            set sealed = $3, created_at = $4, last_step = 0
            where f.confirmed_at is null
            """,
            tenant,
            user,
            sealed,
            at,
        )
    )


async def confirm(tx: Tx, tenant: TenantId, user: UserId, at: datetime) -> None:
    await tx.execute(
        "update second_factors set confirmed_at = $3 where tenant_id = $1 and user_id = $2",
        tenant,
        user,
        at,
    )


async def note_step(tx: Tx, tenant: TenantId, user: UserId, step: int) -> None:
    await tx.execute(
        "update second_factors set last_step = $3 where tenant_id = $1 and user_id = $2",
        tenant,
        user,
        step,
    )


async def use_recovery_code(tx: Tx, tenant: TenantId, user: UserId, code_hash: bytes) -> bool:
    return bool(
        await tx.execute(
            """
            delete from recovery_codes
            where tenant_id = $1 and user_id = $2 and code_hash = $3
            """,
            tenant,
            user,
            code_hash,
        )
    )


async def replace_recovery_codes(
    tx: Tx, tenant: TenantId, user: UserId, hashes: Sequence[bytes]
) -> None:
    await tx.execute(
        "delete from recovery_codes where tenant_id = $1 and user_id = $2", tenant, user
    )
    await tx.execute(
        """
        insert into recovery_codes (tenant_id, user_id, code_hash)
        select $1, $2, unnest($3::bytea[])
        """,
        tenant,
        user,
        hashes,
    )


async def remove(tx: Tx, tenant: TenantId, user: UserId) -> bool:
    return bool(
        await tx.execute(
            "delete from second_factors where tenant_id = $1 and user_id = $2", tenant, user
        )
    )
