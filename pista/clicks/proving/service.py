"""Looks for a domain's record, and takes the domain for the company that could write it there.

That a request through a domain reaches this Pista proves only that it leads here, and every company
of this Pista could show that. Its records are written by whoever runs it, and by nobody else.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from pista import queue
from pista.clicks.model import WhyUnproven
from pista.clicks.proving import dns, queries
from pista.clicks.proving.dns import NoAnswer, Server
from pista.clicks.proving.queries import Claim
from pista.ids import TenantId
from pista.store.postgres import Tx

RECORD = "_pista."
VALUE = "pista="


async def look(claim: Claim, servers: Sequence[Server]) -> WhyUnproven | None:
    """Why it is not proven; None if it is. Asks name servers, so in no transaction."""
    try:
        found = await dns.texts(RECORD + claim.domain, servers)
    except NoAnswer:
        return "unanswered"
    # Some write the quotes of the example along.
    if VALUE + claim.proof in {one.strip().strip('"').strip() for one in found}:
        return None
    return "other" if found else "missing"


async def note(
    tx: Tx, tenant: TenantId, claim: Claim, why: WhyUnproven | None, *, now: datetime
) -> WhyUnproven | None:
    """Write down what was seen; the first to prove a domain has it."""
    if why is None:
        try:
            async with tx.connection.transaction():
                await queries.prove(tx, tenant, claim, now)
        except asyncpg.UniqueViolationError:
            why = "taken"
        else:
            tx.tell(queue.CONFIG)
            return None
    elif await queries.is_taken(tx, claim.domain):
        why = "taken"
    await queries.note(tx, tenant, claim, why, now)
    return why
