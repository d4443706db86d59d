"""A look at screens in a real Chromium: what axe finds, what overflows, what the console says."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "una-clave-de-prueba"
WIDTHS = {1440: 900, 390: 844}
LANGUAGES = ("es", "pt", "en")
# More of them only fight for the same cores.
PAGES_AT_ONCE = 6
Look = tuple[str, int, Any]
LOOKS: list[Look] = [
    *((language, width, "light") for language in LANGUAGES for width in WIDTHS),
    *(("es", width, "dark") for width in WIDTHS),
]

VIOLATIONS = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((one) =>
    `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`);
}"""
OVERFLOW = """() => Math.max(
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  ...[...document.querySelectorAll("td, th, p, a, button, input")]
    .filter((element) => element.checkVisibility() && element.offsetWidth > 1
      && element.closest("[data-scrolls]") === null)
    .map((element) => element.getBoundingClientRect().right - innerWidth))"""
LOADED = """() => document.querySelector("h1, h2") !== null
  && document.querySelector("[aria-busy=true], .mantine-Skeleton-root") === null"""


class Screen(NamedTuple):
    name: str
    path: str
    who: str = "owner"


class People(NamedTuple):
    url: str
    cookies: dict[str, str]
    rules: dict[str, str]
    """Of the owner: alert rules, sources, conversations and the like, by what there is to see."""


async def look_at(
    browser: Browser, people: People, screens: Sequence[Screen], shots: Path, look: Look
) -> list[str]:
    """Leave a picture of each; all that is wrong with them."""
    contexts = {
        who: await opened_for(browser, people, who, look) for who in {one.who for one in screens}
    }
    some = asyncio.Semaphore(PAGES_AT_ONCE)

    async def one_of(screen: Screen) -> tuple[bytes, list[str]]:
        async with some:
            return await _look(contexts[screen.who], people, screen)

    looked = await asyncio.gather(*(one_of(screen) for screen in screens))
    language, width, scheme = look
    for screen, (picture, _) in zip(screens, looked, strict=True):
        name = f"screen-{screen.name}-{language}-{width}-{scheme}.png"
        (shots / name).write_bytes(picture)
    return [
        f"{one.name}: {wrong}"
        for one, found in zip(screens, looked, strict=True)
        for wrong in found[1]
    ]


async def _look(context: BrowserContext, people: People, screen: Screen) -> tuple[bytes, list[str]]:
    """A picture of one screen, and what is wrong with it."""
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.extend(_error(message, screen)))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(people.url + screen.path.format(**people.rules))
    await page.wait_for_function(LOADED)
    await page.evaluate("document.fonts.ready")
    await page.evaluate(AXE.read_text())
    found: list[str] = await page.evaluate(VIOLATIONS)
    if (beyond := await _beyond_the_edge(page)) > 0:
        found.append(f"{beyond} px beyond the right edge")
    picture = await page.screenshot(full_page=True)
    await page.close()
    return picture, [*found, *said]


async def _beyond_the_edge(page: Page) -> float:
    """How far something reaches, in pixels. What slides in is out there for a moment, as a toast
    does that tells of an alert: only what stays is a fault."""
    beyond = 0.0
    for _ in range(20):
        if (beyond := await page.evaluate(OVERFLOW)) <= 0:
            break
        await asyncio.sleep(0.1)
    return beyond


def _error(message: ConsoleMessage, screen: Screen) -> Sequence[str]:
    # Who is not signed in asks who it is and hears 401, which Chromium writes down.
    expected = screen.who == "stranger" and "401" in message.text
    return () if message.type != "error" or expected else (message.text,)


async def opened_for(browser: Browser, people: People, who: str, look: Look) -> BrowserContext:
    language, width, scheme = look
    context = await browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        locale=language,
        color_scheme=scheme,
        # Not the company's, so that it is offered.
        timezone_id="America/Lima",
        reduced_motion="reduce",
    )
    if token := people.cookies.get(who):
        await context.add_cookies([{"name": "pista_session", "value": token, "url": people.url}])
    return context
