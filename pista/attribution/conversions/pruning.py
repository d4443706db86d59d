"""Lets go of what was sent, once nobody asks what it was any more; that it was sent stays."""

import time
from datetime import UTC, datetime, timedelta

from pista.store.postgres import Lead, Tx

PRUNE_SECONDS = 3600.0
KEPT = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=90)
"""Longer than any platform takes anything."""
MOST_AT_ONCE = 5_000


class Pruner:
    """A chore of the writer: payloads are kept for 30 days, and what nobody looks after for 90."""

    def __init__(self) -> None:
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        async with lead.transaction() as tx:
            await forget(tx, datetime.now(UTC) - KEPT)


async def forget(tx: Tx, before: datetime) -> int:
    """Of what is under way nothing while it can be sent: it has to be as it was."""
    return await tx.execute(
        """
        update deliveries d set payload = null
        from (
            select tenant_id, event_id, destination_id from deliveries
            where payload is not null and frozen_at < $1 and (
                state in ('sent', 'dead', 'skipped', 'canceled') or frozen_at < $1 - $3::interval
            )
            order by frozen_at
            limit $2
        ) old
        where d.tenant_id = old.tenant_id and d.event_id = old.event_id
            and d.destination_id = old.destination_id
        """,
        before,
        MOST_AT_ONCE,
        KEPT_AT_MOST - KEPT,
    )
