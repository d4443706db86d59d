"""The SQL of webhooks: as they came, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from pista import queue
from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.ids import TenantId
from pista.store.postgres import Tx

if TYPE_CHECKING:
    from pista.chat.mailbox import Letter


class StoredWebhook(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook that waits to be worked off."""

    id: UUID
    platform: Platform
    channel_ids: list[ChannelId]
    received_at: datetime
    body: bytes | None


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a webhook."""

    id: UUID
    state: str
    detail: str | None
    items: int
    kept: int
    """How many of them were about a channel that it may speak for."""


ADD = (
    """
with letters as (
    select tenant_id, id, platform, channels, received_at, request_id, body, payload
    from unnest(
        $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
        $7::bytea[], $8::text[]
    ) as w (tenant_id, id, platform, channels, received_at, request_id, body, payload)
), kept as (
    insert into chat_webhooks (
        tenant_id, id, platform, channel_ids, received_at, request_id, size, body, state
    )
    select
        tenant_id, id, platform, channels::uuid[], received_at, request_id, length(body), body,
        'waiting'
    from letters
), work as (
    select tenant_id, $9::text as kind, $10::text as queue, payload::jsonb as payload,
        received_at as enqueued_at, $11::smallint as lane
    from letters
)
"""
    + queue.ENQUEUE
)


async def add(tx: Tx, letters: "Sequence[Letter]", works: Sequence[msgspec.Struct]) -> None:
    """Keep webhooks, each with the job that works it off: in one statement, which may be all of
    its transaction."""
    kind = queue.kind_of(type(works[0]))
    await tx.execute(
        ADD,
        [letter.tenant_id for letter in letters],
        [letter.id for letter in letters],
        [letter.platform for letter in letters],
        ["{" + ",".join(map(str, letter.channel_ids)) + "}" for letter in letters],
        [letter.received_at for letter in letters],
        [letter.request_id for letter in letters],
        [letter.body for letter in letters],
        [msgspec.json.encode(work).decode() for work in works],
        kind,
        queue.queue_of(kind),
        queue.Lane.NORMAL,
    )
    queue.awake(tx)


async def waiting(tx: Tx, tenant: TenantId, webhooks: Sequence[UUID]) -> list[StoredWebhook]:
    """Those of them that are not worked off yet, in the order in which they came."""
    return await tx.all(
        StoredWebhook,
        """
        select id, platform, channel_ids, received_at, body
        from chat_webhooks
        where tenant_id = $1 and id = any($2::uuid[]) and state = 'waiting'
        order by id
        """,
        tenant,
        webhooks,
    )


async def finish(tx: Tx, tenant: TenantId, finished: Sequence[Finished], now: datetime) -> None:
    await tx.execute(
        """
        update chat_webhooks w
        set
            state = done.state, detail = done.detail, items = done.items, kept = done.kept,
            finished_at = $3
        from jsonb_to_recordset($2) as done (
            id uuid, state text, detail text, items int, kept int
        )
        where w.tenant_id = $1 and w.id = done.id
        """,
        tenant,
        finished,
        now,
    )
