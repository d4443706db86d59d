"""Parts two contacts that were merged, and has each browser be whose it is without the merge.

While two contacts are shown as one, a claim about the second on a browser of the first says nothing
new, and is only written down. Parted, it says that somebody else was there: the claims are decided
again.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista import contacts
from pista.contacts import MergeId, Review, ReviewId
from pista.contacts.model import ContactMerge
from pista.identity import queries, review_queries, service, undoing
from pista.identity.rules import Replayed
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


async def unmerge(
    tx: Tx, tenant: TenantId, merge_id: MergeId, *, by: str, now: datetime
) -> ContactMerge:
    """Take a merge back; a second time changes nothing."""
    undone = await contacts.undo(tx, tenant, merge_id, by=by, now=now)
    await _decide_again(tx, tenant, undone, now)
    return undone


async def undo_decision(
    tx: Tx, tenant: TenantId, review_id: ReviewId, *, by: str, now: datetime
) -> Review:
    """Open a question about contacts again; a merge that answered it is taken back."""
    item, undone = await contacts.undo_decision(tx, tenant, review_id, by=by, now=now)
    if undone is not None:
        await _decide_again(tx, tenant, undone, now)
    return item


async def _decide_again(tx: Tx, tenant: TenantId, undone: ContactMerge, now: datetime) -> None:
    lower = await contacts.root_of(tx, tenant, undone.contact_id)
    upper = await contacts.root_of(tx, tenant, undone.into_id)
    if lower is None or upper is None or lower == upper:
        return
    asked = False
    for visitor in await _of_both(tx, tenant, lower, upper):
        await queries.lock_visitor(tx, tenant, visitor)
        replayed = await undoing.rebuild(tx, tenant, visitor)
        asked |= await _ask(tx, tenant, visitor, replayed, now)
    if asked:
        await service.announce_reviews(tx, tenant, now)


async def _ask(
    tx: Tx, tenant: TenantId, visitor: VisitorId, replayed: Replayed, now: datetime
) -> bool:
    """About claims that were nothing new only because of the merge; not where somebody certain has
    said whose the visitor is."""
    base = replayed.state.base
    if base is not None and base.strength == "strong":
        return False
    asked = False
    for claim in replayed.open_claims:
        assert claim.contact_id is not None
        asked |= await review_queries.open_review(
            tx, tenant, claim.id, visitor, claim.contact_id, now
        )
    return asked


async def _of_both(
    tx: Tx, tenant: TenantId, lower: ContactId, upper: ContactId
) -> Sequence[VisitorId]:
    """Browsers of which both were claimed, or those merged into either; in one order, in which
    they are locked."""
    rows = await tx.all(
        _Visitor,
        """
        select distinct one.visitor_id
        from link_claims one
        where one.tenant_id = $1
            and one.contact_id = any (array(select contact_family($1, $2)))
            and exists (
                select
                from link_claims other
                where other.tenant_id = $1 and other.visitor_id = one.visitor_id
                    and other.contact_id = any (array(select contact_family($1, $3)))
            )
        order by one.visitor_id
        """,
        tenant,
        lower,
        upper,
    )
    return [row.visitor_id for row in rows]


class _Visitor(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId
