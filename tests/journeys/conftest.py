"""What every journey starts with: a running Pista, and browsers."""

import os
import shutil
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.conftest import reachable_folder
from tests.fakes import telegram, whatsapp
from tests.journeys.house import House
from tests.journeys.office import Platforms

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# In the order in which scripts/chromium looks for them.
CHROMIUMS = (
    os.environ.get("PISTA_CHROMIUM", "chromium"),
    "chromium",
    "chromium-browser",
    "google-chrome",
)
SHOTS = Path(__file__).parents[2] / "test-results"


@pytest.fixture(scope="session")
async def platforms() -> AsyncGenerator[Platforms]:
    async with whatsapp.running() as meta, telegram.running() as bots:
        yield Platforms(meta, bots)


@pytest.fixture(scope="session")
def house(platforms: Platforms) -> Generator[House]:
    with reachable_folder() as folder:
        running = House(folder, **platforms.environment)
        try:
            running.ready()
            yield running
            running.stop()
        finally:
            running.close()


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert found, "These tests need Chromium: run `make test`, which looks for it."
    return found


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium(), args=[*QUIET])
        yield running
        await running.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where screenshots go, for a person to look at."""
    SHOTS.mkdir(exist_ok=True)
    return SHOTS
