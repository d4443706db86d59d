"""ClickHouse's statements about sessions of some visitors.

`sessions` lies by tenant, visitor and session; events by tenant and time, so whoever asks for
events says when they were.
"""

# Whether a moment is within the visitor's part; visitors without any are whole.
_WITHIN = """(
    not has({limited:Array(String)}, events.visitor_id)
    or arrayExists(
        (v, s, u) -> v = events.visitor_id
            and s <= toUnixTimestamp64Milli(occurred_at)
            and u > toUnixTimestamp64Milli(occurred_at),
        {limited:Array(String)}, {since:Array(Int64)}, {until:Array(Int64)}
    )
)"""

# Each visitor's sessions, with the beginnings of those of its parts that they have to do with.
_OF_EACH_VISITOR = """
    select
        visitor_id,
        session_id,
        toUnixTimestamp64Milli(min(started_at)) as started,
        toUnixTimestamp64Milli(min(page_at)) as page,
        toUnixTimestamp64Milli(max(last_at)) as last,
        sum(sessions.events) as n,
        sum(sessions.page_views) as views,
        has({limited:Array(String)}, visitor_id) as is_limited,
        arrayFilter(
            (s, v, u) -> v = visitor_id and s <= last and u > started,
            {since:Array(Int64)}, {limited:Array(String)}, {until:Array(Int64)}
        ) as begun,
        arrayExists(
            (v, s, u) -> v = visitor_id and s <= started and u > last,
            {limited:Array(String)}, {since:Array(Int64)}, {until:Array(Int64)}
        ) as is_inside
    from sessions
    where tenant_id = {tenant:UUID} and visitor_id in {visitors:Array(String)}
"""

_SESSIONS = """
select
    session_id,
    min(if(is_limited, greatest(started, arrayMin(begun)), started)) as at_ms,
    argMin(visitor_id, (started, visitor_id)) as visitor_id,
    groupUniqArray(told.visitor_id) as visitors,
    min(started) as started_ms,
    min(page) as page_ms,
    max(last) as last_ms,
    sum(n) as events,
    sum(views) as page_views,
    toBool(max(is_limited and not is_inside)) as partly
from (
"""

_TOLD = """
    group by visitor_id, session_id
) as told
where not is_limited or notEmpty(begun)
group by session_id
"""

PAGE = (
    _SESSIONS
    + _OF_EACH_VISITOR
    + _TOLD
    + """
having (at_ms, toString(session_id)) < ({before_at:Int64}, {before_id:String})
order by at_ms desc, toString(session_id) desc
limit {most:UInt32}
"""
)

ONE = _SESSIONS + _OF_EACH_VISITOR + " and session_id = {session:UUID}" + _TOLD

_OF_SESSIONS = (
    """
where tenant_id = {tenant:UUID}
    and occurred_at >= fromUnixTimestamp64Milli({first:Int64}, 'UTC')
    and occurred_at <= fromUnixTimestamp64Milli({last:Int64}, 'UTC')
    and session_id in {sessions:Array(UUID)}
    and events.visitor_id in {visitors:Array(String)}
    and bot = ''
    and """
    + _WITHIN
)

CUT = (
    """
select
    session_id,
    started_ms as at_ms,
    argMin(visitor_id, (occurred_at, event_id)) as visitor_id,
    groupUniqArray(events.visitor_id) as visitors,
    toUnixTimestamp64Milli(min(occurred_at)) as started_ms,
    toUnixTimestamp64Milli(min(
        if(host = '', toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), occurred_at)
    )) as page_ms,
    toUnixTimestamp64Milli(max(occurred_at)) as last_ms,
    sum(count) as events,
    sumIf(count, event_type = 'PAGE_VIEW') as page_views,
    true as partly
from events
"""
    + _OF_SESSIONS
    + """
group by session_id
"""
)

BEGINNINGS = (
    """
select
    session_id, site_id, JSONExtractString(metadata, 'url') as url, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, device, browser, os, country
from events
where tenant_id = {tenant:UUID}
    and occurred_at in (
        select fromUnixTimestamp64Milli(arrayJoin({moments:Array(Int64)}), 'UTC')
    )
    and session_id in {sessions:Array(UUID)}
    and events.visitor_id in {visitors:Array(String)}
    and bot = ''
    and """
    + _WITHIN
    + """
order by host = '', occurred_at, event_id
limit 1 by session_id
"""
)

_EVENT = """
select session_id, event_id, occurred_at as at, event_type, site_id, host, path, metadata, count
from events
"""

NEWEST = (
    _EVENT
    + _OF_SESSIONS
    + """
    and intDiv(toUnixTimestamp64Milli(occurred_at), 900000) in {quarters:Array(Int64)}
order by session_id, occurred_at desc, toString(event_id) desc
limit {most:UInt32} by session_id
"""
)

EVENTS = (
    _EVENT
    + _OF_SESSIONS
    + """
    and occurred_at <= fromUnixTimestamp64Milli({before_at:Int64}, 'UTC')
    and (toUnixTimestamp64Milli(occurred_at), toString(event_id))
        < ({before_at:Int64}, {before_id:String})
order by occurred_at desc, toString(event_id) desc
limit {most:UInt32}
"""
)
