"""SQL of what an admin looks at: how much came, and one webhook as it came."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.crm.model import ReceivedId, ReceivedWebhook, SourceId
from pista.ids import TenantId
from pista.store.postgres import Tx


class Whole(ReceivedWebhook, frozen=True, kw_only=True):
    body: bytes | None


class Reopened(msgspec.Struct, frozen=True, kw_only=True):
    id: ReceivedId
    body: bytes


async def counted_since(
    tx: Tx, tenant: TenantId, sources: Sequence[SourceId], since: datetime, most: int
) -> dict[SourceId, int]:
    """How many webhooks each sent, up to so many."""
    rows = await tx.connection.fetch(
        """
        select s.id, (
            select count(*)
            from (
                select
                from webhooks w
                where w.tenant_id = $1 and w.source_id = s.id and w.received_at > $3
                order by w.id desc
                limit $4
            ) latest
        ) as many
        from unnest($2::uuid[]) as s (id)
        """,
        tenant,
        sources,
        since,
        most,
    )
    return {SourceId(row["id"]): row["many"] for row in rows}


async def by_source(
    tx: Tx, tenant: TenantId, received: Sequence[ReceivedId]
) -> dict[SourceId, int]:
    """How many of these each source sent."""
    rows = await tx.connection.fetch(
        """
        select source_id, count(*) as many
        from webhooks
        where tenant_id = $1 and id = any ($2)
        group by source_id
        """,
        tenant,
        received,
    )
    return {SourceId(row["source_id"]): row["many"] for row in rows}


async def whole(tx: Tx, tenant: TenantId, source: SourceId, received: ReceivedId) -> Whole | None:
    return await tx.one_or_none(
        Whole,
        """
        select id, received_at as "receivedAt", state, detail, contact_id as "contactId",
            visitor_id as "visitorId", linking, size as bytes, body is not null as "hasBody", body
        from webhooks
        where tenant_id = $1 and source_id = $2 and id = $3
        """,
        tenant,
        source,
        received,
    )


async def reopen(
    tx: Tx, tenant: TenantId, source: SourceId, received: Sequence[ReceivedId]
) -> list[Reopened]:
    """Those of these that are worked off and whose bodies are kept: they wait again."""
    return await tx.all(
        Reopened,
        """
        update webhooks
        set state = 'waiting', detail = null, finished_at = null
        where tenant_id = $1 and source_id = $2 and id = any ($3)
            and state in ('done', 'ignored') and body is not null
        returning id, body
        """,
        tenant,
        source,
        received,
    )
