"""Looks at files, works them off and takes them back, some rows a job: what a job does and how far
it came is committed at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from pista.desk.imports import adding, queries, reading, service, undoing
from pista.desk.imports.model import Found, ImportRow
from pista.desk.imports.queries import FILES, TABLES, First
from pista.desk.imports.reading import Met
from pista.desk.imports.service import CheckSlice, ImportSlice, UndoSlice
from pista.desk.imports.staff import Staff, staff
from pista.queue import Handlers, Job
from pista.sheets import staging
from pista.sheets.staging import Chunk
from pista.store.postgres import Tx


async def check_slice(tx: Tx, job: Job, work: CheckSlice) -> None:
    """The next rows, or the end; nothing but the counts is changed."""
    row = await FILES.lock(tx, job.tenant_id, work.import_id)
    if row is None or row.state != "checking":
        return
    chunk = await staging.chunk_from(tx, TABLES, job.tenant_id, row.id, row.rows_done)
    if chunk is None:
        row = structs.replace(row, state="checked", rows_done=row.rows)
    else:
        cells = chunk.cells
        found = await _looked_at(tx, row, cells, chunk.first_row)
        row = structs.replace(row, rows_done=chunk.first_row + len(cells), found=found)
        await service.go_on(tx, row, work, datetime.now(UTC))
    await queries.store(tx, row)
    await service.announce(tx, row)


async def import_slice(tx: Tx, job: Job, work: ImportSlice) -> None:
    """The next rows, or the end. A repeat of the job begins where the last commit ended."""
    row = await FILES.lock(tx, job.tenant_id, work.import_id)
    if row is None or row.state != "running":
        return
    now = datetime.now(UTC)
    chunk = await staging.chunk_from(tx, TABLES, job.tenant_id, row.id, row.rows_done)
    if chunk is None:
        row = structs.replace(row, state="done", rows_done=row.rows, finished_at=now)
        await queries.forget_people(tx, job.tenant_id, row.id)
    else:
        row = await _add(tx, row, chunk, now)
        await service.go_on(tx, row, work, now)
    await queries.store(tx, row)
    await service.announce(tx, row)


async def undo_slice(tx: Tx, job: Job, work: UndoSlice) -> None:
    """Take back the next ones; one that somebody has done something with stays."""
    row = await FILES.lock(tx, job.tenant_id, work.import_id)
    if row is None or row.state != "undoing":
        return
    now = datetime.now(UTC)
    undone = await undoing.take_back(tx, row)
    if undone is None:
        row = structs.replace(row, state="undone", rows_done=row.rows, finished_at=now)
    else:
        row = structs.replace(
            row,
            rows_done=undone.through,
            taken_back=row.taken_back + undone.gone,
            kept=row.kept + undone.kept,
        )
        await service.go_on(tx, row, work, now)
    await queries.store(tx, row)
    await service.announce(tx, row)


async def _looked_at(tx: Tx, row: ImportRow, cells: Sequence[list[str]], first_row: int) -> Found:
    reads, at = await reading.read(tx, row, cells, first_row)
    people = [First(one.who, one.row) for one in reads if one.who]
    await queries.note_people(tx, row.tenant_id, row.id, people)
    met = await reading.met(tx, row, reads, at)
    return _counted(row.found, met, await staff(tx, row.tenant_id))


def _counted(before: Found, met: Sequence[Met], there: Staff) -> Found:
    groups = Counter(one.group for one in met)
    problems = sum(
        1
        for one in met
        if one.group != "refused" and (one.read.problems or not there.knows(one.read))
    )
    return Found(
        new=before.new + groups["new"],
        repeated=before.repeated + groups["repeated"],
        open=before.open + groups["open"],
        finished=before.finished + groups["finished"],
        refused=before.refused + groups["refused"],
        problems=before.problems + problems,
    )


async def _add(tx: Tx, row: ImportRow, chunk: Chunk, now: datetime) -> ImportRow:
    cells = chunk.cells
    became = await adding.add(tx, row, cells, chunk.first_row, now)
    await staging.forget_chunk(tx, TABLES, row.tenant_id, row.id, chunk.first_row)
    return structs.replace(row, rows_done=chunk.first_row + len(cells), became=became)


handlers: Handlers = {
    CheckSlice: check_slice,
    ImportSlice: import_slice,
    UndoSlice: undo_slice,
}
