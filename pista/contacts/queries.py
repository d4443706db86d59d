"""SQL of contacts and of what they are known by."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.contacts.model import (
    ContactIdentity,
    ContactRow,
    Identity,
    Kind,
    Strength,
)
from pista.ids import ContactId, TenantId
from pista.store import locks
from pista.store.postgres import Tx

IDENTITY_LOCKS = 7_405_214


class OwnerRow(msgspec.Struct, frozen=True, kw_only=True):
    kind: Kind
    value: str
    contact_id: ContactId
    root_id: ContactId
    strength: Strength


class HeldRow(msgspec.Struct, frozen=True, kw_only=True):
    root_id: ContactId
    contact_id: ContactId
    kind: Kind
    value: str


class ShownRow(ContactRow, frozen=True, kw_only=True):
    """A contact with the one that is shown for it."""

    root_id: ContactId


async def default_country(tx: Tx, tenant: TenantId) -> str | None:
    return await tx.value(
        "select default_country from contact_settings where tenant_id = $1", tenant
    )


async def set_default_country(tx: Tx, tenant: TenantId, country: str | None) -> None:
    if country is None:
        await tx.execute("delete from contact_settings where tenant_id = $1", tenant)
        return
    await tx.execute(
        """
        insert into contact_settings (tenant_id, default_country)
        values ($1, $2)
        on conflict (tenant_id) do update set default_country = excluded.default_country
        """,
        tenant,
        country,
    )


async def lock_identities(tx: Tx, tenant: TenantId, identities: Sequence[Identity]) -> None:
    """One after the other, for as long as the transaction: who comes second finds the first.

    In one order everywhere, so that two messages cannot wait for each other.
    """
    await tx.execute(
        """
        select pg_advisory_xact_lock(key)
        from (
            select distinct hashtextextended($1::text || ' ' || name, $3) as key
            from unnest($2::text[]) as name
            order by key
        ) keys
        """,
        str(tenant),
        [f"{one.kind} {one.value}" for one in identities],
        IDENTITY_LOCKS,
    )


async def identities_elsewhere(
    tx: Tx, tenant: TenantId, identities: Sequence[Identity]
) -> set[Identity]:
    """The same without waiting; the answer is those that somebody else has locked."""
    names = {f"{one.kind} {one.value}": one for one in identities}
    found = await locks.others(tx, tenant, IDENTITY_LOCKS, list(names))
    return {names[name] for name in found}


async def owners(tx: Tx, tenant: TenantId, identities: Sequence[Identity]) -> list[OwnerRow]:
    """Of those that are somebody's, whose they are. Looked up one by one: a join that was planned
    while the table was empty would read all of it, until it is analyzed."""
    return await tx.all(
        OwnerRow,
        """
        select asked.kind, asked.value, i.contact_id,
            contact_root($1, i.contact_id) as root_id, i.strength
        from unnest($2::text[], $3::text[]) as asked (kind, value)
        cross join lateral (
            select contact_id, strength
            from contact_identities
            where tenant_id = $1 and kind = asked.kind and value = asked.value
            limit 1
        ) i
        """,
        tenant,
        [one.kind for one in identities],
        [one.value for one in identities],
    )


async def held(tx: Tx, tenant: TenantId, roots: Sequence[ContactId]) -> list[HeldRow]:
    """What these contacts are known by, with those merged into them."""
    return await tx.all(
        HeldRow,
        """
        select root.id as root_id, i.contact_id, i.kind, i.value
        from unnest($2::text[]) as root (id)
        cross join lateral contact_family($1, root.id) as member (id)
        join contact_identities i on i.tenant_id = $1 and i.contact_id = member.id
        """,
        tenant,
        roots,
    )


async def identities(tx: Tx, tenant: TenantId, root: ContactId) -> list[ContactIdentity]:
    return await tx.all(
        ContactIdentity,
        """
        select i.kind, i.value, i.strength, i.source, i.created_at as "createdAt",
            i.contact_id as "contactId"
        from contact_family($1, $2) as member (id)
        join contact_identities i on i.tenant_id = $1 and i.contact_id = member.id
        order by i.created_at, i.kind, i.value
        """,
        tenant,
        root,
    )


async def attach(
    tx: Tx,
    tenant: TenantId,
    contact: ContactId,
    given: Sequence[Identity],
    *,
    strength: Strength,
    source: str,
    now: datetime,
) -> None:
    """Take them for this contact; only who typed one has it taken away."""
    await tx.execute(
        """
        insert into contact_identities (
            tenant_id, kind, value, contact_id, strength, source, created_at
        )
        select $1, kind, value, $2, $5, $6, $7
        from unnest($3::text[], $4::text[]) as given (kind, value)
        on conflict (tenant_id, kind, value) do update set
            contact_id = excluded.contact_id,
            strength = excluded.strength,
            source = excluded.source
        where contact_identities.strength = 'provisional' and excluded.strength = 'strong'
        """,
        tenant,
        contact,
        [one.kind for one in given],
        [one.value for one in given],
        strength,
        source,
        now,
    )


async def detach(tx: Tx, tenant: TenantId, root: ContactId, identity: Identity) -> None:
    """No longer of this contact, nor of one merged into it."""
    await tx.execute(
        """
        delete from contact_identities
        where tenant_id = $1 and kind = $3 and value = $4
            and contact_id in (select id from contact_family($1, $2) as member (id))
        """,
        tenant,
        root,
        identity.kind,
        identity.value,
    )


async def hide(tx: Tx, tenant: TenantId, root: ContactId, identity: Identity) -> None:
    """Show it neither of this contact any more, nor of one merged into it."""
    await tx.execute(
        """
        update contacts set
            email = case when $3 = 'email' then nullif(email, $4) else email end,
            phone = case when $3 = 'phone' then nullif(phone, $4) else phone end,
            crm_id = case when $3 = 'crm' then nullif(crm_id, $4) else crm_id end
        where tenant_id = $1 and id in (select contact_family($1, $2))
        """,
        tenant,
        root,
        identity.kind,
        identity.value,
    )


async def add(tx: Tx, row: ContactRow, lexemes: Sequence[str]) -> None:
    """A new contact, and what it is found by."""
    await tx.execute(
        """
        insert into contacts (
            tenant_id, id, name, email, phone, crm_id, attributes, tags, source, created_at,
            updated_at, search
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, array_to_tsvector($12::text[]))
        """,
        row.tenant_id,
        row.id,
        row.name,
        row.email,
        row.phone,
        row.crm_id,
        row.attributes,
        row.tags,
        row.source,
        row.created_at,
        row.updated_at,
        lexemes,
    )


async def store(tx: Tx, row: ContactRow) -> None:
    await tx.execute(
        """
        update contacts set
            name = $3, email = $4, phone = $5, crm_id = $6, attributes = $7, tags = $8,
            updated_at = $9, source = $10, untagged = $11
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.name,
        row.email,
        row.phone,
        row.crm_id,
        row.attributes,
        row.tags,
        row.updated_at,
        row.source,
        row.untagged,
    )


async def lock_merges(tx: Tx, tenant: TenantId) -> None:
    """One merge or undo of a company after the other: meanwhile nothing else has a new root, and
    no two wait for each other."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1::text, 7405217))", str(tenant)
    )


async def root(tx: Tx, tenant: TenantId, contact: ContactId) -> ContactId | None:
    return await tx.value("select contact_root($1, $2)", tenant, contact)


async def row_for_update(tx: Tx, tenant: TenantId, contact: ContactId) -> ContactRow | None:
    """Others may go on pointing to it meanwhile."""
    return await tx.one_or_none(
        ContactRow,
        """
        select tenant_id, id, name, email, phone, crm_id, attributes, tags, source, created_at,
            updated_at, merged_into, untagged
        from contacts
        where tenant_id = $1 and id = $2
        for no key update
        """,
        tenant,
        contact,
    )


async def families(tx: Tx, tenant: TenantId, roots: Sequence[ContactId]) -> list[ShownRow]:
    """These contacts, each followed by those merged into it, the oldest first."""
    return await tx.all(
        ShownRow,
        """
        select root.id as root_id, c.tenant_id, c.id, c.name, c.email, c.phone, c.crm_id,
            c.attributes, c.tags, c.source, c.created_at, c.updated_at, c.merged_into,
            c.untagged
        from unnest($2::text[]) with ordinality as root (id, place)
        cross join lateral contact_family($1, root.id) as member (id)
        join contacts c on c.tenant_id = $1 and c.id = member.id
        order by root.place, c.id <> root.id, c.created_at, c.id
        """,
        tenant,
        roots,
    )


async def page(
    tx: Tx,
    tenant: TenantId,
    query: str | None,
    before_at: datetime | None,
    before_id: ContactId | None,
    most: int,
) -> list[ContactId]:
    """The newest that the query finds, before this one."""
    if query is not None:
        return await _found(tx, tenant, query, before_at, before_id, most)
    found = await tx.all(
        _Id,
        """
        select id
        from contacts
        where tenant_id = $1 and merged_into is null
            and ($2::timestamptz is null or (created_at, id) < ($2, $3))
        order by created_at desc, id desc
        limit $4
        """,
        tenant,
        before_at,
        before_id,
        most,
    )
    return [row.id for row in found]


async def _found(
    tx: Tx,
    tenant: TenantId,
    query: str,
    before_at: datetime | None,
    before_id: ContactId | None,
    most: int,
) -> list[ContactId]:
    found = await tx.all(
        _Id,
        """
        select id
        from contacts_found($1, $2, $3, $4, $5) with ordinality as found (id, place)
        order by place
        """,
        tenant,
        query,
        before_at,
        before_id,
        most,
    )
    return [row.id for row in found]


async def set_search(tx: Tx, tenant: TenantId, root: ContactId, lexemes: list[str]) -> None:
    await tx.execute(
        """
        update contacts set search = array_to_tsvector($3::text[])
        where tenant_id = $1 and id = $2
        """,
        tenant,
        root,
        lexemes,
    )


async def owner(tx: Tx, tenant: TenantId, identity: Identity) -> ContactId | None:
    """The very contact that is known by this."""
    return await tx.value(
        """
        select contact_id
        from contact_identities
        where tenant_id = $1 and kind = $2 and value = $3
        """,
        tenant,
        identity.kind,
        identity.value,
    )


async def shown_value(tx: Tx, tenant: TenantId, identity: Identity) -> ContactId | None:
    """The contact that is known by this."""
    return await tx.value(
        """
        select contact_root(tenant_id, contact_id)
        from contact_identities
        where tenant_id = $1 and kind = $2 and value = $3
        """,
        tenant,
        identity.kind,
        identity.value,
    )


class _Id(msgspec.Struct, frozen=True, kw_only=True):
    id: ContactId
