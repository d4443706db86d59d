"""SQL of imports and exports of contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

import msgspec

from pista.contacts.imports.model import ContactImportNotFound, ImportRow, ImportTerms
from pista.ids import ContactId, TenantId
from pista.sheets import Files, ImportId, Tables
from pista.store.postgres import Tx

TABLES = Tables("contact_imports", "contact_import_chunks", "contact_import_results")

_COLUMNS: LiteralString = """
    tenant_id, id, file, encoding, separator, header, sample, width, rows, mapping, country, tags,
    state, rows_done, created, updated, unchanged, refused, taken_back, kept, undone_to, asked_by,
    created_at, started_at, finished_at
"""
FILES = Files(TABLES, _COLUMNS, ImportRow, ContactImportNotFound)


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


async def made(
    tx: Tx, tenant: TenantId, import_id: ImportId, after: int, most: int
) -> list[tuple[int, ContactId]]:
    """Whom it made, in the order of the rows."""
    rows = await tx.connection.fetch(
        """
        select row, contact_id
        from contact_import_results
        where tenant_id = $1 and import_id = $2 and row > $3 and contact_id is not null
        order by row
        limit $4
        """,
        tenant,
        import_id,
        after,
        most,
    )
    return [(row["row"], ContactId(row["contact_id"])) for row in rows]
