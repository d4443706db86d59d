"""Funnels and alerts as an owner uses them, on real events in a real browser."""

import json
import time
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from pista.ids import uuid7
from tests.journeys.house import Company, House

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

HOUR = timedelta(hours=1)
USUAL, TODAY, CARTS, PURCHASES = 10, 30, 12, 3
# Rules are looked at every five seconds, and an hour ten seconds after its end.
SOON_MS = 25_000


@pytest.fixture(scope="module")
def company(house: House) -> Company:
    return Company(house, domain="localhost", email="luz@tienda.example")


@pytest.fixture
async def owner(browser: Browser, house: House, company: Company) -> AsyncGenerator[Page]:
    """The owner's screen, signed in, once all that was sent is counted."""
    await _send(company, list(_happened(datetime.now(UTC))))
    context = await browser.new_context(
        base_url=house.url, viewport=ViewportSize(width=1440, height=900), locale="en-US"
    )
    login = {"email": company.email, "password": company.password}
    answer = await context.request.post("/api/login", data=login)
    assert answer.ok
    yield await context.new_page()
    await context.close()


async def test_a_funnel_tells_its_numbers_and_an_alert_fires_and_recovers(owner: Page):
    """
    Steps that are chosen on the screen are counted right, and the address alone shows the same
    again. An alert with its usual terms draws the past, fires, and recovers under wider terms, on
    the screen that is open all along.
    """
    await _build_a_funnel(owner)
    await _read_the_funnel(owner)
    await owner.reload()
    await _read_the_funnel(owner)

    await _write_an_alert(owner)
    await _see_it_fire(owner)
    await _widen_it(owner)
    await _see_it_recover(owner)


async def _build_a_funnel(owner: Page) -> None:
    await owner.goto("/funnels?step=PAGE_VIEW")
    await expect(owner.get_by_text("One more step is needed")).to_be_visible()
    for event_type in ("PURCHASE", "ADD_TO_CART"):
        await owner.get_by_role("combobox", name="Add a step").click()
        await owner.get_by_role("option", name=event_type).click()
    await owner.get_by_role("button", name="Move step 3 up").press("Enter")
    await owner.wait_for_url("**/funnels?step=*PAGE_VIEW*ADD_TO_CART*PURCHASE*")


async def _read_the_funnel(owner: Page) -> None:
    await expect(
        owner.get_by_text(f"{PURCHASES} of {TODAY} visitors got to the end")
    ).to_be_visible()
    rows = owner.get_by_role("table").get_by_role("row")
    for place, told in enumerate(
        (
            "1. PAGE_VIEW 30 100%",
            "2. ADD_TO_CART 12 40% 40% 18 30 sec",
            "3. PURCHASE 3 10% 25% 9 1 min",
        ),
        1,
    ):
        await expect(rows.nth(place)).to_contain_text(told, use_inner_text=True)


async def _write_an_alert(owner: Page) -> None:
    await owner.goto("/alerts")
    await owner.get_by_role("link", name="Create an alert: Something is unusual").click()
    await expect(owner.get_by_text("Expected is the median of the same hour")).to_be_visible()
    await expect(owner.get_by_role("figure", name="it would have fired 1 time")).to_be_visible()
    await owner.get_by_label("Name").fill("A busy hour")
    await owner.get_by_role("button", name="Create alert").click()
    await expect(owner.get_by_role("heading", name="A busy hour")).to_be_visible()


async def _see_it_fire(owner: Page) -> None:
    await expect(owner.get_by_text("Alert: A busy hour")).to_be_visible(timeout=SOON_MS)
    await expect(owner.get_by_role("link", name="Alerts 1 alert firing")).to_be_visible()
    history = owner.get_by_role("list", name="History")
    await expect(history).to_contain_text(f"Visitors: {TODAY} · expected {USUAL}")
    await expect(history).to_contain_text("Firing for")


async def _widen_it(owner: Page) -> None:
    await owner.get_by_role("button", name="Edit").click()
    await owner.get_by_role("slider", name="Tolerance").press("End")
    await owner.get_by_role("button", name="Save").click()


async def _see_it_recover(owner: Page) -> None:
    await expect(owner.get_by_text("Recovered: A busy hour")).to_be_visible(timeout=SOON_MS)
    await expect(owner.get_by_text("1 alert firing")).to_have_count(0)
    await expect(owner.get_by_role("list", name="History")).to_contain_text("Recovered after")


def _happened(now: datetime) -> Iterator[dict[str, Any]]:
    """Usual weeks, and a busy hour; in the hour under way too, since it may end any moment."""
    under_way = now.replace(minute=0, second=0, microsecond=0)
    for hour in (under_way - HOUR, under_way):
        for week in range(1, 5):
            for visitor in range(USUAL):
                yield _event(f"w{week}v{visitor}", "PAGE_VIEW", hour - timedelta(weeks=week))
        for visitor in range(TODAY):
            yield _event(f"v{visitor}", "PAGE_VIEW", hour)
    before = under_way - HOUR
    for visitor in range(CARTS):
        yield _event(f"v{visitor}", "ADD_TO_CART", before + timedelta(seconds=30))
    for visitor in range(PURCHASES):
        yield _event(f"v{visitor}", "PURCHASE", before + timedelta(seconds=90))


def _event(visitor: str, event_type: str, at: datetime) -> dict[str, Any]:
    return {
        "visitorId": visitor,
        "sessionId": str(uuid7()),
        "eventType": event_type,
        "occurredAt": at.isoformat(),
        "metadata": {"url": "https://tienda.example/"},
    }


async def _send(company: Company, events: list[dict[str, Any]]) -> None:
    site = company.site
    body = {"tenantId": site["tenantId"], "siteId": site["siteId"], "events": events}
    async with company.client() as client:
        answer = await client.post(
            "/tracking-v2/events", params={"k": site["writeKey"]}, content=json.dumps(body)
        )
        assert answer.json()["accepted"] == len(events), answer.text
        until = time.monotonic() + 20
        while (await company.stats(client))["eventsByType"].get("PURCHASE", 0) < PURCHASES:
            assert time.monotonic() < until, "what was sent is not counted"
