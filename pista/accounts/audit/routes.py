"""The audit log over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from pista import moments
from pista.accounts.answers import INVALID, REFUSALS
from pista.accounts.audit import queries
from pista.accounts.audit.model import Action, AuditLog
from pista.accounts.guards import may
from pista.accounts.model import Caller, Role
from pista.moments import Since, Until
from pista.paging import Limit
from pista.store.postgres import Postgres

PAGE = 50

Actions = Annotated[
    list[Action] | None,
    QueryParameter(name="action", max_items=50, description="Only these; all if left out."),
]
ActorId = Annotated[
    UUID | None, QueryParameter(name="actorId", description="Only what this user or key did.")
]
SubjectId = Annotated[
    UUID | None, QueryParameter(name="subjectId", description="Only what was done to this.")
]
Before = Annotated[
    int | None,
    QueryParameter(name="before", ge=1, le=2**53, description="`next` of the page before."),
]


@get(
    "/api/audit",
    opt=may(Role.ADMIN),
    summary="What was changed, and by whom",
    tags=["People"],
    responses=REFUSALS | {422: INVALID},
)
async def audit_log(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    action: Actions = None,
    actor: ActorId = None,
    subject: SubjectId = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = PAGE,
) -> AuditLog:
    """The newest first. Lines are never changed or removed."""
    actions = None if action is None else [one.value for one in action]
    span = moments.asked(since, "from"), moments.asked(until, "to")
    async with postgres.transaction() as tx:
        # One more than asked for tells whether there is more.
        found = await queries.lines(
            tx, caller.tenant_id, actions, actor, subject, *span, before, limit + 1
        )
    items = found[:limit]
    return AuditLog(items=items, next=items[-1].id if len(found) > limit else None)


handlers: list[ControllerRouterHandler] = [audit_log]
