"""Whoever has a screen open is there."""

from collections.abc import Collection

from pista.desk.presence.queries import SEEN_EVERY
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


async def still_there(tx: Tx, present: Collection[tuple[TenantId, UserId]]) -> None:
    """A sign of life of all of these. Of one of them another process may be writing the same."""
    await tx.execute(
        """
        update desk_presence p
        set seen_at = clock_timestamp()
        from (
            select one.tenant_id, one.user_id
            from desk_presence one
            join unnest($1::uuid[], $2::uuid[]) as here (tenant_id, user_id)
                using (tenant_id, user_id)
            where one.seen_at < clock_timestamp() - $3::interval
            for update of one skip locked
        ) seen
        where p.tenant_id = seen.tenant_id and p.user_id = seen.user_id
        """,
        [tenant for tenant, _ in present],
        [user for _, user in present],
        SEEN_EVERY,
    )
