"""When visitors sent the forms that their links came from, without reading all events.

The rollup of visitors' weeks has the first and last form of each visitor and week, in the order of
their ids. That tells which form came before a link, unless the visitor sent others in the same
week both before and after it; of those few the hours before their links are read.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from pista.identity.report_queries import Made
from pista.ids import SiteId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse

AT_MOST_BEFORE = timedelta(days=1)
"""A form that was sent longer before a link is not where it came from."""
VISITORS_AT_ONCE = 2_000
MOST_LOOKED_INTO = 500
WEEK = timedelta(days=7)


class FormWeek(msgspec.Struct, frozen=True, kw_only=True):
    """The first and last form that a visitor sent in a week."""

    visitor_id: VisitorId
    first_at: datetime
    last_at: datetime


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId
    at: datetime


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId


async def waited(
    clickhouse: ClickHouse, tenant: TenantId, links: Sequence[Made]
) -> list[tuple[Made, float]]:
    """Links with the seconds since the visitor's last form before; those without one are left
    out."""
    if not links:
        return []
    weeks = await _weeks(clickhouse, tenant, links)
    told = [(link, _before(weeks.get(link.visitor_id, []), link.decided_at)) for link in links]
    unsure = [link for link, found in told if found is None][:MOST_LOOKED_INTO]
    exact = await _exact(clickhouse, tenant, unsure) if unsure else {}
    forms = [
        (link, found or _latest(exact.get(link.visitor_id, []), link.decided_at))
        for link, found in told
    ]
    return [
        (link, (link.decided_at - at).total_seconds())
        for link, at in forms
        if at is not None and link.decided_at - at <= AT_MOST_BEFORE
    ]


async def seen_at(
    clickhouse: ClickHouse, tenant: TenantId, site: SiteId, visitors: Iterable[VisitorId]
) -> list[VisitorId]:
    """Those of the visitors that were ever on the site."""
    found: list[VisitorId] = []
    for some in _pieces(visitors):
        rows = await clickhouse.all(_Seen, SEEN, tenant=tenant, site=site, visitors=some)
        found += [row.visitor_id for row in rows]
    return found


def _before(weeks: Sequence[FormWeek], at: datetime) -> datetime | None:
    """The last form before; the beginning of time if there is none, None if it is unsure."""
    if any(week.first_at < at < week.last_at for week in weeks):
        return None
    ended = [week.last_at for week in weeks if week.last_at <= at]
    return max(ended, default=datetime.min.replace(tzinfo=UTC))


def _latest(forms: Sequence[datetime], at: datetime) -> datetime | None:
    return max((form for form in forms if form <= at), default=None)


async def _weeks(
    clickhouse: ClickHouse, tenant: TenantId, links: Sequence[Made]
) -> dict[VisitorId, list[FormWeek]]:
    ends = [link.decided_at for link in links]
    found: dict[VisitorId, list[FormWeek]] = {}
    for some in _pieces(link.visitor_id for link in links):
        for week in await clickhouse.all(
            FormWeek,
            WEEKS,
            tenant=tenant,
            visitors=some,
            start=min(ends) - AT_MOST_BEFORE - WEEK,
            end=max(ends),
        ):
            found.setdefault(week.visitor_id, []).append(week)
    return found


async def _exact(
    clickhouse: ClickHouse, tenant: TenantId, links: Sequence[Made]
) -> dict[VisitorId, list[datetime]]:
    ends = [link.decided_at for link in links]
    hours = {
        int((end - timedelta(hours=ago)).timestamp()) // 3600 * 3600
        for end in ends
        for ago in range(AT_MOST_BEFORE // timedelta(hours=1) + 1)
    }
    found: dict[VisitorId, list[datetime]] = {}
    for form in await clickhouse.all(
        _Form,
        FORMS,
        tenant=tenant,
        visitors=sorted({link.visitor_id for link in links}),
        start=min(ends) - AT_MOST_BEFORE,
        end=max(ends),
        hours=sorted(hours),
    ):
        found.setdefault(form.visitor_id, []).append(form.at)
    return found


def _pieces(visitors: Iterable[VisitorId]) -> list[list[VisitorId]]:
    every = sorted(set(visitors))
    return [every[n : n + VISITORS_AT_ONCE] for n in range(0, len(every), VISITORS_AT_ONCE)]


# By the key of the table: weeks, and in each the visitors.
WEEKS = """
select visitor_id, min(visitor_weeks.first_at) as first_at, max(visitor_weeks.last_at) as last_at
from visitor_weeks
where tenant_id = {tenant:UUID}
    and week >= toDate({start:DateTime64(6, 'UTC')})
    and week <= toDate({end:DateTime64(6, 'UTC')})
    and visitor_id in {visitors:Array(String)}
    and event_type = 'FORM_SUBMIT'
group by visitor_id, week
"""

# The hours pick out the places of the table where these times lie.
FORMS = """
select visitor_id, occurred_at as at
from events
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(6, 'UTC')} and occurred_at <= {end:DateTime64(6, 'UTC')}
    and toStartOfHour(toDateTime(occurred_at, 'UTC')) in
        (select toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'))
    and event_type = 'FORM_SUBMIT'
    and visitor_id in {visitors:Array(String)}
    and bot = ''
"""

SEEN = """
select distinct visitor_id
from visitor_weeks
where tenant_id = {tenant:UUID}
    and site_id = {site:UUID}
    and visitor_id in {visitors:Array(String)}
"""
