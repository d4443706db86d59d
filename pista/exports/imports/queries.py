"""SQL of imports on PostgreSQL's side, one statement per function."""

from datetime import datetime

from pista.exports.imports.model import Chunk, Import, ImportId
from pista.store.postgres import Tx


async def add(tx: Tx, wanted: Import, at: datetime) -> None:
    await tx.execute(
        """
        insert into imports (
            id, tenant_id, file, site_id, site_ids, oldest, newest, rows, done_at, done_id,
            created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        wanted.id,
        wanted.tenant_id,
        wanted.file,
        wanted.site_id,
        wanted.site_ids,
        wanted.oldest,
        wanted.newest,
        wanted.rows,
        wanted.done_at,
        wanted.done_id,
        at,
    )


async def find(tx: Tx, wanted: ImportId) -> Import:
    return await tx.one(
        Import,
        """
        select id, tenant_id, file, site_id, site_ids, oldest, newest, rows, rows_done,
            rows_stored, events_stored, done_at, done_id, flush_id, to_at, to_id, error,
            finished_at
        from imports
        where id = $1
        """,
        wanted,
    )


async def unfinished(tx: Tx) -> list[Import]:
    """The oldest first."""
    return await tx.all(
        Import,
        """
        select id, tenant_id, file, site_id, site_ids, oldest, newest, rows, rows_done,
            rows_stored, events_stored, done_at, done_id, flush_id, to_at, to_id, error,
            finished_at
        from imports
        where finished_at is null
        order by id
        """,
    )


async def begin_chunk(tx: Tx, wanted: ImportId, chunk: Chunk) -> None:
    await tx.execute(
        "update imports set flush_id = $2, to_at = $3, to_id = $4 where id = $1",
        wanted,
        chunk.flush_id,
        chunk.to_at,
        chunk.to_id,
    )


async def end_chunk(
    tx: Tx, wanted: ImportId, chunk: Chunk, rows: int, stored: int, events: int
) -> None:
    await tx.execute(
        """
        update imports
        set done_at = to_at, done_id = to_id, flush_id = null, to_at = null, to_id = null,
            rows_done = rows_done + $3, rows_stored = rows_stored + $4,
            events_stored = events_stored + $5
        where id = $1 and flush_id = $2
        """,
        wanted,
        chunk.flush_id,
        rows,
        stored,
        events,
    )


async def finish(tx: Tx, wanted: ImportId, at: datetime, error: str | None = None) -> None:
    await tx.execute(
        """
        update imports
        set finished_at = $2, error = $3, flush_id = null, to_at = null, to_id = null
        where id = $1
        """,
        wanted,
        at,
        error,
    )
