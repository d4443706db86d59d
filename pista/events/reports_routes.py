"""Reports over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts
from pista.accounts import Role, Scope, refused
from pista.events import bots as excluded
from pista.events import funnel as funnels
from pista.events import retention as retentions
from pista.events.bots import Bots
from pista.events.funnel import Funnel
from pista.events.retention import Retention
from pista.events.routes import REFUSALS, From, Site, Step, To, Type, period_of, step_of, zone_of
from pista.ids import TenantId
from pista.store.postgres import Postgres

Steps = Annotated[
    list[str],
    QueryParameter(
        name="step",
        min_items=funnels.FEWEST_STEPS,
        max_items=funnels.MOST_STEPS,
        description="An event type; repeated, in the order of the steps.",
    ),
]
StepFilters = Annotated[
    list[str] | None,
    QueryParameter(
        name="filter",
        max_items=funnels.MOST_FILTERS,
        description="`2:property:value` for the second step alone, `property:value` for every step;"
        " `property!:value` to leave out. The properties are those of the breakdown.",
    ),
]
Window = Annotated[
    int,
    QueryParameter(
        name="windowMinutes",
        ge=1,
        le=funnels.MOST_MINUTES,
        description="From the first step to the last; a day unless given.",
    ),
]
ReturnType = Annotated[
    str | None,
    QueryParameter(
        name="returnType",
        max_length=64,
        description="Only events of this type count as coming back.",
    ),
]
Weeks = Annotated[
    int,
    QueryParameter(
        name="weeks",
        ge=0,
        le=retentions.MOST_WEEKS,
        description="How many weeks after the first are told.",
    ),
]


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}/funnel",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="Visitors who go through steps in their order",
    responses={
        **REFUSALS,
        422: refused("`bad_range`, `bad_funnel`, `bad_dimension` or `invalid`."),
    },
)
async def funnel(
    tenant_id: FromPath[TenantId],
    state: State,
    postgres: NamedDependency[Postgres],
    steps: Steps,
    filters: StepFilters = None,
    window_minutes: Window = funnels.DAY_MINUTES,
    start: From = None,
    end: To = None,
    site: Site = None,
) -> Funnel:
    """Each visitor counts once, by the furthest step of all its attempts inside the range."""
    asked = funnels.read_steps(steps, filters or [])
    period = await period_of(postgres, tenant_id, start, end, datetime.now(UTC))
    window = timedelta(minutes=window_minutes)
    return await funnels.funnel(state.clickhouse, tenant_id, period, asked, window, site=site)


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}/retention",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="Visitors who come back, by the week of their first event",
    responses=REFUSALS,
)
async def retention(
    tenant_id: FromPath[TenantId],
    state: State,
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    site: Site = None,
    event_type: Type = None,
    return_type: ReturnType = None,
    weeks: Weeks = retentions.DEFAULT_WEEKS,
) -> Retention:
    """In weeks of the tenant's time zone; the past twelve if nothing else is asked for."""
    now = datetime.now(UTC)
    zone = await zone_of(postgres, tenant_id)
    period = retentions.read_weeks(start, end, zone, now)
    return await retentions.retention(
        state.clickhouse,
        tenant_id,
        period,
        now,
        weeks=weeks,
        site=site,
        event_type=event_type,
        return_type=return_type,
    )


@get(
    "/tracking-v2/stats/tenant/{tenant_id:uuid}/bots",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Statistics"],
    summary="What was left out of the statistics, and why",
    responses=REFUSALS,
)
async def bots(
    tenant_id: FromPath[TenantId],
    state: State,
    postgres: NamedDependency[Postgres],
    start: From = None,
    end: To = None,
    site: Site = None,
    granularity: Step = "auto",
) -> Bots:
    """Bots by reason, name and page, beside the people of the same time, in whole quarters of an
    hour; the past seven days if nothing else is asked for.
    """
    period = await period_of(postgres, tenant_id, start, end, datetime.now(UTC))
    step = step_of(granularity, period)
    return await excluded.bots(state.clickhouse, tenant_id, period, step, site=site)


reports: list[Any] = [funnel, retention, bots]
