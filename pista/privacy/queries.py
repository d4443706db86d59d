"""SQL of the erasures."""

from datetime import datetime
from uuid import UUID

from pista.ids import TenantId
from pista.privacy.model import Asked, Part, State
from pista.store.postgres import Tx

MOST_LISTED = 200


async def ask(
    tx: Tx,
    erasure: UUID,
    tenant: TenantId,
    visitor: str,
    digest: bytes,
    by: UUID | None,
    name: str,
    now: datetime,
    part: Part,
) -> Asked:
    """Ask for it. What is under way for the same visitor begins again: there may be more by now."""
    return await tx.one(
        Asked,
        """
        insert into erasures (
            id, tenant_id, visitor_id, visitor_hash, asked_by, asked_by_name, asked_at,
            since_ms, until_ms, moments, part, streams, seqs
        )
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
            coalesce(array_agg(stream order by stream), '{}'),
            coalesce(array_agg(last_seq order by stream), '{}')
        from journal_streams
        on conflict (tenant_id, visitor_hash, part) where finished_at is null do update set
            asked_by = excluded.asked_by,
            asked_by_name = excluded.asked_by_name,
            asked_at = excluded.asked_at,
            moments = array(
                select distinct unnest(erasures.moments || excluded.moments) order by 1
            ),
            streams = excluded.streams,
            seqs = excluded.seqs,
            state = 'waiting',
            deleted_at = null
        returning id, tenant_id, visitor_id, visitor_hash, asked_by_name, asked_at, streams, seqs,
            state, started_at, deleted_at, hours, counts, error, finished_at, files_gone_at,
            since_ms, until_ms, moments
        """,
        erasure,
        tenant,
        visitor,
        digest,
        by,
        name,
        now,
        part.since_ms,
        part.until_ms,
        part.moments,
        part.name,
    )


async def of_tenant(tx: Tx, tenant: TenantId) -> list[Asked]:
    """The latest first."""
    return await tx.all(
        Asked,
        """
        select id, tenant_id, visitor_id, visitor_hash, asked_by_name, asked_at, streams, seqs,
            state, started_at, deleted_at, hours, counts, error, finished_at, files_gone_at,
            since_ms, until_ms, moments
        from erasures
        where tenant_id = $1
        order by asked_at desc
        limit $2
        """,
        tenant,
        MOST_LISTED,
    )


async def erasure(tx: Tx, erasure: UUID) -> Asked:
    return await tx.one(
        Asked,
        """
        select id, tenant_id, visitor_id, visitor_hash, asked_by_name, asked_at, streams, seqs,
            state, started_at, deleted_at, hours, counts, error, finished_at, files_gone_at,
            since_ms, until_ms, moments
        from erasures
        where id = $1
        """,
        erasure,
    )


async def unfinished(tx: Tx) -> list[Asked]:
    """Of every tenant, the oldest first."""
    return await tx.all(
        Asked,
        """
        select id, tenant_id, visitor_id, visitor_hash, asked_by_name, asked_at, streams, seqs,
            state, started_at, deleted_at, hours, counts, error, finished_at, files_gone_at,
            since_ms, until_ms, moments
        from erasures
        where finished_at is null
        order by asked_at
        """,
    )


async def note_found(
    tx: Tx, erasure: Asked, hours: list[int], counts: dict[str, int], now: datetime
) -> None:
    """Before anything is deleted: afterwards nobody could tell what is to be counted anew."""
    await tx.execute(
        """
        update erasures
        set state = 'running', started_at = coalesce(started_at, $2), hours = $3, counts = $4
        where id = $1
        """,
        erasure.id,
        now,
        hours,
        counts,
    )


async def note_deleted(tx: Tx, erasure: Asked, now: datetime | None) -> None:
    """Unless it was asked for once more meanwhile."""
    await tx.execute(
        "update erasures set deleted_at = $3 where id = $1 and asked_at = $2",
        erasure.id,
        erasure.asked_at,
        now,
    )


async def note_recounted(tx: Tx, erasure: Asked, hours: list[int]) -> None:
    """These hours are left."""
    await tx.execute("update erasures set hours = $2 where id = $1", erasure.id, hours)


async def note_error(tx: Tx, erasure: Asked, error: str | None) -> None:
    await tx.execute(
        "update erasures set state = $2, error = $3 where id = $1 and finished_at is null",
        erasure.id,
        State.RUNNING if error is None else State.FAILED,
        error,
    )


async def finish(tx: Tx, erasure: Asked, counts: dict[str, int], now: datetime) -> bool:
    """Forget the id too; False if it was asked for once more meanwhile."""
    return bool(
        await tx.execute(
            """
            update erasures
            set state = 'done', visitor_id = null, moments = '{}', error = null, counts = $3,
                finished_at = $4
            where id = $1 and asked_at = $2
            """,
            erasure.id,
            erasure.asked_at,
            counts,
            now,
        )
    )


async def with_files(tx: Tx) -> datetime | None:
    """When the latest erasure ended of which files may still be there."""
    return await tx.value(
        """
        select max(finished_at) from erasures
        where finished_at is not null and files_gone_at is null
        """
    )


async def note_files_gone(tx: Tx, finished_until: datetime, now: datetime) -> None:
    await tx.execute(
        """
        update erasures set files_gone_at = $2
        where finished_at <= $1 and files_gone_at is null
        """,
        finished_until,
        now,
    )
