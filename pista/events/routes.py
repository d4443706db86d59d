"""Statistics over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts
from pista.accounts import OWN_TENANT, Role, Scope, refused
from pista.events import breakdown as breakdowns
from pista.events import statistics
from pista.events.breakdown import Breakdown, Question
from pista.events.periods import Granularity, Range, fitting, read_range
from pista.events.statistics import EventStats, Now
from pista.ids import SiteId, TenantId
from pista.store.postgres import Postgres

REFUSALS = {
    **OWN_TENANT,
    422: refused("`bad_range`, or `invalid`: the detail names the parameter."),
    503: refused("`unavailable`: the statistics are away; events go on being taken."),
}

From = Annotated[str | None, QueryParameter(name="from", description="ISO date or time, included.")]
To = Annotated[
    str | None,
    QueryParameter(name="to", description="ISO date, included, or ISO time, no longer included."),
]
Site = Annotated[SiteId | None, QueryParameter(name="siteId")]
Type = Annotated[str | None, QueryParameter(name="eventType", max_length=64)]
Step = Annotated[
    Literal["auto", "hour", "day", "week", "month"], QueryParameter(name="granularity")
]

By = Annotated[
    str,
    QueryParameter(
        name="by",
        max_length=80,
        description="entry_page, referrer, channel, utm_source, utm_medium or utm_campaign of a"
        " visit; page, country, device, browser, os, eventType or metadata.KEY of an event.",
    ),
]
Filters = Annotated[
    list[str] | None,
    QueryParameter(
        name="filter",
        max_items=breakdowns.MOST_FILTERS,
        description="`property:value` to keep, `property!:value` to leave out; may be repeated.",
    ),
]
SortBy = Annotated[breakdowns.Sort, QueryParameter(name="sort")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=breakdowns.MOST_ROWS)]
Offset = Annotated[int, QueryParameter(name="offset", ge=0, le=1_000_000)]
Compare = Annotated[bool, QueryParameter(name="compare")]


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="Events, visitors and sessions of a range",
    responses=REFUSALS,
)
async def stats(
    tenant_id: FromPath[TenantId],
    state: State,
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    site: Site = None,
    event_type: Type = None,
    granularity: Step = "auto",
) -> EventStats:
    """In the tenant's time zone; the past seven days if nothing else is asked for."""
    period = await period_of(postgres, tenant_id, start, end, datetime.now(UTC))
    return await statistics.event_stats(
        state.clickhouse,
        tenant_id,
        period,
        step_of(granularity, period),
        site=site,
        event_type=event_type,
    )


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}/now",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="Visitors now, and events per minute",
    responses=REFUSALS,
)
async def now(
    tenant_id: FromPath[TenantId],
    state: State,
    site: Site = None,
) -> Now:
    return await statistics.now(state.clickhouse, tenant_id, datetime.now(UTC), site=site)


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}/breakdown",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="Visitors, sessions and events by one property",
    responses={**REFUSALS, 422: refused("`bad_range`, `bad_dimension` or `invalid`.")},
)
async def breakdown(
    tenant_id: FromPath[TenantId],
    state: State,
    postgres: NamedDependency[Postgres],
    by: By,
    filters: Filters = None,
    start: From = None,
    end: To = None,
    site: Site = None,
    event_type: Type = None,
    sort: SortBy = "visitors",
    limit: Limit = 50,
    offset: Offset = 0,
    compare: Compare = False,
) -> Breakdown:
    """The most frequent values first; `compare=true` adds the period before, of the same length."""
    question = Question(
        by=breakdowns.dimension(by),
        filters=[breakdowns.read_filter(text) for text in filters or []],
        site=site,
        event_type=event_type,
        sort=sort,
        limit=limit,
        offset=offset,
        compared=compare,
    )
    now = datetime.now(UTC)
    period = await period_of(postgres, tenant_id, start, end, now)
    return await breakdowns.breakdown(state.clickhouse, tenant_id, period, question, now=now)


async def zone_of(postgres: Postgres, tenant_id: TenantId) -> ZoneInfo:
    """The time zone in which the tenant's days begin."""
    async with postgres.transaction() as tx:
        return ZoneInfo((await accounts.tenant(tx, tenant_id)).time_zone)


async def period_of(
    postgres: Postgres, tenant_id: TenantId, start: str | None, end: str | None, now: datetime
) -> Range:
    """The range that is asked about, in the tenant's own days."""
    return read_range(start, end, await zone_of(postgres, tenant_id), now)


def step_of(asked: Step, period: Range) -> Granularity:
    return fitting(period) if asked == "auto" else asked


routes: list[Any] = [stats, now, breakdown]
