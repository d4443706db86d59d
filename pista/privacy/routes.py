"""A visitor's rights over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody, PathParameter
from litestar.response import Stream

from pista import accounts
from pista.accounts import ADMINS_ONLY, NOT_JSON, Caller, Role, refused
from pista.accounts.answers import actor
from pista.collect.model import VISITOR_ID
from pista.privacy import auditing, handover, service
from pista.privacy.model import EraseVisitor, Erasure, Erasures, VisitorExport
from pista.store.postgres import Postgres

Visitor = Annotated[str, PathParameter(pattern=VISITOR_ID)]


@get(
    "/api/privacy/visitors/{visitor_id:str}",
    opt=accounts.may(Role.ADMIN),
    tags=["Privacy"],
    summary="Everything that is stored of a visitor",
    responses={
        **ADMINS_ONLY,
        200: ResponseSpec(
            VisitorExport, description="As a file to download.", generate_examples=False
        ),
        422: refused("`invalid`: visitor ids are 1 to 64 of A-Z, a-z, 0-9, _ and -."),
        503: refused("`unavailable`: the statistics are away; try again in a moment."),
    },
)
async def hand_over(
    visitor_id: Visitor,
    state: State,
    caller: NamedDependency[Caller],
    house_postgres: NamedDependency[Postgres],
) -> Stream:
    """Empty lists say that there is nothing; whoever asks for it may be nobody we know."""
    async with house_postgres.transaction() as tx:
        begun = await handover.begin(tx, state.clickhouse, caller.tenant_id, visitor_id)
    name = f"visitor-{visitor_id}.json"
    return Stream(
        handover.written(state.clickhouse, begun),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@post(
    "/api/privacy/erasures",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=["Privacy"],
    summary="Erase all that is stored of a visitor",
    responses={
        **ADMINS_ONLY,
        **NOT_JSON,
        422: refused("`invalid`: visitor ids are 1 to 64 of A-Z, a-z, 0-9, _ and -."),
    },
)
async def erase(
    request: Request[Any, Any, State],
    data: JSONBody[EraseVisitor],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Erasure:
    """The worker does it, within seconds mostly. What arrives of the visitor afterwards is new."""
    tenant, now = caller.tenant_id, datetime.now(UTC)
    async with postgres.transaction() as tx:
        asked = await service.ask(
            tx,
            tenant,
            data.visitor_id,
            by=caller.user.id if caller.user else caller.key,
            name=caller.user.name if caller.user else "API",
            now=now,
        )
        await auditing.note(tx, tenant, actor(request, caller), asked.id, "visitor", now=now)
    return asked


@get(
    "/api/privacy/erasures",
    opt=accounts.may(Role.ADMIN),
    tags=["Privacy"],
    summary="What was asked to be erased",
    responses=ADMINS_ONLY,
)
async def list_erasures(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Erasures:
    """The latest 200, each with how far it is."""
    async with postgres.transaction() as tx:
        return Erasures(items=await service.erasures(tx, caller.tenant_id))


routes: list[Any] = [hand_over, erase, list_erasures]
