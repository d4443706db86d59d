"""What happened in many windows of time at once, for those who watch.

Whole hours come from the rollup and the rest from the events of the hours that are cut: read and
summed by the minute once, however many windows share them. So windows begin and end on a minute.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from pista.events import queries
from pista.events.statistics import EVERY_SITE, EVERY_TYPE
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Tx

HOUR = 3600
_HOUR = timedelta(hours=1)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A time from `start` to before `end`, of one site and type or of all."""

    start: datetime
    end: datetime
    site: SiteId | None = None
    event_type: str | None = None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a window. Bots are in `bot_events` and in nothing else."""

    events: int = 0
    page_views: int = 0
    visitors: int = 0
    sessions: int = 0
    bot_events: int = 0


NOTHING = Figures()


class _Placed(Figures, frozen=True, kw_only=True):
    place: int


class _First(msgspec.Struct, frozen=True, kw_only=True):
    site_id: SiteId
    event_type: str
    hour: datetime


class FirstHours:
    """When things began to happen."""

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
    clickhouse: ClickHouse, tenant: TenantId, windows: Sequence[Window]
) -> dict[Window, Figures]:
    """The figures of each window, in one query."""
    distinct = list(dict.fromkeys(windows))
    if not distinct:
        return {}
    edges = [_edges(window) for window in distinct]
    found = await clickhouse.all(
        _Placed,
        MEASURE,
        tenant=tenant,
        starts=[_seconds(window.start) for window in distinct],
        ends=[_seconds(window.end) for window in distinct],
        firsts=[first for first, _ in edges],
        lasts=[last for _, last in edges],
        sites=[window.site or EVERY_SITE for window in distinct],
        types=[window.event_type or EVERY_TYPE for window in distinct],
        whole=sorted({hour for first, last in edges for hour in range(first, last, HOUR)}),
        cut=sorted({hour for window in distinct for hour in _cut_hours(window)}),
        earliest=min(window.start for window in distinct),
        latest=max(window.end for window in distinct),
    )
    by_place = {row.place: row for row in found}
    return {window: by_place.get(place, NOTHING) for place, window in enumerate(distinct, start=1)}


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


async def first_hours(clickhouse: ClickHouse, tenant: TenantId, since: datetime) -> "FirstHours":
    """In which hour since then each site's events of each type began, bots' included."""
    return FirstHours(await clickhouse.all(_First, FIRST_HOURS, tenant=tenant, start=since))


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


# A row of `counted` is a whole hour from the rollup or a minute of an hour that some window cuts.
# Every window takes what is its own: its whole hours, and its minutes before and after them.
MEASURE = """
with counted as (
    select
        toUnixTimestamp(hour) as at, true as is_hour, site_id as site, event_type as type,
        is_bot as by_bot, sum(events) as n,
        arrayReduce('uniqState', emptyArrayString()) as who,
        arrayReduce('uniqState', CAST([], 'Array(UUID)')) as visits
    from events_hourly
    where tenant_id = {tenant:UUID}
        and hour >= {earliest:DateTime64(6, 'UTC')} and hour < {latest:DateTime64(6, 'UTC')}
        and toUnixTimestamp(hour) in {whole:Array(Int64)}
    group by at, site, type, by_bot
    union all
    select
        toUnixTimestamp(hour) as at, true as is_hour, site_id as site, event_type as type,
        false as by_bot, toUInt64(0) as n,
        uniqMergeState(visitors) as who, uniqMergeState(sessions) as visits
    from people_hourly
    where tenant_id = {tenant:UUID}
        and event_type != ''
        and hour >= {earliest:DateTime64(6, 'UTC')} and hour < {latest:DateTime64(6, 'UTC')}
        and toUnixTimestamp(hour) in {whole:Array(Int64)}
    group by at, site, type
    union all
    select
        toUnixTimestamp(toStartOfMinute(occurred_at)) as at, false as is_hour, site_id as site,
        event_type as type, bot != '' as by_bot, sum(count) as n,
        uniqState(visitor_id) as who, uniqState(session_id) as visits
    from events
    where tenant_id = {tenant:UUID}
        and occurred_at >= {earliest:DateTime64(6, 'UTC')}
        and occurred_at < {latest:DateTime64(6, 'UTC')}
        and toUnixTimestamp(toStartOfHour(occurred_at)) in {cut:Array(Int64)}
    group by at, site, type, by_bot
)
select
    place,
    sumIf(n, not by_bot) as events,
    sumIf(n, not by_bot and type = 'PAGE_VIEW') as page_views,
    uniqMergeIf(who, not by_bot) as visitors,
    uniqMergeIf(visits, not by_bot) as sessions,
    sumIf(n, by_bot) as bot_events
from counted
array join
    {starts:Array(Int64)} as start,
    {ends:Array(Int64)} as end,
    {firsts:Array(Int64)} as first,
    {lasts:Array(Int64)} as last,
    {sites:Array(UUID)} as of_site,
    {types:Array(String)} as of_type,
    arrayEnumerate({starts:Array(Int64)}) as place
where at >= start and at < end
    and is_hour = (at >= first and at < last)
    and (of_site = toUUID('00000000-0000-0000-0000-000000000000') or site = of_site)
    and (of_type = '' or type = of_type)
group by place
order by place
"""

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
select site_id, event_type, min(h.hour) as hour
from events_hourly as h
where tenant_id = {tenant:UUID} and h.hour >= {start:DateTime64(6, 'UTC')}
group by site_id, event_type
"""
