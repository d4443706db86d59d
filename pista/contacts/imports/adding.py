"""Adds the rows of a file to the contacts: those that nobody knows yet all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pista.contacts import many
from pista.contacts.imports import columns
from pista.contacts.imports.model import ImportRow, Outcome
from pista.contacts.imports.queries import changed_at
from pista.contacts.many import Became, Told, upsert_many
from pista.contacts.model import Ignored
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Read(NamedTuple):
    """A row of the file, as far as it says who somebody is."""

    row: int
    cells: list[str]
    told: Told


class Result(NamedTuple):
    read: Read
    outcome: Outcome
    contact: ContactId | None
    ignored: list[Ignored]


def read_rows(
    cells: Sequence[list[str]], first_row: int, terms: ImportRow, country: str | None
) -> list[Read]:
    """Rows count from 1, as in a spreadsheet; the header is nobody."""
    assert terms.mapping is not None
    found: list[Read] = []
    for place, own in enumerate(cells):
        row = first_row + place + 1
        if row == 1 and terms.header:
            continue
        said = columns.read(own, terms.mapping, terms.tags)
        found.append(Read(row, own, many.read(said, country)))
    return found


async def add(tx: Tx, tenant: TenantId, rows: Sequence[Read], *, now: datetime) -> list[Result]:
    """All of them, in one transaction; counted once, however often it is tried."""
    became = await upsert_many(tx, tenant, [row.told for row in rows], now=now)
    results = [
        Result(row, _outcome(one), one.contact, one.ignored)
        for row, one in zip(rows, became, strict=True)
    ]
    return await _changed(tx, tenant, results, now)


def _outcome(one: Became) -> Outcome:
    if one.contact is None:
        return "refused"
    return "created" if one.created else "unchanged"


async def _changed(
    tx: Tx, tenant: TenantId, results: Sequence[Result], now: datetime
) -> list[Result]:
    """Which of the known ones have changed, their rows say."""
    known = [one.contact for one in results if one.outcome == "unchanged" and one.contact]
    changed = await changed_at(tx, tenant, known, now)
    return [
        one._replace(outcome="updated")
        if one.outcome == "unchanged" and one.contact in changed
        else one
        for one in results
    ]
