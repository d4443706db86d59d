"""What files that are imported hold of one person: erased."""

from typing import Any
from uuid import UUID

import msgspec

from pista.contacts.naming import Names
from pista.contacts.rights import Held, Person
from pista.ids import TenantId
from pista.store import frames
from pista.store.postgres import Tx


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Rows that name the person are empty then; who was made of a row is not known any more."""
    names, tenant = Names(person.identities), person.tenant_id
    await tx.execute(
        """
        delete from contact_import_results where tenant_id = $1 and contact_id = any ($2)
        """,
        tenant,
        person.family,
    )
    return {
        "importedRows": await _chunks(tx, tenant, names)
        + await _samples(tx, tenant, names)
        + await _results(tx, tenant, names)
    }


class _Chunk(msgspec.Struct, frozen=True, kw_only=True):
    import_id: UUID
    first_row: int
    body: bytes


async def _chunks(tx: Tx, tenant: TenantId, names: Names) -> int:
    rows = await tx.all(
        _Chunk,
        "select import_id, first_row, body from contact_import_chunks where tenant_id = $1"
        " for update",
        tenant,
    )
    changed = 0
    for row in rows:
        cells = msgspec.json.decode(frames.unpack(row.body), type=list[list[str]])
        kept = _without(cells, names)
        if kept != cells:
            changed += 1
            await tx.execute(
                """
                update contact_import_chunks set body = $4
                where tenant_id = $1 and import_id = $2 and first_row = $3
                """,
                tenant,
                row.import_id,
                row.first_row,
                frames.pack(msgspec.json.encode(kept)),
            )
    return changed


class _Sample(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    sample: list[list[str]]


async def _samples(tx: Tx, tenant: TenantId, names: Names) -> int:
    rows = await tx.all(
        _Sample,
        "select id, sample from contact_imports where tenant_id = $1 and sample <> '[]' for update",
        tenant,
    )
    changed = 0
    for row in rows:
        kept = _without(row.sample, names)
        if kept != row.sample:
            changed += 1
            await tx.execute(
                "update contact_imports set sample = $3 where tenant_id = $1 and id = $2",
                tenant,
                row.id,
                kept,
            )
    return changed


class _Result(msgspec.Struct, frozen=True, kw_only=True):
    import_id: UUID
    row: int
    cells: list[str]


async def _results(tx: Tx, tenant: TenantId, names: Names) -> int:
    rows = await tx.all(
        _Result,
        """
        select import_id, row, cells
        from contact_import_results
        where tenant_id = $1 and cells is not null
        """,
        tenant,
    )
    naming: list[Any] = [row for row in rows if names.named_in(row.cells)]
    for row in naming:
        await tx.execute(
            """
            delete from contact_import_results
            where tenant_id = $1 and import_id = $2 and row = $3
            """,
            tenant,
            row.import_id,
            row.row,
        )
    return len(naming)


def _without(cells: list[list[str]], names: Names) -> list[list[str]]:
    return [[] if names.named_in(row) else row for row in cells]


RIGHTS = Held(select={}, erase=erase)
