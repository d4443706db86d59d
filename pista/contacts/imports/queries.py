"""SQL of imports and exports of contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import msgspec

from pista.contacts import rules
from pista.contacts.imports.model import ImportRow, ImportTerms
from pista.contacts.model import ContactRow, Identity
from pista.ids import ContactId, TenantId
from pista.sheets import ImportId, Tables
from pista.store.postgres import Tx

MOST_LISTED = 50
TABLES = Tables("contact_imports", "contact_import_chunks", "contact_import_results")

COLUMNS: LiteralString = """
    tenant_id, id, file, encoding, separator, header, sample, width, rows, mapping, country, tags,
    state, rows_done, created, updated, unchanged, refused, taken_back, kept, undone_to, asked_by,
    created_at, started_at, finished_at
"""


async def one(tx: Tx, tenant: TenantId, import_id: ImportId) -> ImportRow | None:
    return await tx.one_or_none(
        ImportRow,
        "select " + COLUMNS + "from contact_imports where tenant_id = $1 and id = $2",
        tenant,
        import_id,
    )


async def for_update(tx: Tx, tenant: TenantId, import_id: ImportId) -> ImportRow | None:
    return await tx.one_or_none(
        ImportRow,
        "select " + COLUMNS + "from contact_imports where tenant_id = $1 and id = $2 for update",
        tenant,
        import_id,
    )


async def listed(tx: Tx, tenant: TenantId) -> list[ImportRow]:
    """The newest first."""
    return await tx.all(
        ImportRow,
        "select "
        + COLUMNS
        + "from contact_imports where tenant_id = $1 order by created_at desc, id desc limit $2",
        tenant,
        MOST_LISTED,
    )


async def start(
    tx: Tx, tenant: TenantId, import_id: ImportId, terms: ImportTerms, now: datetime
) -> None:
    await tx.execute(
        """
        update contact_imports
        set state = 'running', mapping = $3, header = $4, country = $5, tags = $6, started_at = $7
        where tenant_id = $1 and id = $2
        """,
        tenant,
        import_id,
        msgspec.to_builtins(terms.mapping),
        terms.header,
        terms.country,
        terms.tags,
        now,
    )


async def store(tx: Tx, row: ImportRow) -> None:
    """How far it is."""
    await tx.execute(
        """
        update contact_imports
        set state = $3, rows_done = $4, created = $5, updated = $6, unchanged = $7, refused = $8,
            taken_back = $9, kept = $10, undone_to = $11, finished_at = $12
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.state,
        row.rows_done,
        row.created,
        row.updated,
        row.unchanged,
        row.refused,
        row.taken_back,
        row.kept,
        row.undone_to,
        row.finished_at,
    )


async def add_contacts(tx: Tx, made: Sequence[tuple[ContactRow, Sequence[Identity]]]) -> None:
    """Contacts that nobody knows yet, with what they are known by; in two round trips."""
    await tx.connection.executemany(
        """
        insert into contacts (
            tenant_id, id, name, email, phone, crm_id, attributes, tags, source, created_at,
            updated_at, search
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, array_to_tsvector($11::text[]))
        """,
        [
            (
                *(row.tenant_id, row.id, row.name, row.email, row.phone, row.crm_id),
                *(row.attributes, row.tags, row.source, row.created_at),
                rules.lexemes(row.name, row.tags, row.source, identities),
            )
            for row, identities in made
        ],
    )
    await tx.connection.executemany(
        """
        insert into contact_identities (
            tenant_id, kind, value, contact_id, strength, source, created_at
        )
        values ($1, $2, $3, $4, 'strong', $5, $6)
        """,
        [
            (row.tenant_id, one.kind, one.value, row.id, row.source, row.created_at)
            for row, identities in made
            for one in identities
        ],
    )


async def changed_at(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId], at: datetime
) -> set[ContactId]:
    rows = await tx.connection.fetch(
        "select id from contacts where tenant_id = $1 and id = any ($2) and updated_at = $3",
        tenant,
        contacts,
        at,
    )
    return {ContactId(row["id"]) for row in rows}


async def add_results(
    tx: Tx,
    tenant: TenantId,
    import_id: ImportId,
    results: Sequence[tuple[int, str, ContactId | None, str | None, list[str] | None]],
) -> None:
    await tx.connection.executemany(
        """
        insert into contact_import_results (
            tenant_id, import_id, row, outcome, contact_id, why, cells
        )
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        [(tenant, import_id, *result) for result in results],
    )


async def untouched(
    tx: Tx, tenant: TenantId, import_id: ImportId, after: int, most: int
) -> list[tuple[int, ContactId | None]]:
    """What it made, in order; None for a contact that somebody has changed since, or that is
    gone."""
    rows = await tx.connection.fetch(
        """
        select r.row,
            case when c.updated_at = c.created_at and c.merged_into is null
                    and not exists (
                        select from contacts m
                        where m.tenant_id = r.tenant_id and m.merged_into = c.id
                    )
                    and not exists (
                        select from contact_identities i
                        where i.tenant_id = r.tenant_id and i.contact_id = c.id
                            and (i.source <> 'import' or i.created_at <> c.created_at)
                    )
                then c.id end as contact_id
        from contact_import_results r
        left join contacts c on c.tenant_id = r.tenant_id and c.id = r.contact_id
        where r.tenant_id = $1 and r.import_id = $2 and r.row > $3 and r.contact_id is not null
        order by r.row
        limit $4
        """,
        tenant,
        import_id,
        after,
        most,
    )
    return [(row["row"], row["contact_id"]) for row in rows]


async def remove_contact(tx: Tx, tenant: TenantId, contact: ContactId) -> None:
    """Refused by PostgreSQL where anything points at it."""
    await tx.execute(
        "delete from contact_identities where tenant_id = $1 and contact_id = $2", tenant, contact
    )
    await tx.execute("delete from contacts where tenant_id = $1 and id = $2", tenant, contact)
