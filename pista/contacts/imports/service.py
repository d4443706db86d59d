"""What people do with files of contacts: upload, look at, start, stop and take back."""

from datetime import datetime
from typing import IO

import msgspec
from msgspec import structs

from pista import queue, sheets
from pista.contacts import rules
from pista.contacts import service as upserting
from pista.contacts.imports import adding, columns, previewing, queries
from pista.contacts.imports.model import (
    ContactImport,
    ImportChanged,
    ImportPreview,
    ImportRow,
    ImportTerms,
)
from pista.contacts.imports.queries import FILES
from pista.errors import Invalid
from pista.ids import TenantId
from pista.sheets import ImportId, check_state, staging
from pista.store.postgres import Tx


class ImportSlice(msgspec.Struct, frozen=True, kw_only=True, tag="contacts.import"):
    """The job that the next rows of a file are."""

    import_id: ImportId


class UndoSlice(msgspec.Struct, frozen=True, kw_only=True, tag="contacts.undo_import"):
    """The job that taking back the next contacts of an import is."""

    import_id: ImportId


async def upload(
    tx: Tx, tenant: TenantId, name: str, file: IO[bytes], *, by: str, now: datetime
) -> ContactImport:
    """Keep a file's rows until somebody has said what is what in them."""
    sheet = await sheets.opened(tenant, name, file, by, now)
    await sheets.upload(tx, queries.TABLES, sheet, file, columns.has_header)
    return shown(await FILES.known(tx, tenant, sheet.id))


async def preview(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: ImportTerms
) -> ImportPreview:
    """What would become of the first rows; nothing is changed."""
    row = _under(await FILES.known(tx, tenant, import_id), terms)
    country = terms.country or await upserting.country(tx, tenant)
    rows = adding.read_rows(row.sample, 0, row, country)
    every = [one for read in rows for one in read.told.identities]
    known = await upserting.known_by(tx, tenant, every)
    return ImportPreview(rows=previewing.shown(rows, known))


async def start(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: ImportTerms, *, now: datetime
) -> ContactImport:
    row = _under(await FILES.locked(tx, tenant, import_id), terms)
    check_state(row.state, "uploaded")
    await queries.start(tx, tenant, import_id, terms, now)
    await go_on(tx, row, ImportSlice(import_id=import_id), now)
    return shown(structs.replace(row, state="running", started_at=now))


async def cancel(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> ContactImport:
    """What is imported stays, and can be undone; a file that was not started is forgotten."""
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "uploaded", "running")
    row = structs.replace(row, state="cancelled", finished_at=now)
    await queries.store(tx, row)
    await staging.forget_chunks(tx, queries.TABLES, tenant, import_id)
    await announce(tx, row)
    return shown(row)


async def undo(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> ContactImport:
    """Take out the contacts that this import made and that nobody has touched since."""
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "done", "cancelled")
    row = structs.replace(row, state="undoing")
    await queries.store(tx, row)
    await go_on(tx, row, UndoSlice(import_id=import_id), now)
    return shown(row)


async def go_on(tx: Tx, row: ImportRow, work: msgspec.Struct, now: datetime) -> None:
    """The next slice, one after the other."""
    await queue.enqueue(tx, row.tenant_id, work, now=now, key=f"import:{row.id}")


async def announce(tx: Tx, row: ImportRow) -> None:
    news = ImportChanged(
        tenant_id=row.tenant_id,
        import_id=row.id,
        state=row.state,
        rows=row.rows,
        rows_done=row.rows_done,
    )
    await queue.announce(tx, news)


def shown(row: ImportRow) -> ContactImport:
    given = structs.asdict(row)
    fields = {name: given[name] for name in given if name in ContactImport.__struct_fields__}
    return ContactImport(**fields, guessed=columns.guess(row.sample, header=row.header))


def _under(row: ImportRow, terms: ImportTerms) -> ImportRow:
    mapping = terms.mapping
    if all(one is None for one in (mapping.email, mapping.phone, mapping.crm_id, mapping.user_id)):
        raise Invalid("mapping: name the column of the e-mail, the phone or an id.")
    if terms.country is not None and not rules.known_country(terms.country):
        raise Invalid("country: This country has no phone numbers of its own.")
    return structs.replace(
        row, mapping=mapping, header=terms.header, country=terms.country, tags=terms.tags
    )
