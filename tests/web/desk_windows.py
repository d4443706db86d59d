"""A supervisor and an advisor, each in a real window of their own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from pista.store import postgres
from tests.journeys.house import Company, House

ROLES = ("gtr", "asesor")
PASSWORD = "una-clave-de-prueba"
# The cores are shared with other tests.
PATIENCE = 60_000
STEPS: list[dict[str, Any]] = [
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
    async with opened(staffed(house), browser, house.url) as windows:
        yield windows


def staffed(house: House) -> Company:
    """A company with a supervisor and an advisor."""
    domain = f"{uuid4().hex[:12]}.example"
    shop = Company(house, domain=domain, email=f"admin@{domain}")
    for role in ROLES:
        named = ("--email", email_of(shop, role), "--name", f"Persona {role}")
        how = ("--tenant", shop.tenant, "--role", role, "--password", PASSWORD)
        house.pista("user", "create", *named, *how)
    return shop


def email_of(shop: Company, role: str) -> str:
    return shop.email.replace("admin@", f"{role}@")


@asynccontextmanager
async def opened(shop: Company, browser: Browser, url: str) -> AsyncGenerator[Windows]:
    """The supervisor at the desk, and the advisor at what is theirs; by this way to the house."""
    gtr, asesor = [await window(browser, url, email_of(shop, role)) for role in ROLES]
    async with httpx.AsyncClient(base_url=shop.url) as admin:
        await admin.post("/api/login", json={"email": shop.email, "password": shop.password})
        yield Windows(gtr, asesor, admin)
    for page in (gtr, asesor):
        await page.context.close()


async def window(browser: Browser, url: str, email: str) -> Page:
    """Its clock can be moved."""
    context = await browser.new_context(locale="es", viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.clock.install()
    await page.goto(f"{url}/")
    await sign_in(page, email)
    await page.get_by_role("link", name="Mi cuenta").wait_for(timeout=PATIENCE)
    if email.startswith("gtr"):
        await page.goto(f"{url}/desk")
    return page


async def sign_in(page: Page, email: str) -> None:
    await page.get_by_label("Correo").fill(email)
    await page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")


async def set_limit(
    admin: httpx.AsyncClient, *, limit: int, steps: list[dict[str, Any]] = STEPS
) -> None:
    asked = {
        "limitSeconds": limit,
        "warningSeconds": 2,
        "hours": [],
        "wizard": steps,
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
    dialog = gtr.get_by_role("dialog")
    await dialog.get_by_role("combobox", name="Asesor").fill("persona as", timeout=PATIENCE)
    await expect(dialog.get_by_role("option")).to_have_count(1, timeout=PATIENCE)
    await gtr.keyboard.press("Enter")


async def pass_by(house: House, tenant: str, minutes: int) -> None:
    """As if so much time had gone by: all of the company's clocks were begun so much earlier."""
    connection: Any = await postgres.connect(house.running().urls.database_url)
    try:
        await connection.execute(
            """
            with let_go as (
                update cliente_locks set expires_at = expires_at - make_interval(mins => $2)
                where tenant_id = $1
            )
            update clientes
            set last_activity = last_activity - make_interval(mins => $2),
                due_at = due_at - make_interval(mins => $2)
            where tenant_id = $1 and due_at is not null
            """,
            UUID(tenant),
            minutes,
        )
        await connection.execute("select pg_notify('pista_desk_due', '')")
    finally:
        await connection.close()
