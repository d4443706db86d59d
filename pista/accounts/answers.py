"""What routes share: the refusals they describe, and who asks."""

from collections.abc import Callable
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.handlers import BaseRouteHandler
from litestar.openapi import ResponseSpec

from pista.accounts.audit.model import Actor
from pista.accounts.guards import COOKIE, Connection, actor_of, check_same_origin
from pista.accounts.model import Caller, Device, User
from pista.accounts.rules import SESSION_LIFE
from pista.errors import Forbidden, Problem
from pista.settings import Settings

Incoming = Request[None, None, State]


def refused(description: str) -> ResponseSpec:
    """An error answer, for the API reference."""
    return ResponseSpec(
        Problem,
        description=description,
        media_type="application/problem+json",
        generate_examples=False,
    )


UNREADABLE = refused("`bad_request`: the request cannot be read; a body must be JSON.")
NOT_SIGNED_IN = refused("`not_signed_in`: no session or API key, or it has ended.")
FORBIDDEN = refused("`forbidden`: the role or key may not; `cross_origin`: another page asked.")
CROSS_ORIGIN = refused("`cross_origin`: a page of another origin asked.")
INVALID = refused("`invalid`: the detail names the field.")
TOO_MANY = refused("`too_many_attempts`: wait for `Retry-After` seconds.")
NOT_JSON = {400: refused("`bad_request`: the body is not JSON.")}
REFUSALS = {401: NOT_SIGNED_IN, 403: FORBIDDEN}
ADMINS_ONLY = {
    401: NOT_SIGNED_IN,
    403: refused("`forbidden`: only an admin may; `cross_origin`: another page asked."),
}
OWN_TENANT = {
    401: NOT_SIGNED_IN,
    403: refused("`forbidden`: the role or key may not, or the tenant is another."),
}
CHANGES = {400: UNREADABLE, **REFUSALS, 422: INVALID}


async def same_origin(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard for what anybody may send, and no other page may have sent."""
    check_same_origin(connection)


def actor(request: Request[Any, Any, State], caller: Caller) -> Actor:
    """Who asks, for the audit log."""
    return actor_of(request.scope, caller)


def person(caller: Caller) -> User:
    """Who asks; the routes that are `signed_in()` have let in nobody else."""
    if caller.user is None:
        raise Forbidden("This is about a signed-in person; an API key is none.")
    return caller.user


def device(request: Request[Any, Any, State]) -> Device:
    """What asks. The house tells it, since reading headers of browsers is not this room's."""
    told: Callable[[str, str, str], Device] | None = getattr(request.app.state, "device_of", None)
    if told is None:
        return Device()
    headers = request.headers
    peer = request.client.host if request.client else ""
    return told(headers.get("user-agent", ""), peer, headers.get("x-forwarded-for", ""))


def request_id(request: Request[Any, Any, State]) -> str | None:
    """As the answer will carry it."""
    return request.scope["state"].get("request_id")


def public_url(request: Incoming, settings: Settings) -> str:
    """How visitors reach this server: as configured, or as the person who asks reached it."""
    return settings.public_url or str(request.base_url)


def cookie(token: str, settings: Settings) -> Cookie:
    return Cookie(
        COOKIE,
        value=token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.url.startswith("https://"),
        max_age=int(SESSION_LIFE.total_seconds()),
    )
