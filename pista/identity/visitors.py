"""What a visitor did, as far as it helps to say who it is."""

from datetime import datetime

import msgspec

from pista.identity.model import Wire
from pista.ids import TenantId, VisitorId
from pista.store.clickhouse import ClickHouse

LATEST_SHOWN = 5


class VisitorSession(Wire, frozen=True, kw_only=True):
    started_at: datetime
    last_at: datetime
    events: int
    page_views: int


class VisitorActivity(Wire, frozen=True, kw_only=True):
    """The visits of a browser."""

    visitor_id: VisitorId
    sessions: int
    events: int
    first_seen_at: datetime | None
    """Null where nothing of it is stored."""
    last_seen_at: datetime | None
    last_form_at: datetime | None
    latest: list[VisitorSession]
    """The five latest visits, the latest first."""


class _Session(msgspec.Struct, frozen=True, kw_only=True):
    started_at: datetime
    last_at: datetime
    events: int
    page_views: int
    of: int
    first_at: datetime
    all_events: int


class _Form(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime | None


async def activity(clickhouse: ClickHouse, tenant: TenantId, visitor: VisitorId) -> VisitorActivity:
    where = {"tenant": tenant, "visitor": visitor}
    rows = await clickhouse.all(_Session, SESSIONS, **where, most=LATEST_SHOWN)
    form = await clickhouse.one(_Form, LAST_FORM, **where)
    return VisitorActivity(
        visitor_id=visitor,
        sessions=rows[0].of if rows else 0,
        events=rows[0].all_events if rows else 0,
        first_seen_at=rows[0].first_at if rows else None,
        last_seen_at=rows[0].last_at if rows else None,
        last_form_at=form.at,
        latest=[
            VisitorSession(
                started_at=row.started_at,
                last_at=row.last_at,
                events=row.events,
                page_views=row.page_views,
            )
            for row in rows
        ],
    )


# By the key of the table: the visitor.
SESSIONS = """
select started_at, last_at, events, page_views,
    count() over () as of,
    min(started_at) over () as first_at,
    sum(events) over () as all_events
from (
    select session_id, min(sessions.started_at) as started_at, max(sessions.last_at) as last_at,
        sum(sessions.events) as events, sum(sessions.page_views) as page_views
    from sessions
    where tenant_id = {tenant:UUID} and visitor_id = {visitor:String}
    group by session_id
    having events > 0
)
order by last_at desc
limit {most:UInt32}
"""

LAST_FORM = """
select if(count() = 0, null, max(visitor_weeks.last_at)) as at
from visitor_weeks
where tenant_id = {tenant:UUID} and visitor_id = {visitor:String} and event_type = 'FORM_SUBMIT'
"""
