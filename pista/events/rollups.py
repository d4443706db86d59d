"""The rows that ClickHouse's views make of events, for whoever has to make them again.

`select … from events`, to be followed by a condition and by the keys. The views themselves are in
the migrations: a change of one is a new migration, and a change here.
"""

# As `events_hourly_fill`.
HOURS = """
select
    tenant_id,
    site_id,
    toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
    event_type,
    bot != '' as is_bot,
    sum(count) as events,
    sum(count * 100 / sampling_rate) as estimated
from events
"""
BY_HOUR = " group by tenant_id, site_id, hour, event_type, is_bot"

# As `people_hourly_fill`; of people alone. It may be filled twice.
PEOPLE = """
select
    tenant_id,
    arrayJoin(['', toString(events.event_type)]) as event_type,
    toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
    site_id,
    uniqState(visitor_id) as visitors,
    uniqState(session_id) as sessions,
    uniqCombined64State(12)(visitor_id) as visitors_sketch,
    uniqCombined64State(12)(session_id) as sessions_sketch
from events
"""
BY_PEOPLES_HOUR = " and bot = '' group by tenant_id, event_type, hour, site_id"

# As `visitor_weeks_fill`; of people alone. It may be filled twice.
WEEKS = """
select
    tenant_id,
    site_id,
    toMonday(occurred_at) as week,
    event_type,
    visitor_id,
    min(events.occurred_at) as first_at,
    max(events.occurred_at) as last_at
from events
"""
BY_WEEK = " and bot = '' group by tenant_id, site_id, week, event_type, visitor_id"

# As `bots_fill`; of bots alone.
BOTS = """
select
    tenant_id,
    site_id,
    toStartOfFifteenMinutes(toDateTime(occurred_at, 'UTC')) as quarter,
    bot as reason,
    browser as name,
    host,
    path,
    sum(count) as events
from events
"""
BY_BOT = " and bot != '' group by tenant_id, site_id, quarter, reason, name, host, path"

# As `sessions_fill`; of people alone. The counts do not bear being filled twice.
SESSIONS = """
select
    tenant_id,
    visitor_id,
    session_id,
    toStartOfMonth(occurred_at) as month,
    min(events.occurred_at) as started_at,
    min(if(host = '', toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), events.occurred_at))
        as page_at,
    max(events.occurred_at) as last_at,
    toInt64(sum(count)) as events,
    toInt64(sumIf(count, event_type = 'PAGE_VIEW')) as page_views
from events
"""
BY_SESSION = " and bot = '' group by tenant_id, visitor_id, session_id, month"
