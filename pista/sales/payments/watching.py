"""A chore of the leading writer: charges whose time is over, and those that nobody told about."""

import time
from datetime import UTC, datetime, timedelta

from pista.sales.gateways.all import ASKED
from pista.sales.payments import asking, looking, notice_queries, work
from pista.sales.payments import charge_queries as queries
from pista.store.postgres import Lead

EVERY_SECONDS = 5.0
PRUNE_SECONDS = 3600.0
KEPT = timedelta(days=90)
MOST = 200


class PaymentWatcher:
    def __init__(self) -> None:
        self._looked_at = -EVERY_SECONDS
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        moment = time.monotonic()
        if moment - self._looked_at >= EVERY_SECONDS:
            self._looked_at = moment
            await watch(lead, datetime.now(UTC))
        if moment - self._pruned_at >= PRUNE_SECONDS:
            self._pruned_at = moment
            async with lead.transaction() as tx:
                await notice_queries.forget(tx, datetime.now(UTC) - KEPT)


def _next(one: queries.Due, now: datetime) -> datetime | None:
    """Unless what is seen by then says more."""
    if one.gateway not in ASKED:
        return None
    if one.paid_at is not None:
        return looking.after_payment(one.paid_at, now)
    return looking.next_look(one.looks + 1, one.expires_at, now)


async def watch(lead: Lead, now: datetime) -> int:
    """How many were due. Gateways are asked by jobs, which wait for nobody here."""
    async with lead.transaction() as tx:
        due = await queries.take_due(tx, now, MOST)
        for one in due:
            if one.gateway in ASKED:
                await work.look(tx, one.tenant_id, one.id, now)
            await queries.look_later(tx, one, _next(one, now))
    # Each in a transaction of its own: sales are taken before their charges, everywhere.
    for one in due:
        if one.gateway not in ASKED:
            async with lead.transaction() as tx:
                await asking.expire(tx, one.tenant_id, one.id, now)
    return len(due)
