"""SQL of our reactions to what people write."""

from datetime import datetime

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import ChannelId, ConversationId, MessageId
from pista.chat.sending.model import Json
from pista.ids import TenantId
from pista.store.postgres import Tx


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message, by what decides whether one may react to it; and our reaction so far."""

    id: MessageId
    conversation_id: ConversationId
    channel_id: ChannelId
    direction: str
    kind: str
    external_id: str | None
    at: datetime
    deleted_at: datetime | None
    emoji: str | None
    reacted_at: datetime | None


class WayRow(msgspec.Struct, frozen=True, kw_only=True):
    """How whoever is reacted to is reached."""

    platform: Platform
    number: str
    token: bytes | None
    enabled: bool
    held_until: datetime | None
    held_reason: str | None
    group_id: str | None
    phone: str | None
    user_id: str | None
    now: datetime


async def target(tx: Tx, tenant: TenantId, message: MessageId) -> TargetRow | None:
    return await tx.one_or_none(
        TargetRow,
        """
        select m.id, m.conversation_id, m.channel_id, m.direction, m.kind, m.external_id, m.at,
            m.deleted_at, r.detail ->> 'emoji' as emoji, r.at as reacted_at
        from messages m
        left join message_changes r on r.tenant_id = $1 and r.channel_id = m.channel_id
            and r.external_id = m.external_id and r.kind = 'reaction' and r.what = 'us'
        where m.tenant_id = $1 and m.id = $2
        """,
        tenant,
        message,
    )


async def set_reaction(
    tx: Tx, tenant: TenantId, channel: ChannelId, external_id: str, at: datetime, detail: Json
) -> None:
    await tx.execute(
        """
        insert into message_changes (tenant_id, channel_id, external_id, kind, what, at, detail)
        values ($1, $2, $3, 'reaction', 'us', $4, $5)
        on conflict (tenant_id, channel_id, external_id, kind, what)
        do update set at = excluded.at, detail = excluded.detail
        """,
        tenant,
        channel,
        external_id,
        at,
        detail,
    )


async def way(tx: Tx, tenant: TenantId, conversation: ConversationId) -> WayRow | None:
    return await tx.one_or_none(
        WayRow,
        """
        select ch.platform, ch.external_id as number, ch.token, ch.enabled, ch.held_until,
            ch.held_reason, c.group_id,
            (
                select value from chat_person_keys
                where tenant_id = $1 and person_id = c.person_id and kind = 'phone'
                    and platform = ch.platform
                order by since desc
                limit 1
            ) as phone,
            (
                select value from chat_person_keys
                where tenant_id = $1 and person_id = c.person_id and kind = 'user_id'
                    and platform = ch.platform
                order by since desc
                limit 1
            ) as user_id,
            clock_timestamp() as now
        from conversations c
        join chat_channels ch on ch.tenant_id = $1 and ch.id = c.channel_id
        where c.tenant_id = $1 and c.id = $2
        """,
        tenant,
        conversation,
    )
