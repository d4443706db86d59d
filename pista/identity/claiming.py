"""Takes claims: decides each, and doubts what a rival's claim shows to be doubtful."""

from datetime import datetime

from pista.identity import deciding, queries, review_queries, rules, service
from pista.identity.model import Claim, Linked
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def link(tx: Tx, tenant: TenantId, claim: Claim, *, now: datetime) -> Linked:
    """Say that a visitor is a contact. Every attempt is written down, with what became of it.

    The same claim again answers as the first time and changes nothing. `ContactNotFound` if it
    names a contact of Pista's own that is not there.
    """
    done = await service.link(tx, tenant, claim, now=now)
    if done.outcome == "waiting":
        await _doubt(tx, tenant, claim, done, now)
    return done


async def heard_of(
    tx: Tx, tenant: TenantId, crm_id: str, contact: ContactId, *, now: datetime
) -> None:
    """A CRM has told of this contact: claims that named it before can be asked about."""
    since = now - rules.LEANS_FOR
    # One that is decided in this very moment is seen, or sees the contact.
    await queries.lock_leaning(tx, tenant, [crm_id])
    if await review_queries.open_heard_of(tx, tenant, crm_id, contact, since, now):
        await service.announce_reviews(tx, tenant, now)


async def _doubt(tx: Tx, tenant: TenantId, claim: Claim, done: Linked, now: datetime) -> None:
    """Two browsers claim one contact: whoever was linked on a claim alone no longer is."""
    rivals = await review_queries.rivals(
        tx, tenant, done.visitor_id, done.contact_id, claim.crm_id, claim.at, rules.LEANS_FOR
    )
    for rival in rivals:
        if rival.leans and done.contact_id is not None:
            await queries.lock_visitor(tx, tenant, rival.visitor_id)
            taken = [rival.claim_id]
            await deciding.retract(tx, tenant, rival.visitor_id, taken, by=None, now=now)
            await review_queries.open_review(
                tx, tenant, rival.claim_id, rival.visitor_id, done.contact_id, now
            )
