"""Takes a file in: found out how it is written, and its rows kept, without holding it in memory."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from msgspec import structs

from pista.ids import TenantId, uuid7
from pista.sheets import model, reading, staging
from pista.sheets.model import ROWS_A_CHUNK, SAMPLE_ROWS, BadFile, FileTooLarge, ImportId, Sheet
from pista.sheets.reading import Shape
from pista.sheets.staging import Tables
from pista.store.postgres import Tx

LONGEST_NAME = 200


async def received(chunks: AsyncIterator[bytes]) -> IO[bytes]:
    """The file as it comes, in a file of its own that has no name; not in memory."""
    file = TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > model.MOST_BYTES:
            file.close()
            raise FileTooLarge
        file.write(chunk)
    return file


async def upload(
    tx: Tx,
    tables: Tables,
    sheet: Sheet,
    file: IO[bytes],
    has_header: Callable[[Sequence[Sequence[str]]], bool],
) -> None:
    """Keep a file's rows until somebody has said what is what in them."""
    shape = Shape(sheet.encoding, sheet.separator)
    await staging.add(tx, tables, sheet)
    rows, sample, width = 0, list[list[str]](), 0
    pieces = reading.pieces(reading.rows_of(file, shape), ROWS_A_CHUNK)
    while piece := await asyncio.to_thread(next, pieces, None):
        await staging.add_chunk(tx, tables, sheet.tenant_id, sheet.id, rows, piece)
        sample += piece[: SAMPLE_ROWS - len(sample)]
        width = max(width, *(len(cells) for cells in piece))
        rows += len(piece)
    if rows == 0:
        raise BadFile("It has no rows.")
    read = structs.replace(sheet, rows=rows, sample=sample, width=width, header=has_header(sample))
    await staging.note_size(tx, tables, read)


async def opened(tenant: TenantId, name: str, file: IO[bytes], by: str, now: datetime) -> Sheet:
    """As far as it is known before its rows are read."""
    shape = await asyncio.to_thread(reading.shape_of, file)
    plain = "".join(char if char.isprintable() else " " for char in name)
    return Sheet(
        tenant_id=tenant,
        id=ImportId(uuid7()),
        file=" ".join(plain.split())[:LONGEST_NAME].strip() or "file.csv",
        encoding=shape.encoding,
        separator=shape.separator,
        header=False,
        sample=[],
        width=0,
        rows=0,
        asked_by=by,
        created_at=now,
    )
