"""News between processes: heard by all, after the commit, and again after a lost connection."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

import msgspec
import pytest

from pista import queue
from pista.queue import Listener
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.killing import CUT_CONNECTIONS


class Something(msgspec.Struct, tag="something", tag_field="type"):
    text: str


class Heard:
    """What one listener hears; an empty payload means: look again."""

    def __init__(self) -> None:
        self.news: asyncio.Queue[str] = asyncio.Queue()

    async def next(self) -> str:
        async with asyncio.timeout(60):
            return await self.news.get()


@pytest.fixture
async def heard(database: str) -> AsyncGenerator[Heard]:
    found = Heard()
    listener = Listener(database, {queue.NEWS: found.news.put_nowait})
    listener.start()
    assert await found.next() == ""
    yield found
    await listener.stop()


async def test_news_are_heard_after_the_commit(heard: Heard, postgres: Postgres):
    """
    What is rolled back was never said.
    """
    with suppress(RuntimeError):
        async with postgres.transaction() as tx:
            await queue.announce(tx, Something(text="never"))
            raise RuntimeError
    async with postgres.transaction() as tx:
        await queue.announce(tx, Something(text="está"))

    assert await heard.next() == '{"type":"something","text":"está"}'
    assert heard.news.empty()


async def test_what_is_said_while_another_has_been_told_is_heard(
    heard: Heard, database: str, monkeypatch: pytest.MonkeyPatch
):
    """
    Also in the moment in which who told it gives its connection back.
    """
    calls, gives_back, may_go = 0, asyncio.Event(), asyncio.Event()

    async def leave(_connection: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:  # the first is the transaction's own
            gives_back.set()
            await may_go.wait()

    monkeypatch.setattr(store, "_leave", leave)
    pool = await store.open_pool(database)
    async with pool.transaction() as tx:
        await queue.announce(tx, Something(text="first"))
    await gives_back.wait()
    async with pool.transaction() as tx:
        await queue.announce(tx, Something(text="second"))
    may_go.set()

    async with asyncio.timeout(60):
        assert "first" in await heard.next()
        assert "second" in await heard.next()
    await pool.close()


async def test_after_a_lost_connection_it_looks_again_at_once(heard: Heard, postgres: Postgres):
    """
    Within two seconds, and what is said from then on is heard.
    """
    async with postgres.transaction() as tx:
        await tx.execute(CUT_CONNECTIONS)

    async with asyncio.timeout(60):
        assert await heard.next() == ""
    async with postgres.transaction() as tx:
        await queue.announce(tx, Something(text="again"))
    assert "again" in await heard.next()


async def test_what_is_too_large_is_refused_here(postgres: Postgres):
    """
    PostgreSQL's limit is 8,000 bytes, counted in bytes.
    """
    async with postgres.transaction() as tx:
        with pytest.raises(ValueError, match="Something is too large"):
            await queue.announce(tx, Something(text="ñ" * 4_000))
