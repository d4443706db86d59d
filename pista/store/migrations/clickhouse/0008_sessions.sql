-- When a visitor's session began, when it was last active, and how much it did: by visitor, so that
-- those of one contact lie together. What a session began with (its page, its campaign, its device)
-- stands with the event at `page_at`; carrying it here too would take a fifth of a flush's time.
-- Bots are left out.
--
-- Each month has its part of a session that lasts over a border; parts are put together when they
-- are read. So a dropped month takes what it had of it, and the rest is what the events left say.
--
-- These are sums, which do not bear being filled twice: a migration that was cut short begins anew.
drop view if exists sessions_fill;

drop table if exists sessions;

create table sessions (
    tenant_id UUID,
    visitor_id String codec(ZSTD(1)),
    session_id UUID,
    month Date,
    started_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    -- Of the first event that has a page; long after all events where none has.
    page_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    events SimpleAggregateFunction(sum, Int64),
    page_views SimpleAggregateFunction(sum, Int64)
)
engine = AggregatingMergeTree
partition by toYYYYMM(month)
order by (tenant_id, visitor_id, session_id, month)
settings index_granularity = 1024,
    non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

create materialized view sessions_fill to sessions as
select
    tenant_id,
    visitor_id,
    session_id,
    toStartOfMonth(occurred_at) as month,
    min(occurred_at) as started_at,
    min(if(host = '', toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), occurred_at)) as page_at,
    max(occurred_at) as last_at,
    toInt64(sum(count)) as events,
    toInt64(sumIf(count, event_type = 'PAGE_VIEW')) as page_views
from events
where bot = ''
group by tenant_id, visitor_id, session_id, month;

-- What was stored before.
insert into sessions
select
    tenant_id,
    visitor_id,
    session_id,
    toStartOfMonth(occurred_at) as month,
    min(occurred_at) as started_at,
    min(if(host = '', toDateTime64('2299-12-31 00:00:00', 3, 'UTC'), occurred_at)) as page_at,
    max(occurred_at) as last_at,
    toInt64(sum(count)) as events,
    toInt64(sumIf(count, event_type = 'PAGE_VIEW')) as page_views
from events
where bot = ''
group by tenant_id, visitor_id, session_id, month
settings insert_deduplicate = 0, max_partitions_per_insert_block = 0,
    max_bytes_before_external_group_by = 2000000000;
