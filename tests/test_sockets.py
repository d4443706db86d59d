"""The open socket: who hears the news, and when that ends."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest

from pista.app import House
from pista.web import screens
from tests.callers import EVERYBODY, PEOPLE, client, house, make_company

__all__ = ["client", "house", "make_company"]


@pytest.mark.parametrize("caller", sorted(EVERYBODY))
async def test_the_socket_is_for_people(
    house: House, make_company: Callable[[str], Any], caller: str
):
    """
    Everybody else is told to sign in, and hears no news.
    """
    company = await make_company("flores")

    said = await _listen(house, company.callers[caller])

    if caller in PEOPLE:
        assert msgspec.json.decode(said["text"]) == {"type": "hello", "tenantId": company.tenant}
    else:
        assert (said["type"], said["code"]) == ("websocket.close", 4401)


async def test_the_socket_waits_for_a_second_factor_that_is_required(
    house: House, client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    No news for whoever has yet to set one up; one that is open ends at once.
    """
    company = await make_company("flores")
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["asesor"], said, to_say)
    assert "hello" in (await said.get())["text"]

    change, admin = {"requireSecondFactor": True}, company.callers["admin"]
    answer = await client.patch("/api/tenant", json=change, headers=admin)

    assert answer.status_code == 200
    async with asyncio.timeout(screens.CHECK_SECONDS / 5):
        assert (await said.get())["code"] == 4401
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving
    assert (await _listen(house, company.callers["gtr"]))["code"] == 4401


async def test_another_page_cannot_open_the_socket(
    house: House, make_company: Callable[[str], Any]
):
    """
    A socket is not held back by the browser's own rules, so its origin is looked at.
    """
    company = await make_company("flores")

    said = await _listen(house, company.callers["admin"] | {"Origin": "https://evil.example"})

    assert (said["type"], said["code"]) == ("websocket.close", 4401)


async def test_a_socket_ends_with_its_session(
    house: House, make_company: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
):
    """
    Whoever has signed out elsewhere is told so on the open socket, and hears no more news.
    """
    monkeypatch.setattr(screens, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(screens, "KEEP_ALIVE_SECONDS", 0.05)
    company = await make_company("flores")
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["admin"], said, to_say)
    assert "hello" in (await said.get())["text"]
    assert "still_here" in (await said.get())["text"]

    async with house.postgres.transaction() as tx:
        await tx.execute("delete from user_sessions")

    async with asyncio.timeout(60):
        while (frame := await said.get())["type"] != "websocket.close":
            assert "still_here" in frame["text"]
    assert frame["code"] == 4401
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving


async def test_who_is_shut_out_hears_nothing_more(
    house: House, client: httpx.AsyncClient, make_company: Callable[[str], Any]
):
    """
    Deactivating a user closes the open socket at once, not at the next look at the session.
    """
    company = await make_company("flores")
    admin = company.callers["admin"]
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, company.callers["asesor"], said, to_say)
    assert "hello" in (await said.get())["text"]
    people = (await client.get("/api/users", headers=admin)).json()["items"]
    asesor = next(person["id"] for person in people if person["role"] == "asesor")

    answer = await client.patch(f"/api/users/{asesor}", json={"active": False}, headers=admin)

    assert answer.status_code == 200
    async with asyncio.timeout(screens.CHECK_SECONDS / 5):
        frame = await said.get()
    assert (frame["type"], frame["code"]) == ("websocket.close", 4401)
    to_say.put_nowait({"type": "websocket.disconnect", "code": 4401})
    await serving


async def _listen(house: House, headers: dict[str, str]) -> dict[str, Any]:
    """What a socket with these headers is told first."""
    said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    to_say: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    serving = _open(house, headers, said, to_say)
    first = await said.get()
    to_say.put_nowait({"type": "websocket.disconnect", "code": 1000})
    await serving
    return first


def _open(
    house: House,
    headers: dict[str, str],
    said: "asyncio.Queue[dict[str, Any]]",
    to_say: "asyncio.Queue[dict[str, Any]]",
) -> "asyncio.Task[None]":
    """Open a socket; what it is told after being accepted goes to `said`."""
    to_say.put_nowait({"type": "websocket.connect"})
    lines = {"Host": "pista.test", "Sec-WebSocket-Version": "13"} | headers
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": "/ws",
        "raw_path": b"/ws",
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in lines.items()],
        "client": ("127.0.0.1", 1),
        "server": ("pista.test", 80),
        "subprotocols": [],
        "state": {},
        "extensions": {},
    }

    async def hear(message: dict[str, Any]) -> None:
        if message["type"] != "websocket.accept":
            said.put_nowait(message)

    return asyncio.create_task(house(scope, to_say.get, hear))
