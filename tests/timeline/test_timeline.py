"""A contact's sessions, what it did in them, and what became of it."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pista.errors import Invalid
from pista.events import session_queries as queries
from pista.events import sessions
from pista.events.sessions import Visitors
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from pista.timeline import places
from pista.timeline.places import Place
from tests.contacts.conftest import new_tenant
from tests.events.conftest import SITE
from tests.identity.conftest import NOON
from tests.timeline.conftest import DAY, MINUTE, Client, Shop, session_id

AD = "https://shop.example/lilies?utm_source=fb&fbclid=IwAR0_aB%2D9&gclid=Xy"


async def told(client: Client, contact: ContactId, what: str, **asked: Any) -> dict[str, Any]:
    answer = await client.get(f"/api/contacts/{contact}/{what}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def pages(client: Client, contact: ContactId, what: str, limit: int) -> list[dict[str, Any]]:
    """All of it, page by page."""
    items: list[dict[str, Any]] = []
    before: dict[str, str] = {}
    while True:
        page = await told(client, contact, what, limit=limit, **before)
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            return items
        before = {"before": page["next"]}


async def test_sessions_of_before_the_link_are_the_contacts(client: Client, shop: Shop):
    """
    At once, with what each began with: its first page, campaign, click ids and device.
    """
    ana = await shop.contact("ana")
    await shop.came(
        shop.line(NOON - DAY, event_type="IDENTIFY"),
        shop.line(
            NOON - DAY + MINUTE, host="shop.example", path="/lilies", metadata={"url": AD, "n": 1}
        ),
        shop.line(NOON - DAY + 2 * MINUTE, host="shop.example", path="/roses", event_type="CLICK"),
        shop.line(NOON - 5 * MINUTE, session=101),
        shop.line(NOON, visitor=2),
    )

    before = await told(client, ana, "sessions")
    await shop.link(1, ana)
    latest, first = (await told(client, ana, "sessions"))["items"]

    assert before == {"items": [], "next": None}
    assert (latest["id"], latest["landingPage"], latest["clickIds"]) == (session_id(101), "", {})
    assert first == {
        "id": session_id(100),
        "visitorId": "v1",
        "siteId": str(SITE),
        "startedAt": "2026-03-17T12:00:00Z",
        "lastActivityAt": "2026-03-17T12:02:00Z",
        "landingPage": AD,
        "referrer": "",
        "channel": "",
        **dict.fromkeys(("utmSource", "utmMedium", "utmCampaign", "utmTerm", "utmContent"), ""),
        "clickIds": {"gclid": "Xy", "fbclid": "IwAR0_aB-9"},
        "device": "desktop",
        "browser": "Firefox",
        "os": "Linux",
        "country": "",
        "events": 3,
        "pageViews": 1,
    }


async def test_the_timeline_has_both_in_one_order(client: Client, shop: Shop):
    """
    Sessions with their newest events, and the facts between them.
    """
    ana = await shop.contact("ana", now=NOON)
    await shop.came(
        *(shop.line(NOON - DAY + n * MINUTE, event_type=f"E{n}") for n in range(25)),
        shop.line(NOON + DAY, session=101, metadata={"title": "Lirios", "plan": "pro"}),
    )
    linked = await shop.link(1, ana, NOON + MINUTE)
    await shop.link(1, ana, NOON + 2 * MINUTE, method="whatsapp")

    items = (await told(client, ana, "timeline"))["items"]

    assert [(one["kind"], one["at"]) for one in items] == [
        ("session", "2026-03-19T12:00:00Z"),
        ("fact", "2026-03-18T12:01:00Z"),
        ("fact", "2026-03-18T12:00:00Z"),
        ("session", "2026-03-17T12:00:00Z"),
    ]
    (event,) = items[0]["events"]
    assert (event["eventType"], event["title"], event["url"]) == ("PAGE_VIEW", "Lirios", "")
    assert event["metadata"] == {"title": "Lirios", "plan": "pro"}
    fact = items[1]["fact"]
    assert (fact["id"], fact["room"], fact["what"]) == (str(linked.claim_id), "identity", "linked")
    assert (fact["method"], fact["strength"], fact["visitorId"]) == ("webhook", "strong", "v1")
    assert (items[2]["fact"]["what"], items[2]["fact"]["contactId"]) == ("created", ana)
    assert [one["eventType"] for one in items[3]["events"]] == [f"E{n}" for n in range(24, 4, -1)]
    assert items[3]["moreEvents"] == 5


@pytest.mark.parametrize("limit", [1, 7])
async def test_pages_put_together_are_the_whole(client: Client, shop: Shop, limit: int):
    """
    Also where a hundred entries have one time; and what arrives meanwhile moves nothing.
    """
    ana = await shop.contact("ana")
    await shop.came(*(shop.line(NOON, visitor=n % 3, session=200 + n // 2) for n in range(12)))
    for visitor in range(3):
        await shop.link(visitor, ana)
    whole = (await told(client, ana, "timeline", limit=100))["items"]
    first = await told(client, ana, "timeline", limit=limit)

    await shop.came(shop.line(NOON + DAY, session=300), shop.line(NOON - DAY, session=301))
    in_pages = await pages(client, ana, "timeline", limit)
    rest = await told(client, ana, "timeline", limit=100, before=first["next"])
    sessions = await pages(client, ana, "sessions", limit)

    assert len(whole) == 10
    assert in_pages[1:-1] == whole
    assert first["items"] + rest["items"][:-1] == whole
    assert [one["id"] for one in sessions] == [
        one["session"]["id"] for one in in_pages if one["kind"] == "session"
    ]


async def test_of_a_shared_browser_each_has_its_part(client: Client, shop: Shop):
    """
    From the second person's claim on it is theirs; a session across that moment is told to each as
    far as it was theirs, and its events too.
    """
    ana, luis = await shop.contact("ana"), await shop.contact("luis")
    await shop.came(
        shop.line(NOON - DAY),
        *(shop.line(NOON + n * MINUTE, session=101, event_type=f"E{n}") for n in range(6)),
        shop.line(NOON + DAY, session=102),
    )
    await shop.link(1, ana, NOON - DAY)
    await shop.link(1, luis, NOON + 4 * MINUTE)

    of_ana = (await told(client, ana, "sessions"))["items"]
    of_luis = (await told(client, luis, "sessions"))["items"]
    events = [
        [one["eventType"] for one in (await told(client, who, path))["items"]]
        for who in (ana, luis)
        for path in [f"sessions/{session_id(101)}/events"]
    ]
    other = await client.get(f"/api/contacts/{luis}/sessions/{session_id(100)}/events")
    lines = (await told(client, luis, "timeline"))["items"]

    assert [(one["id"], one["events"]) for one in of_ana] == [
        (session_id(101), 4),
        (session_id(100), 1),
    ]
    assert [(one["id"], one["startedAt"], one["events"]) for one in of_luis] == [
        (session_id(102), "2026-03-19T12:00:00Z", 1),
        (session_id(101), "2026-03-18T12:04:00Z", 2),
    ]
    assert events == [["E3", "E2", "E1", "E0"], ["E5", "E4"]]
    assert (other.status_code, other.json()["code"]) == (404, "visit_not_found")
    straddling = next(one for one in lines if one.get("session", {}).get("id") == session_id(101))
    assert [one["eventType"] for one in straddling["events"]] == ["E5", "E4"]
    assert straddling["moreEvents"] == 0
    kept = [one["fact"]["what"] for one in (await told(client, ana, "timeline"))["items"][:1]]
    assert kept == ["lost"]


async def test_undone_and_displaced_visitors_are_gone(client: Client, shop: Shop):
    """
    With the link go the sessions; what was said stays in the timeline.
    """
    ana, luis = await shop.contact("ana"), await shop.contact("luis")
    await shop.came(shop.line(NOON, 1), shop.line(NOON, 2))
    linked = await shop.link(1, ana)
    await shop.link(2, ana)

    await shop.undo(linked, NOON + MINUTE)
    await shop.link(1, luis, NOON + 2 * MINUTE)

    assert [one["visitorId"] for one in (await told(client, ana, "sessions"))["items"]] == ["v2"]
    facts = [one["fact"] for one in (await told(client, ana, "timeline"))["items"] if "fact" in one]
    assert sorted(one["what"] for one in facts) == ["created", "linked", "linked", "undone"]
    assert (facts[0]["what"], facts[0]["by"]) == ("undone", "Ana")
    assert [one["visitorId"] for one in (await told(client, luis, "sessions"))["items"]] == ["v1"]


async def test_a_merged_contact_answers_with_both(client: Client, shop: Shop):
    """
    Under either id; parted again, each has its own.
    """
    ana, other = await shop.contact("ana"), await shop.contact("other")
    await shop.came(shop.line(NOON, 1), shop.line(NOON - DAY, 2))
    await shop.link(1, ana)
    await shop.link(2, other)

    await shop.merge(other, ana, NOON + MINUTE)
    answers = [await told(client, who, "timeline") for who in (ana, other)]
    merge = (await client.get(f"/api/contacts/{ana}")).json()["merges"][0]["id"]
    await client.delete(f"/api/contacts/{ana}/merge/{merge}")
    apart = await told(client, other, "timeline")

    assert answers[0] == answers[1]
    kinds = [one.get("fact", {}).get("what", "session") for one in answers[0]["items"]]
    assert sorted(kinds) == ["created"] * 2 + ["linked"] * 2 + ["merged"] + ["session"] * 2
    assert kinds[0] == "merged"
    assert answers[0]["items"][0]["fact"]["evidence"] == {"intoId": ana}
    kinds = [one.get("fact", {}).get("what", "session") for one in apart["items"]]
    assert kinds[0] == "unmerged"
    assert kinds.count("session") == 1


async def test_events_of_a_session_page_by_page(client: Client, shop: Shop):
    """
    The newest first, with what the page said; equal events of a minute are one with a count.
    """
    ana = await shop.contact("ana")
    await shop.link(1, ana)
    await shop.came(
        *(shop.line(NOON + n * MINUTE / 2, metadata={"n": n}) for n in range(9)),
        *(shop.line(NOON + 9 * MINUTE, event_type="SCROLL") for _ in range(3)),
        shop.line(NOON + MINUTE, bot="crawler"),
    )

    path = f"sessions/{session_id(100)}/events"
    found = await pages(client, ana, path, 4)

    assert [(one["eventType"], one["count"]) for one in found[:2]] == [
        ("SCROLL", 3),
        ("PAGE_VIEW", 1),
    ]
    assert [one["metadata"] for one in found[1:]] == [{"n": n} for n in range(8, -1, -1)]


async def test_a_contact_of_very_many_visitors(client: Client, shop: Shop):
    """
    More than a statement takes at once: pages are as for any other.
    """
    ana = await shop.contact("ana")
    many = [f"v{n}" for n in range(2_500)]
    async with shop.postgres.transaction() as tx:
        await tx.execute(
            """
            insert into visitor_contact (
                tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
            )
            select $1, v, $2, 'webhook', 'strong', $3, gen_random_uuid() from unnest($4::text[]) v
            """,
            shop.tenant,
            ana,
            NOON,
            many,
        )
    await shop.came(*(shop.line(NOON - n * MINUTE, n * 100, session=n) for n in range(25)))

    found = await pages(client, ana, "sessions", 10)

    assert [one["id"] for one in found] == [session_id(n) for n in range(25)]


async def test_nobody_else_reads_it(
    client: Client, shop: Shop, clients: Callable[[TenantId], Awaitable[Client]], postgres: Postgres
):
    """
    Another company's contact is none, nor one that there is not; and a place is one of ours.
    """
    ana = await shop.contact("ana")
    async with postgres.transaction() as tx:
        other = await new_tenant(tx, "else")
    stranger = await clients(other)

    for what in ("sessions", "timeline", f"sessions/{session_id(1)}/events"):
        refused = await stranger.get(f"/api/contacts/{ana}/{what}")
        assert (refused.status_code, refused.json()["code"]) == (404, "contact_not_found")
        odd = await client.get(f"/api/contacts/{ana}/{what}", params={"before": "1~fact~\x00"})
        assert (odd.status_code, odd.json()["code"]) == (422, "invalid")


places_ = st.builds(
    Place,
    st.integers(0, places.BEGIN.at),
    st.sampled_from(["fact", "session"]),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7D), max_size=40),
)


@given(places_, st.integers(0, places.BEGIN.at // 1000), st.uuids())
def test_a_place_is_the_same_among_sessions(place: Place, at_ms: int, session: Any):
    """
    What lies before it in the whole order does so in theirs.
    """
    assert places.read(places.written(place)) == place
    one = (at_ms, str(session))
    assert (one < places.sessions_before(place)) == (places.of_session(*one) < place)


@pytest.mark.parametrize(
    "odd",
    ["", "x", "1", "1~fact", "1~what~id", "-1~fact~a", "99999999999999999~fact~a", "1~fact~é"],
)
def test_what_is_no_place(odd: str):
    """
    Refused, and never passed on to a database.
    """
    with pytest.raises(Invalid):
        places.read(odd)


class Estimate(msgspec.Struct, frozen=True):
    table: str
    rows: int


async def test_a_page_reads_little_of_what_there_is(shop: Shop, clickhouse: ClickHouse):
    """
    Two granules of sessions, and of events those of the sessions' times: of a million.
    """
    await clickhouse.execute(
        """
        insert into events (tenant_id, site_id, occurred_at, event_type, visitor_id, session_id,
            event_id, count, metadata)
        select {tenant:UUID}, {tenant:UUID},
            toDateTime64('2026-03-01 00:00:00', 3, 'UTC') + number, 'A',
            concat('v', toString(intDiv(number, 20))),
            reinterpretAsUUID(leftPad(toString(intDiv(number, 20)), 16, '0')),
            generateUUIDv4(), 1, '{}'
        from numbers(1000000)
        """,
        tenant=shop.tenant,
    )
    for table in ("events", "sessions"):
        await clickhouse.execute(cast("Any", f"optimize table {table} final"))
    ids = [VisitorId(f"v{n}") for n in (77, 30_000)]
    visitors = Visitors(tenant_id=shop.tenant, ids=ids, spans=[])
    where: dict[str, Any] = {**visitors.named, "before_at": 2**42, "before_id": "", "most": 20}

    rows = await sessions.page(clickhouse, visitors, sessions.FIRST_PLACE, 20)
    begun, newest = await sessions.read(clickhouse, visitors, rows, 20)
    quarters = [at // sessions.QUARTER_MS for row in rows for at in (row.started_ms, row.last_ms)]
    times = {
        "sessions": [row.session_id for row in rows],
        "first": rows[-1].started_ms,
        "last": rows[0].last_ms,
        "quarters": quarters,
        "moments": [row.begun_ms for row in rows],
    }
    read = [
        await clickhouse.all(Estimate, cast("Any", f"explain estimate {sql}"), **where, **times)
        for sql in (queries.PAGE, queries.NEWEST, queries.BEGINNINGS)
    ]

    assert ([row.events for row in rows], len(begun)) == ([20, 20], 2)
    assert [len(events) for events in newest.values()] == [20, 20]
    assert sum(one.rows for one in read[0]) <= 4 * 1024
    for events in read[1:]:
        assert 0 < sum(one.rows for one in events) <= 4 * 8192
