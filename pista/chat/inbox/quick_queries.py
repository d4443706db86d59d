"""The SQL of quick replies."""

from datetime import datetime

from pista.chat.inbox.model import QuickReply, QuickReplyId
from pista.ids import TenantId
from pista.store.postgres import Tx


async def lock(tx: Tx, tenant: TenantId) -> None:
    """One after the other: shortcuts are told apart, and counted."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended('chat quick ' || $1::text, 0))", str(tenant)
    )


async def replies(tx: Tx, tenant: TenantId) -> list[QuickReply]:
    return await tx.all(
        QuickReply,
        """
        select id, shortcut, text, updated_at as "updatedAt"
        from chat_quick_replies
        where tenant_id = $1
        order by shortcut
        """,
        tenant,
    )


async def save(tx: Tx, tenant: TenantId, reply: QuickReply, now: datetime) -> None:
    await tx.execute(
        """
        insert into chat_quick_replies (tenant_id, id, shortcut, text, updated_at)
        values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, id) do update set
            shortcut = excluded.shortcut, text = excluded.text, updated_at = excluded.updated_at
        """,
        tenant,
        reply.id,
        reply.shortcut,
        reply.text,
        now,
    )


async def drop(tx: Tx, tenant: TenantId, reply: QuickReplyId) -> int:
    return await tx.execute(
        "delete from chat_quick_replies where tenant_id = $1 and id = $2", tenant, reply
    )
