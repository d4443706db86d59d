"""Lines as the edge writes them, and what ClickHouse then counts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.events import flush, rows
from pista.ids import FlushId, SiteId, TenantId, uuid7
from pista.store import frames
from pista.store.clickhouse import ClickHouse

TENANT = TenantId(UUID("0190a000-0000-7000-8000-000000000001"))
OTHER_TENANT = TenantId(UUID("0190a000-0000-7000-8000-000000000002"))
SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000a1"))
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 4, 1, tzinfo=UTC)
"""A border between months."""

MakeLine = Callable[..., bytes]


class Counts(msgspec.Struct, frozen=True):
    rows: int
    events: int
    rollup: int


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def make_line(occurred_at: datetime = NOON, **fields: Any) -> bytes:
    """One kept event, a page view of one visitor; `fields` says what is different about it."""
    sender = rows.Sender(
        tenant_id=fields.get("tenant", TENANT),
        site_id=fields.get("site", SITE),
        received_ms=milliseconds(fields.get("received_at", occurred_at)),
        browser=fields.get("browser", "Firefox"),
        os="Linux",
        device="desktop",
        country="",
        bot=fields.get("bot", ""),
    )
    visitor = fields.get("visitor", 1)
    happening = rows.Happening(
        fields.get("event_id") or uuid7(),
        f"v{visitor}",
        UUID(int=fields.get("session", visitor)),
        fields.get("event_type", "PAGE_VIEW"),
        milliseconds(occurred_at),
        fields.get("rate", 100.0),
        False,
    )
    metadata = rows.metadata_bytes(fields.get("metadata"))
    page = rows.Page(host=fields.get("host", ""), path=fields.get("path", ""))
    opening, ending = rows.opening(sender), rows.ending(fields.get("ip", ""))
    return rows.line(opening, rows.middle(page), happening, metadata, ending)


async def flushed(clickhouse: ClickHouse, *lines: bytes) -> None:
    """Store the lines as one flush."""
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, FlushId(uuid7()), staged, aggregate=True)
    await flush.remember(clickhouse, staged)
    await flush.clear(clickhouse, staged.attempt)


async def counts(clickhouse: ClickHouse) -> Counts:
    """Rows and events that are stored, and events by the rollup."""
    return await clickhouse.one(
        Counts,
        """
        select count() as rows, sum(count) as events,
            (select sum(events) from events_hourly) as rollup
        from events
        """,
    )


async def bots_differ(clickhouse: ClickHouse) -> bool:
    """Whether the rollup of bots says anything else than the events do."""
    differences = await clickhouse.all(
        BotCount,
        """
        select toString(quarter) as quarter, reason, path, sum(n) as difference
        from (
            select toStartOfFifteenMinutes(toDateTime(occurred_at, 'UTC')) as quarter,
                bot as reason, path, toInt64(sum(count)) as n
            from events
            where bot != ''
            group by quarter, reason, path
            union all
            select quarter, reason, path, -toInt64(sum(bots.events)) as n
            from bots
            group by quarter, reason, path
        )
        group by quarter, reason, path
        having difference != 0
        """,
    )
    return bool(differences)


class BotCount(msgspec.Struct, frozen=True):
    quarter: str
    reason: str
    path: str
    difference: int
