"""From what a visitor does in a real browser to the number on the owner's open screen."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.journeys.house import Company, House
from tests.journeys.shop import Shop
from tests.timing import stretched

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

WITHIN_SECONDS = 6.0
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
AD = "/?utm_source=facebook&utm_medium=paid_social&utm_campaign=verano&fbclid=IwAR0"

DONE = {"PAGE_VIEW": 4, "CLICK": 6, "SCROLL": 5, "FORM_SUBMIT": 1, "ADD_TO_CART": 1}

QUEUED = """Object.keys(localStorage)
    .filter((key) => key.startsWith("rstk_queue."))
    .map((key) => localStorage[key])
    .join()"""
STARTED = "window.pista && window.pista.visitorId()"
QUEUE_IS_EMPTY = f"() => {QUEUED} === ''"
ALL_SCROLLS_QUEUED = f"""() => {QUEUED}.split('"SCROLL"').length > 5"""


@pytest.fixture(scope="module")
def company(house: House) -> Company:
    return Company(house, domain="localhost")


@pytest.fixture(scope="module")
def shop(company: Company) -> Generator[Shop]:
    running = Shop(company.snippet)
    yield running
    running.close()


@pytest.fixture
async def api(company: Company) -> AsyncGenerator[httpx.AsyncClient]:
    async with company.client() as client:
        yield client


async def test_what_a_visitor_does_is_on_the_owners_screen(
    browser: Browser,
    house: House,
    company: Company,
    shop: Shop,
    api: httpx.AsyncClient,
    shots: Path,
):
    """
    A visitor clicks, scrolls, sends a form, goes from page to page, offline and back: within six
    seconds of the last action all of it is in the statistics and on the Overview that was open
    all along, each event once.
    """
    await company.keep_all(api, "SCROLL")
    owner = await _signed_in(browser, house, company, shots)
    visitor = await (await browser.new_context(viewport=PHONE)).new_page()

    await visitor.goto(shop.origin + AD)
    await _look_around(visitor)
    await _send_the_form(visitor, shop)
    await _go_on(visitor)
    await _lose_and_find_the_network(visitor, shots)
    ended = time.monotonic()
    in_stats, on_screen = await asyncio.gather(
        _until(lambda: _has(company, api, DONE), ended), _until_shown(owner, DONE, ended)
    )

    assert in_stats < stretched(WITHIN_SECONDS)
    assert on_screen < stretched(WITHIN_SECONDS)
    await _photograph(owner, shots)
    await visitor.wait_for_function(QUEUE_IS_EMPTY)
    await _until(lambda: _nothing_waits(api), ended, most=30)
    stats = await company.stats(api)
    assert stats["eventsByType"] == DONE
    assert (stats["uniqueVisitors"], stats["uniqueSessions"]) == (1, 1)
    assert stats["botEvents"] == 0


async def test_a_lone_click_after_a_flush_takes_no_longer(
    browser: Browser, company: Company, shop: Shop, api: httpx.AsyncClient
):
    """
    An action that nothing follows, just after a flush, has the longest way: it waits in the page
    for more, and in the journal for the next flush.
    """
    visitor = await (await browser.new_context(viewport=PHONE)).new_page()
    await visitor.goto(f"{shop.origin}/catalogo")
    await visitor.wait_for_function(STARTED)
    await visitor.wait_for_function(QUEUE_IS_EMPTY)
    clicks = (await company.stats(api))["eventsByType"].get("CLICK", 0)
    await visitor.click("#more")
    await _until(lambda: _clicked(company, api, clicks + 1), time.monotonic())

    await visitor.click("#more")
    clicked = time.monotonic()

    took = await _until(lambda: _clicked(company, api, clicks + 2), clicked)
    assert took < stretched(WITHIN_SECONDS)


async def _signed_in(browser: Browser, house: House, company: Company, shots: Path) -> Page:
    context = await browser.new_context(viewport=DESK, locale="en-US")
    page = await context.new_page()
    await page.goto(f"{house.url}/overview")
    await page.get_by_label("E-mail").fill(company.email)
    await page.get_by_label("Password", exact=True).fill(company.password)
    await page.screenshot(path=shots / "sign-in-1440.png")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("One step left: paste the code into your site")).to_be_visible()
    await page.screenshot(path=shots / "overview-before-1440.png")
    return page


async def _look_around(visitor: Page) -> None:
    await visitor.wait_for_function(STARTED)
    await visitor.click("#buy")
    await visitor.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    await visitor.wait_for_function(ALL_SCROLLS_QUEUED)


async def _send_the_form(visitor: Page, shop: Shop) -> None:
    await visitor.fill("[name=email]", "luz@cliente.example")
    await visitor.click("#send")
    await visitor.wait_for_url("**/gracias")

    local = "JSON.parse(localStorage.rstk_local).visitor_id"
    assert shop.forms == [
        {"email": ["luz@cliente.example"], "rstk_vid": [await visitor.evaluate(local)]}
    ]


async def _go_on(visitor: Page) -> None:
    """To another page, and to one that only a script shows."""
    await visitor.click("#to-catalogue")
    await visitor.wait_for_url("**/catalogo")
    await visitor.wait_for_function(STARTED)
    await visitor.click("#next")
    await visitor.wait_for_url("**/catalogo/2")


async def _lose_and_find_the_network(visitor: Page, shots: Path) -> None:
    await visitor.context.set_offline(True)
    await visitor.click("#add")
    await visitor.wait_for_function(f"() => {QUEUED} !== ''")
    await visitor.screenshot(path=shots / "visitor-offline-390.png")
    await visitor.context.set_offline(False)
    await visitor.click("#more")


async def _has(company: Company, api: httpx.AsyncClient, events: dict[str, int]) -> bool:
    return (await company.stats(api))["eventsByType"] == events


async def _clicked(company: Company, api: httpx.AsyncClient, clicks: int) -> bool:
    return (await company.stats(api))["eventsByType"].get("CLICK") == clicks


async def _nothing_waits(api: httpx.AsyncClient) -> bool:
    health = (await api.get("/tracking-v2/health")).json()
    return health["buffer"]["currentSize"] == 0


async def _until(
    holds: Callable[[], Awaitable[bool]], began: float, most: float = 2 * WITHIN_SECONDS
) -> float:
    """Seconds from `began` until it holds."""
    while not await holds():
        assert time.monotonic() - began < most, "it never came true"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _until_shown(owner: Page, events: dict[str, int], began: float) -> float:
    """Seconds from `began` until the open Overview shows these events, with nobody touching it."""
    for event_type, count in events.items():
        row = owner.get_by_role("row").filter(has=owner.get_by_text(event_type, exact=True))
        cell = row.get_by_role("cell", name=str(count), exact=True)
        await expect(cell).to_be_visible(timeout=2_000 * WITHIN_SECONDS)
    visitors = owner.get_by_role("button", name=re.compile(r"^Visitors\W+1\b"))
    await expect(visitors).to_be_visible()
    return time.monotonic() - began


async def _photograph(owner: Page, shots: Path) -> None:
    """The Overview on a desk and on a phone."""
    await owner.mouse.move(1, 1)
    await owner.screenshot(path=shots / "overview-1440.png")
    await owner.set_viewport_size(PHONE)
    await expect(owner.get_by_role("navigation")).not_to_be_in_viewport()
    await owner.screenshot(path=shots / "overview-390.png", full_page=True)
