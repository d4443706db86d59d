"""kill -9 of every process, in turn and at random, while events come in: each is counted once."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.chaos.load import Load
from tests.journeys.house import Company, House
from tests.processes import gone, lives
from tests.timing import stretched

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(180)]

# What stands on the command line of each.
ROLES = {
    "web": "pista.cli web",
    "worker": "pista.cli worker",
    "clickhouse": "embedded.clickhouse",
    "postgres": "bin/postgres",
}
KILLS = 24
CLIENTS = 6
WEB_WORKERS = 2
SECONDS_TO_BE_WHOLE = 15
SECONDS_TO_DRAIN = 40


@pytest.fixture
def house(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[House]:
    monkeypatch.setenv("PISTA_WEB_WORKERS", str(WEB_WORKERS))
    monkeypatch.setenv("PISTA_LOG_LEVEL", "warning")
    started = House(open_folder)
    yield started
    # Shown by pytest if the test has failed.
    print(started.said()[-20_000:])
    started.close()


def of_role(house: House, role: str) -> list[psutil.Process]:
    found: list[psutil.Process] = []
    for child in psutil.Process(house.process.pid).children():
        try:
            if lives(child) and ROLES[role] in " ".join(child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


async def until(true: Callable[[], Awaitable[Any]], seconds: float) -> float:
    """The seconds that it took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return time.monotonic() - began
            await asyncio.sleep(0.02)


async def kill_one(house: House, role: str, dice: random.Random) -> None:
    """kill -9 one of that role, as soon as there is one."""

    async def killed() -> bool:
        found = of_role(house, role)
        if found:
            dice.choice(found).kill()
        return bool(found)

    await until(killed, SECONDS_TO_BE_WHOLE)


async def whole_again(house: House) -> float:
    """The seconds until every process is there and says that all is well."""

    async def whole() -> bool:
        return len(of_role(house, "web")) == WEB_WORKERS and await _is_well(client)

    async with httpx.AsyncClient(base_url=house.url) as client:
        return await until(whole, SECONDS_TO_BE_WHOLE)


async def _is_well(client: httpx.AsyncClient) -> bool:
    try:
        answer = await client.get("/health/ready")
    except httpx.TransportError:
        return False
    return answer.status_code == 200 and answer.json()["status"] == "ok"


async def drained(client: httpx.AsyncClient) -> float:
    """The seconds until nothing waits in the journal any more."""

    async def nothing_waits() -> bool:
        answer = await client.get("/tracking-v2/health")
        return answer.json()["buffer"]["currentSize"] == 0

    return await until(nothing_waits, SECONDS_TO_DRAIN)


async def statistics(company: Company, client: httpx.AsyncClient, border: datetime) -> Any:
    days = {"from": f"{border - timedelta(days=2):%Y-%m-%d}", "to": f"{border:%Y-%m-%d}"}
    answer = await client.get(f"/tracking-v2/stats/tenant/{company.tenant}", params=days)
    assert answer.status_code == 200, answer.text
    return answer.json()


def start_of_last_month(now: datetime) -> datetime:
    this_month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (this_month - timedelta(days=1)).replace(day=1)


async def wreak_havoc(house: House, dice: random.Random) -> list[float]:
    """Kill in turn and at random; how long each time until the tree was whole, if waited for."""
    roles = list(ROLES) * 4 + dice.choices(list(ROLES), k=KILLS - 4 * len(ROLES))
    waits: list[float] = []
    for number, role in enumerate(roles):
        await asyncio.sleep(dice.uniform(0.05, 1.2))
        await kill_one(house, role, dice)
        # Now and then the next one dies while the last one is still away.
        if number % 3:
            waits.append(await whole_again(house))
    return waits


async def test_what_was_acknowledged_is_counted_once_whoever_is_killed(house: House):
    """
    24 kills under load over a month border: totals, types and visitors are exact afterwards.
    """
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    print(f"CHAOS_SEED={seed}")
    dice = random.Random(seed)
    house.ready()
    company = Company(house, "*")
    border = start_of_last_month(datetime.now(UTC))
    load = Load(house.url, company.site, border, dice)
    sending = asyncio.create_task(load.run(CLIENTS))

    waits = await wreak_havoc(house, dice)
    load.end()
    await sending
    last = await whole_again(house)
    async with company.client() as client:
        drain = await drained(client)
        found = await statistics(company, client, border)

    print(
        f"{KILLS} kills, {load.batches} batches in {load.tries} tries,"
        f" {load.acknowledged.total()} events; longest without any answer"
        f" {load.longest_wait:.2f} s, whole again after at most {max([*waits, last]):.2f} s,"
        f" drained in {drain:.2f} s"
    )
    assert found["eventsByType"] == dict(load.acknowledged)
    assert found["totalEvents"] == load.acknowledged.total()
    assert found["uniqueVisitors"] == len(load.visitors)
    assert sum(step["events"] for step in found["series"]) == load.acknowledged.total()
    processes = house.tree()
    assert house.stop() < stretched(10)
    assert gone(processes, 0)
