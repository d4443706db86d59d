"""Shows claims that wait for a person: who claims, and who is linked now."""

from collections.abc import Sequence

from pista import contacts
from pista.contacts import Contact
from pista.identity import review_queries
from pista.identity.model import ClaimId, ClaimRow, LinkClaim, LinkHolder, LinkReview
from pista.identity.queries import LinkRow
from pista.identity.review_queries import ReviewRow
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


async def shown(tx: Tx, tenant: TenantId, rows: Sequence[ReviewRow]) -> list[LinkReview]:
    """In this order, each with both sides as they are now."""
    found = await review_queries.claims(tx, tenant, [row.claim_id for row in rows])
    claims = {claim.id: claim for claim in found}
    links = await review_queries.holders(
        tx, tenant, sorted({claim.visitor_id for claim in claims.values()})
    )
    holders = {link.visitor_id: link for link in links}
    claimed = {
        row.claim_id: await contacts.root_of(tx, tenant, row.contact_id) or row.contact_id
        for row in rows
    }
    roots = sorted({*claimed.values(), *(link.root_id for link in links)})
    people = {one.id: one for one in await contacts.shown_contacts(tx, tenant, roots)}
    return [
        _review(row, claims[row.claim_id], claimed[row.claim_id], people, holders) for row in rows
    ]


async def one(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> LinkReview:
    row = await review_queries.review(tx, tenant, claim_id)
    assert row is not None
    [review] = await shown(tx, tenant, [row])
    return review


def shown_claim(row: ClaimRow) -> LinkClaim:
    return LinkClaim(**{name: getattr(row, name) for name in LinkClaim.__struct_fields__})


def _review(
    row: ReviewRow,
    claim: ClaimRow,
    claimed: ContactId,
    people: dict[ContactId, Contact],
    holders: dict[VisitorId, LinkRow],
) -> LinkReview:
    link = holders.get(claim.visitor_id)
    holder = None
    if link is not None:
        holder = LinkHolder(
            contact=people[link.root_id],
            method=link.method,
            strength=link.strength,
            linked_at=link.linked_at,
            claim_id=link.claim_id,
        )
    return LinkReview(
        claim=shown_claim(claim),
        contact=people[claimed],
        holder=holder,
        opened_at=row.opened_at,
        decision=row.decision,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
