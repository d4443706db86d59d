"""The screens of conversations, with all that they may show: each language, a desk and a phone."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser

from tests.journeys.house import Company, House
from tests.journeys.office import Platforms
from tests.web.looks import LOOKS, People, Screen, look_at
from tests.web.talks import talking

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SCREENS = [
    Screen("inbox-talk", "/inbox?talk={talk}"),
    Screen("inbox-late", "/inbox?talk={late}"),
    Screen("inbox-bot", "/inbox?talk={bot}"),
    Screen("channels", "/settings/channels"),
    Screen("channel-whatsapp", "/settings/channels/{whatsapp}"),
    Screen("channel-telegram", "/settings/channels/{telegram}"),
    Screen("operations", "/operations"),
    Screen("letters", "/settings/letters"),
]


@pytest.fixture(scope="module")
async def people(house: House, platforms: Platforms) -> AsyncGenerator[People]:
    """The owner of a shop that much was written to."""
    shop = Company(house, domain="charlas.example", email="owner@charlas.example")
    async with httpx.AsyncClient(base_url=house.url) as client:
        login = {"email": shop.email, "password": shop.password}
        cookie = (await client.post("/api/login", json=login)).cookies["pista_session"]
    async with talking(house, platforms, shop.tenant, cookie) as talks:
        yield People(house.url, {"owner": cookie}, talks)


@pytest.mark.parametrize("language", LOOKS)
async def test_a_talk_is_for_everybody(
    browser: Browser, people: People, shots: Path, language: str
):
    """
    Nothing that axe objects to, nothing to scroll sideways for, no error in the console.
    """
    assert await look_at(browser, people, SCREENS, shots, language) == []
