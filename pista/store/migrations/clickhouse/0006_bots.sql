-- What bots did, by the quarter of an hour, since that is where the days of all time zones begin:
-- the view of bots reads nothing else, so its time does not grow with what people do.
--
-- These are sums, which do not bear being filled twice: a migration that was cut short begins anew.
drop view if exists bots_fill;

drop table if exists bots;

create table bots (
    tenant_id UUID,
    site_id UUID,
    quarter DateTime('UTC') codec(Delta, ZSTD(1)),
    reason LowCardinality(String),
    name LowCardinality(String),
    host LowCardinality(String),
    path String codec(ZSTD(1)),
    events SimpleAggregateFunction(sum, UInt64)
)
engine = AggregatingMergeTree
partition by toYYYYMM(quarter)
order by (tenant_id, quarter, site_id, reason, name, host, path)
settings non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

create materialized view bots_fill to bots as
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
where bot != ''
group by tenant_id, site_id, quarter, reason, name, host, path;

-- What was stored before.
insert into bots
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
where bot != ''
group by tenant_id, site_id, quarter, reason, name, host, path
settings insert_deduplicate = 0, max_partitions_per_insert_block = 0,
    max_bytes_before_external_group_by = 2000000000;
