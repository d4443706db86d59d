"""Statistics by one property: which pages, channels, campaigns, devices, …

A visit's origin (entry page, referrer, channel, UTM) is that of its first event, since a visit
comes from one place however many pages it sees; everything else is each event's own.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, LiteralString

import msgspec

from pista.errors import PistaError
from pista.events import by_type, periods
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
    before = periods.before(period, now) if question.compared else None
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


async def _page(
    clickhouse: ClickHouse, tenant: TenantId, period: Range, question: Question
) -> list[_Row]:
    paging = {"limit": question.limit, "offset": question.offset}
    return await _found(clickhouse, tenant, period, question, ANY_VALUE, **paging)


async def _values(
    clickhouse: ClickHouse, tenant: TenantId, period: Range, question: Question, rows: list[_Row]
) -> dict[str, Counts]:
    """The same values in another period."""
    if not rows:
        return {}
    these = [row.value for row in rows]
    paging = {"limit": MOST_ROWS, "offset": 0}
    found = await _found(clickhouse, tenant, period, question, THESE_VALUES, values=these, **paging)
    return {
        row.value: Counts(
            visitors=row.visitors,
            sessions=row.sessions,
            events=row.events,
            page_views=row.page_views,
        )
        for row in found
    }


async def _found(
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    question: Question,
    which: LiteralString,
    **more: Parameter,
) -> list[_Row]:
    """From the rollups where they can tell and are faster, else from the events."""
    asked = _parameters(tenant, period, question) | more
    by_types = question.by.name == "eventType" and not question.filters
    if by_types and await by_type.has_many_visits(
        clickhouse, tenant, period, site=question.site, event_type=question.event_type
    ):
        statement = by_type.statement(period, which, ORDERED)
        return await clickhouse.all(_Row, statement, **asked, **by_type.hours(period))
    return await clickhouse.all(_Row, _statement(question, which), **asked)


def _parameters(tenant: TenantId, period: Range, question: Question) -> dict[str, Parameter]:
    return {
        "tenant": tenant,
        "site": question.site or EVERY_SITE,
        "type": question.event_type or EVERY_TYPE,
        "start": period.start,
        "end": period.end,
        "key": question.by.key,
        "keys": [one.dimension.key for one in question.filters],
        "wanted": [one.value for one in question.filters],
        "sort": question.sort,
    }


def _statement(question: Question, values: LiteralString) -> LiteralString:
    """Reads the columns that are asked for and no others: metadata is most of all bytes."""
    of_visits: list[LiteralString] = []
    of_events: list[LiteralString] = [OF_TYPE]
    for place, one in enumerate(question.filters):
        conditions = of_visits if one.dimension.of_visits else of_events
        conditions.append(_condition(one, place))
    such_events: LiteralString = " and ".join(of_events)
    such_visits: LiteralString = " and ".join(of_visits)
    value = _value(question.by, "{key:String}")
    if question.by.of_visits:
        counted = BY_VISIT[0] + value + BY_VISIT[1] + such_events + BY_VISIT[2]
        if of_visits:
            counted += " and " + such_visits
        return GROUPED_BY_VISIT + counted + ")" + values + PAGED
    if of_visits:
        such_events += CHOSEN_VISITS + such_visits + ")"
    if question.by.name in FEW_IN_A_VISIT:
        counted = BY_EVENT[0] + value + BY_EVENT[1] + such_events
        return GROUPED_BY_VISIT + counted + BY_EVENT[2] + values + PAGED
    return DIRECTLY[0] + value + DIRECTLY[1] + such_events + ")" + values + PAGED


def _condition(one: Filter, place: int) -> LiteralString:
    number = PLACES[place]
    value = _value(one.dimension, "{keys:Array(String)}[" + number + "]")
    return value + (" != " if one.negated else " = ") + "{wanted:Array(String)}[" + number + "]"


def _value(of: Dimension, key: LiteralString) -> LiteralString:
    if of.name != "metadata":
        return VALUES[of.name]
    text = "JSONExtractString(metadata, " + key + ")"
    return "if(JSONType(metadata, " + key + ") = 'String', " + text + JSON_OF + key + "))"


VALUES: Mapping[str, LiteralString] = {
    "page": "path",
    "country": "toString(country)",
    "device": "toString(device)",
    "browser": "toString(browser)",
    "os": "toString(os)",
    "eventType": "toString(event_type)",
    "entry_page": "argMin(path, occurred_at)",
    "referrer": "argMin(referrer, occurred_at)",
    "channel": "argMin(toString(channel), occurred_at)",
    "utm_source": "argMin(toString(utm_source), occurred_at)",
    "utm_medium": "argMin(toString(utm_medium), occurred_at)",
    "utm_campaign": "argMin(toString(utm_campaign), occurred_at)",
}
# Metadata that is not text is compared as its JSON.
JSON_OF = ", JSONExtractRaw(metadata, "
# Of these a visit has one value or a few: grouped by visit first, little is left to count.
FEW_IN_A_VISIT = frozenset({"country", "device", "browser", "os", "eventType"})
PLACES: tuple[LiteralString, ...] = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")

ANY_VALUE = ""
THESE_VALUES = "where value in {values:Array(String)}"

OF_TYPE = "({type:String} = '' or event_type = {type:String})"

_FROM_EVENTS = """
    from events
    where tenant_id = {tenant:UUID}
        and occurred_at >= {start:DateTime64(6, 'UTC')} and occurred_at < {end:DateTime64(6, 'UTC')}
        and ({site:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
            or site_id = {site:UUID})
        and bot = ''
"""

CHOSEN_VISITS = (
    """
        and session_id in (
    select session_id"""
    + _FROM_EVENTS
    + """
    group by session_id
    having """
)

ORDERED = """
order by
    multiIf({sort:String} = 'sessions', sessions, {sort:String} = 'events', events,
        {sort:String} = 'pageViews', page_views, visitors) desc,
    value
limit {limit:UInt32} offset {offset:UInt32}
"""
PAGED = "\ngroup by value" + ORDERED

# Of visits that are grouped already.
GROUPED_BY_VISIT = """
select
    value,
    uniqArray(who) as visitors,
    count() as sessions,
    sum(n) as events,
    sum(views) as page_views,
    count() over () as total
from ("""

# The origin is that of the visit's first event, whatever the filters leave of it.
BY_VISIT: tuple[LiteralString, ...] = (
    """
    select
        session_id,
        """,
    """ as value,
        groupUniqArrayIf(visitor_id, such) as who,
        sumIf(count, such) as n,
        sumIf(count, such and event_type = 'PAGE_VIEW') as views
    from (select *, """,
    """ as such"""
    + _FROM_EVENTS
    + """)
    group by session_id
    having n > 0""",
)

BY_EVENT: tuple[LiteralString, ...] = (
    """
    select
        session_id,
        """,
    """ as value,
        groupUniqArray(visitor_id) as who,
        sum(count) as n,
        sumIf(count, event_type = 'PAGE_VIEW') as views
"""
    + _FROM_EVENTS
    + "        and ",
    """
    group by session_id, value
)
""",
)

DIRECTLY: tuple[LiteralString, ...] = (
    """
select
    value,
    uniq(visitor_id) as visitors,
    uniq(session_id) as sessions,
    sum(count) as events,
    sumIf(count, event_type = 'PAGE_VIEW') as page_views,
    count() over () as total
from (
    select visitor_id, session_id, event_type, count, """,
    " as value" + _FROM_EVENTS + "        and ",
)
