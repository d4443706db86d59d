"""The report over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from pista import accounts, sheets, texts
from pista.accounts import REFUSALS, Caller, Role, Scope, refused
from pista.attribution.credit import Model
from pista.attribution.report import service, writing
from pista.attribution.report.model import Axis, By, CreditedTo, Kind, Report, ReportResults
from pista.attribution.report.service import Asked
from pista.events.routes import From, Step, To, period_of, step_of
from pista.paging import Before, Limit
from pista.store.postgres import Postgres

TAGS = ["Report"]
RANGE = {422: refused("`bad_range`, or `invalid`: the detail names the field.")}
NOT_CREDITED = {404: refused("`credit_not_found`: nothing of it is credited.")}

Group = Annotated[By, QueryParameter(name="by", description="What each line is about.")]
Cohort = Annotated[
    Axis,
    QueryParameter(
        name="cohort",
        description="`event`: what happened in the range; `click`: what came, by now, of the clicks"
        " in the range.",
    ),
]
Credited = Annotated[
    Model,
    QueryParameter(
        name="model",
        description="Which of several paid clicks in the window earned it: the last, the first, or"
        " each an equal part.",
    ),
]
Money = Annotated[
    str | None,
    QueryParameter(
        name="currency",
        pattern=r"^[A-Z]{3}\Z",
        description="That of most sales unless given; amounts of others are left out.",
    ),
]
LineKey = Annotated[
    str | None,
    QueryParameter(name="key", max_length=4_000, description="A line's, as the report gave it."),
]


@get(
    "/api/report",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="From the ad to the sale",
    responses={**REFUSALS, **RANGE},
)
async def get_report(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    by: Group = "campaign",
    cohort: Cohort = "event",
    model: Credited = "last",
    currency: Money = None,
    key: LineKey = None,
    step: Step = "auto",
) -> Report:
    """In the company's days. With `key`, the points are of that line alone."""
    now = datetime.now(UTC)
    period = await period_of(postgres, caller.tenant_id, start, end, now)
    asked = Asked(period, by, cohort, model, currency, key)
    async with postgres.transaction() as tx:
        return await service.report(tx, caller.tenant_id, asked, step_of(step, period), now=now)


@get(
    "/api/report/results",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="The very contacts, conversations, leads or sales behind the report",
    responses={**REFUSALS, **RANGE},
)
async def get_results(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    kind: Annotated[Kind, QueryParameter(name="kind")],
    start: From = None,
    end: To = None,
    by: Group = "campaign",
    cohort: Cohort = "event",
    model: Credited = "last",
    key: LineKey = None,
    before: Before = None,
    limit: Limit = 50,
) -> ReportResults:
    """Of one line with `key`, or of all of them; the newest first."""
    period = await period_of(postgres, caller.tenant_id, start, end, datetime.now(UTC))
    asked = Asked(period, by, cohort, model, None, key)
    async with postgres.transaction() as tx:
        return await service.results(tx, caller.tenant_id, asked, kind, before=before, limit=limit)


@get(
    "/api/report/file",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="The report as CSV",
    responses={200: sheets.A_CSV, **REFUSALS, **RANGE},
)
async def get_report_file(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    by: Group = "campaign",
    cohort: Cohort = "event",
    model: Credited = "last",
    currency: Money = None,
) -> Stream:
    """All lines. Money in whole units with two digits behind the point."""
    period = await period_of(postgres, caller.tenant_id, start, end, datetime.now(UTC))
    asked = Asked(period, by, cohort, model, currency)
    async with postgres.transaction() as tx:
        money, lines = await service.every_line(tx, caller.tenant_id, asked)
    return sheets.as_file(writing.written(lines, by, money), "report.csv")


@get(
    "/api/report/credits/{result_id:str}",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="Why a result is credited as it is",
    responses={
        **REFUSALS,
        **NOT_CREDITED,
        422: refused("`invalid`: the detail names the field."),
    },
)
async def get_credit(
    result_id: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    kind: Annotated[Kind, QueryParameter(name="kind")],
) -> CreditedTo:
    """Where was looked for the click that earned it, what was there, and which was taken."""
    return await _credited(postgres, caller, kind, texts.plain(result_id))


@get(
    "/api/sales/{sale_id:uuid}/credit",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="Why a sale is credited as it is",
    responses={**REFUSALS, **NOT_CREDITED},
)
async def get_sale_credit(
    sale_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> CreditedTo:
    """The same as `/api/report/credits/{sale_id}?kind=sale`, beside the sale."""
    return await _credited(postgres, caller, "sale", str(sale_id))


async def _credited(postgres: Postgres, caller: Caller, kind: Kind, result: str) -> CreditedTo:
    async with postgres.transaction() as tx:
        now = datetime.now(UTC)
        return await service.credited_to(tx, caller.tenant_id, kind, result, now=now)


routes: list[Any] = [get_report, get_results, get_report_file, get_credit, get_sale_credit]
