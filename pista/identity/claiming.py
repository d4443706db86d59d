"""Takes claims: decides each, and doubts what another's claim shows to be doubtful."""

from collections.abc import Iterable
from datetime import datetime

from pista.identity import deciding, queries, review_queries, rules, service, voucher_queries
from pista.identity.model import Claim, ClaimRow, Linked
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

NAMED = rules.BINDING | {"already"}


async def link(tx: Tx, tenant: TenantId, claim: Claim, *, now: datetime) -> Linked:
    """Say that a visitor is a contact. Every attempt is written down, with what became of it.

    The same claim again answers as the first time and changes nothing. `ContactNotFound` if it
    names a contact of Pista's own that is not there.
    """
    done = await service.link(tx, tenant, claim, now=now)
    if done.outcome == "waiting":
        await _doubt_rivals(tx, tenant, claim, done, now)
    elif claim.method == "webhook" and done.outcome in NAMED and done.contact_id is not None:
        near = await review_queries.on_claims(
            tx,
            tenant,
            done.contact_id,
            since=claim.at - rules.LEANS_FOR,
            until=claim.at + rules.LEANS_FOR,
        )
        await _doubt(tx, tenant, near, now)
    return done


async def heard_of(
    tx: Tx, tenant: TenantId, crm_id: str, contact: ContactId, *, now: datetime, new: bool = True
) -> None:
    """A CRM has told of this contact: claims that named it before can be asked about. `new`: it is
    known by that id since this message."""
    since = now - rules.LEANS_FOR
    if new:
        # One that is decided in this very moment is seen, or sees the contact.
        await voucher_queries.lock(tx, tenant, [crm_id])
    if await review_queries.open_heard_of(tx, tenant, crm_id, contact, since, now):
        await service.announce_reviews(tx, tenant, now)


async def judge_again(
    tx: Tx, tenant: TenantId, unproven: ContactId, contact: ContactId, *, now: datetime
) -> None:
    """A CRM has told of a contact that pages alone had named, and has said or vouched for what it
    has to: whoever is still linked on a page's word is asked about."""
    alone = await review_queries.on_claims_alone(tx, tenant, [unproven])
    await _doubt(tx, tenant, alone, now, about=contact)
    # What is asked of it is asked of whom the CRM's id is now.
    if await review_queries.ask_of(tx, tenant, unproven, contact):
        await service.announce_reviews(tx, tenant, now)


async def _doubt_rivals(
    tx: Tx, tenant: TenantId, claim: Claim, done: Linked, now: datetime
) -> None:
    """Two browsers claim one contact: whoever was linked on a claim alone no longer is."""
    if done.contact_id is None:
        return
    rivals = await review_queries.rivals(
        tx, tenant, done.visitor_id, done.contact_id, claim.crm_id, claim.at, rules.LEANS_FOR
    )
    leaning = [rival.claim_id for rival in rivals if rival.leans]
    if leaning:
        rows = await review_queries.claims(tx, tenant, leaning)
        await _doubt(tx, tenant, rows, now)


async def _doubt(
    tx: Tx,
    tenant: TenantId,
    rows: Iterable[ClaimRow],
    now: datetime,
    *,
    about: ContactId | None = None,
) -> None:
    """Take these back, as if they had waited, and ask a person whether they are the contact that
    each named, or this one; where somebody certain has said whose the visitor is, that stands and
    nobody is asked."""
    asked = False
    for row in rows:
        visitor, contact = row.visitor_id, about or row.contact_id
        assert contact is not None
        await queries.lock_visitor(tx, tenant, visitor)
        certain = await service.certainly(tx, tenant, visitor)
        if certain is None or certain != row.root_id:
            await deciding.retract(tx, tenant, visitor, [row.id], by=None, now=now)
        if certain is None:
            asked |= await review_queries.open_review(tx, tenant, row.id, visitor, contact, now)
    if asked:
        await service.announce_reviews(tx, tenant, now)
