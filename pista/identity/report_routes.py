"""The linking report over HTTP."""

from datetime import UTC, datetime
from typing import Any

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency

from pista import accounts
from pista.accounts import Caller, Role, Scope, refused
from pista.events import read_range, zone_of
from pista.events.routes import REFUSALS, From, Site, To
from pista.identity import report as reports
from pista.identity.report import LinkingReport
from pista.store.postgres import Postgres


@get(
    "/api/linking/report",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Linking"],
    summary="How visitors became contacts, and how soon",
    responses={
        **REFUSALS,
        403: refused("`forbidden`: the role or key may not."),
    },
)
async def linking_report(
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    site: Site = None,
) -> LinkingReport:
    """In the company's time zone, beside the period before; the past seven days if nothing else
    is asked for."""
    now = datetime.now(UTC)
    zone = await zone_of(postgres, caller.tenant_id)
    period = read_range(start, end, zone, now)
    return await reports.report(
        postgres, state.clickhouse, caller.tenant_id, period, site=site, now=now
    )


report_routes: list[Any] = [linking_report]
