"""A look at screens in a real Chromium: what axe finds, what overflows, what the console says."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, Page

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "una-clave-de-prueba"
WIDTHS = {1440: 900, 390: 844}
# More of them only fight for the same cores.
PAGES_AT_ONCE = 6
Look = tuple[str, int, Any]
# What a screen goes through in one piece, as when somebody turns a tablet or evening comes: loaded
# for the first, changed in place for the others. One language begins on a phone, the others do not.
LOOKS: dict[str, list[Look]] = {
    "es": [("es", 390, "light"), ("es", 390, "dark"), ("es", 1440, "dark"), ("es", 1440, "light")],
    "pt": [("pt", 1440, "light"), ("pt", 390, "light")],
    "en": [("en", 1440, "light"), ("en", 390, "light")],
}

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
# At rest is what was turned after two frames, one to hear of it and one to draw, and all fading.
DRAWN = """() => new Promise((drawn) =>
  requestAnimationFrame(() => requestAnimationFrame(() => drawn())))"""
RESTS = """() => document.getAnimations().every((animation) =>
  animation.effect.getComputedTiming().endTime === Infinity)"""
DRESSED = "(scheme) => document.documentElement.dataset.mantineColorScheme === scheme"


class Screen(NamedTuple):
    name: str
    path: str
    who: str = "owner"


class People(NamedTuple):
    url: str
    cookies: dict[str, str]
    rules: dict[str, str]
    """Of the owner: alert rules, sources, conversations and the like, by what there is to see."""


class Pages:
    """Pages of each person, used again: a new one is a new process that knows no program yet."""

    def __init__(self, contexts: dict[str, BrowserContext]) -> None:
        self._contexts = contexts
        self._free: dict[str, list[Page]] = {who: [] for who in contexts}

    @asynccontextmanager
    async def one_of(self, who: str) -> AsyncGenerator[Page]:
        free = self._free[who]
        page = free.pop() if free else await self._contexts[who].new_page()
        yield page
        free.append(page)


async def look_at(
    browser: Browser, people: People, screens: Sequence[Screen], shots: Path, language: str
) -> list[str]:
    """Leave pictures of each; all that is wrong with them."""
    looks = LOOKS[language]
    contexts = {
        who: await opened_for(browser, people, who, looks[0])
        for who in {one.who for one in screens}
    }
    pages = Pages(contexts)
    some = asyncio.Semaphore(PAGES_AT_ONCE)

    async def faults_of(screen: Screen) -> list[str]:
        async with some, pages.one_of(screen.who) as page:
            return await _look(page, people, screen, shots, looks)

    found = await asyncio.gather(*(faults_of(screen) for screen in screens))
    return [wrong for faults in found for wrong in faults]


async def _look(
    page: Page, people: People, screen: Screen, shots: Path, looks: Sequence[Look]
) -> list[str]:
    """Pictures of one screen, loaded once, and what is wrong with it."""
    found: list[str] = []
    with _heard(page, screen) as said:
        await _turn(page, looks[0])
        await page.goto(people.url + screen.path.format(**people.rules))
        await page.evaluate(AXE.read_text())
        for look in looks:
            name = "-".join(map(str, (screen.name, *look)))
            await _turn(page, look)
            await _settle(page, look)
            found += [f"{name}: {wrong}" for wrong in await _faults(page)]
            await page.screenshot(full_page=True, path=shots / f"screen-{name}.png")
    # As people do: what a screen holds, as a cliente's wizard does, is let go when it is left.
    await page.goto("about:blank")
    return [*found, *(f"{screen.name}: {wrong}" for wrong in said)]


@contextmanager
def _heard(page: Page, screen: Screen) -> Generator[list[str]]:
    """The errors that the console tells of, and those that nobody caught."""
    said: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        said.extend(_error(message, screen))

    def on_error(error: Error) -> None:
        said.append(str(error))

    page.on("console", on_console)
    page.on("pageerror", on_error)
    yield said
    page.remove_listener("console", on_console)
    page.remove_listener("pageerror", on_error)


async def _turn(page: Page, look: Look) -> None:
    """Make the page this wide and light or dark."""
    _, width, scheme = look
    await page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    await page.emulate_media(color_scheme=scheme)


async def _settle(page: Page, look: Look) -> None:
    """Wait until it has all that it shows, in this look, and nothing moves."""
    await page.wait_for_function(LOADED)
    await page.wait_for_function(DRESSED, arg=look[2])
    await page.evaluate("document.fonts.ready")
    await page.evaluate(DRAWN)
    await page.wait_for_function(RESTS)


async def _faults(page: Page) -> list[str]:
    """What is wrong with the page as it looks now."""
    found: list[str] = await page.evaluate(VIOLATIONS)
    if (beyond := await _beyond_the_edge(page)) > 0:
        found.append(f"{beyond} px beyond the right edge")
    return found


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
