"""Sessions and timelines of contacts over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts, texts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.contacts.facts import Source
from pista.ids import ContactId
from pista.paging import Before
from pista.store.postgres import Postgres
from pista.timeline import service
from pista.timeline.model import SessionEvents, Sessions, Timeline

TAGS = ["Contacts"]
NOT_TOLD = {
    **REFUSALS,
    404: refused("`contact_not_found`: no such contact in this company."),
    422: refused("`invalid`: the detail names the parameter."),
    503: refused("`unavailable`: the event store is away."),
}
NO_SESSION = {
    404: refused("`contact_not_found`, or `visit_not_found`: the contact has no such session.")
}

Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100)]
EventLimit = Annotated[int, QueryParameter(name="limit", ge=1, le=500)]
Asked = Request[None, None, State]


@get(
    "/api/contacts/{contact_id:str}/sessions",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="A contact's sessions",
    responses=NOT_TOLD,
)
async def contact_sessions(
    request: Asked,
    contact_id: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: Before = None,
    limit: Limit = 20,
) -> Sessions:
    """Of all its visitors, the latest first; of a shared browser what was the contact's."""
    return await service.sessions_page(
        postgres,
        request.app.state.clickhouse,
        caller.tenant_id,
        _id(contact_id),
        before=before,
        limit=limit,
    )


@get(
    "/api/contacts/{contact_id:str}/timeline",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="A contact's sessions, and what became of it",
    responses=NOT_TOLD,
)
async def contact_timeline(
    request: Asked,
    contact_id: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: Before = None,
    limit: Limit = 20,
) -> Timeline:
    """The latest first: sessions by when they began, with their newest events."""
    sources: Sequence[Source] = request.app.state.facts
    return await service.timeline_page(
        postgres,
        request.app.state.clickhouse,
        caller.tenant_id,
        _id(contact_id),
        sources,
        before=before,
        limit=limit,
    )


@get(
    "/api/contacts/{contact_id:str}/sessions/{session_id:uuid}/events",
    opt=accounts.may(Role.ASESOR),
    tags=TAGS,
    summary="What a contact did in a session",
    responses={**NOT_TOLD, **NO_SESSION},
)
async def contact_session_events(
    request: Asked,
    contact_id: FromPath[str],
    session_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    before: Before = None,
    limit: EventLimit = 100,
) -> SessionEvents:
    """The newest first."""
    return await service.session_events(
        postgres,
        request.app.state.clickhouse,
        caller.tenant_id,
        _id(contact_id),
        session_id,
        before=before,
        limit=limit,
    )


def _id(text: str) -> ContactId:
    # A NUL, which PostgreSQL takes in no text, is in no id either.
    return ContactId(texts.plain(text))


routes: list[Any] = [contact_sessions, contact_timeline, contact_session_events]
