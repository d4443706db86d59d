"""`pista demo` as somebody meets it who wants to look around."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from pista.demo.opening import Kept
from pista.store import runtime
from pista.store.embedded.process import free_port
from tests.journeys.house import House

pytestmark = pytest.mark.timeout(180)

SMALL = ("--days", "2", "--visits", "40")


def demo(house: House) -> str:
    command = [sys.executable, "-m", "pista.cli", "demo", *SMALL, "--once"]
    done = subprocess.run(
        command, env=house.environment, capture_output=True, text=True, check=False, timeout=90
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def sign_in(client: httpx.AsyncClient, block: str) -> Any:
    """Sign in with what the block says; the answer is who that is."""
    said = dict(re.findall(r"(E-mail|Password)\s+(\S+)", block))
    login = {"email": said["E-mail"], "password": said["Password"]}
    answer = await client.post("/api/login", json=login)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def said(client: httpx.AsyncClient) -> dict[str, list[Any]]:
    """What was said in each conversation, by the name of the customer."""
    found: dict[str, list[Any]] = {}
    for one in (await client.get("/api/chat/conversations?limit=100")).json()["items"]:
        path = f"/api/chat/conversations/{one['id']}/messages?limit=200"
        found[one["person"]["name"]] = (await client.get(path)).json()["items"]
    return found


async def test_running_it_again_counts_nothing_twice(house: House):
    """
    A second run goes on where the first one ended; one that has forgotten how far it was sends
    all of it again, and the server knows every event and every message. Where Pista ran before,
    customers write, and nothing is sent: the platforms are not the demo's, and whoever answered
    did so on the phone.
    """
    block = demo(house)
    file = Path(house.environment["PISTA_DATA_DIR"]) / "demo.json"
    kept = msgspec.json.decode(file.read_bytes(), type=Kept)

    async with httpx.AsyncClient(base_url=house.url) as client:
        me = await sign_in(client, block)
        path = f"/tracking-v2/stats/tenant/{me['tenant']['id']}"
        until = {"from": "2020-01-01", "to": kept.sent_until.isoformat(), "granularity": "month"}
        first = (await client.get(path, params=until)).json()
        talked = await said(client)
        assert kept.talks is not None
        kept.talks.told = False
        forgetful = msgspec.structs.replace(kept, sent_until=kept.sent_until - timedelta(days=2))
        file.write_bytes(msgspec.json.encode(forgetful))
        demo(house)
        second = (await client.get(path, params=until)).json()
        talked_again = await said(client)

    assert me["tenant"]["name"] == "Demo: Tienda Sol"
    assert first["totalEvents"] > 200
    assert first["botEvents"] > 0
    assert second == first
    ours = [one for some in talked.values() for one in some if one["direction"] == "out"]
    assert {(one["author"], one["status"]) for one in ours} <= {(None, "sent")}
    ids = {name: [one["id"] for one in some] for name, some in talked.items()}
    # Whoever was writing in the first run has gone on in the second.
    again = {name: [one["id"] for one in talked_again[name][: len(ids[name])]] for name in ids}
    assert again == ids
    assert len(ids) >= 8


async def look_around(url: str, block: str) -> None:
    """As somebody does who opens the inbox and answers a customer."""
    async with httpx.AsyncClient(base_url=url) as client:
        await sign_in(client, block)
        talked = await said(client)
        everything = [one for some in talked.values() for one in some]
        kinds = {one["kind"] for one in everything}
        assert {"text", "image", "voice", "location", "template"} <= kinds
        states = {one["status"] for one in everything if one["direction"] == "out"}
        assert {"read", "delivered", "failed", "accepted"} <= states
        assert any(one["reactions"] for one in everything)
        assert any(one["quoted"] for one in everything)
        assert any(one["content"].get("referral") for one in everything)
        listed = (await client.get("/api/chat/conversations?limit=100")).json()["items"]
        waiting = {one["person"]["name"] for one in listed if not one["assignedTo"]}
        assert "Camila Ibarra" in waiting
        camila = next(one for one in listed if one["person"]["name"] == "Camila Ibarra")
        assert camila["unread"] >= 2
        for kind in ("image", "voice"):
            file = next(one for one in everything if one["kind"] == kind)
            answer = await client.get(f"/api/chat/media/{file['id']}")
            assert answer.status_code == 200
            assert len(answer.content) > 5_000
        claims = await client.get(f"/api/linking/claims?contactId={mariana(listed)}")
        assert [one["method"] for one in claims.json()["items"]] == ["whatsapp"]
        await is_answered(client, camila["id"])


def mariana(listed: list[Any]) -> str:
    named = "Mariana Castañeda"
    return next(one["contact"]["id"] for one in listed if one["person"]["name"] == named)


async def is_answered(client: httpx.AsyncClient, conversation: str) -> None:
    """The customer gets the message, reads it, and says something."""
    path = f"/api/chat/conversations/{conversation}/messages"
    hello = {"type": "text", "text": "¡Hola! ¿En qué te ayudamos?"}
    sent = await client.post(path, json=hello, headers={"Idempotency-Key": "hello-camila"})
    assert sent.status_code == 201, sent.text
    async with asyncio.timeout(60):
        while True:
            found = (await client.get(path)).json()["items"]
            own = next(place for place, one in enumerate(found) if one["id"] == sent.json()["id"])
            if found[own]["status"] == "read" and len(found) > own + 1:
                return
            await asyncio.sleep(0.2)


def test_it_brings_its_own_pista_and_takes_it_along(open_folder: Path):
    """
    Where no Pista runs, the demo starts one, with platforms of its own; customers have written and
    go on. Ctrl-C ends all of it, with nothing left behind.
    """
    log = (open_folder / "log").open("w")
    command = [sys.executable, "-m", "pista.cli", "demo", *SMALL]
    data_dir = open_folder / "data"
    environment = os.environ | {"PISTA_PORT": str(free_port()), "PISTA_DATA_DIR": str(data_dir)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
    ) as playing:
        assert playing.stdout is not None
        block = ""
        for line in playing.stdout:
            block += line
            if "visitors go on coming" in line:
                break
        running = runtime.find(data_dir)
        assert running is not None
        asyncio.run(look_around(running.web_url, block.partition("Demo: Tienda Sol")[2]))
        playing.send_signal(signal.SIGINT)
        rest = playing.stdout.read()
        assert playing.wait(20) == 0
    log.close()

    assert runtime.since(running.pid) is None
    assert "The demo has stopped" in rest
