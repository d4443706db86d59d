"""Statistics from the hourly rollups, and what is happening now from the newest events.

The rollups answer for whole hours, at the same cost however many events there are. What is cut by
the edges of the range, or by a border between two steps in a time zone that is not whole hours
away from UTC, is counted from the events of those hours.

Visitors and sessions are counted from sets, exactly, up to some tens of thousands. Beyond, the sets
are large, and sketches of a fixed size take their place.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, LiteralString
from uuid import UUID

import msgspec

from pista.events.periods import Bucket, Range, buckets
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse, Parameter

Granularity = Literal["hour", "day", "week", "month"]

Asked = tuple[TenantId, SiteId | None, str | None]

NOW_MINUTES = 30
PRESENT_MINUTES = 5
EVERY_SITE = UUID(int=0)
EVERY_TYPE = ""
EVERYWHERE = 0
COUNTED_BY_SETS = 50_000
"""Up to so many sessions in the range, people are counted exactly."""


class DateRange(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}, kw_only=True):
    start: datetime
    end: datetime
    """The first moment that is no longer counted."""


class Point(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One step of the time series."""

    start: datetime
    """In the tenant's time zone."""
    events: int
    page_views: int
    unique_visitors: int
    unique_sessions: int


class EventStats(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    total_events: int
    """Kept events of people, bots left out."""
    estimated_total_events: int
    """The same with what was sampled out, by each kept event's sampling rate."""
    sampled: bool
    """True if the two differ: the estimate is not a count."""
    events_by_type: dict[str, int]
    unique_visitors: int
    unique_sessions: int
    bot_events: int
    """Events of bots in the same range; in none of the other figures."""
    date_range: DateRange
    time_zone: str
    granularity: Granularity
    series: list[Point]


class Minute(msgspec.Struct, frozen=True, kw_only=True):
    minute: datetime
    events: int


class Now(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    visitors_now: int
    """Visitors with an event in the past five minutes."""
    events_last_minute: int
    events_per_minute: list[Minute]
    """The past 30 minutes, oldest first; the last one is still under way."""
    as_of: datetime


class _Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Of one step, or of one type in the whole range."""

    is_step: bool
    place: int
    event_type: str
    events: int
    page_views: int
    estimated: float
    bot_events: int


class _People(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    """0 for the whole range."""
    visitors: int
    sessions: int


class _Present(msgspec.Struct, frozen=True, kw_only=True):
    visitors: int
    in_last_minute: int


async def event_stats(
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    granularity: Granularity,
    *,
    site: SiteId | None,
    event_type: str | None,
) -> EventStats:
    """Document 2's EventStats, with a time series in the tenant's time zone."""
    whole = whole_hours(period)
    steps = buckets(period, granularity)
    where: dict[str, Parameter] = {
        "tenant": tenant,
        "site": site or EVERY_SITE,
        "type": event_type or EVERY_TYPE,
        "start": period.start,
        "end": period.end,
        "first_hour": whole.start,
        "last_hour": whole.end,
        "cut": _cut_hours(steps, whole),
        "borders": _borders(steps),
    }
    cut = bool(where["cut"]) or sticks_out(period)
    counts, people = await asyncio.gather(
        clickhouse.all(_Counts, _over(_COUNTS, _COUNTED, cut=cut), **where),
        _people(clickhouse, (tenant, site, event_type), period, where, cut=cut),
    )
    types = [row for row in counts if not row.is_step]
    estimated = round(sum(row.estimated for row in types))
    events = sum(row.events for row in types)
    everywhere = people.get(EVERYWHERE, _People(place=EVERYWHERE, visitors=0, sessions=0))
    return EventStats(
        total_events=events,
        estimated_total_events=estimated,
        sampled=estimated != events,
        events_by_type={row.event_type: row.events for row in types if row.events},
        unique_visitors=everywhere.visitors,
        unique_sessions=everywhere.sessions,
        bot_events=sum(row.bot_events for row in types),
        date_range=DateRange(start=period.start, end=period.end),
        time_zone=period.zone.key,
        granularity=granularity,
        series=_points(steps, {row.place: row for row in counts if row.is_step}, people),
    )


async def now(
    clickhouse: ClickHouse, tenant: TenantId, at: datetime, *, site: SiteId | None
) -> Now:
    """What happens now, from the newest half hour of the tenant's events."""
    minute = at.astimezone(UTC).replace(second=0, microsecond=0)
    first = minute - timedelta(minutes=NOW_MINUTES - 1)
    where = {"tenant": tenant, "site": site or EVERY_SITE}
    found = await clickhouse.all(Minute, PER_MINUTE, **where, start=first)
    present = await clickhouse.one(
        _Present,
        PRESENT,
        **where,
        start=at - timedelta(minutes=PRESENT_MINUTES),
        minute_ago=at - timedelta(minutes=1),
    )
    counts = {row.minute: row.events for row in found}
    minutes = [first + timedelta(minutes=n) for n in range(NOW_MINUTES)]
    return Now(
        visitors_now=present.visitors,
        events_last_minute=present.in_last_minute,
        events_per_minute=[Minute(minute=m, events=counts.get(m, 0)) for m in minutes],
        as_of=at,
    )


# Sessions a second, as they were found the last time: what is asked for again is guessed right.
_rates: dict[Asked, float] = {}
_MOST_RATES = 10_000


async def _people(
    clickhouse: ClickHouse,
    asked: Asked,
    period: Range,
    where: Mapping[str, Parameter],
    *,
    cut: bool,
) -> dict[int, _People]:
    """Of each step, and of the whole range: from sets if sessions are few, else from sketches."""
    seconds = max((period.end - period.start).total_seconds(), 1.0)
    few = _rates.get(asked, 1.0) * seconds <= COUNTED_BY_SETS
    found = await _merged(clickhouse, where, few=few, cut=cut)
    if few != (_sessions(found) <= COUNTED_BY_SETS):
        found = await _merged(clickhouse, where, few=not few, cut=cut)
    if len(_rates) >= _MOST_RATES:
        _rates.clear()
    _rates[asked] = _sessions(found) / seconds
    return found


async def _merged(
    clickhouse: ClickHouse, where: Mapping[str, Parameter], *, few: bool, cut: bool
) -> dict[int, _People]:
    if few:
        merging = _over(_PEOPLE, _SETS, cut=cut)
    else:
        merging = _over(_PEOPLE_OF_MILLIONS, _SKETCHES, cut=cut)
    return {row.place: row for row in await clickhouse.all(_People, merging, **where)}


def _sessions(found: Mapping[int, _People]) -> int:
    return found[EVERYWHERE].sessions if EVERYWHERE in found else 0


def whole_hours(period: Range) -> Range:
    """The whole hours of UTC inside the range; empty, at its start, if there is none."""
    hour = timedelta(hours=1)
    start, end = period.start.astimezone(UTC), period.end.astimezone(UTC)
    first = start.replace(minute=0, second=0, microsecond=0)
    if first < start:
        first += hour
    last = end.replace(minute=0, second=0, microsecond=0)
    return Range(start=first, end=max(first, last), zone=period.zone)


def sticks_out(period: Range) -> bool:
    """Whether there is more to the range than its whole hours."""
    whole = whole_hours(period)
    return (whole.start, whole.end) != (period.start, period.end)


def _cut_hours(steps: list[Bucket], whole: Range) -> list[int]:
    """The whole hours of UTC, inside the range, in which a step begins."""
    first, last = int(whole.start.timestamp()), int(whole.end.timestamp())
    hours = (border - border % 3600 for border in _borders(steps) if border % 3600)
    return [hour for hour in hours if first <= hour < last]


def _borders(steps: list[Bucket]) -> list[int]:
    return [int(step.start.timestamp()) for step in steps]


def _points(
    steps: list[Bucket], counted: dict[int, _Counts], people: dict[int, _People]
) -> list[Point]:
    return [
        _point(step, counted.get(place), people.get(place)) for place, step in enumerate(steps, 1)
    ]


def _point(step: Bucket, counted: _Counts | None, people: _People | None) -> Point:
    return Point(
        start=step.start,
        events=counted.events if counted else 0,
        page_views=counted.page_views if counted else 0,
        unique_visitors=people.visitors if people else 0,
        unique_sessions=people.sessions if people else 0,
    )


# Whole hours from the rollups, hours that are cut from the events themselves: by the quarter,
# since that is where the clocks of the world differ.
OF_WHOLE_HOURS = """
    where tenant_id = {tenant:UUID}
        and hour >= {first_hour:DateTime64(6, 'UTC')} and hour < {last_hour:DateTime64(6, 'UTC')}
        and toUnixTimestamp(hour) not in {cut:Array(Int64)}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
"""

OF_CUT_HOURS = """
    from events
    where tenant_id = {tenant:UUID}
        and ((occurred_at >= {start:DateTime64(6, 'UTC')}
                and occurred_at < least({first_hour:DateTime64(6, 'UTC')},
                    {end:DateTime64(6, 'UTC')}))
            or (occurred_at >= greatest({last_hour:DateTime64(6, 'UTC')},
                    {start:DateTime64(6, 'UTC')})
                and occurred_at < {end:DateTime64(6, 'UTC')})
            or toUnixTimestamp(toStartOfHour(occurred_at)) in {cut:Array(Int64)})
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and ({type:String} = '' or event_type = {type:String})
"""

# `place` is the last border at or before the hour, counted from 1.
_PLACE = "arrayCount(border -> border <= toUnixTimestamp(at), {borders:Array(Int64)}) as place"

_COUNTED: tuple[LiteralString, LiteralString] = (
    """
    select hour as at, event_type as type, is_bot as by_bot, events as n, estimated as n_estimated
    from events_hourly
"""
    + OF_WHOLE_HOURS
    + "and ({type:String} = '' or event_type = {type:String})",
    """
    union all
    select
        toStartOfFifteenMinutes(toDateTime(occurred_at, 'UTC')) as at,
        event_type as type, bot != '' as by_bot,
        toUInt64(count) as n, count * 100 / sampling_rate as n_estimated
"""
    + OF_CUT_HOURS,
)

# By type, and by step, in one reading.
_COUNTS: tuple[LiteralString, LiteralString] = (
    """
select
    toBool(grouping(type)) as is_step,
    place,
    type as event_type,
    sumIf(n, not by_bot) as events,
    sumIf(n, not by_bot and type = 'PAGE_VIEW') as page_views,
    sumIf(n_estimated, not by_bot) as estimated,
    sumIf(n, by_bot) as bot_events
from (select *, """
    + _PLACE
    + " from (",
    """))
group by grouping sets ((type), (place))
order by events desc, event_type
""",
)

_SETS: tuple[LiteralString, LiteralString] = (
    """
    select hour as at, visitors as who, sessions as visits
    from people_hourly
"""
    + OF_WHOLE_HOURS
    + "and event_type = {type:String}",
    """
    union all
    select
        toStartOfFifteenMinutes(toDateTime(occurred_at, 'UTC')) as at,
        uniqState(visitor_id) as who, uniqState(session_id) as visits
"""
    + OF_CUT_HOURS
    + "and bot = '' group by at",
)

# Of 3 KiB each, and within 1.6 % as a rule.
_SKETCHES: tuple[LiteralString, LiteralString] = (
    """
    select hour as at, visitors_sketch as who, sessions_sketch as visits
    from people_hourly
"""
    + OF_WHOLE_HOURS
    + "and event_type = {type:String}",
    """
    union all
    select
        toStartOfFifteenMinutes(toDateTime(occurred_at, 'UTC')) as at,
        uniqCombined64State(12)(visitor_id) as who, uniqCombined64State(12)(session_id) as visits
"""
    + OF_CUT_HOURS
    + "and bot = '' group by at",
)

_PEOPLE_BY_STEP: LiteralString = " from (select *, " + _PLACE + " from ("
# The whole range is merged from the steps.
_AND_IN_ALL = ")) group by place with rollup"

_PEOPLE: tuple[LiteralString, LiteralString] = (
    "select place, uniqMerge(who) as visitors, uniqMerge(visits) as sessions" + _PEOPLE_BY_STEP,
    _AND_IN_ALL,
)
_PEOPLE_OF_MILLIONS: tuple[LiteralString, LiteralString] = (
    """
select
    place,
    uniqCombined64Merge(12)(who) as visitors,
    uniqCombined64Merge(12)(visits) as sessions
"""
    + _PEOPLE_BY_STEP,
    _AND_IN_ALL,
)


def _over(
    around: tuple[LiteralString, LiteralString],
    hours: tuple[LiteralString, LiteralString],
    *,
    cut: bool,
) -> LiteralString:
    """The statement over whole hours; over those that are cut only if there are any, since
    planning for them takes as long as reading the others."""
    return around[0] + hours[0] + (hours[1] if cut else "") + around[1]


PER_MINUTE = """
select toStartOfMinute(occurred_at) as minute, sum(count) as events
from events
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(6, 'UTC')}
    and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000') or site_id = {site:UUID})
    and bot = ''
group by minute
order by minute
"""

PRESENT = """
select uniq(visitor_id) as visitors,
    sumIf(count, occurred_at >= {minute_ago:DateTime64(6, 'UTC')}) as in_last_minute
from events
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(6, 'UTC')}
    and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000') or site_id = {site:UUID})
    and bot = ''
"""
