"""Lets go of vouchers: a claim leans on one of the same hour, or on none."""

import time
from datetime import UTC, datetime, timedelta

from pista.identity import voucher_queries
from pista.store.postgres import Lead

# A claim may be worked off long after it was made, when no worker was there.
KEPT = timedelta(days=2)
BATCH = 1_000
MOST_BATCHES = 20
PRUNE_SECONDS = 60.0


class Pruner:
    """A chore of the writer, now and then."""

    def __init__(self) -> None:
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        await prune(lead, datetime.now(UTC))


async def prune(lead: Lead, now: datetime, *, batch: int = BATCH) -> int:
    """In transactions that are soon over; what is left then is for the next time."""
    gone = 0
    for _ in range(MOST_BATCHES):
        async with lead.transaction() as tx:
            found = await voucher_queries.forget(tx, now - KEPT, batch)
        gone += found
        if found < batch:
            break
    return gone
