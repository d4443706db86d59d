"""Who has a window open is there; who closes the last one, or whose line is cut, soon is not."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from pista import desk
from pista.app import House
from pista.store.postgres import Postgres
from pista.web import screens
from tests.desk.conftest import Agent
from tests.desk.live.conftest import Open, Screen

PATIENCE = 120
AVAILABLE = {"state": "available"}


@pytest.fixture(autouse=True)
async def in_time() -> AsyncGenerator[None]:
    async with asyncio.timeout(PATIENCE):
        yield


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window is silent for too long, however slow the machine."""
    monkeypatch.setattr(screens, "ASESOR_SECONDS", 3600.0)


async def shown(gtr: Agent, agent: Agent) -> dict[str, Any]:
    items = (await gtr.ok("GET", "/api/desk/asesores"))["items"]
    return next(one for one in items if one["id"] == str(agent.user))


async def presence(agent: Agent, supervisor: Screen) -> str:
    while True:
        last = (await supervisor.heard("ASESOR_PRESENCE"))[-1]
        if last["asesorId"] == str(agent.user):
            return last["state"]


@pytest.mark.usefixtures("answering")
async def test_who_closes_the_last_window_is_gone_in_seconds(
    gtr: Agent, ana: Agent, other: House, open_screen: Open
):
    """
    Though they said a moment ago that they are there; a second tab, at another web process,
    keeps them. Whoever opens one again is there again, and supervisors hear all of it.
    """
    supervisor = await open_screen(gtr)
    await ana.ok("PUT", "/api/desk/presence", json=AVAILABLE)
    assert await presence(ana, supervisor) == "available"
    first, second = await open_screen(ana), await open_screen(ana, other)

    await first.cut()
    # Longer than somebody without another window has.
    await asyncio.sleep(6)
    assert (await shown(gtr, ana))["present"] is True
    assert supervisor.left() == []

    await second.cut()
    assert await presence(ana, supervisor) == "away"
    assert (await shown(gtr, ana))["state"] == "away"

    await open_screen(ana)
    assert await presence(ana, supervisor) == "available"
    assert (await shown(gtr, ana))["present"] is True


async def test_who_does_not_answer_is_not_there(
    gtr: Agent, ana: Agent, open_screen: Open, monkeypatch: pytest.MonkeyPatch
):
    """
    A cut line closes nothing; who answers is there, also if they do nothing: what their clientes
    have left is another clock.
    """
    monkeypatch.setattr(screens, "ASESOR_SECONDS", 2.0)
    supervisor = await open_screen(gtr)
    one = (await gtr.enter())["id"]
    before = (await gtr.derive(one, ana))["due_at"]
    hers = await open_screen(ana)
    await ana.ok("PUT", "/api/desk/presence", json=AVAILABLE)

    async def answer() -> None:
        while True:
            await hers.next("still_here")
            await hers.say(type="here")

    answering = asyncio.create_task(answer())
    await asyncio.sleep(6)
    assert (await shown(gtr, ana))["present"] is True
    answering.cancel()
    while await presence(ana, supervisor) != "away":
        pass

    assert (await shown(gtr, ana))["present"] is False
    assert (await gtr.ok("GET", f"/api/clientes/{one}"))["due_at"] == before


@pytest.mark.usefixtures("answering")
async def test_a_process_that_dies_keeps_nobody(
    gtr: Agent, ana: Agent, postgres: Postgres, house: House, open_screen: Open
):
    """
    What it noted ends by the database's clock, and of all others one tells of it, once.
    """
    supervisor = await open_screen(gtr)
    await ana.ok("PUT", "/api/desk/presence", json=AVAILABLE)
    assert await presence(ana, supervisor) == "available"
    async with postgres.transaction() as tx:
        await tx.execute("update desk_presence set here_until = clock_timestamp()")

    async def note() -> None:
        async with postgres.transaction() as tx:
            await desk.note_windows(tx, house.screens.present(), [])

    assert (await shown(gtr, ana))["present"] is False
    await asyncio.gather(*(note() for _ in range(4)))

    assert await presence(ana, supervisor) == "away"
    await asyncio.sleep(2)
    assert supervisor.left() == []
