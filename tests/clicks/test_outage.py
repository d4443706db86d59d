"""Visitors while PostgreSQL is away or slow, or the process that leads them is killed."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from prometheus_client import REGISTRY

from pista.clicks import writing
from pista.store import reach
from pista.store.embedded.postgres import Cluster
from tests.clicks.conftest import Answer, asked, counts, kept, new_link
from tests.collect.conftest import Served, serving
from tests.collect.test_outage import cluster, hanging, ready, up
from tests.events.writing import until

__all__ = ["cluster"]

GOAL = "https://t.me/tienda_bot"


@pytest.fixture
async def served(cluster: Cluster) -> AsyncGenerator[Served]:
    """A house whose registry knows one link."""
    with up(cluster):
        await ready(cluster)
        async with serving(cluster.url) as house:
            async with house.house.postgres.transaction() as tx:
                await tx.execute("delete from links")
                await new_link(tx, house.tenant.id, "bot")
            await house.house.links.load()
            yield house


async def test_while_postgresql_hangs_visitors_go_on_and_are_counted(
    served: Served, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
):
    """
    Without a token, which would mean nothing; and the loss is shown as soon as it can be written,
    also if nobody comes any more.
    """
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 0.05)
    before = _lost()
    with hanging(cluster):
        # The first two are being written and may be there afterwards; the others never are.
        answers = [await asked(served, b"/go/bot?fbclid=1") for _ in range(5)]
    lost = _lost() - before
    await until(lambda: _are_counted(served, 5), 60)
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 60.0)

    back = await asked(served, b"/go/bot?fbclid=2")

    tokens = [click["token"] for click in await kept(served)]
    assert [(one.status, one.goal) for one in answers] == [(302, GOAL)] * 5
    assert back.goal == f"{GOAL}?start={back.token}"
    assert tokens.count(back.token) == 1
    assert lost == 5
    assert (await counts(served))["lost"] == 5


async def test_down_and_back(cluster: Cluster):
    """
    While it is down everybody goes on at once; when it is back clicks are kept as before.
    """
    with up(cluster):
        await ready(cluster)
        opened = serving(cluster.url)
        served = await opened.__aenter__()
        async with served.house.postgres.transaction() as tx:
            await tx.execute("delete from links")
            await tx.execute("delete from clicks")
            await new_link(tx, served.tenant.id, "bot")
        await served.house.links.load()
        kept_first = await asked(served, b"/go/bot")

    down = await asyncio.gather(*(asked(served, b"/go/bot") for _ in range(20)))
    unknown = await asked(served, b"/go/nothing")
    with up(cluster):
        await reach.postgres(cluster.url, patience=60)
        back = await _tokened(served)
        tokens = {click["token"] for click in await kept(served)}
        await until(lambda: _are_counted(served, len(down)), 60)
        await opened.__aexit__(None, None, None)

    assert {one.goal for one in down} == {GOAL}
    assert unknown.status == 404
    assert {kept_first.token, back.token} <= tokens


async def _are_counted(served: Served, least: int) -> bool:
    return (await counts(served))["lost"] >= least


def _lost() -> float:
    return REGISTRY.get_sample_value("pista_clicks_lost_total") or 0.0


async def _tokened(served: Served) -> Answer:
    """The first answer with a token: the pool may try a dead connection or two before."""
    for _ in range(1_000):
        answer = await asked(served, b"/go/bot")
        if "?start=" in answer.goal:
            return answer
    raise AssertionError("no click is kept any more")
