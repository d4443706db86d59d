"""From a form that somebody fills in to the contact that it makes, without a CRM."""

import asyncio
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser

from tests.journeys.house import Company, House
from tests.journeys.shop import Shop

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

ON = {"enabled": True, "basis": "consent", "notices": {"es": "Te escribimos."}}
# The second script puts a function of any arguments in the place of the first one's.
SCRIPT_IS_THERE = "window.pista && pista.visitorId && pista.identify.length === 0"


async def test_a_form_makes_a_contact_with_its_visits(browser: Browser, house: House):
    """
    With the code that Settings gives out once it is switched on; from then on that browser is this
    contact, and saying so again changes nothing.
    """
    company = Company(house, domain="localhost", email="formularios@tienda.example")
    async with company.client() as api:
        site = company.site["siteId"]
        answer = await api.put(f"/api/sites/{site}/forms", json=ON)
        assert answer.status_code == 200, answer.text
        shop = Shop((await api.get(f"/api/sites/{site}")).json()["snippet"])
        try:
            visitor = await _fill_in(browser, shop)
        finally:
            shop.close()
        [found] = await _until(lambda: _items(api, "/api/contacts"))
        claims = await _until(lambda: _items(api, f"/api/linking/claims?visitorId={visitor}", 2))

    assert (found["email"], found["source"]) == ("luz@cliente.example", "form")
    assert [(one["method"], one["outcome"], one["contactId"]) for one in claims[::-1]] == [
        ("form", "linked", found["id"]),
        ("identify", "already", found["id"]),
    ]


async def _fill_in(browser: Browser, shop: Shop) -> str:
    """Send the form, and have the page that comes after it say who it was; the visitor's id."""
    page = await (await browser.new_context()).new_page()
    await page.goto(shop.origin)
    await page.wait_for_function(SCRIPT_IS_THERE)
    await page.fill("[name=email]", "luz@cliente.example")
    await page.click("#send")
    await page.wait_for_url("**/gracias")
    await page.wait_for_function("window.pista && pista.visitorId()")
    visitor: str = await page.evaluate("pista.visitorId()")
    # Claims are decided in any order; this one is to come after the form's.
    await page.wait_for_timeout(1000)
    await page.evaluate("pista.identify({email: 'luz@cliente.example', plan: 'pro'})")
    await page.wait_for_timeout(500)
    return visitor


async def _items(api: httpx.AsyncClient, path: str, least: int = 1) -> list[dict[str, Any]]:
    items = (await api.get(path)).json()["items"]
    return items if len(items) >= least else []


async def _until(look: Any) -> list[dict[str, Any]]:
    async with asyncio.timeout(60):
        while not (found := await look()):  # noqa: ASYNC110 - watches other processes
            await asyncio.sleep(0.1)
    return found
