"""What a person decides of a claim that nobody signed: it is so, it is not, or both are."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pista import contacts
from pista.contacts import AlreadyDecided, ContactNotFound
from pista.contacts.model import Reason
from pista.errors import Invalid
from pista.identity import queries, review_queries, service, undoing
from pista.identity.model import (
    Claim,
    ClaimDecision,
    ClaimId,
    ClaimNotFound,
    ClaimRow,
    NothingToDecide,
)
from pista.identity.review_queries import ReviewRow
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Tx

SHARED: Reason = "shared_browser"


async def decide(
    tx: Tx, tenant: TenantId, claim_id: ClaimId, decision: ClaimDecision, *, by: str, now: datetime
) -> None:
    """Settle a claim; the same decision again changes nothing.

    What is decided is said by this person, so that the log tells it and undoing it is exact.
    """
    claim, review = await _locked(tx, tenant, claim_id)
    if review.decision is not None:
        if review.decision != decision:
            raise AlreadyDecided
        return
    made: list[ClaimId] = []
    match decision:
        case "accept":
            made = [await _say(tx, tenant, claim, review.contact_id, by, now)]
        case "fork":
            made = await _fork(tx, tenant, claim, review.contact_id, by, now)
        case "keep":
            pass
    await review_queries.store_decision(tx, tenant, claim_id, decision, made, by, now)
    await service.announce_reviews(tx, tenant, now)


async def undo(tx: Tx, tenant: TenantId, claim_id: ClaimId, *, by: str, now: datetime) -> None:
    """As if it had not been decided: it is asked again, and nobody is barred from anything."""
    claim, review = await _locked(tx, tenant, claim_id)
    if review.decision is None:
        return
    if review.decision == "settled":
        raise NothingToDecide
    await retract(tx, tenant, claim.visitor_id, review.made, by=by, now=now)
    await review_queries.reopen(tx, tenant, claim_id, review.made)
    await service.announce_reviews(tx, tenant, now)


async def _locked(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> tuple[ClaimRow, ReviewRow]:
    claim = await queries.claim(tx, tenant, claim_id)
    if claim is None:
        raise ClaimNotFound
    # In the order in which claims take their locks: the browser first.
    await queries.lock_visitor(tx, tenant, claim.visitor_id)
    review = await review_queries.review_for_update(tx, tenant, claim_id)
    if review is None:
        raise NothingToDecide
    return claim, review


async def _say(
    tx: Tx,
    tenant: TenantId,
    claim: ClaimRow,
    contact: ContactId,
    by: str,
    now: datetime,
) -> ClaimId:
    said = Claim(
        visitor_id=claim.visitor_id,
        contact_id=contact,
        method="manual",
        key=str(uuid7()),
        at=claim.claimed_at,
        evidence={"claim": str(claim.id)},
        by=by,
    )
    return (await service.link(tx, tenant, said, now=now)).claim_id


async def _fork(
    tx: Tx, tenant: TenantId, claim: ClaimRow, contact: ContactId, by: str, now: datetime
) -> list[ClaimId]:
    """Both are right: the one who had the browser keeps what was before the claim."""
    state = await service.state_of(tx, tenant, claim.visitor_id)
    root = await contacts.root_of(tx, tenant, contact)
    if root is None:
        raise ContactNotFound
    if state.base is None or state.base.contact == root:
        raise Invalid("decision: Nobody else is on this browser; accept the claim or keep.")
    made: list[ClaimId] = []
    if state.base.strength == "provisional":
        made.append(await _say(tx, tenant, claim, state.base.contact, by, now))
    made.append(await _say(tx, tenant, claim, contact, by, now))
    await _answer_shared(tx, tenant, claim, {state.base.contact, root}, by, now)
    return made


async def _answer_shared(
    tx: Tx, tenant: TenantId, claim: ClaimRow, sides: Iterable[ContactId], by: str, now: datetime
) -> None:
    """That two people share this browser has just been said, so nobody is asked."""
    for contact in sides:
        for item in await contacts.list_reviews(
            tx, tenant, is_open=True, contact=contact, before=None, most=50
        ):
            if item.reason == SHARED and item.visitor_id == claim.visitor_id:
                await contacts.decide(tx, tenant, item.id, "separate", None, by=by, now=now)


async def retract(
    tx: Tx,
    tenant: TenantId,
    visitor: VisitorId,
    claims: Sequence[ClaimId],
    *,
    by: str | None,
    now: datetime,
) -> None:
    """Take claims about a visitor back as if they had never been made: nobody is barred."""
    taken = [one for claim_id in claims if (one := await _take(tx, tenant, claim_id, by, now))]
    if not taken:
        return
    await undoing.rebuild(tx, tenant, visitor)
    for row in taken:
        assert row.root_id is not None
        await service.announce(tx, tenant, visitor, row.root_id, "retracted", now)


async def _take(
    tx: Tx, tenant: TenantId, claim_id: ClaimId, by: str | None, now: datetime
) -> ClaimRow | None:
    """None if it was taken back already."""
    claim = await queries.claim(tx, tenant, claim_id)
    if claim is None or await queries.undone_by(tx, tenant, claim_id) is not None:
        return None
    row = service.taking_back(claim, "retracted", by=by, now=now)
    await queries.add_claim(tx, tenant, row)
    return row
