"""What people and programs do with what advertisements cost: tell it, look at it, take it back."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import IO

from msgspec import structs

from pista import contacts, sheets
from pista.attribution.currencies import currency_of
from pista.attribution.spend import queries, reading
from pista.attribution.spend.model import (
    MOST_ROWS,
    ImportRow,
    Read,
    SpendImport,
    SpendLine,
    SpendPreview,
    SpendTerms,
    SpendTotal,
    SpendTrouble,
)
from pista.errors import Invalid
from pista.ids import TenantId
from pista.sheets import ImportId, check_state, staging
from pista.store.postgres import Tx

MOST_TROUBLES = 50
MOST_SHOWN = 10
A_PIECE = 5_000


async def tell(tx: Tx, tenant: TenantId, lines: Sequence[SpendLine], *, now: datetime) -> int:
    """Keep what a program says; the same again changes nothing."""
    kept = reading.together(lines)
    await queries.lock(tx, tenant)
    await queries.keep(tx, tenant, kept, None, now)
    return len(kept)


async def upload(
    tx: Tx, tenant: TenantId, name: str, file: IO[bytes], *, by: str, now: datetime
) -> SpendImport:
    """Keep a file's rows until somebody has said what is what in them."""
    sheet = await sheets.opened(tenant, name, file, by, now)
    await sheets.upload(tx, queries.TABLES, sheet, file, reading.has_header)
    row = await queries.FILES.known(tx, tenant, sheet.id)
    if row.rows > MOST_ROWS:
        raise sheets.FileTooLarge(f"Such a file has at most {MOST_ROWS} rows: import it in parts.")
    return _shown(row, await _currency(tx, tenant))


async def preview(tx: Tx, tenant: TenantId, import_id: ImportId, terms: SpendTerms) -> SpendPreview:
    """What would be kept of all of it; nothing is changed."""
    row = await queries.FILES.known(tx, tenant, import_id)
    check_state(row.state, "uploaded")
    lines, bad = await _read(tx, row, terms)
    totals: Counter[str] = Counter()
    for line in lines:
        totals[line.currency] += line.cost_cents
    troubles = [
        SpendTrouble(row=read.row, trouble=read.trouble)
        for read, _ in bad[:MOST_TROUBLES]
        if read.trouble
    ]
    return SpendPreview(
        lines=len(lines),
        replaced=await queries.known(tx, tenant, lines),
        overlapping=await queries.overlapping(tx, tenant, lines),
        first_day=min((line.day for line in lines), default=None),
        last_day=max((line.day for line in lines), default=None),
        totals=[
            SpendTotal(currency=code, cost_cents=sum_) for code, sum_ in sorted(totals.items())
        ],
        top=sorted(lines, key=lambda line: -line.cost_cents)[:MOST_SHOWN],
        refused=len(bad),
        troubles=troubles,
    )


async def start(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: SpendTerms, *, now: datetime
) -> SpendImport:
    """Keep what the file says: all of it, or nothing."""
    row = await queries.FILES.locked(tx, tenant, import_id)
    check_state(row.state, "uploaded")
    lines, bad = await _read(tx, row, terms)
    await queries.lock(tx, tenant)
    for first in range(0, len(lines), A_PIECE):
        piece = lines[first : first + A_PIECE]
        await queries.remember(tx, tenant, import_id, piece)
        await queries.keep(tx, tenant, piece, import_id, now)
    await queries.note_troubles(tx, tenant, import_id, bad)
    await queries.finish(tx, tenant, import_id, "done", len(lines), len(bad), now)
    await staging.forget_chunks(tx, queries.TABLES, tenant, import_id)
    return _shown(await queries.FILES.known(tx, tenant, import_id), await _currency(tx, tenant))


async def cancel(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> SpendImport:
    """Forget a file that was not started."""
    row = await queries.FILES.locked(tx, tenant, import_id)
    check_state(row.state, "uploaded")
    await queries.finish(tx, tenant, import_id, "cancelled", 0, 0, now)
    await staging.forget_chunks(tx, queries.TABLES, tenant, import_id)
    return _shown(await queries.FILES.known(tx, tenant, import_id), await _currency(tx, tenant))


async def undo(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> SpendImport:
    """Put back what it took the place of, where nobody has said something else since."""
    row = await queries.FILES.locked(tx, tenant, import_id)
    check_state(row.state, "done")
    await queries.lock(tx, tenant)
    taken_back = await queries.take_back(tx, tenant, import_id, now)
    await queries.note_undone(tx, tenant, import_id, taken_back, now)
    return _shown(await queries.FILES.known(tx, tenant, import_id), await _currency(tx, tenant))


async def listed(tx: Tx, tenant: TenantId) -> list[SpendImport]:
    """The newest first."""
    currency = await _currency(tx, tenant)
    return [_shown(row, currency) for row in await queries.FILES.listed(tx, tenant)]


async def _currency(tx: Tx, tenant: TenantId) -> str:
    return currency_of(await contacts.country(tx, tenant))


def _shown(row: ImportRow, currency: str) -> SpendImport:
    given = structs.asdict(row)
    fields = {name: given[name] for name in given if name in SpendImport.__struct_fields__}
    guessed = reading.guess(row.sample, header=row.header, currency=currency)
    return SpendImport(**fields, guessed=guessed)


async def _read(
    tx: Tx, row: ImportRow, terms: SpendTerms
) -> tuple[list[SpendLine], list[tuple[Read, list[str]]]]:
    """The lines of the whole file, and the rows that could not be read."""
    if terms.mapping.day is None or terms.mapping.cost is None:
        raise Invalid("mapping: name the columns of the day and of the cost.")
    lines: list[SpendLine] = []
    bad: list[tuple[Read, list[str]]] = []
    async for first, rows in _pieces(tx, row):
        for read in reading.read(enumerate(rows, first + 1), terms):
            lines += read.lines
            if read.trouble is not None:
                bad.append((read, rows[read.row - first - 1]))
    return reading.together(lines), bad


async def _pieces(tx: Tx, row: ImportRow) -> AsyncIterator[tuple[int, list[list[str]]]]:
    at = 0
    while chunk := await staging.chunk_from(tx, queries.TABLES, row.tenant_id, row.id, at):
        cells = chunk.cells
        yield chunk.first_row, cells
        at = chunk.first_row + len(cells)
