"""What happened in many windows of time at once, of many companies, for those who watch.

Whole hours come from the rollup and the rest from the events of the hours that are cut: read and
summed by the minute once, however many windows share them. So windows begin and end on a minute.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import LiteralString, TypeVar

import msgspec

from pista.events import queries
from pista.events.statistics import EVERY_SITE, EVERY_TYPE
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Tx

T = TypeVar("T")

HOUR = 3600


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A time from `start` to before `end`, of one site and type or of all."""

    start: datetime
    end: datetime
    site: SiteId | None = None
    event_type: str | None = None
    people: bool = False
    """Whether visitors and sessions are asked for: they cost more than counts."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a window. Bots are in `bot_events` and in nothing else."""

    events: int = 0
    page_views: int = 0
    visitors: int = 0
    sessions: int = 0
    bot_events: int = 0


class _Counts(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    events: int
    page_views: int
    bot_events: int


class _People(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    visitors: int
    sessions: int


class _First(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    site_id: SiteId
    event_type: str
    hour: datetime


Placed = Mapping[int, tuple[TenantId, Window]]


class FirstHours:
    """When things of one company began to happen."""

    def __init__(self, found: Sequence[_First]) -> None:
        self._found = found

    def of(self, site: SiteId | None, event_type: str | None) -> datetime | None:
        """The first hour of a site's or type's events, or of all; None if there are none."""
        hours = (
            first.hour
            for first in self._found
            if site in (None, first.site_id) and event_type in (None, first.event_type)
        )
        return min(hours, default=None)


class _Timed(Figures, frozen=True, kw_only=True):
    at: int


async def stored_until(tx: Tx, now: datetime) -> datetime:
    """Everything that arrived before this moment is in the statistics.

    What is in the journal is not: so while ClickHouse is away, this moment stands still.
    """
    oldest = await queries.oldest_waiting(tx)
    return now if oldest is None else min(oldest, now)


async def measure(
    clickhouse: ClickHouse, asked: Mapping[TenantId, Sequence[Window]]
) -> dict[TenantId, dict[Window, Figures]]:
    """The figures of each company's windows, in one query for all of them; in another, the people
    of those that ask."""
    distinct = ((tenant, window) for tenant in asked for window in dict.fromkeys(asked[tenant]))
    placed = dict(enumerate(distinct))
    peopled = {
        place: (tenant, window) for place, (tenant, window) in placed.items() if window.people
    }
    counts, people = await asyncio.gather(
        _ask(clickhouse, _Counts, COUNTS, placed), _ask(clickhouse, _People, PEOPLE, peopled)
    )
    counted = {row.place: row for row in counts}
    seen = {row.place: row for row in people}
    found: dict[TenantId, dict[Window, Figures]] = {tenant: {} for tenant in asked}
    for place, (tenant, window) in placed.items():
        found[tenant][window] = _figures(counted.get(place), seen.get(place))
    return found


async def _ask(
    clickhouse: ClickHouse, kind: type[T], sql: LiteralString, placed: Placed
) -> list[T]:
    if not placed:
        return []
    windows = [window for _, window in placed.values()]
    edges = [_edges(window) for window in windows]
    return await clickhouse.all(
        kind,
        sql,
        places=list(placed),
        tenants=[tenant for tenant, _ in placed.values()],
        starts=[_seconds(window.start) for window in windows],
        ends=[_seconds(window.end) for window in windows],
        firsts=[first for first, _ in edges],
        lasts=[last for _, last in edges],
        sites=[window.site or EVERY_SITE for window in windows],
        types=[window.event_type or EVERY_TYPE for window in windows],
        whole=sorted({hour for first, last in edges for hour in range(first, last, HOUR)}),
        cut=sorted({hour for window in windows for hour in _cut_hours(window)}),
        earliest=min(window.start for window in windows),
        latest=max(window.end for window in windows),
    )


def _figures(counts: _Counts | None, people: _People | None) -> Figures:
    return Figures(
        events=counts.events if counts else 0,
        page_views=counts.page_views if counts else 0,
        bot_events=counts.bot_events if counts else 0,
        visitors=people.visitors if people else 0,
        sessions=people.sessions if people else 0,
    )


async def hourly(
    clickhouse: ClickHouse,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    *,
    site: SiteId | None,
    event_type: str | None,
) -> Mapping[datetime, Figures]:
    """The figures of each hour from `start` on; hours in which nothing happened are left out.

    Hours of a zone that is not whole hours away from UTC are counted from the events.
    """
    where = {"tenant": tenant, "site": site or EVERY_SITE, "type": event_type or EVERY_TYPE}
    shift = _seconds(start) % HOUR
    if shift:
        rows = await clickhouse.all(
            _Timed, HOURLY_SHIFTED, **where, start=start, end=end, shift=shift
        )
    else:
        rows = await clickhouse.all(_Timed, HOURLY, **where, start=start, end=end)
    return {datetime.fromtimestamp(row.at, UTC): row for row in rows}


async def first_hours(
    clickhouse: ClickHouse, tenants: Sequence[TenantId], since: datetime
) -> dict[TenantId, FirstHours]:
    """In which hour since then each site's events of each type began, bots' included."""
    rows = await clickhouse.all(_First, FIRST_HOURS, tenants=tenants, start=since)
    found: dict[TenantId, list[_First]] = {tenant: [] for tenant in tenants}
    for row in rows:
        found[row.tenant_id].append(row)
    return {tenant: FirstHours(firsts) for tenant, firsts in found.items()}


def _edges(window: Window) -> tuple[int, int]:
    """The whole hours inside, by the first and the one after the last; equal if there is none."""
    start, end = _seconds(window.start), _seconds(window.end)
    last = end - end % HOUR
    return min(start + -start % HOUR, last), last


def _cut_hours(window: Window) -> set[int]:
    """The hours that only a part of the window lies in."""
    start, end = _seconds(window.start), _seconds(window.end)
    return {at - at % HOUR for at in (start, end) if at % HOUR}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


# Both read the whole hours that some window has, from the rollup, and the minutes of the hours that
# some window cuts, from the events: of each company its own alone. Every window then takes what is
# its own of either.
_WINDOWS = """
with windows as (
    select tenant, start, end, first, last, of_site, of_type, place
    from system.one
    array join
        {tenants:Array(UUID)} as tenant,
        {starts:Array(Int64)} as start,
        {ends:Array(Int64)} as end,
        {firsts:Array(Int64)} as first,
        {lasts:Array(Int64)} as last,
        {sites:Array(UUID)} as of_site,
        {types:Array(String)} as of_type,
        {places:Array(Int64)} as place
)"""

# The conditions on the company and on the hour alone are those that find the rows; several
# companies asking for different hours leave little between them.
_OF_HOURS = """
    where tenant_id in {tenants:Array(UUID)}
        and hour >= {earliest:DateTime64(6, 'UTC')} and hour < {latest:DateTime64(6, 'UTC')}
        and toUnixTimestamp(hour) in {whole:Array(Int64)}
        and (tenant_id, toInt64(toUnixTimestamp(hour))) in (
            select tenant, arrayJoin(range(first, last, 3600)) from windows
        )
"""

_OF_MINUTES = """
    where tenant_id in {tenants:Array(UUID)}
        and occurred_at >= {earliest:DateTime64(6, 'UTC')}
        and occurred_at < {latest:DateTime64(6, 'UTC')}
        and toUnixTimestamp(toStartOfHour(occurred_at)) in {cut:Array(Int64)}
        and (tenant_id, toInt64(toUnixTimestamp(toStartOfHour(occurred_at)))) in (
            select tenant, edge - edge % 3600
            from windows
            array join [start, end] as edge
            where edge % 3600 != 0
        )
"""

_OF_WINDOWS = """
where at >= start and at < end
    and is_hour = (at >= first and at < last)
    and (of_site = toUUID('00000000-0000-0000-0000-000000000000') or site = of_site)
"""

COUNTS = (
    _WINDOWS
    + """, counted as (
    select
        tenant_id as of_tenant, toUnixTimestamp(hour) as at, true as is_hour, site_id as site,
        event_type as type, is_bot as by_bot, sum(events_hourly.events) as n
    from events_hourly
"""
    + _OF_HOURS
    + """
    group by of_tenant, at, site, type, by_bot
    union all
    select
        tenant_id as of_tenant, toUnixTimestamp(toStartOfMinute(occurred_at)) as at,
        false as is_hour, site_id as site, event_type as type, bot != '' as by_bot, sum(count) as n
    from events
"""
    + _OF_MINUTES
    + """
    group by of_tenant, at, site, type, by_bot
)
select
    place,
    sumIf(n, not by_bot) as events,
    sumIf(n, not by_bot and type = 'PAGE_VIEW') as page_views,
    sumIf(n, by_bot) as bot_events
from counted
inner join windows on of_tenant = tenant
"""
    + _OF_WINDOWS
    + """
    and (of_type = '' or type = of_type)
group by place
"""
)

# From sketches, whose size is the same however many people there are: exact for hundreds, and of
# more within about one percent. Under an empty type lie the people of all.
PEOPLE = (
    _WINDOWS
    + """, seen as (
    select
        tenant_id as of_tenant, toUnixTimestamp(hour) as at, true as is_hour, site_id as site,
        event_type as type, visitors_sketch as who, sessions_sketch as visits
    from people_hourly
"""
    + _OF_HOURS
    + """
        and event_type in {types:Array(String)}
    union all
    select
        tenant_id as of_tenant, toUnixTimestamp(toStartOfMinute(occurred_at)) as at,
        false as is_hour, site_id as site,
        arrayJoin(['', toString(events.event_type)]) as type,
        uniqCombined64State(12)(visitor_id) as who, uniqCombined64State(12)(session_id) as visits
    from events
"""
    + _OF_MINUTES
    + """
        and bot = ''
    group by of_tenant, at, site, type
)
select
    place,
    uniqCombined64Merge(12)(who) as visitors,
    uniqCombined64Merge(12)(visits) as sessions
from seen
inner join windows on of_tenant = tenant
"""
    + _OF_WINDOWS
    + """
    and type = of_type
group by place
"""
)

HOURLY = """
with counts as (
    select
        hour,
        sumIf(h.events, not is_bot) as events,
        sumIf(h.events, not is_bot and event_type = 'PAGE_VIEW') as page_views,
        sumIf(h.events, is_bot) as bot_events
    from events_hourly as h
    where tenant_id = {tenant:UUID}
        and hour >= {start:DateTime64(6, 'UTC')} and hour < {end:DateTime64(6, 'UTC')}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and ({type:String} = '' or event_type = {type:String})
    group by hour
), people as (
    select hour, uniqMerge(visitors) as visitors, uniqMerge(sessions) as sessions
    from people_hourly
    where tenant_id = {tenant:UUID}
        and event_type = {type:String}
        and hour >= {start:DateTime64(6, 'UTC')} and hour < {end:DateTime64(6, 'UTC')}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
    group by hour
)
select
    toUnixTimestamp(counts.hour) as at, events, page_views, visitors, sessions, bot_events
from counts
left join people using (hour)
order by at
"""

HOURLY_SHIFTED = """
select
    toUnixTimestamp(toStartOfHour(occurred_at - {shift:UInt32})) + {shift:UInt32} as at,
    sumIf(count, bot = '') as events,
    sumIf(count, bot = '' and event_type = 'PAGE_VIEW') as page_views,
    uniqIf(visitor_id, bot = '') as visitors,
    uniqIf(session_id, bot = '') as sessions,
    sumIf(count, bot != '') as bot_events
from events
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(6, 'UTC')} and occurred_at < {end:DateTime64(6, 'UTC')}
    and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000') or site_id = {site:UUID})
    and ({type:String} = '' or event_type = {type:String})
group by at
order by at
"""

FIRST_HOURS = """
select tenant_id, site_id, event_type, min(h.hour) as hour
from events_hourly as h
where tenant_id in {tenants:Array(UUID)} and h.hour >= {start:DateTime64(6, 'UTC')}
group by tenant_id, site_id, event_type
"""
