"""The SQL of saved views."""

from collections.abc import Mapping
from typing import Any, LiteralString

from pista.desk.views.model import ViewId, ViewRow
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

_ROW: LiteralString = """
    select
        v.id, v.owner_id, u.name as owner_name, v.name, v.shared, v.terms, v.updated_at
    from desk_views v
    join users u on u.tenant_id = $1 and u.id = v.owner_id
    where v.tenant_id = $1
"""


async def one_at_a_time(tx: Tx, tenant: TenantId, owner: UserId) -> None:
    """Names are told apart, and views counted."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 6))", f"desk views {tenant} {owner}"
    )


async def visible(tx: Tx, tenant: TenantId, user: UserId) -> list[ViewRow]:
    return await tx.all(
        ViewRow,
        _ROW
        + """
        and v.deleted_at is null and (v.owner_id = $2 or v.shared)
        order by lower(v.name), v.id
        """,
        tenant,
        user,
    )


async def hold(tx: Tx, tenant: TenantId, view: ViewId, *, deleted: bool) -> ViewRow | None:
    """Nobody else changes it until the transaction ends."""
    return await tx.one_or_none(
        ViewRow,
        _ROW + "and v.id = $2 and (v.deleted_at is not null) = $3 for no key update of v",
        tenant,
        view,
        deleted,
    )


async def names(tx: Tx, tenant: TenantId, owner: UserId, but: ViewId) -> set[str]:
    """Of the others that this person has, in small letters."""
    rows = await tx.connection.fetch(
        """
        select lower(name) as name
        from desk_views
        where tenant_id = $1 and owner_id = $2 and id <> $3 and deleted_at is null
        """,
        tenant,
        owner,
        but,
    )
    return {row["name"] for row in rows}


async def lowered(tx: Tx, name: str) -> str:
    """As the index has it."""
    return await tx.value("select lower($1)", name)


async def save(tx: Tx, tenant: TenantId, row: ViewRow, terms: Mapping[str, Any]) -> None:
    await tx.execute(
        """
        insert into desk_views (tenant_id, id, owner_id, name, shared, terms, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, id) do update
        set name = excluded.name, shared = excluded.shared, terms = excluded.terms,
            updated_at = excluded.updated_at, deleted_at = null
        """,
        tenant,
        row.id,
        row.owner_id,
        row.name,
        row.shared,
        terms,
        row.updated_at,
    )


async def delete(tx: Tx, tenant: TenantId, view: ViewId) -> None:
    """It can be brought back for a day."""
    await tx.execute(
        """
        update desk_views
        set deleted_at = clock_timestamp()
        where tenant_id = $1 and id = $2
        """,
        tenant,
        view,
    )


async def default(tx: Tx, tenant: TenantId, user: UserId) -> ViewId | None:
    return await tx.value(
        "select view_id from desk_default_views where tenant_id = $1 and user_id = $2",
        tenant,
        user,
    )


async def set_default(tx: Tx, tenant: TenantId, user: UserId, view: ViewId) -> None:
    await tx.execute(
        """
        insert into desk_default_views (tenant_id, user_id, view_id)
        values ($1, $2, $3)
        on conflict (tenant_id, user_id) do update set view_id = excluded.view_id
        """,
        tenant,
        user,
        view,
    )


async def no_default(tx: Tx, tenant: TenantId, user: UserId) -> None:
    await tx.execute(
        "delete from desk_default_views where tenant_id = $1 and user_id = $2", tenant, user
    )
