"""Every route of the house, and who gets in: written down here by hand, and tried one by one."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute

from pista import accounts
from pista.accounts import NewSite, Role, Scope, passwords, service
from pista.app import House, openapi_json
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.postgres import Tx
from pista.store.runtime import Urls
from pista.web import live

PASSWORD = "correct horse battery"
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)

STRANGERS = {"nobody", "forged cookie", "forged key", "revoked key"}
PEOPLE = {"asesor", "gtr", "admin"}
ADMINS = {"admin", "admin key"}
SUPERVISORS = ADMINS | {"gtr"}
REPORTS = ADMINS | {"gtr", "stats key"}
COMPANY = PEOPLE | {"admin key"}
OPEN_FILES = ("GET /", "GET /{path:path}", "GET /snip.js", "GET /snip-forms.js")
MESSAGES = "/api/chat/conversations/{conversation_id:uuid}/messages"
EVERYBODY = STRANGERS | PEOPLE | {"admin key", "stats key"}

DOORS = {
    "GET /": EVERYBODY,
    "GET /{path:path}": EVERYBODY,
    "GET /snip.js": EVERYBODY,
    "GET /snip-forms.js": EVERYBODY,
    "GET /openapi.json": EVERYBODY,
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
    "POST /webhooks/ghl/{source_id:uuid}": "a source is found by its id, and then by its secret",
    "POST /webhooks/ghl/{source_id:uuid}/{secret:str}": "the same",
    "POST /webhooks/contacts/{source_id:uuid}": "the same",
    "POST /webhooks/contacts/{source_id:uuid}/{secret:str}": "the same",
    # The journal holds all tenants' events, packed together.
    "GET /tracking-v2/stream": "reads the journal, and unpacks the tenant's own events",
    "GET /api/contacts/{contact_id:str}/stream": "the same",
    "GET /api/privacy/visitors/{visitor_id:str}": "the same",
    "GET /api/privacy/contacts/{contact_id:str}": "the same",
}
"""Routes with the house's handle of PostgreSQL, which sees every row, and why."""
HTTP_DOORS = {route: who for route, who in DOORS.items() if not route.startswith("WEBSOCKET")}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
WITHOUT_COOKIE = ("POST /api/login", "POST /webhooks", "POST /collect")


class Company(msgspec.Struct):
    """A tenant with one of each kind of caller."""

    tenant: str
    site: str
    callers: dict[str, dict[str, str]]
    """The header with which each of them comes."""

    def path(self, pattern: str) -> str:
        values = {"tenant_id": self.tenant, "site_id": self.site, "event_type": "CLICK"}
        values |= {"month": "2020-03", "path": "somewhere", "visitor_id": "v1"}
        values |= {"rule_id": self.site, "delivery_id": self.site}
        values |= {"source_id": self.site, "secret": "whs_wrong", "received_id": self.site}
        values |= {"user_id": self.site, "invite_id": self.site, "session_id": self.site}
        values |= {"key_id": self.site, "letter_id": "1"}
        values |= {"contact_id": "cntct_1", "merge_id": self.site, "import_id": self.site}
        values |= {"conflict_id": self.site, "claim_id": self.site, "channel_id": self.site}
        values |= {"media_id": self.site, "webhook_id": self.site}
        values |= {"conversation_id": self.site, "note_id": self.site, "reply_id": self.site}
        values |= {"message_id": self.site}
        values |= {"export_id": self.site, "name": "part-2026-03-14.parquet"}
        return re.sub(r"{(\w+):\w+}", lambda found: values[found[1]], pattern)


@pytest.fixture
async def house(database: str) -> AsyncGenerator[House]:
    """The real thing on a real PostgreSQL; ClickHouse is away."""
    away = f"http://127.0.0.1:{free_port()}"
    running = House(
        Settings(public_url="http://pista.test"), Urls(database_url=database, clickhouse_url=away)
    )
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def client(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as opened:
        yield opened


@pytest.fixture
def make_company(house: House, client: httpx.AsyncClient) -> Callable[[str], Any]:
    async def make(name: str) -> Company:
        async with house.postgres.transaction() as tx:
            tenant = await service.create_tenant(tx, name, now=NOW)
            site = await service.create_site(
                tx, tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=NOW
            )
            callers = STRANGERS_COME_WITH | await _keys(tx, tenant.id)
            for role in Role:
                await _user(tx, tenant.id, name, role)
        for role in Role:
            callers[role] = await _session(client, name, role)
        return Company(tenant=str(tenant.id), site=str(site.id), callers=callers)

    return make


STRANGERS_COME_WITH: dict[str, dict[str, str]] = {
    "nobody": {},
    "forged cookie": {"Cookie": f"pista_session={passwords.token()}"},
    "forged key": {"Authorization": f"Bearer pk_{passwords.token()}"},
}


async def _keys(tx: Tx, tenant: TenantId) -> dict[str, dict[str, str]]:
    made = {
        name: await service.create_api_key(tx, tenant, name=name, scopes=[scope], now=NOW)
        for name, scope in (
            ("admin key", Scope.ADMIN),
            ("stats key", Scope.STATS_READ),
            ("revoked key", Scope.ADMIN),
        )
    }
    await service.revoke_api_key(tx, tenant, made["revoked key"].id, now=NOW)
    return {name: {"Authorization": f"Bearer {key.key}"} for name, key in made.items()}


async def _user(tx: Tx, tenant: TenantId, company: str, role: Role) -> None:
    email = f"{role}@{company}.example"
    await service.create_user(
        tx, tenant, email=email, name=role, role=role, password=PASSWORD, now=NOW
    )


async def _session(client: httpx.AsyncClient, company: str, role: Role) -> dict[str, str]:
    login = {"email": f"{role}@{company}.example", "password": PASSWORD}
    answer = await client.post("/api/login", json=login)
    token = answer.cookies["pista_session"]
    client.cookies.clear()
    return {"Cookie": f"pista_session={token}"}


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


@pytest.mark.parametrize("caller", sorted(EVERYBODY))
async def test_the_socket_is_for_people(
    house: House, make_company: Callable[[str], Any], caller: str
):
    """
    Everybody else is told to sign in, and hears no news.
    """
    company = await make_company("flores")

    said = await _listen(house, company.callers[caller])

    if caller in PEOPLE:
        assert msgspec.json.decode(said["text"]) == {"type": "hello", "tenantId": company.tenant}
    else:
        assert (said["type"], said["code"]) == ("websocket.close", 4401)


async def test_the_socket_waits_for_a_second_factor_that_is_required(
    house: House, client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    No news for whoever has yet to set one up; one that is open ends at once.
    """
    company = await make_company("flores")
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["asesor"], said, to_say)
    assert "hello" in (await said.get())["text"]

    change, admin = {"requireSecondFactor": True}, company.callers["admin"]
    answer = await client.patch("/api/tenant", json=change, headers=admin)

    assert answer.status_code == 200
    async with asyncio.timeout(live.CHECK_SECONDS / 5):
        assert (await said.get())["code"] == 4401
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving
    assert (await _listen(house, company.callers["gtr"]))["code"] == 4401


async def test_another_page_cannot_open_the_socket(
    house: House, make_company: Callable[[str], Any]
):
    """
    A socket is not held back by the browser's own rules, so its origin is looked at.
    """
    company = await make_company("flores")

    said = await _listen(house, company.callers["admin"] | {"Origin": "https://evil.example"})

    assert (said["type"], said["code"]) == ("websocket.close", 4401)


async def test_a_socket_ends_with_its_session(
    house: House, make_company: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
):
    """
    Whoever has signed out elsewhere is told so on the open socket, and hears no more news.
    """
    monkeypatch.setattr(live, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(live, "KEEP_ALIVE_SECONDS", 0.05)
    company = await make_company("flores")
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["admin"], said, to_say)
    assert "hello" in (await said.get())["text"]
    assert "still_here" in (await said.get())["text"]

    async with house.postgres.transaction() as tx:
        await tx.execute("delete from user_sessions")

    async with asyncio.timeout(5):
        while (frame := await said.get())["type"] != "websocket.close":
            assert "still_here" in frame["text"]
    assert frame["code"] == 4401
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving


async def test_who_is_shut_out_hears_nothing_more(
    house: House, client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    Deactivating a user closes the open socket at once, not at the next look at the session.
    """
    company = await make_company("flores")
    admin = company.callers["admin"]
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["asesor"], said, to_say)
    assert "hello" in (await said.get())["text"]
    people = (await client.get("/api/users", headers=admin)).json()["items"]
    asesor = next(person["id"] for person in people if person["role"] == "asesor")

    answer = await client.patch(f"/api/users/{asesor}", json={"active": False}, headers=admin)

    assert answer.status_code == 200
    async with asyncio.timeout(live.CHECK_SECONDS / 5):
        frame = await said.get()
    assert (frame["type"], frame["code"]) == ("websocket.close", 4401)
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving


async def _listen(house: House, headers: dict[str, str]) -> dict[str, Any]:
    """What a socket with these headers is told first."""
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, headers, said, to_say)
    first = await said.get()
    to_say.put_nowait({"type": "websocket.disconnect", "code": 1000})
    await serving
    return first


def _open(
    house: House,
    headers: dict[str, str],
    said: "asyncio.Queue[dict[str, Any]]",
    to_say: "asyncio.Queue[dict[str, Any]]",
) -> "asyncio.Task[None]":
    """Open a socket; what it is told after being accepted goes to `said`."""
    to_say.put_nowait({"type": "websocket.connect"})
    lines = {"Host": "pista.test", "Sec-WebSocket-Version": "13"} | headers
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": "/ws",
        "raw_path": b"/ws",
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in lines.items()],
        "client": ("127.0.0.1", 1),
        "server": ("pista.test", 80),
        "subprotocols": [],
        "state": {},
        "extensions": {},
    }

    async def hear(message: dict[str, Any]) -> None:
        if message["type"] != "websocket.accept":
            said.put_nowait(message)

    return asyncio.create_task(house(scope, to_say.get, hear))
