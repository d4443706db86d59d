"""From the ad to the sale, with a real browser, real webhooks, and stand-ins for what is not ours:
one click, one Purchase at Meta with all that the click knew, and the report shows it.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, Error, Page

from tests.conftest import reachable_folder
from tests.fakes import gateways, graph, meta, telegram
from tests.fakes.gateways import Street
from tests.fakes.graph import Graph
from tests.fakes.telegram import Telegram
from tests.journeys.house import Company, House
from tests.journeys.office import Office, Platforms, connected, until
from tests.journeys.shop import Shop

pytestmark = [pytest.mark.journey, pytest.mark.browser, pytest.mark.timeout(240)]

# As the browser in Instagram says it, which is a person's.
AGENT = (
    "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/130.0.0.0 Mobile Safari/537.36 Instagram 350.0.0.31.113 Android"
)
FBCLID = "IwAR0-" + "aZ_9" * 60 + "x"
AD = f"?fbclid={FBCLID}&utm_source=ig&utm_campaign=verao&campaign_id=120210&ad_id=99&grim=g-7"
PHONE = "5511991234877"


class Town(NamedTuple):
    """Everything that a sale goes through."""

    house: House
    graph: Graph
    bots: Telegram
    gateways: Street


class Journey:
    """One company, from its link to its report."""

    def __init__(self, town: Town, office: Office, company: Company) -> None:
        self.town = town
        self.office = office
        self.company = company
        self.meta = town.graph.meta

    async def ok(self, method: str, path: str, **given: Any) -> Any:
        return await self.office.ok(method, path, **given)

    async def set_up(self, gateway: str, **account: str) -> None:
        """Meta is told of purchases, and payments are taken."""
        await self.ok(
            "POST",
            "/api/destinations",
            json={
                "kind": "meta",
                "name": "Pixel",
                "settings": {"pixelId": meta.PIXEL},
                "secrets": {"token": meta.TOKEN},
            },
        )
        terms = {"gateway": gateway, "name": gateway, "accessToken": gateways.TOKEN, **account}
        await self.ok("POST", "/api/payments/accounts", json=terms)

    async def link(self, **given: Any) -> str:
        """The address that is given to the ad platform."""
        made = await self.ok("POST", "/api/links", json={"name": "Verão", **given})
        return made["address"] + AD

    async def pix(self, talk: str, amount: int) -> str:
        """Ask for a payment in the chat; the charge's id once its code was sent there."""
        asked = {"amount": amount, "description": "Sol"}
        path = f"/api/chat/conversations/{talk}"
        await self.ok("POST", f"{path}/pix", json=asked)

        async def open_charge() -> str | None:
            charges = (await self.ok("GET", f"{path}/charges"))["items"]
            return charges[0]["id"] if charges and charges[0]["status"] == "open" else None

        return await until(open_charge)

    async def purchase(self) -> dict[str, Any]:
        """What Meta was told: one event."""

        async def told() -> list[dict[str, Any]]:
            return [one.event for one in self.meta.taken if one.event["event_name"] == "Purchase"]

        await until(told)
        # Whatever else would be sent would have been by now.
        await asyncio.sleep(1)
        [event] = await told()
        return event

    async def line(self) -> dict[str, Any]:
        """What the report says of the campaign, once the sale is in it."""

        async def with_sale() -> dict[str, Any] | None:
            told = await self.ok("GET", "/api/report", params={"by": "campaign"})
            found = [one for one in told["lines"] if one["campaign"] == "120210"]
            return found[0]["figures"] if found and found[0]["figures"]["sales"] else None

        return await until(with_sale)

    async def happened(self, contact: str) -> set[str]:
        """What the contact's timeline tells of: which rooms have something to say."""
        found, before = set[str](), None
        while True:
            more = {"before": before} if before else {}
            page = await self.ok("GET", f"/api/contacts/{contact}/timeline", params=more)
            found |= {one["fact"]["room"] for one in page["items"] if one["kind"] == "fact"}
            before = page["next"]
            if before is None:
                return found


@pytest.fixture(scope="module")
async def town() -> AsyncGenerator[Town]:
    async with (
        graph.running() as meta_,
        telegram.running() as bots,
        gateways.open_street() as payments,
    ):
        environment = {
            **Platforms(meta_.whatsapp, bots).environment,
            "PISTA_MERCADOPAGO_URL": f"{payments.url}/mp",
            "PISTA_PUSHINPAY_URL": f"{payments.url}/pushin",
        }
        with reachable_folder() as folder:
            house = House(folder, **environment)
            try:
                await asyncio.to_thread(house.ready)
                yield Town(house, meta_, bots, payments)
                await asyncio.to_thread(house.stop)
            finally:
                await asyncio.to_thread(house.close)


@pytest.fixture
async def journey(town: Town) -> AsyncGenerator[Journey]:
    email = f"{uuid4().hex[:8]}@loja.example"
    company = await asyncio.to_thread(Company, town.house, "localhost", email)
    platforms = Platforms(town.graph.whatsapp, town.bots)
    async with (
        company.client() as api,
        connected(company.tenant, platforms, api) as office,
    ):
        town.graph.meta.taken.clear()
        yield Journey(town, office, company)


@asynccontextmanager
async def phone(browser: Browser) -> AsyncGenerator[Page]:
    """Somebody's browser."""
    context = await browser.new_context(user_agent=AGENT, locale="pt-BR")
    yield await context.new_page()
    await context.close()


async def led_on(browser: Browser, address: str) -> SplitResult:
    """Where somebody who clicks there is sent. Out of this machine nobody gets."""
    seen: list[str] = []
    async with phone(browser) as page:
        page.on("request", lambda request: seen.append(request.url))
        with suppress(Error):
            await page.goto(address)
    return urlsplit(seen[-1])


async def test_through_a_telegram_bot(browser: Browser, journey: Journey):
    """
    The bot is started with the click's token; Mercado Pago tells three times that it was paid.
    """
    await journey.set_up("mercadopago", webhookSecret=gateways.SECRET, payerEmail="a@loja.example")
    address = await journey.link(kind="telegram", channelId=journey.office.channels["telegram"])

    async def token_of() -> str | None:
        """On a busy machine somebody may be led on without; then they try again."""
        at = await led_on(browser, address)
        assert at.hostname == "t.me"
        return parse_qs(at.query).get("start", [None])[0]

    token = await until(token_of)
    await journey.office.write_to_bot(f"/start {token}")
    await journey.office.write_to_bot("Quero comprar")
    talk = await journey.office.talk_about("Quero comprar", "telegram")
    await journey.pix(talk, 19990)
    bank = journey.town.gateways.mp
    payment = bank.paid(next(reversed(bank.payments)))
    async with httpx.AsyncClient(base_url=journey.town.house.url) as outside:
        told = [await bank.notify(outside, payment.id) for _ in range(3)]

    assert [one.is_success for one in told] == [True] * 3
    _is_of_the_click(await journey.purchase(), 199.9)
    figures = await journey.line()
    assert (figures["conversations"], figures["sales"]) == (1, 1)
    assert figures["revenueCents"] == 19990
    [contact] = (await journey.ok("GET", "/api/contacts"))["items"]
    assert {"clicks", "sales"} <= await journey.happened(contact["id"])


async def test_through_whatsapp(browser: Browser, journey: Journey):
    """
    The first message holds the click's code, with other words around it; PushinPay signs nothing
    and is asked.
    """
    await journey.set_up("pushinpay")
    address = await journey.link(
        kind="whatsapp", channelId=journey.office.channels["whatsapp"], text="Olá! {code}"
    )

    async def text_of() -> str | None:
        at = await led_on(browser, address)
        assert at.hostname == "wa.me"
        text = parse_qs(at.query)["text"][0]
        return text if text != "Olá!" else None

    text = (await until(text_of)).replace("Olá!", "Oi, quero a oferta")
    await journey.office.write(text, phone=PHONE)
    talk = await journey.office.talk_about(text)
    await journey.pix(talk, 4990)
    bank = journey.town.gateways.pushin
    async with httpx.AsyncClient(base_url=journey.town.house.url) as outside:
        number = next(iter(bank.payments))
        # Before anybody has paid: a forgery, or too early.
        await bank.notify(outside, number)
        await asyncio.sleep(1)
        forged = list(journey.meta.taken)
        payment = bank.paid()
        await bank.notify(outside, payment.id)

    assert forged == []
    event = await journey.purchase()
    _is_of_the_click(event, 49.9)
    assert event["user_data"]["ph"]
    figures = await journey.line()
    assert (figures["sales"], figures["revenueCents"]) == (1, 4990)


async def test_through_a_page_its_form_and_a_crm(browser: Browser, journey: Journey):
    """
    The page takes the token out of its address; the CRM tells who filled in the form, and the shop
    of the sale.
    """
    await journey.set_up("pushinpay")
    shop = Shop(journey.company.snippet)
    try:
        address = await journey.link(kind="page", url=f"{shop.origin}/?cor=azul")
        async with phone(browser) as page:
            await page.goto(address)
            await page.wait_for_function("!location.search.includes('pista=')")
            await page.wait_for_function("window.pista && pista.visitorId()")
            visitor: str = await page.evaluate("pista.visitorId()")
            kept = parse_qs(urlsplit(page.url).query)
    finally:
        shop.close()
    source = await journey.ok(
        "POST",
        "/api/webhook-sources",
        json={"kind": "generic", "name": "crm", "mapping": {"email": "mail", "visitorId": "vid"}},
    )
    told = {"mail": "rosa@cliente.example", "vid": visitor}
    await journey.ok("POST", f"/webhooks/contacts/{source['id']}/{source['secret']}", json=told)

    async def linked() -> str | None:
        items = (await journey.ok("GET", "/api/contacts"))["items"]
        return items[0]["id"] if items else None

    contact = await until(linked)
    sale = {"amount": 9900, "currency": "BRL", "status": "paid", "externalId": "1001"}
    for _ in range(2):
        await journey.ok("POST", "/api/sales", json={**sale, "contactId": contact})

    assert kept["cor"] == ["azul"]
    assert kept["fbclid"] == [FBCLID]
    event = await journey.purchase()
    _is_of_the_click(event, 99.0)
    assert event["user_data"]["em"]
    figures = await journey.line()
    assert (figures["visits"], figures["contacts"], figures["sales"]) == (1, 1, 1)
    assert {"clicks", "sales"} <= await journey.happened(contact)


def _is_of_the_click(event: dict[str, Any], value: float) -> None:
    """All that the click knew, as it was; the click id to the last letter."""
    user = event["user_data"]
    assert user["fbc"].split(".", 3)[3] == FBCLID
    assert user["client_user_agent"] == AGENT
    assert event["custom_data"]["value"] == value
    assert event["custom_data"]["currency"] == "BRL"
    assert event["event_id"].startswith("purchase:")
