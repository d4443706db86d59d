"""The SQL of rows that wait to be imported: each room that imports has tables of its own, alike in
what is read and written here."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple

import msgspec

from pista.ids import TenantId
from pista.sheets.model import ImportId, Sheet
from pista.store import frames
from pista.store.postgres import Tx


class Tables(NamedTuple):
    """Of the files, of their rows while they wait, and of what became of some."""

    imports: LiteralString
    chunks: LiteralString
    results: LiteralString


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    first_row: int
    body: bytes

    @property
    def cells(self) -> list[list[str]]:
        return unpacked(self.body)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was refused, or only partly taken."""

    row: int
    why: str
    cells: list[str]


def packed(cells: list[list[str]]) -> bytes:
    return frames.pack(msgspec.json.encode(cells))


def unpacked(body: bytes) -> list[list[str]]:
    return msgspec.json.decode(frames.unpack(body), type=list[list[str]])


async def add(tx: Tx, tables: Tables, sheet: Sheet) -> None:
    await tx.execute(
        "insert into "
        + tables.imports
        + """ (
            tenant_id, id, file, encoding, separator, header, sample, width, rows, asked_by,
            created_at, state
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'uploaded')
        """,
        *msgspec.structs.astuple(sheet),
    )


async def note_size(tx: Tx, tables: Tables, sheet: Sheet) -> None:
    """What is known once all of it is read."""
    await tx.execute(
        "update "
        + tables.imports
        + """
        set sample = $3, width = $4, rows = $5, header = $6
        where tenant_id = $1 and id = $2
        """,
        sheet.tenant_id,
        sheet.id,
        sheet.sample,
        sheet.width,
        sheet.rows,
        sheet.header,
    )


async def add_chunk(
    tx: Tx,
    tables: Tables,
    tenant: TenantId,
    import_id: ImportId,
    first_row: int,
    cells: list[list[str]],
) -> None:
    await tx.execute(
        "insert into "
        + tables.chunks
        + " (tenant_id, import_id, first_row, rows, body) values ($1, $2, $3, $4, $5)",
        tenant,
        import_id,
        first_row,
        len(cells),
        packed(cells),
    )


async def chunk_from(
    tx: Tx, tables: Tables, tenant: TenantId, import_id: ImportId, row: int
) -> Chunk | None:
    return await tx.one_or_none(
        Chunk,
        "select first_row, body from "
        + tables.chunks
        + """
        where tenant_id = $1 and import_id = $2 and first_row >= $3
        order by first_row
        limit 1
        """,
        tenant,
        import_id,
        row,
    )


async def forget_chunk(
    tx: Tx, tables: Tables, tenant: TenantId, import_id: ImportId, first_row: int
) -> None:
    await tx.execute(
        "delete from "
        + tables.chunks
        + " where tenant_id = $1 and import_id = $2 and first_row = $3",
        tenant,
        import_id,
        first_row,
    )


async def forget_chunks(tx: Tx, tables: Tables, tenant: TenantId, import_id: ImportId) -> None:
    await tx.execute(
        "delete from " + tables.chunks + " where tenant_id = $1 and import_id = $2",
        tenant,
        import_id,
    )


async def problems(
    tx: Tx, tables: Tables, tenant: TenantId, import_id: ImportId, after: int, most: int
) -> Sequence[Problem]:
    return await tx.all(
        Problem,
        "select row, why, coalesce(cells, '{}') as cells from "
        + tables.results
        + """
        where tenant_id = $1 and import_id = $2 and row > $3 and why is not null
        order by row
        limit $4
        """,
        tenant,
        import_id,
        after,
        most,
    )


async def forget_old(
    tx: Tx, tables: Tables, uploaded_before: datetime, done_before: datetime
) -> None:
    """Files that nobody started, and what became of the rows of old ones."""
    await tx.execute(
        "delete from "
        + tables.imports
        + " where started_at is null and state <> 'cancelled' and created_at < $1",
        uploaded_before,
    )
    await tx.execute(
        "update "
        + tables.imports
        + """
        set sample = '[]'
        where created_at < $1 and state in ('done', 'cancelled', 'undone') and sample <> '[]'
        """,
        done_before,
    )
    await tx.execute(
        "delete from "
        + tables.results
        + " r using "
        + tables.imports
        + """ i
        where i.tenant_id = r.tenant_id and i.id = r.import_id and i.created_at < $1
            and i.state in ('done', 'cancelled', 'undone')
        """,
        done_before,
    )
