"""ClickHouse's part of an import: reading a file, judging its rows, storing those that are new."""

from collections.abc import Mapping
from typing import LiteralString

from pista.exports.model import ExportFormat
from pista.store.clickhouse import Setting

READING: Mapping[str, Setting] = {
    "max_insert_threads": 1,
    "max_threads": 2,
    "max_partitions_per_insert_block": 0,
    "max_execution_time": 0,
    "date_time_input_format": "best_effort",
    "input_format_null_as_default": 1,
    "input_format_skip_unknown_fields": 1,
    "input_format_defaults_for_omitted_fields": 1,
    "input_format_parquet_allow_missing_columns": 1,
    "input_format_parquet_case_insensitive_column_matching": 1,
    "input_format_json_read_objects_as_strings": 1,
    "input_format_with_names_use_header": 1,
}

STRUCTURE = """
    event_id UUID, tenant_id UUID, site_id UUID, event_type String, visitor_id String,
    session_id UUID, occurred_at DateTime64(3, ''UTC''), received_at DateTime64(3, ''UTC''),
    count Int64, sampling_rate Float32, corrected Bool, metadata String, host String,
    path String, referrer String, channel String, utm_source String, utm_medium String,
    utm_campaign String, utm_term String, utm_content String, click_id String,
    browser String, os String, device String, country String, bot String, ip String
"""

# What a file need not have: of an event that says no more, it is one and was kept for certain.
_STAGE = (
    """
insert into import_rows (
    import_id, tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id,
    event_id, count, sampling_rate, corrected, metadata, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip
)
select
    {batch:UUID}, tenant_id, site_id, occurred_at,
    if(toUnixTimestamp64Milli(received_at) = 0, occurred_at, received_at),
    event_type, visitor_id, session_id, event_id,
    if(count = 0, 1, count), if(sampling_rate = 0, 100, sampling_rate), corrected,
    if(metadata = '', '{}', metadata), host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip
from input('"""
    + STRUCTURE
    + """')
"""
)

STAGE: Mapping[ExportFormat, LiteralString] = {
    ExportFormat.PARQUET: _STAGE + "format Parquet",
    ExportFormat.CSV: _STAGE + "format CSVWithNames",
    ExportFormat.NDJSON: _STAGE + "format JSONEachRow",
}

_ZERO = "toUUID('00000000-0000-0000-0000-000000000000')"

# What is wrong with a row; nothing with those that are imported.
_JUDGED = (
    """
select *, multiIf(
    {site:UUID} = """
    + _ZERO
    + " and tenant_id not in ({tenant:UUID}, "
    + _ZERO
    + """), 'other_company',
    {site:UUID} = """
    + _ZERO
    + """ and not has({sites:Array(UUID)}, site_id), 'unknown_site',
    event_id = """
    + _ZERO
    + """, 'no_event_id',
    not match(event_type, '^[A-Z][A-Z0-9_]*$') or length(event_type) > 64, 'event_type_invalid',
    not match(visitor_id, '^[A-Za-z0-9_-]+$') or length(visitor_id) > 64, 'visitor_id_invalid',
    occurred_at < {oldest:DateTime64(3, 'UTC')}, 'too_old',
    occurred_at > {newest:DateTime64(3, 'UTC')}, 'future',
    count < 1 or count > 4294967295, 'count_invalid',
    not (sampling_rate > 0 and sampling_rate <= 100), 'sampling_rate_invalid',
    length(metadata) > 8192 or not startsWith(metadata, '{') or not isValidJSON(metadata),
        'metadata_invalid',
    '') as problem
from import_rows
where import_id = {batch:UUID}
"""
)

VERDICT = (
    "select problem, count() as rows from ("
    + _JUDGED
    + ") group by problem order by rows desc, problem"
)

_AFTER = """
    and (occurred_at, event_id) > ({done_at:DateTime64(3, 'UTC')}, {done_id:UUID})
"""
_CHUNK = _AFTER + "and (occurred_at, event_id) <= ({to_at:DateTime64(3, 'UTC')}, {to_id:UUID})\n"

BOUND = (
    """
select occurred_at as at, event_id as id
from (
    select occurred_at, event_id
    from import_rows
    where import_id = {batch:UUID}
"""
    + _AFTER
    + """
    order by occurred_at, event_id
    limit {rows:UInt64}
)
order by at desc, id desc
limit 1
"""
)

# An event is there already if its id is, at any of the times that these rows have.
STORE = (
    """
insert into events (
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    count, sampling_rate, corrected, metadata, metadata_hash, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip, flush_id
)
with chunk as (
    select * from ("""
    + _JUDGED
    + _CHUNK
    + """) where problem = ''
), known as (
    select event_id
    from events
    where tenant_id = {tenant:UUID}
        and occurred_at >= {done_at:DateTime64(3, 'UTC')}
        and occurred_at <= {to_at:DateTime64(3, 'UTC')}
        and event_id in (select event_id from chunk)
)
select
    {tenant:UUID}, if({site:UUID} = """
    + _ZERO
    + """, site_id, {site:UUID}), occurred_at, received_at, event_type, visitor_id, session_id,
    event_id, toUInt32(count), sampling_rate, corrected, metadata, xxh3(metadata), host, path,
    referrer, channel, utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot, ip, {flush:UUID}
from (
    select * from chunk
    where event_id not in known
    order by occurred_at, event_id, visitor_id, session_id, event_type, count, metadata
    limit 1 by event_id
)
"""
)

# Clients may still send again what arrived in these hours.
REMEMBER = (
    """
insert into event_ids (day, id, tenant_id)
select toDate(received_at) as day, UUIDToNum(event_id) as id, {tenant:UUID} as tenant_id
from ("""
    + _JUDGED
    + _CHUNK
    + """)
where problem = '' and received_at >= {arrived:DateTime64(3, 'UTC')}
"""
)

WALKED = (
    """
select count() as rows
from import_rows
where import_id = {batch:UUID}
"""
    + _CHUNK
)

STORED = """
select count() as rows, sum(count) as events
from events
where tenant_id = {tenant:UUID} and flush_id = {flush:UUID}
    and occurred_at >= {done_at:DateTime64(3, 'UTC')}
    and occurred_at <= {to_at:DateTime64(3, 'UTC')}
"""

# Recovery looks at the tenants and times of what is staged, and at nothing else.
POINT_AT = """
insert into incoming (attempt_id, tenant_id, occurred_at)
select {attempt:UUID}, tenant_id, occurred_at
from events
where tenant_id = {tenant:UUID} and flush_id = {flush:UUID}
    and occurred_at >= {done_at:DateTime64(3, 'UTC')}
    and occurred_at <= {to_at:DateTime64(3, 'UTC')}
"""

SITES = (
    """
select
    {tenant:UUID} as tenant_id,
    if({site:UUID} = """
    + _ZERO
    + """, site_id, {site:UUID}) as site_id,
    count() as events,
    min(received_at) as first_at,
    max(received_at) as last_at
from ("""
    + _JUDGED
    + """)
where problem = ''
group by site_id
"""
)

LEFT = """
select distinct partition as id
from system.parts
where active and database = currentDatabase() and table = 'import_rows'
"""

DROP = "alter table import_rows drop partition {batch:String}"
