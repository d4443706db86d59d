"""Statistics by one property: which pages, channels, campaigns, devices, …

A visit's origin (entry page, referrer, channel, UTM) is that of its first event, since a visit
comes from one place however many pages it sees; everything else is each event's own.
"""

import re
from datetime import datetime
from typing import Literal

import msgspec

from pista.errors import PistaError
from pista.events.periods import Range
from pista.events.statistics import EVERY_SITE, EVERY_TYPE, DateRange
from pista.ids import SiteId, TenantId
from pista.store.clickhouse import ClickHouse, Parameter

OF_VISITS = frozenset(
    {"entry_page", "referrer", "channel", "utm_source", "utm_medium", "utm_campaign"}
)
OF_EVENTS = frozenset({"page", "country", "device", "browser", "os", "eventType"})
METADATA = re.compile(r"metadata\.([^\x00-\x1f]{1,64})\Z")

MOST_FILTERS = 10
MOST_ROWS = 500


class BadDimension(PistaError):
    """This is no property to break down or filter by; the events API page lists them."""

    status = 422
    code = "bad_dimension"


class Dimension(msgspec.Struct, frozen=True):
    """A property of events; `key` is the metadata's, for `metadata.<key>`."""

    name: str
    key: str = ""

    @property
    def of_visits(self) -> bool:
        return self.name in OF_VISITS


class Filter(msgspec.Struct, frozen=True):
    """Only what has this value, or, negated, only what has not."""

    dimension: Dimension
    value: str
    negated: bool = False


class Counts(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    visitors: int
    sessions: int
    events: int
    page_views: int


class BreakdownRow(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    value: str
    """Empty for events without the property."""
    visitors: int
    sessions: int
    events: int
    page_views: int
    before: Counts | None
    """The same in the period before, of the same length; None if not asked for."""


class Breakdown(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    by: str
    date_range: DateRange
    compared_to: DateRange | None
    total: int
    """How many values there are; the rows are one page of them."""
    offset: int
    rows: list[BreakdownRow]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    value: str
    visitors: int
    sessions: int
    events: int
    page_views: int
    total: int


def dimension(name: str) -> Dimension:
    """A property by its name on the wire."""
    if name in OF_VISITS or name in OF_EVENTS:
        return Dimension(name)
    if (found := METADATA.match(name)) is not None:
        return Dimension("metadata", found[1])
    raise BadDimension(f"{name[:80]!r} is no property to break down or filter by.")


def read_filter(text: str) -> Filter:
    """`channel:paid_search`, or `channel!:direct` for everything else."""
    name, colon, value = text.partition(":")
    if not colon:
        raise BadDimension(
            "A filter is written `property:value`, or `property!:value` to leave out."
        )
    return Filter(dimension(name.removesuffix("!")), value, negated=name.endswith("!"))


Sort = Literal["visitors", "sessions", "events", "pageViews"]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    by: Dimension
    filters: list[Filter]
    site: SiteId | None
    event_type: str | None
    sort: Sort
    limit: int
    offset: int
    compared: bool


async def breakdown(
    clickhouse: ClickHouse, tenant: TenantId, period: Range, question: Question, *, now: datetime
) -> Breakdown:
    """One page of the values, the most frequent first, beside the period before if asked for."""
    rows = await _page(clickhouse, tenant, period, question)
    before = _before(period, now) if question.compared else None
    earlier = await _values(clickhouse, tenant, before, question, rows) if before else {}
    nothing = Counts(visitors=0, sessions=0, events=0, page_views=0)
    return Breakdown(
        by=f"metadata.{question.by.key}" if question.by.key else question.by.name,
        date_range=DateRange(start=period.start, end=period.end),
        compared_to=DateRange(start=before.start, end=before.end) if before else None,
        total=rows[0].total if rows else 0,
        offset=question.offset,
        rows=[
            BreakdownRow(
                value=row.value,
                visitors=row.visitors,
                sessions=row.sessions,
                events=row.events,
                page_views=row.page_views,
                before=earlier.get(row.value, nothing) if before else None,
            )
            for row in rows
        ],
    )


def _before(period: Range, now: datetime) -> Range:
    """The period before, up to the same moment of it: a morning is compared with a morning."""
    start = period.start - (period.end - period.start)
    over = min(period.end, now) - period.start
    end = start + over if now > period.start else period.start
    return Range(start=start, end=end, zone=period.zone)


async def _page(
    clickhouse: ClickHouse, tenant: TenantId, period: Range, question: Question
) -> list[_Row]:
    asked = {**_where(tenant, period, question), "values": [""], "all": 1}
    paging = {"sort": question.sort, "limit": question.limit, "offset": question.offset}
    if question.by.of_visits:
        return await clickhouse.all(_Row, BY_VISIT, **asked, **paging)
    return await clickhouse.all(_Row, BY_EVENT, **asked, **paging)


async def _values(
    clickhouse: ClickHouse, tenant: TenantId, period: Range, question: Question, rows: list[_Row]
) -> dict[str, Counts]:
    """The same values in another period."""
    if not rows:
        return {}
    asked = {**_where(tenant, period, question), "values": [row.value for row in rows], "all": 0}
    paging = {"sort": question.sort, "limit": MOST_ROWS, "offset": 0}
    sql = BY_VISIT if question.by.of_visits else BY_EVENT
    found = await clickhouse.all(_Row, sql, **asked, **paging)
    return {
        row.value: Counts(
            visitors=row.visitors,
            sessions=row.sessions,
            events=row.events,
            page_views=row.page_views,
        )
        for row in found
    }


def _where(tenant: TenantId, period: Range, question: Question) -> dict[str, Parameter]:
    named = question.filters
    return {
        "tenant": tenant,
        "site": question.site or EVERY_SITE,
        "type": question.event_type or EVERY_TYPE,
        "start": period.start,
        "end": period.end,
        "by": question.by.name,
        "key": question.by.key,
        "visit_names": [f.dimension.name for f in named if f.dimension.of_visits],
        "visit_values": [f.value for f in named if f.dimension.of_visits],
        "visit_nots": [int(f.negated) for f in named if f.dimension.of_visits],
        "names": [f.dimension.name for f in named if not f.dimension.of_visits],
        "keys": [f.dimension.key for f in named if not f.dimension.of_visits],
        "values_wanted": [f.value for f in named if not f.dimension.of_visits],
        "nots": [int(f.negated) for f in named if not f.dimension.of_visits],
    }


# The statement is one, whatever is asked: constant conditions cost nothing, since ClickHouse
# settles them before it reads. Metadata that is not text is compared as its JSON.
_EVENTS = """
with seen as (
    select
        visitor_id, session_id, event_type, occurred_at, count, path, metadata,
        country, device, browser, os,
        referrer, channel, utm_source, utm_medium, utm_campaign
    from events
    where tenant_id = {tenant:UUID}
        and occurred_at >= {start:DateTime64(6, 'UTC')} and occurred_at < {end:DateTime64(6, 'UTC')}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and bot = ''
), visits as (
    select
        session_id,
        argMin(path, occurred_at) as entry_page,
        argMin(referrer, occurred_at) as came_from,
        argMin(channel, occurred_at) as by_channel,
        argMin(utm_source, occurred_at) as source,
        argMin(utm_medium, occurred_at) as medium,
        argMin(utm_campaign, occurred_at) as campaign
    from seen
    group by session_id
), chosen as (
    select session_id, multiIf(
        {by:String} = 'entry_page', entry_page, {by:String} = 'referrer', came_from,
        {by:String} = 'channel', by_channel, {by:String} = 'utm_source', source,
        {by:String} = 'utm_medium', medium, campaign) as value
    from visits
    where arrayAll((name, wanted, negated) -> (multiIf(
            name = 'entry_page', entry_page, name = 'referrer', came_from,
            name = 'channel', by_channel, name = 'utm_source', source,
            name = 'utm_medium', medium, campaign) = wanted) != negated,
        {visit_names:Array(String)}, {visit_values:Array(String)}, {visit_nots:Array(UInt8)})
), kept as (
    select visitor_id, session_id, event_type, count, multiIf(
        {by:String} = 'page', path, {by:String} = 'country', toString(country),
        {by:String} = 'device', toString(device), {by:String} = 'browser', toString(browser),
        {by:String} = 'os', toString(os), {by:String} = 'eventType', toString(event_type),
        {by:String} = 'metadata', if(JSONType(metadata, {key:String}) = 'String',
            JSONExtractString(metadata, {key:String}), JSONExtractRaw(metadata, {key:String})),
        '') as own_value
    from seen
    where ({type:String} = '' or event_type = {type:String})
        and arrayAll((name, key, wanted, negated) -> (multiIf(
                name = 'page', path, name = 'country', toString(country),
                name = 'device', toString(device), name = 'browser', toString(browser),
                name = 'os', toString(os), name = 'eventType', toString(event_type),
                if(JSONType(metadata, key) = 'String',
                    JSONExtractString(metadata, key), JSONExtractRaw(metadata, key))
            ) = wanted) != negated,
            {names:Array(String)}, {keys:Array(String)}, {values_wanted:Array(String)},
            {nots:Array(UInt8)})
)
"""

_COUNTED = """
select
    value,
    uniq(visitor_id) as visitors,
    uniq(session_id) as sessions,
    sum(count) as events,
    sumIf(count, event_type = 'PAGE_VIEW') as page_views,
    count() over () as total
"""

_PAGED = """
group by value
order by
    multiIf({sort:String} = 'sessions', sessions, {sort:String} = 'events', events,
        {sort:String} = 'pageViews', page_views, visitors) desc,
    value
limit {limit:UInt32} offset {offset:UInt32}
"""

BY_VISIT = (
    _EVENTS
    + _COUNTED
    + """
from kept
join chosen using (session_id)
where {all:UInt8} = 1 or value in {values:Array(String)}
"""
    + _PAGED
)

BY_EVENT = (
    _EVENTS
    + _COUNTED
    + """
from (select *, own_value as value from kept)
where ({all:UInt8} = 1 or value in {values:Array(String)})
    and (empty({visit_names:Array(String)}) or session_id in (select session_id from chosen))
"""
    + _PAGED
)
