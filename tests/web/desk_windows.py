"""A supervisor and an advisor, each in a real window of their own."""

from collections.abc import AsyncGenerator
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.house import Company, House

PASSWORD = "una-clave-de-prueba"
# The cores are shared with other tests.
PATIENCE = 60_000
STEPS = [
    {
        "id": "first",
        "title": "Necesidad",
        "fields": [{"id": "flower", "label": "Flor", "kind": "text", "required": True}],
    }
]


class Windows(NamedTuple):
    gtr: Page
    asesor: Page
    admin: httpx.AsyncClient


@pytest.fixture
async def windows(house: House, browser: Browser) -> AsyncGenerator[Windows]:
    """A supervisor at the desk, and an advisor at what is theirs."""
    domain = f"{uuid4().hex[:12]}.example"
    shop = Company(house, domain=domain, email=f"admin@{domain}")
    pages: dict[str, Page] = {}
    for role in ("gtr", "asesor"):
        named = ("--email", f"{role}@{domain}", "--name", f"Persona {role}")
        how = ("--tenant", shop.tenant, "--role", role, "--password", PASSWORD)
        house.pista("user", "create", *named, *how)
        pages[role] = await window(browser, house.url, f"{role}@{domain}")
    async with httpx.AsyncClient(base_url=house.url) as admin:
        await admin.post("/api/login", json={"email": shop.email, "password": shop.password})
        yield Windows(pages["gtr"], pages["asesor"], admin)
    for page in pages.values():
        await page.context.close()


async def window(browser: Browser, url: str, email: str) -> Page:
    context = await browser.new_context(locale="es", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.goto(f"{url}/")
    await page.get_by_label("Correo").fill(email)
    await page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Mi cuenta").wait_for(timeout=PATIENCE)
    if email.startswith("gtr"):
        await page.goto(f"{url}/desk")
    return page


async def set_limit(admin: httpx.AsyncClient, *, limit: int) -> None:
    asked = {
        "limitSeconds": limit,
        "warningSeconds": 2,
        "hours": [],
        "wizard": STEPS,
        "outcomes": ["Venta"],
    }
    answer = await admin.put("/api/desk/settings", json=asked)
    assert answer.status_code == 200, answer.text


async def enter(gtr: Page, name: str) -> Locator:
    """By hand; its row."""
    await gtr.get_by_role("button", name="Nuevo cliente").first.click(timeout=PATIENCE)
    await gtr.get_by_role("dialog").get_by_label("Nombre").fill(name)
    await gtr.keyboard.press("Enter")
    row = gtr.locator("[data-cliente]", has_text=name)
    await expect(row).to_be_visible(timeout=PATIENCE)
    return row


async def give(gtr: Page, row: Locator) -> None:
    """With the keys alone: `a`, some letters of the name, Enter."""
    await row.locator("[id^=cliente-]").focus()
    await gtr.keyboard.press("a")
    await gtr.get_by_role("combobox", name="Asesor").last.fill("persona as")
    await expect(gtr.get_by_role("option")).to_have_count(1, timeout=PATIENCE)
    await gtr.keyboard.press("Enter")
