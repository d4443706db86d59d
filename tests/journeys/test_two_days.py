"""Two days of visits, a form of GoHighLevel's in a frame, and its webhook: before the page's own
word, with it, after it, or never. In every order the contact's page shows all that came before.
"""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.fakes.crm import LOCATION, workflow
from tests.fakes.pages import Answer, Request, Site, serving
from tests.journeys.house import Company, House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

AD = "/?utm_source=facebook&utm_medium=paid_social&utm_campaign=verano&fbclid=IwAR0"
A_DAY_AND_MORE = timedelta(hours=26)
QUEUE_IS_EMPTY = """() => Object.keys(localStorage)
    .filter((key) => key.startsWith("rstk_queue."))
    .every((key) => localStorage[key] === "")"""
# The day of a page's clock; what was written last counts. Timers go on as they are.
CLOCK = """{
  const Real = (globalThis.RealDate ??= Date), ahead = 1000 * %d;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + ahead); }
    static now() { return Real.now() + ahead; }
  };
}"""
# What a page sends as it goes passes by whoever stands in the way of its other requests.
NO_BEACON = """const beacon = navigator.sendBeacon.bind(navigator);
navigator.sendBeacon = (...said) => Date.now() > RealDate.now() - 3600e3 && beacon(...said);"""
FORM = """<!doctype html>
<form id="form"><input name="email" value="{email}"><button>Enviar</button></form>
<script>
const form = document.getElementById("form");
const vid = new URLSearchParams(location.search).get("rstk_vid");
form.addEventListener("submit", async (event) => {{
  event.preventDefault();
  const answer = await fetch("/sent", {{method: "POST", body: JSON.stringify({{vid}})}});
  const contact = JSON.stringify({{id: "{contact}"}});
  const said = ["set-sticky-contacts", "_ud", contact, "{location}", "{submission}"];
  if (await answer.json()) parent.postMessage(said, "*");
}});
const typing = fetch("/typing", {{method: "POST", body: JSON.stringify({{vid}})}});
typing.then(() => form.requestSubmit());
</script>"""


class FormHost:
    """GoHighLevel's form in a frame, and its CRM behind it."""

    def __init__(self) -> None:
        self.port = 0
        self.contact = f"ghl{uuid4().hex[:17]}"
        self.email = f"{self.contact}@example.com"
        self.submission = str(uuid4())
        self.visitor: str | None = None
        self.typing = asyncio.Event()
        """The form is there, with the visitor's id, and somebody fills it in."""
        self.may_send = asyncio.Event()
        self.sent = asyncio.Event()
        self.may_answer = asyncio.Event()
        """Until then, the page has not been told what became of the form."""
        self.tells = True
        """Whether the page hears which contact was made of its visitor."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, request: Request) -> Answer:
        match urlsplit(request.path).path:
            case "/typing":
                return await self._filled_in(json.loads(request.body)["vid"])
            case "/sent":
                return await self._sent(json.loads(request.body)["vid"])
            case _:
                page = FORM.format(
                    contact=self.contact,
                    email=self.email,
                    location=LOCATION,
                    submission=self.submission,
                )
                return Answer(200, page.encode(), (("Content-Type", "text/html"),))

    async def _filled_in(self, visitor: str | None) -> Answer:
        """By somebody who waits until the form is really there: a script of the page, since what
        a test does in a frame does not count while it is being loaded anew."""
        if visitor is not None:
            self.typing.set()
        await self.may_send.wait()
        return Answer(200 if visitor else 404)

    async def _sent(self, visitor: str | None) -> Answer:
        self.visitor = visitor
        self.sent.set()
        await self.may_answer.wait()
        return Answer(200, json.dumps(self.tells).encode())


class Journey:
    """One visitor of the shop and what the CRM tells of them."""

    def __init__(
        self, api: httpx.AsyncClient, source: dict[str, str], host: FormHost, page: Page
    ) -> None:
        self.api = api
        self.source = source
        self.host = host
        self.page = page

    async def webhook(self, visitor: bool = True) -> None:
        """GoHighLevel tells of the contact, with the hidden field if the form has one."""
        fields = {"rstk_vid": self.host.visitor} if visitor else {}
        made = datetime.now(UTC).isoformat()
        body = workflow(
            self.host.contact,
            email=self.host.email,
            phone="+51991234877" if visitor else None,
            date_created=made,
            customData=fields,
        )
        headers = {"X-Webhook-Secret": self.source["secret"]}
        answer = await self.api.post(self.source["path"], json=body, headers=headers)
        assert answer.status_code == 200, answer.text

    async def page_has_told(self) -> None:
        """The page's own word has been decided about."""
        await until(lambda: self._claims("ud"))

    async def webhook_is_known(self) -> None:
        await until(self.contact)

    async def _claims(self, method: str) -> Any:
        answer = await self.api.get(
            "/api/linking/claims", params={"visitorId": self.host.visitor, "limit": 50}
        )
        return [one for one in answer.json()["items"] if one["method"] == method]

    async def contact(self) -> Any:
        answer = await self.api.get("/api/contacts", params={"q": self.host.contact})
        found = answer.json()["items"]
        return found[0] if found else None

    async def sessions(self) -> list[dict[str, Any]]:
        contact = await self.contact()
        if contact is None:
            return []
        answer = await self.api.get(f"/api/contacts/{contact['id']}/sessions")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]


async def before(journey: Journey) -> None:
    await journey.webhook()
    await journey.webhook_is_known()
    journey.host.may_answer.set()
    await journey.page_has_told()


async def together(journey: Journey) -> None:
    journey.host.may_answer.set()
    await asyncio.gather(journey.webhook(), journey.page_has_told())


async def after(journey: Journey) -> None:
    journey.host.may_answer.set()
    await journey.page_has_told()
    await journey.webhook()


async def never(journey: Journey) -> None:
    journey.host.may_answer.set()
    await journey.page_has_told()


async def only_webhook(journey: Journey) -> None:
    journey.host.tells = False
    journey.host.may_answer.set()
    await journey.webhook()


async def before_without_the_field(journey: Journey) -> None:
    await journey.webhook(visitor=False)
    await journey.webhook_is_known()
    journey.host.may_answer.set()


async def after_without_the_field(journey: Journey) -> None:
    journey.host.may_answer.set()
    await journey.page_has_told()
    await journey.webhook(visitor=False)


BINDING = ("linked", "confirmed", "displaced")
Case = tuple[Callable[[Journey], Coroutine[Any, Any, None]], str, str]
CASES: list[Case] = [
    (before, "webhook", "strong"),
    (together, "webhook", "strong"),
    (after, "webhook", "strong"),
    (never, "ud", "provisional"),
    (only_webhook, "webhook", "strong"),
    (before_without_the_field, "ud", "provisional"),
    (after_without_the_field, "ud", "provisional"),
]


@pytest.fixture(scope="module")
def company(house: House) -> Company:
    return Company(house, domain="localhost", email="dueña@dosdias.example")


@pytest.fixture
async def api(company: Company) -> AsyncGenerator[httpx.AsyncClient]:
    async with company.client() as client:
        yield client


@pytest.fixture
async def source(api: httpx.AsyncClient) -> dict[str, str]:
    answer = await api.post("/api/webhook-sources", json={"kind": "ghl", "name": "GoHighLevel"})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
async def host() -> AsyncGenerator[FormHost]:
    host = FormHost()
    async with serving(host) as host.port:
        yield host


@pytest.fixture
async def shop(company: Company, host: FormHost) -> AsyncGenerator[Site]:
    """A shop on an origin of its own; its contact page has the form in a frame."""
    line = company.snippet.replace("></script>", f' data-forms="{host.origin}"></script>')
    site = Site()
    frame = f'<iframe id="form" src="{host.origin}/widget/form/a"></iframe>'
    for path, body in {
        "/": "<h1>Tienda</h1>",
        "/rosas": "<h1>Rosas</h1>",
        "/contacto": frame,
    }.items():
        head = f"<!doctype html><html><head><title>Tienda {path}</title>{line}</head>"
        site.pages[path] = f"{head}<body>{body}</body></html>"
    async with serving(site) as site.port:
        yield site


@pytest.mark.parametrize(
    ("arrivals", "method", "strength"), CASES, ids=lambda one: getattr(one, "__name__", "")
)
async def test_all_earlier_visits_are_the_contacts(
    browser: Browser,
    company: Company,
    house: House,
    api: httpx.AsyncClient,
    source: dict[str, str],
    host: FormHost,
    shop: Site,
    shots: Path,
    arrivals: Callable[[Journey], Coroutine[Any, Any, None]],
    method: str,
    strength: str,
):
    """
    Yesterday from an advertisement, without a network to tell of it; today again, and the form.
    """
    context = await browser.new_context()
    page = await context.new_page()
    origin = f"http://localhost:{shop.port}"
    await _yesterday(context, page, origin)
    await _today(context, page, origin, host)
    journey = Journey(api, source, host, page)

    host.may_send.set()
    await host.sent.wait()
    assert host.visitor == await page.evaluate("pista.visitorId()")
    await arrivals(journey)
    await until(lambda: _are(journey, 2))
    sessions = await journey.sessions()

    assert {one["visitorId"] for one in sessions} == {host.visitor}
    apart = _at(sessions[0]["startedAt"]) - _at(sessions[1]["startedAt"])
    assert abs(apart - A_DAY_AND_MORE) < timedelta(minutes=5)
    first = sessions[1]
    assert (first["utmCampaign"], first["clickIds"]) == ("verano", {"fbclid": "IwAR0"})
    contact = await journey.contact()
    links = (await api.get("/api/linking/claims", params={"contactId": contact["id"]})).json()
    binding = [
        one for one in links["items"] if one["outcome"] in ("linked", "confirmed", "displaced")
    ]
    assert (binding[0]["method"], binding[0]["strength"]) == (method, strength)
    if arrivals is before:
        await _shown(browser, house, company, contact["id"], shots)
    await context.close()


async def _yesterday(context: BrowserContext, page: Page, origin: str) -> None:
    """Events of that day do not get through."""
    await context.add_init_script(CLOCK % -A_DAY_AND_MORE.total_seconds())
    await context.add_init_script(NO_BEACON)
    await context.route("**/tracking-v2/**", lambda route: route.abort())
    await page.goto(origin + AD)
    await page.wait_for_function("!!(window.pista && pista.visitorId && pista.visitorId())")
    await page.goto(f"{origin}/rosas")
    await page.wait_for_function("!!(window.pista && pista.visitorId && pista.visitorId())")


async def _today(context: BrowserContext, page: Page, origin: str, host: FormHost) -> None:
    await page.goto("about:blank")
    await context.add_init_script(CLOCK % 0)
    await context.unroute("**/tracking-v2/**")
    await page.goto(f"{origin}/contacto")
    async with asyncio.timeout(25):
        await host.typing.wait()
    await page.wait_for_function(QUEUE_IS_EMPTY)


async def _are(journey: Journey, sessions: int) -> bool:
    return len(await journey.sessions()) == sessions


async def _shown(
    browser: Browser, house: House, company: Company, contact: str, shots: Path
) -> None:
    """The owner looks at the contact."""
    context = await browser.new_context(viewport={"width": 1440, "height": 1400}, locale="en-US")
    page = await context.new_page()
    await page.goto(f"{house.url}/contacts/{contact}")
    await page.get_by_label("E-mail").fill(company.email)
    await page.get_by_label("Password", exact=True).fill(company.password)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_text("verano").first).to_be_visible()
    await page.screenshot(path=shots / "two-days-1440.png", full_page=True)
    await context.close()


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


async def until(holds: Callable[[], Coroutine[Any, Any, Any]], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < limit, "it does not come about"
        await asyncio.sleep(0.1)
