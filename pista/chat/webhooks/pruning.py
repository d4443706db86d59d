"""A chore of the writer: let go of bodies after 30 days, and of what became of them after 90."""

import time
from datetime import UTC, datetime, timedelta

from pista.chat.webhooks import queries
from pista.store.postgres import Lead

BODY_KEPT = timedelta(days=30)
KEPT = timedelta(days=90)
PRUNE_SECONDS = 60.0


class WebhookPruner:
    def __init__(self) -> None:
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        await prune(lead, datetime.now(UTC))


async def prune(lead: Lead, now: datetime) -> None:
    async with lead.transaction() as tx:
        await queries.forget_bodies(tx, now - BODY_KEPT)
        await queries.forget(tx, now - KEPT)
        await queries.forget_news(tx, now - KEPT)
