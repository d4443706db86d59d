"""Two colleagues at the same conversation, each in a browser of their own: what one does the other
sees, what comes in both see, and whoever was away misses nothing.

Five minutes away are told by moving the clock of that browser, and with it every timer of the
page; by three pages of messages meanwhile; and by new web processes, which remember nobody.
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.fakes.line import Line, line_to
from tests.journeys.house import House
from tests.journeys.office import PATIENCE, Agent, Office, Platforms, opened, sitting, until
from tests.processes import gone

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FIRST = "Hola, ¿tienen rosas?"
OFFLINE = "Offline. What arrives meanwhile will be here when you are back."
MISSED = [f"Pregunta {number}" for number in range(1, 131)]
IN_A_WEBHOOK = 10

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
async def office(house: House, platforms: Platforms) -> AsyncGenerator[Office]:
    async with opened(house, platforms, "oficina") as office:
        yield office


@pytest.fixture
async def line(house: House) -> AsyncGenerator[Line]:
    """Beto's network."""
    async with line_to(house.port) as line:
        yield line


@pytest.fixture
async def ana(browser: Browser, house: House, office: Office) -> AsyncGenerator[Agent]:
    size = {"width": 1440, "height": 900}
    async with sitting(browser, house, office, "Ana", "admin", house.url, viewport=size) as agent:
        yield agent


@pytest.fixture
async def beto(browser: Browser, house: House, office: Office, line: Line) -> AsyncGenerator[Agent]:
    size = {"width": 1100, "height": 800}
    async with sitting(browser, house, office, "Beto", "gtr", line.url, viewport=size) as agent:
        yield agent


async def test_two_agents_at_one_conversation(
    house: House, office: Office, ana: Agent, beto: Agent, line: Line, shots: Path
):
    """
    One writes and the other sees it, also who answers and whose it is; messages and their ticks
    come to both; and after five minutes without a network nothing is missing and nothing twice.
    """
    await office.write(FIRST)
    talk = await office.talk_about(FIRST)
    for agent in (ana, beto):
        await agent.open(talk)
        await expect(agent.bubble(FIRST)).to_be_visible()

    await _one_writes(ana, beto)
    await _it_comes_to_both(office, ana, beto)
    await _ticks(office, ana, beto)
    await _whose_it_is(ana, beto)
    await beto.page.screenshot(path=shots / "two-agents.png")
    await _five_minutes_away(house, office, ana, beto, line, talk)
    await _on_telegram(office, ana, beto)

    for agent in (ana, beto):
        assert await agent.has_not_reloaded()


async def _one_writes(ana: Agent, beto: Agent) -> None:
    """And the other is told before they answer as well, until the first one has gone."""
    await expect(ana.head).to_have_text("Beto is looking")
    warning = beto.page.get_by_text("Ana is answering.")
    await ana.write_until(beto.head.filter(has_text="Ana is writing…"))
    await expect(warning).to_be_visible()
    await beto.answer("Sí, tenemos")
    await beto.write_until(ana.head.filter(has_text="Beto is writing…"))
    await expect(beto.page.get_by_role("button", name="Send")).to_be_disabled()

    await ana.page.clock.fast_forward(11_000)
    await expect(beto.head).to_have_text("Ana is looking")
    await ana.field.press("Escape")
    await ana.page.keyboard.press("Escape")
    await expect(beto.head).to_have_text("Tienda Sol")
    await expect(warning).to_have_count(0)
    await expect(beto.page.get_by_role("button", name="Send")).to_be_enabled()
    await beto.field.fill("")
    await ana.row("Rosa").click()


async def _it_comes_to_both(office: Office, ana: Agent, beto: Agent) -> None:
    await office.write("¿Y claveles?")
    for agent in (ana, beto):
        await expect(agent.bubble("¿Y claveles?")).to_be_visible()


async def _ticks(office: Office, ana: Agent, beto: Agent) -> None:
    """As WhatsApp tells how far it got, both see it. Once it is sent, others may answer."""
    answer, warning = "Sí, también claveles", beto.page.get_by_text("Ana is answering.")
    await ana.field.fill(answer)
    await expect(warning).to_be_visible()
    await ana.field.press("Enter")
    await expect(beto.bubble(answer)).to_contain_text("Ana")
    await expect(warning).to_have_count(0)
    taken = (await until(lambda: office.taken(answer)))[0]
    for state in ("sent", "delivered", "read"):
        await office.tell(taken, state)
        for agent in (ana, beto):
            tick = agent.bubble(answer).locator(f"[data-status={state}]")
            await expect(tick).to_be_visible()


async def _whose_it_is(ana: Agent, beto: Agent) -> None:
    await ana.assign("Assign", "Take it")
    await expect(beto.page.get_by_role("button", name="Assigned to Ana")).to_be_visible()
    await beto.assign("Assigned to Ana", "Take it")
    await expect(ana.page.get_by_role("button", name="Assigned to Beto")).to_be_visible()


async def _five_minutes_away(
    house: House, office: Office, ana: Agent, beto: Agent, line: Line, talk: str
) -> None:
    offline = beto.page.get_by_text(OFFLINE).first
    await beto.context.set_offline(True)
    line.cut()
    await expect(offline).to_be_visible()
    await beto.answer("Ahora mismo")
    await expect(beto.page.get_by_text("Sending…")).to_be_visible()

    for first in range(0, len(MISSED), IN_A_WEBHOOK):
        await office.write(*MISSED[first : first + IN_A_WEBHOOK])
        if MISSED[first] == "Pregunta 61":
            await _new_web_processes(house, office)
    await office.write("¿Hay alguien?", phone="51991230001", name="Otra persona")
    await expect(ana.said(MISSED[-1])).to_be_visible()
    await expect(ana.row("¿Hay alguien?")).to_be_visible()
    await beto.page.clock.fast_forward(5 * 60_000)
    await expect(offline).to_be_visible()
    await expect(beto.said(MISSED[0])).to_have_count(0)

    line.mend()
    await beto.context.set_offline(False)
    await expect(offline).to_have_count(0)
    await expect(beto.said(MISSED[-1])).to_be_visible()
    await expect(beto.row("¿Hay alguien?")).to_be_visible()
    await expect(ana.bubble("Ahora mismo")).to_be_visible()
    await _nothing_is_missing(office, beto, talk)
    assert len(await office.taken("Ahora mismo")) == 1


async def _new_web_processes(house: House, office: Office) -> None:
    """The old ones are killed; what they knew is gone."""
    old = house.children("web")
    for process in old:
        process.kill()
    assert await asyncio.to_thread(gone, old, PATIENCE)
    await until(office.is_answered)


async def _nothing_is_missing(office: Office, agent: Agent, talk: str) -> None:
    """Up to where it began: the very messages that there are, each once and in their order."""
    kept = await office.messages(talk)
    await agent.read_from_the_beginning()
    shown = await agent.bubbles.evaluate_all("all => all.map(one => one.id)")
    assert shown == [f"message-{one['id']}" for one in kept]
    asked = [one["text"] for one in kept if one["text"].startswith("Pregunta")]
    assert sorted(asked) == sorted(MISSED)


async def _on_telegram(office: Office, ana: Agent, beto: Agent) -> None:
    question, answer = "¿Abren hoy?", "Hasta las ocho"
    await office.write_to_bot(question)
    for agent in (ana, beto):
        await agent.row(question).click()
        await expect(agent.bubble(question)).to_be_visible()
    await beto.answer(answer)
    await expect(ana.bubble(answer).locator("[data-status=accepted]")).to_be_visible()
