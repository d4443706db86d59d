"""A visitor's rights over HTTP."""

from typing import Annotated, Any

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import PathParameter
from litestar.response import Stream

from pista import accounts
from pista.accounts import Caller, Role, refused
from pista.privacy import handover
from pista.privacy.model import VISITOR_ID, VisitorExport
from pista.store.postgres import Postgres

NOT_LET_IN = {
    401: refused("`not_signed_in`: no session or API key, or it has ended."),
    403: refused("`forbidden`: only an admin may; `cross_origin`: another page asked."),
}

Visitor = Annotated[str, PathParameter(pattern=VISITOR_ID)]


@get(
    "/api/privacy/visitors/{visitor_id:str}",
    opt=accounts.may(Role.ADMIN),
    tags=["Privacy"],
    summary="Everything that is stored of a visitor",
    responses={
        **NOT_LET_IN,
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
    postgres: NamedDependency[Postgres],
) -> Stream:
    """Empty lists say that there is nothing; whoever asks for it may be nobody we know."""
    async with postgres.transaction() as tx:
        begun = await handover.begin(tx, state.clickhouse, caller.tenant_id, visitor_id)
    name = f"visitor-{visitor_id}.json"
    return Stream(
        handover.written(state.clickhouse, begun),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


routes: list[Any] = [hand_over]
