"""What a screen missed while its socket was away."""

from pista.desk.live import queries
from pista.desk.live.model import frame_of
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx

MOST = 500
"""Messages that are told one by one; with more it is quicker to fetch everything again."""
MOST_SEQ = 2**63 - 1


async def missed(
    tx: Tx, tenant: TenantId, asesor: UserId | None, *, after: int, place: str
) -> list[str] | None:
    """The messages that became visible after this one did, up to `place`; None: too much, or too
    long ago. `asesor`: whose, or None for whoever hears all."""
    if not 0 < after <= MOST_SEQ:
        return None
    known = await queries.known_with(tx, tenant, after)
    if known is None:
        return None
    rows = await queries.missed(
        tx, tenant, asesor, after=after, known=known, place=place, most=MOST + 1
    )
    return None if len(rows) > MOST else [frame_of(row.seq, row.body) for row in rows]
