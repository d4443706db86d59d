"""People, invitations and links over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from pista.accounts.answers import (
    CHANGES,
    CROSS_ORIGIN,
    INVALID,
    NOT_SIGNED_IN,
    REFUSALS,
    TOO_MANY,
    UNREADABLE,
    Incoming,
    actor,
    cookie,
    device,
    person,
    public_url,
    refused,
    request_id,
    same_origin,
)
from pista.accounts.guards import COOKIE, may, public, signed_in
from pista.accounts.model import Caller, Me, Role
from pista.accounts.people import joining, service
from pista.accounts.people.model import (
    AccessLink,
    ChangePassword,
    ChangePerson,
    Invites,
    LinkId,
    LookAtLink,
    NewInvite,
    OpenedLink,
    People,
    Person,
    UseLink,
)
from pista.ids import UserId
from pista.settings import Settings
from pista.store.postgres import Postgres

TAGS = ["People"]
NO_USER = refused("`user_not_found`: no such user in this company.")
NO_LINK = refused("`link_not_valid`: used, withdrawn, expired, or none of ours.")
WEAK = refused("`invalid`: the detail names the field; `weak_password`: choose another.")
EMAIL_TAKEN = refused("`email_taken`: a user with this e-mail exists already.")


@get("/api/users", opt=may(Role.ADMIN), summary="The people", tags=TAGS, responses=REFUSALS)
async def list_people(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> People:
    """Everybody who may sign in or once might: the deactivated come last."""
    async with postgres.transaction() as tx:
        return People(items=await service.people(tx, caller.tenant_id))


@patch(
    "/api/users/{user_id:uuid}",
    opt=may(Role.ADMIN),
    summary="Change a user",
    tags=TAGS,
    responses=CHANGES | {404: NO_USER, 409: refused("`last_admin`: nobody else is an admin.")},
)
async def change_person(
    request: Incoming,
    user_id: FromPath[UUID],
    data: JSONBody[ChangePerson],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Person:
    """Change name or role, or shut out (`active: false`) and let in again; the rest stays."""
    by, user, now = actor(request, caller), UserId(user_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.change(tx, caller.tenant_id, by, user, data, now=now)


@post(
    "/api/users/{user_id:uuid}/reset",
    opt=may(Role.ADMIN),
    summary="Make a link for a new password",
    tags=TAGS,
    responses={
        400: UNREADABLE,
        **REFUSALS,
        404: NO_USER,
        409: refused("`user_deactivated`: reactivate them first."),
    },
)
async def make_reset(
    request: Incoming,
    user_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> AccessLink:
    """It is shown once, works once, and for a day. Pista sends no e-mail: hand it over yourself."""
    by, url, now = actor(request, caller), public_url(request, settings), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.make_reset(
            tx, caller.tenant_id, by, UserId(user_id), public_url=url, now=now
        )


@get("/api/invites", opt=may(Role.ADMIN), summary="Open invitations", tags=TAGS, responses=REFUSALS)
async def list_invites(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Invites:
    """Those that nobody has taken up yet, the newest first."""
    async with postgres.transaction() as tx:
        return Invites(items=await service.invites(tx, caller.tenant_id, now=datetime.now(UTC)))


@post(
    "/api/invites",
    opt=may(Role.ADMIN),
    summary="Invite somebody",
    tags=TAGS,
    responses=CHANGES | {409: EMAIL_TAKEN},
)
async def invite(
    request: Incoming,
    data: JSONBody[NewInvite],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> AccessLink:
    """The link is shown once, works once, and for seven days. Pista sends no e-mail: hand it over
    yourself. An older invitation of the same e-mail is void.
    """
    by, url, now = actor(request, caller), public_url(request, settings), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.invite(tx, caller.tenant_id, by, data, public_url=url, now=now)


@delete(
    "/api/invites/{invite_id:uuid}",
    opt=may(Role.ADMIN),
    summary="Withdraw an invitation",
    tags=TAGS,
    responses=REFUSALS | {404: refused("`invite_not_found`: no such open invitation here.")},
)
async def withdraw_invite(
    request: Incoming,
    invite_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """Its link is void from now on."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.withdraw_invite(tx, caller.tenant_id, by, LinkId(invite_id), now=now)


@post(
    "/api/join/look",
    status_code=200,
    opt=public(),
    guards=[same_origin],
    summary="Look at a link",
    tags=TAGS,
    responses={400: UNREADABLE, 403: CROSS_ORIGIN, 404: NO_LINK, 422: INVALID},
)
async def look_at_link(
    data: JSONBody[LookAtLink], house_postgres: NamedDependency[Postgres]
) -> OpenedLink:
    """What the link is for. Looking, as previews of chat programs do, does not use it up."""
    async with house_postgres.transaction() as tx:
        return await joining.look(tx, data.token, now=datetime.now(UTC))


@post(
    "/api/join",
    status_code=200,
    opt=public(),
    guards=[same_origin],
    summary="Use a link",
    tags=TAGS,
    responses={400: UNREADABLE, 403: CROSS_ORIGIN, 404: NO_LINK, 409: EMAIL_TAKEN, 422: WEAK},
)
async def use_link(
    request: Incoming,
    data: JSONBody[UseLink],
    house_postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Response[Me | None]:
    """Join with a name and a password, and be signed in; or choose a new password, which ends all
    sessions and answers `null`: sign in with it.
    """
    opened = await joining.use(
        house_postgres,
        data,
        request_id=request_id(request),
        now=datetime.now(UTC),
        device=device(request),
    )
    if opened is None:
        return Response(None)
    return Response(opened.me, cookies=[cookie(opened.token, settings)])


@post(
    "/api/me/password",
    status_code=204,
    opt=signed_in(),
    summary="Change your password",
    tags=["Session"],
    responses={
        400: UNREADABLE,
        401: NOT_SIGNED_IN,
        403: refused("`wrong_password`: the current one is not right; or as everywhere."),
        422: WEAK,
        429: TOO_MANY,
    },
)
async def change_password(
    request: Incoming,
    data: JSONBody[ChangePassword],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """Every other session of yours ends."""
    token = request.cookies[COOKIE]
    by, now = actor(request, caller), datetime.now(UTC)
    await joining.change_password(
        postgres, caller.tenant_id, person(caller), data, token, by=by, now=now
    )


handlers: list[ControllerRouterHandler] = [
    list_people,
    change_person,
    make_reset,
    list_invites,
    invite,
    withdraw_invite,
    look_at_link,
    use_link,
    change_password,
]
