"""Everything that was acknowledged is told, once, whatever flushes and whoever comes and goes."""

import asyncio
import random
import time

import pytest

from pista.events import writer
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Journal
from pista.store.postgres import Postgres
from pista.stream.tail import Tail
from tests.events.conftest import OTHER_TENANT
from tests.events.writing import drained, writing
from tests.stream.reading import OURS, Client, at_random, line, new_id, write

SECONDS = 1.5


async def send_for(
    seconds: float, journal: Journal, acknowledged: dict[str, float], seed: int
) -> None:
    """Batches of all sizes, of two tenants; what is acknowledged, and when."""
    dice = random.Random(seed)
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        ids = [new_id() for _ in range(dice.choice([1, 1, 3, 40]))]
        theirs = [line(new_id(), tenant=OTHER_TENANT) for _ in range(dice.randrange(3))]
        lines = theirs + [line(event_id) for event_id in ids]
        dice.shuffle(lines)
        await write(journal, *lines)
        acknowledged |= {str(event_id): time.monotonic() for event_id in ids}
        await asyncio.sleep(dice.random() * 0.04)


async def come_and_go(client: Client, opened: list[Tail], seed: int) -> None:
    """Read here or there, be cut off in the middle, come back after a while."""
    dice = random.Random(seed)
    while True:
        await client.read(dice.choice(opened), at_random(0.01, dice.randrange(2**30)))
        await asyncio.sleep(dice.random() * 0.2)


async def test_all_is_told_once_to_whoever_comes_and_goes(
    two_tails: list[Tail],
    two_journals: list[Journal],
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Two processes write while flushes take their rows away as fast as they can; readers are cut
    off at random and come back to either process: each has everything once, and nobody else's.
    """
    monkeypatch.setattr(writer, "BETWEEN_FLUSHES_SECONDS", 0.0)
    acknowledged: dict[str, float] = {}
    clients = [Client(postgres, clickhouse, OURS) for _ in range(4)]
    async with writing(database, clickhouse_database):
        reading = [
            asyncio.create_task(come_and_go(client, two_tails, seed))
            for seed, client in enumerate(clients)
        ]
        for client in clients:
            await client.until(lambda client=client: bool(client.last_id))

        sending = (
            send_for(SECONDS, journal, acknowledged, seed)
            for seed, journal in enumerate(two_journals)
        )
        await asyncio.gather(*sending)
        for client in clients:
            await client.until(lambda client=client: len(client.ids) >= len(acknowledged))
        await drained(postgres)

        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)

    for client in clients:
        assert sorted(client.ids) == sorted(acknowledged)
        assert (client.gaps, client.skipped) == ([], [])


async def test_an_event_is_told_within_a_second_of_its_answer(
    two_tails: list[Tail],
    two_journals: list[Journal],
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    postgres: Postgres,
):
    """
    Whichever process took it, and while flushes go on.
    """
    acknowledged: dict[str, float] = {}
    client = Client(postgres, clickhouse, OURS)
    async with writing(database, clickhouse_database):
        reading = asyncio.create_task(client.read(two_tails[0]))
        await client.until(lambda: bool(client.last_id))

        sending = (
            send_for(1.2, journal, acknowledged, seed) for seed, journal in enumerate(two_journals)
        )
        await asyncio.gather(*sending)
        await client.until(lambda: len(client.ids) >= len(acknowledged))
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    behind = sorted(client.heard_at[one] - at for one, at in acknowledged.items())
    print(f"median {behind[len(behind) // 2]:.3f} s, p99 {behind[len(behind) * 99 // 100]:.3f} s")
    assert behind[len(behind) * 99 // 100] < 1
