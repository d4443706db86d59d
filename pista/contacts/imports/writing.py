"""Contacts and refused rows as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import re
from collections.abc import AsyncIterator, Sequence

import msgspec

from pista.contacts import listing
from pista.contacts.imports import queries
from pista.contacts.imports.model import ImportId
from pista.contacts.listing import Filters
from pista.contacts.model import Contact
from pista.ids import TenantId
from pista.store.postgres import Postgres

BOM = "\ufeff"
ROWS_AT_ONCE = 500
HEADER = (
    *("id", "name", "email", "phone", "crmId", "tags", "source", "createdAt", "updatedAt"),
    "attributes",
)
_FORMULA = re.compile(r"[=+\-@\t\r]")
# Numbers are no formulas: a phone stays one.
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


async def contacts(
    postgres: Postgres, tenant: TenantId, filters: Filters, *, bom: bool
) -> AsyncIterator[bytes]:
    """Page after page, each read by itself, so that no export holds a transaction for long."""
    yield _written([HEADER], bom=bom)
    before: str | None = None
    while True:
        async with postgres.transaction() as tx:
            page = await listing.listed(tx, tenant, filters, before=before, limit=ROWS_AT_ONCE)
        yield _written([_cells(one) for one in page.items])
        before = page.next
        if before is None:
            return


async def problems(
    postgres: Postgres, tenant: TenantId, import_id: ImportId, header: Sequence[str]
) -> AsyncIterator[bytes]:
    """Rows that were refused or only partly taken, each with its number and why."""
    yield _written([("row", "problem", *header)], bom=True)
    after = 0
    while True:
        async with postgres.transaction() as tx:
            rows = await queries.problems(tx, tenant, import_id, after, ROWS_AT_ONCE)
        if not rows:
            return
        yield _written([(str(one.row), one.why, *one.cells) for one in rows])
        after = rows[-1].row


def guarded(text: str) -> str:
    """So that a spreadsheet shows it, and does not work it out."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _written(rows: Sequence[Sequence[str]], *, bom: bool = False) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return ((BOM if bom else "") + text.getvalue()).encode()


def _cells(one: Contact) -> list[str]:
    return [
        one.id,
        one.name or "",
        one.email or "",
        one.phone or "",
        one.crm_id or "",
        ", ".join(one.tags),
        one.source,
        one.created_at.isoformat(),
        one.updated_at.isoformat(),
        msgspec.json.encode(one.attributes).decode() if one.attributes else "",
    ]
