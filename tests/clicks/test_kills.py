"""Two web processes lead the same link, and one of them is killed -9."""

import asyncio

import pytest
from msgspec import structs

from pista.store.embedded.process import free_port
from tests.clicks.conftest import Answer, asked, counts, kept, new_link
from tests.collect.conftest import Served
from tests.crm.test_kills import web

PATIENCE_SECONDS = 60.0


async def test_a_kill_between_commit_and_answer(
    served: Served, database: str, monkeypatch: pytest.MonkeyPatch
):
    """
    The third click of the process that is killed is committed, and its visitor hears nothing: they
    try again and are led on by the other one. Every token that anybody was given is there, each
    once, and the counts are those of the rows.
    """
    monkeypatch.setattr("pista.clicks.writing.PATIENCE_SECONDS", PATIENCE_SECONDS)
    async with served.house.postgres.transaction() as tx:
        await new_link(tx, served.tenant.id, "bot")
    await served.house.links.load()
    port = free_port()
    other = structs.replace(served, url=f"http://127.0.0.1:{port}")

    with web(database, port, "tests.clicks.dying_web") as dying:
        await _is_up(other)
        given = [await asked(other, b"/go/bot?fbclid=1") for _ in range(2)]
        given += await asyncio.gather(*(asked(served, b"/go/bot?fbclid=2") for _ in range(20)))
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await asked(other, b"/go/bot?fbclid=3")
        assert await asyncio.to_thread(dying.wait, PATIENCE_SECONDS) == -9
    given.append(await asked(served, b"/go/bot?fbclid=3"))

    rows = await kept(served)
    tokens = [row["token"] for row in rows]
    assert len(set(tokens)) == len(tokens) == len(given) + 1
    assert {answer.token for answer in given} < set(tokens)
    assert [row["fbclid"] for row in rows].count("3") == 2
    assert (await counts(served))["clicks"] == len(rows)


async def _is_up(served: Served) -> Answer:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                return await asked(served, b"/go/none")
            except ConnectionError:
                await asyncio.sleep(0.05)
