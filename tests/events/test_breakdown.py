"""Which pages, channels and devices: by visit or by event, filtered, compared, paged."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pista.events import breakdown as breakdowns
from pista.events import by_type, flush, rows
from pista.events.breakdown import BadDimension, Breakdown, Dimension, Filter, Question
from pista.events.periods import Range
from pista.ids import FlushId, SiteId, TenantId, uuid7
from pista.store import frames
from pista.store.clickhouse import ClickHouse

TENANT = TenantId(UUID("0190a000-0000-7000-8000-000000000001"))
OTHER_TENANT = TenantId(UUID("0190a000-0000-7000-8000-000000000002"))
SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000a1"))
DAY = datetime(2026, 3, 14, tzinfo=UTC)
TODAY = Range(start=DAY, end=DAY + timedelta(days=1), zone=ZoneInfo("UTC"))


def happened(
    visitor: int,
    path: str,
    minutes: int,
    *,
    channel: str = "direct",
    event_type: str = "PAGE_VIEW",
    device: str = "desktop",
    metadata: dict[str, object] | None = None,
    tenant: TenantId = TENANT,
    bot: str = "",
) -> bytes:
    at_ms = round((DAY + timedelta(hours=9, minutes=minutes)).timestamp() * 1000)
    sender = rows.Sender(
        tenant_id=tenant,
        site_id=SITE,
        received_ms=at_ms,
        browser="Firefox",
        os="Linux",
        device=device,
        country="",
        bot=bot,
    )
    page = rows.Page(host="tienda.example", path=path, channel=channel)
    what = rows.Happening(
        uuid7(), f"v{visitor}", UUID(int=visitor), event_type, at_ms, 100.0, False
    )
    return rows.line(rows.opening(sender), rows.middle(page), what, rows.metadata_bytes(metadata))


@pytest.fixture
async def visits(clickhouse: ClickHouse) -> ClickHouse:
    """Three visits today, one yesterday, a bot's, and another company's."""
    lines = [
        happened(1, "/", 0, channel="paid_social", device="mobile"),
        happened(1, "/sombreros", 2, device="mobile", metadata={"plan": "pro"}),
        happened(1, "/sombreros", 4, event_type="CLICK", metadata={"plan": "pro"}),
        happened(2, "/sombreros", 1, channel="paid_social", metadata={"plan": 7}),
        happened(3, "/", 5),
        happened(4, "/", -24 * 60, channel="paid_social"),
        happened(5, "/", 3, channel="email", bot="seo"),
        happened(6, "/", 3, channel="email", tenant=OTHER_TENANT),
    ]
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, FlushId(uuid7()), staged, aggregate=True)
    return clickhouse


async def ask(
    clickhouse: ClickHouse,
    by: str,
    *filters: str,
    now: datetime = TODAY.end,
    period: Range = TODAY,
    **other: object,
) -> Breakdown:
    nothing = {"site": None, "event_type": None}
    asked = {"sort": "visitors", "limit": 50, "offset": 0, "compared": False, **nothing, **other}
    question = Question(
        by=breakdowns.dimension(by),
        filters=[breakdowns.read_filter(text) for text in filters],
        **asked,  # pyright: ignore[reportArgumentType] - each test says its own
    )
    return await breakdowns.breakdown(clickhouse, TENANT, period, question, now=now)


def told(found: Breakdown) -> list[tuple[str, int, int, int]]:
    return [(row.value, row.visitors, row.events, row.page_views) for row in found.rows]


async def test_a_visit_has_one_channel_whatever_it_sees_later(visits: ClickHouse) -> None:
    """
    All events of a visit count for the channel of its first one; bots and others for none.
    """
    found = await ask(visits, "channel")

    assert told(found) == [("paid_social", 2, 4, 3), ("direct", 1, 1, 1)]


async def test_pages_are_each_events_own(visits: ClickHouse) -> None:
    """
    A page counts who saw it, and not only who came in by it.
    """
    assert told(await ask(visits, "page")) == [("/", 2, 2, 2), ("/sombreros", 2, 3, 2)]
    assert told(await ask(visits, "entry_page")) == [("/", 2, 4, 3), ("/sombreros", 1, 1, 1)]


@pytest.mark.parametrize(
    ("by", "filters", "expected"),
    [
        ("page", ["device:mobile"], [("/", 1, 1, 1), ("/sombreros", 1, 1, 1)]),
        ("page", ["channel:direct"], [("/", 1, 1, 1)]),
        ("page", ["channel!:direct", "eventType:CLICK"], [("/sombreros", 1, 1, 0)]),
        ("channel", ["page:/"], [("direct", 1, 1, 1), ("paid_social", 1, 1, 1)]),
        ("metadata.plan", [], [("", 2, 2, 2), ("7", 1, 1, 1), ("pro", 1, 2, 1)]),
        ("metadata.plan", ["metadata.plan:7"], [("7", 1, 1, 1)]),
        ("page", ["metadata.plan:' or 1=1 --"], []),
        ("metadata.it's \\ odd", ["page:/nowhere"], []),
    ],
)
async def test_filters_keep_and_leave_out(
    visits: ClickHouse, by: str, filters: list[str], expected: list[tuple[str, int, int, int]]
) -> None:
    """
    Filters on visits and on events go together, and a value is only ever a value.
    """
    assert told(await ask(visits, by, *filters)) == expected


async def test_the_period_before_is_as_long_and_stands_beside(visits: ClickHouse) -> None:
    """
    Each value carries its counts of the day before, nought where it had none.
    """
    found = await ask(visits, "channel", compared=True)

    assert found.compared_to is not None
    assert found.compared_to.start == DAY - timedelta(days=1)
    before = {row.value: row.before.visitors for row in found.rows if row.before}
    assert before == {"paid_social": 1, "direct": 0}


@pytest.mark.parametrize(("minutes", "yesterday"), [(-5, 0), (5, 1)])
async def test_a_morning_is_compared_with_a_morning(
    visits: ClickHouse, minutes: int, yesterday: int
):
    """
    While the day is not over, of the day before counts what came before the same time.
    """
    found = await ask(
        visits, "channel", compared=True, now=DAY + timedelta(hours=9, minutes=minutes)
    )

    assert found.compared_to is not None
    assert found.compared_to.start == DAY - timedelta(days=1)
    before = {row.value: row.before.visitors for row in found.rows if row.before}
    assert before == {"paid_social": yesterday, "direct": 0}


async def test_a_morning_after_the_clock_was_changed(visits: ClickHouse):
    """
    Nine o'clock stays nine o'clock, though eight hours of that day were over.
    """
    zone = ZoneInfo("America/Santiago")
    start = datetime(2026, 9, 6, tzinfo=zone)
    found = await ask(
        visits,
        "channel",
        compared=True,
        period=Range(start=start, end=datetime(2026, 9, 7, tzinfo=zone), zone=zone),
        now=datetime(2026, 9, 6, 9, tzinfo=zone).astimezone(UTC),
    )

    assert found.compared_to is not None
    assert found.compared_to.start == datetime(2026, 9, 5, tzinfo=zone)
    assert found.compared_to.end == datetime(2026, 9, 5, 9, tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 24 * 60), (-7, 24 * 60 + 11), (9 * 60, 1), (9 * 60 + 10, 70), (9 * 60 - 600, 1300)],
)
async def test_types_from_the_rollups_are_those_of_the_events(
    clickhouse: ClickHouse, monkeypatch: pytest.MonkeyPatch, start: int, length: int
):
    """
    Of many visits the rollups tell them, and what sticks out of whole hours the events: for all
    types and for one, sorted, in pages, and beside the period before.
    """
    chosen = random.Random(start)
    lines = [
        happened(
            chosen.randrange(1, 50),
            "/",
            chosen.randrange(-2500, 900),
            event_type=chosen.choice(("PAGE_VIEW", "CLICK", "CLICK", "PURCHASE")),
            bot=chosen.choice(("", "", "seo")),
            tenant=chosen.choice((TENANT, TENANT, OTHER_TENANT)),
        )
        for _ in range(900)
    ]
    staged = await flush.stage(clickhouse, frames.pack(b"".join(lines)))
    await flush.store(clickhouse, FlushId(uuid7()), staged, aggregate=True)
    begin = DAY + timedelta(minutes=start)
    period = Range(start=begin, end=begin + timedelta(minutes=length), zone=TODAY.zone)
    asked: list[dict[str, Any]] = [
        {"compared": True},
        {"compared": True, "sort": "pageViews", "limit": 1, "offset": 1},
        {"event_type": "CLICK", "site": SITE},
        {"site": SiteId(OTHER_TENANT)},
    ]

    of_events = [await ask(clickhouse, "eventType", period=period, **one) for one in asked]
    monkeypatch.setattr(by_type, "COUNTED_BY_SETS", -1)
    of_rollups = [await ask(clickhouse, "eventType", period=period, **one) for one in asked]

    assert of_rollups == of_events
    assert [len(found.rows) for found in of_events[3:]] == [0]
    assert length < 60 or [len(found.rows) for found in of_events[:3]] == [3, 1, 1]


async def test_pages_of_rows_do_not_overlap(visits: ClickHouse) -> None:
    """
    One value a page: together all of them, each once, and the total on every page.
    """
    first = await ask(visits, "channel", limit=1)
    second = await ask(visits, "channel", limit=1, offset=1)

    assert (first.total, second.total) == (2, 2)
    assert [row.value for row in (*first.rows, *second.rows)] == ["paid_social", "direct"]


def test_a_property_that_is_not_known_is_named() -> None:
    """
    What cannot be asked for is refused, and never reaches a statement.
    """
    for name in ("", "password", "metadata.", "metadata.\n", "channel; drop table events"):
        with pytest.raises(BadDimension):
            breakdowns.dimension(name)
    with pytest.raises(BadDimension):
        breakdowns.read_filter("channel")
    assert breakdowns.read_filter("metadata.a:b!:c:d") == Filter(
        Dimension("metadata", "a"), "b!:c:d"
    )
