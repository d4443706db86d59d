"""What an admin sees of sources, and working off anew what came before the mapping was right."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from msgspec import structs

from pista import queue
from pista.crm import looking_queries, queries, reading, service
from pista.crm.looking_model import ListedSource, ListedSources, ReceivedDetail
from pista.crm.model import DEFAULT_MAPPING, Read, ReceivedId, SourceId, SourceRow, WebhookNotFound
from pista.crm.receiving import ProcessWebhook, about_whom, order_key
from pista.ids import TenantId
from pista.store.postgres import Tx

A_DAY = timedelta(days=1)
MOST_COUNTED = 10_000


async def sources(tx: Tx, tenant: TenantId, *, now: datetime) -> ListedSources:
    """Every source, with how much it sent lately and how much of that failed."""
    rows = await queries.sources(tx, tenant)
    ids = [row.id for row in rows]
    lately = await looking_queries.counted_since(tx, tenant, ids, now - A_DAY, MOST_COUNTED)
    failed = list(await service.failed(tx, tenant))
    failures = await looking_queries.by_source(tx, tenant, failed)
    return ListedSources(
        items=[
            ListedSource(
                **structs.asdict(service.shown(row)),
                last_day=lately[row.id],
                failed=failures.get(row.id, 0),
            )
            for row in rows
        ]
    )


async def one(
    tx: Tx, tenant: TenantId, source_id: SourceId, received: ReceivedId
) -> ReceivedDetail:
    """A webhook as it came, with what it says of a person."""
    source = await service.known(tx, tenant, source_id)
    found = await looking_queries.whole(tx, tenant, source_id, received)
    if found is None:
        raise WebhookNotFound
    fields = structs.asdict(found)
    body = cast("bytes | None", fields.pop("body"))
    if dead := (await service.failed(tx, tenant)).get(received):
        fields |= {"state": "failed", "detail": dead.error}
    payload = None if body is None else service.shown_body(body)
    return ReceivedDetail(**fields, payload=payload, read=_read(source, payload))


async def replay(
    tx: Tx, tenant: TenantId, source_id: SourceId, received: Sequence[ReceivedId], *, now: datetime
) -> int:
    """Work these off once more, as if they had just come, those of one contact, or of one order, in
    the order in which they came."""
    source = await service.known(tx, tenant, source_id)
    again: list[tuple[str, ReceivedId]] = []
    for row in await looking_queries.reopen(tx, tenant, source_id, received):
        payload = msgspec.json.decode(row.body, type=dict[str, Any])
        about = about_whom(payload, source) or str(row.id)
        again.append((order_key(source_id, about), row.id))
    for key, one_of_them in sorted(again):
        work = ProcessWebhook(received_id=one_of_them)
        await queue.enqueue(tx, tenant, work, now=now, key=f"crm:{key}")
    return len(again)


def _read(source: SourceRow, payload: object) -> Read | None:
    # What a shop tells is of a sale, and not of a person.
    if not isinstance(payload, dict) or source.kind == "sale":
        return None
    known = cast("dict[str, Any]", payload)
    if source.kind == "ghl":
        return reading.ghl(known)
    return reading.generic(known, source.mapping or DEFAULT_MAPPING)
