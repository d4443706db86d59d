"""Writes all that is stored of a visitor as one JSON, however much it is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import msgspec

from pista.events import visitors
from pista.ids import TenantId
from pista.privacy.model import VisitorExport
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Tx

EVENTS_A_CHUNK = 500


async def begin(tx: Tx, clickhouse: ClickHouse, tenant: TenantId, visitor: str) -> VisitorExport:
    """All but the stored events, which may be many.

    What waits is read first: an event that is stored meanwhile stands in both places rather than
    in none.
    """
    return VisitorExport(
        tenant_id=tenant,
        visitor_id=visitor,
        exported_at=datetime.now(UTC),
        waiting=await visitors.waiting_of(tx, tenant, visitor),
        unreadable=await visitors.unreadable_of(tx, tenant, visitor),
        weeks=await visitors.weeks_of(clickhouse, tenant, visitor),
        sessions=await visitors.sessions_of(clickhouse, tenant, visitor),
        events=[],
    )


async def written(
    clickhouse: ClickHouse,
    begun: VisitorExport,
    since: datetime | None = None,
    until: datetime | None = None,
) -> AsyncIterator[bytes]:
    """The JSON, readable by a person too: an event a line; those from `since` until `until`."""
    head, end = msgspec.json.format(msgspec.json.encode(begun)).rsplit(b"[]", 1)
    yield head + b"["
    separator = b"\n    "
    lines: list[bytes] = []
    async for event in visitors.events_of(
        clickhouse, begun.tenant_id, begun.visitor_id, since=since, until=until
    ):
        lines.append(separator + msgspec.json.encode(event))
        separator = b",\n    "
        if len(lines) == EVENTS_A_CHUNK:
            yield b"".join(lines)
            lines.clear()
    yield b"".join(lines) + (b"\n  ]" if separator.startswith(b",") else b"]") + end + b"\n"
