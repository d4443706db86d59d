"""SQL of numbers and bots as an admin sets them up."""

import asyncpg

from pista.chat.channels.model import ChannelRow, ChannelTaken
from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.ids import TenantId
from pista.store.postgres import Tx


async def lock(tx: Tx, tenant: TenantId) -> None:
    """Whoever adds a channel or changes its secrets does so alone."""
    await tx.execute("select id from tenants where id = $1 for no key update", tenant)


async def count(tx: Tx, tenant: TenantId) -> int:
    return await tx.value(
        "select count(*) from chat_channels where tenant_id = $1 and deleted_at is null", tenant
    )


async def channels(tx: Tx, tenant: TenantId) -> list[ChannelRow]:
    """The oldest first, without those that are deleted."""
    return await tx.all(
        ChannelRow,
        """
        select tenant_id, id, platform, external_id, account_id, name, display, token, secrets,
            verify_hash, enabled, held_until, held_reason, created_at, last_received_at,
            deleted_at, environment
        from chat_channels
        where tenant_id = $1 and deleted_at is null
        order by created_at, id
        """,
        tenant,
    )


async def channel(tx: Tx, tenant: TenantId, channel_id: ChannelId) -> ChannelRow | None:
    return await tx.one_or_none(
        ChannelRow,
        """
        select tenant_id, id, platform, external_id, account_id, name, display, token, secrets,
            verify_hash, enabled, held_until, held_reason, created_at, last_received_at,
            deleted_at, environment
        from chat_channels
        where tenant_id = $1 and id = $2 and deleted_at is null
        """,
        tenant,
        channel_id,
    )


async def channel_of(
    tx: Tx, tenant: TenantId, platform: Platform, external_id: str
) -> ChannelRow | None:
    """The company's own, deleted or not."""
    return await tx.one_or_none(
        ChannelRow,
        """
        select tenant_id, id, platform, external_id, account_id, name, display, token, secrets,
            verify_hash, enabled, held_until, held_reason, created_at, last_received_at,
            deleted_at, environment
        from chat_channels
        where tenant_id = $1 and platform = $2 and external_id = $3
        """,
        tenant,
        platform,
        external_id,
    )


async def put(tx: Tx, row: ChannelRow) -> None:
    """Write it, new or changed; `ChannelTaken` if another company has this number or bot."""
    try:
        await tx.execute(
            """
            insert into chat_channels (
                tenant_id, id, platform, external_id, account_id, name, display, token, secrets,
                verify_hash, enabled, held_until, held_reason, created_at, deleted_at, environment
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            on conflict (tenant_id, id) do update set
                account_id = excluded.account_id, name = excluded.name,
                display = excluded.display, token = excluded.token, secrets = excluded.secrets,
                verify_hash = excluded.verify_hash, enabled = excluded.enabled,
                held_until = excluded.held_until, held_reason = excluded.held_reason,
                deleted_at = excluded.deleted_at, environment = excluded.environment
            """,
            row.tenant_id,
            row.id,
            row.platform,
            row.external_id,
            row.account_id,
            row.name,
            row.display,
            row.token,
            row.secrets,
            row.verify_hash,
            row.enabled,
            row.held_until,
            row.held_reason,
            row.created_at,
            row.deleted_at,
            row.environment,
        )
    except asyncpg.UniqueViolationError:
        raise ChannelTaken from None


async def first_tenant(tx: Tx) -> TenantId | None:
    return await tx.value("select id from tenants order by created_at, id limit 1")


async def is_anothers(tx: Tx, tenant: TenantId, platform: Platform, external_id: str) -> bool:
    """Whether another company has it; only for who sees every row."""
    return await tx.value(
        """
        select exists (
            select from chat_channels
            where platform = $2 and external_id = $3 and tenant_id <> $1 and deleted_at is null
        )
        """,
        tenant,
        platform,
        external_id,
    )


async def others_have_any(tx: Tx, tenant: TenantId) -> bool:
    return await tx.value(
        "select exists (select from chat_channels where tenant_id <> $1 and deleted_at is null)",
        tenant,
    )
