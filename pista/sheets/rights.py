"""What waiting files hold of one person: erased, row by row."""

from collections.abc import Callable
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.sheets.staging import Tables, packed, unpacked
from pista.store.postgres import Tx

Naming = Callable[[list[str]], bool]
"""Whether a row names the person."""


async def erase(tx: Tx, tables: Tables, tenant: TenantId, naming: Naming) -> int:
    """Rows that name the person are empty then."""
    return (
        await _chunks(tx, tables, tenant, naming)
        + await _samples(tx, tables, tenant, naming)
        + await _results(tx, tables, tenant, naming)
    )


class _Chunk(msgspec.Struct, frozen=True, kw_only=True):
    import_id: UUID
    first_row: int
    body: bytes


async def _chunks(tx: Tx, tables: Tables, tenant: TenantId, naming: Naming) -> int:
    rows = await tx.all(
        _Chunk,
        "select import_id, first_row, body from "
        + tables.chunks
        + " where tenant_id = $1 for update",
        tenant,
    )
    changed = 0
    for row in rows:
        cells = unpacked(row.body)
        kept = _without(cells, naming)
        if kept != cells:
            changed += 1
            await tx.execute(
                "update "
                + tables.chunks
                + " set body = $4 where tenant_id = $1 and import_id = $2 and first_row = $3",
                tenant,
                row.import_id,
                row.first_row,
                packed(kept),
            )
    return changed


class _Sample(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    sample: list[list[str]]


async def _samples(tx: Tx, tables: Tables, tenant: TenantId, naming: Naming) -> int:
    rows = await tx.all(
        _Sample,
        "select id, sample from "
        + tables.imports
        + " where tenant_id = $1 and sample <> '[]' for update",
        tenant,
    )
    changed = 0
    for row in rows:
        kept = _without(row.sample, naming)
        if kept != row.sample:
            changed += 1
            await tx.execute(
                "update " + tables.imports + " set sample = $3 where tenant_id = $1 and id = $2",
                tenant,
                row.id,
                kept,
            )
    return changed


class _Result(msgspec.Struct, frozen=True, kw_only=True):
    import_id: UUID
    row: int
    cells: list[str]


async def _results(tx: Tx, tables: Tables, tenant: TenantId, naming: Naming) -> int:
    rows = await tx.all(
        _Result,
        "select import_id, row, cells from "
        + tables.results
        + " where tenant_id = $1 and cells is not null",
        tenant,
    )
    theirs = [row for row in rows if naming(row.cells)]
    for row in theirs:
        await tx.execute(
            "delete from "
            + tables.results
            + " where tenant_id = $1 and import_id = $2 and row = $3",
            tenant,
            row.import_id,
            row.row,
        )
    return len(theirs)


def _without(cells: list[list[str]], naming: Naming) -> list[list[str]]:
    return [[] if naming(row) else row for row in cells]
