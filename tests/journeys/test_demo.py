"""`pista demo` as somebody meets it who wants to look around."""

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


async def test_running_it_again_counts_nothing_twice(house: House):
    """
    A second run goes on where the first one ended; one that has forgotten how far it was sends
    all of it again, and the server knows every event.
    """
    block = demo(house)
    file = Path(house.environment["PISTA_DATA_DIR"]) / "demo.json"
    kept = msgspec.json.decode(file.read_bytes(), type=Kept)

    async with httpx.AsyncClient(base_url=house.url) as client:
        me = await sign_in(client, block)
        path = f"/tracking-v2/stats/tenant/{me['tenant']['id']}"
        until = {"from": "2020-01-01", "to": kept.sent_until.isoformat(), "granularity": "month"}
        first = (await client.get(path, params=until)).json()
        forgetful = msgspec.structs.replace(kept, sent_until=kept.sent_until - timedelta(days=2))
        file.write_bytes(msgspec.json.encode(forgetful))
        demo(house)
        second = (await client.get(path, params=until)).json()

    assert me["tenant"]["name"] == "Demo: Tienda Sol"
    assert first["totalEvents"] > 200
    assert first["botEvents"] > 0
    assert second == first


def test_it_brings_its_own_pista_and_takes_it_along(open_folder: Path):
    """
    Where no Pista runs, the demo starts one; Ctrl-C ends both, with nothing left behind.
    """
    log = (open_folder / "log").open("w")
    command = [sys.executable, "-m", "pista.cli", "demo", *SMALL]
    data_dir = open_folder / "data"
    environment = os.environ | {"PISTA_PORT": str(free_port()), "PISTA_DATA_DIR": str(data_dir)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
    ) as playing:
        assert playing.stdout is not None
        for line in playing.stdout:
            if "visitors go on coming" in line:
                break
        running = runtime.find(data_dir)
        playing.send_signal(signal.SIGINT)
        rest = playing.stdout.read()
        assert playing.wait(20) == 0
    log.close()

    assert running is not None
    assert runtime.since(running.pid) is None
    assert "The demo has stopped" in rest
