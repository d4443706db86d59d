"""The stream over HTTP: what is told, to whom, and how it ends and goes on."""

import asyncio
import socket
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from pista.accounts import service
from pista.accounts.model import NewSite, Role, Scope
from pista.ids import uuid7
from pista.stream import readers, response
from pista.stream import tail as tails
from tests.collect.conftest import NOW, Served
from tests.events.writing import until
from tests.stream.following import Follower

PATH = "/tracking-v2/stream"
PASSWORD = "correct horse battery"


def follower(served: Served, **asked: Any) -> Follower:
    return Follower(served.client, served.admin, tenantId=str(served.tenant.id), **asked)


async def send(served: Served, *events: Any) -> list[str]:
    sent = events or (served.event(),)
    answer = await served.post(served.batch(*sent))
    assert answer.status_code == 202, answer.text
    return [event["eventId"] for event in sent]


async def _told(served: Served, reader: Follower, event: dict[str, Any]) -> float:
    """The seconds from sending it until a reader has it."""
    many = len(reader.events)
    began = time.monotonic()
    await send(served, event)
    await reader.until(lambda: len(reader.events) > many)
    return time.monotonic() - began


async def test_an_event_is_told_within_a_second(served: Served):
    """
    With what the snippet sent and what the door made of it.
    """
    async with follower(served).following() as reader:
        metadata = {
            "url": "https://flores.example/rosas?utm_source=ig&x=1",
            "title": "Rosas",
            "value": 3,
        }
        event = served.event(metadata=metadata)
        seconds = [await _told(served, reader, event)]
        # A machine that is busy for a moment says nothing of the stream.
        seconds += [await _told(served, reader, served.event()) for _ in range(4)]

    told, *_ = reader.events
    assert min(seconds) < 1
    assert told["eventId"] == event["eventId"]
    assert (told["host"], told["path"], told["title"]) == ("flores.example", "/rosas", "Rosas")
    assert (told["siteId"], told["utmSource"]) == (str(served.site.id), "ig")
    assert (told["browser"], told["os"], told["device"]) == ("Chrome", "Windows", "desktop")
    assert told["metadata"] == event["metadata"]
    assert told["count"] == 1
    headers = reader.answered.headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-cache", "no")


async def test_it_goes_on_after_the_last_id(served: Served):
    """
    Also where not a single event had come before the cut.
    """
    reader = follower(served)
    sent: list[str] = []
    for number in range(3):
        async with reader.following():
            sent += await send(served)
            await reader.until(lambda number=number: len(reader.ids) == 2 * number + 1)
        sent += await send(served)
    async with follower(served).following() as other:
        last_id = other.last_id
    sent += await send(served)
    async with reader.following():
        await reader.until(lambda: len(reader.ids) == 7)
    other.last_id = last_id
    async with other.following():
        await other.until(lambda: other.ids)

    assert reader.ids == sent
    assert other.ids == sent[-1:]
    assert reader.notes("gap") + other.notes("gap") == []


async def test_only_what_was_asked_for(served: Served):
    """
    One site's, one type's.
    """
    async with served.house.postgres.transaction() as tx:
        site = await service.create_site(
            tx, served.tenant.id, NewSite(domains=["*"]), public_url="http://pista.test", now=NOW
        )
    bought, seen = served.event(eventType="PURCHASE"), served.event()
    async with (
        follower(served, siteId=str(served.site.id)).following() as ours,
        follower(served, siteId=str(site.id)).following() as theirs,
        follower(served, eventType="PURCHASE").following() as sales,
    ):
        await send(served, seen, bought)
        await ours.until(lambda: len(ours.ids) == 2)
        await sales.until(lambda: sales.ids)

    assert sales.ids == [bought["eventId"]]
    assert theirs.ids == []


async def test_another_company_hears_nothing(served: Served):
    """
    Not with its own stream, not with our id in its own, and it can't ask for ours.
    """
    async with served.house.postgres.transaction() as tx:
        other = await service.create_tenant(tx, "Otra", now=NOW)
        key = await service.create_api_key(
            tx, other.id, name="T", scopes=[Scope.STATS_READ], now=NOW
        )
    theirs = {"Authorization": f"Bearer {key.key}"}
    stranger = Follower(served.client, theirs, tenantId=str(other.id))
    async with follower(served).following() as reader, stranger.following():
        await send(served)
        await reader.until(lambda: reader.ids)
        first_id = reader.said[0].id
        await send(served)
        await reader.until(lambda: len(reader.ids) == 2)
    stranger.last_id = first_id
    async with stranger.following():
        await asyncio.sleep(0.5)
    asked = {"tenantId": str(served.tenant.id)}
    refused = await served.client.get(PATH, params=asked, headers=theirs)
    nobody = await served.client.get(PATH, params=asked)

    assert stranger.said == []
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    "wrong",
    [
        {"tenantId": "no-uuid"},
        {"siteId": "no-uuid"},
        {"eventType": "X" * 65},
        {"last": "501"},
        {"limit": "0"},
    ],
)
async def test_a_bad_question_is_a_422(served: Served, wrong: dict[str, str]):
    """
    With a sentence, and no stream.
    """
    asked = {"tenantId": str(served.tenant.id)} | wrong

    answer = await served.client.get(PATH, params=asked, headers=served.admin)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_it_begins_with_the_last_events_and_ends_after_so_many(served: Served):
    """
    What waits in the journal counts; an event is not told again when it comes.
    """
    sent = [(await send(served))[0] for _ in range(4)]
    reader = follower(served, last=3, limit=4)

    async with reader.following():
        await reader.until(lambda: len(reader.ids) == 3)
        sent += await send(served, served.event(), served.event())
        await reader.until(lambda: len(reader.ids) == 4)
    whole = await served.client.get(
        PATH,
        params={"tenantId": str(served.tenant.id), "last": 2, "limit": 2},
        headers=served.admin,
    )

    assert reader.ids == sent[1:5]
    assert whole.text.count("event: event") == 2


async def test_a_quiet_stream_gives_signs_of_life_and_moves_on(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    """
    So that proxies keep it open, and so that it resumes late rather than from where it began.
    """
    monkeypatch.setattr(response, "HEARTBEAT_SECONDS", 0.3)
    async with follower(served, eventType="PURCHASE").following() as reader:
        began = reader.last_id
        await send(served)
        await reader.until(lambda: reader.signs_of_life > 1 and reader.last_id != began)

    assert reader.said == []


async def test_it_ends_with_its_session(served: Served, monkeypatch: pytest.MonkeyPatch):
    """
    Whoever has signed out elsewhere, or was shut out, hears no more.
    """
    monkeypatch.setattr(response, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(response, "HEARTBEAT_SECONDS", 0.1)
    person = {"email": "ana@flores.example", "password": PASSWORD}
    async with served.house.postgres.transaction() as tx:
        await service.create_user(
            tx, served.tenant.id, name="Ana", role=Role.GTR, now=NOW, **person
        )
    signed_in = await served.client.post("/api/login", json=person)
    served.client.cookies.clear()
    cookie = {"Cookie": f"pista_session={signed_in.cookies['pista_session']}"}
    reader = Follower(served.client, cookie, tenantId=str(served.tenant.id))
    reading = asyncio.create_task(reader.follow())
    await reader.until(lambda: reader.signs_of_life > 1)

    async with served.house.postgres.transaction() as tx:
        await tx.execute("update users set deactivated_at = now()")
    await asyncio.wait_for(reading, 5)

    await send(served)
    assert reader.said == []


async def test_there_are_so_many_readers_and_no_more(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    """
    One too many is told so, and gets in when another has left.
    """
    monkeypatch.setattr(tails, "MOST_READERS", 1)
    asked = {"tenantId": str(served.tenant.id), "last": 1, "limit": 1}
    await send(served)

    async with follower(served).following():
        refused = await served.client.get(PATH, params=asked, headers=served.admin)
        assert (refused.status_code, refused.json()["code"]) == (503, "too_many_readers")
        assert int(refused.headers["retry-after"]) > 0

    async def let_in() -> bool:
        return (await served.client.get(PATH, params=asked, headers=served.admin)).is_success

    await until(let_in)


async def test_it_closes_at_once_when_the_server_stops(served: Served):
    """
    Readers come back to another process; this one need not wait for them.
    """
    reader = follower(served)
    reading = asyncio.create_task(reader.follow())
    await reader.until(lambda: bool(reader.last_id))

    served.house.hang_up()
    await asyncio.wait_for(reading, 60)

    asked = {"tenantId": str(served.tenant.id)}
    late = await served.client.get(PATH, params=asked, headers=served.admin)
    assert (late.status_code, late.json()["code"]) == (503, "unavailable")


async def test_a_slow_reader_loses_its_oldest_and_then_its_place(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    """
    A socket that takes nothing costs a bounded number of bytes, is told how many events it has
    lost when it reads on, and is cut off if it does not; others hear all.
    """
    monkeypatch.setattr(readers, "MOST_BYTES", 2**20)
    monkeypatch.setattr(response, "BLOCKED_SECONDS", 0.8)
    host = urlsplit(served.url)
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.connect((host.hostname, host.port))
    asked = urlencode({"tenantId": str(served.tenant.id)})
    key = served.admin["Authorization"]
    stuck.sendall(
        f"GET {PATH}?{asked} HTTP/1.1\r\nHost: pista\r\nAuthorization: {key}\r\n\r\n".encode()
    )
    large = {"filling": "x" * 7_500}
    sent: list[str] = []

    with stuck:
        async with follower(served).following() as reader:
            for _ in range(9):
                sent += await send(served, *(served.event(metadata=large) for _ in range(100)))
                await reader.until(lambda: len(reader.ids) >= len(sent))  # noqa: B023 - called at once
            await asyncio.sleep(1)
        heard = await asyncio.to_thread(_rest, stuck)

    assert reader.ids == sent
    assert reader.notes("gap") == []
    assert heard.count(b"event: event") < len(sent)


def _rest(connection: socket.socket) -> bytes:
    """All that is still on its way; the connection ends by itself."""
    heard = b""
    connection.settimeout(5)
    while piece := connection.recv(2**16):
        heard += piece
    return heard


async def test_head_and_a_broken_id(served: Served):
    """
    What a stream would begin with is told without one; an id that nobody knows begins with a gap.
    """
    asked = {"tenantId": str(served.tenant.id)}
    answer = await served.client.head(PATH, params=asked, headers=served.admin)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")
    other = {"tenantId": str(uuid7())}
    assert (await served.client.head(PATH, params=other, headers=served.admin)).status_code == 403

    reader = follower(served)
    reader.last_id = str(uuid7())
    async with reader.following():
        await reader.until(lambda: reader.notes("gap"))
    assert reader.notes("gap")[0]["reason"] == "unknown"
