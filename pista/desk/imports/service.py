"""What people do with files of clientes: upload, look at, check, start, stop and take back."""

from datetime import datetime
from typing import IO

import msgspec
from msgspec import structs

from pista import queue, sheets
from pista.accounts import Caller
from pista.contacts import rules
from pista.desk import access, moving
from pista.desk.imports import columns, queries, reading
from pista.desk.imports.model import (
    CheckTerms,
    ClienteImport,
    ClienteImportChanged,
    ClienteImportPreview,
    ClientePreviewRow,
    ImportChoices,
    ImportRow,
    KeptClientes,
)
from pista.desk.imports.queries import FILES, TABLES
from pista.desk.imports.reading import Met
from pista.desk.imports.staff import Staff, staff
from pista.errors import Invalid
from pista.ids import TenantId
from pista.sheets import ImportId, check_state, staging
from pista.store.postgres import Tx


class CheckSlice(msgspec.Struct, frozen=True, kw_only=True, tag="desk.check_import"):
    """The job that looking at the next rows of a file is."""

    import_id: ImportId


class ImportSlice(msgspec.Struct, frozen=True, kw_only=True, tag="desk.import"):
    """The job that the next rows of a file are."""

    import_id: ImportId


class UndoSlice(msgspec.Struct, frozen=True, kw_only=True, tag="desk.undo_import"):
    """The job that taking back the next clientes of an import is."""

    import_id: ImportId


async def upload(
    tx: Tx, tenant: TenantId, name: str, file: IO[bytes], *, by: str, now: datetime
) -> ClienteImport:
    """Keep a file's rows until somebody has said what is what in them."""
    sheet = await sheets.opened(tenant, name, file, by, now)
    await sheets.upload(tx, TABLES, sheet, file, columns.has_header)
    return shown(await FILES.known(tx, tenant, sheet.id))


async def preview(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: CheckTerms
) -> ClienteImportPreview:
    """The first rows, with what is known of them."""
    row = await FILES.known(tx, tenant, import_id)
    _check(terms)
    at = await reading.place(tx, tenant, terms)
    reads = columns.read_rows(row.sample, 0, terms, at.country, at.zone)
    firsts: dict[str, int] = {}
    for one in reads:
        if one.who:
            firsts.setdefault(one.who, one.row)
    there = await staff(tx, tenant)
    met = await reading.sorted_out(tx, tenant, reads, firsts, at)
    return ClienteImportPreview(rows=[_preview(one, there) for one in met])


async def check(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: CheckTerms, *, now: datetime
) -> ClienteImport:
    """Have the worker look at all of it; again, with other terms, as often as somebody likes."""
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "uploaded", "checking", "checked")
    _check(terms)
    await queries.check(tx, tenant, import_id, terms)
    await go_on(tx, row, CheckSlice(import_id=import_id), now)
    return shown(await FILES.known(tx, tenant, import_id))


async def start(
    tx: Tx, caller: Caller, import_id: ImportId, choices: ImportChoices, *, now: datetime
) -> ClienteImport:
    """Only what was checked: who starts it knows what comes of it."""
    tenant = caller.tenant_id
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "checked")
    for asesor in set(choices.asesor_ids):
        await moving.check_colleague(tx, tenant, asesor)
    await queries.start(tx, tenant, import_id, choices, access.actor(caller))
    await go_on(tx, row, ImportSlice(import_id=import_id), now)
    return shown(await FILES.known(tx, tenant, import_id))


async def cancel(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> ClienteImport:
    """What is imported stays, and can be undone; a file that was not started is forgotten."""
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "uploaded", "checking", "checked", "running")
    row = structs.replace(row, state="cancelled", finished_at=now)
    await queries.store(tx, row)
    await staging.forget_chunks(tx, TABLES, tenant, import_id)
    await queries.forget_people(tx, tenant, import_id)
    await announce(tx, row)
    return shown(row)


async def undo(tx: Tx, tenant: TenantId, import_id: ImportId, *, now: datetime) -> ClienteImport:
    """Take back what it made and changed and nobody has touched since."""
    row = await FILES.locked(tx, tenant, import_id)
    check_state(row.state, "done", "cancelled")
    row = structs.replace(row, state="undoing", rows_done=0)
    await queries.store(tx, row)
    await go_on(tx, row, UndoSlice(import_id=import_id), now)
    return shown(row)


async def kept(tx: Tx, tenant: TenantId, import_id: ImportId) -> KeptClientes:
    await FILES.known(tx, tenant, import_id)
    return KeptClientes(items=await queries.kept(tx, tenant, import_id))


async def go_on(tx: Tx, row: ImportRow, work: msgspec.Struct, now: datetime) -> None:
    """The next slice, one after the other."""
    await queue.enqueue(tx, row.tenant_id, work, now=now, key=f"clientes:{row.id}")


async def announce(tx: Tx, row: ImportRow) -> None:
    news = ClienteImportChanged(
        tenant_id=row.tenant_id,
        import_id=row.id,
        state=row.state,
        rows=row.rows,
        rows_done=row.rows_done,
    )
    await queue.announce(tx, news)


def shown(row: ImportRow) -> ClienteImport:
    given = structs.asdict(row)
    fields = {name: given[name] for name in given if name in ClienteImport.__struct_fields__}
    return ClienteImport(**fields, guessed=columns.guess(row.sample, header=row.header))


def _check(terms: CheckTerms) -> None:
    if terms.mapping.phone is None and terms.mapping.email is None:
        raise Invalid("mapping: name the column of the phone or the e-mail.")
    if terms.country is not None and not rules.known_country(terms.country):
        raise Invalid("country: This country has no phone numbers of its own.")


def _preview(met: Met, there: Staff) -> ClientePreviewRow:
    read = met.read
    unknown = [] if there.knows(read) else ["asesor: nobody here"]
    return ClientePreviewRow(
        row=read.row,
        nombre=read.nombre or read.telefono or read.email or "",
        telefono=read.telefono,
        email=read.email,
        campaign=read.campaign,
        asesor=there.name(there.named(read)),
        group=met.group,
        cliente_id=met.case.id if met.case else None,
        same_as=met.same_as,
        problems=[*read.problems, *unknown],
    )
