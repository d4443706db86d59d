"""SQL of webhook sources and of what they sent, one statement per function."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from pista.crm.model import (
    Mapping,
    ReceivedId,
    ReceivedWebhook,
    SaleMapping,
    SourceId,
    SourceRow,
    State,
)
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

MOST_PRUNED = 2_000


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook that is to be worked off, with what its source says of it."""

    id: ReceivedId
    source_id: SourceId
    received_at: datetime
    body: bytes | None
    state: State
    kind: str
    mapping: Mapping | None
    sale_mapping: SaleMapping | None
    again: bool
    """Whether it was worked off before, maybe by another mapping."""


class Version(NamedTuple):
    """How new what a source tells of a contact is, by the sender's own clock."""

    source_id: SourceId
    contact: str
    told_at: datetime


class Became(NamedTuple):
    """What became of a webhook that made a contact."""

    id: ReceivedId
    contact: ContactId
    visitor: str | None
    linking: str | None


async def lock_sources(tx: Tx, tenant: TenantId) -> None:
    """Whoever counts sources and adds one does so alone."""
    await tx.execute("select id from tenants where id = $1 for no key update", tenant)


async def count_sources(tx: Tx, tenant: TenantId) -> int:
    return await tx.value("select count(*) from webhook_sources where tenant_id = $1", tenant)


async def add_source(tx: Tx, row: SourceRow) -> None:
    await tx.execute(
        """
        insert into webhook_sources (
            tenant_id, id, kind, name, secret_hash, location_id, public_key, mapping, created_at,
            sale_mapping
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        row.tenant_id,
        row.id,
        row.kind,
        row.name,
        row.secret_hash,
        row.location_id,
        row.public_key,
        _mapping(row.mapping),
        row.created_at,
        _mapping(row.sale_mapping),
    )


async def sources(tx: Tx, tenant: TenantId) -> list[SourceRow]:
    return await tx.all(
        SourceRow,
        """
        select tenant_id, id, kind, name, secret_hash, enabled, location_id, public_key, mapping,
            sale_mapping, created_at, last_received_at
        from webhook_sources
        where tenant_id = $1
        order by created_at, id
        """,
        tenant,
    )


async def source(tx: Tx, tenant: TenantId, source_id: SourceId) -> SourceRow | None:
    return await tx.one_or_none(
        SourceRow,
        """
        select tenant_id, id, kind, name, secret_hash, enabled, location_id, public_key, mapping,
            sale_mapping, created_at, last_received_at
        from webhook_sources
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        source_id,
    )


async def source_at_the_door(tx: Tx, source_id: SourceId) -> SourceRow | None:
    """Whose it is, nobody knows yet; the secret is still to be compared."""
    return await tx.one_or_none(
        SourceRow,
        """
        select tenant_id, id, kind, name, secret_hash, enabled, location_id, public_key, mapping,
            sale_mapping, created_at, last_received_at
        from webhook_sources
        where id = $1
        """,
        source_id,
    )


async def change_source(tx: Tx, row: SourceRow) -> None:
    await tx.execute(
        """
        update webhook_sources
        set name = $3, enabled = $4, location_id = $5, public_key = $6, mapping = $7,
            secret_hash = $8, sale_mapping = $9
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.name,
        row.enabled,
        row.location_id,
        row.public_key,
        _mapping(row.mapping),
        row.secret_hash,
        _mapping(row.sale_mapping),
    )


async def delete_source(tx: Tx, tenant: TenantId, source_id: SourceId) -> bool:
    """With all that it sent."""
    return bool(
        await tx.execute(
            "delete from webhook_sources where tenant_id = $1 and id = $2", tenant, source_id
        )
    )


async def note_received(tx: Tx, source: SourceRow, now: datetime) -> None:
    """Unless another of its webhooks does so in this moment, whose commit this would wait for."""
    await tx.execute(
        """
        update webhook_sources set last_received_at = $3::timestamptz
        where (tenant_id, id) in (
            select tenant_id, id from webhook_sources
            where tenant_id = $1 and id = $2
                and coalesce(last_received_at < $3::timestamptz, true)
            for no key update skip locked
        )
        """,
        source.tenant_id,
        source.id,
        now,
    )


async def add(
    tx: Tx,
    source: SourceRow,
    received: ReceivedId,
    body: bytes,
    webhook_id: str | None,
    state: State,
    detail: str | None,
    now: datetime,
) -> bool:
    """Keep a webhook; False if this very one is there."""
    return bool(
        await tx.execute(
            """
            insert into webhooks (
                tenant_id, id, source_id, received_at, webhook_id, size, body, state, detail
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (tenant_id, source_id, webhook_id) where webhook_id is not null do nothing
            """,
            source.tenant_id,
            received,
            source.id,
            now,
            webhook_id,
            len(body),
            body,
            state,
            detail,
        )
    )


async def first(tx: Tx, source: SourceRow, webhook_id: str) -> ReceivedId:
    return await tx.value(
        """
        select id from webhooks where tenant_id = $1 and source_id = $2 and webhook_id = $3
        """,
        source.tenant_id,
        source.id,
        webhook_id,
    )


async def stored(tx: Tx, tenant: TenantId, received: ReceivedId) -> Stored | None:
    return await tx.one_or_none(
        Stored,
        """
        select w.id, w.source_id, w.received_at, w.body, w.state, s.kind, s.mapping,
            s.sale_mapping, w.contact_id is not null as again
        from webhooks w
        join webhook_sources s on s.tenant_id = w.tenant_id and s.id = w.source_id
        where w.tenant_id = $1 and w.id = $2
        for update of w
        """,
        tenant,
        received,
    )


async def stored_many(tx: Tx, tenant: TenantId, received: Sequence[ReceivedId]) -> list[Stored]:
    """Those of them that wait to be worked off, and that nobody else has in hand."""
    return await tx.all(
        Stored,
        """
        select w.id, w.source_id, w.received_at, w.body, w.state, s.kind, s.mapping,
            s.sale_mapping, w.contact_id is not null as again
        from webhooks w
        join webhook_sources s on s.tenant_id = w.tenant_id and s.id = w.source_id
        where w.tenant_id = $1 and w.id = any ($2) and w.state = 'waiting'
        for update of w skip locked
        """,
        tenant,
        received,
    )


async def finish_many(tx: Tx, tenant: TenantId, became: Sequence[Became], now: datetime) -> None:
    await tx.execute(
        """
        update webhooks w
        set state = 'done', finished_at = $6, contact_id = given.contact,
            visitor_id = given.visitor, linking = given.linking
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
            as given (id, contact, visitor, linking)
        where w.tenant_id = $1 and w.id = given.id
        """,
        tenant,
        [one.id for one in became],
        [one.contact for one in became],
        [one.visitor for one in became],
        [one.linking for one in became],
        now,
    )


async def finish(
    tx: Tx,
    tenant: TenantId,
    received: ReceivedId,
    state: State,
    detail: str | None,
    now: datetime,
    *,
    contact: str | None = None,
    visitor: str | None = None,
    linking: str | None = None,
) -> None:
    await tx.execute(
        """
        update webhooks
        set state = $3, detail = $4, finished_at = $5, contact_id = $6, visitor_id = $7,
            linking = $8
        where tenant_id = $1 and id = $2
        """,
        tenant,
        received,
        state,
        detail,
        now,
        contact,
        visitor,
        linking,
    )


async def newest(tx: Tx, tenant: TenantId, versions: Sequence[Version]) -> list[Version]:
    """Note how new these are; the answer is without those of whose contact something newer is
    known."""
    rows = await tx.connection.fetch(
        """
        insert into webhook_contacts (tenant_id, source_id, contact, told_at)
        select $1, source_id, contact, told_at
        from unnest($2::uuid[], $3::text[], $4::timestamptz[])
            as given (source_id, contact, told_at)
        order by source_id, contact
        on conflict (tenant_id, source_id, contact) do update set told_at = excluded.told_at
        where webhook_contacts.told_at <= excluded.told_at
        returning source_id, contact, told_at
        """,
        tenant,
        [one.source_id for one in versions],
        [one.contact for one in versions],
        [one.told_at for one in versions],
    )
    return [Version(*row.values()) for row in rows]


async def received(tx: Tx, tenant: TenantId, source: SourceId, most: int) -> list[ReceivedWebhook]:
    return await tx.all(
        ReceivedWebhook,
        """
        select id, received_at as "receivedAt", state, detail, contact_id as "contactId",
            visitor_id as "visitorId", linking, size as bytes, body is not null as "hasBody"
        from webhooks
        where tenant_id = $1 and source_id = $2
        order by id desc
        limit $3
        """,
        tenant,
        source,
        most,
    )


class LastBody(msgspec.Struct, frozen=True, kw_only=True):
    received_at: datetime
    body: bytes


async def last_body(tx: Tx, tenant: TenantId, source: SourceId) -> LastBody | None:
    return await tx.one_or_none(
        LastBody,
        """
        select received_at, body
        from webhooks
        where tenant_id = $1 and source_id = $2 and body is not null
        order by id desc
        limit 1
        """,
        tenant,
        source,
    )


async def forget_bodies(tx: Tx, before: datetime) -> int:
    """What was received before this keeps what became of it, and no more."""
    return await tx.execute(
        """
        update webhooks set body = null
        where (tenant_id, id) in (
            select tenant_id, id from webhooks
            where received_at < $1 and body is not null and state <> 'waiting'
            order by received_at
            limit $2
            for update skip locked
        )
        """,
        before,
        MOST_PRUNED,
    )


async def forget(tx: Tx, before: datetime) -> int:
    return await tx.execute(
        "delete from webhooks where received_at < $1 and state <> 'waiting'", before
    )


async def count_unproven(tx: Tx, tenant: TenantId, site: UUID, hour: datetime, most: int) -> bool:
    """Count one more contact that nobody vouches for; False if there are so many this hour."""
    return bool(
        await tx.execute(
            """
            insert into unproven_contacts (tenant_id, site_id, hour, made)
            values ($1, $2, $3, 1)
            on conflict (tenant_id, site_id) do update set
                hour = excluded.hour,
                made = case
                    when unproven_contacts.hour = excluded.hour then unproven_contacts.made + 1
                    else 1
                end
            where unproven_contacts.hour <> excluded.hour or unproven_contacts.made < $4
            """,
            tenant,
            site,
            hour,
            most,
        )
    )


def _mapping(mapping: Mapping | SaleMapping | None) -> object:
    return None if mapping is None else msgspec.to_builtins(mapping)


async def knows_location(tx: Tx, tenant: TenantId, location: str) -> bool:
    """Whether a source of GoHighLevel may be of this location; one that names none may."""
    return await tx.value(
        """
        select exists (
            select from webhook_sources
            where tenant_id = $1 and kind = 'ghl' and enabled
                and coalesce(location_id, $2::text) = $2
        )
        """,
        tenant,
        location,
    )
