"""What was left out of the statistics, and why: bots, beside the people of the same time.

Bots come from a rollup of their own, which holds nothing else and ends on the quarters of an hour;
so a range is taken in whole quarters. People are counted as the statistics count them.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec

from pista.events.periods import Range
from pista.events.statistics import (
    EVERY_SITE,
    DateRange,
    EventStats,
    Granularity,
    event_stats,
)
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse

QUARTER = timedelta(minutes=15)
MOST_ROWS = 50


class BotReason(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    reason: str
    """The kind of bot, such as `search-engine`; `docs/events-api.md` lists them."""
    events: int


class BotName(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    name: str
    """As it calls itself in its User-Agent; empty if that names nothing that is known."""
    reason: str
    events: int
    last_seen_at: datetime
    """The beginning of the quarter of an hour in which its last event of the range lies."""


class BotPage(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    host: str
    path: str
    events: int


class BotPoint(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    start: datetime
    """In the tenant's time zone."""
    bot_events: int
    people_events: int


class Bots(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    bot_events: int
    people_events: int
    share: float | None
    """Bots' part of all stored events, from 0 to 1; None if there are none."""
    sampled_out: int
    """About how many events of people throttling left out, by the rates of those it kept."""
    reasons: list[BotReason]
    names: list[BotName]
    """The 50 most frequent."""
    pages: list[BotPage]
    """The 50 most frequent."""
    date_range: DateRange
    time_zone: str
    granularity: Granularity
    series: list[BotPoint]


class _Step(msgspec.Struct, frozen=True):
    place: int
    events: int


async def bots(
    clickhouse: ClickHouse,
    tenant: TenantId,
    asked: Range,
    granularity: Granularity,
    *,
    site: SiteId | None,
) -> Bots:
    """Which bots came in the range and the quarters of an hour that it touches."""
    period = in_quarters(asked)
    where = {
        "tenant": tenant,
        "site": site or EVERY_SITE,
        "start": period.start,
        "end": period.end,
    }
    people = await event_stats(clickhouse, tenant, period, granularity, site=site, event_type=None)
    borders = [int(point.start.timestamp()) for point in people.series]
    reasons, names, pages, steps = await asyncio.gather(
        clickhouse.all(BotReason, BY_REASON, **where),
        clickhouse.all(BotName, BY_NAME, **where, most=MOST_ROWS),
        clickhouse.all(BotPage, BY_PAGE, **where, most=MOST_ROWS),
        clickhouse.all(_Step, SERIES, **where, borders=borders),
    )
    return _told(people, reasons, names, pages, {step.place: step.events for step in steps})


def in_quarters(period: Range) -> Range:
    """The range, widened to whole quarters of an hour."""
    # Through UTC, since a wall clock skips and repeats hours.
    start, end = period.start.astimezone(UTC), period.end.astimezone(UTC)
    first, last = start - _into_quarter(start), end - _into_quarter(end)
    return Range(
        start=first.astimezone(period.zone),
        end=(last if last == end else last + QUARTER).astimezone(period.zone),
        zone=period.zone,
    )


def _into_quarter(moment: datetime) -> timedelta:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return (moment - midnight) % QUARTER


def _told(
    people: EventStats,
    reasons: list[BotReason],
    names: list[BotName],
    pages: list[BotPage],
    by_place: dict[int, int],
) -> Bots:
    found = sum(row.events for row in reasons)
    stored = found + people.total_events
    return Bots(
        bot_events=found,
        people_events=people.total_events,
        share=found / stored if stored else None,
        sampled_out=people.estimated_total_events - people.total_events,
        reasons=reasons,
        names=names,
        pages=pages,
        date_range=people.date_range,
        time_zone=people.time_zone,
        granularity=people.granularity,
        series=[
            BotPoint(
                start=point.start,
                bot_events=by_place.get(place, 0),
                people_events=point.events,
            )
            for place, point in enumerate(people.series, 1)
        ],
    )


_OF_RANGE = """
from bots
where tenant_id = {tenant:UUID}
    and quarter >= {start:DateTime64(6, 'UTC')} and quarter < {end:DateTime64(6, 'UTC')}
    and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
        or site_id = {site:UUID})
"""

BY_REASON = (
    "select reason, sum(bots.events) as events"
    + _OF_RANGE
    + "group by reason order by events desc, reason"
)

BY_NAME = (
    """
select name, reason, sum(bots.events) as events, max(quarter) as "lastSeenAt"
"""
    + _OF_RANGE
    + "group by name, reason order by events desc, name, reason limit {most:UInt32}"
)

BY_PAGE = (
    "select host, path, sum(bots.events) as events"
    + _OF_RANGE
    + "group by host, path order by events desc, host, path limit {most:UInt32}"
)

# `place` is the last border at or before the quarter, counted from 1.
SERIES = (
    """
select
    arrayCount(border -> border <= toUnixTimestamp(quarter), {borders:Array(Int64)}) as place,
    sum(bots.events) as events
"""
    + _OF_RANGE
    + "group by place order by place"
)
