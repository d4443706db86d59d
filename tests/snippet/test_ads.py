"""Coming by an advertisement, in a real Chromium."""

import gzip

import pytest
from playwright.async_api import Page

from tests.fakes.pages import SITE, Collector, Site, third_script
from tests.snippet.browsing import opened, until

pytestmark = pytest.mark.browser

TOKEN = "0123456789abcdef0123456789abcdef"


def test_the_script_is_small() -> None:
    assert len(gzip.compress(third_script(), 9)) < 2048


async def test_a_token_is_told_and_taken_out_of_the_address(
    collector: Collector, site: Site, page: Page
) -> None:
    """
    Once, without a second page view, also where the page writes its address anew; and the page's
    own state and hash stay.
    """
    await opened(page, f"{site.origin}/?a=1&pista={TOKEN}#top")
    await until(lambda: collector.arrived)
    await page.wait_for_function("!location.search.includes('pista')")
    await page.evaluate(
        "history.replaceState(1, '', location.href), new Promise((r) => setTimeout(r, 100))"
    )
    await page.click("#buy")
    await until(lambda: collector.of("CLICK"))

    [told] = collector.arrived
    [view] = collector.of("PAGE_VIEW")
    assert (told["url"], told["siteId"]) == (f"{site.origin}/?a=1&pista={TOKEN}#top", str(SITE))
    assert told["visitorId"] == view.visitor_id
    assert page.url == f"{site.origin}/?a=1#top"


async def test_a_page_without_an_ad_fetches_nothing(
    collector: Collector, site: Site, page: Page
) -> None:
    """
    Nor does one that says nothing but where its visitors come from.
    """
    await opened(page, f"{site.origin}/?utm_source=news")
    await page.click("#buy")
    await until(lambda: collector.of("CLICK"))

    assert "/snip-ads.js" not in collector.fetched
    assert collector.arrived == []
