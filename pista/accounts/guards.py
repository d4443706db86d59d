"""The one way a route says who may call it, and the one guard that holds it to that.

A route declares itself with `opt=may(Role.GTR, scope=Scope.STATS_READ)`, `opt=signed_in()` or
`opt=public()`. The app carries `guards=[guard]`, `dependencies` and, in its state,
`postgres` and `settings`; `check_declared(app)` refuses an app with a silent route.
"""

from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import Scope as AsgiScope

from pista.accounts import rules, sessions
from pista.accounts.audit import Actor, Auditor
from pista.accounts.audit.model import ActorKind
from pista.accounts.model import Caller, CrossOrigin, Role, Scope
from pista.accounts.second_factor.model import SecondFactorRequired
from pista.errors import Forbidden, NotSignedIn, StartError
from pista.settings import Settings
from pista.store.postgres import Postgres

COOKIE = "pista_session"
DECLARATION = "may"
_CALLER = "pista_caller"

Connection = ASGIConnection[Any, Any, Any, Any]


class May(msgspec.Struct, frozen=True):
    """Who may call a route. No role at all: anybody."""

    roles: tuple[Role, ...] = ()
    scope: Scope | None = None
    people_only: bool = False
    before_second_factor: bool = False


def may(*roles: Role, scope: Scope | None = None, people_only: bool = False) -> dict[str, May]:
    """People of these roles and those above, API keys with `scope`, and admin keys.

    `people_only`: no key at all, since the answer is about the person.
    """
    if not roles:
        raise ValueError("name a role, or say public()")
    return {DECLARATION: May(roles, scope, people_only)}


def signed_in(*, before_second_factor: bool = False) -> dict[str, May]:
    """Any signed-in person; no API key, since the answer is about the person.

    `before_second_factor`: also whoever has yet to set up the one that the company requires.
    """
    return {
        DECLARATION: May(tuple(Role), people_only=True, before_second_factor=before_second_factor)
    }


def public() -> dict[str, May]:
    """Anybody, signed in or not."""
    return {DECLARATION: May()}


async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Refuse whoever the route's declaration does not name."""
    declared = cast("May | None", handler.opt.get(DECLARATION))
    if declared is None and _answers_options_only(handler):
        return
    if declared is None:
        raise Forbidden
    if not declared.roles:
        return
    caller = await identify(connection)
    if caller is None:
        raise NotSignedIn
    if not rules.allowed(caller, declared.roles, declared.scope, people_only=declared.people_only):
        raise Forbidden
    if caller.needs_second_factor and not declared.before_second_factor:
        raise SecondFactorRequired
    _check_tenant(caller, connection)


async def caller(scope: AsgiScope) -> Caller:
    """The dependency `caller`: whom the guard let in."""
    found: Caller | None = scope["state"].get(_CALLER)
    if found is None:
        raise NotSignedIn
    return found


async def postgres_of_caller(state: State, caller: NamedDependency[Caller]) -> Postgres:
    """The dependency `postgres`: it shows the rows of the caller's tenant, whatever is asked."""
    return state.postgres.of(caller.tenant_id)


async def postgres_of_house(state: State) -> Postgres:
    """The dependency `house_postgres`, of all tenants: for whoever is not known yet."""
    return state.postgres


def actor_of(scope: AsgiScope, caller: Caller) -> Actor:
    """Who asks, and with which request."""
    return Actor(
        kind=ActorKind.USER if caller.user else ActorKind.KEY,
        id=caller.user.id if caller.user else caller.key,
        request_id=scope["state"].get("request_id"),
    )


async def auditor(scope: AsgiScope, caller: NamedDependency[Caller]) -> Auditor:
    """The dependency `auditor`: through it a route tells what it changes."""
    by = actor_of(scope, caller)
    return Auditor(tenant_id=caller.tenant_id, by=by, at=datetime.now(UTC))


dependencies = {
    "auditor": Provide(auditor),
    "caller": Provide(caller),
    "postgres": Provide(postgres_of_caller),
    "house_postgres": Provide(postgres_of_house),
}


async def identify(connection: Connection) -> Caller | None:
    """Who sends this, by API key or else by cookie; None if nobody we know.

    A WebSocket route is `public()` and calls this itself, since a browser learns the reason of a
    refusal only from a socket that was accepted first.
    """
    postgres = cast("Postgres", connection.app.state.postgres)
    now, found = datetime.now(UTC), None
    if key := rules.bearer(connection.headers.get("authorization")):
        async with postgres.transaction() as tx:
            found = await sessions.caller_by_key(tx, key, now=now)
    elif token := connection.cookies.get(COOKIE):
        check_same_origin(connection)
        async with postgres.transaction() as tx:
            found = await sessions.caller_by_session(tx, token, now=now)
    connection.scope["state"][_CALLER] = found
    return found


def check_same_origin(connection: Connection) -> None:
    """A cookie goes along with whatever page sends the request, so the page must be ours."""
    settings = cast("Settings", connection.app.state.settings)
    headers = connection.headers
    if not rules.same_origin(
        _method(connection.scope),
        origin=headers.get("origin"),
        fetch_site=headers.get("sec-fetch-site"),
        hosts=rules.own_hosts(headers.get("host", ""), settings.public_url),
    ):
        raise CrossOrigin


def declarations(app: Litestar) -> dict[str, May | None]:
    """Every route of the app, as `GET /path`, with its declaration."""
    found: dict[str, May | None] = {}
    for route in app.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        for handler in handlers:
            if not _answers_options_only(handler):
                found[f"{_verbs(handler)} {route.path}"] = handler.opt.get(DECLARATION)
    return found


def check_declared(app: Litestar) -> None:
    """Refuse to start an app with a route that does not say who may call it."""
    silent = [route for route, declared in declarations(app).items() if declared is None]
    if silent:
        raise StartError(f"These routes do not declare who may call them: {', '.join(silent)}.")


def _check_tenant(caller: Caller, connection: Connection) -> None:
    named = connection.path_params.get("tenant_id")
    if named is not None and str(named) != str(caller.tenant_id):
        raise Forbidden("This is another company's; your account or key belongs to one only.")


def _answers_options_only(handler: BaseRouteHandler) -> bool:
    # Litestar adds such a handler to each path by itself; it tells the methods and nothing else.
    return getattr(handler, "http_methods", None) == {"OPTIONS"}


def _method(scope: AsgiScope) -> str:
    return str(scope["method"]) if scope["type"] == ScopeType.HTTP else "WEBSOCKET"


def _verbs(handler: BaseRouteHandler) -> str:
    methods: set[str] | None = getattr(handler, "http_methods", None)
    kind = type(handler).__name__.partition("Route")[0].upper()
    return "|".join(sorted(methods)) if methods else kind
