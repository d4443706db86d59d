-- When a visitor was first and last seen in a week of UTC, for the retention of visitors. A week of
-- any time zone begins once inside such a week, and first and last tell on which sides of that
-- moment the visitor was there: so it is exact for all zones. Minimum and maximum bear being
-- filled twice. Bots are left out: nobody asks whether they come back.
--
-- A week lies in the month of its last day, and so is kept as long as any of its events.
create table if not exists visitor_weeks (
    tenant_id UUID,
    site_id UUID,
    week Date,
    event_type LowCardinality(String),
    visitor_id String codec(ZSTD(1)),
    first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')) codec(Delta, ZSTD(1)),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) codec(Delta, ZSTD(1))
)
engine = AggregatingMergeTree
partition by toYYYYMM(week + 6)
order by (tenant_id, week, visitor_id, site_id, event_type)
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

create materialized view if not exists visitor_weeks_fill to visitor_weeks as
select
    tenant_id,
    site_id,
    toMonday(occurred_at) as week,
    event_type,
    visitor_id,
    min(occurred_at) as first_at,
    max(occurred_at) as last_at
from events
where bot = ''
group by tenant_id, site_id, week, event_type, visitor_id;

-- What was stored before. Nothing here is taken for a repetition, since after a crash a block's
-- token may be known whose rows are not there.
insert into visitor_weeks
select
    tenant_id,
    site_id,
    toMonday(occurred_at) as week,
    event_type,
    visitor_id,
    min(events.occurred_at) as first_at,
    max(events.occurred_at) as last_at
from events
where bot = ''
group by tenant_id, site_id, week, event_type, visitor_id
settings insert_deduplicate = 0, max_partitions_per_insert_block = 0,
    max_bytes_before_external_group_by = 2000000000;
