"""Every route of the house, and who gets in: written down here by hand, and tried one by one."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
from litestar.routes import HTTPRoute

from pista import accounts
from pista.app import House, openapi_json
from tests.callers import (
    EVERYBODY,
    STRANGERS,
    Company,
    client,
    house,
    make_company,
)
from tests.doors import ARRIVALS, DOORS, OPEN_FILES

__all__ = ["client", "house", "make_company"]

PAST_POLICIES = {
    # Whoever is not known yet has no tenant; once they are known, the rest is bound to theirs.
    "POST /api/login": "who signs in is found by e-mail",
    "POST /api/logout": "a session ends by its token, whoever holds it",
    "POST /api/join": "a link is found by its token",
    "POST /api/join/look": "the same",
    "POST /collect": "a site is found by its write key",
    "POST /tracking-v2/arrivals": "a site is found by its write key",
    "POST /webhooks/ghl/{source_id:uuid}": "a source is found by its id, and then by its secret",
    "POST /webhooks/ghl/{source_id:uuid}/{secret:str}": "the same",
    "POST /webhooks/contacts/{source_id:uuid}": "the same",
    "POST /webhooks/contacts/{source_id:uuid}/{secret:str}": "the same",
    "POST /webhooks/sales/{source_id:uuid}": "the same",
    "POST /webhooks/sales/{source_id:uuid}/{secret:str}": "the same",
    "POST /webhooks/payments/{gateway:str}/{account_id:uuid}": "an account is found by its id,"
    " and then by what its gateway proves itself with",
    "POST /webhooks/payments/{gateway:str}/{account_id:uuid}/{secret:str}": "the same",
    "GET /pay/{token:str}": "a charge is found by its token, whoever holds it",
    "GET /pay/{token:str}/state": "the same",
    "GET /pay/{token:str}/qr.svg": "the same",
    "GET /pay/{token:str}/qr.png": "the same",
    # The journal holds all tenants' events, packed together.
    "GET /tracking-v2/stream": "reads the journal, and unpacks the tenant's own events",
    "GET /api/contacts/{contact_id:str}/stream": "the same",
    "GET /api/privacy/visitors/{visitor_id:str}": "the same",
    "GET /api/privacy/contacts/{contact_id:str}": "the same",
}
"""Routes with the house's handle of PostgreSQL, which sees every row, and why."""
HTTP_DOORS = {route: who for route, who in DOORS.items() if not route.startswith("WEBSOCKET")}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WITHOUT_COOKIE = ("POST /api/login", "POST /webhooks", "POST /collect", ARRIVALS)


async def knock(
    client: httpx.AsyncClient, company: Company, route: str, headers: dict[str, str]
) -> httpx.Response:
    method, _, pattern = route.partition(" ")
    content = b"{}" if method in UNSAFE else None
    answer = await client.request(
        method,
        company.path(pattern),
        content=content,
        headers={"Content-Type": "application/json", **headers},
    )
    client.cookies.clear()
    return answer


async def test_the_description_is_served(client: httpx.AsyncClient):
    """
    What the server says of itself is what the command line prints.
    """
    answer = await client.get("/openapi.json")

    assert answer.status_code == 200
    assert answer.json() == msgspec.json.decode(openapi_json())


def test_every_route_stands_here(house: House):
    """
    A new route is written down above, with who may use it, before it can be released.
    """
    assert set(accounts.declarations(house.litestar)) == set(DOORS)


def test_whoever_has_a_company_is_held_to_its_rows(house: House):
    """
    Every route works with the caller's rows of PostgreSQL alone, but for those written down above.
    """
    past: set[str] = set()
    bound: set[str] = set()
    for route in house.litestar.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        for handler in handlers:
            asks = handler.parsed_fn_signature.parameters
            for method in getattr(handler, "http_methods", ()):
                past |= {f"{method} {route.path}"} if "house_postgres" in asks else set()
                bound |= {f"{method} {route.path}"} if "postgres" in asks else set()

    assert past == set(PAST_POLICIES)
    assert not bound & past
    assert {route for route in bound if DOORS.get(route) == EVERYBODY} == set()


def test_nobody_takes_the_house_handle_from_the_side():
    """
    It is in the app's state for who finds out who calls, and for the monitors' counts.
    """
    package = Path(accounts.__file__).parent.parent
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "state.postgres" in path.read_text()
    }

    assert found == {"accounts/guards.py", "web/health.py"}


async def test_each_caller_gets_in_where_it_should_and_nowhere_else(
    client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    Who is not let in hears 401 as a stranger and 403 as somebody known; who is, hears neither.
    """
    company = await make_company("flores")
    wrong: list[str] = []

    # Signing out last: it ends the session that the others need.
    for route, let_in in sorted(HTTP_DOORS.items(), key=lambda door: "logout" in door[0]):
        for caller, headers in company.callers.items():
            expected = 200 if caller in let_in else 401 if caller in STRANGERS else 403
            status = (await knock(client, company, route, headers)).status_code
            refused = status if status in (401, 403) else 200
            if refused != expected:
                wrong.append(f"{route} as {caller}: {status}")

    assert not wrong


async def test_nobody_gets_at_another_company(
    client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    Another tenant's or site's id in the path is 403 or 404, for an admin and an admin key too.
    """
    ours, theirs = await make_company("flores"), await make_company("rivales")
    wrong: list[str] = []

    for route in HTTP_DOORS:
        if "{tenant_id" in route or "{site_id" in route:
            for caller in ("asesor", "gtr", "admin", "admin key", "stats key", "sales key"):
                answer = await knock(client, theirs, route, ours.callers[caller])
                # What is asked is looked at first; whole requests: test_other_companies.py.
                unread = route.startswith(UNSAFE) and answer.status_code == 422
                if answer.status_code not in (403, 404) and not unread:
                    wrong.append(f"{route} as {caller}: {answer.status_code}")

    assert not wrong


async def test_another_page_cannot_use_the_cookie(
    client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    Whatever changes something is refused when the browser says that another site sent it.
    """
    company = await make_company("flores")
    evil = ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"})

    for route in HTTP_DOORS:
        # Signing in takes a whole body to get so far: tests/accounts/test_routes.py. Others
        # are let in by a secret or a key, and no cookie is looked at.
        if route.startswith(UNSAFE) and not route.startswith(WITHOUT_COOKIE):
            for sign in evil:
                answer = await knock(client, company, route, company.callers["admin"] | sign)
                assert (answer.status_code, answer.json()["code"]) == (403, "cross_origin"), route


async def test_every_answer_can_be_traced_and_is_kept_by_no_one(
    client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    A request id, no guessing of types, and no cache but for files that say so themselves.
    """
    company = await make_company("flores")

    for route in HTTP_DOORS:
        answer = await knock(client, company, route, company.callers["admin"])
        assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"]), route
        assert answer.headers["x-content-type-options"] == "nosniff", route
        kept = answer.headers["cache-control"]
        assert kept == "no-store" or route in OPEN_FILES, route


async def test_head_is_get_without_a_body(client: httpx.AsyncClient):
    """
    Monitors ask so; the server leaves out the body.
    """
    assert (await client.head("/health/live")).status_code == 200
    assert (await client.head("/")).headers["content-type"] == "text/html; charset=utf-8"
    assert (await client.head("/api/me")).status_code == 401


async def test_metrics_are_of_a_type_that_prometheus_reads(client: httpx.AsyncClient):
    """
    Its parser takes no parameter twice.
    """
    answer = await client.get("/metrics")

    assert re.fullmatch(
        r"text/plain; version=[\d.]+; charset=utf-8", answer.headers["content-type"]
    )
    assert b"pista_events_received" in answer.content
