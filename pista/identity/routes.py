"""Links between visitors and contacts over HTTP: who said so, questions, and undoing."""

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from pista import accounts, contacts, texts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.contacts import Reason, Review, ReviewId
from pista.identity import conflicts, log, parting, queries, service, undoing
from pista.identity.asking import (
    TAGS,
    WRONG,
    next_after,
)
from pista.identity.model import (
    Claim,
    ClaimId,
    DecideConflict,
    LinkClaim,
    LinkClaims,
    LinkConflict,
    LinkConflicts,
    LinkVisitor,
    MadeLink,
    Outcome,
)
from pista.identity.reviews import shown_claim
from pista.ids import ContactId, VisitorId, uuid7
from pista.paging import BeforeId, Limit
from pista.store.postgres import Postgres, Tx

NO_CONFLICT = {404: refused("`conflict_not_found`: no such conflict in this company.")}

InState = Annotated[Literal["open", "decided"] | None, QueryParameter(name="state")]
OfContact = Annotated[str | None, QueryParameter(name="contactId", max_length=64)]
ForReasons = Annotated[
    list[Reason] | None,
    QueryParameter(name="reason", max_items=4, description="Those with one of these reasons."),
]
OfVisitor = Annotated[str | None, QueryParameter(name="visitorId", max_length=64)]
WithOutcome = Annotated[Outcome | None, QueryParameter(name="outcome")]


@get(
    "/api/linking/conflicts",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Questions that only a person can answer",
    responses={**REFUSALS, **WRONG},
)
async def list_conflicts(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    in_state: InState = None,
    contact_id: OfContact = None,
    reasons: ForReasons = None,
    before: BeforeId = None,
    limit: Limit = 50,
) -> LinkConflicts:
    """The newest first, each with both sides as they are now."""
    is_open = None if in_state is None else in_state == "open"
    async with postgres.transaction() as tx:
        found = await contacts.list_reviews(
            tx,
            caller.tenant_id,
            is_open=is_open,
            contact=None if contact_id is None else ContactId(texts.plain(contact_id)),
            reasons=reasons or (),
            before=before,
            most=limit + 1,
        )
        items = await conflicts.shown(tx, caller.tenant_id, found[:limit])
    return LinkConflicts(
        items=items, next=next_after([item.id for item in items], more=len(found) > limit)
    )


@post(
    "/api/linking/conflicts/{conflict_id:uuid}/decision",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Decide a conflict",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_CONFLICT,
        409: refused("`already_decided`: otherwise; undo that first."),
        **WRONG,
    },
)
async def decide_conflict(
    conflict_id: FromPath[UUID],
    data: JSONBody[DecideConflict],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LinkConflict:
    """The same decision again changes nothing."""
    into = None if data.into is None else ContactId(data.into)
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        item = await contacts.decide(
            tx,
            caller.tenant_id,
            ReviewId(conflict_id),
            data.decision,
            into,
            by=caller.name,
            now=now,
        )
        return await _one(tx, caller, item)


@delete(
    "/api/linking/conflicts/{conflict_id:uuid}/decision",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Undo a decision",
    responses={**REFUSALS, **NO_CONFLICT},
)
async def undo_decision(
    conflict_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LinkConflict:
    """The conflict is open again; a merge that was decided is taken back."""
    item_id, now = ReviewId(conflict_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        item = await parting.undo_decision(tx, caller.tenant_id, item_id, by=caller.name, now=now)
        return await _one(tx, caller, item)


@get(
    "/api/linking/claims",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Everything that was said of visitors and contacts",
    responses={**REFUSALS, **WRONG},
)
async def list_claims(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    visitor_id: OfVisitor = None,
    contact_id: OfContact = None,
    outcome: WithOutcome = None,
    before: BeforeId = None,
    limit: Limit = 50,
) -> LinkClaims:
    """The newest first, with what became of each. Of a contact also those of contacts merged
    into it."""
    visitor = None if visitor_id is None else VisitorId(texts.plain(visitor_id))
    contact = None if contact_id is None else ContactId(texts.plain(contact_id))
    async with postgres.transaction() as tx:
        found = await log.read(
            tx,
            caller.tenant_id,
            visitor=visitor,
            contact=contact,
            outcome=outcome,
            before=before and ClaimId(before),
            most=limit + 1,
        )
    items = [shown_claim(row) for row in found[:limit]]
    return LinkClaims(
        items=items, next=next_after([item.id for item in items], more=len(found) > limit)
    )


@post(
    "/api/linking/links",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Link a visitor to a contact by hand",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`contact_not_found`: no such contact in this company."),
        **WRONG,
    },
)
async def link_visitor(
    data: JSONBody[LinkVisitor],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> MadeLink:
    """As strong as a signed message. If the visitor is somebody else's for certain, what it does
    from now on is this contact's."""
    now, contact = datetime.now(UTC), ContactId(data.contact_id)
    claim = Claim(
        visitor_id=VisitorId(data.visitor_id),
        contact_id=contact,
        method="manual",
        key=str(uuid7()),
        at=now,
        by=caller.name,
    )
    async with postgres.transaction() as tx:
        done = await service.link(tx, caller.tenant_id, claim, now=now)
    return MadeLink(
        claim_id=done.claim_id,
        outcome=done.outcome,
        visitor_id=done.visitor_id,
        contact_id=contact,
    )


@post(
    "/api/linking/claims/{claim_id:uuid}/undo",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take a link back",
    responses={
        **REFUSALS,
        404: refused("`claim_not_found`: no such claim in this company."),
        409: refused("`nothing_to_undo`: it linked nothing, or does so no longer."),
    },
)
async def undo_claim(
    claim_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LinkClaim:
    """The answer is the line that says so. Only a person can link the two again."""
    said, now = ClaimId(claim_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        done = await undoing.undo(tx, caller.tenant_id, said, by=caller.name, now=now)
        row = await queries.claim(tx, caller.tenant_id, done.claim_id)
    assert row is not None
    return shown_claim(row)


async def _one(tx: Tx, caller: Caller, item: Review) -> LinkConflict:
    [shown] = await conflicts.shown(tx, caller.tenant_id, [item])
    return shown


routes = [
    list_conflicts,
    decide_conflict,
    undo_decision,
    list_claims,
    link_visitor,
    undo_claim,
]
