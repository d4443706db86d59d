"""Funnels: how many visitors go through some steps in their order, and where they are lost."""

import re
from datetime import timedelta

import msgspec

from pista.errors import PistaError
from pista.events.breakdown import Filter, read_filter
from pista.events.periods import Range
from pista.events.statistics import EVERY_SITE, DateRange
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse, Parameter

FEWEST_STEPS, MOST_STEPS = 2, 10
MOST_FILTERS = 30
DAY_MINUTES = 24 * 60
MOST_MINUTES = 90 * DAY_MINUTES
# Of one visitor: more is a program, and one of them must not hold up the answer for everybody.
MOST_EVENTS = 20_000

_TYPE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_NUMBERED = re.compile(r"(\d{1,2}):(.*)", re.DOTALL)


class BadFunnel(PistaError):
    """A funnel has 2 to 10 steps, each an event type, and filters of these steps."""

    status = 422
    code = "bad_funnel"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    event_type: str
    filters: list[str]
    """As they were given."""
    conditions: list[Filter]


class FunnelStep(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    event_type: str
    filters: list[str]
    visitors: int
    """Who got here through all steps before."""
    conversion: float | None
    """The share of the first step's visitors, 0 to 1; None if there are none."""
    conversion_from_previous: float | None
    dropped_off: int
    """Visitors of the step before who did not get here."""
    median_seconds: float | None
    """From the step before to this one; None for the first step, and if nobody got here."""


class Funnel(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    date_range: DateRange
    time_zone: str
    window_minutes: int
    steps: list[FunnelStep]


class _Reached(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    visitors: int
    milliseconds: float


def read_steps(types: list[str], filters: list[str]) -> list[Step]:
    """The steps; a filter `2:page:/cart` is the second step's, and `page:/cart` is every step's."""
    if not FEWEST_STEPS <= len(types) <= MOST_STEPS:
        raise BadFunnel
    if wrong := next((name for name in types if not _TYPE.fullmatch(name)), None):
        raise BadFunnel(f"{wrong[:80]!r} is no event type.")
    numbered = [_numbered(text, len(types)) for text in filters]
    return [_step(name, place, numbered) for place, name in enumerate(types, 1)]


def _numbered(text: str, steps: int) -> tuple[int | None, str]:
    found = _NUMBERED.fullmatch(text)
    if found is None:
        return None, text
    if not 1 <= int(found[1]) <= steps:
        raise BadFunnel(f"There is no step {found[1]} for the filter {text[:80]!r}.")
    return int(found[1]), found[2]


def _step(event_type: str, place: int, numbered: list[tuple[int | None, str]]) -> Step:
    own = [text for number, text in numbered if number in {None, place}]
    return Step(event_type=event_type, filters=own, conditions=[read_filter(text) for text in own])


async def funnel(
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    steps: list[Step],
    window: timedelta,
    *,
    site: SiteId | None,
) -> Funnel:
    """Each visitor counts once, by the furthest step of all its attempts inside the range."""
    found = await clickhouse.all(
        _Reached,
        FUNNEL_WITH_CONDITIONS if any(step.conditions for step in steps) else FUNNEL,
        tenant=tenant,
        site=site or EVERY_SITE,
        start=period.start,
        end=period.end,
        most=MOST_EVENTS,
        window_ms=round(window / timedelta(milliseconds=1)),
        **_parameters(steps),
    )
    reached = {row.place: row for row in found}
    nobody = _Reached(place=0, visitors=0, milliseconds=0)
    rows = [reached.get(place, nobody) for place in range(1, len(steps) + 1)]
    return Funnel(
        date_range=DateRange(start=period.start, end=period.end),
        time_zone=period.zone.key,
        window_minutes=round(window / timedelta(minutes=1)),
        steps=[_told(steps, rows, place) for place in range(len(steps))],
    )


def _told(steps: list[Step], rows: list[_Reached], place: int) -> FunnelStep:
    here, before = rows[place], rows[max(place - 1, 0)]
    timed = place > 0 and here.visitors > 0
    return FunnelStep(
        event_type=steps[place].event_type,
        filters=steps[place].filters,
        visitors=here.visitors,
        conversion=_share(here.visitors, rows[0].visitors),
        conversion_from_previous=_share(here.visitors, before.visitors),
        dropped_off=before.visitors - here.visitors,
        median_seconds=here.milliseconds / 1000 if timed else None,
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _parameters(steps: list[Step]) -> dict[str, Parameter]:
    every = [(place, one) for place, step in enumerate(steps, 1) for one in step.conditions]
    return {
        "types": [step.event_type for step in steps],
        "places": [place for place, _ in every],
        "names": [one.dimension.name for _, one in every],
        "keys": [one.dimension.key for _, one in every],
        "wanted": [one.value for _, one in every],
        "nots": [int(one.negated) for _, one in every],
        "by_visit": int(any(one.dimension.of_visits for _, one in every)),
    }


# `steps` has a bit for each step that an event is. Of events at one moment the earlier step comes
# first, and a row that stands for several events counts as often as there are steps, since each
# step takes an event of its own.
#
# Of equal events one after another only the last can matter where they are the first step, and
# only the first where they are another; the fold's time is that of the longest way.
#
# The fold goes through a visitor's events in their order and keeps two lists, by step: the times
# of the latest attempt that has got there, which has the most of its window left, and the times
# of the first one, which is told. An event moves an attempt on by one step, and an attempt that
# has got to a step is not set back by another event of that step.
_OF_EVENTS = """
    where tenant_id = {tenant:UUID}
        and occurred_at >= {start:DateTime64(6, 'UTC')} and occurred_at < {end:DateTime64(6, 'UTC')}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and bot = ''
"""

# Without conditions the columns that they would look at need not be read.
_TRIED = (
    """
with tried as (
    select
        visitor_id,
        toUnixTimestamp64Milli(occurred_at) as at,
        count,
        arraySum(arrayMap(
            (type, place) -> if(event_type = type, bitShiftLeft(toUInt16(1), place - 1), 0),
            {types:Array(String)}, arrayEnumerate({types:Array(String)}))) as steps
    from events
"""
    + _OF_EVENTS
    + """
        and event_type in {types:Array(String)}
"""
)

_TRIED_WITH_CONDITIONS = (
    """
with visits as (
    select
        session_id,
        argMin(path, occurred_at) as entry_page,
        argMin(referrer, occurred_at) as came_from,
        argMin(channel, occurred_at) as by_channel,
        argMin(utm_source, occurred_at) as source,
        argMin(utm_medium, occurred_at) as medium,
        argMin(utm_campaign, occurred_at) as campaign
    from events
"""
    + _OF_EVENTS
    + """
        and {by_visit:UInt8} = 1
    group by session_id
), tried as (
    select
        visitor_id,
        toUnixTimestamp64Milli(occurred_at) as at,
        count,
        arrayMap((name, key, value, negated) -> (multiIf(
                name = 'entry_page', entry_page, name = 'referrer', came_from,
                name = 'channel', toString(by_channel), name = 'utm_source', toString(source),
                name = 'utm_medium', toString(medium),
                name = 'utm_campaign', toString(campaign),
                name = 'page', path, name = 'country', toString(country),
                name = 'device', toString(device), name = 'browser', toString(browser),
                name = 'os', toString(os), name = 'eventType', toString(event_type),
                if(JSONType(metadata, key) = 'String',
                    JSONExtractString(metadata, key), JSONExtractRaw(metadata, key))
            ) = value) != negated,
            {names:Array(String)}, {keys:Array(String)}, {wanted:Array(String)},
            {nots:Array(UInt8)}) as met,
        arraySum(arrayMap((type, place) -> if(
                event_type = type
                    and not arrayExists((of, holds) -> of = place and not holds,
                        {places:Array(UInt8)}, met),
                bitShiftLeft(toUInt16(1), place - 1), 0),
            {types:Array(String)}, arrayEnumerate({types:Array(String)}))) as steps
    from events
    left join visits using (session_id)
"""
    + _OF_EVENTS
    + """
        and event_type in {types:Array(String)}
"""
)

_FUNNEL = """
), ways as (
    select visitor_id, arraySort(groupArrayArray(
        arrayWithConstant(least(count, length({types:Array(String)})), (at, steps)))) as way
    from tried
    where steps != 0
    group by visitor_id
    having max(bitTest(steps, 0))
), shortened as (
    select arraySlice(arrayFilter(
        (event, before, after) -> bitCount(event.2) != 1
            or if(event.2 = 1, after != 1, before != event.2),
        way,
        arrayPopBack(arrayPushFront(way.2, 0)),
        arrayPopFront(arrayPushBack(way.2, 0))), 1, {most:UInt32}) as way
    from ways
), gone as (
    select arrayFold(
        (kept, event) -> (
            arrayMap((latest, before, place) -> if(
                    bitTest(event.2, place - 1) and (place = 1
                        or (notEmpty(before) and event.1 - before[1] <= {window_ms:Int64}
                            and (empty(latest) or before[1] > latest[1]))),
                    arrayPushBack(before, event.1), latest),
                kept.1, arrayPopBack(arrayPushFront(kept.1, emptyArrayInt64())),
                arrayEnumerate({types:Array(String)})),
            arrayMap((first, before, place) -> if(
                    empty(first) and bitTest(event.2, place - 1) and (place = 1
                        or (notEmpty(before) and event.1 - before[1] <= {window_ms:Int64})),
                    arrayPushBack(before, event.1), first),
                kept.2, arrayPopBack(arrayPushFront(kept.1, emptyArrayInt64())),
                arrayEnumerate({types:Array(String)}))
        ),
        way,
        (arrayMap(type -> emptyArrayInt64(), {types:Array(String)}),
            arrayMap(type -> emptyArrayInt64(), {types:Array(String)}))
    ).2 as firsts
    from shortened
)
select
    place,
    count() as visitors,
    quantileExactInclusive(0.5)(if(place > 1, times[place] - times[place - 1], 0)) as milliseconds
from gone
array join firsts as times, arrayEnumerate(firsts) as place
where notEmpty(times)
group by place
order by place
"""

FUNNEL = _TRIED + _FUNNEL
FUNNEL_WITH_CONDITIONS = _TRIED_WITH_CONDITIONS + _FUNNEL
