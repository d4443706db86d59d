"""Retention: of the visitors who first came in a week, how many came back in the weeks after.

The rollup knows when each visitor was first and last seen in each week of UTC. A week of the
tenant's time zone begins once inside such a week, so the two moments tell exactly on which sides
of it the visitor was there, whatever the zone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from pista.events.periods import BadRange, Bucket, Range, buckets, read_range
from pista.events.statistics import EVERY_SITE, EVERY_TYPE, DateRange
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse

DEFAULT_COHORTS = 12
DEFAULT_WEEKS = 12
MOST_WEEKS = 52
MOST_COHORTS = 53


class ReturnWeek(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    week: int
    """0 is the week of the first event."""
    visitors: int
    share: float | None
    """Of the cohort's visitors, 0 to 1; None if there are none."""
    complete: bool
    """False for the week under way."""


class Cohort(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The visitors whose first event is of one week."""

    start: datetime
    """The Monday on which the week begins, in the tenant's time zone."""
    visitors: int
    weeks: list[ReturnWeek]
    """Up to the week under way."""


class Retention(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    date_range: DateRange
    """Whole weeks: those that the range asked for touches."""
    time_zone: str
    event_type: str | None
    """Of first events; None for all."""
    return_type: str | None
    """Of the events that are a return; None for all."""
    cohorts: list[Cohort]


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    cohort: int
    """Counted from 1, as the places of borders are."""
    week: int
    visitors: int


def read_weeks(start: str | None, end: str | None, zone: ZoneInfo, now: datetime) -> Range:
    """`from` and `to` as for all statistics, but twelve weeks if nothing is said."""
    period = read_range(start, end, zone, now)
    if start is None:
        first = period.end - timedelta(weeks=DEFAULT_COHORTS - 1, microseconds=1)
        period = msgspec.structs.replace(period, start=first)
    if len(buckets(period, "week")) > MOST_COHORTS:
        raise BadRange(f"That is more than {MOST_COHORTS} weeks.")
    return period


async def retention(
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    now: datetime,
    *,
    weeks: int,
    site: SiteId | None,
    event_type: str | None,
    return_type: str | None = None,
) -> Retention:
    """Cohorts by the first event that is kept, or the first of one type; any event is a return, or
    those of one type. Week 0 counts the whole cohort."""
    number = len(buckets(period, "week"))
    # A week more, whose start is the end of the last one; two, since a week may have 169 hours.
    longer = msgspec.structs.replace(period, end=period.end + timedelta(weeks=weeks + 2))
    borders = buckets(longer, "week")[: number + weeks + 1]
    seen = await clickhouse.all(
        _Seen,
        RETENTION,
        tenant=tenant,
        site=site or EVERY_SITE,
        type=event_type or EVERY_TYPE,
        returns=return_type or EVERY_TYPE,
        start=borders[0].start,
        end=borders[number].start,
        until=borders[-1].start,
        borders=[int(border.start.timestamp()) for border in borders],
    )
    found = {(row.cohort - 1, row.week): row.visitors for row in seen}
    return Retention(
        date_range=DateRange(start=borders[0].start, end=borders[number].start),
        time_zone=period.zone.key,
        event_type=event_type,
        return_type=return_type,
        cohorts=[_cohort(found, borders, place, weeks, now) for place in range(number)],
    )


def _cohort(
    found: dict[tuple[int, int], int], borders: list[Bucket], place: int, weeks: int, now: datetime
) -> Cohort:
    visitors = found.get((place, 0), 0)
    starts = [border.start.timestamp() for border in borders[place : place + weeks + 2]]
    begun = sum(start <= now.timestamp() for start in starts[:-1])
    returned = [found.get((place, week), 0) for week in range(begun)]
    return Cohort(
        start=borders[place].start,
        visitors=visitors,
        weeks=[
            ReturnWeek(
                week=week,
                visitors=count,
                share=round(count / visitors, 6) if visitors else None,
                complete=starts[week + 1] <= now.timestamp(),
            )
            for week, count in enumerate(returned)
        ],
    )


# A first event is looked for in all weeks that are kept, but in the rollup's rows: one for each
# visitor, week and type, however many events.
RETENTION = """
with firsts as (
    select visitor_id, min(first_at) as came_at
    from visitor_weeks
    where tenant_id = {tenant:UUID}
        and week <= toDate({end:DateTime64(6, 'UTC')})
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and ({type:String} = '' or event_type = {type:String})
    group by visitor_id
    having came_at >= {start:DateTime64(6, 'UTC')} and came_at < {end:DateTime64(6, 'UTC')}
), seen as (
    select visitor_id, arrayJoin([first_at, last_at]) as at
    from visitor_weeks
    where tenant_id = {tenant:UUID}
        and week >= toMonday({start:DateTime64(6, 'UTC')})
        and week <= toDate({until:DateTime64(6, 'UTC')})
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and ({returns:String} = '' or event_type = {returns:String})
        and visitor_id in (select visitor_id from firsts)
    union all
    select visitor_id, came_at as at from firsts
), placed as (
    select
        visitor_id,
        arrayCount(border -> border <= toUnixTimestamp(came_at), {borders:Array(Int64)}) as cohort,
        arrayCount(border -> border <= toUnixTimestamp(at), {borders:Array(Int64)}) as place
    from seen
    join firsts using (visitor_id)
    where at >= came_at and at < {until:DateTime64(6, 'UTC')}
)
select cohort, toUInt32(place - cohort) as week, uniqExact(visitor_id) as visitors
from placed
group by cohort, week
order by cohort, week
"""
