"""The SQL of how numbers and bots send."""

from datetime import datetime

from pista.chat.model import ChannelId, ConversationId
from pista.chat.sending.rules import Flow
from pista.ids import TenantId
from pista.store.postgres import Tx


async def lock(tx: Tx, tenant: TenantId, channel: ChannelId) -> Flow:
    """Nobody else changes it until the end of the transaction."""
    await tx.execute(
        """
        insert into chat_flow (tenant_id, channel_id) values ($1, $2)
        on conflict (tenant_id, channel_id) do nothing
        """,
        tenant,
        channel,
    )
    return await tx.one(
        Flow,
        """
        select paid_until, per_second, slowed_at, good, bad, counted_at, open_until, trial_until,
            opened
        from chat_flow
        where tenant_id = $1 and channel_id = $2
        for no key update
        """,
        tenant,
        channel,
    )


async def found(tx: Tx, tenant: TenantId, channel: ChannelId) -> Flow | None:
    return await tx.one_or_none(
        Flow,
        """
        select paid_until, per_second, slowed_at, good, bad, counted_at, open_until, trial_until,
            opened
        from chat_flow
        where tenant_id = $1 and channel_id = $2
        """,
        tenant,
        channel,
    )


async def put(tx: Tx, tenant: TenantId, channel: ChannelId, flow: Flow) -> None:
    await tx.execute(
        """
        update chat_flow
        set paid_until = $3, per_second = $4, slowed_at = $5, good = $6, bad = $7,
            counted_at = $8, open_until = $9, trial_until = $10, opened = $11
        where tenant_id = $1 and channel_id = $2
        """,
        tenant,
        channel,
        flow.paid_until,
        flow.per_second,
        flow.slowed_at,
        flow.good,
        flow.bad,
        flow.counted_at,
        flow.open_until,
        flow.trial_until,
        flow.opened,
    )


async def pay(tx: Tx, tenant: TenantId, conversation: ConversationId, until: datetime) -> None:
    await tx.execute(
        "update conversations set paid_until = $3 where tenant_id = $1 and id = $2",
        tenant,
        conversation,
        until,
    )


async def close_breaker(tx: Tx, tenant: TenantId, channel: ChannelId) -> None:
    """A person has looked: begin anew."""
    await tx.execute(
        """
        update chat_flow
        set good = 0, bad = 0, open_until = null, trial_until = null, opened = 0
        where tenant_id = $1 and channel_id = $2
        """,
        tenant,
        channel,
    )
