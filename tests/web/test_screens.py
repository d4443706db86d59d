"""Every screen in a real Chromium: each language, a desk and a phone, light and dark."""

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from pista.ids import uuid7
from tests.journeys.house import House
from tests.web.looks import LOOKS, PASSWORD, People, Screen, look_at, opened_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SCREENS = [
    Screen("sign-in", "/sign-in", "stranger"),
    Screen("second-factor-first", "/", "careful"),
    Screen("report-empty", "/", "newcomer"),
    Screen("report", "/?by=source"),
    Screen("report-behind", "/?by=source&line=%5B%22%22%5D&kind=sale&range=30d"),
    Screen("costs", "/report/costs"),
    Screen("costs-file", "/report/costs?id={spend}"),
    Screen("overview-empty", "/overview", "newcomer"),
    Screen("sites-empty", "/settings/sites", "newcomer"),
    Screen("overview", "/overview"),
    Screen("sites", "/settings/sites"),
    Screen("site-forms", "/settings/sites?site={site}"),
    Screen("site-new", "/settings/sites?new=true"),
    Screen("breakdown", "/events?by=channel&compare=true"),
    Screen("live", "/events?view=live"),
    Screen("live-empty", "/events?view=live", "newcomer"),
    Screen("funnels", "/funnels"),
    Screen("funnels-steps", "/funnels?step=PAGE_VIEW&step=CLICK&filter=1:page!:/2&window=90"),
    Screen("events", "/settings/events"),
    Screen("alerts-empty", "/alerts", "newcomer"),
    Screen("alerts", "/alerts"),
    Screen("alert-new", "/alerts/new?kind=threshold"),
    Screen("alert-fires", "/alerts/{fires}"),
    Screen("alert-edit", "/alerts/{unusual}?edit=true"),
    Screen("retention", "/retention?weeks=8"),
    Screen("bots", "/bots"),
    Screen("bots-none", "/bots?range=yesterday"),
    Screen("breakdown-country", "/events?by=country"),
    Screen("data", "/settings/data"),
    Screen("exports", "/settings/exports"),
    Screen("general", "/settings/general"),
    Screen("people", "/settings/people"),
    Screen("account", "/settings/account"),
    Screen("keys", "/settings/keys"),
    Screen("links-empty", "/links", "newcomer"),
    Screen("link", "/links?link={link}"),
    Screen("sales-empty", "/sales", "newcomer"),
    Screen("sales", "/sales"),
    Screen("sale", "/sales?sale={pix}"),
    Screen("pix-empty", "/settings/pix", "newcomer"),
    Screen("pix", "/settings/pix"),
    Screen("conversions", "/conversions"),
    Screen("conversion-open", "/conversions?event=purchase:{paid}&at={destination}"),
    Screen("destinations", "/settings/destinations"),
    Screen("destination-new", "/settings/destinations?open=new"),
    Screen("channels-empty", "/settings/channels", "newcomer"),
    Screen("crm-empty", "/settings/crm", "newcomer"),
    Screen("crm", "/settings/crm"),
    Screen("crm-steps", "/settings/crm/{ghl}"),
    Screen("crm-mapping", "/settings/crm/{generic}"),
    Screen("letters-empty", "/settings/letters"),
    Screen("operations-empty", "/operations", "newcomer"),
    Screen("lead-reports-empty", "/lead-reports", "newcomer"),
    Screen("audit", "/settings/audit"),
    Screen("join", "/join#{invited}", "stranger"),
    Screen("inbox-empty", "/inbox", "newcomer"),
    Screen("inbox-none", "/inbox?q=nadie"),
    Screen("contacts-empty", "/contacts", "newcomer"),
    Screen("contacts", "/contacts"),
    Screen("contacts-none", "/contacts?q=nadie"),
    Screen("contacts-review", "/contacts?view=review"),
    Screen("contacts-import", "/contacts/import"),
    Screen("contact", "/contacts/{contact}"),
    Screen("linking", "/linking"),
    Screen("linking-empty", "/linking?outcome=waiting", "newcomer"),
    Screen("contact-asesor", "/contacts/{contact}", "advisor"),
    Screen("nowhere", "/settings/nothing"),
    Screen("mine-empty", "/", "advisor"),
    Screen("not-for-you", "/settings/events", "advisor"),
]


@pytest.fixture(scope="module")
async def people(house: House) -> People:
    """The owner of a busy shop, its advisor, and the owner of a site without events; and an
    admin of a company that wants a second factor."""
    cookies: dict[str, str] = {}
    busy = house.pista("tenant", "create", "Tienda de prueba con un nombre largo")["tenantId"]
    quiet = house.pista("tenant", "create", "Recién llegada")["tenantId"]
    careful = house.pista("tenant", "create", "Con segundo factor")["tenantId"]
    staff = (
        ("owner", busy, "admin"),
        ("advisor", busy, "asesor"),
        ("newcomer", quiet, "admin"),
        ("careful", careful, "admin"),
    )
    site, *_ = await asyncio.gather(
        *(asyncio.to_thread(_site, house, tenant) for tenant in (busy, quiet)),
        *(asyncio.to_thread(_user, house, *person) for person in staff),
    )
    async with httpx.AsyncClient(base_url=house.url) as client:
        for who, _, _ in staff:
            cookies[who] = await _session(client, who)
        await _require_second_factor(client, cookies["careful"])
        await _crawl(client, site)
        await _visit(client, site)
        await _until_counted(client, busy, cookies["owner"])
        await _export(client, cookies["owner"])
        rules = await _alerts(client, cookies["owner"])
        rules["invited"] = await _invite(client, cookies["owner"])
        rules["site"] = await _forms(client, cookies["owner"])
        rules["contact"] = await _contact(client, cookies["owner"])
        rules["link"] = await _link(client, cookies["owner"])
        rules["spend"] = await _spend(client, cookies["owner"])
        rules |= await _sources(client, cookies["owner"])
        rules |= await _conversions(client, cookies["owner"])
    return People(house.url, cookies, rules)


@pytest.mark.parametrize("language", LOOKS)
async def test_a_screen_is_for_everybody(
    browser: Browser, people: People, shots: Path, language: str
):
    """
    Nothing that axe objects to, nothing to scroll sideways for, no error in the console.
    """
    assert await look_at(browser, people, SCREENS, shots, language) == []


async def test_the_keyboard_is_enough(browser: Browser, people: People):
    """
    Signing in, getting past the navigation, and to the settings, without a pointer.
    """
    context = await opened_for(browser, people, "stranger", ("en", 1440, "light"))
    page = await context.new_page()
    await page.goto(f"{people.url}/settings/general")
    await expect(page.get_by_label("E-mail")).to_be_focused()

    await page.keyboard.type("owner@tienda.example")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/settings/general")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await _tab_to(page, "Sites")
    await page.keyboard.press("Enter")

    await page.wait_for_url("**/settings/sites")
    await context.close()


async def _tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        # While the screen comes to be nothing may have the focus, and the body names everything.
        if name in await page.evaluate("document.querySelector(':focus')?.textContent ?? ''"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def _site(house: House, tenant: str) -> Any:
    return house.pista("site", "create", "--tenant", tenant, "--domain", "tienda.example")


def _user(house: House, who: str, tenant: str, role: str) -> None:
    named = ("--email", f"{who}@tienda.example", "--name", who.capitalize())
    how = ("--tenant", tenant, "--role", role, "--password", PASSWORD)
    house.pista("user", "create", *named, *how)


async def _session(client: httpx.AsyncClient, who: str) -> str:
    login = {"email": f"{who}@tienda.example", "password": PASSWORD}
    answer = await client.post("/api/login", json=login)
    token = answer.cookies["pista_session"]
    client.cookies.clear()
    return token


async def _require_second_factor(client: httpx.AsyncClient, admin: str) -> None:
    """Whoever has none, this admin too, has to set one up before anything else."""
    headers = {"Cookie": f"pista_session={admin}"}
    wanted = {"requireSecondFactor": True}
    answer = await client.patch("/api/tenant", json=wanted, headers=headers)
    assert answer.status_code == 200, answer.text


async def _visit(client: httpx.AsyncClient, site: Any) -> None:
    """A few visitors, now, and one in five weeks before; one event type has a long name, as
    people's own have."""
    now = datetime.now(UTC)
    types = (
        "PAGE_VIEW",
        "PAGE_VIEW",
        "CLICK",
        "ADD_TO_CART",
        "CATALOGUE_FILTER_CHANGED_BY_VISITOR",
    )
    happened = [(visitor, one, now) for visitor in range(12) for one in types]
    happened += [(0, "PAGE_VIEW", now - timedelta(hours=6 * back)) for back in range(1, 140)]
    events = [
        {
            "visitorId": f"v{visitor}",
            "sessionId": str(uuid7()),
            "eventType": event_type,
            "occurredAt": at.isoformat(),
            "metadata": {"url": f"https://tienda.example/{visitor}", "title": "<b>Inicio</b>"},
        }
        for visitor, event_type, at in happened
    ]
    body = {"tenantId": site["tenantId"], "siteId": site["siteId"], "events": events}
    answer = await client.post(
        "/tracking-v2/events", params={"k": site["writeKey"]}, content=json.dumps(body)
    )
    assert answer.status_code == 202, answer.text


async def _alerts(client: httpx.AsyncClient, cookie: str) -> dict[str, str]:
    """One rule that learns and one that fires at once, with a webhook that nobody answers at."""
    wanted: dict[str, dict[str, Any]] = {
        "unusual": {"kind": "anomaly", "metric": "uniqueVisitors"},
        "fires": {
            "kind": "threshold",
            "comparison": "below",
            "threshold": 1_000_000,
            "webhookUrl": "https://avisos.tienda.example/un/camino/bastante/largo/para/avisos",
        },
    }
    headers = {"Cookie": f"pista_session={cookie}"}
    rules: dict[str, str] = {}
    for name, terms in wanted.items():
        body = {"name": f"Alerta de prueba: {name}", **terms}
        answer = await client.post("/api/alerts/rules", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        rules[name] = answer.json()["id"]
    until = time.monotonic() + 20
    while not (await client.get("/api/alerts/firings", headers=headers)).json()["items"]:
        assert time.monotonic() < until, "the rule does not fire"
        await asyncio.sleep(0.2)
    return rules


async def _forms(client: httpx.AsyncClient, cookie: str) -> str:
    """A site whose forms make contacts."""
    headers = {"Cookie": f"pista_session={cookie}"}
    site = (await client.get("/api/sites", headers=headers)).json()["items"][0]["id"]
    wanted = {
        "enabled": True,
        "basis": "legitimate_interest",
        "notices": {"es": "Guardamos tu correo y tu teléfono para responderte. " * 6},
    }
    answer = await client.put(f"/api/sites/{site}/forms", json=wanted, headers=headers)
    assert answer.status_code == 200, answer.text
    return site


async def _invite(client: httpx.AsyncClient, cookie: str) -> str:
    """What stands behind the # of its link."""
    wanted = {"email": "un.correo.bastante.largo@tienda-de-prueba.example", "role": "gtr"}
    headers = {"Cookie": f"pista_session={cookie}"}
    answer = await client.post("/api/invites", json=wanted, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["link"].partition("#")[2]


async def _contact(client: httpx.AsyncClient, cookie: str) -> str:
    """One with a history and long names, and another with the same phone: a question."""
    headers = {"Cookie": f"pista_session={cookie}"}
    wanted: dict[str, Any] = {
        "name": "María de los Ángeles Quispe Huamán de la Fuente y Villavicencio",
        "email": "maria.de.los.angeles.quispe.huaman@correo-de-prueba.example",
        "phone": "+51 987 612 345",
        "attributes": {"clave_larga_y_sin_espacios": "valor-largo-y-sin-espacios" * 4},
        "tags": ["una etiqueta bastante larga", "vip", "limeña", "feria"],
    }
    ids: list[str] = []
    for crm_id in ("uno", "dos"):
        body = {**wanted, "crmId": crm_id}
        answer = await client.post("/api/contacts", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        ids.append(answer.json()["id"])
    link = {"visitorId": "v0", "contactId": ids[0]}
    answer = await client.post("/api/linking/links", json=link, headers=headers)
    assert answer.status_code == 200, answer.text
    return ids[0]


async def _link(client: httpx.AsyncClient, cookie: str) -> str:
    """One with a long name, that somebody came by."""
    wanted = {"name": "Un enlace con un nombre bastante largo " * 3, "kind": "page"}
    wanted |= {"url": "https://tienda.example/" + "una-ruta-larga-" * 12, "slug": "otono"}
    headers = {"Cookie": f"pista_session={cookie}"}
    answer = await client.post("/api/links", json=wanted, headers=headers)
    assert answer.status_code == 201, answer.text
    await client.get("/go/otono?fbclid=IwAR")
    return answer.json()["id"]


async def _spend(client: httpx.AsyncClient, cookie: str) -> str:
    """Ads that cost something, and a platform's report that was not imported yet."""
    headers = {"Cookie": f"pista_session={cookie}"}
    today = datetime.now(UTC).date().isoformat()
    line = {"day": today, "platform": "meta", "currency": "USD", "costCents": 12345}
    line |= {"campaign": "Una campaña con un nombre bastante largo " * 3}
    answer = await client.put("/api/spend", json={"items": [line]}, headers=headers)
    assert answer.status_code == 200, answer.text
    rows = f"Day,Campaign name,Amount spent (BRL)\n{today},{'larga-' * 20},10.50\nayer,x,1\n"
    answer = await client.post("/api/spend/imports", content=rows, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def _sources(client: httpx.AsyncClient, cookie: str) -> dict[str, str]:
    """One of each kind, which has sent something; by kind."""
    headers = {"Cookie": f"pista_session={cookie}"}
    found: dict[str, str] = {}
    for kind in ("ghl", "generic"):
        body = {"kind": kind, "name": f"Un CRM con un nombre bastante largo, {kind}"}
        made = (await client.post("/api/webhook-sources", json=body, headers=headers)).json()
        sent = {"contact_id": "1", "data": {"clave": ["valor-largo-sin-espacios" * 5]}}
        answer = await client.post(f"{made['path']}/{made['secret']}", json=sent)
        assert answer.status_code == 200, answer.text
        found[kind] = made["id"]
    return found


async def _conversions(client: httpx.AsyncClient, cookie: str) -> dict[str, str]:
    """Meta, which is away here, and sales that it is to hear of or not."""
    headers = {"Cookie": f"pista_session={cookie}"}
    meta = {
        "kind": "meta",
        "name": "Meta de la tienda con un nombre largo",
        "settings": {"pixelId": "1234567890"},
        "secrets": {"token": "t"},
        "graceMinutes": 0,
    }
    made = await client.post("/api/destinations", json=meta, headers=headers)
    assert made.status_code == 201, made.text
    sale: dict[str, Any] = {"amount": 19990, "currency": "BRL", "status": "paid"}
    sale["buyer"] = {"email": "ana@flores.com.br", "phone": "11 98877-6655"}
    for more in ({"consent": {"optOut": True}}, {"test": True}, {}):
        paid = await client.post("/api/sales", json={**sale, **more}, headers=headers)
        assert paid.status_code == 201, paid.text
    return {
        "destination": made.json()["id"],
        "paid": paid.json()["id"],
        "pix": await _pix(client, headers),
    }


async def _pix(client: httpx.AsyncClient, headers: dict[str, str]) -> str:
    """Something that waits to be paid, with a long name and a key of one's own."""
    account = {
        "gateway": "webhook",
        "name": "Caja de la tienda con un nombre largo",
        "pixKey": "vendas-da-loja-de-nome-comprido@loja.example",
        "merchantName": "Tienda",
        "city": "Lima",
    }
    made = await client.post("/api/payments/accounts", json=account, headers=headers)
    assert made.status_code == 201, made.text
    asked = {"amount": 123456, "description": "Ramo-de-rosas-rojas-sin-espinas" * 3}
    pix = await client.post("/api/payments/pix", json=asked, headers=headers)
    assert pix.status_code == 201, pix.text
    return pix.json()["saleId"]


async def _export(client: httpx.AsyncClient, cookie: str) -> None:
    """Two, which are done in a moment."""
    headers = {"Cookie": f"pista_session={cookie}"}
    today = datetime.now(UTC).date()
    for days in (30, 1):
        wanted = {"from": f"{today - timedelta(days)}", "to": f"{today}", "format": "csv"}
        answer = await client.post("/api/exports", json=wanted, headers=headers)
        assert answer.status_code == 202, answer.text


async def _until_counted(client: httpx.AsyncClient, tenant: str, cookie: str) -> None:
    until = time.monotonic() + 20
    headers = {"Cookie": f"pista_session={cookie}"}
    while True:
        answer = await client.get(f"/tracking-v2/stats/tenant/{tenant}", headers=headers)
        if answer.status_code == 200 and answer.json()["totalEvents"]:
            return
        assert time.monotonic() < until, answer.text
        await asyncio.sleep(0.1)


async def _crawl(client: httpx.AsyncClient, site: Any) -> None:
    """Two bots come by, at an address that is long and without a space."""
    agents = ("Googlebot/2.1 (+http://www.google.com/bot.html)", "GPTBot/1.0")
    for agent in agents:
        event = {
            "visitorId": "bot",
            "sessionId": str(uuid7()),
            "eventType": "PAGE_VIEW",
            "occurredAt": datetime.now(UTC).isoformat(),
            "metadata": {"url": f"https://tienda.example/{'categoria-de-nombre-largo' * 4}"},
        }
        body = {"tenantId": site["tenantId"], "siteId": site["siteId"], "events": [event]}
        answer = await client.post(
            "/tracking-v2/events",
            params={"k": site["writeKey"]},
            content=json.dumps(body),
            headers={"User-Agent": agent},
        )
        assert answer.status_code == 202, answer.text
