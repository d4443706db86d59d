"""Rows as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import re
from collections.abc import AsyncIterator, Sequence

from litestar.openapi import ResponseSpec
from litestar.response import Stream

from pista.sheets import staging
from pista.sheets.model import Sheet
from pista.sheets.staging import Tables
from pista.store.postgres import Postgres

A_CSV = ResponseSpec(bytes, media_type="text/csv", description="CSV.", generate_examples=False)
BOM = "\ufeff"
ROWS_AT_ONCE = 500
_FORMULA = re.compile(r"[=+\-@\t\r]")
# Numbers are no formulas: a phone stays one.
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def guarded(text: str) -> str:
    """So that a spreadsheet shows it, and does not work it out."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def written(rows: Sequence[Sequence[str]], *, bom: bool = False) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return ((BOM if bom else "") + text.getvalue()).encode()


async def problems(postgres: Postgres, tables: Tables, sheet: Sheet) -> AsyncIterator[bytes]:
    """Rows that were refused or only partly taken, each with its number and why."""
    header = sheet.sample[0] if sheet.header and sheet.sample else []
    yield written([("row", "problem", *header)], bom=True)
    after = 0
    while True:
        async with postgres.transaction() as tx:
            rows = await staging.problems(
                tx, tables, sheet.tenant_id, sheet.id, after, ROWS_AT_ONCE
            )
        if not rows:
            return
        yield written([(str(one.row), one.why, *one.cells) for one in rows])
        after = rows[-1].row


def as_file(lines: AsyncIterator[bytes], name: str) -> Stream:
    return Stream(
        lines,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
