"""Giving clientes to somebody by hand: with the mouse, and with the keys alone."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.web.desk_windows import PATIENCE, Windows, enter, give, set_limit, windows

__all__ = ["windows"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

expect.set_options(timeout=PATIENCE)


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


async def test_cards_are_dragged_to_somebody_and_taken_back(windows: Windows):
    """
    All that are selected go along; undone, they are where they were. The keys do the same, and `?`
    says which.
    """
    gtr, asesor, admin = windows
    await set_limit(admin, limit=300)
    for name in ("Hugo Paz", "Irma Sol"):
        await enter(gtr, name)
    await gtr.keyboard.press("v")
    waiting, given = column(gtr, "Nuevo"), column(gtr, "Derivado")
    hugo = waiting.locator("[data-cliente]", has_text="Hugo Paz")
    await hugo.get_by_role("button", name="Hugo Paz", exact=True).focus()
    await gtr.keyboard.press("x")
    irma = waiting.locator("[data-cliente]", has_text="Irma Sol")
    await irma.get_by_role("button", name="Irma Sol", exact=True).focus()
    await gtr.keyboard.press("x")

    somebody = gtr.get_by_role("listitem").filter(has_text="Persona asesor")
    await hugo.drag_to(somebody)

    await expect(given.locator("[data-cliente]")).to_have_count(2)
    await expect(waiting.locator("[data-cliente]")).to_have_count(0)
    await expect(asesor.get_by_role("button", name="Irma Sol")).to_be_visible()
    await gtr.get_by_role("button", name="Deshacer").click()
    await expect(waiting.locator("[data-cliente]")).to_have_count(2)
    await expect(asesor.get_by_role("button", name="Irma Sol")).to_have_count(0)

    await give(gtr, hugo)
    await expect(given.locator("[data-cliente]")).to_have_count(1)
    await gtr.keyboard.press("u")
    await expect(given.locator("[data-cliente]")).to_have_count(0)
    await gtr.keyboard.press("?")
    help_ = gtr.get_by_role("dialog", name="Atajos de teclado")
    for what in ("Seleccionar", "Asignar: escribe el nombre", "Deshacer la última asignación"):
        await expect(help_.get_by_text(what)).to_be_visible()
