-- Which flush brought a row: after a crash the writer asks which months a flush has reached. A
-- block's deduplication token is on the disk a moment before the block is, so it cannot tell.
alter table events add column if not exists
    flush_id UUID default toUUID('00000000-0000-0000-0000-000000000000') codec(ZSTD(1));

-- Staged by attempt and no longer by flush, so that a writer that was paused and has lost the lead
-- cannot clear what its successor has staged.
drop table if exists incoming;

create table incoming (
    attempt_id UUID,
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
partition by attempt_id
order by tuple();
