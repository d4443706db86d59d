"""Reports on the desk over HTTP."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from litestar.response import Stream

from pista import accounts, sheets, texts
from pista.accounts import REFUSALS, Caller, Role, Scope, refused
from pista.desk.describing import TAGS
from pista.desk.machine import Name
from pista.desk.model import Status
from pista.desk.reports import endings, files, lines, stays, touch
from pista.desk.reports.asking import Asked, Filters, ask
from pista.desk.reports.files import Named
from pista.desk.reports.lines import Narrower
from pista.desk.reports.model import (
    By,
    DeskLines,
    Figure,
    OutcomesReport,
    ReturnsReport,
    StaysReport,
    TouchReport,
)
from pista.events.routes import From, To
from pista.ids import UserId
from pista.paging import Before, Limit
from pista.store.postgres import Postgres

REPORTS = "/api/desk/reports"
ASKED = {
    **REFUSALS,
    403: refused("`forbidden`: the role or key may not, or an advisor asks about somebody else."),
    422: refused("`bad_range`, or `invalid`: the detail names the parameter."),
}
A_FILE = {200: sheets.A_CSV, **ASKED}
MAY = accounts.may(Role.ASESOR, scope=Scope.STATS_READ)

Asesor = Annotated[UUID | None, QueryParameter(name="asesorId")]
Campaign = Annotated[str | None, QueryParameter(name="campaign", max_length=200)]
Source = Annotated[str | None, QueryParameter(name="source", max_length=40)]
Of = Annotated[Figure, QueryParameter(name="figure", description="Which figure.")]
OfMove = Annotated[Name | None, QueryParameter(name="move")]
OfStatus = Annotated[
    Status | None, QueryParameter(name="status", description="The one that was left.")
]
OfOutcome = Annotated[str | None, QueryParameter(name="outcome", max_length=200)]
Plain = Annotated[
    bool, QueryParameter(name="withoutOutcome", description="What was completed without one.")
]
Hour = Annotated[
    int | None,
    QueryParameter(name="hour", ge=0, le=23, description="Of the day, in the company's time."),
]
Grouped = Annotated[By, QueryParameter(name="by")]
Report = Annotated[Named, QueryParameter(name="report")]


async def _asked(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    asesor: Asesor = None,
    campaign: Campaign = None,
    source: Source = None,
) -> Asked:
    filters = Filters(start, end, UserId(asesor) if asesor else None, campaign, source)
    return await ask(postgres, caller, filters, now=datetime.now(UTC))


async def _which(
    figure: Of,
    move: OfMove = None,
    status: OfStatus = None,
    outcome: OfOutcome = None,
    plain: Plain = False,
    hour: Hour = None,
) -> Narrower:
    named = texts.plain(outcome) or None
    return Narrower(figure, move, status, named, plain, hour)


OF_A_TIME = {"asked": Provide(_asked)}
OF_A_FIGURE = {**OF_A_TIME, "which": Provide(_which)}


@get(
    f"{REPORTS}/first-touch",
    opt=MAY,
    tags=TAGS,
    summary="How soon clientes are opened",
    responses=ASKED,
    dependencies=OF_A_TIME,
)
async def first_touch_report(
    asked: NamedDependency[Asked], postgres: NamedDependency[Postgres]
) -> TouchReport:
    """From when they came and from when they were given, beside the period before; the past seven
    days if nothing else is asked for. Advisors are told of themselves."""
    return await touch.report(postgres, asked)


@get(
    f"{REPORTS}/stays",
    opt=MAY,
    tags=TAGS,
    summary="How long clientes stay in each status",
    responses=ASKED,
    dependencies=OF_A_TIME,
)
async def stays_report(
    asked: NamedDependency[Asked], postgres: NamedDependency[Postgres]
) -> StaysReport:
    """Of those that left it in the range, by the clock on the wall."""
    return await stays.report(postgres, asked)


@get(
    f"{REPORTS}/returns",
    opt=MAY,
    tags=TAGS,
    summary="How often clientes come back, and why",
    responses=ASKED,
    dependencies=OF_A_TIME,
)
async def returns_report(
    asked: NamedDependency[Asked], postgres: NamedDependency[Postgres]
) -> ReturnsReport:
    """What was given back, and what had no activity for too long."""
    return await endings.returns(postgres, asked)


@get(
    f"{REPORTS}/outcomes",
    opt=MAY,
    tags=TAGS,
    summary="What comes of clientes, by advisor, campaign, hour or source",
    responses=ASKED,
    dependencies=OF_A_TIME,
)
async def outcomes_report(
    asked: NamedDependency[Asked], postgres: NamedDependency[Postgres], by: Grouped = "asesor"
) -> OutcomesReport:
    """Of those that were completed in the range, by when that was."""
    return await endings.outcomes(postgres, asked, by)


@get(
    f"{REPORTS}/lines",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="The clientes behind a figure",
    responses=ASKED,
    dependencies=OF_A_FIGURE,
)
async def report_lines(
    asked: NamedDependency[Asked],
    which: NamedDependency[Narrower],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: Before = None,
    limit: Limit = 50,
) -> DeskLines:
    """As many as the figure counts, the newest first."""
    async with postgres.transaction() as tx:
        return await lines.listed(tx, caller, asked, which, before=before, limit=limit)


@get(
    f"{REPORTS}/csv",
    opt=MAY,
    tags=TAGS,
    summary="A report as CSV",
    responses=A_FILE,
    dependencies=OF_A_TIME,
)
async def report_csv(
    report: Report,
    asked: NamedDependency[Asked],
    postgres: NamedDependency[Postgres],
    by: Grouped = "asesor",
) -> Stream:
    """The figures that the report has, times in seconds."""
    rows = await files.figures(postgres, asked, report, by)
    return sheets.as_file(files.as_bytes(rows), f"{report}.csv")


@get(
    f"{REPORTS}/lines/csv",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="The clientes behind a figure as CSV",
    responses=A_FILE,
    dependencies=OF_A_FIGURE,
)
async def report_lines_csv(
    asked: NamedDependency[Asked],
    which: NamedDependency[Narrower],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Stream:
    """All of them, the newest first."""
    rows = files.behind(postgres, caller, asked, which)
    return sheets.as_file(rows, f"{which.figure}.csv")


routes = [
    first_touch_report,
    stays_report,
    returns_report,
    outcomes_report,
    report_lines,
    report_csv,
    report_lines_csv,
]
