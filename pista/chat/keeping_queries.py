"""The SQL with which webhooks are kept: each statement takes all of a group at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.chat.heard import Platform
from pista.chat.model import (
    ChannelId,
    ConversationId,
    MessageId,
    NewChange,
    NewMessage,
    PersonId,
)
from pista.ids import TenantId
from pista.store.postgres import Tx


class PeerRow(msgspec.Struct, frozen=True):
    """A conversation by whom it is with."""

    id: ConversationId
    person_id: PersonId | None
    group_id: str | None


class NamedRow(msgspec.Struct, frozen=True):
    external_id: str


class AddedRow(msgspec.Struct, frozen=True):
    id: MessageId


class Grown(msgspec.Struct, frozen=True, kw_only=True):
    """What new messages make of their conversation."""

    id: ConversationId
    unread: int
    at: datetime
    inbound_at: datetime | None
    preview: str | None
    kind: str
    direction: str


async def lock(tx: Tx, tenant: TenantId, platform: Platform) -> None:
    """What a company hears from a platform is kept one group after the other."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended('chat ' || $1::text || $2::text, 0))",
        str(tenant),
        platform,
    )


async def open_conversations(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    people: Sequence[PersonId],
    groups: Sequence[str],
    now: datetime,
) -> list[PeerRow]:
    """The conversations with these people and groups; those that were missing are begun."""
    found = await _conversations(tx, tenant, channel, people, groups)
    if len(found) == len(people) + len(groups):
        return found
    there = {row.person_id or row.group_id for row in found}
    missing = (
        [one for one in people if one not in there],
        [one for one in groups if one not in there],
    )
    await _begin_conversations(tx, tenant, channel, *missing, now)
    return found + await _conversations(tx, tenant, channel, *missing)


async def _conversations(
    tx: Tx, tenant: TenantId, channel: ChannelId, people: Sequence[PersonId], groups: Sequence[str]
) -> list[PeerRow]:
    return await tx.all(
        PeerRow,
        """
        select id, person_id, group_id
        from conversations
        where tenant_id = $1 and channel_id = $2 and person_id = any($3::uuid[])
        union all
        select id, person_id, group_id
        from conversations
        where tenant_id = $1 and channel_id = $2 and group_id = any($4::text[])
        """,
        tenant,
        channel,
        people,
        groups,
    )


async def _begin_conversations(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    people: Sequence[PersonId],
    groups: Sequence[str],
    now: datetime,
) -> None:
    await tx.execute(
        """
        insert into conversations (tenant_id, id, channel_id, person_id, group_id, created_at)
        select $1, gen_random_uuid(), $2, person_id, group_id, $5
        from (
            select unnest($3::uuid[]) as person_id, null as group_id
            union all
            select null, unnest($4::text[])
        ) as peers
        on conflict do nothing
        """,
        tenant,
        channel,
        people,
        groups,
        now,
    )


async def add_messages(
    tx: Tx, tenant: TenantId, channel: ChannelId, messages: Sequence[NewMessage], now: datetime
) -> set[MessageId]:
    """Those that were not there yet. A message is known for ever by the platform's id of it."""
    rows = await tx.all(
        AddedRow,
        """
        insert into messages (
            tenant_id, id, conversation_id, channel_id, direction, person_id, external_id, kind,
            text, content, reply_to, at, received_at, status
        )
        select
            $1, m.id, m.conversation_id, $2, m.direction, m.person_id, m.external_id, m.kind,
            m.text, m.content, m.reply_to, m.at, $4, m.status
        from jsonb_to_recordset($3) as m (
            id uuid, conversation_id uuid, direction text, person_id uuid, external_id text,
            kind text, text text, content jsonb, reply_to text, at timestamptz, status text
        )
        on conflict (tenant_id, channel_id, external_id) do nothing
        returning id
        """,
        tenant,
        channel,
        messages,
        now,
    )
    return {row.id for row in rows}


async def has_twin(
    tx: Tx, tenant: TenantId, channel: ChannelId, prefix: str, since: datetime, until: datetime
) -> bool:
    """Whether a message without an id, of the same content, is there from this time."""
    return await tx.value(
        """
        select exists (
            select from messages
            where tenant_id = $1 and channel_id = $2
                and external_id >= $3 and external_id < $3 || '~'
                and at between $4 and $5
        )
        """,
        tenant,
        channel,
        prefix,
        since,
        until,
    )


async def name_sent(tx: Tx, tenant: TenantId, channel: ChannelId, ours: dict[UUID, str]) -> None:
    """Give messages that were sent the platform's id, where its answer was never heard."""
    await tx.execute(
        """
        update messages m
        set external_id = named.external_id
        from unnest($3::uuid[], $4::text[]) as named (id, external_id)
        where m.tenant_id = $1 and m.id = named.id and m.channel_id = $2
            and m.direction = 'out' and m.external_id is null
        """,
        tenant,
        channel,
        list(ours),
        list(ours.values()),
    )


async def add_changes(
    tx: Tx, tenant: TenantId, channel: ChannelId, changes: Sequence[NewChange]
) -> int:
    """Write down what happened to messages, whether they are there yet or not."""
    return await tx.execute(
        """
        insert into message_changes (tenant_id, channel_id, external_id, kind, what, at, detail)
        select $1, $2, external_id, kind, what, at, detail
        from jsonb_to_recordset($3) as c (
            external_id text, kind text, what text, at timestamptz, detail jsonb
        )
        on conflict (tenant_id, channel_id, external_id, kind, what)
        do update set at = excluded.at, detail = excluded.detail
        where message_changes.kind = 'reaction' and excluded.at > message_changes.at
        """,
        tenant,
        channel,
        changes,
    )


async def changed_before(
    tx: Tx, tenant: TenantId, channel: ChannelId, external_ids: Sequence[str]
) -> list[str]:
    """Which of these messages something was told of before they came."""
    rows = await tx.all(
        NamedRow,
        """
        select distinct external_id
        from message_changes
        where tenant_id = $1 and channel_id = $2 and external_id = any($3::text[])
        """,
        tenant,
        channel,
        external_ids,
    )
    return [row.external_id for row in rows]


async def apply_changes(
    tx: Tx, tenant: TenantId, channel: ChannelId, external_ids: Sequence[str]
) -> list[ConversationId]:
    """Make these messages what all that was told of them comes to, in whatever order it came."""
    return await _ids(
        tx,
        """
        with told as (
            select
                external_id,
                max(message_rank(what)) filter (where kind = 'status') as rank,
                (array_agg(detail order by at desc) filter (where kind = 'edit'))[1] as edit,
                max(at) filter (where kind = 'edit') as edited_at,
                min(at) filter (where kind = 'delete') as deleted_at,
                (array_agg(detail) filter (where what = 'failed'))[1] as failure
            from message_changes
            where tenant_id = $1 and channel_id = $2 and external_id = any($3::text[])
            group by external_id
        ), changed as (
            update messages m
            set
                status = case
                    when m.direction = 'out' and told.rank > message_rank(m.status)
                        then (array['queued', 'unknown', 'accepted', 'sent', 'failed', 'delivered',
                            'read', 'played'])[told.rank]
                    else m.status
                end,
                failure = case when m.direction = 'out' then coalesce(told.failure, m.failure) end,
                content = case
                    when told.edit is null or m.edited_at is not null then m.content
                    else m.content || jsonb_build_object('firstText', m.text)
                end,
                text = case when told.edit is null then m.text else told.edit ->> 'text' end,
                edited_at = told.edited_at,
                deleted_at = told.deleted_at
            from told
            where m.tenant_id = $1 and m.channel_id = $2 and m.external_id = told.external_id
                -- Said again, so that it is looked up and not searched for, however old the plan.
                and m.external_id = any($3::text[])
            returning m.conversation_id
        )
        select distinct conversation_id as id from changed
        """,
        tenant,
        channel,
        external_ids,
    )


async def grow(tx: Tx, tenant: TenantId, grown: Sequence[Grown]) -> None:
    """Conversations with new messages are on top, and unread."""
    await tx.execute(
        """
        update conversations c
        set
            unread = c.unread + g.unread,
            status = case when g.unread > 0 then 'open' else c.status end,
            last_inbound_at = greatest(c.last_inbound_at, g.inbound_at),
            preview = case when g.at >= coalesce(c.last_message_at, '-infinity')
                then g.preview else c.preview end,
            preview_kind = case when g.at >= coalesce(c.last_message_at, '-infinity')
                then g.kind else c.preview_kind end,
            preview_direction = case when g.at >= coalesce(c.last_message_at, '-infinity')
                then g.direction else c.preview_direction end,
            last_message_at = greatest(c.last_message_at, g.at)
        from jsonb_to_recordset($2) as g (
            id uuid, unread int, at timestamptz, inbound_at timestamptz, preview text, kind text,
            direction text
        )
        where c.tenant_id = $1 and c.id = g.id
        """,
        tenant,
        grown,
    )


async def add_start(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    external_id: str,
    person: PersonId,
    payload: str | None,
    at: datetime,
) -> int:
    return await tx.execute(
        """
        insert into chat_starts (tenant_id, channel_id, external_id, person_id, payload, at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """,
        tenant,
        channel,
        external_id,
        person,
        payload,
        at,
    )


async def add_membership(
    tx: Tx,
    tenant: TenantId,
    channel: ChannelId,
    person: PersonId,
    change: str,
    group: str,
    invite: str | None,
    at: datetime,
) -> int:
    return await tx.execute(
        """
        insert into chat_memberships (
            tenant_id, channel_id, person_id, change, group_id, invite, at
        )
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing
        """,
        tenant,
        channel,
        person,
        change,
        group,
        invite,
        at,
    )


async def set_blocked(tx: Tx, tenant: TenantId, person: PersonId) -> None:
    """As the latest of what was told of it says."""
    await tx.execute(
        """
        update chat_people
        set blocked = (
            select change = 'blocked'
            from chat_memberships
            where tenant_id = $1 and person_id = $2 and change in ('blocked', 'unblocked')
            order by at desc
            limit 1
        )
        where tenant_id = $1 and id = $2
        """,
        tenant,
        person,
    )


async def add_news(
    tx: Tx,
    tenant: TenantId,
    news: UUID,
    webhook: UUID | None,
    channel: str | None,
    field: str,
    value: Any,
    at: datetime,
) -> int:
    return await tx.execute(
        """
        insert into chat_news (tenant_id, id, webhook_id, channel, field, value, at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing
        """,
        tenant,
        news,
        webhook,
        channel,
        field,
        value,
        at,
    )


class _Id(msgspec.Struct, frozen=True):
    id: UUID


async def _ids(tx: Tx, sql: Any, *args: object) -> list[Any]:
    return [row.id for row in await tx.all(_Id, sql, *args)]
