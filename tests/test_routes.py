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
    ADMINS,
    COMPANY,
    EVERYBODY,
    PEOPLE,
    REPORTS,
    STRANGERS,
    SUPERVISORS,
    Company,
    client,
    house,
    make_company,
)

__all__ = ["client", "house", "make_company"]

MORE_FILES = ("GET /snip-forms.js", "GET /snip-ads.js")
OPEN_FILES = ("GET /", "GET /{path:path}", "GET /snip.js", *MORE_FILES)
ARRIVALS = "POST /tracking-v2/arrivals"
MESSAGES = "/api/chat/conversations/{conversation_id:uuid}/messages"

DOORS = {
    "GET /": EVERYBODY,
    "GET /{path:path}": EVERYBODY,
    "GET /snip.js": EVERYBODY,
    "GET /snip-forms.js": EVERYBODY,
    "GET /snip-ads.js": EVERYBODY,
    "GET /openapi.json": EVERYBODY,
    "GET /asyncapi.json": EVERYBODY,
    "GET /schema": EVERYBODY,
    "GET /schema/openapi.json": EVERYBODY,
    "GET /schema/{path:str}": EVERYBODY,
    "GET /health/live": EVERYBODY,
    "GET /health/ready": EVERYBODY,
    "GET /tracking-v2/health": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "POST /api/login": EVERYBODY,
    "POST /api/logout": EVERYBODY,
    "WEBSOCKET /ws": EVERYBODY,  # it closes by itself: see below
    "GET /api/me": PEOPLE,
    "POST /api/me/password": PEOPLE,
    "GET /api/me/sessions": PEOPLE,
    "DELETE /api/me/sessions": PEOPLE,
    "DELETE /api/me/sessions/{session_id:uuid}": PEOPLE,
    "GET /api/me/second-factor": PEOPLE,
    "POST /api/me/second-factor": PEOPLE,
    "POST /api/me/second-factor/confirm": PEOPLE,
    "POST /api/me/second-factor/recovery": PEOPLE,
    "POST /api/me/second-factor/off": PEOPLE,
    "POST /api/users/{user_id:uuid}/second-factor/off": ADMINS,
    "GET /api/audit": ADMINS,
    "GET /api/keys": ADMINS,
    "POST /api/keys": ADMINS,
    "DELETE /api/keys/{key_id:uuid}": ADMINS,
    "GET /api/users": ADMINS,
    "PATCH /api/users/{user_id:uuid}": ADMINS,
    "POST /api/users/{user_id:uuid}/reset": ADMINS,
    "GET /api/invites": ADMINS,
    "POST /api/invites": ADMINS,
    "DELETE /api/invites/{invite_id:uuid}": ADMINS,
    "POST /api/join/look": EVERYBODY,
    "POST /api/join": EVERYBODY,
    "GET /api/tenant": COMPANY,
    "PATCH /api/tenant": ADMINS,
    "GET /api/sites": COMPANY,
    "POST /api/sites": ADMINS,
    "GET /api/sites/{site_id:uuid}": COMPANY,
    "PATCH /api/sites/{site_id:uuid}": ADMINS,
    "GET /api/sites/{site_id:uuid}/forms": COMPANY,
    "PUT /api/sites/{site_id:uuid}/forms": ADMINS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}": REPORTS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}/now": REPORTS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}/breakdown": REPORTS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}/funnel": REPORTS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}/retention": REPORTS,
    "GET /tracking-v2/stats/tenant/{tenant_id:uuid}/bots": REPORTS,
    "GET /api/partitions": ADMINS,
    "DELETE /api/partitions/{month:str}": ADMINS,
    "GET /api/alerts/rules": REPORTS,
    "POST /api/alerts/rules": ADMINS,
    "PATCH /api/alerts/rules/{rule_id:uuid}": ADMINS,
    "DELETE /api/alerts/rules/{rule_id:uuid}": ADMINS,
    "POST /api/alerts/rules/{rule_id:uuid}/secret": ADMINS,
    "POST /api/alerts/rules/{rule_id:uuid}/test": ADMINS,
    "GET /api/alerts/rules/{rule_id:uuid}/history": REPORTS,
    "POST /api/alerts/preview": REPORTS,
    "GET /api/alerts/firings": REPORTS,
    "POST /api/alerts/deliveries/{delivery_id:uuid}/retry": ADMINS,
    "GET /tracking-v2/stream": REPORTS,
    # Whoever knows a source's secret: see tests/crm/test_doors.py.
    "POST /collect": EVERYBODY,
    "POST /webhooks/ghl/{source_id:uuid}": EVERYBODY,
    "POST /webhooks/ghl/{source_id:uuid}/{secret:str}": EVERYBODY,
    "POST /webhooks/contacts/{source_id:uuid}": EVERYBODY,
    "POST /webhooks/contacts/{source_id:uuid}/{secret:str}": EVERYBODY,
    "GET /api/webhook-sources": ADMINS,
    "POST /api/webhook-sources": ADMINS,
    "PATCH /api/webhook-sources/{source_id:uuid}": ADMINS,
    "DELETE /api/webhook-sources/{source_id:uuid}": ADMINS,
    "POST /api/webhook-sources/{source_id:uuid}/secret": ADMINS,
    "GET /api/webhook-sources/{source_id:uuid}/webhooks": ADMINS,
    "POST /api/webhook-sources/{source_id:uuid}/webhooks/{received_id:uuid}/retry": ADMINS,
    "GET /api/webhook-sources/{source_id:uuid}/last": ADMINS,
    "POST /api/webhook-sources/{source_id:uuid}/mapping": ADMINS,
    "GET /api/webhook-sources/{source_id:uuid}/webhooks/{received_id:uuid}": ADMINS,
    "POST /api/webhook-sources/{source_id:uuid}/replay": ADMINS,
    "GET /api/links": REPORTS,
    "POST /api/links": SUPERVISORS,
    "GET /api/links/{link_id:uuid}": REPORTS,
    "PATCH /api/links/{link_id:uuid}": SUPERVISORS,
    "POST /api/links/{link_id:uuid}/archive": SUPERVISORS,
    "POST /api/links/{link_id:uuid}/restore": SUPERVISORS,
    "GET /api/links/{link_id:uuid}/hours": REPORTS,
    "GET /api/links/{link_id:uuid}/qr": SUPERVISORS,
    "GET /api/link-domains": SUPERVISORS,
    "POST /api/link-domains": ADMINS,
    "DELETE /api/link-domains/{domain:str}": ADMINS,
    "GET /api/clicks": REPORTS,
    # Whoever knows a site's key: see tests/clicks/test_visiting.py.
    "POST /tracking-v2/arrivals": EVERYBODY,
    "GET /api/dead-letters": ADMINS,
    "GET /api/dead-letters/{letter_id:int}": ADMINS,
    "GET /api/queue-monitor/stats": ADMINS,
    "GET /api/queue-monitor/history": ADMINS,
    "POST /api/queue-monitor/pause": ADMINS,
    "POST /api/queue-monitor/resume": ADMINS,
    "DELETE /api/queue-monitor/clear": ADMINS,
    "POST /api/dead-letters/replay": ADMINS,
    "POST /api/dead-letters/drop": ADMINS,
    "GET /api/exports": ADMINS,
    "POST /api/exports": ADMINS,
    "PUT /api/exports/schedule": ADMINS,
    "GET /api/exports/{export_id:uuid}": ADMINS,
    "POST /api/exports/{export_id:uuid}/cancel": ADMINS,
    "POST /api/exports/{export_id:uuid}/retry": ADMINS,
    "GET /api/exports/{export_id:uuid}/files/{name:str}": ADMINS,
    "GET /tracking-v2/throttling": REPORTS,
    "GET /api/privacy/visitors/{visitor_id:str}": ADMINS,
    "POST /api/privacy/erasures": ADMINS,
    "GET /api/privacy/erasures": ADMINS,
    "GET /api/privacy/contacts/{contact_id:str}": ADMINS,
    "POST /api/privacy/contact-erasures": ADMINS,
    "GET /api/privacy/contact-erasures": ADMINS,
    "GET /api/contacts": COMPANY,
    "POST /api/contacts": SUPERVISORS,
    "GET /api/contacts/settings": COMPANY,
    "PUT /api/contacts/settings": ADMINS,
    "GET /api/contacts/export": SUPERVISORS,
    "GET /api/contacts/imports": SUPERVISORS,
    "POST /api/contacts/imports": SUPERVISORS,
    "GET /api/contacts/imports/{import_id:uuid}": SUPERVISORS,
    "POST /api/contacts/imports/{import_id:uuid}/preview": SUPERVISORS,
    "POST /api/contacts/imports/{import_id:uuid}/start": SUPERVISORS,
    "POST /api/contacts/imports/{import_id:uuid}/cancel": SUPERVISORS,
    "POST /api/contacts/imports/{import_id:uuid}/undo": SUPERVISORS,
    "GET /api/contacts/imports/{import_id:uuid}/problems": SUPERVISORS,
    "GET /api/contacts/{contact_id:str}": COMPANY,
    "PATCH /api/contacts/{contact_id:str}": SUPERVISORS,
    "POST /api/contacts/{contact_id:str}/merge": SUPERVISORS,
    "DELETE /api/contacts/{contact_id:str}/merge/{merge_id:uuid}": SUPERVISORS,
    "GET /api/contacts/{contact_id:str}/sessions": COMPANY,
    "GET /api/contacts/{contact_id:str}/timeline": COMPANY,
    "GET /api/contacts/{contact_id:str}/sessions/{session_id:uuid}/events": COMPANY,
    "GET /api/contacts/{contact_id:str}/stream": COMPANY,
    "GET /api/linking/conflicts": SUPERVISORS,
    "POST /api/linking/conflicts/{conflict_id:uuid}/decision": SUPERVISORS,
    "DELETE /api/linking/conflicts/{conflict_id:uuid}/decision": SUPERVISORS,
    "GET /api/linking/claims": SUPERVISORS,
    "POST /api/linking/links": SUPERVISORS,
    "GET /api/linking/report": REPORTS,
    "GET /api/linking/reviews": SUPERVISORS,
    "GET /api/linking/open": SUPERVISORS,
    "GET /api/linking/visitors/{visitor_id:str}": SUPERVISORS,
    "POST /api/linking/claims/{claim_id:uuid}/decision": SUPERVISORS,
    "DELETE /api/linking/claims/{claim_id:uuid}/decision": SUPERVISORS,
    "POST /api/linking/claims/{claim_id:uuid}/undo": SUPERVISORS,
    "GET /api/chat/conversations": COMPANY,
    "GET /api/chat/unread": COMPANY,
    "GET /api/chat/changes": COMPANY,
    "GET /api/chat/colleagues": COMPANY,
    "GET /api/chat/conversations/{conversation_id:uuid}": COMPANY,
    "GET /api/chat/conversations/{conversation_id:uuid}/messages": COMPANY,
    f"POST {MESSAGES}": COMPANY,
    f"PUT {MESSAGES}/{{message_id:uuid}}/reaction": COMPANY,
    f"POST {MESSAGES}/{{message_id:uuid}}/resend": COMPANY,
    "GET /api/chat/sending": COMPANY,
    "POST /api/chat/channels/{channel_id:uuid}/resume": ADMINS,
    "GET /api/chat/channels/{channel_id:uuid}/templates": COMPANY,
    "POST /api/chat/conversations/{conversation_id:uuid}/read": COMPANY,
    "PUT /api/chat/conversations/{conversation_id:uuid}/assignment": COMPANY,
    "PUT /api/chat/conversations/{conversation_id:uuid}/status": COMPANY,
    "POST /api/chat/conversations/{conversation_id:uuid}/notes": PEOPLE,
    "DELETE /api/chat/conversations/{conversation_id:uuid}/notes/{note_id:uuid}": PEOPLE,
    "GET /api/chat/conversations/{conversation_id:uuid}/draft": PEOPLE,
    "PUT /api/chat/conversations/{conversation_id:uuid}/draft": PEOPLE,
    "POST /api/chat/conversations/{conversation_id:uuid}/typing": PEOPLE,
    "GET /api/chat/quick-replies": COMPANY,
    "POST /api/chat/quick-replies": SUPERVISORS,
    "PATCH /api/chat/quick-replies/{reply_id:uuid}": SUPERVISORS,
    "DELETE /api/chat/quick-replies/{reply_id:uuid}": SUPERVISORS,
    "POST /api/sales": SUPERVISORS,
    "GET /api/sales": REPORTS,
    "GET /api/sales/{sale_id:uuid}": REPORTS,
    "POST /api/sales/{sale_id:uuid}/paid": SUPERVISORS,
    "POST /api/sales/{sale_id:uuid}/cancel": SUPERVISORS,
    "POST /api/sales/{sale_id:uuid}/refund": SUPERVISORS,
    "GET /api/payments/accounts": ADMINS,
    "POST /api/payments/accounts": ADMINS,
    "PATCH /api/payments/accounts/{account_id:uuid}": ADMINS,
    "DELETE /api/payments/accounts/{account_id:uuid}": ADMINS,
    "POST /api/payments/accounts/{account_id:uuid}/address": ADMINS,
    "POST /api/payments/accounts/{account_id:uuid}/check": ADMINS,
    "GET /api/payments/accounts/{account_id:uuid}/notices": ADMINS,
    "POST /api/payments/pix": SUPERVISORS,
    "GET /api/payments/{charge_id:uuid}": SUPERVISORS,
    "POST /api/chat/conversations/{conversation_id:uuid}/pix": COMPANY,
    "GET /api/chat/conversations/{conversation_id:uuid}/charges": COMPANY,
    "POST /api/webhook-sources/{source_id:uuid}/sale-mapping": ADMINS,
    "POST /webhooks/sales/{source_id:uuid}": EVERYBODY,
    "POST /webhooks/sales/{source_id:uuid}/{secret:str}": EVERYBODY,
    "POST /webhooks/payments/{gateway:str}/{account_id:uuid}": EVERYBODY,
    "POST /webhooks/payments/{gateway:str}/{account_id:uuid}/{secret:str}": EVERYBODY,
    "GET /pay/{token:str}": EVERYBODY,
    "GET /pay/{token:str}/state": EVERYBODY,
    "GET /pay/{token:str}/qr.svg": EVERYBODY,
    "GET /pay/{token:str}/qr.png": EVERYBODY,
    "POST /api/clientes": SUPERVISORS,
    "GET /api/sales/{sale_id:uuid}/credit": REPORTS,
    "GET /api/conversions": REPORTS,
    "GET /api/conversions/{event_id:str}/{destination_id:uuid}": REPORTS,
    "POST /api/conversions/{event_id:str}/{destination_id:uuid}/resend": ADMINS,
    "GET /api/destinations": ADMINS,
    "POST /api/destinations": ADMINS,
    "PATCH /api/destinations/{destination_id:uuid}": ADMINS,
    "DELETE /api/destinations/{destination_id:uuid}": ADMINS,
    "POST /api/destinations/{destination_id:uuid}/test": ADMINS,
    "PUT /api/destinations/{destination_id:uuid}/test-events": ADMINS,
    "POST /api/destinations/{destination_id:uuid}/backfill": ADMINS,
    "GET /api/attribution/settings": SUPERVISORS,
    "PUT /api/attribution/settings": ADMINS,
    "GET /api/report": REPORTS,
    "GET /api/report/results": REPORTS,
    "GET /api/report/file": REPORTS,
    "GET /api/report/credits/{result_id:str}": REPORTS,
    "GET /api/spend": SUPERVISORS,
    "PUT /api/spend": SUPERVISORS,
    "GET /api/spend/imports": SUPERVISORS,
    "POST /api/spend/imports": SUPERVISORS,
    "POST /api/spend/imports/{spend_import_id:uuid}/preview": SUPERVISORS,
    "POST /api/spend/imports/{spend_import_id:uuid}/start": SUPERVISORS,
    "POST /api/spend/imports/{spend_import_id:uuid}/cancel": SUPERVISORS,
    "POST /api/spend/imports/{spend_import_id:uuid}/undo": SUPERVISORS,
    "GET /api/spend/imports/{spend_import_id:uuid}/problems": SUPERVISORS,
    "GET /api/clientes": COMPANY,
    "GET /api/clientes/{cliente_id:int}": COMPANY,
    "GET /api/clientes/{cliente_id:int}/historial": COMPANY,
    "POST /api/clientes/{cliente_id:int}/estatus": SUPERVISORS,
    "PATCH /api/clientes/{cliente_id:int}/estatus": SUPERVISORS,
    "POST /api/clientes/{cliente_id:int}/reopen": SUPERVISORS,
    "POST /api/clientes/{cliente_id:int}/give-back": COMPANY,
    "POST /api/clientes/{cliente_id:int}/transfer": COMPANY,
    "POST /api/clientes/{cliente_id:int}/lock": COMPANY,
    "POST /api/clientes/{cliente_id:int}/heartbeat": COMPANY,
    "POST /api/clientes/{cliente_id:int}/activity": COMPANY,
    "POST /api/clientes/{cliente_id:int}/unlock": COMPANY,
    "POST /api/clientes/{cliente_id:int}/open-wizard": COMPANY,
    "POST /api/clientes/{cliente_id:int}/complete-wizard": COMPANY,
    "PUT /api/clientes/{cliente_id:int}": COMPANY,
    "GET /api/clientes/{cliente_id:int}/draft": COMPANY,
    "PUT /api/clientes/{cliente_id:int}/draft": COMPANY,
    "GET /api/clientes/export": SUPERVISORS,
    "GET /api/clientes/imports": SUPERVISORS,
    "POST /api/clientes/imports": SUPERVISORS,
    "GET /api/clientes/imports/{cliente_import_id:uuid}": SUPERVISORS,
    "POST /api/clientes/imports/{cliente_import_id:uuid}/preview": SUPERVISORS,
    "POST /api/clientes/imports/{cliente_import_id:uuid}/check": SUPERVISORS,
    "POST /api/clientes/imports/{cliente_import_id:uuid}/start": SUPERVISORS,
    "POST /api/clientes/imports/{cliente_import_id:uuid}/cancel": SUPERVISORS,
    "POST /api/clientes/imports/{cliente_import_id:uuid}/undo": SUPERVISORS,
    "GET /api/clientes/imports/{cliente_import_id:uuid}/kept": SUPERVISORS,
    "GET /api/clientes/imports/{cliente_import_id:uuid}/problems": SUPERVISORS,
    "POST /api/clientes/assign": SUPERVISORS,
    "POST /api/clientes/assign/undo": SUPERVISORS,
    "GET /api/desk/settings": COMPANY,
    "PUT /api/desk/settings": ADMINS,
    "GET /api/desk/asesores": COMPANY,
    "PUT /api/desk/asesores/{user_id:uuid}": SUPERVISORS,
    "POST /api/desk/assigning/preview": SUPERVISORS,
    "PUT /api/desk/presence": PEOPLE,
    "GET /api/desk/moves": COMPANY,
    "GET /api/desk/counts": COMPANY,
    "GET /api/desk/views": PEOPLE - {"asesor"},
    "POST /api/desk/views": PEOPLE - {"asesor"},
    "PATCH /api/desk/views/{view_id:uuid}": PEOPLE - {"asesor"},
    "DELETE /api/desk/views/{view_id:uuid}": PEOPLE - {"asesor"},
    "POST /api/desk/views/{view_id:uuid}/restore": PEOPLE - {"asesor"},
    "PUT /api/desk/default-view": PEOPLE - {"asesor"},
    "GET /api/desk/reports/first-touch": COMPANY | {"stats key"},
    "GET /api/desk/reports/stays": COMPANY | {"stats key"},
    "GET /api/desk/reports/returns": COMPANY | {"stats key"},
    "GET /api/desk/reports/outcomes": COMPANY | {"stats key"},
    "GET /api/desk/reports/csv": COMPANY | {"stats key"},
    "GET /api/desk/reports/lines": COMPANY,
    "GET /api/desk/reports/lines/csv": COMPANY,
    "GET /api/chat/channels": ADMINS,
    "GET /api/chat/webhooks": ADMINS,
    "GET /api/chat/webhooks/{webhook_id:uuid}": ADMINS,
    "POST /api/chat/webhooks/{webhook_id:uuid}/retry": ADMINS,
    "POST /api/chat/media": COMPANY,
    "GET /api/chat/media/{media_id:uuid}": COMPANY,
    "GET /api/chat/media/{media_id:uuid}/state": COMPANY,
    "POST /api/chat/media/{media_id:uuid}/retry": COMPANY,
    "POST /api/chat/channels/whatsapp": ADMINS,
    "POST /api/chat/channels/telegram": ADMINS,
    "PATCH /api/chat/channels/{channel_id:uuid}": ADMINS,
    "DELETE /api/chat/channels/{channel_id:uuid}": ADMINS,
    "POST /api/chat/channels/{channel_id:uuid}/secrets": ADMINS,
    "DELETE /api/chat/channels/{channel_id:uuid}/secrets": ADMINS,
    "POST /api/chat/channels/{channel_id:uuid}/verify-token": ADMINS,
    "POST /api/chat/channels/{channel_id:uuid}/connect": ADMINS,
    "POST /api/chat/channels/{channel_id:uuid}/check": ADMINS,
    "PUT /tracking-v2/throttling/{event_type:str}": ADMINS,
    "DELETE /tracking-v2/throttling/{event_type:str}": ADMINS,
}
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
            for caller in ("asesor", "gtr", "admin", "admin key", "stats key"):
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
