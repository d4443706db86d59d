"""The live stream over HTTP."""

from typing import Annotated, Any

from litestar import Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import QueryParameter

from pista import accounts
from pista.accounts import OWN_TENANT, Caller, Role, Scope, refused
from pista.errors import Forbidden, PistaError
from pista.ids import SiteId, TenantId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from pista.stream import position, response, resume
from pista.stream.model import LiveEvent, Topic
from pista.stream.position import Position, UnknownPosition
from pista.stream.readers import Reader
from pista.stream.response import LastEventId, LiveStream
from pista.stream.resume import Missed
from pista.stream.tail import Tail

PATH = "/tracking-v2/stream"
MOST_LAST = 500
NO_LIMIT = 2**62

Tenant = Annotated[TenantId, QueryParameter(name="tenantId")]
Site = Annotated[SiteId | None, QueryParameter(name="siteId", description="Only this site's.")]
Type = Annotated[
    str | None,
    QueryParameter(name="eventType", max_length=64, description="Only events of this type."),
]
Last = Annotated[
    int,
    QueryParameter(
        name="last", ge=0, le=MOST_LAST, description="Begin with so many of the last events."
    ),
]
Limit = Annotated[
    int | None, QueryParameter(name="limit", ge=1, description="End after so many events.")
]

RESPONSES = {
    200: ResponseSpec(
        LiveEvent,
        description="Server-Sent Events without an end: `event` with this as its data, `gap` and"
        " `skipped`.",
        media_type=response.MEDIA_TYPE,
        generate_examples=False,
    ),
    **OWN_TENANT,
    422: refused("`invalid`: the detail names the parameter."),
    503: refused("`too_many_readers`, or `unavailable`: PostgreSQL is away."),
}


@get(
    PATH,
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Events"],
    summary="Events as they come",
    responses=RESPONSES,
)
async def stream(
    request: Request[None, None, State],
    caller: NamedDependency[Caller],
    house_postgres: NamedDependency[Postgres],
    tenant_id: Tenant,
    site: Site = None,
    event_type: Type = None,
    last: Last = 0,
    limit: Limit = None,
    last_event_id: LastEventId = None,
) -> LiveStream:
    """Server-Sent Events, at most a second after each was acknowledged. `Last-Event-ID` resumes."""
    if tenant_id != caller.tenant_id:
        raise Forbidden("This is another company's; your account or key belongs to one only.")
    tail: Tail = request.app.state.stream
    topic = Topic(tenant_id, site, event_type)
    reader = Reader(topic)
    begun = await tail.join(reader)
    try:
        missed = await _missed(request, house_postgres, topic, last, last_event_id, begun)
    except BaseException:
        tail.leave(reader)
        raise

    async def look_again() -> bytes | None:
        return b"" if await may_stay(request) else None

    pieces = response.told(reader, begun, missed, look_again, limit or NO_LIMIT)
    return LiveStream(pieces, lambda: tail.leave(reader))


async def _missed(
    request: Request[None, None, State],
    postgres: Postgres,
    topic: Topic,
    last: int,
    last_event_id: str | None,
    begun: Position,
) -> Missed:
    clickhouse = request.app.state.clickhouse
    if last_event_id:
        return await resume.resume(postgres, clickhouse, topic, place_of(last_event_id), begun)
    if last:
        return await resume.last(postgres, clickhouse, topic, last, begun)
    return Missed([], [])


def place_of(last_event_id: str) -> Position | None:
    """None for an id that is none of ours."""
    try:
        return position.decode(last_event_id)
    except UnknownPosition:
        return None


async def may_stay(request: Request[None, None, State]) -> bool:
    """Whoever signed out, or was shut out, must not go on reading the company's events."""
    try:
        await accounts.guard(request, request.route_handler)
    except store.AWAY:
        return True
    except PistaError:
        return False
    return True


routes: list[Any] = [stream]
