"""The SQL of what goes out. Whoever locks takes the conversation first, then its message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import ChannelId, ConversationId, MessageId, PersonId
from pista.chat.sending.contents import Written
from pista.chat.sending.model import Failure, Json
from pista.chat.whatsapp.client import KnownTemplate
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class PeerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, by what decides whether one may write in it."""

    id: ConversationId
    channel_id: ChannelId
    platform: Platform
    account_id: str | None
    enabled: bool
    has_token: bool
    held_until: datetime | None
    held_reason: str | None
    person_id: PersonId | None
    group_id: str | None
    blocked: bool
    last_inbound_at: datetime | None
    last_at: datetime | None


class OwnRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours."""

    id: MessageId
    status: str
    content: Json
    outgoing: Json | None
    reply_to: str | None
    tried_at: datetime | None


class DueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way, with all that is needed to send it."""

    id: MessageId
    status: str
    outgoing: Json | None
    reply_to: str | None
    conversation_id: ConversationId
    channel_id: ChannelId
    platform: Platform
    external_id: str
    token: bytes | None
    enabled: bool
    held_until: datetime | None
    held_reason: str | None
    group_id: str | None
    blocked: bool
    paid_until: datetime | None
    phone: str | None
    user_id: str | None
    now: datetime


class _Key(msgspec.Struct, frozen=True):
    id: ConversationId


async def lock_conversation(
    tx: Tx, tenant: TenantId, conversation: ConversationId
) -> PeerRow | None:
    """Nobody else sends in it until the end of the transaction."""
    return await tx.one_or_none(
        PeerRow,
        """
        select c.id, c.channel_id, ch.platform, ch.account_id, ch.enabled,
            ch.token is not null as has_token, ch.held_until, ch.held_reason, c.person_id,
            c.group_id, coalesce(p.blocked, false) as blocked, c.last_inbound_at,
            (
                select max(m.at) from messages m
                where m.tenant_id = $1 and m.conversation_id = $2 and m.direction = 'out'
                    and m.at > now() - interval '1 minute'
            ) as last_at
        from conversations c
        join chat_channels ch on ch.tenant_id = $1 and ch.id = c.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = c.person_id
        where c.tenant_id = $1 and c.id = $2
        for no key update of c
        """,
        tenant,
        conversation,
    )


async def by_key(tx: Tx, tenant: TenantId, conversation: ConversationId, key: str) -> OwnRow | None:
    return await tx.one_or_none(
        OwnRow,
        """
        select id, status, content, outgoing, reply_to, tried_at
        from messages
        where tenant_id = $1 and conversation_id = $2 and idempotency_key = $3
        """,
        tenant,
        conversation,
        key,
    )


async def own(
    tx: Tx, tenant: TenantId, conversation: ConversationId, message: MessageId
) -> OwnRow | None:
    return await tx.one_or_none(
        OwnRow,
        """
        select id, status, content, outgoing, reply_to, tried_at
        from messages
        where tenant_id = $1 and conversation_id = $2 and id = $3 and direction = 'out'
            and outgoing is not null
        """,
        tenant,
        conversation,
        message,
    )


async def has_message(
    tx: Tx, tenant: TenantId, conversation: ConversationId, external_id: str
) -> bool:
    return await tx.value(
        """
        select exists (
            select from messages
            where tenant_id = $1 and conversation_id = $2 and external_id = $3
        )
        """,
        tenant,
        conversation,
        external_id,
    )


async def add(
    tx: Tx,
    tenant: TenantId,
    peer: PeerRow,
    message: MessageId,
    author: UserId | None,
    key: str,
    written: Written,
    reply_to: str | None,
    now: datetime,
) -> None:
    await tx.execute(
        """
        insert into messages (
            tenant_id, id, conversation_id, channel_id, direction, kind, text, content, outgoing,
            reply_to, at, received_at, status, author_id, idempotency_key
        )
        values ($1, $2, $3, $4, 'out', $5, $6, $7, $8, $9, $10, $10, 'queued', $11, $12)
        """,
        tenant,
        message,
        peer.id,
        peer.channel_id,
        written.kind,
        written.text,
        written.content,
        written.outgoing,
        reply_to,
        now,
        author,
        key,
    )


async def lock_due(tx: Tx, tenant: TenantId, message: MessageId) -> DueRow | None:
    """The message and its conversation are nobody else's until the end of the transaction."""
    await tx.execute(
        """
        select from conversations
        where tenant_id = $1
            and id = (select conversation_id from messages where tenant_id = $1 and id = $2)
        for no key update
        """,
        tenant,
        message,
    )
    return await tx.one_or_none(
        DueRow,
        """
        select m.id, m.status, m.outgoing, m.reply_to, m.conversation_id, m.channel_id,
            ch.platform, ch.external_id, ch.token, ch.enabled, ch.held_until, ch.held_reason,
            c.group_id, coalesce(p.blocked, false) as blocked, c.paid_until,
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
        from messages m
        join conversations c on c.tenant_id = $1 and c.id = m.conversation_id
        join chat_channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = c.person_id
        where m.tenant_id = $1 and m.id = $2 and m.status is not null
        for no key update of m
        """,
        tenant,
        message,
    )


async def mark_unknown(tx: Tx, tenant: TenantId, message: MessageId, now: datetime) -> None:
    """It sets out: until its answer is noted nobody knows whether it was sent."""
    await tx.execute(
        """
        update messages set status = 'unknown', tried_at = $3, failure = null
        where tenant_id = $1 and id = $2
        """,
        tenant,
        message,
        now,
    )


async def accept(tx: Tx, tenant: TenantId, message: MessageId, external_id: str) -> None:
    """The platform has it; a status may have said so first."""
    await tx.execute(
        """
        update messages
        set external_id = coalesce(external_id, $3), failure = null,
            status = case when message_rank(status) < message_rank('accepted') then 'accepted'
                else status end
        where tenant_id = $1 and id = $2
        """,
        tenant,
        message,
        external_id,
    )


async def settle(
    tx: Tx, tenant: TenantId, message: MessageId, status: str, failure: Failure | None
) -> bool:
    """What became of it, unless a status has told better; False then."""
    return bool(
        await tx.execute(
            """
            update messages set status = $3, failure = $4
            where tenant_id = $1 and id = $2 and status in ('queued', 'unknown')
            """,
            tenant,
            message,
            status,
            failure,
        )
    )


async def queue_again(tx: Tx, tenant: TenantId, message: MessageId) -> None:
    await tx.execute(
        """
        update messages set status = 'queued', failure = null, external_id = null
        where tenant_id = $1 and id = $2
        """,
        tenant,
        message,
    )


async def move_group(tx: Tx, tenant: TenantId, conversation: ConversationId, group: str) -> bool:
    """The group goes by another id now; False if there is a conversation with that one already."""
    return bool(
        await tx.execute(
            """
            update conversations c set group_id = $3
            where c.tenant_id = $1 and c.id = $2 and c.group_id is not null and not exists (
                select from conversations o
                where o.tenant_id = $1 and o.channel_id = c.channel_id and o.group_id = $3
            )
            """,
            tenant,
            conversation,
            group,
        )
    )


async def hold(
    tx: Tx, tenant: TenantId, channel: ChannelId, reason: str, until: datetime | None
) -> bool:
    """Nothing goes out until somebody has looked; False if it is held already."""
    return bool(
        await tx.execute(
            """
            update chat_channels set held_reason = $3, held_until = $4
            where tenant_id = $1 and id = $2 and held_reason is null
            """,
            tenant,
            channel,
            reason,
            until,
        )
    )


async def release(tx: Tx, tenant: TenantId, channel: ChannelId) -> bool:
    return bool(
        await tx.execute(
            """
            update chat_channels set held_reason = null, held_until = null
            where tenant_id = $1 and id = $2 and deleted_at is null
            """,
            tenant,
            channel,
        )
    )


async def waiting(tx: Tx, tenant: TenantId, channel: ChannelId) -> Sequence[ConversationId]:
    """Conversations in which something waits to be sent."""
    rows = await tx.all(
        _Key,
        """
        select distinct conversation_id as id
        from messages
        where tenant_id = $1 and channel_id = $2 and status = 'queued'
        """,
        tenant,
        channel,
    )
    return [row.id for row in rows]


class StateRow(msgspec.Struct, frozen=True, kw_only=True):
    id: ChannelId
    platform: Platform
    name: str
    display: str
    enabled: bool
    held_until: datetime | None
    held_reason: str | None
    waiting: int


async def states(tx: Tx, tenant: TenantId) -> list[StateRow]:
    return await tx.all(
        StateRow,
        """
        select ch.id, ch.platform, ch.name, ch.display, ch.enabled, ch.held_until,
            ch.held_reason,
            (
                select count(*) from messages m
                where m.tenant_id = $1 and m.channel_id = ch.id and m.status = 'queued'
            ) as waiting
        from chat_channels ch
        where ch.tenant_id = $1 and ch.deleted_at is null
        order by ch.created_at, ch.id
        """,
        tenant,
    )


class KeptTemplates(msgspec.Struct, frozen=True, kw_only=True):
    templates: list[KnownTemplate]
    at: datetime


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    platform: Platform
    external_id: str
    account_id: str | None
    token: bytes | None


async def templates(tx: Tx, tenant: TenantId, channel: ChannelId) -> KeptTemplates | None:
    return await tx.one_or_none(
        KeptTemplates,
        """
        select templates, templates_at as at
        from chat_flow
        where tenant_id = $1 and channel_id = $2 and templates_at is not null
        """,
        tenant,
        channel,
    )


async def keep_templates(
    tx: Tx, tenant: TenantId, channel: ChannelId, found: Sequence[Any], now: datetime
) -> None:
    await tx.execute(
        """
        insert into chat_flow (tenant_id, channel_id, templates, templates_at)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, channel_id)
        do update set templates = excluded.templates, templates_at = excluded.templates_at
        """,
        tenant,
        channel,
        list(found),
        now,
    )


async def account(tx: Tx, tenant: TenantId, channel: ChannelId) -> AccountRow | None:
    return await tx.one_or_none(
        AccountRow,
        """
        select platform, external_id, account_id, token
        from chat_channels
        where tenant_id = $1 and id = $2 and deleted_at is null
        """,
        tenant,
        channel,
    )


class SeenRow(msgspec.Struct, frozen=True, kw_only=True):
    channel_id: ChannelId
    external_id: str


async def last_seen(
    tx: Tx, tenant: TenantId, conversation: ConversationId, through: int
) -> SeenRow | None:
    """The last message that came in up to this one, of a WhatsApp number that is on."""
    return await tx.one_or_none(
        SeenRow,
        """
        select m.channel_id, m.external_id
        from messages m
        join chat_channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
        where m.tenant_id = $1 and m.conversation_id = $2 and m.direction = 'in' and m.seq <= $3
            and m.external_id is not null and ch.platform = 'whatsapp' and ch.enabled
        order by m.at desc, m.seq desc
        limit 1
        """,
        tenant,
        conversation,
        through,
    )
