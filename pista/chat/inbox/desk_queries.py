"""The SQL of who has a conversation, how far it was read, and who is at it."""

from datetime import datetime
from typing import Literal

import msgspec

from pista.chat.inbox.model import Draft, State
from pista.chat.model import ConversationId
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class HolderRow(msgspec.Struct, frozen=True, kw_only=True):
    assigned_to: UserId | None
    status: State
    read_seq: int


class PresentRow(msgspec.Struct, frozen=True, kw_only=True):
    user_id: UserId
    doing: Literal["typing", "looking"]


async def holder(tx: Tx, tenant: TenantId, conversation: ConversationId) -> HolderRow | None:
    return await tx.one_or_none(
        HolderRow,
        """
        select assigned_to, status, read_seq
        from conversations
        where tenant_id = $1 and id = $2
        """,
        tenant,
        conversation,
    )


async def hold(tx: Tx, tenant: TenantId, conversation: ConversationId) -> HolderRow | None:
    """Nobody else changes it until the transaction ends."""
    return await tx.one_or_none(
        HolderRow,
        """
        select assigned_to, status, read_seq
        from conversations
        where tenant_id = $1 and id = $2
        for no key update
        """,
        tenant,
        conversation,
    )


async def assign(
    tx: Tx, tenant: TenantId, conversation: ConversationId, user: UserId | None
) -> None:
    await tx.execute(
        "update conversations set assigned_to = $3 where tenant_id = $1 and id = $2",
        tenant,
        conversation,
        user,
    )


async def set_status(tx: Tx, tenant: TenantId, conversation: ConversationId, status: State) -> None:
    await tx.execute(
        "update conversations set status = $3 where tenant_id = $1 and id = $2",
        tenant,
        conversation,
        status,
    )


async def mark_read(tx: Tx, tenant: TenantId, conversation: ConversationId, through: int) -> int:
    """What came in after it stays unread. The conversation must be held: who adds messages waits
    for it, and adds to what is written here."""
    return await tx.value(
        """
        update conversations
        set read_seq = $3, unread = (
            select count(*)
            from messages
            where tenant_id = $1 and conversation_id = $2 and seq > $3
                and direction = 'in' and kind <> 'system'
        )
        where tenant_id = $1 and id = $2
        returning unread
        """,
        tenant,
        conversation,
        through,
    )


async def set_draft(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    user: UserId,
    text: str,
    revision: int,
) -> Draft:
    """The later one stays, whichever comes first."""
    await tx.execute(
        """
        insert into chat_drafts (tenant_id, conversation_id, user_id, text, revision)
        values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, conversation_id, user_id)
        do update set text = excluded.text, revision = excluded.revision
        where chat_drafts.revision < excluded.revision
        """,
        tenant,
        conversation,
        user,
        text,
        revision,
    )
    return await tx.one(
        Draft,
        """
        select text, revision
        from chat_drafts
        where tenant_id = $1 and conversation_id = $2 and user_id = $3
        """,
        tenant,
        conversation,
        user,
    )


async def draft(
    tx: Tx, tenant: TenantId, conversation: ConversationId, user: UserId
) -> Draft | None:
    return await tx.one_or_none(
        Draft,
        """
        select text, revision
        from chat_drafts
        where tenant_id = $1 and conversation_id = $2 and user_id = $3
        """,
        tenant,
        conversation,
        user,
    )


async def be_present(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    user: UserId,
    doing: str,
    until: datetime,
) -> None:
    await tx.execute(
        """
        insert into chat_presence (tenant_id, conversation_id, user_id, doing, until)
        values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, conversation_id, user_id)
        do update set doing = excluded.doing, until = excluded.until
        """,
        tenant,
        conversation,
        user,
        doing,
        until,
    )


async def be_gone(tx: Tx, tenant: TenantId, conversation: ConversationId, user: UserId) -> None:
    for statement in (
        """
        delete from chat_presence
        where tenant_id = $1 and conversation_id = $2 and user_id = $3
        """,
        """
        delete from chat_composers
        where tenant_id = $1 and conversation_id = $2 and user_id = $3
        """,
    ):
        await tx.execute(statement, tenant, conversation, user)


async def present(
    tx: Tx, tenant: TenantId, conversation: ConversationId, besides: UserId, now: datetime
) -> list[PresentRow]:
    return await tx.all(
        PresentRow,
        """
        select user_id, doing
        from chat_presence
        where tenant_id = $1 and conversation_id = $2 and user_id <> $3 and until > $4
        order by doing desc, user_id
        limit 20
        """,
        tenant,
        conversation,
        besides,
        now,
    )


async def compose(
    tx: Tx,
    tenant: TenantId,
    conversation: ConversationId,
    user: UserId,
    until: datetime,
    now: datetime,
    take_over: bool,
) -> None:
    """Answer, unless somebody else is about to."""
    await tx.execute(
        """
        insert into chat_composers (tenant_id, conversation_id, user_id, until)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, conversation_id)
        do update set user_id = excluded.user_id, until = excluded.until
        where chat_composers.user_id = excluded.user_id or chat_composers.until <= $5 or $6::bool
        """,
        tenant,
        conversation,
        user,
        until,
        now,
        take_over,
    )


async def composer(
    tx: Tx, tenant: TenantId, conversation: ConversationId, now: datetime
) -> UserId | None:
    return await tx.value(
        """
        select user_id
        from chat_composers
        where tenant_id = $1 and conversation_id = $2 and until > $3
        """,
        tenant,
        conversation,
        now,
    )


async def forget_gone(tx: Tx, tenant: TenantId, now: datetime) -> None:
    """Whoever went without a word."""
    for statement in (
        "delete from chat_presence where tenant_id = $1 and until < $2",
        "delete from chat_composers where tenant_id = $1 and until < $2",
    ):
        await tx.execute(statement, tenant, now)
