"""SQL of files that a row has let go of: in the data folder, and in buckets."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx


class GoneFile(msgspec.Struct, frozen=True):
    tenant_id: TenantId
    sha256: bytes


class GoneObject(msgspec.Struct, frozen=True):
    tenant_id: TenantId
    bucket: str
    media_id: UUID


async def gone(tx: Tx, most: int) -> list[GoneFile]:
    """Files of which a row was deleted; whether another row has them is still to be looked at."""
    return await tx.all(
        GoneFile,
        "select tenant_id, sha256 from chat_files_gone order by tenant_id, sha256 limit $1",
        most,
    )


async def is_anybodys(tx: Tx, tenant: TenantId, sha256: bytes) -> bool:
    return await tx.value(
        """
        select exists (
            select from chat_media where tenant_id = $1 and sha256 = $2 and bucket = ''
        )
        """,
        tenant,
        sha256,
    )


async def settle_gone(tx: Tx, tenant: TenantId, sha256: bytes) -> None:
    await tx.execute(
        "delete from chat_files_gone where tenant_id = $1 and sha256 = $2", tenant, sha256
    )


async def take_due(tx: Tx, now: datetime, lost_at: datetime, most: int) -> list[GoneObject]:
    """Objects that are to be deleted now; due again if nobody has done it until then."""
    return await tx.all(
        GoneObject,
        """
        with due as (
            select tenant_id, bucket, media_id
            from chat_objects_gone
            where due_at <= $1
            order by due_at
            limit $3
            for update skip locked
        )
        update chat_objects_gone g set due_at = $2
        from due
        where g.tenant_id = due.tenant_id and g.bucket = due.bucket and g.media_id = due.media_id
        returning g.tenant_id, g.bucket, g.media_id
        """,
        now,
        lost_at,
        most,
    )


async def note_object_gone(
    tx: Tx, tenant: TenantId, bucket: str, media: UUID, now: datetime
) -> None:
    """What was put there after its row was deleted."""
    await tx.execute(
        """
        insert into chat_objects_gone (tenant_id, bucket, media_id, due_at)
        values ($1, $2, $3, $4)
        on conflict (tenant_id, bucket, media_id) do update
        set due_at = excluded.due_at, deleted_at = null
        """,
        tenant,
        bucket,
        media,
        now,
    )


async def note_deleted(
    tx: Tx, tenant: TenantId, bucket: str, media: UUID, now: datetime, again_at: datetime
) -> None:
    """The first time it is due once more; the second time it is settled."""
    await tx.execute(
        """
        with settled as (
            delete from chat_objects_gone
            where tenant_id = $1 and bucket = $2 and media_id = $3 and deleted_at is not null
        )
        update chat_objects_gone set deleted_at = $4, due_at = $5
        where tenant_id = $1 and bucket = $2 and media_id = $3 and deleted_at is null
        """,
        tenant,
        bucket,
        media,
        now,
        again_at,
    )
