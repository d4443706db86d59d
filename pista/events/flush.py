"""One flush, as ClickHouse sees it: stage, store what is new, remember its ids.

Each step bears being repeated after a crash at any moment, with the same flush id:
- staging is each attempt's own, so no attempt reads or clears another's;
- an insert carries the flush id as its deduplication token and is one block per partition, so a
  partition that has it already takes no second copy, and neither does the hourly rollup;
- ids are remembered after their events are stored. The other order would lose events.
"""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from pista.events.model import SiteCount
from pista.events.rows import OPTIONAL, STRUCTURE
from pista.ids import FlushId, uuid7
from pista.store import frames
from pista.store.clickhouse import ClickHouse, ClickHouseAway, Setting

# The token protects a flush only if the flush reaches each partition as one block.
ONE_BLOCK: Mapping[str, Setting] = {
    "max_insert_threads": 1,
    "min_insert_block_size_rows": 1_000_000_000,
    "min_insert_block_size_bytes": 0,
    # Late events may lie in more months than ClickHouse allows by itself.
    "max_partitions_per_insert_block": 0,
    "max_execution_time": 100,
}
# So that a partition's block is recognised, and the view's rows that follow from it.
ONCE: Mapping[str, Setting] = {
    **ONE_BLOCK,
    "insert_deduplicate": 1,
    "deduplicate_blocks_in_dependent_materialized_views": 1,
}
PLAIN: Mapping[str, Setting] = {**ONE_BLOCK, "insert_deduplicate": 0}
READING: Mapping[str, Setting] = {
    **PLAIN,
    "input_format_json_read_objects_as_strings": 1,
    "input_format_null_as_default": 0,
    "input_format_allow_errors_num": 0,
    # Lines from before there was a column have none for it; newer ones may have more.
    "input_format_json_compact_allow_variable_number_of_columns": 1,
}
EVERY_MONTH = 0


class Staged(msgspec.Struct, frozen=True, kw_only=True):
    """A flush's events, read and waiting in ClickHouse."""

    attempt: UUID
    events: int
    sites: list[SiteCount]


class _Count(msgspec.Struct, frozen=True):
    events: int


async def stage(clickhouse: ClickHouse, body: bytes) -> Staged:
    """Have ClickHouse read the journal's frames; a line that it cannot read fails them all."""
    attempt = uuid7()
    await clickhouse.insert(
        STAGE, body, encoding=frames.ENCODING, settings=READING, attempt=attempt
    )
    sites = await clickhouse.all(SiteCount, COUNTS, attempt=attempt)
    return Staged(attempt=attempt, events=sum(site.events for site in sites), sites=sites)


async def store(clickhouse: ClickHouse, flush: FlushId, staged: Staged, *, aggregate: bool) -> None:
    """Store the staged events whose ids are new, for the first time."""
    await clickhouse.execute(
        STORE,
        settings={**ONCE, "insert_deduplication_token": token(flush)},
        flush=flush,
        attempt=staged.attempt,
        month=EVERY_MONTH,
        aggregate=int(aggregate),
    )


async def remember(clickhouse: ClickHouse, staged: Staged) -> None:
    """Remember the ids of the staged events, once those are stored.

    Ids remembered twice do no harm, and those of one flush go into one day's partition: all of
    them or none. At the end all that was staged must still be there; then every step has seen it.
    """
    await clickhouse.execute(REMEMBER, settings=PLAIN, attempt=staged.attempt)
    left = await clickhouse.one(_Count, STILL_STAGED, attempt=staged.attempt)
    if left.events != staged.events:
        raise ClickHouseAway("another writer cleared the events of this flush")


async def clear(clickhouse: ClickHouse, attempt: UUID) -> None:
    """Empty an attempt's staging place."""
    await clickhouse.execute(CLEAR, attempt=attempt)


async def clear_all(clickhouse: ClickHouse) -> None:
    """Empty what attempts that were cut short have left staged."""
    await clickhouse.execute("truncate table incoming")


def token(flush: FlushId) -> str:
    return f"{flush}:events"


STAGE = (
    """
insert into incoming
select
    {attempt:UUID} as attempt_id,
    tenant_id,
    site_id,
    fromUnixTimestamp64Milli(occurred_ms, 'UTC') as occurred_at,
    fromUnixTimestamp64Milli(received_ms, 'UTC') as received_at,
    event_type,
    visitor_id,
    session_id,
    event_id,
    sampling_rate,
    corrected,
    metadata,
    host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip
from input('"""
    + STRUCTURE
    + ","
    + OPTIONAL
    + """')
-- Every event has metadata, `{}` at least: a line without is cut off, and would be taken for whole.
where throwIf(metadata = '', 'The line has too few columns') = 0
format JSONCompactEachRow
"""
)

CLEAR = "alter table incoming drop partition {attempt:String}"

COUNTS = """
select tenant_id, site_id, count() as events,
    min(received_at) as first_at, max(received_at) as last_at
from incoming
where attempt_id = {attempt:UUID}
group by tenant_id, site_id
"""

# Of events with one id the same must win at every repeat, since the partitions of a flush that
# was cut short may hold some of its events already: hence the total order before `limit 1 by`. It
# is for those few alone, as ordering all events would take half of the flush's time.
_KNOWN = """
with known as (
    select tenant_id, id
    from event_ids
    where id in (select UUIDToNum(event_id) from incoming where attempt_id = {attempt:UUID})
), repeated as (
    select tenant_id, event_id
    from incoming
    where attempt_id = {attempt:UUID}
    group by tenant_id, event_id
    having count() > 1
)"""

_FIRST_OF_EACH_ID = """
order by
    tenant_id, event_id,
    received_at, occurred_at, site_id, visitor_id, session_id, event_type, metadata, ip
limit 1 by tenant_id, event_id
"""

FRESH = (
    _KNOWN
    + """, fresh as (
    select tenant_id, occurred_at
    from incoming
    where attempt_id = {attempt:UUID}
        and (tenant_id, UUIDToNum(event_id)) not in known
        and (tenant_id, event_id) not in repeated
    union all
    select tenant_id, occurred_at
    from (
        select *
        from incoming
        where attempt_id = {attempt:UUID}
            and (tenant_id, UUIDToNum(event_id)) not in known
            and (tenant_id, event_id) in repeated
"""
    + _FIRST_OF_EACH_ID
    + """
    )
)
"""
)

# A hash of what events that become one row have in common. It only finds candidates: what
# shares it by chance is told apart when those few are grouped.
_KIN = """
    cityHash64(
        tenant_id, site_id, visitor_id, session_id, event_type, metadata, sampling_rate, bot, ip,
        toStartOfMinute(occurred_at),
        if({aggregate:UInt8} = 1, toUUID('00000000-0000-0000-0000-000000000000'), event_id)
    )
"""

# Most events are alone: nothing to group them with, and their ids come once. Those are passed on
# as they are, since grouping thirty columns of text would take half of the statement's time.
STORE = (
    """
insert into events (
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    count, sampling_rate, corrected, metadata, metadata_hash, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip, flush_id
)
"""
    + _KNOWN
    + ", akin as (select"
    + _KIN
    + """as kin
    from incoming
    where attempt_id = {attempt:UUID}
    group by kin
    having count() > 1
), new as (
    select
        *,
        xxh3(metadata) as hash,
        (tenant_id, event_id) in repeated or """
    + _KIN
    + """in akin as in_company
    from incoming
    where attempt_id = {attempt:UUID}
        and (tenant_id, UUIDToNum(event_id)) not in known
)
select
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    toUInt32(1) as count, sampling_rate, corrected, metadata, hash as metadata_hash,
    host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip, {flush:UUID} as flush_id
from new
where not in_company and ({month:UInt32} = 0 or toYYYYMM(occurred_at) = {month:UInt32})
union all
select
    tenant_id,
    site_id,
    min(fresh.occurred_at) as occurred_at,
    min(fresh.received_at) as received_at,
    event_type,
    visitor_id,
    session_id,
    min(fresh.event_id) as event_id,
    toUInt32(count()) as count,
    sampling_rate,
    max(fresh.corrected) as corrected,
    any(fresh.metadata) as metadata,
    hash as metadata_hash,
    any(fresh.host) as host,
    any(fresh.path) as path,
    any(fresh.referrer) as referrer,
    any(fresh.channel) as channel,
    any(fresh.utm_source) as utm_source,
    any(fresh.utm_medium) as utm_medium,
    any(fresh.utm_campaign) as utm_campaign,
    any(fresh.utm_term) as utm_term,
    any(fresh.utm_content) as utm_content,
    any(fresh.click_id) as click_id,
    any(fresh.browser) as browser,
    any(fresh.os) as os,
    any(fresh.device) as device,
    any(fresh.country) as country,
    bot,
    ip,
    {flush:UUID} as flush_id
from (select * from new where in_company"""
    + _FIRST_OF_EACH_ID
    + """) as fresh
where {month:UInt32} = 0 or toYYYYMM(fresh.occurred_at) = {month:UInt32}
group by
    tenant_id, site_id, visitor_id, session_id, event_type, hash, sampling_rate, bot, ip,
    toStartOfMinute(fresh.occurred_at),
    if({aggregate:UInt8} = 1, toUUID('00000000-0000-0000-0000-000000000000'), fresh.event_id)
"""
)

REMEMBER = """
insert into event_ids (day, id, tenant_id)
select
    (select toDate(max(received_at)) from incoming where attempt_id = {attempt:UUID}) as day,
    UUIDToNum(event_id) as id,
    tenant_id
from incoming
where attempt_id = {attempt:UUID}
"""

STILL_STAGED = "select count() as events from incoming where attempt_id = {attempt:UUID}"
