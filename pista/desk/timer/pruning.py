"""Lets go of what was told an hour ago, and of what can be taken back no more."""

import time
from datetime import timedelta

from pista.desk.timer import queries
from pista.store.postgres import Lead

PRUNE_SECONDS = 60
MESSAGES_KEPT = timedelta(hours=1)
ASSIGNMENTS_KEPT = timedelta(days=1)


class Pruner:
    """A chore of the writer."""

    def __init__(self) -> None:
        self._pruned_at = -float(PRUNE_SECONDS)

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        async with lead.transaction() as tx:
            await queries.prune(tx, MESSAGES_KEPT, ASSIGNMENTS_KEPT)
