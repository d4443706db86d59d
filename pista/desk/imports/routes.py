"""Files of clientes over HTTP: in, and out."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from pista import accounts, sheets
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.desk.clientes.listing import Filters
from pista.desk.clientes.routes import NARROWED, NO_PARAMETER
from pista.desk.describing import TAGS
from pista.desk.imports import queries, service, writing
from pista.desk.imports.model import (
    CheckTerms,
    ClienteImport,
    ClienteImportPreview,
    ClienteImports,
    ImportChoices,
    KeptClientes,
)
from pista.desk.imports.queries import FILES
from pista.sheets import NOT_READY, TERMS, Bom, FileName, ImportId
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]
PATH = "/api/clientes/imports"
IMPORT = f"{PATH}/{{cliente_import_id:uuid}}"
NO_IMPORT = {404: refused("`cliente_import_not_found`: no such import in this company.")}


@get(
    PATH,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Files of clientes that were imported",
    responses=REFUSALS,
)
async def list_cliente_imports(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ClienteImports:
    """The latest 50."""
    async with postgres.transaction() as tx:
        rows = await FILES.listed(tx, caller.tenant_id)
    return ClienteImports(items=[service.shown(row) for row in rows])


@post(
    PATH,
    status_code=201,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Upload a CSV file of clientes",
    request_max_body_size=None,
    responses=sheets.refused_files(sheets.MOST_ROWS),
)
async def upload_cliente_import(
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    name: FileName = "clientes.csv",
) -> ClienteImport:
    """The body is the file itself. Nobody is entered yet: say what is what, have it checked, and
    start it."""
    with await sheets.received(request.stream()) as file:
        async with postgres.transaction() as tx:
            return await service.upload(
                tx, caller.tenant_id, name, file, by=caller.name, now=datetime.now(UTC)
            )


@get(
    IMPORT,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="An import of clientes, and how far it is",
    responses={**REFUSALS, **NO_IMPORT},
)
async def get_cliente_import(
    cliente_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImport:
    """Open screens hear of each step over `/ws` as `cliente_import`."""
    async with postgres.transaction() as tx:
        return service.shown(await FILES.known(tx, caller.tenant_id, ImportId(cliente_import_id)))


@post(
    f"{IMPORT}/preview",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="What the first rows say, and what is known of them",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **TERMS},
)
async def preview_cliente_import(
    cliente_import_id: FromPath[UUID],
    data: JSONBody[CheckTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImportPreview:
    """Nothing is changed."""
    async with postgres.transaction() as tx:
        return await service.preview(tx, caller.tenant_id, ImportId(cliente_import_id), data)


@post(
    f"{IMPORT}/check",
    status_code=202,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Look at the whole file: how many rows are new, and how many are known",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **NOT_READY, **TERMS},
)
async def check_cliente_import(
    cliente_import_id: FromPath[UUID],
    data: JSONBody[CheckTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImport:
    """The worker does it; `found` counts on until it is `checked`. No cliente is changed."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.check(tx, caller.tenant_id, ImportId(cliente_import_id), data, now=now)


@post(
    f"{IMPORT}/start",
    status_code=202,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Import a file that was checked",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`cliente_import_not_found` or `user_not_found`."),
        **NOT_READY,
        **TERMS,
    },
)
async def start_cliente_import(
    cliente_import_id: FromPath[UUID],
    data: JSONBody[ImportChoices],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImport:
    """As it was checked. The worker does it; each row counts once, whatever ends in between."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.start(tx, caller, ImportId(cliente_import_id), data, now=now)


@post(
    f"{IMPORT}/cancel",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Stop an import of clientes",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def cancel_cliente_import(
    cliente_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImport:
    """What is imported by then stays, and can be undone."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.cancel(tx, caller.tenant_id, ImportId(cliente_import_id), now=now)


@post(
    f"{IMPORT}/undo",
    status_code=202,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take back what an import of clientes made and changed",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def undo_cliente_import(
    cliente_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ClienteImport:
    """What it made is deleted, and what it changed is as it was, unless somebody has done something
    with it since; `kept` names those."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.undo(tx, caller.tenant_id, ImportId(cliente_import_id), now=now)


@get(
    f"{IMPORT}/kept",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Clientes that an undo left",
    responses={**REFUSALS, **NO_IMPORT},
)
async def kept_clientes(
    cliente_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> KeptClientes:
    """The first 500, with why."""
    async with postgres.transaction() as tx:
        return await service.kept(tx, caller.tenant_id, ImportId(cliente_import_id))


@get(
    f"{IMPORT}/problems",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Rows of clientes that could not be imported as they are",
    responses={200: sheets.A_CSV, **REFUSALS, **NO_IMPORT},
)
async def cliente_import_problems(
    cliente_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Stream:
    """As CSV: the row's number, what is wrong, and the row as it was. Kept for 30 days."""
    async with postgres.transaction() as tx:
        row = await FILES.known(tx, caller.tenant_id, ImportId(cliente_import_id))
    return sheets.as_file(sheets.problems(postgres, queries.TABLES, row), "problems.csv")


@get(
    "/api/clientes/export",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Clientes as CSV",
    responses={200: sheets.A_CSV, **REFUSALS, **NO_PARAMETER},
    dependencies=NARROWED,
)
async def export_clientes(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    filters: NamedDependency[Filters],
    bom: Bom = True,
) -> Stream:
    """Those that the list with the same filters shows, the newest first."""
    async with postgres.transaction() as tx:
        first = await writing.page(tx, caller, filters)
    lines = writing.clientes(postgres, caller, filters, first, bom=bom)
    return sheets.as_file(lines, "clientes.csv")


routes = [
    list_cliente_imports,
    upload_cliente_import,
    get_cliente_import,
    preview_cliente_import,
    check_cliente_import,
    start_cliente_import,
    cancel_cliente_import,
    undo_cliente_import,
    kept_clientes,
    cliente_import_problems,
    export_clientes,
]
