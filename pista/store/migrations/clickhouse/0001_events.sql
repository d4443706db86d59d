-- One row for each visitor, session, type, metadata and minute, with `count`.
create table if not exists events (
    tenant_id UUID,
    site_id UUID,
    occurred_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
    event_type LowCardinality(String),
    visitor_id String codec(ZSTD(1)),
    session_id UUID,
    event_id UUID,
    count UInt32,
    sampling_rate Float32,
    corrected Bool,
    metadata String codec(ZSTD(1)),
    metadata_hash UInt64,
    host LowCardinality(String),
    path String codec(ZSTD(1)),
    referrer String codec(ZSTD(1)),
    channel LowCardinality(String),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_term String codec(ZSTD(1)),
    utm_content String codec(ZSTD(1)),
    click_id LowCardinality(String),
    browser LowCardinality(String),
    os LowCardinality(String),
    device LowCardinality(String),
    country LowCardinality(String),
    bot LowCardinality(String)
)
engine = MergeTree
partition by toYYYYMM(occurred_at)
order by (tenant_id, occurred_at)
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What the statistics read: as many rows at a billion events as at a thousand an hour.
create table if not exists events_hourly (
    tenant_id UUID,
    site_id UUID,
    hour DateTime('UTC') codec(Delta, ZSTD(1)),
    event_type LowCardinality(String),
    is_bot Bool,
    events SimpleAggregateFunction(sum, UInt64),
    estimated SimpleAggregateFunction(sum, Float64),
    visitors AggregateFunction(uniq, String),
    sessions AggregateFunction(uniq, UUID)
)
engine = AggregatingMergeTree
partition by toYYYYMM(hour)
order by (tenant_id, hour, site_id, event_type, is_bot)
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

create materialized view if not exists events_hourly_fill to events_hourly as
select
    tenant_id,
    site_id,
    toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
    event_type,
    bot != '' as is_bot,
    sum(count) as events,
    sum(count * 100 / sampling_rate) as estimated,
    uniqState(visitor_id) as visitors,
    uniqState(session_id) as sessions
from events
group by tenant_id, site_id, hour, event_type, is_bot;

-- The ids of the past days, by day of arrival, in the order of their bytes: ids that sort by time
-- lie together, and a block of random ones is passed over by its bloom filter.
create table if not exists event_ids (
    day Date,
    id FixedString(16),
    tenant_id UUID,
    index id_bloom id type bloom_filter(0.01) granularity 1
)
engine = MergeTree
partition by day
order by id
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- A flush's events between being read and being stored: parsed once, used three times.
create table if not exists incoming (
    flush_id UUID,
    tenant_id UUID,
    site_id UUID,
    occurred_at DateTime64(3, 'UTC'),
    received_at DateTime64(3, 'UTC'),
    event_type LowCardinality(String),
    visitor_id String,
    session_id UUID,
    event_id UUID,
    sampling_rate Float32,
    corrected Bool,
    metadata String codec(LZ4),
    host LowCardinality(String),
    path String,
    referrer String,
    channel LowCardinality(String),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_term String,
    utm_content String,
    click_id LowCardinality(String),
    browser LowCardinality(String),
    os LowCardinality(String),
    device LowCardinality(String),
    country LowCardinality(String),
    bot LowCardinality(String)
)
engine = MergeTree
partition by flush_id
order by tuple();
