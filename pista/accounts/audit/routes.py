"""The audit log over HTTP."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from pista.accounts.answers import INVALID, REFUSALS
from pista.accounts.audit import queries
from pista.accounts.audit.model import Action, AuditLog
from pista.accounts.guards import may
from pista.accounts.model import Caller, Role
from pista.errors import Invalid
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
From = Annotated[
    str | None,
    QueryParameter(name="from", max_length=64, description="From this moment on (ISO 8601)."),
]
To = Annotated[
    str | None, QueryParameter(name="to", max_length=64, description="Before this moment.")
]
Before = Annotated[
    int | None,
    QueryParameter(name="before", ge=1, le=2**53, description="`next` of the page before."),
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200)]


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
    since: From = None,
    until: To = None,
    before: Before = None,
    limit: Limit = PAGE,
) -> AuditLog:
    """The newest first. Lines are never changed or removed."""
    actions = None if action is None else [one.value for one in action]
    span = _moment("from", since), _moment("to", until)
    async with postgres.transaction() as tx:
        # One more than asked for tells whether there is more.
        found = await queries.lines(
            tx, caller.tenant_id, actions, actor, subject, *span, before, limit + 1
        )
    items = found[:limit]
    return AuditLog(items=items, next=items[-1].id if len(found) > limit else None)


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        # Without a zone it is UTC; a year that no zone can shift is none.
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(f"{name}: {text!r} is no moment such as 2026-03-14T12:00:00Z.") from None


handlers: list[ControllerRouterHandler] = [audit_log]
