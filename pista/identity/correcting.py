"""A message is worked off once more, read otherwise than before: what it does not say is unsaid."""

from datetime import datetime

from pista.identity import deciding, queries
from pista.identity.model import ClaimRow, Method
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


async def unsay(
    tx: Tx,
    tenant: TenantId,
    method: Method,
    key: str,
    *,
    besides: tuple[VisitorId, ContactId] | None,
    now: datetime,
) -> str:
    """Take back what a message with this key has claimed, but for what it claims now; the answer is
    the key under which it does. What a person took back stays so."""
    earlier = await _earlier(tx, tenant, method, key)
    named = [row.visitor_id for row in earlier] + ([besides[0]] if besides else [])
    browsers = {one: await queries.lock_visitor(tx, tenant, one) for one in sorted({*named})}
    now_said = besides and (browsers[besides[0]], besides[1])
    said_as = key if not earlier else f"{key} {len(earlier)}"
    for row in earlier:
        if await _is_retracted(tx, tenant, row):
            continue
        if (row.visitor_id, row.contact_id) == now_said:
            said_as = row.key
        else:
            await deciding.retract(tx, tenant, row.visitor_id, [row.id], by=None, now=now)
    return said_as


async def _earlier(tx: Tx, tenant: TenantId, method: Method, key: str) -> list[ClaimRow]:
    """What it has claimed each time that it was read otherwise."""
    found: list[ClaimRow] = []
    said_as = key
    while row := await queries.claim_by_key(tx, tenant, method, said_as):
        found.append(row)
        said_as = f"{key} {len(found)}"
    return found


async def _is_retracted(tx: Tx, tenant: TenantId, row: ClaimRow) -> bool:
    taken = await queries.undone_by(tx, tenant, row.id)
    return taken is not None and taken.outcome == "retracted"
