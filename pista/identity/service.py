"""Decides claims that a visitor is a contact, one after the other, and writes each down."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from pista import contacts, queue
from pista.contacts import ContactNotFound, Identity
from pista.identity import queries, review_queries, rules, voucher_queries
from pista.identity.model import (
    Claim,
    ClaimId,
    ClaimRow,
    Linked,
    LinkReviewsChanged,
    Method,
    Outcome,
    VisitorLinked,
)
from pista.identity.queries import Standing
from pista.identity.review_queries import Rival
from pista.identity.rules import Base, Said, State
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Tx


async def link(tx: Tx, tenant: TenantId, claim: Claim, *, now: datetime) -> Linked:
    """Say that a visitor is a contact. Every attempt is written down, with what became of it.

    The same claim again answers as the first time and changes nothing. `ContactNotFound` if it
    names a contact of Pista's own that is not there.
    """
    if rules.strength(claim.method) == "provisional":
        await voucher_queries.lock(tx, tenant, [_name(claim)])
    visitor = await queries.lock_visitor(tx, tenant, claim.visitor_id)
    contact = await _owner(tx, tenant, claim)
    row = written(claim, visitor, contact, now)
    earlier = await queries.claim_by_key(tx, tenant, claim.method, claim.key)
    if earlier is not None:
        await _expect(tx, tenant, contact)
        return await _repeated(tx, tenant, row, earlier)
    if contact is None:
        return await _noted(tx, tenant, row)
    return await _settle(tx, tenant, row, fresh=claim.fresh)


async def vouch(
    tx: Tx, tenant: TenantId, contact: ContactId, key: str, *, now: datetime
) -> Linked | None:
    """A signed message told of this contact and named no visitor.

    One claim that nobody signed may lean on it, if they are close in time and no other browser is
    claimed: one that waits already, or else the next to come. The answer is what became of one that
    waited, or is linked because nobody else had told of the contact.
    """
    shown = await contacts.detail(tx, tenant, contact)
    crm_ids = [one.value for one in shown.identities if one.kind == "crm"]
    members = {contact, shown.id, *(one.contact_id for one in shown.identities)}
    await voucher_queries.lock(tx, tenant, [*(f"contact {one}" for one in members), *crm_ids])
    if not await voucher_queries.add(tx, tenant, contact, key, now):
        return None
    for row in await review_queries.on_claims_alone(tx, tenant, sorted(members)):
        if rules.leans(row.claimed_at, now) and await _lean(tx, tenant, shown.id, row):
            return linked(row)
    for waiting in await _waiting(tx, tenant, shown.id, crm_ids, now):
        settled = await _settle_waiting(tx, tenant, waiting, contact, now)
        if settled is not None:
            return settled
    return None


async def _waiting(
    tx: Tx, tenant: TenantId, root: ContactId, crm_ids: Sequence[str], now: datetime
) -> list[ClaimRow]:
    """Claims about this contact that nothing vouches for yet, which nobody decides meanwhile."""
    window = (now - rules.LEANS_FOR, now + rules.LEANS_FOR)
    found = await queries.waiting(tx, tenant, root, crm_ids, *window)
    # In one order: two who vouch for others on the same browsers cannot wait for each other.
    for visitor in sorted({one.visitor_id for one in found}):
        await queries.lock_visitor(tx, tenant, visitor)
    return await queries.waiting(tx, tenant, root, crm_ids, *window) if found else []


def taking_back(claim: ClaimRow, outcome: Outcome, *, by: str | None, now: datetime) -> ClaimRow:
    """What is written down of taking a claim back; its key lets that be done once."""
    return structs.replace(
        claim,
        id=ClaimId(uuid7()),
        key=f"undoes {claim.id}",
        evidence={},
        claimed_at=now,
        decided_at=now,
        outcome=outcome,
        decided_by=by,
        undoes=claim.id,
        follows=None,
    )


async def said_before(tx: Tx, tenant: TenantId, method: Method, key: str) -> bool:
    """Whether this very submission has claimed already, whoever's it was."""
    return await queries.claim_by_key(tx, tenant, method, key) is not None


async def certainly(tx: Tx, tenant: TenantId, visitor: VisitorId) -> ContactId | None:
    """Whose this visitor is, if somebody certain has said so."""
    link = await queries.link(tx, tenant, visitor)
    return link.root_id if link is not None and link.strength == "strong" else None


async def state_of(tx: Tx, tenant: TenantId, visitor: VisitorId) -> State:
    """Whose a browser is, by its first id."""
    return _state(await queries.standing(tx, tenant, visitor, None))


async def write_fork(tx: Tx, tenant: TenantId, row: ClaimRow) -> None:
    """From this claim's time on, what the browser does is another person's."""
    fork_id = await queries.fork(tx, tenant, row, VisitorId(f"fork_{secrets.token_urlsafe(16)}"))
    await queries.add_link(tx, tenant, fork_id, row)


async def announce(
    tx: Tx, tenant: TenantId, visitor: VisitorId, root: ContactId, outcome: Outcome, at: datetime
) -> None:
    news = VisitorLinked(
        tenant_id=tenant, visitor_id=visitor, contact_id=root, outcome=outcome, at=at
    )
    await queue.announce(tx, news)


async def announce_reviews(tx: Tx, tenant: TenantId, now: datetime) -> None:
    await queue.announce(tx, LinkReviewsChanged(tenant_id=tenant, at=now))


async def rivals(tx: Tx, tenant: TenantId, row: ClaimRow) -> list[Rival]:
    """Other browsers that were said to be this contact at about the same time: one of the two is
    wrong, and which, the claims do not tell."""
    return await review_queries.rivals(
        tx,
        tenant,
        row.visitor_id,
        row.contact_id,
        row.crm_id,
        row.claimed_at,
        rules.LEANS_FOR,
    )


def linked(row: ClaimRow) -> Linked:
    return Linked(
        claim_id=row.id,
        outcome=row.outcome,
        visitor_id=row.visitor_id,
        contact_id=row.contact_id,
    )


def written(claim: Claim, visitor: VisitorId, contact: ContactId | None, now: datetime) -> ClaimRow:
    """The claim as it is written down, before it is decided."""
    return ClaimRow(
        id=ClaimId(uuid7()),
        visitor_id=visitor,
        contact_id=contact,
        root_id=None,
        crm_id=claim.crm_id,
        method=claim.method,
        strength=rules.strength(claim.method),
        key=claim.key,
        evidence=claim.evidence,
        claimed_at=claim.at,
        decided_at=now,
        outcome="waiting",
        decided_by=claim.by,
        undoes=None,
        follows=None,
    )


async def _owner(tx: Tx, tenant: TenantId, claim: Claim) -> ContactId | None:
    """Who is meant: the very contact, not what it was merged into, so that an undo parts them."""
    if claim.crm_id is not None:
        return await contacts.owner_of(tx, tenant, Identity("crm", claim.crm_id))
    if claim.contact_id is None:
        raise ContactNotFound
    return claim.contact_id


def _state(standing: Standing) -> State:
    base = None
    if standing.base_id is not None and standing.base_strength is not None:
        base = Base(standing.base_id, standing.base_strength)
    return State(base, frozenset(standing.forks), frozenset(standing.barred))


async def _expect(tx: Tx, tenant: TenantId, contact: ContactId | None) -> None:
    if contact is not None and await contacts.root_of(tx, tenant, contact) is None:
        raise ContactNotFound


async def _repeated(tx: Tx, tenant: TenantId, row: ClaimRow, earlier: ClaimRow) -> Linked:
    """The same claim again, or somebody who uses another's."""
    same_contact = earlier.contact_id == row.contact_id or earlier.crm_id == row.crm_id is not None
    if earlier.visitor_id == row.visitor_id and same_contact:
        return linked(await queries.follower(tx, tenant, earlier.id) or earlier)
    return await _noted(tx, tenant, structs.replace(row, outcome="refused_repeated"))


async def _noted(tx: Tx, tenant: TenantId, row: ClaimRow) -> Linked:
    if not await queries.add_claim(tx, tenant, row):
        # The same key for another visitor, in this very moment.
        row = structs.replace(row, outcome="refused_repeated")
        await queries.add_claim(tx, tenant, row)
    return linked(row)


async def _settle(tx: Tx, tenant: TenantId, row: ClaimRow, *, fresh: bool) -> Linked:
    """Decide the claim, write it down, and do what it comes to."""
    standing = await queries.standing(tx, tenant, row.visitor_id, row.contact_id)
    root, state = standing.root_id, _state(standing)
    if root is None:
        raise ContactNotFound
    proven = fresh and not (row.method in rules.LEANING and await rivals(tx, tenant, row))
    outcome = rules.decide(state, Said(root, row.method, proven))
    many = standing.visitors >= rules.MOST_VISITORS
    if outcome == "waiting" and not many and await _lean(tx, tenant, root, row):
        outcome = "linked"
    row = structs.replace(row, outcome=outcome)
    done = await _noted(tx, tenant, row)
    await _ask(tx, tenant, structs.replace(row, outcome=done.outcome), root)
    if done.outcome in rules.BINDING:
        await _do(tx, tenant, row, standing.base_contact)
        await announce(tx, tenant, row.visitor_id, root, row.outcome, row.decided_at)
        if many:
            await contacts.open_review(tx, tenant, "too_many_visitors", root, now=row.decided_at)
    return done


async def _settle_waiting(
    tx: Tx, tenant: TenantId, waiting: ClaimRow, contact: ContactId, now: datetime
) -> Linked | None:
    """Decide a claim that waited, now that its contact is vouched for; None if it binds nothing."""
    named = contact if waiting.contact_id is None else waiting.contact_id
    if waiting.method not in rules.LEANING:
        return None
    if await rivals(tx, tenant, structs.replace(waiting, contact_id=named)):
        return None
    standing = await queries.standing(tx, tenant, waiting.visitor_id, named)
    root = standing.root_id
    if root is None or rules.decide(_state(standing), Said(root, waiting.method, True)) != "linked":
        return None
    row = structs.replace(
        waiting,
        id=ClaimId(uuid7()),
        contact_id=named,
        key=f"after {waiting.id}",
        decided_at=now,
        follows=waiting.id,
    )
    done = await _settle(tx, tenant, row, fresh=False)
    return done if done.outcome == "linked" else None


async def _lean(tx: Tx, tenant: TenantId, root: ContactId, row: ClaimRow) -> bool:
    if row.method not in rules.LEANING or await rivals(tx, tenant, row):
        return False
    since, until = row.claimed_at - rules.LEANS_FOR, row.claimed_at + rules.LEANS_FOR
    return await voucher_queries.take(tx, tenant, root, since, until, row.id)


async def _ask(tx: Tx, tenant: TenantId, row: ClaimRow, root: ContactId) -> None:
    """Have a person look at what binds nobody by itself; what is certain answers what was asked."""
    visitor, now = row.visitor_id, row.decided_at
    changed = 0
    if row.outcome in ("waiting", "conflict"):
        # About the very contact: parted from what it is shown with, the question goes along.
        about = row.contact_id or root
        changed = await review_queries.open_review(tx, tenant, row.id, visitor, about, now)
    elif row.outcome in rules.BINDING:
        about = None if row.strength == "strong" else root
        changed = await review_queries.settle(tx, tenant, visitor, about, row.id, now)
    if changed:
        await announce_reviews(tx, tenant, now)


async def _do(tx: Tx, tenant: TenantId, row: ClaimRow, before: ContactId | None) -> None:
    """`before`: the very contact that had the browser until now."""
    assert row.contact_id is not None
    match row.outcome:
        case "linked":
            await queries.add_link(tx, tenant, row.visitor_id, row)
        case "forked":
            await write_fork(tx, tenant, row)
            assert before is not None
            await contacts.open_review(
                tx,
                tenant,
                "shared_browser",
                before,
                other=row.contact_id,
                visitor=row.visitor_id,
                now=row.decided_at,
            )
        case _:
            await queries.change_link(tx, tenant, row.visitor_id, row)


def _name(claim: Claim) -> str:
    return claim.crm_id if claim.crm_id is not None else f"contact {claim.contact_id}"
