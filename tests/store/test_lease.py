"""A lead is kept by who shows that it lives, and taken from who does not."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest

from pista.store import lease
from pista.store import postgres as store
from pista.store.lease import Lease

LOCK = 7_405_999_001
"""Above 32 bits, as those of the house."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(lease, "FROZEN_SECONDS", 0.4)


@pytest.fixture
async def holder(database: str) -> AsyncGenerator[Any]:
    connection: Any = await store.connect(database)
    assert await lease.take(connection, LOCK)
    yield connection
    connection.terminate()


@pytest.fixture
async def other(database: str) -> AsyncGenerator[Any]:
    connection: Any = await store.connect(database)
    yield connection
    connection.terminate()


async def tries(connection: Any, seconds: float) -> bool:
    """Whether it gets the lock within that time."""
    for _ in range(round(seconds / 0.05)):
        if await lease.take(connection, LOCK):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_who_says_nothing_loses_the_lead_and_can_decide_nothing(holder: Any, other: Any):
    """
    The lock passes on, and the old holder hears at its next word that it is too late.
    """
    assert await tries(other, 3)

    with pytest.raises(store.AWAY):
        await Lease(holder).check()


async def test_who_is_busy_elsewhere_keeps_the_lead(holder: Any, other: Any):
    """
    While ClickHouse takes its time the holder says nothing of its own, and still shows its life.
    """
    lead = Lease(holder)
    keeping = asyncio.create_task(lead.keep())

    assert not await tries(other, 1.2)

    await lead.check()
    keeping.cancel()


async def test_a_slow_statement_is_no_frozen_holder(holder: Any, other: Any):
    """
    It is the server that works; and what waits on a lock or the disk is not ended either.
    """
    lead = Lease(holder)
    keeping = asyncio.create_task(lead.keep())
    async with lead.transaction() as tx:
        slow = asyncio.create_task(tx.value("select pg_sleep(1.2)"))

        assert not await tries(other, 1)

        await slow
    keeping.cancel()


async def test_a_holder_that_takes_no_answer_is_ended_later(
    holder: Any, other: Any, monkeypatch: pytest.MonkeyPatch
):
    """
    The server waits for it to read: that is not work, but may be a slow network.
    """
    monkeypatch.setattr(lease, "DEAF_SECONDS", 1.0)
    transport = holder._transport
    transport.pause_reading()
    much = "select repeat('x', 100000) from generate_series(1, 500)"
    asked = asyncio.create_task(holder.fetch(much))

    assert not await tries(other, 0.8)
    assert await tries(other, 3)

    transport.resume_reading()
    with pytest.raises((*store.AWAY, asyncpg.PostgresError)):
        await asked
