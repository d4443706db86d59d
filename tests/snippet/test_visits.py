"""The built snippet in a real Chromium, on a page of another origin than the collector."""

import gzip
from collections import Counter

import pytest
from playwright.async_api import BrowserContext, Page

from tests.fakes.pages import HANG_UP, Answer, Collector, Site, site_of, snippet
from tests.snippet.browsing import opened, until

pytestmark = pytest.mark.browser


def exactly_once(collector: Collector) -> bool:
    """No event came in two batches, however often its batch came."""
    batches = {batch.batch_id: {e.event_id for e in batch.events} for batch in collector.attempts}
    seen = Counter(event for events in batches.values() for event in events)
    return set(seen.values()) == {1}


NOTHING_QUEUED = "Object.keys(localStorage).every(key => !key.startsWith('rstk_queue'))"


def test_the_snippet_is_smaller_than_4_kib() -> None:
    assert len(gzip.compress(snippet(), 9)) < 4096


async def test_a_visit_is_told_from_load_to_form(
    collector: Collector, site: Site, page: Page
) -> None:
    await opened(page, site.origin + "/?utm_source=meta&fbclid=abc#top")
    await page.click("#buy")
    await page.click("#quiet")
    await page.fill("[name=email]", "ana@example.com")
    await page.fill("[name=card]", "4111")
    await page.click("#send")
    await page.mouse.wheel(0, 2200)
    await until(lambda: len(collector.of("SCROLL")) == 2)

    (view,) = collector.of("PAGE_VIEW")
    assert view.metadata == {
        "url": site.origin + "/?utm_source=meta&fbclid=abc#top",
        "title": "Tienda /",
        "referrer": "",
    }
    buy = collector.of("CLICK")[0]
    assert buy.metadata == {
        "url": view.metadata["url"],
        "tag": "button",
        "id": "buy",
        "classes": "big red",
        "text": "Comprar ahora",
    }
    (form,) = collector.of("FORM_SUBMIT")
    assert form.metadata["fields"] == "email,card"
    assert form.metadata["action"] == site.origin.removeprefix("http://") + "/send"
    assert [event.metadata["depth"] for event in collector.of("SCROLL")] == [25, 50]
    assert "quiet" not in {event.metadata.get("id") for event in collector.events}
    assert not any("ana@" in str(e.metadata) or "4111" in str(e.metadata) for e in collector.events)
    assert len({(e.visitor_id, e.session_id) for e in collector.events}) == 1
    assert exactly_once(collector)


async def test_every_form_carries_the_visitor_once(site: Site, page: Page) -> None:
    await opened(page, site.origin)
    visitor = await page.evaluate("pista.visitorId()")
    await page.evaluate(
        """() => {
          const later = document.createElement("form");
          later.id = "later";
          document.body.append(later);
          const shadow = document.body.appendChild(document.createElement("x-box"))
            .attachShadow({mode: "open"});
          shadow.innerHTML = "<form><input name=phone></form>";
          shadow.querySelector("input").focus();
        }"""
    )
    await page.wait_for_selector("#later [name=rstk_vid]", state="attached")

    fields = await page.evaluate(
        """() => {
          const forms = [...document.forms, document.querySelector("x-box").shadowRoot.forms
            || document.querySelector("x-box").shadowRoot.querySelector("form")];
          return forms.map((form) => [form.id,
            [...form.querySelectorAll("input[type=hidden][name=rstk_vid]")].map((f) => f.value)]);
        }"""
    )

    assert fields == [
        ["contact", [visitor]],
        ["private", []],
        ["later", [visitor]],
        ["", [visitor]],
    ]


async def test_single_page_navigation_counts_each_address_once(
    collector: Collector, site: Site, page: Page
) -> None:
    await opened(page, site.origin)
    await page.evaluate("history.pushState({}, '', '/cart'); document.title = 'Carrito'")
    await page.wait_for_timeout(100)
    await page.evaluate("history.pushState({}, '', '/cart')")
    await page.evaluate("location.hash = 'top'")
    await page.wait_for_timeout(100)
    await page.go_back()
    await page.go_back()
    await page.go_back()
    await until(lambda: len(collector.of("PAGE_VIEW")) == 3)

    views = [event.metadata for event in collector.of("PAGE_VIEW")]

    assert [view["url"].removeprefix(site.origin) for view in views] == ["/", "/cart", "/"]
    assert views[1]["title"] == "Carrito"
    assert views[1]["from"] == site.origin + "/"
    assert "referrer" not in views[1]


async def test_what_happens_just_before_leaving_arrives_and_keeps_its_batch(
    collector: Collector, site: Site, page: Page
) -> None:
    await opened(page, site.origin)
    await page.click("#next")
    await page.wait_for_url("**/thanks")
    await until(lambda: "next" in {e.metadata.get("id") for e in collector.events})
    await until(lambda: len(collector.attempts) >= 3)
    await page.wait_for_function(NOTHING_QUEUED)

    ids = Counter(batch.batch_id for batch in collector.attempts)

    assert sorted(ids.values()) == [1, 2]
    assert exactly_once(collector)


async def test_an_outbound_click_is_its_own_event(
    collector: Collector, site: Site, page: Page
) -> None:
    await opened(page, site.origin)
    await page.evaluate("addEventListener('click', (event) => event.preventDefault())")
    await page.click("#out")
    await until(lambda: collector.of("OUTBOUND_CLICK"))

    (event,) = collector.of("OUTBOUND_CLICK")

    assert event.metadata["href"] == "http://elsewhere.invalid/offer"


async def test_nothing_is_lost_offline_nor_when_the_page_goes_meanwhile(
    collector: Collector, site: Site, page: Page, context: BrowserContext
) -> None:
    site.headers = (("Cache-Control", "max-age=600"),)
    for path in ("/thanks", "/"):
        await opened(page, site.origin + path)
        await page.wait_for_function(NOTHING_QUEUED)
    await context.set_offline(True)
    attempts = len(collector.attempts)
    for number in range(30):
        await page.evaluate("number => pista.track('STEP', {number})", number)
    await page.wait_for_timeout(1200)
    await page.evaluate("pista.track('STEP', {number: 30})")
    # From the browser's cache: a second page, which never saw the first.
    await opened(page, site.origin + "/thanks")
    await page.evaluate("pista.track('STEP', {number: 31})")
    await page.wait_for_timeout(1200)
    offline = len(collector.attempts)
    await context.set_offline(False)
    await until(lambda: len(collector.of("STEP")) == 32)

    assert offline == attempts
    assert sorted(event.metadata["number"] for event in collector.of("STEP")) == list(range(32))
    assert len(collector.of("PAGE_VIEW")) == 3
    assert exactly_once(collector)
    # Many small batches travel as few.
    assert [len(batch.events) for batch in collector.attempts[attempts:]] == [2, 31]


async def test_a_busy_server_is_asked_again_when_it_said_so(
    collector: Collector, site: Site, page: Page
) -> None:
    collector.answers.append(Answer(503, b"", (("Retry-After", "3"),)))
    await opened(page, site.origin)
    await until(lambda: collector.attempts)
    await page.wait_for_timeout(2500)
    early = len(collector.attempts)
    await until(lambda: collector.stored)

    assert early == 1
    assert {batch.batch_id for batch in collector.attempts} == {collector.stored[0].batch_id}
    assert collector.attempts[0].sent_at < collector.attempts[1].sent_at


async def test_an_answer_that_never_came_brings_the_same_batch_again(
    collector: Collector, site: Site, page: Page
) -> None:
    # Chromium itself repeats a request once when a connection breaks.
    collector.answers.extend([HANG_UP] * 3)
    await opened(page, site.origin)
    await until(lambda: not collector.answers)
    await page.evaluate("pista.track('AFTER')")
    await until(lambda: collector.of("AFTER"))

    first, *repeats = [b for b in collector.attempts if b.events[0].event_type == "PAGE_VIEW"]

    assert len(repeats) >= 3
    assert {b.batch_id for b in repeats} == {first.batch_id}
    assert all(b.events == first.events for b in repeats)
    assert exactly_once(collector)
    await page.wait_for_function(NOTHING_QUEUED)


@pytest.mark.parametrize(
    ("status", "attempts"), [(400, 1), (401, 1), (403, 1), (422, 1), (500, 2), (429, 2)]
)
async def test_only_what_can_change_is_tried_again(
    collector: Collector, site: Site, page: Page, status: int, attempts: int
) -> None:
    collector.answers.append(Answer(status))
    await opened(page, site.origin)
    await until(lambda: len(collector.attempts) == attempts)
    await page.wait_for_function(NOTHING_QUEUED)
    await page.wait_for_timeout(500)

    assert len(collector.attempts) == attempts


async def test_a_batch_too_large_for_the_server_is_halved(
    collector: Collector, site: Site, page: Page
) -> None:
    await opened(page, site.origin)
    await until(lambda: collector.events)
    collector.answers.extend([Answer(413), Answer(413)])
    await page.evaluate("for (let n = 0; n < 4; n++) pista.track('STEP', {n})")
    await until(lambda: len(collector.of("STEP")) == 4)

    assert sorted(len(batch.events) for batch in collector.attempts[1:]) == [1, 1, 2, 2, 4]
    assert len({batch.batch_id for batch in collector.attempts}) == 6


@pytest.mark.parametrize(
    "signal",
    [
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})",
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
    ],
)
async def test_a_visitor_who_refuses_leaves_no_trace(
    collector: Collector, site: Site, page: Page, context: BrowserContext, signal: str
) -> None:
    await opened(page, site.origin)
    await until(lambda: collector.events)
    known = len(collector.attempts)
    await context.add_init_script(signal)
    await page.reload()
    await page.wait_for_function("!!(window.pista && pista.visitorId)")
    await page.evaluate("pista.track('SIGN_UP')")
    await page.click("#buy")
    await page.click("#send")
    await page.wait_for_timeout(1500)

    assert len(collector.attempts) == known
    assert await page.evaluate("pista.visitorId()") is None
    assert await page.evaluate("Object.keys(localStorage)") == []
    assert await context.cookies() == []
    assert await page.query_selector("[name=rstk_vid]") is None


async def test_opting_out_forgets_and_opting_in_begins_anew(
    collector: Collector, site: Site, page: Page, context: BrowserContext
) -> None:
    await opened(page, site.origin)
    before = await page.evaluate("pista.visitorId()")
    await until(lambda: collector.events)
    await page.evaluate("pista.optOut()")
    await page.reload()
    await page.wait_for_function("!!(window.pista && pista.visitorId)")
    await page.evaluate("pista.track('SIGN_UP')")
    await page.wait_for_timeout(1300)
    silent = len(collector.attempts)
    assert {cookie.get("name") for cookie in await context.cookies()} == {"rstk_optout"}

    await page.evaluate("pista.optIn()")
    await until(lambda: len(collector.of("PAGE_VIEW")) == 2)

    assert silent == 1
    assert await page.evaluate("pista.visitorId()") not in (None, before)
    assert await page.get_attribute("#contact [name=rstk_vid]", "value") != before


async def test_two_tabs_are_one_session_and_send_nothing_twice(
    collector: Collector, site: Site, page: Page, context: BrowserContext
) -> None:
    await opened(page, site.origin)
    other = await context.new_page()
    await opened(other, site.origin + "/thanks")
    for number in range(5):
        await page.evaluate("number => pista.track('ONE', {number})", number)
        await other.evaluate("number => pista.track('TWO', {number})", number)
    await until(lambda: len(collector.of("ONE") + collector.of("TWO")) == 10)
    await page.wait_for_timeout(500)

    local = await page.evaluate("JSON.parse(localStorage.rstk_local)")

    assert {(event.visitor_id, str(event.session_id)) for event in collector.events} == {
        (local["visitor_id"], local["session_id"])
    }
    assert local["session_count"] == 1
    assert exactly_once(collector)
    assert sum(len(batch.events) for batch in collector.stored) == len(collector.events)


async def test_storage_and_cookie_restore_each_other(
    collector: Collector, site: Site, page: Page, context: BrowserContext
) -> None:
    await opened(page, site.origin)
    visitor = await page.evaluate("pista.visitorId()")
    await page.evaluate("localStorage.clear()")
    await opened(page, site.origin)
    from_cookie = await page.evaluate("JSON.parse(localStorage.rstk_local).visitor_id")
    await context.clear_cookies()
    await opened(page, site.origin)
    (cookie,) = await context.cookies()

    assert from_cookie == visitor
    assert (cookie.get("name"), cookie.get("value")) == ("rstk_vid", visitor)
    assert cookie.get("sameSite") == "Lax"


async def test_without_storage_the_cookie_keeps_visitor_and_session(
    collector: Collector, site: Site, page: Page, context: BrowserContext
) -> None:
    await context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked') }})"
    )
    await opened(page, site.origin)
    await until(lambda: collector.events)
    await opened(page, site.origin)
    await until(lambda: len(collector.of("PAGE_VIEW")) == 2)

    assert len({(event.visitor_id, event.session_id) for event in collector.events}) == 1


async def test_an_insecure_page_works_and_shares_the_visitor_with_its_subdomains(
    collector: Collector, context: BrowserContext, page: Page
) -> None:
    """No `navigator.locks` there, so tabs take turns by a lease."""
    collector.host = "pista.test"
    async with site_of(collector.tag) as site:
        await opened(page, f"http://www.shop.co.uk:{site.port}/")
        assert await page.evaluate("isSecureContext") is False
        other = await context.new_page()
        await opened(other, f"http://app.shop.co.uk:{site.port}/")
        third = await context.new_page()
        await opened(third, f"http://www.shop.co.uk:{site.port}/thanks")
        await until(lambda: len(collector.of("PAGE_VIEW")) == 3)
        await page.wait_for_function("Object.keys(localStorage).every(key => key == 'rstk_local')")

    (cookie,) = await context.cookies()
    assert cookie.get("domain") == ".shop.co.uk"
    assert len({event.visitor_id for event in collector.events}) == 1
    assert exactly_once(collector)


async def test_a_strict_content_security_policy_is_met(
    collector: Collector, site: Site, page: Page
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    policy = f"default-src 'none'; script-src {collector.origin}; connect-src {collector.origin}"
    site.headers = (("Content-Security-Policy", f"{policy}; require-trusted-types-for 'script'"),)
    # An inline event handler of the page itself would be refused.
    site.pages["/"] = (
        site.pages["/"].replace('onsubmit="return false"', "").replace("style", "data")
    )
    await page.goto(site.origin)
    await page.wait_for_selector("#contact [name=rstk_vid]", state="attached")
    await page.click("#buy")
    await until(lambda: collector.of("CLICK"))

    assert [text for text in complaints if "Content Security Policy" in text] == []


async def test_a_hostile_page_comes_to_no_harm(
    collector: Collector, site: Site, page: Page
) -> None:
    """Pasted twice, fetch broken, Prototype's arrays, calls made before the load."""
    await page.add_init_script(
        """
        window.pista = {q: [], track() { pista.q.push(arguments) }};
        pista.track("EARLY", {plan: "pro"});
        pista.q.push(["EARLY", {}]);
        Array.prototype.toJSON = function () { return "[]"; };
        window.fetch = () => { throw new Error("patched") };
        """
    )
    site.pages["/"] = site.pages["/"].replace("</head>", collector.tag + "</head>")
    await page.goto(site.origin)
    await page.wait_for_function("!!pista.visitorId")
    await page.evaluate(
        """() => {
          const circle = {}; circle.circle = circle;
          pista.track("ODD", {circle, big: 10n, ok: 1, cut: "\\ud83d", long: "x".repeat(9000),
            huge: Array(2000).fill("filler")});
          pista.track(undefined, null);
          pista.q.push(["LATE"]);
        }"""
    )
    await page.goto(site.origin + "/thanks")
    await until(lambda: collector.of("LATE"))

    (odd,) = collector.of("ODD")
    assert odd.metadata["ok"] == 1
    assert odd.metadata["cut"] == "\ufffd"
    assert len(odd.metadata["long"]) == 2048
    assert not {"circle", "big"} & set(odd.metadata)
    assert len(collector.of("EARLY")) == 2
    assert len([e for e in collector.of("PAGE_VIEW") if e.metadata["url"].endswith("/")]) == 1
