"""Forms of another origin in frames, and forms that make contacts, in a real Chromium."""

import gzip
import json
from collections.abc import AsyncGenerator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Page

from tests.fakes.pages import (
    HANG_UP,
    Answer,
    Collector,
    Request,
    Site,
    second_script,
    serving,
    site_of,
)
from tests.snippet.browsing import opened, until

pytestmark = pytest.mark.browser

CONTACT = "ocQHyuzHvysMo5N5VsXc"
LOCATION = "ve9EPM428h8vShlRW1KT"
UD = json.dumps({"id": CONTACT, "email": "ana@example.com", "phone": "991", "ssn": "123"})
HEAD = "<!doctype html><html><head><title>x</title>{}</head><body>{}</body></html>"
DONE = "Object.keys(localStorage).every(key => !key.startsWith('rstk_claim'))"


def telling(submission: str, json_text: str = UD) -> str:
    """What GoHighLevel's form tells the page around it."""
    said = ["set-sticky-contacts", "_ud", json_text, LOCATION, submission]
    return f"parent.postMessage({json.dumps(said)}, '*')"


class FormHost:
    """Serves forms as GoHighLevel does, and remembers how they were asked for."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []
        self.script = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request.path)
        page = f"<!doctype html><input id=typed><script>{self.script}</script>"
        return Answer(200, page.encode(), (("Content-Type", "text/html"),))

    def visitors(self, form: str) -> list[list[str]]:
        """Of each time that the form was asked for, the visitors in its address."""
        return [
            parse_qs(urlsplit(path).query).get("rstk_vid", [])
            for path in self.asked
            if urlsplit(path).path == form
        ]


@pytest.fixture
async def host() -> AsyncGenerator[FormHost]:
    host = FormHost()
    async with serving(host) as host.port:
        yield host


@pytest.fixture
async def hostile() -> AsyncGenerator[FormHost]:
    host = FormHost()
    async with serving(host) as host.port:
        yield host


@pytest.fixture
async def site(collector: Collector, host: FormHost) -> AsyncGenerator[Site]:
    collector.forms = f"contacts {host.origin}"
    async with site_of(collector.tag) as site:
        yield site


def framed(site: Site, collector: Collector, path: str, src: str, attributes: str = "") -> None:
    """A page with a form in a frame."""
    body = f'<h1>Tienda</h1><iframe id="form" src="{src}" {attributes}></iframe>'
    site.pages[path] = HEAD.format(collector.tag, body)


def test_the_second_script_is_smaller_than_3_5_kib() -> None:
    assert len(gzip.compress(second_script(), 9)) < 3584


async def test_it_is_fetched_where_there_is_something_for_it_to_do(
    collector: Collector, page: Page
) -> None:
    """
    A page without forms of others pays for nothing.
    """
    bodies = {
        "/plain": "<form><input name=email></form><iframe src='about:blank'></iframe>",
        "/native": "<form id='_builder-form'></form>",
        "/framed": "<iframe src='http://127.0.0.1:9/widget/form/a'></iframe>",
    }
    async with site_of(collector.tag) as site:
        for path, body in bodies.items():
            site.pages[path] = HEAD.format(collector.tag, body)
        fetched: dict[str, bool] = {}
        for path in bodies:
            collector.fetched.clear()
            await page.context.clear_cookies()
            await opened(page, site.origin + path)
            await until(lambda: any("events" in one for one in collector.fetched))
            fetched[path] = await page.evaluate(
                "!!document.querySelector('script[src*=snip-forms]')"
            )

        assert fetched == {"/plain": False, "/native": True, "/framed": True}


async def test_a_frame_gets_the_visitor_before_it_loads_and_once(
    collector: Collector, host: FormHost, site: Site, page: Page
) -> None:
    """
    Those that a script adds, those that load when somebody scrolls there; and no others.
    """
    framed(site, collector, "/lazy", host.origin + "/widget/form/lazy", 'loading="lazy"')
    site.pages["/lazy"] = site.pages["/lazy"].replace(
        "<iframe", "<div style='height: 9000px'></div><iframe"
    )
    await opened(page, site.origin + "/lazy")
    visitor = await page.evaluate("pista.visitorId()")
    await page.wait_for_function("document.querySelector('#form').src.includes('rstk_vid')")
    await page.evaluate(
        """(origin) => {
          const frame = document.createElement("iframe");
          frame.src = origin + "/widget/form/added?x=1#part";
          frame.id = "added";
          document.body.prepend(frame);
        }""",
        host.origin,
    )
    await page.evaluate("document.querySelector('#form').scrollIntoView()")
    await until(lambda: host.visitors("/widget/form/lazy") and host.visitors("/widget/form/added"))
    await page.wait_for_timeout(300)

    assert host.visitors("/widget/form/lazy") == [[visitor]]
    # The first request may have left before the address was changed; its page never loads.
    assert host.visitors("/widget/form/added")[-1] == [visitor]
    assert [frame.url for frame in page.frames if "added" in frame.url] == [
        f"{host.origin}/widget/form/added?x=1&rstk_vid={visitor}#part"
    ]


async def test_what_somebody_types_in_a_frame_is_never_lost(
    collector: Collector, host: FormHost, site: Site, page: Page
) -> None:
    """
    A form that is there before the script is left as it is, once somebody was in it.
    """
    framed(site, collector, "/early", host.origin + "/widget/form/early")
    site.pages["/early"] = site.pages["/early"].replace(collector.tag, "")
    await page.goto(site.origin + "/early")
    await page.frame_locator("#form").locator("#typed").press_sequentially("Ana")
    await page.evaluate("document.body.focus(); document.activeElement.blur()")
    await page.evaluate(
        "(tag) => document.head.append(document.createRange().createContextualFragment(tag))",
        collector.tag,
    )
    await page.wait_for_function("!!document.querySelector('script[src*=snip-forms]')")
    await until(lambda: "/snip-forms.js" in collector.fetched)
    await page.wait_for_timeout(300)

    assert await page.frame_locator("#form").locator("#typed").input_value() == "Ana"
    assert len(host.visitors("/widget/form/early")) == 1


async def test_a_frame_that_was_quicker_is_asked_for_again(
    collector: Collector, host: FormHost, site: Site, page: Page
) -> None:
    """
    While nobody has touched anything, a form that is there before the script loads anew, once.
    """
    framed(site, collector, "/quick", host.origin + "/widget/form/quick")
    # Not by the test itself, whose scripts count as a hand of somebody's.
    late = json.dumps(collector.tag).replace("</", "<\\/")
    adding = f"document.head.append(document.createRange().createContextualFragment({late}))"
    script = f"<script>addEventListener('load', () => setTimeout(() => {adding}, 200))</script>"
    site.pages["/quick"] = site.pages["/quick"].replace(collector.tag, script)
    await page.goto(site.origin + "/quick")
    await until(lambda: len(host.visitors("/widget/form/quick")) == 2)
    await page.wait_for_timeout(300)

    visitor = await page.evaluate("pista.visitorId()")
    assert host.visitors("/widget/form/quick") == [[], [visitor]]


async def test_other_origins_hear_of_nobody(
    collector: Collector, hostile: FormHost, site: Site, page: Page
) -> None:
    """
    A frame of an origin that is no form host gets no visitor, and what it tells is no claim.
    """
    hostile.script = telling("0d5f1c0e-evil")
    framed(site, collector, "/", hostile.origin + "/widget/form/a")
    await opened(page, site.origin)
    await until(lambda: "/snip-forms.js" in collector.fetched and hostile.asked)
    await page.frames[1].evaluate(telling("0d5f1c0e-again"))
    await page.evaluate(telling("0d5f1c0e-self").replace("parent.", "window."))
    await page.wait_for_timeout(500)

    assert collector.said == []
    assert hostile.visitors("/widget/form/a") == [[]]


async def test_a_frame_inside_of_a_form_speaks_for_nobody(
    collector: Collector, host: FormHost, hostile: FormHost, site: Site, page: Page
) -> None:
    """
    Nor does whoever is opened by the page, though their origin be right.
    """
    host.script = "top.opener && top.opener.postMessage('hello', '*')"
    hostile.script = (
        f"const f = document.createElement('iframe'); f.src = '{host.origin}/widget/form/inner';"
        "document.body.append(f)"
    )
    framed(site, collector, "/", hostile.origin + "/widget/form/outer")
    await opened(page, site.origin)
    await until(lambda: host.visitors("/widget/form/inner") and len(page.frames) == 3)
    inner = next(frame for frame in page.frames if "inner" in frame.url)
    await inner.evaluate(telling("0d5f1c0e-inner").replace("parent.", "top."))
    await page.wait_for_timeout(500)

    assert collector.said == []


async def test_a_form_that_was_sent_becomes_a_claim_of_ids(
    collector: Collector, host: FormHost, site: Site, page: Page
) -> None:
    """
    Once, however often the form tells of it; malformed ones never.
    """
    framed(site, collector, "/", host.origin + "/widget/form/a")
    await opened(page, site.origin)
    await page.wait_for_function("pista.identify.toString().includes('...')")
    visitor = await page.evaluate("pista.visitorId()")
    form = page.frames[1]
    for submission, text in (
        ("", UD),
        ("short", UD),
        ("0d5f1c0e-bad1", "{"),
        ("0d5f1c0e-bad2", "null"),
        ("0d5f1c0e-bad3", json.dumps({"id": {"a": 1}})),
        ("0d5f1c0e-good", UD),
        ("0d5f1c0e-good", UD),
    ):
        await form.evaluate(telling(submission, text))
    for strange in ("null", "[]", "'text'", "{0: 'set-sticky-contacts', 1: '_ud'}"):
        await form.evaluate(f"parent.postMessage({strange}, '*')")
    await until(lambda: collector.said)
    await page.reload()
    await page.wait_for_function("pista.identify.toString().includes('...')")
    await page.frames[1].evaluate(telling("0d5f1c0e-good"))
    await page.wait_for_timeout(300)

    assert collector.said == [
        {
            "visitorId": visitor,
            "event": "ghl_update",
            "contactId": CONTACT,
            "locationId": LOCATION,
            "submissionId": "0d5f1c0e-good",
        }
    ]


async def test_a_claim_outlives_network_page_and_answer(
    collector: Collector, host: FormHost, site: Site, page: Page
) -> None:
    """
    Offline it waits; an answer that is lost is asked for again, under the same id.
    """
    framed(site, collector, "/", host.origin + "/widget/form/a")
    await opened(page, site.origin)
    await page.wait_for_function("pista.identify.toString().includes('...')")
    form = page.frames[1]
    await page.context.set_offline(True)
    await form.evaluate(telling("0d5f1c0e-off"))
    await page.wait_for_timeout(300)
    assert collector.said == []
    collector.said_answers.append(HANG_UP)

    await page.context.set_offline(False)
    await until(lambda: len(collector.said) >= 2)
    await page.wait_for_function(DONE)

    assert {said["submissionId"] for said in collector.said} == {"0d5f1c0e-off"}


async def test_who_refuses_is_told_of_to_nobody(
    browser: Browser, collector: Collector, host: FormHost, site: Site
) -> None:
    """
    With Global Privacy Control there is no visitor in a frame, no claim, no contact.
    """
    framed(site, collector, "/", host.origin + "/widget/form/a")
    site.pages["/"] += "<form onsubmit='return false'><input type=email><button>x</button></form>"
    context = await browser.new_context()
    await context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
    )
    page = await context.new_page()
    await opened(page, site.origin)
    await page.evaluate("pista.identify({email: 'ana@example.com'})")
    await page.frames[1].evaluate(telling("0d5f1c0e-gpc"))
    await page.fill("[type=email]", "ana@example.com")
    await page.click("button")
    await page.wait_for_timeout(500)
    await context.close()

    assert (collector.said, host.visitors("/widget/form/a")) == ([], [[]])
    assert "/snip-forms.js" not in collector.fetched


async def test_a_form_of_the_sites_own_makes_a_contact(
    collector: Collector, site: Site, page: Page
) -> None:
    """
    Also when the page goes on to another at once: of what was typed nothing stays in the browser.
    """
    form = (
        "<form action='/thanks'><input type=email><input name=phone><input name=nombre>"
        "<input type=password value=secret name=p><input name=card-number value=4111>"
        "<button id=send>x</button></form>"
    )
    site.pages["/"] = HEAD.format(collector.tag, form)
    await opened(page, site.origin)
    await page.wait_for_function("pista.identify.toString().includes('...')")
    visitor = await page.evaluate("pista.visitorId()")
    await page.fill("[type=email]", "ana@example.com")
    await page.fill("[name=phone]", "991 234 877")
    await page.fill("[name=nombre]", "Ana")
    await page.click("#send")
    await page.wait_for_url("**/thanks**")
    await until(lambda: collector.said)
    await page.wait_for_function(
        "Object.keys(sessionStorage).every(key => !key.startsWith('rstk_person'))"
    )

    [said] = {one["submissionId"]: one for one in collector.said}.values()
    assert said == {
        "visitorId": visitor,
        "event": "form",
        "submissionId": said["submissionId"],
        "email": "ana@example.com",
        "phone": "991 234 877",
        "name": "Ana",
    }
    kept = await page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "ana@" not in kept


async def test_identify_says_who_it_is_wherever_it_is_called(
    collector: Collector, page: Page
) -> None:
    """
    Before the script, at once, and again on the next page; told once.
    """
    early = (
        "<script>window.pista = {q: [['identify', {email: 'ana@example.com', plan: 'pro'}]]}"
        "</script>"
    )
    async with site_of(early + collector.tag) as site:
        await opened(page, site.origin)
        await until(lambda: collector.said)
        await opened(page, site.origin + "/thanks")
        await page.wait_for_timeout(500)

    [said] = collector.said
    assert (said["event"], said["email"], said["traits"]) == (
        "identify",
        "ana@example.com",
        {"plan": "pro"},
    )
    assert not any("ana@" in str(event.metadata) for event in collector.events)
