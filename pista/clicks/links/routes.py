"""Links over HTTP: for whoever makes advertisements, and for whoever reads what they brought."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.clicks.links import service
from pista.clicks.links.model import ChangeLink, Link, LinkHours, Links, NewLink, within
from pista.clicks.model import LinkId
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["Links"]
LINK = "/api/links/{link_id:uuid}"
NO_LINK = {404: refused("`link_not_found`: no such link in this company.")}
TAKEN = {409: refused("`slug_taken`, or `too_many_links`.")}
BAD = {422: refused("`bad_link`, or `invalid`: the detail names the field.")}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}

Since = Annotated[datetime | None, QueryParameter(name="from")]
Until = Annotated[datetime | None, QueryParameter(name="to")]


@get(
    "/api/links",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="Links, and what came through each",
    responses={**REFUSALS, **BAD},
)
async def list_links(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    archived: FromQuery[bool] = False,
    since: Since = None,
    until: Until = None,
) -> Links:
    """All in use, or all archived; counted over whole hours, from the first one on if nothing else
    is said."""
    async with postgres.transaction() as tx:
        return await service.links(
            tx,
            caller.tenant_id,
            settings.url,
            archived=archived,
            since=within(since),
            until=within(until),
        )


@post(
    "/api/links",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Make a link",
    responses={**NOT_JSON, **REFUSALS, **TAKEN, **BAD},
)
async def create_link(
    data: JSONBody[NewLink],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Link:
    """It leads somewhere at once."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.create(tx, caller.tenant_id, data, settings.url, now=now)


@get(
    LINK,
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="One link",
    responses={**REFUSALS, **NO_LINK},
)
async def get_link(
    link_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Link:
    """With all that ever came through it."""
    async with postgres.transaction() as tx:
        return await service.link(tx, caller.tenant_id, LinkId(link_id), settings.url)


@patch(
    LINK,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Change a link",
    responses={**NOT_JSON, **REFUSALS, **NO_LINK, **TAKEN, **BAD},
)
async def change_link(
    link_id: FromPath[UUID],
    data: JSONBody[ChangeLink],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Link:
    """What came through it before stays as it was."""
    async with postgres.transaction() as tx:
        return await service.change(tx, caller.tenant_id, LinkId(link_id), data, settings.url)


@post(
    f"{LINK}/archive",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Archive a link",
    responses={**REFUSALS, **NO_LINK},
)
async def archive_link(
    link_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Link:
    """From now on it leads to its fallback; its address stays its own."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.archive(tx, caller.tenant_id, LinkId(link_id), settings.url, at=now)


@post(
    f"{LINK}/restore",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Use an archived link again",
    responses={**REFUSALS, **NO_LINK},
)
async def restore_link(
    link_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Link:
    """It leads where it did."""
    async with postgres.transaction() as tx:
        return await service.archive(tx, caller.tenant_id, LinkId(link_id), settings.url, at=None)


@get(
    f"{LINK}/hours",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="What came through a link, hour by hour",
    responses={**REFUSALS, **NO_LINK, **BAD},
)
async def link_hours(
    link_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    since: Since = None,
    until: Until = None,
) -> LinkHours:
    """Of the last seven days if nothing else is said, and of 400 at most; hours in UTC."""
    end = within(until) or datetime.now(UTC) + timedelta(hours=1)
    start = within(since) or end - timedelta(days=7)
    async with postgres.transaction() as tx:
        return await service.hours(tx, caller.tenant_id, LinkId(link_id), start, end)


@get(
    f"{LINK}/qr",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="A link's address as a QR code",
    responses={**REFUSALS, **NO_LINK, **BAD},
)
async def link_picture(
    link_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    as_: Annotated[Literal["svg", "png"], QueryParameter(name="format")] = "svg",
    scale: Annotated[int, QueryParameter(ge=1, le=40)] = 8,
) -> Response[bytes]:
    """Black on white, as SVG or PNG; `scale` is the side of one of its dots in pixels."""
    async with postgres.transaction() as tx:
        made = await service.picture(
            tx, caller.tenant_id, LinkId(link_id), settings.url, as_, scale
        )
    return Response(made, media_type=PICTURES[as_])


routes = [
    list_links,
    create_link,
    get_link,
    change_link,
    archive_link,
    restore_link,
    link_hours,
    link_picture,
]
