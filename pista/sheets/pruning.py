"""Forgets files that nobody started, and what became of the rows of old ones."""

import time
from datetime import UTC, datetime, timedelta

from pista.sheets import staging
from pista.sheets.staging import Tables
from pista.store.postgres import Lead

UPLOADS_KEPT = timedelta(days=1)
RESULTS_KEPT = timedelta(days=30)
PRUNE_SECONDS = 600.0


class Pruner:
    """A chore of the writer."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        now = datetime.now(UTC)
        async with lead.transaction() as tx:
            await staging.forget_old(tx, self._tables, now - UPLOADS_KEPT, now - RESULTS_KEPT)
