"""SQL of files: which are here, and which are nobody's any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.chat.media.model import MediaId, MediaRow, State
from pista.chat.model import ChannelId, MessageId
from pista.chat.refusals import Advice
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

COLUMNS: LiteralString = """
    t.id, t.channel_id, t.external_id, t.state, t.mime_type, t.filename, t.bytes as size, t.sha256,
    t.told_sha256, t.error, t.advice, t.created_at, t.bucket
"""


class IdRow(msgspec.Struct, frozen=True):
    id: MediaId


async def expect(
    tx: Tx, tenant: TenantId, messages: Sequence[tuple[ChannelId, str]], now: datetime
) -> list[MediaId]:
    """Note that the files of these messages are to be fetched; those that were not noted yet."""
    rows = await tx.all(
        IdRow,
        """
        insert into chat_media (
            tenant_id, id, message_id, channel_id, external_id, state, mime_type, filename,
            told_sha256, created_at
        )
        select $1, m.id, m.id, m.channel_id, m.content #>> '{media,id}', 'waiting',
            left(m.content #>> '{media,mime_type}', 200),
            left(m.content #>> '{media,filename}', 250),
            m.content #>> '{media,sha256}', $4
        from unnest($2::uuid[], $3::text[]) as named (channel_id, external_id)
        join messages m on m.tenant_id = $1
            and m.channel_id = named.channel_id and m.external_id = named.external_id
        where m.content #>> '{media,id}' is not null
        on conflict do nothing
        returning id
        """,
        tenant,
        [channel for channel, _ in messages],
        [external_id for _, external_id in messages],
        now,
    )
    return [row.id for row in rows]


async def media(tx: Tx, tenant: TenantId, media_id: MediaId) -> MediaRow | None:
    return await tx.one_or_none(
        MediaRow,
        "select " + COLUMNS + " from chat_media t where t.tenant_id = $1 and t.id = $2",
        tenant,
        media_id,
    )


async def visible(
    tx: Tx, tenant: TenantId, media_id: UUID, everything: bool, user: UserId | None
) -> MediaRow | None:
    """By its own id or its message's; an advisor sees their own conversations and nobody's."""
    return await tx.one_or_none(
        MediaRow,
        "select "
        + COLUMNS
        + """
        from chat_media t
        left join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id
        left join conversations c on c.tenant_id = t.tenant_id and c.id = m.conversation_id
        where t.tenant_id = $1 and (t.id = $2 or t.message_id = $2)
            and (
                $3
                or t.message_id is null and t.author_id = $4
                or t.message_id is not null and coalesce(c.assigned_to = $4, true)
            )
        order by t.id = $2 desc
        limit 1
        """,
        tenant,
        media_id,
        everything,
        user,
    )


async def lock_file(tx: Tx, tenant: TenantId, sha256: bytes) -> None:
    """Whoever puts a file onto the shelf, or takes it away, does so alone."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1::text || encode($2::bytea, 'hex'), 7))",
        str(tenant),
        sha256,
    )


async def note_kept(
    tx: Tx,
    tenant: TenantId,
    media_id: MediaId,
    sha256: bytes,
    size: int,
    mime_type: str,
    bucket: str,
    now: datetime,
) -> bool:
    """False if its message has been erased meanwhile."""
    return bool(
        await tx.execute(
            """
            update chat_media
            set state = 'kept', sha256 = $3, bytes = $4, mime_type = $5, bucket = $6, error = null,
                advice = null, finished_at = $7
            where tenant_id = $1 and id = $2
            """,
            tenant,
            media_id,
            sha256,
            size,
            mime_type,
            bucket,
            now,
        )
    )


async def set_bucket(tx: Tx, tenant: TenantId, media_id: MediaId, bucket: str) -> None:
    """Where it will lie: noted before it does, so that it is deleted with its row in any case."""
    await tx.execute(
        """
        update chat_media set bucket = $3
        where tenant_id = $1 and id = $2 and state <> 'kept' and bucket <> $3
        """,
        tenant,
        media_id,
        bucket,
    )


async def note_delayed(tx: Tx, tenant: TenantId, media_id: MediaId, error: str) -> None:
    """It waits for the place where it is to be kept."""
    await tx.execute(
        """
        update chat_media set error = left($3, 500)
        where tenant_id = $1 and id = $2 and state = 'waiting'
        """,
        tenant,
        media_id,
        error,
    )


async def note_failed(
    tx: Tx,
    tenant: TenantId,
    media_id: MediaId,
    state: State,
    error: str | None,
    advice: Advice | None,
    now: datetime,
) -> None:
    await tx.execute(
        """
        update chat_media
        set state = $3, error = left($4, 500), advice = $5, finished_at = $6
        where tenant_id = $1 and id = $2 and state <> 'kept'
        """,
        tenant,
        media_id,
        state,
        error,
        advice,
        now,
    )


async def wait_again(tx: Tx, tenant: TenantId, media_id: MediaId) -> bool:
    return bool(
        await tx.execute(
            """
            update chat_media
            set state = 'waiting', error = null, advice = null, finished_at = null
            where tenant_id = $1 and id = $2 and state in ('failed', 'too_large')
                and external_id is not null
            """,
            tenant,
            media_id,
        )
    )


async def add_upload(
    tx: Tx,
    tenant: TenantId,
    media_id: MediaId,
    filename: str | None,
    author: UserId | None,
    bucket: str,
    now: datetime,
) -> None:
    """It is on its way to where it is kept."""
    await tx.execute(
        """
        insert into chat_media (tenant_id, id, state, filename, author_id, bucket, created_at)
        values ($1, $2, 'waiting', $3, $4, $5, $6)
        """,
        tenant,
        media_id,
        filename,
        author,
        bucket,
        now,
    )


async def drop(tx: Tx, tenant: TenantId, media_id: MediaId) -> None:
    await tx.execute("delete from chat_media where tenant_id = $1 and id = $2", tenant, media_id)


async def attach(
    tx: Tx, tenant: TenantId, media_id: MediaId, message: MessageId
) -> MediaRow | None:
    """The upload, which is of this message from now on; None if it is of another, or of none."""
    return await tx.one_or_none(
        MediaRow,
        """
        update chat_media t set message_id = $3
        where t.tenant_id = $1 and t.id = $2 and t.state = 'kept'
            and coalesce(t.message_id = $3, true)
        returning
        """
        + COLUMNS,
        tenant,
        media_id,
        message,
    )


async def conversation_of(tx: Tx, tenant: TenantId, media_id: MediaId) -> UUID | None:
    return await tx.value(
        """
        select m.conversation_id
        from chat_media t
        join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id
        where t.tenant_id = $1 and t.id = $2
        """,
        tenant,
        media_id,
    )


async def forget_unused(tx: Tx, before: datetime, most: int) -> None:
    """What was uploaded and never sent."""
    await tx.execute(
        """
        delete from chat_media
        where (tenant_id, id) in (
            select tenant_id, id from chat_media
            where message_id is null and created_at < $1
            limit $2
        )
        """,
        before,
        most,
    )
