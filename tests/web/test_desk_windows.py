"""The lead desk in two real windows: what one person does, the other sees without a reload."""

from collections.abc import AsyncGenerator
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.journeys.house import Company, House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

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
        pages[role] = await _window(browser, house.url, f"{role}@{domain}")
    async with httpx.AsyncClient(base_url=house.url) as admin:
        await admin.post("/api/login", json={"email": shop.email, "password": shop.password})
        yield Windows(pages["gtr"], pages["asesor"], admin)
    for page in pages.values():
        await page.context.close()


async def test_a_lead_is_given_opened_and_done(windows: Windows):
    """
    Option A: derivado, en gestión, terminado; each is seen in the other window by itself.
    """
    gtr, asesor, admin = windows
    await _settings(admin, limit=300)
    row = await _enter(gtr, "Marta Figueroa")
    await _give(gtr, row)

    mine = asesor.get_by_role("button", name="Marta Figueroa")
    await expect(mine).to_be_visible(timeout=PATIENCE)
    await expect(row.get_by_text("Derivado")).to_be_visible(timeout=PATIENCE)
    await mine.press("Enter")
    await expect(row.get_by_text("En gestión")).to_be_visible(timeout=PATIENCE)
    await asesor.get_by_label("Flor").fill("Peonías")
    await expect(asesor.get_by_text("Guardado", exact=True)).to_be_visible(timeout=PATIENCE)
    await asesor.get_by_role("button", name="Siguiente").click()
    await asesor.get_by_text("Venta", exact=True).click()
    await asesor.get_by_role("button", name="Terminar").click()

    await expect(row.get_by_text("Terminado")).to_be_visible(timeout=PATIENCE)
    await expect(mine).to_have_count(0, timeout=PATIENCE)


async def test_a_lead_that_nobody_works_on_goes_back(windows: Windows):
    """
    Option B: time runs out; the wizard says so and closes, and what was written is there again.
    """
    gtr, asesor, admin = windows
    await _settings(admin, limit=300)
    row = await _enter(gtr, "Óscar Ibáñez")
    await _give(gtr, row)
    mine = asesor.get_by_role("button", name="Óscar Ibáñez")
    await mine.click(timeout=PATIENCE)
    await asesor.get_by_label("Flor").fill("Rosas")
    await expect(asesor.get_by_text("Guardado", exact=True)).to_be_visible(timeout=PATIENCE)

    await _settings(admin, limit=5)
    await asesor.get_by_label("Flor").press("End")

    closed = asesor.get_by_role("alert").filter(has_text="Se cerró Óscar Ibáñez")
    await expect(closed).to_contain_text("Pasó el tiempo sin actividad", timeout=PATIENCE)
    await expect(asesor.get_by_label("Flor")).to_have_count(0)
    await expect(mine).to_have_count(0, timeout=PATIENCE)
    await expect(row.get_by_text("Sin gestionar")).to_be_visible(timeout=PATIENCE)
    await _settings(admin, limit=300)
    await _give(gtr, row)
    await mine.click(timeout=PATIENCE)
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas", timeout=PATIENCE)


async def _window(browser: Browser, url: str, email: str) -> Page:
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


async def _settings(admin: httpx.AsyncClient, *, limit: int) -> None:
    settings = {
        "limitSeconds": limit,
        "warningSeconds": 2,
        "hours": [],
        "wizard": STEPS,
        "outcomes": ["Venta"],
    }
    answer = await admin.put("/api/desk/settings", json=settings)
    assert answer.status_code == 200, answer.text


async def _enter(gtr: Page, name: str) -> Locator:
    """By hand; its row."""
    await gtr.get_by_role("button", name="Nuevo cliente").first.click(timeout=PATIENCE)
    await gtr.get_by_role("dialog").get_by_label("Nombre").fill(name)
    await gtr.keyboard.press("Enter")
    row = gtr.locator("[data-cliente]", has_text=name)
    await expect(row).to_be_visible(timeout=PATIENCE)
    return row


async def _give(gtr: Page, row: Locator) -> None:
    """With the keys alone: `a`, some letters of the name, Enter."""
    await row.locator("[id^=cliente-]").focus()
    await gtr.keyboard.press("a")
    await gtr.get_by_role("combobox", name="Asesor").last.fill("persona as")
    await expect(gtr.get_by_role("option")).to_have_count(1, timeout=PATIENCE)
    await gtr.keyboard.press("Enter")
