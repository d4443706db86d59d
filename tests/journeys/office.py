"""A company that people write to on WhatsApp and Telegram, and its own people at their screens."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import httpx
from playwright.async_api import Browser, BrowserContext, Locator, Page

from tests.fakes import telegram as telegram_fake
from tests.fakes import whatsapp as whatsapp_fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import Accepted, WhatsApp
from tests.journeys.house import Company, House

PATIENCE = 60
"""Seconds that anything may take on a machine that is busy with other things."""
NUMBER = {
    "phoneNumberId": whatsapp_fake.NUMBER,
    "accountId": whatsapp_fake.ACCOUNT,
    "token": whatsapp_fake.TOKEN,
    "appSecret": whatsapp_fake.APP_SECRET,
}
BOT = {"token": telegram_fake.TOKEN}
SECRET = "X-Telegram-Bot-Api-Secret-Token"
PASSWORD = "una-clave-de-prueba"

T = TypeVar("T")


class Platforms(NamedTuple):
    """What stands in for WhatsApp and Telegram."""

    whatsapp: WhatsApp
    telegram: Telegram

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PISTA_META_GRAPH_URL": self.whatsapp.url,
            "PISTA_TELEGRAM_API_URL": self.telegram.url,
        }


class Office:
    """The company with a number and a bot, as its API key sees it."""

    def __init__(self, tenant: str, platforms: Platforms, api: httpx.AsyncClient) -> None:
        self.tenant = tenant
        self.whatsapp, self.telegram = platforms
        self.api = api
        self.channels: dict[str, str] = {}
        """Ids, by platform."""

    async def ok(self, method: str, path: str, **given: Any) -> Any:
        answer = await self.api.request(method, path, **given)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def is_answered(self) -> bool:
        """Whether a web process is there."""
        try:
            return (await self.api.get("/health/ready")).is_success
        except httpx.TransportError:
            return False

    async def connect(self) -> None:
        for platform, given in (("whatsapp", NUMBER), ("telegram", BOT)):
            made = await self.ok("POST", f"/api/chat/channels/{platform}", json=given)
            self.channels[platform] = made["id"]

    async def hang_up(self) -> None:
        """So that another company may have them."""
        for channel in self.channels.values():
            await self.ok("DELETE", f"/api/chat/channels/{channel}")

    async def bring(
        self, platform: str, body: bytes, signature: str | None = None
    ) -> httpx.Response:
        """As the platform does, once, which signs with what it was told."""
        if platform == "whatsapp":
            headers = {"X-Hub-Signature-256": signature or whatsapp_fake.sign(body)}
            return await self.api.post("/api/chat/webhook", content=body, headers=headers)
        secret = signature or self.telegram.webhook["secret_token"]
        path, headers = urlsplit(str(self.telegram.webhook["url"])).path, {SECRET: secret}
        return await self.api.post(path, content=body, headers=headers)

    async def hear(self, **value: Any) -> None:
        """A webhook of WhatsApp, sent until it is taken."""
        body = whatsapp_fake.webhook(**value)
        await whatsapp_fake.deliver(self.api, "/api/chat/webhook", body)

    async def write(self, *texts: str, phone: str = "51991234877", name: str = "Rosa") -> None:
        """Somebody writes to the number."""
        who = {"profile": {"name": name}, "wa_id": phone}
        said = [whatsapp_fake.said(text, phone) for text in texts]
        await self.hear(contacts=[who], messages=said)

    async def tell(self, taken: Accepted, state: str) -> None:
        """How far a message got."""
        await self.hear(statuses=[self.whatsapp.status(taken, state)])

    async def taken(self, text: str) -> list[Accepted]:
        """What WhatsApp was given to send that says this."""
        sent = self.whatsapp.accepted
        return [one for one in sent if one.body.get("text", {}).get("body") == text]

    async def write_to_bot(self, text: str) -> None:
        update = self.telegram.update(message=self.telegram.said(text))
        await self.telegram.deliver(self.api, update)

    async def talks(self, platform: str, **asked: str) -> list[dict[str, Any]]:
        terms = {"channelId": self.channels[platform], "limit": "100", **asked}
        return (await self.ok("GET", "/api/chat/conversations", params=terms))["items"]

    async def talk_about(self, text: str, platform: str = "whatsapp") -> str:
        """The id of the conversation in which this was said last."""

        async def found() -> list[str]:
            talks = await self.talks(platform)
            said = [(one["id"], one["preview"]) for one in talks]
            return [talk for talk, last in said if last is not None and last["text"] == text]

        return (await until(found))[0]

    async def messages(self, talk: str) -> list[dict[str, Any]]:
        """All of them, the newest last."""
        path, found = f"/api/chat/conversations/{talk}/messages", list[dict[str, Any]]()
        page: dict[str, Any] = {"next": ""}
        while page["next"] is not None:
            before = {"before": page["next"]} if page["next"] else {}
            page = await self.ok("GET", path, params={"limit": "200", **before})
            found = page["items"] + found
        return found


@asynccontextmanager
async def opened(house: House, platforms: Platforms, name: str) -> AsyncGenerator[Office]:
    """A company of its own, for as long as a module's tests last."""
    company = await asyncio.to_thread(Company, house, f"{name}.example", f"dueña@{name}.example")
    async with company.client() as api, connected(company.tenant, platforms, api) as office:
        yield office


@asynccontextmanager
async def connected(
    tenant: str, platforms: Platforms, api: httpx.AsyncClient
) -> AsyncGenerator[Office]:
    office = Office(tenant, platforms, api)
    await office.connect()
    yield office
    await office.hang_up()


class Agent:
    """Somebody of the company, signed in in a browser of their own."""

    def __init__(self, name: str, url: str, context: BrowserContext, page: Page) -> None:
        self.name = name
        self.url = url
        self.context = context
        self.page = page

    async def open(self, talk: str) -> None:
        await self.page.goto(f"{self.url}/inbox?talk={talk}")
        await self.page.evaluate("window.sinceThen = true")

    async def has_not_reloaded(self) -> bool:
        return await self.page.evaluate("window.sinceThen === true")

    @property
    def head(self) -> Locator:
        """Who else is here."""
        return self.page.locator("section header").get_by_role("status")

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Write a reply")

    @property
    def bubbles(self) -> Locator:
        return self.page.locator("section [id^=message-]")

    def bubble(self, text: str) -> Locator:
        return self.bubbles.filter(has_text=text)

    def said(self, text: str) -> Locator:
        """What says this and nothing else."""
        return self.bubbles.get_by_text(text, exact=True)

    def row(self, text: str) -> Locator:
        """A conversation in the list."""
        return self.page.get_by_role("listitem").get_by_role("link").filter(has_text=text)

    async def assign(self, button: str, to: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).click()
        await self.page.get_by_role("menuitem", name=to).click()

    async def write_until(self, seen: Locator) -> None:
        """Go on writing, as people do, until somebody has seen it."""

        async def is_seen() -> bool:
            await self.field.press("a")
            return await seen.is_visible()

        await until(is_seen)

    async def read_from_the_beginning(self) -> None:
        """Scroll up until there is nothing earlier."""
        begin = self.page.get_by_text("The conversation began here")

        async def at_its_beginning() -> bool:
            await self.bubbles.first.scroll_into_view_if_needed()
            return await begin.is_visible()

        await until(at_its_beginning)

    async def answer(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")


@asynccontextmanager
async def sitting(
    browser: Browser, house: House, office: Office, name: str, role: str, url: str, **look: Any
) -> AsyncGenerator[Agent]:
    """A colleague at a screen, whose clock a test can move."""
    email = f"{name.lower()}-{office.tenant}@oficina.example"
    named = ("--tenant", office.tenant, "--email", email, "--name", name)
    how = ("--role", role, "--password", PASSWORD)
    await asyncio.to_thread(house.pista, "user", "create", *named, *how)
    async with httpx.AsyncClient(base_url=house.url) as client:
        login = {"email": email, "password": PASSWORD}
        answer = await client.post("/api/login", json=login)
        token = answer.cookies["pista_session"]
    context = await browser.new_context(locale="en-US", **look)
    context.set_default_timeout(PATIENCE * 1000)
    await context.add_cookies([{"name": "pista_session", "value": token, "url": url}])
    page = await context.new_page()
    await page.clock.install()
    yield Agent(name, url, context, page)
    await context.close()


async def until(holds: Callable[[], Awaitable[T | None]]) -> T:
    """What it answers once that is something."""
    limit = time.monotonic() + PATIENCE
    while not (found := await holds()):
        assert time.monotonic() < limit, "it does not come about"
        await asyncio.sleep(0.05)
    return found
