"""The SQL of lists of conversations: each page comes from one index, however many there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from pista import paging
from pista.chat.heard import Platform
from pista.chat.inbox.model import State
from pista.chat.model import ChannelId, ConversationId, Direction, MessageId, PersonId
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx


class Place(NamedTuple):
    """Where a page begins: after this one."""

    at: paging.Moment
    id: UUID


class Wanted(NamedTuple):
    """What a list is narrowed down to."""

    statuses: Sequence[State]
    channel: ChannelId | None
    unread: bool
    before: Place | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation with its channel and whom it is with."""

    id: ConversationId
    channel_id: ChannelId
    platform: Platform
    channel_name: str
    display: str
    person_id: PersonId | None
    person_name: str | None
    username: str | None
    blocked: bool | None
    contact_id: ContactId | None
    group_id: str | None
    status: State
    assigned_to: UserId | None
    unread: int
    last_message_at: datetime | None
    last_inbound_at: datetime | None
    preview: str | None
    preview_kind: str | None
    preview_direction: Direction | None
    draft: str | None


class Found(msgspec.Struct, frozen=True):
    conversation_id: ConversationId
    message_id: MessageId | None


class SaidRow(msgspec.Struct, frozen=True, kw_only=True):
    id: MessageId
    text: str | None
    at: datetime


class Id(msgspec.Struct, frozen=True):
    id: ConversationId


class UnreadRow(msgspec.Struct, frozen=True, kw_only=True):
    everything: int
    mine: int
    nobody: int


_NARROWED: LiteralString = """
        and ($4::uuid is null or c.channel_id = $4)
        and (not $5::bool or c.unread > 0)
        and ($6::timestamptz is null or (c.last_message_at, c.id) < ($6, $7::uuid))
        and c.last_message_at is not null
    order by c.last_message_at desc, c.id desc
    limit $3
"""

_ANYBODYS: LiteralString = (
    """
    select found.id
    from unnest($2::text[]) as asked (status)
    cross join lateral (
        select c.id, c.last_message_at from conversations c
        where c.tenant_id = $1 and c.status = asked.status
    """
    + _NARROWED
    + ") found order by found.last_message_at desc, found.id desc limit $3"
)

_HELD: LiteralString = (
    """
    select found.id
    from unnest($2::text[]) as asked (status)
    cross join lateral (
        (select c.id, c.last_message_at from conversations c
        where c.tenant_id = $1 and c.status = asked.status and c.assigned_to = $8::uuid
    """
    + _NARROWED
    + """)
        union all
        (select c.id, c.last_message_at from conversations c
        where c.tenant_id = $1 and c.status = asked.status and c.assigned_to is null and $9::bool
    """
    + _NARROWED
    + ")) found order by found.last_message_at desc, found.id desc limit $3"
)


async def anybodys(tx: Tx, tenant: TenantId, wanted: Wanted, most: int) -> list[ConversationId]:
    """Whoever has them."""
    await _plan_anew(tx)
    rows = await tx.all(Id, _ANYBODYS, *_given(tenant, wanted, most))
    return [row.id for row in rows]


async def held(
    tx: Tx, tenant: TenantId, wanted: Wanted, most: int, by: UserId | None, nobodys: bool
) -> list[ConversationId]:
    """Those of one person, and those that nobody has."""
    await _plan_anew(tx)
    rows = await tx.all(Id, _HELD, *_given(tenant, wanted, most), by, nobodys)
    return [row.id for row in rows]


def _given(tenant: TenantId, wanted: Wanted, most: int) -> tuple[object, ...]:
    at, last = wanted.before or (None, None)
    return tenant, wanted.statuses, most, wanted.channel, wanted.unread, at, last


async def _plan_anew(tx: Tx) -> None:
    """Which index serves depends on which filters are set."""
    await tx.execute("set local plan_cache_mode = force_custom_plan")


async def among(
    tx: Tx,
    tenant: TenantId,
    conversations: Sequence[ConversationId],
    wanted: Wanted,
    most: int,
    by: UserId | None,
    nobodys: bool,
    anybodys: bool,
) -> list[ConversationId]:
    """Those of these that fit as well."""
    at, last = wanted.before or (None, None)
    rows = await tx.all(
        Id,
        """
        select c.id
        from conversations c
        where c.tenant_id = $1 and c.id = any($2::uuid[]) and c.status = any($8::text[])
            and ($4::uuid is null or c.channel_id = $4)
            and (not $5::bool or c.unread > 0)
            and ($6::timestamptz is null or (c.last_message_at, c.id) < ($6, $7::uuid))
            and c.last_message_at is not null
            and ($11::bool or c.assigned_to = $9 or (c.assigned_to is null and $10::bool))
        order by c.last_message_at desc, c.id desc
        limit $3
        """,
        tenant,
        conversations,
        most,
        wanted.channel,
        wanted.unread,
        at,
        last,
        wanted.statuses,
        by,
        nobodys,
        anybodys,
    )
    return [row.id for row in rows]


async def found(
    tx: Tx, tenant: TenantId, query: str, known_by: str, contacts: Sequence[ContactId], most: int
) -> list[Found]:
    """By who they are with, and by what was said; of frequent words, lately."""
    return await tx.all(
        Found,
        "select conversation_id, message_id from chat_found($1, $2, $3, $4, $5)",
        tenant,
        query,
        known_by,
        contacts,
        most,
    )


async def of_contacts(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]
) -> list[ConversationId]:
    rows = await tx.all(
        Id,
        """
        select c.id
        from chat_people p
        join conversations c on c.tenant_id = p.tenant_id and c.person_id = p.id
        where p.tenant_id = $1 and p.contact_id = any($2::text[])
        """,
        tenant,
        contacts,
    )
    return [row.id for row in rows]


async def rows(
    tx: Tx, tenant: TenantId, conversations: Sequence[ConversationId], reader: UserId | None
) -> list[Row]:
    """In this order, each with the draft of whoever reads."""
    return await tx.all(
        Row,
        """
        select
            c.id, c.channel_id, ch.platform, ch.name as channel_name, ch.display,
            c.person_id, p.name as person_name, p.username, p.blocked,
            case when p.contact_id is not null then contact_root(c.tenant_id, p.contact_id) end
                as contact_id,
            c.group_id, c.status, c.assigned_to, c.unread, c.last_message_at, c.last_inbound_at,
            c.preview, c.preview_kind, c.preview_direction, nullif(d.text, '') as draft
        from unnest($2::uuid[]) with ordinality as asked (id, place)
        join conversations c on c.tenant_id = $1 and c.id = asked.id
        join chat_channels ch on ch.tenant_id = $1 and ch.id = c.channel_id
        left join chat_people p on p.tenant_id = $1 and p.id = c.person_id
        left join chat_drafts d
            on d.tenant_id = $1 and d.conversation_id = c.id and d.user_id = $3
        order by asked.place
        """,
        tenant,
        conversations,
        reader,
    )


async def said(tx: Tx, tenant: TenantId, messages: Sequence[MessageId]) -> list[SaidRow]:
    return await tx.all(
        SaidRow,
        "select id, text, at from messages where tenant_id = $1 and id = any($2::uuid[])",
        tenant,
        messages,
    )


async def unread(
    tx: Tx, tenant: TenantId, by: UserId | None, anybodys: bool, most: int
) -> UnreadRow:
    """Open ones with something new; counted to `most` and no further."""
    return await tx.one(
        UnreadRow,
        """
        select
            count(*) as everything,
            count(*) filter (where assigned_to = $2) as mine,
            count(*) filter (where assigned_to is null) as nobody
        from (
            select assigned_to
            from conversations
            where tenant_id = $1 and status = 'open' and unread > 0
                and last_message_at is not null
                and ($3::bool or assigned_to is null or assigned_to = $2)
            order by last_message_at desc, id desc
            limit $4
        ) newest
        """,
        tenant,
        by,
        anybodys,
        most,
    )
