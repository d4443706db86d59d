"""Lets go of who came through a link on days that are over: they are counted by then."""

import time
from datetime import UTC, datetime, timedelta

from pista.clicks import queries
from pista.store.postgres import Lead

KEPT = timedelta(days=2)
"""A click that is written a little after midnight may be of the day before."""
BATCH = 20_000
PAUSE_SECONDS = 30.0


class Pruner:
    """A chore of the writer: some at a time, as long as there are any."""

    def __init__(self) -> None:
        self._next_at = 0.0

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() < self._next_at:
            return
        self._next_at = time.monotonic() + PAUSE_SECONDS
        async with lead.transaction() as tx:
            await queries.forget_people(tx, (datetime.now(UTC) - KEPT).date(), BATCH)
