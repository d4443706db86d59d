"""The SQL of files of clientes: how far each is, and what became of its rows."""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from pista.desk.imports.model import (
    CheckTerms,
    ClienteImportNotFound,
    ImportChoices,
    ImportRow,
    Kept,
    KeptCliente,
    Noted,
)
from pista.desk.model import Actor, ClienteId
from pista.ids import ContactId, TenantId
from pista.sheets import Files, ImportId, Tables
from pista.store.postgres import Tx

MOST_KEPT = 500
TABLES = Tables("cliente_imports", "cliente_import_chunks", "cliente_import_results")

_COLUMNS: LiteralString = """
    tenant_id, id, file, encoding, separator, header, sample, width, rows, terms, choices, state,
    rows_done, found, became, taken_back, kept, asked_by, actor_kind, actor_id, created_at,
    started_at, finished_at
"""
FILES = Files(TABLES, _COLUMNS, ImportRow, ClienteImportNotFound)


class First(msgspec.Struct, frozen=True):
    who: str
    row: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A cliente that an import made or changed."""

    row: int
    outcome: str
    cliente: ClienteId
    contact: ContactId | None
    before: dict[str, object] | None
    state: dict[str, object] | None
    """Of one that it reopened: how it was. Imports of earlier releases did not keep that."""


async def check(tx: Tx, tenant: TenantId, import_id: ImportId, terms: CheckTerms) -> None:
    """From the beginning, whatever was checked before."""
    await tx.execute(
        """
        update cliente_imports
        set state = 'checking', terms = $3, header = $4, rows_done = 0, found = '{}'
        where tenant_id = $1 and id = $2
        """,
        tenant,
        import_id,
        msgspec.to_builtins(terms),
        terms.header,
    )
    await forget_people(tx, tenant, import_id)


async def start(
    tx: Tx, tenant: TenantId, import_id: ImportId, choices: ImportChoices, actor: Actor
) -> None:
    await tx.execute(
        """
        update cliente_imports
        set state = 'running', choices = $3, actor_kind = $4, actor_id = $5, rows_done = 0,
            started_at = clock_timestamp()
        where tenant_id = $1 and id = $2
        """,
        tenant,
        import_id,
        msgspec.to_builtins(choices),
        actor.kind,
        actor.id,
    )


async def store(tx: Tx, row: ImportRow) -> None:
    """How far it is."""
    await tx.execute(
        """
        update cliente_imports
        set state = $3, rows_done = $4, found = $5, became = $6, taken_back = $7, kept = $8,
            finished_at = $9
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.state,
        row.rows_done,
        msgspec.to_builtins(row.found),
        msgspec.to_builtins(row.became),
        row.taken_back,
        row.kept,
        row.finished_at,
    )


async def note_people(
    tx: Tx, tenant: TenantId, import_id: ImportId, people: Sequence[First]
) -> None:
    """Who is there already stays with the row that was first."""
    await tx.execute(
        """
        insert into cliente_import_people (tenant_id, import_id, who, row)
        select $1, $2, who, min(row)
        from unnest($3::text[], $4::int[]) as one (who, row)
        group by who
        on conflict do nothing
        """,
        tenant,
        import_id,
        [one.who for one in people],
        [one.row for one in people],
    )


async def firsts(
    tx: Tx, tenant: TenantId, import_id: ImportId, people: Sequence[str]
) -> dict[str, int]:
    """Of each, the first row that is about them."""
    rows = await tx.all(
        First,
        """
        select who, row
        from cliente_import_people
        where tenant_id = $1 and import_id = $2 and who = any($3::text[])
        """,
        tenant,
        import_id,
        people,
    )
    return {one.who: one.row for one in rows}


async def forget_people(tx: Tx, tenant: TenantId, import_id: ImportId) -> None:
    await tx.execute(
        "delete from cliente_import_people where tenant_id = $1 and import_id = $2",
        tenant,
        import_id,
    )


async def note(tx: Tx, tenant: TenantId, import_id: ImportId, results: Sequence[Noted]) -> None:
    await tx.connection.executemany(
        """
        insert into cliente_import_results (
            tenant_id, import_id, row, outcome, cliente_id, version, contact_id, before, why, cells
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [(tenant, import_id, *msgspec.structs.astuple(one)) for one in results],
    )


async def results(
    tx: Tx, tenant: TenantId, import_id: ImportId, after: int, most: int
) -> list[Result]:
    """Of what it made or changed, in the order of the rows: each with what it did first."""
    return await tx.all(
        Result,
        """
        select
            r.row, r.outcome, r.cliente_id as cliente, r.contact_id as contact, r.before,
            r.before -> 'state' as state
        from cliente_import_results r
        where r.tenant_id = $1 and r.import_id = $2 and r.row > $3
            and r.cliente_id is not null and r.outcome in ('created', 'updated', 'reopened')
            and not exists (
                select from cliente_import_results earlier
                where earlier.tenant_id = $1 and earlier.import_id = $2
                    and earlier.cliente_id = r.cliente_id and earlier.row < r.row
                    and earlier.outcome in ('created', 'updated', 'reopened')
            )
        order by r.row
        limit $4
        """,
        tenant,
        import_id,
        after,
        most,
    )


async def untouched(
    tx: Tx, tenant: TenantId, import_id: ImportId, clientes: Sequence[ClienteId]
) -> set[ClienteId]:
    """Those that nobody has done anything with since; what Pista did by itself, such as taking one
    back whose time was up, is nobody's doing."""
    rows = await tx.connection.fetch(
        """
        select c.id
        from clientes c
        cross join lateral (
            select max(r.version) as version, max(r.at) as at
            from cliente_import_results r
            where r.tenant_id = $1 and r.import_id = $2 and r.cliente_id = c.id
                and r.version is not null
        ) left_as
        where c.tenant_id = $1 and c.id = any($3::bigint[])
            and not exists (
                select from cliente_drafts d
                where d.tenant_id = $1 and d.cliente_id = c.id and d.updated_at > left_as.at
            )
            and not exists (
                select from cliente_locks l
                where l.tenant_id = $1 and l.cliente_id = c.id
                    and l.expires_at > clock_timestamp()
            )
            and c.version = left_as.version + (
                select count(*)
                from desk_history h
                where h.tenant_id = $1 and h.cliente_id = c.id and h.actor_kind = 'system'
                    and h.at > left_as.at
            )
        """,
        tenant,
        import_id,
        clientes,
    )
    return {ClienteId(row["id"]) for row in rows}


async def note_kept(
    tx: Tx, tenant: TenantId, import_id: ImportId, rows: Sequence[int], why: Kept
) -> None:
    await tx.execute(
        """
        update cliente_import_results
        set kept = $4
        where tenant_id = $1 and import_id = $2 and row = any($3::int[])
        """,
        tenant,
        import_id,
        rows,
        why,
    )


async def kept(tx: Tx, tenant: TenantId, import_id: ImportId) -> list[KeptCliente]:
    return await tx.all(
        KeptCliente,
        """
        select c.id, c.nombre, r.kept as why
        from cliente_import_results r
        join clientes c on c.tenant_id = $1 and c.id = r.cliente_id
        where r.tenant_id = $1 and r.import_id = $2 and r.kept is not null
        order by r.row
        limit $3
        """,
        tenant,
        import_id,
        MOST_KEPT,
    )
