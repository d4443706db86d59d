"""What advertisements cost, over HTTP: told by programs, or by files of the ad platforms."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from pista import accounts, sheets
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.attribution.spend import queries, service
from pista.attribution.spend.model import (
    MOST_ROWS,
    NewSpend,
    SpendDays,
    SpendImport,
    SpendImports,
    SpendKept,
    SpendPreview,
    SpendTerms,
)
from pista.sheets import NOT_READY, TERMS, FileName, ImportId
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]
TAGS = ["Report"]
NO_IMPORT = {404: refused("`spend_import_not_found`: no such import in this company.")}

First = Annotated[
    date | None, QueryParameter(name="from", description="The first day; a month ago unless given.")
]
Last = Annotated[
    date | None, QueryParameter(name="to", description="The last day; today unless given.")
]


@get(
    "/api/spend",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="What was spent on advertisements, day by day",
    responses={**REFUSALS, **TERMS},
)
async def list_spend(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    first: First = None,
    last: Last = None,
) -> SpendDays:
    """Days are those of the ad platforms' accounts."""
    until = last or datetime.now(UTC).date() + timedelta(days=1)
    since = first or date.fromordinal(max(1, until.toordinal() - 31))
    async with postgres.transaction() as tx:
        return SpendDays(items=await queries.days(tx, caller.tenant_id, since, until))


@put(
    "/api/spend",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Say what was spent",
    responses={**NOT_JSON, **REFUSALS, **TERMS},
)
async def put_spend(
    data: JSONBody[NewSpend],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SpendKept:
    """Of the same day, platform, currency and names, the latest counts; lines of one request that
    are the same are added up."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return SpendKept(kept=await service.tell(tx, caller.tenant_id, data.items, now=now))


@get(
    "/api/spend/imports",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Files of what was spent",
    responses=REFUSALS,
)
async def list_spend_imports(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> SpendImports:
    """The latest 50."""
    async with postgres.transaction() as tx:
        return SpendImports(items=await service.listed(tx, caller.tenant_id))


@post(
    "/api/spend/imports",
    status_code=201,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Upload an ad platform's report as CSV",
    request_max_body_size=None,
    responses=sheets.refused_files(MOST_ROWS),
)
async def upload_spend(
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    name: FileName = "spend.csv",
) -> SpendImport:
    """The body is the file itself. Nothing is kept yet: say what is what, and start it."""
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


@post(
    "/api/spend/imports/{spend_import_id:uuid}/preview",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="What would be kept of a file",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **NOT_READY, **TERMS},
)
async def preview_spend(
    spend_import_id: FromPath[UUID],
    data: JSONBody[SpendTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SpendPreview:
    """Of all its rows; nothing is changed."""
    async with postgres.transaction() as tx:
        return await service.preview(tx, caller.tenant_id, ImportId(spend_import_id), data)


@post(
    "/api/spend/imports/{spend_import_id:uuid}/start",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Keep what a file says",
    responses={**NOT_JSON, **REFUSALS, **NO_IMPORT, **NOT_READY, **TERMS},
)
async def start_spend(
    spend_import_id: FromPath[UUID],
    data: JSONBody[SpendTerms],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SpendImport:
    """All of it but the rows that cannot be read, which can be had as a file."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.start(tx, caller.tenant_id, ImportId(spend_import_id), data, now=now)


@post(
    "/api/spend/imports/{spend_import_id:uuid}/cancel",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Forget a file that was not started",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def cancel_spend(
    spend_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SpendImport:
    """One that was started can be undone."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.cancel(tx, caller.tenant_id, ImportId(spend_import_id), now=now)


@post(
    "/api/spend/imports/{spend_import_id:uuid}/undo",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take back what a file said",
    responses={**REFUSALS, **NO_IMPORT, **NOT_READY},
)
async def undo_spend(
    spend_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SpendImport:
    """What it took the place of counts again, but where something else was said since."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.undo(tx, caller.tenant_id, ImportId(spend_import_id), now=now)


@get(
    "/api/spend/imports/{spend_import_id:uuid}/problems",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Rows of a file that could not be read",
    responses={200: sheets.A_CSV, **REFUSALS, **NO_IMPORT},
)
async def spend_problems(
    spend_import_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Stream:
    """As CSV: the row's number, what is wrong, and the row as it was. Kept for 30 days."""
    async with postgres.transaction() as tx:
        row = await queries.FILES.known(tx, caller.tenant_id, ImportId(spend_import_id))
    return sheets.as_file(sheets.problems(postgres, queries.TABLES, row), "problems.csv")


routes: list[Any] = [
    list_spend,
    put_spend,
    list_spend_imports,
    upload_spend,
    preview_spend,
    start_spend,
    cancel_spend,
    undo_spend,
    spend_problems,
]
