from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from pista.collect import agents, channels
from pista.demo import traffic
from pista.demo.agents import AGENTS, BOTS
from pista.demo.traffic import Happening, Scale

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCALE = Scale(visits_a_day=300, grown_by=TODAY)


def days(number: int) -> list[Happening]:
    return traffic.between(SCALE, NOON - timedelta(days=number), NOON)


def test_the_same_time_brings_the_same_events():
    """
    A replay makes the very same events, so that the server knows them again.
    """
    first = days(2)
    traffic.day.cache_clear()

    assert days(2) == first
    assert len({event.body["eventId"] for event in first}) == len(first)


def test_pieces_of_time_fit_together():
    """
    What is sent bit by bit is what would have been sent at once.
    """
    borders = [NOON - timedelta(hours=hours) for hours in (48, 31, 30, 7, 0)]

    pieces = [traffic.between(SCALE, start, end) for start, end in pairwise(borders)]

    sent = [event.body["eventId"] for piece in pieces for event in piece]
    assert Counter(sent) == Counter(event.body["eventId"] for event in days(2))


def test_visits_make_sense():
    """
    A session is one visitor's with one device, begins with a page view, and never pays for
    nothing.
    """
    sessions: dict[str, list[Happening]] = {}
    for event in traffic.day(SCALE, TODAY):
        sessions.setdefault(event.body["sessionId"], []).append(event)

    for events in sessions.values():
        types = [event.body["eventType"] for event in events]
        assert types[0] == "PAGE_VIEW"
        assert "PURCHASE" not in types or "ADD_TO_CART" in types
        assert len({(event.body["visitorId"], event.agent) for event in events}) == 1
        assert events[-1].at_ms - events[0].at_ms < 40 * 60_000


def test_a_month_looks_like_one():
    """
    Every kind of event, most channels, people who come back, and more of them at the end.
    """
    month = days(30)
    types = {event.body["eventType"] for event in month}
    pages = [event.body["metadata"] for event in month if event.body["eventType"] == "PAGE_VIEW"]
    found = {channels.page(page["url"], page.get("referrer", "")).channel for page in pages}
    visitors = {event.body["visitorId"] for event in month}
    visits = {event.body["sessionId"] for event in month}

    assert {"SCROLL", "CLICK", "FORM_SUBMIT", "ADD_TO_CART", "PURCHASE"} <= types
    assert {"paid_social", "paid_search", "organic_search", "direct", "email"} <= found
    assert 1.05 < len(visits) / len(visitors) < 1.6
    early = traffic.visits_on(SCALE, TODAY - timedelta(days=28))
    assert traffic.visits_on(SCALE, TODAY) > 1.2 * early


def test_people_are_people_and_bots_are_bots():
    """
    The edge takes each of the shop's User-Agents for what it is meant to be.
    """
    people = [header for group in AGENTS.values() for header, _ in group]

    assert [header for header in people if agents.agent(header).bot] == []
    assert [header for header, _ in BOTS if not agents.agent(header).bot] == []
    assert {agents.agent(header).device for header in people} == {"mobile", "desktop", "tablet"}
