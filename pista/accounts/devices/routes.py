"""A person's own sessions over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from pista.accounts.answers import REFUSALS, Incoming, actor, person, refused
from pista.accounts.devices import service
from pista.accounts.devices.model import OwnSessions, SessionId
from pista.accounts.guards import COOKIE, signed_in
from pista.accounts.model import Caller
from pista.store.postgres import Postgres

TAGS = ["Session"]
PATH = "/api/me/sessions"


@get(PATH, opt=signed_in(), summary="Where you are signed in", tags=TAGS, responses=REFUSALS)
async def list_sessions(
    request: Incoming, caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> OwnSessions:
    """This session first, then those used last."""
    user, token, now = person(caller), request.cookies[COOKIE], datetime.now(UTC)
    async with postgres.transaction() as tx:
        return OwnSessions(items=await service.sessions(tx, user, token, now=now))


@delete(PATH, opt=signed_in(), summary="Sign out everywhere else", tags=TAGS, responses=REFUSALS)
async def end_others(
    request: Incoming, caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> None:
    """Every session of yours ends at once, but for this one."""
    by, user, now = actor(request, caller), person(caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.end_others(
            tx, caller.tenant_id, user, request.cookies[COOKIE], by=by, now=now
        )


@delete(
    "/api/me/sessions/{session_id:uuid}",
    opt=signed_in(),
    summary="Sign out somewhere",
    tags=TAGS,
    responses=REFUSALS | {404: refused("`session_not_found`: ended already, or not yours.")},
)
async def end_session(
    request: Incoming,
    session_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """One session of yours ends at once; it may be this one."""
    by, user, now = actor(request, caller), person(caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.end(tx, caller.tenant_id, user, SessionId(session_id), by=by, now=now)


handlers: list[ControllerRouterHandler] = [list_sessions, end_others, end_session]
