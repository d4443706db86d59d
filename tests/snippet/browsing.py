"""Where a Chromium is, and what is waited for in it."""

import asyncio
import os
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page

CHROMIUMS = (
    os.environ.get("PISTA_CHROMIUM", "chromium"),
    "chromium",
    "chromium-browser",
    "google-chrome",
)
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names for pages that are no secure context, as 127.0.0.1 is one.
    "--host-resolver-rules=MAP *.shop.co.uk 127.0.0.1, MAP pista.test 127.0.0.1",
]


async def until(holds: Callable[[], Any], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - watches another program
            await asyncio.sleep(0.05)


async def opened(page: Page, url: str) -> None:
    await page.goto(url)
    await page.wait_for_function("!!(window.pista && pista.visitorId)")
