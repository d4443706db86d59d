"""Reads what was said of visitors and contacts."""

from pista import contacts
from pista.identity import queries
from pista.identity.model import ClaimId, ClaimRow, Outcome
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


async def read(
    tx: Tx,
    tenant: TenantId,
    *,
    visitor: VisitorId | None,
    contact: ContactId | None,
    outcome: Outcome | None,
    before: ClaimId | None,
    most: int,
) -> list[ClaimRow]:
    """The newest first; of a contact also what was said of those merged into it."""
    if contact is None:
        return await queries.claims(tx, tenant, visitor, outcome, before, most)
    root = await contacts.root_of(tx, tenant, contact)
    if root is None:
        return []
    return await queries.claims_of_contact(tx, tenant, root, visitor, outcome, before, most)
