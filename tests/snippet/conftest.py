"""A real Chromium, a page of somebody's site in it, and a collector of another origin."""

import shutil
from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.fakes.pages import Collector, Site, collecting, site_of
from tests.snippet.browsing import CHROMIUM_ARGS, CHROMIUMS


@pytest.fixture(scope="module")
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUMS))), args=CHROMIUM_ARGS
        )
        yield browser
        await browser.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncGenerator[BrowserContext]:
    context = await browser.new_context()
    yield context
    await context.close()


@pytest.fixture
async def collector() -> AsyncGenerator[Collector]:
    async with collecting() as collector:
        yield collector


@pytest.fixture
async def site(collector: Collector) -> AsyncGenerator[Site]:
    async with site_of(collector.tag) as site:
        yield site


@pytest.fixture
async def page(context: BrowserContext) -> AsyncGenerator[Page]:
    """A page that may not report one error, whatever the snippet meets."""
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
