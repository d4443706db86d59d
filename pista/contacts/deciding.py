"""Settles what only a person can decide, and opens it again."""

from datetime import datetime

from pista.contacts import merging, queries
from pista.contacts.model import ContactMerge, Decision, MergeId, ReviewId
from pista.contacts.reviews import AlreadyDecided, Review, ReviewNotFound
from pista.errors import Invalid
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def decide(
    tx: Tx,
    tenant: TenantId,
    review_id: ReviewId,
    decision: Decision,
    into: ContactId | None,
    *,
    by: str,
    now: datetime,
) -> Review:
    """Settle an item; the same decision again changes nothing."""
    item = await _locked(tx, tenant, review_id)
    if item.decision is not None:
        if item.decision != decision:
            raise AlreadyDecided
        return item
    merge_id = None
    if decision == "merge":
        merge_id = await _merge(tx, tenant, item, into, by, now)
    return await _store(tx, tenant, item.id, decision, merge_id, by, now)


async def undo_decision(
    tx: Tx, tenant: TenantId, review_id: ReviewId, *, by: str, now: datetime
) -> tuple[Review, ContactMerge | None]:
    """Open an item again; a merge that it made is taken back, and told of."""
    item, undone = await _locked(tx, tenant, review_id), None
    if item.merge_id is not None:
        undone = await merging.undo(tx, tenant, item.merge_id, by=by, now=now)
    return await _store(tx, tenant, item.id, None, None, None, None), undone


async def _merge(
    tx: Tx, tenant: TenantId, item: Review, into: ContactId | None, by: str, now: datetime
) -> MergeId | None:
    sides = [item.contact_id, item.other_contact_id]
    # Each is shown as what it was merged into, if it was meanwhile.
    roots = [one and await queries.root(tx, tenant, one) for one in sides]
    upper = await queries.root(tx, tenant, into or item.contact_id)
    if item.other_contact_id is None or upper is None or upper not in roots:
        raise Invalid("into: This item has no such side to merge into.")
    other = item.other_contact_id if upper == roots[0] else item.contact_id
    try:
        return (await merging.merge(tx, tenant, other, upper, by=by, now=now)).id
    except merging.OneAlready:
        return None


async def _locked(tx: Tx, tenant: TenantId, review_id: ReviewId) -> Review:
    found = await tx.one_or_none(
        Review,
        """
        select id, reason, contact_id, other_contact_id, kind, value, visitor_id, opened_at,
            decision, merge_id, decided_by, decided_at
        from contact_reviews
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        review_id,
    )
    if found is None:
        raise ReviewNotFound
    return found


async def _store(
    tx: Tx,
    tenant: TenantId,
    review_id: ReviewId,
    decision: Decision | None,
    merge_id: MergeId | None,
    by: str | None,
    at: datetime | None,
) -> Review:
    return await tx.one(
        Review,
        """
        update contact_reviews set
            decision = $3, merge_id = $4, decided_by = $5, decided_at = $6
        where tenant_id = $1 and id = $2
        returning id, reason, contact_id, other_contact_id, kind, value, visitor_id, opened_at,
            decision, merge_id, decided_by, decided_at
        """,
        tenant,
        review_id,
        decision,
        merge_id,
        by,
        at,
    )
