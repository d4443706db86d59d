"""Locks by name that are taken without waiting: who waits for nobody is in nobody's way for long,
and cannot be one of two that wait for each other."""

from collections.abc import Sequence

from pista.ids import TenantId
from pista.store.postgres import Tx


async def others(tx: Tx, tenant: TenantId, kind: int, names: Sequence[str]) -> set[str]:
    """Take these until the transaction ends; the answer is those that somebody else has.

    What is found out by a later statement of the transaction stays so, of those that were taken.
    """
    rows = await tx.connection.fetch(
        """
        select name
        from unnest($3::text[]) as name
        where not pg_try_advisory_xact_lock(hashtextextended($1::text || ' ' || name, $2))
        """,
        str(tenant),
        kind,
        names,
    )
    return {row["name"] for row in rows}
