"""The front door over real HTTP, with PostgreSQL and without ClickHouse."""

import asyncio
import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest

from pista.collect.model import MAX_BYTES
from pista.collect.registry import RELOAD_SECONDS
from tests.collect.conftest import Body, Served, serving
from tests.collect.reading import counted, journaled

ORIGIN = "https://shop.example.com"


async def test_a_batch_is_committed_and_then_answered(served: Served):
    """Though nobody answers at ClickHouse's address."""
    event = served.event()
    answer = await served.post(served.batch(event))

    assert answer.status_code == 202
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "received": 1,
        "accepted": 1,
        "discarded": 0,
        "rejected": 0,
        "bufferSize": 1,
        "results": [],
    }
    (line,) = await journaled(served)
    assert line[:2] == [str(served.tenant.id), str(served.site.id)]
    assert line[3:6] == ["Chrome", "Windows", "desktop"]
    assert line[18] == event["eventId"]


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "text/plain;charset=UTF-8", "Application/JSON", ""],
)
async def test_content_types(shared: Served, content_type: str):
    """sendBeacon sends text/plain."""
    answer = await shared.post(shared.batch(), Content_Type=content_type)

    assert answer.status_code == 202


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip", "identity"])
async def test_content_encodings(shared: Served, encoding: str):
    body = msgspec.json.encode(shared.batch())
    packed = body if encoding == "identity" else gzip.compress(body)

    answer = await shared.post(packed, Content_Encoding=encoding)

    assert answer.status_code == 202


async def test_the_write_key_in_either_place(shared: Served):
    """The header wins, since it can be set on purpose only."""
    key = shared.site.write_key

    in_header = await shared.post(shared.batch(), key="", X_Write_Key=key)
    wrong_header = await shared.post(shared.batch(), key=key, X_Write_Key="wrong")
    among_others = await shared.client.post(
        f"/tracking-v2/events?v=1&k={key}&x=%20", content=msgspec.json.encode(shared.batch())
    )

    assert in_header.status_code == among_others.status_code == 202
    assert wrong_header.status_code == 401


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
async def test_who_asks_not_to_be_followed_is_not(served: Served, header: str):
    """
    Each event is told so and counted, and nothing of it is committed. A 0 asks for nothing.
    """
    body = served.batch(served.event(), served.event(), {"eventType": "no"}, batchId="asked")

    answer = await served.post(body, **{header: "1"})

    assert answer.status_code == 202
    assert [one["outcome"] for one in answer.json()["results"]] == [
        "opted_out",
        "opted_out",
        "rejected",
    ]
    assert answer.json()["discarded"] == 2
    assert (await journaled(served), await counted(served)) == ([], [3, 0, 2, 1])
    assert (await served.post(served.batch(), **{header: "0"})).json()["accepted"] == 1


def text(size: int) -> bytes:
    return b'{"filler":"' + b"a" * (size - 13) + b'"}'


NO_EVENTS: Body = {"events": []}
Case = Callable[[Served], tuple[Any, dict[str, str]]]

REFUSALS: list[tuple[str, int, str, Case]] = [
    ("no body", 400, "not_json", lambda s: (b"", {})),
    ("no JSON", 400, "not_json", lambda s: (b"hello", {})),
    ("half of it", 400, "not_json", lambda s: (msgspec.json.encode(s.batch())[:-9], {})),
    ("no UTF-8", 400, "not_json", lambda s: (b'{"tenantId":"\xff"}', {})),
    ("a number that is none", 400, "not_json", lambda s: (b'{"events":[NaN]}', {})),
    ("no gzip", 400, "bad_encoding", lambda s: (s.batch(), {"Content_Encoding": "gzip"})),
    (
        "half of the gzip",
        400,
        "bad_encoding",
        lambda s: (gzip.compress(text(5000))[:-4], {"Content_Encoding": "gzip"}),
    ),
    (
        "two gzip bodies, the second of which nobody would read",
        400,
        "bad_encoding",
        lambda s: (
            gzip.compress(msgspec.json.encode(s.batch())) * 2,
            {"Content_Encoding": "gzip"},
        ),
    ),
    (
        "another gzip than it says",
        400,
        "bad_encoding",
        lambda s: (zlib.compress(text(50)), {"Content_Encoding": "gzip"}),
    ),
    ("another tenant", 401, "unknown_site", lambda s: (s.batch(tenantId=str(s.site.id)), {})),
    ("another site", 401, "unknown_site", lambda s: (s.batch(siteId=str(s.tenant.id)), {})),
    ("no id", 401, "unknown_site", lambda s: (s.batch(siteId="../\u0000'\"; drop"), {})),
    ("no key", 401, "unknown_site", lambda s: (s.batch(), {"key": ""})),
    ("another key", 401, "unknown_site", lambda s: (s.batch(), {"key": "wk_Ñ😀"})),
    ("half a key", 401, "unknown_site", lambda s: (s.batch(), {"key": s.site.write_key[:-1]})),
    ("501 events", 413, "too_many_events", lambda s: (s.batch(*([7] * 501)), {})),
    ("a byte too many", 413, "too_many_bytes", lambda s: (text(MAX_BYTES + 1), {})),
    ("8 MiB too many", 413, "too_many_bytes", lambda s: (text(9 * MAX_BYTES), {})),
    (
        "a gzip bomb",
        413,
        "too_many_bytes",
        lambda s: (gzip.compress(text(200 * MAX_BYTES), 9), {"Content_Encoding": "gzip"}),
    ),
    ("a form", 415, "unsupported_type", lambda s: (s.batch(), {"Content_Type": "text/html"})),
    (
        "another packing",
        415,
        "unsupported_type",
        lambda s: (s.batch(), {"Content_Encoding": "br"}),
    ),
    ("an array", 422, "bad_batch", lambda s: (b"[]", {})),
    ("nothing in it", 422, "bad_batch", lambda s: (b"{}", {})),
    ("a number for an id", 422, "bad_batch", lambda s: (s.batch(tenantId=7), {})),
    ("no event", 422, "no_events", lambda s: (s.batch() | NO_EVENTS, {})),
]


@pytest.mark.parametrize(
    ("status", "code", "case"),
    [pytest.param(*rest, id=name) for name, *rest in REFUSALS],
)
async def test_refusals(shared: Served, status: int, code: str, case: Case):
    """Each says what is wrong in a problem, with a stable code; and nothing is written."""
    body, options = case(shared)
    before = await counted(shared)

    answer = await shared.post(body, **options)
    problem = answer.json()

    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "code", "detail", "instance"}
    assert problem["type"] == f"urn:pista:problem:{code}"
    assert problem["instance"] == f"urn:pista:request:{answer.headers['x-request-id']}"
    assert "retry-after" not in answer.headers
    if status == 413:
        assert "500" in problem["detail"] or "1 MiB" in problem["detail"]
    assert await counted(shared) == before


async def test_the_largest_batch_is_taken(shared: Served):
    """A mebibyte to the byte, plain and packed."""
    body = msgspec.json.encode(shared.batch(filler="HERE"))
    full = body.replace(b"HERE", b"a" * (MAX_BYTES - len(body) + 4))

    assert len(full) == MAX_BYTES
    assert (await shared.post(full)).status_code == 202
    packed = await shared.post(gzip.compress(full, 1), Content_Encoding="gzip")
    assert packed.status_code == 202


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
async def test_events_are_sent_with_post(shared: Served, method: str):
    answer = await shared.client.request(method, "/tracking-v2/events")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST, OPTIONS"


class TestOrigins:
    async def test_only_the_sites_domains_may_send(self, served: Served):
        """A change of the list takes effect at once."""
        allowed = await served.post(served.batch(), Origin=ORIGIN)
        changed = await served.client.patch(
            f"/api/sites/{served.site.id}",
            json={"domains": ["example.com", "xn--mller-kva.example"]},
            headers=served.admin,
        )
        assert (allowed.status_code, changed.status_code) == (202, 200)
        await until(served, lambda domains: "*" not in domains)

        answers = {
            origin: (await served.post(served.batch(), Origin=origin)).status_code
            for origin in (
                *(
                    ORIGIN,
                    "https://example.com",
                    "http://EXAMPLE.com:8080",
                    "https://a.b.example.com",
                ),
                *(
                    "https://xn--mller-kva.example",
                    "https://notexample.com",
                    "https://example.com.evil.example",
                ),
                *("null", "file://", "http://[", "https://example.com@evil.example", "example.com"),
            )
        }

        assert list(answers.values()) == [202] * 5 + [403] * 7
        refused = await served.post(served.batch(), Origin="https://evil.example")
        assert refused.json()["code"] == "origin_not_allowed"
        # The page that is refused may read why.
        assert refused.headers["access-control-allow-origin"] == "https://evil.example"

    async def test_no_origin_is_a_server(self, served: Served):
        assert (await served.post(served.batch(), User_Agent="curl/8")).status_code == 202
        assert (await journaled(served))[0][5] == "server"

    async def test_a_broken_origin_of_a_driven_browser(self, shared: Served):
        agent = "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0 Safari/537.36"

        answer = await shared.post(shared.batch(), Origin="http://[", User_Agent=agent)

        assert answer.status_code == 202
        assert answer.json()["results"][0]["outcome"] == "bot"

    @pytest.mark.parametrize("body", [None, b"bad"])
    async def test_a_page_may_read_its_answer(self, shared: Served, body: bytes | None):
        answer = await shared.post(body or shared.batch(), Origin=ORIGIN)

        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["access-control-expose-headers"] == "retry-after, x-request-id"
        assert answer.headers["vary"] == "origin"
        # Cookies have no business here.
        assert "access-control-allow-credentials" not in answer.headers

    async def test_preflight(self, shared: Served):
        answer = await shared.client.options(
            "/tracking-v2/events",
            headers={
                "Origin": ORIGIN,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "content-type,x-write-key,content-encoding",
            },
        )

        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["access-control-allow-methods"] == "POST"
        allowed = set(answer.headers["access-control-allow-headers"].split(", "))
        assert allowed >= {"content-type", "content-encoding", "x-write-key"}
        assert int(answer.headers["access-control-max-age"]) >= 7200

    async def test_who_names_no_origin_hears_nothing_of_it(self, shared: Served):
        answer = await shared.post(shared.batch())

        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("order-2026-03-14", True), ("short", False), ("with space", False), ("x" * 65, False)],
)
async def test_request_ids(shared: Served, given: str, kept: bool):
    """The same rule as in the rest of the house, on answers and on refusals."""
    for body in (shared.batch(), b"bad"):
        answer = await shared.post(body, X_Request_Id=given)
        assert (answer.headers["x-request-id"] == given) is kept


async def until(served: Served, holds: Callable[[tuple[str, ...]], bool]) -> None:
    """Wait for an announcement to be heard: sooner than everything is read again."""
    registry = served.house.registry
    async with asyncio.timeout(RELOAD_SECONDS - 1):
        while True:
            site = await registry.find(
                str(served.tenant.id), str(served.site.id), served.site.write_key
            )
            if holds(site.domains):
                return
            await asyncio.sleep(0.01)


class TestRepeats:
    async def test_a_batch_sent_again_is_answered_as_the_first_time(self, served: Served):
        """Byte for byte, from whatever process, and counted once."""
        body = served.batch(served.event(), 7, served.event(eventType="x"), batchId="b1")

        first = await served.post(body | {"sentAt": "2026-03-14T12:00:00Z"})
        counts = await counted(served)
        again = [await served.post(body | {"sentAt": None}) for _ in range(3)]

        assert {answer.content for answer in again} == {first.content}
        assert {answer.status_code for answer in (first, *again)} == {202}
        assert len(await journaled(served)) == 1
        assert await counted(served) == counts == [3, 1, 0, 2]

    async def test_known_by_its_events(self, served: Served):
        """Also if they come with another time and in another order."""
        one, two = served.event(), served.event()

        first = await served.post(served.batch(one, two))
        again = await served.post(served.batch(two | {"occurredAt": "2026-01-31T12:00:00Z"}, one))

        assert again.content == first.content
        assert len(await journaled(served)) == 2

    async def test_on_twenty_connections_at_once(self, served: Served):
        """One of them is the first; all have its answer."""
        body = served.batch(*[served.event() for _ in range(20)], batchId="b1")
        url = f"{served.url}/tracking-v2/events?k={served.site.write_key}"

        async def send() -> httpx.Response:
            async with httpx.AsyncClient() as client:
                return await client.post(url, content=msgspec.json.encode(body))

        answers = await asyncio.gather(*(send() for _ in range(20)))

        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.content for answer in answers}) == 1
        assert len(await journaled(served)) == 20
        assert await counted(served) == [20, 20, 0, 0]

    async def test_to_two_processes_at_once(self, served: Served, database: str):
        async with serving(database) as other:
            body = served.batch(*[served.event() for _ in range(20)], batchId="b1")
            url = f"{other.url}/tracking-v2/events?k={served.site.write_key}"
            content = msgspec.json.encode(body)

            answers = await asyncio.gather(
                *(served.post(body) for _ in range(10)),
                *(served.client.post(url, content=content) for _ in range(10)),
            )

        assert {answer.status_code for answer in answers} == {202}
        assert len(await journaled(served)) == 20
        assert len({json.dumps(answer.json()["results"]) for answer in answers}) == 1

    async def test_its_id_on_other_events(self, served: Served):
        """Refused for good: accepting would lose them, and both would have one answer."""
        await served.post(served.batch(batchId="b1"))

        other = await served.post(served.batch(batchId="b1"))
        at_once = await asyncio.gather(*(served.post(served.batch(batchId="b2")) for _ in range(4)))

        assert (other.status_code, other.json()["code"]) == (422, "batch_id_reused")
        assert sorted(answer.status_code for answer in at_once) == [202, 422, 422, 422]
        assert len(await journaled(served)) == 2

    async def test_its_id_at_another_site(self, served: Served):
        """Is another batch."""
        created = await served.client.post(
            "/api/sites", json={"domains": ["*"]}, headers=served.admin
        )
        site = created.json()

        ours = await served.post(served.batch(batchId="b1"))
        theirs = await served.post(
            served.batch(batchId="b1", siteId=site["id"]), key=site["writeKey"]
        )

        assert ours.status_code == theirs.status_code == 202
        assert len(await journaled(served)) == 2


class TestConfiguration:
    """What an admin changes holds for the next event, without a restart."""

    async def test_a_new_site_can_be_used_at_once(self, served: Served):
        for number in range(5):
            created = await served.client.post(
                "/api/sites", json={"domains": [f"shop{number}.example"]}, headers=served.admin
            )
            site = created.json()
            answer = await served.post(
                served.batch(siteId=site["id"]),
                key=site["writeKey"],
                Origin=f"https://www.shop{number}.example",
            )
            assert answer.status_code == 202

    async def test_also_by_a_process_that_heard_nothing(self, served: Served):
        """Its announcements may be cut off just then."""
        await served.house.listener.stop()

        await self.test_a_new_site_can_be_used_at_once(served)

    async def test_throttling(self, served: Served):
        async def kept() -> int:
            events = [served.event(eventType="HOVER") for _ in range(100)]
            return (await served.post(served.batch(*events))).json()["accepted"]

        async def change(method: str, **rule: Any) -> None:
            answer = await served.client.request(
                method, "/tracking-v2/throttling/HOVER", json=rule or None, headers=served.admin
            )
            assert answer.is_success
            await asyncio.sleep(0.2)

        found = [await kept()]
        await change("PUT", samplingRate=0, alwaysKeep=False)
        found.append(await kept())
        await change("PUT", samplingRate=50, alwaysKeep=False)
        half = await kept()
        await change("PUT", samplingRate=0, alwaysKeep=True)
        found.append(await kept())
        await change("PUT", samplingRate=0, alwaysKeep=False)
        await change("DELETE")
        found.append(await kept())

        assert found == [100, 0, 100, 100]
        assert 20 < half < 80
        assert {line[-3] for line in await journaled(served)} == {50, 100}

    async def test_a_wrong_key_does_not_ask_the_database_each_time(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ):
        loads = 0
        load = served.house.registry.load

        async def counting() -> None:
            nonlocal loads
            loads += 1
            await load()

        monkeypatch.setattr(served.house.registry, "load", counting)

        answers = await asyncio.gather(*(served.post(served.batch(), key="x") for _ in range(50)))

        assert {answer.status_code for answer in answers} == {401}
        assert 1 <= loads <= 3
