-- The people of an hour, apart from its counts: of one type, and, under an empty type, of all. The
-- statistics read one type's hours in a row, and no state of the other types.
--
-- The sets are exact until they hold tens of thousands, and then too large to merge by the
-- thousand; the sketches have a fixed size. Either bears being filled twice. Bots are left out.
create table if not exists people_hourly (
    tenant_id UUID,
    event_type LowCardinality(String),
    hour DateTime('UTC') codec(Delta, ZSTD(1)),
    site_id UUID,
    visitors AggregateFunction(uniq, String),
    sessions AggregateFunction(uniq, UUID),
    visitors_sketch AggregateFunction(uniqCombined64(12), String),
    sessions_sketch AggregateFunction(uniqCombined64(12), UUID)
)
engine = AggregatingMergeTree
partition by toYYYYMM(hour)
order by (tenant_id, event_type, hour, site_id)
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

create materialized view if not exists people_hourly_fill to people_hourly as
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
where bot = ''
group by tenant_id, event_type, hour, site_id;

-- What was stored before. Nothing here is taken for a repetition, since after a crash a block's
-- token may be known whose rows are not there.
insert into people_hourly
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
where bot = ''
group by tenant_id, event_type, hour, site_id
settings insert_deduplicate = 0, max_partitions_per_insert_block = 0,
    max_bytes_before_external_group_by = 2000000000;

-- The counts keep themselves small.
drop view if exists events_hourly_fill;

alter table events_hourly drop column if exists visitors, drop column if exists sessions;

create materialized view if not exists events_hourly_fill to events_hourly as
select
    tenant_id,
    site_id,
    toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
    event_type,
    bot != '' as is_bot,
    sum(count) as events,
    sum(count * 100 / sampling_rate) as estimated
from events
group by tenant_id, site_id, hour, event_type, is_bot;
