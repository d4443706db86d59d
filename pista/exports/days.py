"""A day of events as ClickHouse tells it: its counts, and its rows in a file format."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.exports import layout
from pista.exports.model import DayCount, ExportFormat
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse, Setting

NO_FLUSH = UUID(int=0)

SETTINGS: Mapping[str, Setting] = {
    "date_time_output_format": "iso",
    "output_format_json_quote_64bit_integers": 0,
    "output_format_json_escape_forward_slashes": 0,
    # The one codec that BigQuery, Snowflake, DuckDB and Spark have all read from the first day.
    "output_format_parquet_compression_method": "snappy",
    "output_format_parquet_string_as_string": 1,
    # What is held in memory at a time.
    "output_format_parquet_row_group_size": 100_000,
    "max_block_size": 8_192,
    "optimize_read_in_order": 1,
    "max_threads": 2,
    "max_execution_time": 0,
}


class _Range(msgspec.Struct, frozen=True):
    first: date | None
    last: date | None


async def extent(clickhouse: ClickHouse, tenant: TenantId) -> tuple[date, date] | None:
    """The first and the last day with events; None if there is none."""
    found = await clickhouse.one(
        _Range,
        """
        select
            toDate(minOrNull(occurred_at)) as first,
            toDate(maxOrNull(occurred_at)) as last
        from events
        where tenant_id = {tenant:UUID}
        """,
        tenant=tenant,
    )
    return (found.first, found.last) if found.first and found.last else None


async def counts(
    clickhouse: ClickHouse, tenant: TenantId, first: date, last: date
) -> dict[date, DayCount]:
    """Of each day that has events."""
    found = await clickhouse.all(
        DayCount,
        COUNTS,
        tenant=tenant,
        start=layout.start(first),
        end=layout.end(last),
        up_to=NO_FLUSH,
    )
    return {count.day: count for count in found}


async def count(
    clickhouse: ClickHouse, tenant: TenantId, day: date, *, up_to: UUID = NO_FLUSH
) -> DayCount:
    """What the day holds; with `up_to`, of what this flush and those before it have brought."""
    found = await clickhouse.all(
        DayCount,
        COUNTS,
        tenant=tenant,
        start=layout.start(day),
        end=layout.end(day),
        up_to=up_to,
    )
    nothing = DayCount(day=day, rows=0, events=0, fingerprint="", last_flush=NO_FLUSH)
    return found[0] if found else nothing


def rows(
    clickhouse: ClickHouse, tenant: TenantId, form: ExportFormat, count: DayCount
) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
    """The day's rows, those that were counted, in an order that is always the same."""
    return clickhouse.stream(
        STATEMENTS[form],
        settings=SETTINGS,
        tenant=tenant,
        start=layout.start(count.day),
        end=layout.end(count.day),
        up_to=count.last_flush,
    )


# Flush ids sort by time, so what a flush brings while a day is being read can be left out. A day
# lies in one month, and a flush reaches a month in one piece.
_WHERE = """
where tenant_id = {tenant:UUID}
    and occurred_at >= {start:DateTime64(3, 'UTC')}
    and occurred_at < {end:DateTime64(3, 'UTC')}
"""

COUNTS = (
    """
select
    toDate(occurred_at) as day,
    count() as rows,
    sum(count) as events,
    hex(groupBitXor(cityHash64(event_id, occurred_at, count))) as fingerprint,
    UUIDNumToString(max(UUIDToNum(flush_id))) as last_flush
from events
"""
    + _WHERE
    + """
    and ({up_to:UUID} = toUUID('00000000-0000-0000-0000-000000000000')
        or UUIDToNum(flush_id) <= UUIDToNum({up_to:UUID}))
group by day
order by day
"""
)

# Types that every reader knows: ids as text, since not all know Parquet's UUID; counts signed.
ROWS = """
select
    toString(events.event_id) as event_id,
    toString(events.tenant_id) as tenant_id,
    toString(events.site_id) as site_id,
    toString(events.event_type) as event_type,
    visitor_id,
    toString(events.session_id) as session_id,
    occurred_at,
    received_at,
    toInt64(events.count) as count,
    sampling_rate,
    corrected,
    metadata,
    toString(events.host) as host,
    path,
    referrer,
    toString(events.channel) as channel,
    toString(events.utm_source) as utm_source,
    toString(events.utm_medium) as utm_medium,
    toString(events.utm_campaign) as utm_campaign,
    utm_term,
    utm_content,
    toString(events.click_id) as click_id,
    toString(events.browser) as browser,
    toString(events.os) as os,
    toString(events.device) as device,
    toString(events.country) as country,
    toString(events.bot) as bot,
    ip
from events
where events.tenant_id = {tenant:UUID}
    and events.occurred_at >= {start:DateTime64(3, 'UTC')}
    and events.occurred_at < {end:DateTime64(3, 'UTC')}
    and UUIDToNum(events.flush_id) <= UUIDToNum({up_to:UUID})
order by occurred_at, events.event_id
"""

STATEMENTS: Mapping[ExportFormat, LiteralString] = {
    ExportFormat.PARQUET: ROWS + "format Parquet",
    ExportFormat.CSV: ROWS + "format CSVWithNames",
    ExportFormat.NDJSON: ROWS + "format JSONEachRow",
}
