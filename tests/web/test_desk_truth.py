"""What the desk's screens say while they cannot be current, and that they are again by themselves.

Five minutes are told by moving the clocks of the pages and of the database's rows; no page is ever
loaded anew by these tests, but where somebody reloads it.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import psutil
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.fakes.line import Line, line_to
from tests.journeys.conftest import QUIET, chromium
from tests.journeys.house import Company, House
from tests.web.desk_windows import (
    PASSWORD,
    PATIENCE,
    STEPS,
    Windows,
    email_of,
    enter,
    give,
    opened,
    pass_by,
    set_limit,
    sign_in,
    staffed,
    window,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

AWAY = "Sin conexión desde las"
FIVE_MINUTES = 5 * 60_000
ELSEWHERE = "Lo tienes abierto en otra ventana"
DRAFTS = "**/api/clientes/*/draft"

expect.set_options(timeout=PATIENCE)


@pytest.fixture
async def line(house: House) -> AsyncGenerator[Line]:
    """The network between the windows and the house."""
    async with line_to(house.port) as line:
        yield line


@pytest.fixture(scope="module")
def shop(house: House) -> Company:
    return staffed(house)


@pytest.fixture
async def windows(shop: Company, browser: Browser, line: Line) -> AsyncGenerator[Windows]:
    async with opened(shop, browser, line.url) as windows:
        yield windows


@pytest.fixture
async def laptop(browser: Browser) -> AsyncGenerator[Browser]:
    """A browser of its own."""
    other = await browser.browser_type.launch(executable_path=chromium(), args=[*QUIET])
    yield other
    await other.close()


@asynccontextmanager
async def asleep(laptop: Browser) -> AsyncGenerator[None]:
    """Its processes stand still, as all do when the lid is closed."""
    told: Any = await laptop.new_browser_cdp_session()
    found = (await told.send("SystemInfo.getProcessInfo"))["processInfo"]
    first = psutil.Process(next(one["id"] for one in found if one["type"] == "browser"))
    stopped = [first, *first.children(recursive=True)]
    for one in stopped:
        one.suspend()
    try:
        yield
    finally:
        for one in stopped:
            one.resume()


async def in_hand(windows: Windows, name: str) -> Locator:
    """Of somebody who has it open and has written something; the supervisor's row of it."""
    gtr, asesor, admin = windows
    await set_limit(admin, limit=300)
    row = await enter(gtr, name)
    await give(gtr, row)
    await asesor.get_by_role("button", name=name).click(timeout=PATIENCE)
    await write(asesor, "Rosas")
    await expect(saved(asesor)).to_be_visible()
    return row


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Flor").fill(text, timeout=PATIENCE)


def saved(page: Page) -> Locator:
    return page.get_by_text("Guardado", exact=True)


async def mark(*pages: Page) -> None:
    for page in pages:
        await page.evaluate("window.first = true")


async def never_reloaded(page: Page) -> bool:
    return await page.evaluate("window.first === true")


async def test_a_socket_is_cut_for_five_minutes(
    windows: Windows, shop: Company, house: House, line: Line
):
    """
    Both screens say since when; what would be lost is not done, what is written waits in the
    window; when the line is back both tell what happened meanwhile.
    """
    gtr, asesor, _ = windows
    row = await in_hand(windows, "Cata Rivas")
    await mark(gtr, asesor)

    line.cut()

    for page in (gtr, asesor):
        await expect(page.get_by_text(AWAY)).to_be_visible()
    await expect(gtr.get_by_role("button", name="Nuevo cliente").first).to_be_disabled()
    await expect(row.get_by_role("button", name="Cata Rivas es de Persona asesor")).to_be_disabled()
    await write(asesor, "Rosas rojas")
    await expect(asesor.get_by_text("queda en esta ventana y se guarda al volver")).to_be_visible()
    await asesor.get_by_role("button", name="Siguiente").click()
    await expect(asesor.get_by_role("button", name="Terminar")).to_be_disabled()

    await pass_by(house, shop.tenant, 6)
    for page in (gtr, asesor):
        await page.clock.fast_forward(FIVE_MINUTES)
        await expect(page.get_by_text(AWAY)).to_be_visible()
    line.mend()
    await asesor.get_by_role("button", name="Probar ahora").click()

    closed = asesor.get_by_role("alert").filter(has_text="Se cerró Cata Rivas")
    await expect(closed).to_contain_text("no llegó al servidor")
    await expect(row.get_by_text("Sin gestionar")).to_be_visible()
    for page in (gtr, asesor):
        await expect(page.get_by_text(AWAY)).to_have_count(0)
        assert await never_reloaded(page)
    await give(gtr, row)
    await asesor.get_by_role("button", name="Cata Rivas").click()
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas rojas")
    await expect(saved(asesor)).to_be_visible()


async def test_a_laptop_sleeps(windows: Windows, shop: Company, laptop: Browser, line: Line):
    """
    Nobody is there meanwhile, as supervisors see; awake it says that it is not current, and then
    what is true.
    """
    gtr, desk, admin = windows
    await desk.close()
    asesor = await window(laptop, line.url, email_of(shop, "asesor"))
    row = await in_hand(windows._replace(asesor=asesor), "Dora Luna")
    await mark(asesor)
    there = gtr.locator("[data-state]").filter(has_text="Disponible")
    await expect(there).to_have_count(1)

    async with asleep(laptop):
        await expect(there).to_have_count(0)
        number = await row.get_attribute("data-cliente")
        taken = {"tipo": "gtr", "estatus": "nuevo", "breakLock": True}
        await admin.post(f"/api/clientes/{number}/estatus", json=taken)
        await expect(row.get_by_text("Nuevo", exact=True)).to_be_visible()
        line.cut()
    await asesor.clock.fast_forward(FIVE_MINUTES)

    await expect(asesor.get_by_text(AWAY)).to_be_visible()
    line.mend()
    await asesor.clock.fast_forward(30_000)
    closed = asesor.get_by_role("alert").filter(has_text="Se cerró Dora Luna")
    await expect(closed).to_contain_text("Supervisión lo retiró")
    await expect(asesor.get_by_text(AWAY)).to_have_count(0)
    await expect(there).to_have_count(1)
    assert await never_reloaded(asesor)


async def test_a_second_window_of_the_same_asesor(windows: Windows):
    """
    One has it and the other says so, at once, and may take it over; of two texts somebody says
    which it is; a window that is loaded again goes on.
    """
    _, first, _ = windows
    await in_hand(windows, "Elena Mora")
    await first.route(DRAFTS, lambda route: route.abort())
    await write(first, "Rosas de aquí")
    second = await first.context.new_page()
    await second.goto(first.url)
    await expect(second.get_by_text(ELSEWHERE)).to_be_visible()
    await expect(second.get_by_label("Flor")).to_have_count(0)

    await second.get_by_role("button", name="Seguir aquí").click()
    await expect(first.get_by_text(ELSEWHERE)).to_be_visible()
    await expect(second.get_by_label("Flor")).to_have_value("Rosas")
    await write(second, "Rosas de allí")
    await expect(saved(second)).to_be_visible()
    await first.unroute(DRAFTS)
    await first.get_by_role("button", name="Seguir aquí").click()

    await expect(second.get_by_text(ELSEWHERE)).to_be_visible()
    await expect(first.get_by_text("Hay dos versiones de lo escrito")).to_be_visible()
    await expect(first.get_by_label("Flor")).to_have_value("Rosas de aquí")
    await first.get_by_role("button", name="Lo guardado").click()
    await expect(first.get_by_label("Flor")).to_have_value("Rosas de allí")
    await write(first, "Rosas, al fin")
    await expect(saved(first)).to_be_visible()
    await first.reload()
    await expect(first.get_by_label("Flor")).to_have_value("Rosas, al fin")


async def test_a_session_ends_while_somebody_writes(windows: Windows, shop: Company):
    """
    They signed out elsewhere: it asks to sign in, and leads back to the same cliente with what was
    written, also what had not been saved.
    """
    _, asesor, _ = windows
    email = email_of(shop, "asesor")
    await in_hand(windows, "Fito Páez")
    await asesor.route(DRAFTS, lambda route: route.abort())
    await write(asesor, "Rosas blancas")
    place = asesor.url

    async with httpx.AsyncClient(base_url=shop.url) as elsewhere:
        await elsewhere.post("/api/login", json={"email": email, "password": PASSWORD})
        assert (await elsewhere.delete("/api/me/sessions")).is_success

    await expect(asesor.get_by_text("Tu sesión terminó")).to_be_visible()
    await expect(asesor.get_by_text("Rosas blancas")).to_have_count(0)
    await asesor.unroute(DRAFTS)
    await sign_in(asesor, email)
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas blancas")
    await expect(saved(asesor)).to_be_visible()
    assert asesor.url == place


async def test_settings_and_supervisors_reach_an_open_wizard(windows: Windows):
    """
    A question that an admin adds is there at once; whose hand took it away is named, and what was
    written is kept.
    """
    gtr, asesor, admin = windows
    row = await in_hand(windows, "Gala Ruiz")
    await mark(asesor)
    more = {"id": "budget", "label": "Presupuesto", "kind": "text", "required": False}
    step = {**STEPS[0], "fields": [*STEPS[0]["fields"], more]}
    await set_limit(admin, limit=300, steps=[step])
    await expect(asesor.get_by_label("Presupuesto")).to_be_visible()
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas")

    await row.get_by_role("button", name="Gala Ruiz", exact=True).click()
    await gtr.get_by_role("button", name="Soltar a la fuerza").click()
    closed = asesor.get_by_role("alert").filter(has_text="Se cerró Gala Ruiz")
    await expect(closed).to_contain_text("Persona gtr lo soltó")
    await asesor.get_by_role("button", name="Gala Ruiz").click()
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas")

    boss = (await admin.get("/api/me")).json()["user"]
    number = await row.get_attribute("data-cliente")
    asked = {"tipo": "gtr", "estatus": "derivado", "asesorId": boss["id"], "breakLock": True}
    given = await admin.post(f"/api/clientes/{number}/estatus", json=asked)
    assert given.status_code == 200, given.text
    await expect(closed).to_contain_text(f"Supervisión lo pasó a {boss['name']}")
    assert await never_reloaded(asesor)
