"""A breakdown by event type from the hourly rollups, for periods with many visits.

They hold each type's events, and sketches of its people. Of few visits the events themselves are
counted, exactly, which is soon done; so people are told as the statistics tell them.
"""

from typing import LiteralString

import msgspec

from pista.events.periods import Range
from pista.events.statistics import (
    COUNTED_BY_SETS,
    EVERY_SITE,
    EVERY_TYPE,
    OF_CUT_HOURS,
    OF_WHOLE_HOURS,
    sticks_out,
    whole_hours,
)
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse, Parameter


class _Sessions(msgspec.Struct, frozen=True):
    sessions: int


async def has_many_visits(
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    *,
    site: SiteId | None,
    event_type: str | None,
) -> bool:
    """Whether counting them from the events would take long."""
    found = await clickhouse.one(
        _Sessions,
        SESSIONS,
        tenant=tenant,
        site=site or EVERY_SITE,
        type=event_type or EVERY_TYPE,
        **hours(period),
    )
    return found.sessions > COUNTED_BY_SETS


def hours(period: Range) -> dict[str, Parameter]:
    """The whole hours of the period, which the rollups know."""
    whole = whole_hours(period)
    return {"first_hour": whole.start, "last_hour": whole.end, "cut": list[int]()}


def statement(period: Range, values: LiteralString, ordered: LiteralString) -> LiteralString:
    """For the types of `values`, or all; what sticks out of whole hours is read from the events."""
    cut = sticks_out(period)
    counted = _COUNTED[0] + (_COUNTED[1] if cut else "")
    people = _PEOPLE[0] + (_PEOPLE[1] if cut else "")
    return _AROUND[0] + counted + _AROUND[1] + people + _AROUND[2] + values + ordered


SESSIONS = (
    """
select uniqCombined64Merge(12)(sessions_sketch) as sessions
from people_hourly
"""
    + OF_WHOLE_HOURS
    + "and event_type = {type:String}"
)

_COUNTED: tuple[LiteralString, LiteralString] = (
    "select event_type as type, events as n from events_hourly"
    + OF_WHOLE_HOURS
    + "and not is_bot and ({type:String} = '' or event_type = {type:String})",
    " union all select event_type as type, toUInt64(count) as n" + OF_CUT_HOURS + "and bot = ''",
)

# Under an empty type lie the people of all.
_PEOPLE: tuple[LiteralString, LiteralString] = (
    """
    select event_type as type, visitors_sketch as who, sessions_sketch as visits
    from people_hourly
"""
    + OF_WHOLE_HOURS
    + "and event_type != '' and ({type:String} = '' or event_type = {type:String})",
    """
    union all
    select
        event_type as type,
        uniqCombined64State(12)(visitor_id) as who, uniqCombined64State(12)(session_id) as visits
"""
    + OF_CUT_HOURS
    + "and bot = '' group by type",
)

_AROUND: tuple[LiteralString, LiteralString, LiteralString] = (
    """
with counted as (
    select toString(type) as value, sum(n) as events
    from (""",
    """)
    group by value
), people as (
    select
        toString(type) as value,
        uniqCombined64Merge(12)(who) as visitors,
        uniqCombined64Merge(12)(visits) as sessions
    from (""",
    """)
    group by value
)
select
    value,
    visitors,
    sessions,
    events,
    if(value = 'PAGE_VIEW', events, 0) as page_views,
    count() over () as total
from counted
inner join people using (value)
""",
)
