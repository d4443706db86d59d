"""Files of contacts over HTTP: in, and out."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from pista import accounts, sheets
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.contacts import listing
from pista.contacts.imports import queries, service, writing
from pista.contacts.imports.model import (
    ContactImport,
    ContactImports,
    ImportPreview,
    ImportTerms,
)
from pista.contacts.imports.queries import FILES
from pista.contacts.listing import Filters
from pista.contacts.model import Kind
from pista.sheets import NOT_READY, TERMS, Bom, FileName, ImportId
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]
TAGS = ["Contacts"]
NO_IMPORT = {404: refused("`contact_import_not_found`: no such import in this company.")}

Search = Annotated[str, QueryParameter(name="q", max_length=listing.MOST_SEARCHED)]
Tagged = Annotated[str | None, QueryParameter(name="tag", max_length=64)]
From = Annotated[str | None, QueryParameter(name="source", max_length=40)]
Has = Annotated[Kind | None, QueryParameter(name="has")]


@get(
    "/api/contacts/imports",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Files of contacts that were imported",
    responses=REFUSALS,
)
async def list_imports(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ContactImports:
    """The latest 50."""
    async with postgres.transaction() as tx:
        rows = await FILES.listed(tx, caller.tenant_id)
    return ContactImports(items=[service.shown(row) for row in rows])


@post(
    "/api/contacts/imports",
    status_code=201,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Upload a CSV file of contacts",
    request_max_body_size=None,
    responses=sheets.refused_files(sheets.MOST_ROWS),
)
async def upload_import(
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    name: FileName = "contacts.csv",
) -> ContactImport:
    """The body is the file itself. Nothing is added yet: say what is what, and start it."""
    with await sheets.received(request.stream()) as file:
        async with postgres.transaction() as tx:
            return await service.upload(
                tx,
                caller.tenant_id,
                name,
                file,
                by=caller.name,
                now=datetime.now(UTC),
            )


@get(
    "/api/contacts/imports/{import_id:uuid}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="An import, and how far it is",
    responses={**REFUSALS, **NO_IMPORT},
)
async def get_import(
    import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactImport:
    """Open screens hear of each step over `/ws` as `contact_import`."""
    async with postgres.transaction() as tx:
        return service.shown(await FILES.known(tx, caller.tenant_id, ImportId(import_id)))


@post(
    "/api/contacts/imports/{import_id:uuid}/preview",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="What would become of the first rows",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **TERMS},
)
async def preview_import(
    import_id: FromPath[UUID],
    data: JSONBody[ImportTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ImportPreview:
    """Nothing is changed."""
    async with postgres.transaction() as tx:
        return await service.preview(tx, caller.tenant_id, ImportId(import_id), data)


@post(
    "/api/contacts/imports/{import_id:uuid}/start",
    status_code=202,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Import an uploaded file",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **NOT_READY, **TERMS},
)
async def start_import(
    import_id: FromPath[UUID],
    data: JSONBody[ImportTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactImport:
    """The worker does it; each row counts once, whatever ends in between."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.start(tx, caller.tenant_id, ImportId(import_id), data, now=now)


@post(
    "/api/contacts/imports/{import_id:uuid}/cancel",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Stop an import",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def cancel_import(
    import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactImport:
    """What is imported by then stays, and can be undone."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.cancel(tx, caller.tenant_id, ImportId(import_id), now=now)


@post(
    "/api/contacts/imports/{import_id:uuid}/undo",
    status_code=202,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take back what an import made",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def undo_import(
    import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ContactImport:
    """Contacts that it made and nobody has touched since are deleted; what it changed of others
    stays."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.undo(tx, caller.tenant_id, ImportId(import_id), now=now)


@get(
    "/api/contacts/imports/{import_id:uuid}/problems",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Rows that could not be imported as they are",
    responses={200: sheets.A_CSV, **REFUSALS, **NO_IMPORT},
)
async def import_problems(
    import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Stream:
    """As CSV: the row's number, what is wrong, and the row as it was. Kept for 30 days."""
    async with postgres.transaction() as tx:
        row = await FILES.known(tx, caller.tenant_id, ImportId(import_id))
    lines = sheets.problems(postgres, queries.TABLES, row)
    return sheets.as_file(lines, "problems.csv")


@get(
    "/api/contacts/export",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Contacts as CSV",
    responses={200: sheets.A_CSV, **REFUSALS, **TERMS},
)
async def export_contacts(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    search: Search = "",
    tag: Tagged = None,
    source: From = None,
    has: Has = None,
    bom: Bom = True,
) -> Stream:
    """Those that the list with the same filters shows, the newest first."""
    filters = Filters(search, tag, source, has)
    lines = writing.contacts(postgres, caller.tenant_id, filters, bom=bom)
    return sheets.as_file(lines, "contacts.csv")


routes: list[Any] = [
    list_imports,
    upload_import,
    get_import,
    preview_import,
    start_import,
    cancel_import,
    undo_import,
    import_problems,
    export_contacts,
]
