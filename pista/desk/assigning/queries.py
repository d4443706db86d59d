"""The SQL of assignments that can be taken back."""

from collections.abc import Sequence

import msgspec

from pista.desk.assigning.model import AssignmentId, Before, StoredAssignment
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
