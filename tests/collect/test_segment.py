"""Segment's HTTP tracking format over real HTTP."""

import base64
import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest
from prometheus_client import REGISTRY

from pista.events import rows
from pista.ids import uuid7
from tests.collect.conftest import CHROME, Body, Served
from tests.collect.reading import counted, journaled
from tests.collect.test_door import ORIGIN, until

COLUMNS = [line.split()[0] for line in rows.STRUCTURE.replace("\n", " ").split(",")]


async def written(served: Served) -> list[dict[str, Any]]:
    """The committed lines, by column."""
    return [dict(zip(COLUMNS, line, strict=True)) for line in await journaled(served)]


def now(**ago: float) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).isoformat()


def track(**fields: Any) -> Body:
    message = {
        "type": "track",
        "event": "Signed Up",
        "messageId": str(uuid7()),
        "anonymousId": "b7d1f7a0-3b44-4f3c-9b8f-0d2f6b1a2c3d",
        "timestamp": now(),
    }
    return {name: value for name, value in (message | fields).items() if value is not None}


def basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


async def send(
    served: Served, path: str, body: Body | bytes, *, key: str | None = None, **headers: str
) -> httpx.Response:
    own = {"Content-Type": "application/json", "User-Agent": "analytics-python/2.4.0"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    signed = basic(served.site.write_key if key is None else key) if key != "" else {}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await served.client.post(path, content=content, headers=own | signed | named)


async def test_a_batch_is_committed_and_then_answered(served: Served):
    """
    Of two people, each with their own browser and page.
    """
    mobile = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1"
    page = {"url": "https://shop.example.com/lilies", "referrer": "https://www.google.com/"}
    batch = [
        track(context={"userAgent": CHROME, "page": page, "campaign": {"source": "ig"}}),
        track(type="page", userId="42", anonymousId=None, context={"userAgent": mobile}),
        track(event="Order Completed", properties={"revenue": 89.9, "url": "kept"}),
    ]

    answer = await send(served, "/v1/batch", {"batch": batch, "sentAt": now()})

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    first, second, third = await written(served)
    assert (first["tenant_id"], first["site_id"]) == (str(served.tenant.id), str(served.site.id))
    assert (first["browser"], first["device"], first["event_type"]) == (
        "Chrome",
        "desktop",
        "SIGNED_UP",
    )
    assert (first["path"], first["utm_source"]) == ("/lilies", "ig")
    assert first["event_id"] == batch[0]["messageId"]
    assert first["metadata"]["url"] == page["url"]
    assert first["metadata"]["event"] == "Signed Up"
    assert (second["device"], second["visitor_id"], second["event_type"]) == (
        "mobile",
        "42",
        "PAGE_VIEW",
    )
    # Whose it is was not said, and the library is no visitor.
    assert (third["device"], third["browser"], third["event_type"]) == ("server", "", "PURCHASE")
    assert third["metadata"] == {"revenue": 89.9, "url": "kept", "event": "Order Completed"}


@pytest.mark.parametrize(
    ("path", "fields", "event_type", "metadata"),
    [
        ("track", {"event": "Form Submitted"}, "FORM_SUBMIT", {"event": "Form Submitted"}),
        (
            "page",
            {"name": "Home", "properties": {"url": "https://a.pe/", "title": "T"}},
            "PAGE_VIEW",
            {"name": "Home", "url": "https://a.pe/", "title": "T"},
        ),
        (
            "screen",
            {"name": "Cart", "category": "Shop"},
            "SCREEN_VIEW",
            {"name": "Cart", "category": "Shop"},
        ),
        (
            "identify",
            {"userId": "42", "traits": {"email": "m@example.com", "plan": "pro"}},
            "IDENTIFY",
            {"userId": "42", "traits": {"plan": "pro"}},
        ),
        (
            "group",
            {"groupId": "g1", "traits": {"name": "Flores", "size": 3}},
            "GROUP",
            {"groupId": "g1", "traits": {"size": 3}},
        ),
        ("alias", {"previousId": "old", "userId": "m@example.com"}, "ALIAS", {"previousId": "old"}),
    ],
)
async def test_each_call(served: Served, path: str, fields: Body, event_type: str, metadata: Body):
    """
    Alone, at its long and its short address, with and without a slash at the end.
    """
    for address in (path, path + "/", path[0], path[0] + "/"):
        message = track(type=None, event=None, **fields) if path != "track" else track(**fields)
        answer = await send(served, f"/v1/{address}", message)
        assert (answer.status_code, answer.json()) == (200, {"success": True})

    lines = await written(served)
    assert [line["event_type"] for line in lines] == [event_type] * 4
    assert [line["metadata"] for line in lines] == [metadata] * 4


@pytest.mark.parametrize("address", ["batch", "batch/", "b", "b/", "import", "import/"])
async def test_addresses_of_batches(shared: Served, address: str):
    answer = await send(shared, f"/v1/{address}", {"batch": [track()]})

    assert answer.json() == {"success": True}


async def test_dropped_traits_are_counted(shared: Served):
    before = REGISTRY.get_sample_value("pista_segment_traits_dropped_total") or 0

    await send(shared, "/v1/identify", track(traits={"email": "m@example.com", "name": "M"}))

    assert REGISTRY.get_sample_value("pista_segment_traits_dropped_total") == before + 2


class TestWriteKey:
    async def test_in_the_body(self, shared: Served):
        """Browsers send it there."""
        for path, body in (("/v1/t", track()), ("/v1/batch", {"batch": [track()]})):
            own = {"writeKey": shared.site.write_key}
            assert (await send(shared, path, body | own, key="")).status_code == 200
            assert (await send(shared, path, body, key="")).status_code == 401
            assert (await send(shared, path, body | {"writeKey": 7}, key="")).status_code == 401
            # What is in the header was meant.
            assert (await send(shared, path, body | own, key="wrong")).status_code == 401

    @pytest.mark.parametrize("header", ["Basic !", "Basic " + "/w==", "Basic Og==", "Bearer x"])
    async def test_headers_that_are_none(self, shared: Served, header: str):
        answer = await send(shared, "/v1/t", track(), key="", Authorization=header)

        assert (answer.status_code, answer.json()["code"]) == (401, "unknown_site")

    async def test_a_site_that_was_just_made(self, served: Served):
        made = await served.client.post("/api/sites", json={"domains": ["*"]}, headers=served.admin)

        answer = await send(served, "/v1/track", track(), key=made.json()["writeKey"])

        assert answer.status_code == 200
        assert (await written(served))[0]["site_id"] == made.json()["id"]


class TestRepeats:
    async def test_a_batch_that_comes_again(self, served: Served):
        """
        With another `sentAt`, as a client's next try has: written once.
        """
        batch = [track(messageId=f"node-next-{n}") for n in range(3)]

        for _ in range(3):
            answer = await send(served, "/v1/batch", {"batch": batch, "sentAt": now()})
            assert answer.json() == {"success": True}

        assert len(await written(served)) == 3
        assert await counted(served) == [3, 3, 0, 0]

    async def test_in_another_batch(self, served: Served):
        """A message's id is remembered as this event's, whatever batch it comes in."""
        message = track(messageId="ajs-next-1")

        await send(served, "/v1/batch", {"batch": [message]})
        await send(served, "/v1/batch", {"batch": [track(), message]})

        first, _, again = await written(served)
        assert first["event_id"] == again["event_id"]

    async def test_more_than_fit_into_one_batch_of_ours(self, served: Served):
        """Segment's limit is in bytes: 1,201 small messages are three batches of ours."""
        batch = [track(messageId=str(n)) for n in range(1201)]

        for _ in range(2):
            assert (await send(served, "/v1/b", {"batch": batch})).status_code == 200

        assert len({line["event_id"] for line in await written(served)}) == 1201
        assert await counted(served) == [1201, 1201, 0, 0]


class TestClock:
    async def test_a_wrong_clock(self, served: Served):
        """It is an hour slow, and the event was two minutes before the sending."""
        message = track(timestamp=now(minutes=62))

        await send(served, "/v1/batch", {"batch": [message], "sentAt": now(minutes=60)})
        await send(served, "/v1/track", message | {"messageId": "2", "sentAt": now(minutes=60)})

        for line in await written(served):
            ago = line["received_ms"] - line["occurred_ms"]
            assert (119_000 < ago < 121_000, line["corrected"]) == (True, True)

    async def test_a_wrong_clock_of_each_message(self, served: Served):
        """The batch does not say when it was sent, but its messages do, each by its own clock."""
        batch = [
            track(timestamp=now(minutes=62), sentAt=now(minutes=60)),
            track(timestamp=now(minutes=2), sentAt=now()),
            track(timestamp=None, sentAt=now(minutes=60)),
        ]

        await send(served, "/v1/batch", {"batch": batch})

        lines = await written(served)
        ago = [round((line["received_ms"] - line["occurred_ms"]) / 60_000) for line in lines]
        assert ago == [2, 2, 0]
        assert [line["corrected"] for line in lines] == [True, False, True]

    @pytest.mark.parametrize("slow", [-60, 60])
    async def test_no_time_is_that_of_sending(self, served: Served, slow: int):
        message = track(timestamp=None, sentAt=now(minutes=slow))

        await send(served, "/v1/track", message)

        (line,) = await written(served)
        assert abs(line["received_ms"] - line["occurred_ms"]) < 2000

    async def test_the_original_time(self, served: Served):
        await send(served, "/v1/t", track(timestamp=None, originalTimestamp=now(days=3)))

        (line,) = await written(served)
        assert 3 * 86400_000 <= line["received_ms"] - line["occurred_ms"] < 3 * 86400_000 + 9000


async def test_sessions(served: Served):
    """
    The client's own, or the visitor's day.
    """
    session = str(uuid7())
    batch = [
        track(context={"sessionId": session}),
        track(properties={"session_id": session}),
        track(context={"sessionId": 1773489600}),
        track(timestamp="2026-11-20T00:00:00Z"),
        track(timestamp="2026-11-20T23:59:59Z"),
        track(timestamp="2026-11-21T00:00:00Z"),
    ]

    await send(served, "/v1/batch", {"batch": batch})

    found = [line["session_id"] for line in await written(served)]
    assert found[:2] == [session] * 2
    assert found[3] == found[4]
    assert len(set(found)) == 4


async def test_phones(served: Served):
    """
    They say their system and no User-Agent.
    """
    context = {"device": {"type": "android"}, "os": {"name": "Android"}}

    await send(served, "/v1/screen", track(context=context))

    (line,) = await written(served)
    assert (line["device"], line["os"]) == ("mobile", "Android")


async def test_a_crawler_among_people(served: Served):
    """
    A bot's message is a bot's, and its neighbours are not.
    """
    crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    batch = [track(), track(context={"userAgent": crawler}), track()]

    await send(served, "/v1/batch", {"batch": batch})

    assert [bool(line["bot"]) for line in await written(served)] == [False, True, False]


BAD: list[Any] = [
    7,
    [],
    None,
    {},
    {"type": "track"},
    {"type": "track", "userId": "1"},
    {"type": "dance", "userId": "1"},
    {"type": "page"},
    {"type": "page", "userId": {}},
    {"type": "page", "userId": True},
    {"type": "page", "userId": "1", "timestamp": "yesterday"},
    {"type": "page", "userId": "1", "timestamp": "1999-01-01T00:00:00Z"},
]


async def test_bad_messages_cost_the_others_nothing(served: Served):
    """
    Clients could not act on a refusal: 200, and the bad ones are counted.
    """
    batch = [track(), *BAD, track(properties=[], context=None, traits="x", event="ok")]

    answer = await send(served, "/v1/batch", {"batch": [*batch, track()]})

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert len(await written(served)) == 2
    assert await counted(served) == [len(BAD) + 3, 2, 0, len(BAD) + 1]


async def test_loose_messages_are_kept(served: Served):
    """
    What Pista does not need may be anything; half an emoji and a NaN cost nothing.
    """
    loose = [
        track(context=[], properties=[], integrations=7, name=7, traits=None),
        track(context={"page": 7, "campaign": "x", "userAgent": 7, "os": [], "sessionId": {}}),
        track(userId=42, properties={"half": "\ud83d", "ratio": float("nan")}),
        track(type="TRACK", timestamp=None, messageId=None),
    ]

    answer = await send(served, "/v1/batch", {"batch": loose, "sentAt": 7, "context": 7})

    assert answer.json() == {"success": True}
    lines = await written(served)
    assert len(lines) == 4
    assert lines[2]["metadata"] == {
        "half": "\ufffd",
        "ratio": None,
        "event": "Signed Up",
        "userId": "42",
    }


async def test_a_large_message_is_kept(served: Served):
    """
    Segment allows 32 KB, and a purchase counts without its list of products too.
    """
    products = [{"sku": f"{n:040}", "price": 1} for n in range(450)]
    message = track(event="Order Completed", properties={"revenue": 9, "products": products})
    assert 24_000 < len(json.dumps(message)) < 32_000

    await send(served, "/v1/track", message)

    (line,) = await written(served)
    assert line["metadata"] == {"revenue": 9, "event": "Order Completed", "leftOut": ["products"]}


REFUSALS: list[tuple[str, int, str, bytes, dict[str, str]]] = [
    ("no JSON", 400, "not_json", b"hello", {}),
    ("no batch", 400, "bad_segment_batch", b"{}", {}),
    ("an array", 400, "bad_segment_batch", b"[]", {}),
    ("a batch that is none", 400, "bad_segment_batch", b'{"batch":{}}', {}),
    ("no gzip", 400, "bad_encoding", b"{}", {"Content_Encoding": "gzip"}),
    ("too deep", 400, "not_json", b'{"batch":' + b"[" * 100_000, {}),
    ("2,501 messages", 413, "too_many_events", b'{"batch":[%b0]}' % (b"0," * 2500), {}),
    ("too many bytes", 413, "too_many_bytes", b" " * (2**20 + 1), {}),
    ("a form", 415, "unsupported_type", b"{}", {"Content_Type": "text/html"}),
]


@pytest.mark.parametrize(
    ("status", "code", "body", "headers"),
    [pytest.param(*rest, id=name) for name, *rest in REFUSALS],
)
async def test_refusals(
    shared: Served, status: int, code: str, body: bytes, headers: dict[str, str]
):
    before = await counted(shared)

    answer = await send(shared, "/v1/batch", body, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert await counted(shared) == before


async def test_what_is_none_of_segments(shared: Served):
    """
    Other addresses are the rest of the house's, and messages are sent with POST.
    """
    assert (await send(shared, "/v1/dance", track())).status_code in (404, 405)
    assert (await shared.client.get("/v1/batch")).status_code == 405
    assert (await send(shared, "/v1/batch", {"batch": []})).json() == {"success": True}


async def test_gzip(shared: Served):
    body = gzip.compress(msgspec.json.encode({"batch": [track()]}))

    assert (await send(shared, "/v1/batch", body, Content_Encoding="gzip")).status_code == 200


class TestBrowsers:
    async def test_a_page_of_the_site(self, served: Served):
        """A page sends text/plain with the key in the body, and is its own visitor's browser."""
        body = track(writeKey=served.site.write_key)

        answer = await send(
            served,
            "/v1/t",
            body,
            key="",
            Origin=ORIGIN,
            User_Agent=CHROME,
            Content_Type="text/plain",
        )

        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert (await written(served))[0]["browser"] == "Chrome"

    async def test_a_page_whose_visitor_asks_not_to_be_followed(self, served: Served):
        """Nothing is stored, and nobody becomes a contact by it."""
        body = track(traits={"email": "m@example.com"}, writeKey=served.site.write_key)

        answer = await send(served, "/v1/i", body, key="", Origin=ORIGIN, Sec_GPC="1")

        assert (answer.status_code, answer.json()) == (200, {"success": True})
        assert (await written(served), await counted(served)) == ([], [1, 0, 1, 0])
        async with served.house.postgres.transaction() as tx:
            assert await tx.value("select count(*) from introductions") == 0

    async def test_a_page_of_another(self, served: Served):
        await served.client.patch(
            f"/api/sites/{served.site.id}", json={"domains": ["a.pe"]}, headers=served.admin
        )
        await until(served, lambda domains: "*" not in domains)

        answer = await send(served, "/v1/t", track(), Origin=ORIGIN)

        assert (answer.status_code, answer.json()["code"]) == (403, "origin_not_allowed")
        assert (await send(served, "/v1/t", track(), Origin="https://a.pe")).status_code == 200

    async def test_preflight(self, shared: Served):
        answer = await shared.client.options(
            "/v1/batch", headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
        )

        assert answer.status_code == 204
        allowed = answer.headers["access-control-allow-headers"].split(", ")
        assert {"authorization", "content-type", "x-retry-count"} <= set(allowed)
