"""Whoever has a window open is there; whoever closes the last one has gone.

A window is an open socket that answers. Each web process tells of its own, and the database's clock
says who is there: another process with a window of the same person keeps them, before what the one
that lost them has left is over. So no process has to know of the others, and one that dies holds
nobody for long.
"""

from collections.abc import Collection
from datetime import timedelta

from pista.desk import announcing
from pista.desk.presence import queries
from pista.desk.presence.queries import Told, Whom
from pista.store.postgres import Tx

LEASE = timedelta(seconds=15)
RENEWED = timedelta(seconds=8)
"""With so much left it is renewed."""
GRACE = timedelta(seconds=3)
"""From the last window of a process until they have gone: a reload takes less, and another
process looks more often."""


async def note(tx: Tx, opened: Collection[Whom], closed: Collection[Whom]) -> None:
    """Whose windows are open, and whose were until now. Supervisors hear who came and who went."""
    if opened:
        tell(tx, await queries.keep(tx, opened, LEASE, RENEWED))
    if closed:
        await queries.let_go(tx, closed, GRACE)
    tenants = {tenant for tenant, _ in (*opened, *closed)}
    tell(tx, await queries.end(tx, tenants))


def tell(tx: Tx, people: Collection[Told]) -> None:
    for one in people:
        told = {"type": "ASESOR_PRESENCE", "asesorId": one.user_id, "state": one.state}
        body = {**told, "reason": one.reason, "since": one.since}
        announcing.mention(tx, one.tenant_id, [one.user_id], body)
