"""Clicks over HTTP, one by one."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, Scope, refused
from pista.clicks.links import service
from pista.clicks.links.model import Clicks, within
from pista.clicks.links.queries import Wanted
from pista.clicks.model import ClickId, LinkId, Nature
from pista.ids import VisitorId
from pista.paging import BeforeId, Limit
from pista.store.postgres import Postgres


@get(
    "/api/clicks",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Links"],
    summary="Clicks, one by one",
    responses={**REFUSALS, 422: refused("`invalid`: the detail names the parameter.")},
)
async def list_clicks(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    link_id: Annotated[UUID | None, QueryParameter(name="linkId")] = None,
    campaign: FromQuery[str | None] = None,
    adset: FromQuery[str | None] = None,
    ad: FromQuery[str | None] = None,
    nature: FromQuery[Nature | None] = None,
    visitor_id: Annotated[str | None, QueryParameter(name="visitorId")] = None,
    since: Annotated[datetime | None, QueryParameter(name="from")] = None,
    until: Annotated[datetime | None, QueryParameter(name="to")] = None,
    before: BeforeId = None,
    limit: Limit = 50,
) -> Clicks:
    """The newest first, programs' hits included unless `nature` says otherwise. Neither addresses
    nor user agents: they are for whoever is told of a sale."""
    wanted = Wanted(
        link_id=None if link_id is None else LinkId(link_id),
        campaign=campaign,
        adset=adset,
        ad=ad,
        nature=nature,
        visitor_id=None if visitor_id is None else VisitorId(visitor_id),
        since=within(since),
        until=within(until),
    )
    last = None if before is None else ClickId(before)
    async with postgres.transaction() as tx:
        return await service.clicks(tx, caller.tenant_id, wanted, last, limit)


routes = [list_clicks]
