"""A contact's events as they come, over HTTP."""

from typing import Any

from litestar import Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath

from pista import accounts, texts
from pista.accounts import NOT_SIGNED_IN, Caller, Role, refused
from pista.ids import ContactId
from pista.store.postgres import Postgres
from pista.stream import Tail, response
from pista.stream.model import LiveEvent, Topic
from pista.stream.readers import Reader
from pista.stream.response import LastEventId, LiveStream
from pista.timeline import live
from pista.timeline.following import Follower, Followers
from pista.timeline.live import Watch

NO_LIMIT = 2**62

RESPONSES = {
    200: ResponseSpec(
        LiveEvent,
        description="Server-Sent Events without an end: `event` with this as its data, `changed`,"
        " `gap` and `skipped`.",
        media_type=response.MEDIA_TYPE,
        generate_examples=False,
    ),
    401: NOT_SIGNED_IN,
    403: refused("`forbidden`: the role or key may not."),
    404: refused("`contact_not_found`: no such contact in this company."),
    422: refused("`invalid`: the detail names the parameter."),
    503: refused("`too_many_readers`, or `unavailable`: PostgreSQL is away."),
}


@get(
    "/api/contacts/{contact_id:str}/stream",
    opt=accounts.may(Role.ASESOR),
    tags=["Contacts"],
    summary="What a contact does, as it comes",
    responses=RESPONSES,
)
async def contact_stream(
    request: Request[None, None, State],
    contact_id: FromPath[str],
    caller: NamedDependency[Caller],
    house_postgres: NamedDependency[Postgres],
    last_event_id: LastEventId = None,
) -> LiveStream:
    """Server-Sent Events of the contact's visitors, also of those that are linked meanwhile."""
    tail: Tail = request.app.state.stream
    followers: Followers = request.app.state.followers
    tenant = caller.tenant_id
    reader = Reader(Topic(tenant, visitors=frozenset()))
    # A NUL, which PostgreSQL takes in no text, is in no id either.
    follower = Follower(ContactId(texts.plain(contact_id)), reader)
    postgres = house_postgres.of(tenant)
    watch = Watch(request, postgres, house_postgres, reader, follower)

    def gone() -> None:
        tail.leave(reader)
        followers.remove(tenant, follower)

    # Before the first look, so that no news is missed after it.
    followers.add(tenant, follower)
    try:
        follower.shown, visitors = await live.seen(postgres, tenant, follower.contact)
        reader.topic = live.topic_of(visitors)
        begun = await tail.join(reader)
        missed = await watch.missed(last_event_id, begun)
    except BaseException:
        gone()
        raise
    pieces = response.told(reader, begun, missed, watch.look_again, NO_LIMIT)
    return LiveStream(pieces, gone)


routes: list[Any] = [contact_stream]
