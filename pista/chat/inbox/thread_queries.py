"""The SQL of one conversation's messages and notes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from pista import paging
from pista.chat.heard import Platform
from pista.chat.inbox.model import NoteId
from pista.chat.model import ChannelId, ConversationId, Direction, MessageId, PersonId
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Spot(NamedTuple):
    """Where in a conversation: its messages are in the order of their time."""

    at: paging.Moment
    seq: paging.Number


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    id: MessageId
    seq: int
    channel_id: ChannelId
    platform: Platform
    direction: Direction
    kind: str
    text: str | None
    content: dict[str, Any]
    reply_to: str | None
    external_id: str | None
    at: datetime
    status: str | None
    failure: dict[str, Any] | None
    edited_at: datetime | None
    deleted_at: datetime | None
    author_id: UserId | None
    person_id: PersonId | None
    person_name: str | None


class QuotedRow(msgspec.Struct, frozen=True, kw_only=True):
    external_id: str
    id: MessageId
    direction: Direction
    kind: str
    text: str | None


class ReactionRow(msgspec.Struct, frozen=True, kw_only=True):
    external_id: str
    by: str
    emoji: str


class NoteRow(msgspec.Struct, frozen=True, kw_only=True):
    id: NoteId
    text: str
    at: datetime
    author_id: UserId


async def before(
    tx: Tx, tenant: TenantId, conversation: ConversationId, spot: Spot | None, most: int
) -> list[MessageRow]:
    """The last ones before it, the latest first."""
    at, seq = spot or (None, None)
    return await tx.all(
        MessageRow,
        """
        select
            m.id, m.seq, m.channel_id, ch.platform, m.direction, m.kind, m.text, m.content,
            m.reply_to, m.external_id, m.at, m.status, m.failure, m.edited_at, m.deleted_at,
            m.author_id, m.person_id, p.name as person_name
        from (
            select * from messages
            where tenant_id = $1 and conversation_id = $2
                and (at, seq) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::bigint, 0))
            order by at desc, seq desc
            limit $5
        ) m
        join chat_channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = m.person_id
        order by m.at desc, m.seq desc
        """,
        tenant,
        conversation,
        at,
        seq,
        most,
    )


async def after(
    tx: Tx, tenant: TenantId, conversation: ConversationId, spot: Spot, most: int
) -> list[MessageRow]:
    """The first ones after it, the earliest first."""
    return await tx.all(
        MessageRow,
        """
        select
            m.id, m.seq, m.channel_id, ch.platform, m.direction, m.kind, m.text, m.content,
            m.reply_to, m.external_id, m.at, m.status, m.failure, m.edited_at, m.deleted_at,
            m.author_id, m.person_id, p.name as person_name
        from (
            select * from messages
            where tenant_id = $1 and conversation_id = $2
                and (at, seq) > ($3::timestamptz, $4::bigint)
            order by at, seq
            limit $5
        ) m
        join chat_channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = m.person_id
        order by m.at, m.seq
        """,
        tenant,
        conversation,
        spot.at,
        spot.seq,
        most,
    )


async def message(tx: Tx, tenant: TenantId, message: MessageId) -> MessageRow | None:
    return await tx.one_or_none(
        MessageRow,
        """
        select
            m.id, m.seq, m.channel_id, ch.platform, m.direction, m.kind, m.text, m.content,
            m.reply_to, m.external_id, m.at, m.status, m.failure, m.edited_at, m.deleted_at,
            m.author_id, m.person_id, p.name as person_name
        from messages m
        join chat_channels ch on ch.tenant_id = $1 and ch.id = m.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = m.person_id
        where m.tenant_id = $1 and m.id = $2
        """,
        tenant,
        message,
    )


async def quoted(
    tx: Tx, tenant: TenantId, channel: ChannelId, external_ids: Sequence[str]
) -> list[QuotedRow]:
    return await tx.all(
        QuotedRow,
        """
        select external_id, id, direction, kind, case when deleted_at is null then text end as text
        from messages
        where tenant_id = $1 and channel_id = $2 and external_id = any($3::text[])
        """,
        tenant,
        channel,
        external_ids,
    )


async def reactions(
    tx: Tx, tenant: TenantId, channel: ChannelId, external_ids: Sequence[str]
) -> list[ReactionRow]:
    """Those that were not taken back, the earliest first."""
    return await tx.all(
        ReactionRow,
        """
        select external_id, what as by, detail ->> 'emoji' as emoji
        from message_changes
        where tenant_id = $1 and channel_id = $2 and external_id = any($3::text[])
            and kind = 'reaction' and detail ->> 'emoji' is not null
        order by at, what
        """,
        tenant,
        channel,
        external_ids,
    )


async def notes(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    since: datetime | None,
    until: datetime | None,
    most: int,
) -> list[NoteRow]:
    """Those of this time, the newest last."""
    return await tx.all(
        NoteRow,
        """
        select id, text, at, author_id
        from (
            select id, text, at, author_id
            from chat_notes
            where tenant_id = $1 and conversation_id = $2
                and at >= coalesce($3::timestamptz, '-infinity')
                and at < coalesce($4::timestamptz, 'infinity')
            order by at desc, id desc
            limit $5
        ) newest
        order by at, id
        """,
        tenant,
        conversation,
        since,
        until,
        most,
    )


async def add_note(
    tx: Tx,
    tenant: TenantId,
    note: NoteId,
    conversation: ConversationId,
    author: UserId,
    text: str,
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into chat_notes (tenant_id, id, conversation_id, author_id, text, at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        tenant,
        note,
        conversation,
        author,
        text,
        at,
    )


async def drop_note(
    tx: Tx, tenant: TenantId, conversation: ConversationId, note: UUID, author: UserId | None
) -> int:
    """Of this author, where one is named."""
    return await tx.execute(
        """
        delete from chat_notes
        where tenant_id = $1 and conversation_id = $2 and id = $3
            and ($4::uuid is null or author_id = $4)
        """,
        tenant,
        conversation,
        note,
        author,
    )
