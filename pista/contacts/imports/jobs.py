"""Works files off, some rows a job: what a job adds and how far it came is committed at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from pista.contacts import many
from pista.contacts import service as upserting
from pista.contacts.imports import adding, queries, service
from pista.contacts.imports.adding import Result
from pista.contacts.imports.model import ImportRow
from pista.contacts.imports.queries import FILES
from pista.contacts.imports.service import ImportSlice, UndoSlice
from pista.contacts.model import Ignored
from pista.ids import ContactId
from pista.queue import Handlers, Job
from pista.sheets import staging
from pista.sheets.staging import Chunk
from pista.store.postgres import Tx

UNDONE_AT_ONCE = 200
NOBODY = "no e-mail, phone or id"


async def import_slice(tx: Tx, job: Job, work: ImportSlice) -> None:
    """The next rows, or the end. A repeat of the job begins where the last commit ended."""
    row = await FILES.lock(tx, job.tenant_id, work.import_id)
    if row is None or row.state != "running":
        return
    now = datetime.now(UTC)
    chunk = await staging.chunk_from(tx, queries.TABLES, job.tenant_id, row.id, row.rows_done)
    if chunk is None:
        row = structs.replace(row, state="done", rows_done=row.rows, finished_at=now)
    else:
        # One time for all of its rows: what has another since, somebody else has touched.
        row = await _add(tx, row, chunk, row.started_at or now)
        await service.go_on(tx, row, work, now)
    await queries.store(tx, row)
    await service.announce(tx, row)


async def undo_slice(tx: Tx, job: Job, work: UndoSlice) -> None:
    """Take back the next contacts; one that anything points at stays."""
    row = await FILES.lock(tx, job.tenant_id, work.import_id)
    if row is None or row.state != "undoing":
        return
    made = await queries.made(tx, job.tenant_id, row.id, row.undone_to, UNDONE_AT_ONCE)
    gone = await many.take_back(tx, job.tenant_id, [contact for _, contact in made])
    now = datetime.now(UTC)
    row = structs.replace(
        row,
        taken_back=row.taken_back + len(gone),
        kept=row.kept + len(made) - len(gone),
        undone_to=made[-1][0] if made else row.undone_to,
        state="undoing" if made else "undone",
    )
    await queries.store(tx, row)
    await service.announce(tx, row)
    if made:
        await service.go_on(tx, row, work, now)


async def _add(tx: Tx, row: ImportRow, chunk: Chunk, now: datetime) -> ImportRow:
    country = row.country or await upserting.country(tx, row.tenant_id)
    cells = chunk.cells
    reads = adding.read_rows(cells, chunk.first_row, row, country)
    results = await adding.add(tx, row.tenant_id, reads, now=now)
    await queries.add_results(tx, row.tenant_id, row.id, _noted(results))
    await staging.forget_chunk(tx, queries.TABLES, row.tenant_id, row.id, chunk.first_row)
    counts = Counter(one.outcome for one in results)
    return structs.replace(
        row,
        rows_done=chunk.first_row + len(cells),
        created=row.created + counts["created"],
        updated=row.updated + counts["updated"],
        unchanged=row.unchanged + counts["unchanged"],
        refused=row.refused + counts["refused"],
    )


def _noted(
    results: Sequence[Result],
) -> list[tuple[int, str, ContactId | None, str | None, list[str] | None]]:
    """Who was made, and what could not be taken: the rest is as the file says."""
    noted: list[tuple[int, str, ContactId | None, str | None, list[str] | None]] = []
    for one in results:
        made = one.contact if one.outcome == "created" else None
        why = _why(one.ignored) or (NOBODY if one.outcome == "refused" else None)
        outcome = one.outcome if one.outcome in ("created", "refused") else "partly"
        if made is not None or why is not None:
            noted.append((one.read.row, outcome, made, why, one.read.cells if why else None))
    return noted


def _why(ignored: Sequence[Ignored]) -> str | None:
    return ", ".join(f"{one.kind} {one.why}" for one in ignored) or None


handlers: Handlers = {ImportSlice: import_slice, UndoSlice: undo_slice}
