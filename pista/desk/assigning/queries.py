"""The SQL of assignments that can be taken back."""

from collections.abc import Sequence

import msgspec

from pista.desk.assigning.model import AssignmentId, Before, StoredAssignment
from pista.desk.model import ClienteId
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


async def note(
    tx: Tx, tenant: TenantId, assignment: AssignmentId, by: UserId | None, before: Sequence[Before]
) -> None:
    await tx.execute(
        """
        insert into desk_assignments (tenant_id, id, made_by, made_at, before)
        values ($1, $2, $3, clock_timestamp(), $4)
        """,
        tenant,
        assignment,
        by,
        msgspec.to_builtins(before),
    )


async def kept_back(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> set[ClienteId]:
    """Those that a supervisor had taken back: they are not given out by themselves."""
    rows = await tx.connection.fetch(
        "select id from clientes where tenant_id = $1 and id = any($2::bigint[]) and kept_back",
        tenant,
        clientes,
    )
    return {ClienteId(row["id"]) for row in rows}


async def let_be_shared(tx: Tx, tenant: TenantId, clientes: Sequence[ClienteId]) -> None:
    """They may be given out by themselves again. They must be held."""
    await tx.execute(
        "update clientes set kept_back = false where tenant_id = $1 and id = any($2::bigint[])",
        tenant,
        clientes,
    )


async def hold(tx: Tx, tenant: TenantId, assignment: AssignmentId) -> StoredAssignment | None:
    """Nobody else takes it back meanwhile."""
    return await tx.one_or_none(
        StoredAssignment,
        """
        select before, undone_at
        from desk_assignments
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        assignment,
    )


async def note_undone(tx: Tx, tenant: TenantId, assignment: AssignmentId) -> None:
    await tx.execute(
        """
        update desk_assignments
        set undone_at = clock_timestamp()
        where tenant_id = $1 and id = $2
        """,
        tenant,
        assignment,
    )
