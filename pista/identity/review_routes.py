"""Claims that wait for a person, over HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts, contacts, texts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.identity import deciding, review_queries, reviews, visitors
from pista.identity.asking import (
    TAGS,
    WRONG,
    next_after,
)
from pista.identity.model import ClaimId, DecideClaim, LinkReview, LinkReviews, OpenReviews
from pista.identity.visitors import VisitorActivity
from pista.ids import VisitorId
from pista.paging import BeforeId, Limit
from pista.store.postgres import Postgres

NO_CLAIM = {404: refused("`claim_not_found`: no such claim in this company.")}


@get(
    "/api/linking/reviews",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Claims that wait for a person",
    responses={**REFUSALS, **WRONG},
)
async def list_reviews(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: BeforeId = None,
    limit: Limit = 50,
) -> LinkReviews:
    """The newest first, each with who is linked now and who is claimed."""
    async with postgres.transaction() as tx:
        found = await review_queries.open_reviews(
            tx, caller.tenant_id, before and ClaimId(before), limit + 1
        )
        items = await reviews.shown(tx, caller.tenant_id, found[:limit])
    cursor = next_after([item.claim.id for item in items], more=len(found) > limit)
    return LinkReviews(items=items, next=cursor)


@get(
    "/api/linking/open",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="How much waits for a person",
    responses=REFUSALS,
)
async def count_reviews(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> OpenReviews:
    """Each counted up to 100."""
    async with postgres.transaction() as tx:
        claims = await review_queries.count_open(tx, caller.tenant_id)
        asked = await contacts.list_reviews(
            tx,
            caller.tenant_id,
            is_open=True,
            contact=None,
            before=None,
            most=review_queries.MOST_COUNTED,
        )
    return OpenReviews(claims=claims, conflicts=len(asked))


@post(
    "/api/linking/claims/{claim_id:uuid}/decision",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Decide a claim that waits",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_CLAIM,
        409: refused(
            "`nothing_to_decide`: nobody is asked about it; `already_decided`: otherwise; undo"
            " that first."
        ),
        **WRONG,
    },
)
async def decide_claim(
    claim_id: FromPath[UUID],
    data: JSONBody[DecideClaim],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LinkReview:
    """`accept`: the visitor is the contact that is claimed, and nobody else's. `keep`: it stays
    whose it is. `fork`: both; from the claim on, what the browser does is the other's."""
    claim, now = ClaimId(claim_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await deciding.decide(tx, caller.tenant_id, claim, data.decision, by=caller.name, now=now)
        return await reviews.one(tx, caller.tenant_id, claim)


@delete(
    "/api/linking/claims/{claim_id:uuid}/decision",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Take the decision about a claim back",
    responses={
        **REFUSALS,
        **NO_CLAIM,
        409: refused("`nothing_to_decide`: nobody is asked about it, or nobody has decided it."),
    },
)
async def undo_claim_decision(
    claim_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LinkReview:
    """As if it had not been decided. A second time changes nothing."""
    claim, now = ClaimId(claim_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await deciding.undo(tx, caller.tenant_id, claim, by=caller.name, now=now)
        return await reviews.one(tx, caller.tenant_id, claim)


@get(
    "/api/linking/visitors/{visitor_id:str}",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="The visits of a visitor",
    responses={
        **REFUSALS,
        503: refused("`unavailable`: the statistics are away; events go on being taken."),
    },
)
async def get_visitor(
    visitor_id: FromPath[str],
    state: State,
    caller: NamedDependency[Caller],
) -> VisitorActivity:
    """For whoever has to say who it is."""
    visitor = VisitorId(texts.plain(visitor_id))
    return await visitors.activity(state.clickhouse, caller.tenant_id, visitor)


review_routes: list[Any] = [
    list_reviews,
    count_reviews,
    decide_claim,
    undo_claim_decision,
    get_visitor,
]
