"""Adds the rows of a file to the contacts: those that nobody knows yet all at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pista.contacts import queries, rules, service
from pista.contacts.imports import columns
from pista.contacts.imports.model import ImportRow, Outcome
from pista.contacts.imports.queries import add_contacts, changed_at
from pista.contacts.model import BadContact, FoundContact, Identity, Ignored
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Read(NamedTuple):
    """A row of the file, as far as it says who somebody is."""

    row: int
    cells: list[str]
    found: FoundContact
    identities: list[Identity]
    ignored: list[Ignored]


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
        identities, ignored = rules.read(said, country)
        found.append(Read(row, own, said, identities, ignored))
    return found


async def add(tx: Tx, tenant: TenantId, rows: Sequence[Read], *, now: datetime) -> list[Result]:
    """All of them, in one transaction; counted once, however often it is tried."""
    known = [one for row in rows for one in row.identities]
    await queries.lock_identities(tx, tenant, known)
    new, others = await _sorted_out(tx, tenant, rows)
    made = [(row, service.new_row(tenant, row.found, row.identities, now)) for row in new]
    await add_contacts(tx, [(contact, row.identities) for row, contact in made])
    results = [Result(row, "created", contact.id, row.ignored) for row, contact in made]
    for row in others:
        results.append(await _add_one(tx, tenant, row, now))
    return await _told(tx, tenant, sorted(results, key=lambda one: one.read.row), now)


async def _sorted_out(
    tx: Tx, tenant: TenantId, rows: Sequence[Read]
) -> tuple[list[Read], list[Read]]:
    """Those that nobody knows, nor an earlier row; and all others."""
    every = [one for row in rows for one in row.identities]
    taken = {Identity(one.kind, one.value) for one in await queries.owners(tx, tenant, every)}
    new: list[Read] = []
    others: list[Read] = []
    for row in rows:
        is_new = row.identities and taken.isdisjoint(row.identities)
        (new if is_new else others).append(row)
        taken.update(row.identities)
    return new, others


async def _add_one(tx: Tx, tenant: TenantId, row: Read, now: datetime) -> Result:
    try:
        done = await service.upsert(tx, tenant, row.found, now=now)
    except BadContact:
        return Result(row, "refused", None, row.ignored)
    outcome = "created" if done.created else "unchanged"
    return Result(row, outcome, done.contact_id, done.ignored)


async def _told(tx: Tx, tenant: TenantId, results: Sequence[Result], now: datetime) -> list[Result]:
    """Which of the known ones have changed, their rows say."""
    known = [one.contact for one in results if one.outcome == "unchanged" and one.contact]
    changed = await changed_at(tx, tenant, known, now)
    return [
        one._replace(outcome="updated")
        if one.outcome == "unchanged" and one.contact in changed
        else one
        for one in results
    ]
