"""SQL of webhooks as an admin looks at them."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from pista.chat.webhooks.model import WebhookRow, WholeRow
from pista.ids import TenantId
from pista.store.postgres import Tx

MOST_PRUNED = 2_000
COLUMNS: LiteralString = """
    id, platform, channel_ids, received_at, finished_at, request_id, size, state, detail, items,
    kept, body is not null as has_body
"""


async def page(
    tx: Tx, tenant: TenantId, state: str | None, before: UUID | None, most: int
) -> list[WebhookRow]:
    """The newest first."""
    return await tx.all(
        WebhookRow,
        "select "
        + COLUMNS
        + """
        from chat_webhooks
        where tenant_id = $1 and ($2::text is null or state = $2)
            and ($3::uuid is null or id < $3)
        order by id desc
        limit $4
        """,
        tenant,
        state,
        before,
        most,
    )


async def odd_page(
    tx: Tx, tenant: TenantId, state: str, before: UUID | None, most: int
) -> list[WebhookRow]:
    """The same of states that few are in: an index has these alone."""
    return await tx.all(
        WebhookRow,
        "select "
        + COLUMNS
        + """
        from chat_webhooks
        where tenant_id = $1 and state = $2 and state in ('ignored', 'malformed', 'failed')
            and ($3::uuid is null or id < $3)
        order by id desc
        limit $4
        """,
        tenant,
        state,
        before,
        most,
    )


async def some(
    tx: Tx, tenant: TenantId, ids: Sequence[UUID], before: UUID | None, most: int
) -> list[WebhookRow]:
    return await tx.all(
        WebhookRow,
        "select "
        + COLUMNS
        + """
        from chat_webhooks
        where tenant_id = $1 and id = any($2::uuid[]) and ($3::uuid is null or id < $3)
        order by id desc
        limit $4
        """,
        tenant,
        ids,
        before,
        most,
    )


async def whole(tx: Tx, tenant: TenantId, webhook: UUID) -> WholeRow | None:
    return await tx.one_or_none(
        WholeRow,
        "select " + COLUMNS + ", body from chat_webhooks where tenant_id = $1 and id = $2",
        tenant,
        webhook,
    )


async def reopen(tx: Tx, tenant: TenantId, webhook: UUID) -> bool:
    """It waits again; False if it does so already, or has nothing to say any more."""
    return bool(
        await tx.execute(
            """
            update chat_webhooks
            set state = 'waiting', detail = null, finished_at = null, items = null, kept = null
            where tenant_id = $1 and id = $2 and state <> 'waiting' and body is not null
            """,
            tenant,
            webhook,
        )
    )


async def forget_bodies(tx: Tx, before: datetime) -> int:
    """What was received before this keeps what became of it, and no more."""
    return await tx.execute(
        """
        update chat_webhooks set body = null
        where (tenant_id, id) in (
            select tenant_id, id from chat_webhooks
            where received_at < $1 and body is not null and state <> 'waiting'
            order by received_at
            limit $2
            for update skip locked
        )
        """,
        before,
        MOST_PRUNED,
    )


async def forget(tx: Tx, before: datetime) -> int:
    return await tx.execute(
        "delete from chat_webhooks where received_at < $1 and state <> 'waiting'", before
    )


async def forget_news(tx: Tx, before: datetime) -> int:
    return await tx.execute("delete from chat_news where at < $1", before)
