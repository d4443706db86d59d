"""Signing in, the company, and its sites over HTTP."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, Router, get, patch, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec.structs import asdict

from pista.accounts import service, sessions, site_forms
from pista.accounts.answers import (
    CHANGES,
    CROSS_ORIGIN,
    FORBIDDEN,
    INVALID,
    NOT_SIGNED_IN,
    TOO_MANY,
    UNREADABLE,
    Incoming,
    actor,
    cookie,
    device,
    public_url,
    refused,
)
from pista.accounts.audit import routes as audit
from pista.accounts.devices import routes as devices
from pista.accounts.guards import COOKIE, check_same_origin, may, public, signed_in
from pista.accounts.keys import routes as keys
from pista.accounts.model import (
    Caller,
    ChangeSite,
    ChangeTenant,
    Company,
    Login,
    Me,
    NewSite,
    Role,
    Site,
    Sites,
    Tenant,
)
from pista.accounts.people import routes as people
from pista.accounts.rules import client_address
from pista.accounts.second_factor import routes as second_factor
from pista.ids import SiteId
from pista.settings import Settings
from pista.store.postgres import Postgres

NO_SITE = refused("`site_not_found`: no such site in this company.")


@post(
    "/api/login",
    status_code=200,
    opt=public(),
    summary="Sign in",
    tags=["Session"],
    responses={
        400: UNREADABLE,
        401: refused(
            "`invalid_credentials`: e-mail and password do not belong together;"
            " `second_factor_needed`, `second_factor_wrong`: send a `code` along."
        ),
        403: CROSS_ORIGIN,
        422: INVALID,
        429: TOO_MANY,
    },
)
async def login(
    request: Incoming,
    data: JSONBody[Login],
    house_postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Response[Me]:
    """Open a session; the answer sets the cookie `pista_session`."""
    check_same_origin(request)
    address = client_address(
        request.client.host if request.client else "",
        request.headers.get("x-forwarded-for"),
        settings.trusted_proxies,
    )
    session = await sessions.sign_in(
        house_postgres,
        data,
        address,
        now=datetime.now(UTC),
        device=device(request),
        sealer=request.app.state.sealer,
    )
    return Response(session.me, cookies=[cookie(session.token, settings)])


@post(
    "/api/logout",
    status_code=204,
    opt=public(),
    summary="Sign out",
    tags=["Session"],
    response_cookies=[Cookie(COOKIE, value="", path="/", httponly=True, samesite="lax", max_age=0)],
    responses={403: CROSS_ORIGIN},
)
async def logout(request: Incoming, house_postgres: NamedDependency[Postgres]) -> None:
    """End this session; without one nothing happens."""
    check_same_origin(request)
    if token := request.cookies.get(COOKIE):
        async with house_postgres.transaction() as tx:
            await sessions.sign_out(tx, token)


@get(
    "/api/me",
    opt=signed_in(before_second_factor=True),
    summary="Who is signed in",
    tags=["Session"],
    responses={401: NOT_SIGNED_IN, 403: FORBIDDEN},
)
async def me(
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Response[Me]:
    """The signed-in person and the company; the cookie's 30 days begin anew."""
    async with postgres.transaction() as tx:
        found = await sessions.me(tx, caller)
    return Response(found, cookies=[cookie(request.cookies[COOKIE], settings)])


@get(
    "/api/tenant",
    opt=may(Role.ASESOR),
    summary="The company",
    tags=["Company"],
    responses={401: NOT_SIGNED_IN},
)
async def get_tenant(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Company:
    async with postgres.transaction() as tx:
        return _company(await service.tenant(tx, caller.tenant_id), settings)


@patch(
    "/api/tenant",
    opt=may(Role.ADMIN),
    summary="Change the company",
    tags=["Company"],
    responses=CHANGES,
)
async def change_tenant(
    request: Incoming,
    data: JSONBody[ChangeTenant],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Company:
    """Change its name, the time zone of its statistics (an IANA name), or whether events keep the
    visitor's address (`storeIp`), or whether everybody needs a second factor
    (`requireSecondFactor`); what is left out stays.
    """
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        changed = await service.change_tenant(tx, caller.tenant_id, data, by=by, now=now)
    return _company(changed, settings)


@get(
    "/api/sites",
    opt=may(Role.ASESOR),
    summary="The sites",
    tags=["Company"],
    responses={401: NOT_SIGNED_IN},
)
async def list_sites(
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Sites:
    """The oldest first, each with the snippet line to paste into its pages."""
    url = public_url(request, settings)
    async with postgres.transaction() as tx:
        return Sites(items=await service.list_sites(tx, caller.tenant_id, public_url=url))


@post(
    "/api/sites",
    opt=may(Role.ADMIN),
    summary="Add a site",
    tags=["Company"],
    responses=CHANGES,
)
async def create_site(
    request: Incoming,
    data: JSONBody[NewSite],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Site:
    """Add a site whose pages on these domains may send events."""
    by, url, now = actor(request, caller), public_url(request, settings), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.create_site(tx, caller.tenant_id, data, public_url=url, now=now, by=by)


@get(
    "/api/sites/{site_id:uuid}",
    opt=may(Role.ASESOR),
    summary="One site",
    tags=["Company"],
    responses={400: UNREADABLE, 401: NOT_SIGNED_IN, 404: NO_SITE},
)
async def get_site(
    request: Incoming,
    site_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Site:
    url = public_url(request, settings)
    async with postgres.transaction() as tx:
        return await service.site(tx, caller.tenant_id, SiteId(site_id), public_url=url)


@patch(
    "/api/sites/{site_id:uuid}",
    opt=may(Role.ADMIN),
    summary="Change a site",
    tags=["Company"],
    responses=CHANGES | {404: NO_SITE},
)
async def change_site(
    request: Incoming,
    site_id: FromPath[UUID],
    data: JSONBody[ChangeSite],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
) -> Site:
    """Change its name or its domains; what is left out stays."""
    by, url, now = actor(request, caller), public_url(request, settings), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.change_site(
            tx, caller.tenant_id, SiteId(site_id), data, public_url=url, by=by, now=now
        )


def _company(tenant: Tenant, settings: Settings) -> Company:
    return Company(**asdict(tenant), geoip=settings.geoip_db is not None)


routes = Router(
    path="/",
    route_handlers=[
        login,
        logout,
        me,
        get_tenant,
        change_tenant,
        list_sites,
        create_site,
        get_site,
        change_site,
        *people.handlers,
        *devices.handlers,
        *keys.handlers,
        *audit.handlers,
        *second_factor.handlers,
        *site_forms.handlers,
    ],
)
