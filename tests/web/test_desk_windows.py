"""The lead desk in two real windows: what one person does, the other sees without a reload."""

import pytest
from playwright.async_api import expect

from tests.web.desk_windows import PATIENCE, Windows, enter, give, set_limit, windows

__all__ = ["windows"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


async def test_a_lead_is_given_opened_and_done(windows: Windows):
    """
    Option A: derivado, en gestión, terminado; each is seen in the other window by itself.
    """
    gtr, asesor, admin = windows
    await set_limit(admin, limit=300)
    row = await enter(gtr, "Marta Figueroa")
    await give(gtr, row)

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
    await set_limit(admin, limit=300)
    row = await enter(gtr, "Óscar Ibáñez")
    await give(gtr, row)
    mine = asesor.get_by_role("button", name="Óscar Ibáñez")
    await mine.click(timeout=PATIENCE)
    await asesor.get_by_label("Flor").fill("Rosas")
    await expect(asesor.get_by_text("Guardado", exact=True)).to_be_visible(timeout=PATIENCE)

    await set_limit(admin, limit=5)
    await asesor.get_by_label("Flor").press("End")

    closed = asesor.get_by_role("alert").filter(has_text="Se cerró Óscar Ibáñez")
    await expect(closed).to_contain_text("Pasó el tiempo sin actividad", timeout=PATIENCE)
    await expect(asesor.get_by_label("Flor")).to_have_count(0)
    await expect(mine).to_have_count(0, timeout=PATIENCE)
    await expect(row.get_by_text("Sin gestionar")).to_be_visible(timeout=PATIENCE)
    await set_limit(admin, limit=300)
    await give(gtr, row)
    await mine.click(timeout=PATIENCE)
    await expect(asesor.get_by_label("Flor")).to_have_value("Rosas", timeout=PATIENCE)
