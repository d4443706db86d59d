"""How long the supervisor waits, before it starts something again and before it gives it up."""

import asyncio
import os

import pytest

from pista import pulse
from pista.supervisor import vigil
from pista.supervisor.child import delay_after
from pista.supervisor.vigil import Asking, Listening


@pytest.mark.parametrize(
    ("deaths", "failed_starts", "seconds"),
    [
        (1, 0, 0.1),
        # A bad moment, such as the memory being short: nobody waits for it.
        (3, 3, 0.1),
        (4, 4, 0.2),
        # It came up each time, so it is not its start that fails.
        (50, 0, 0.5),
        # Killed again and again, and once before it was up.
        (50, 1, 0.5),
        (7, 7, 1.6),
        # It never came up: starting it costs more than it brings.
        (50, 50, 5.0),
    ],
)
def test_who_dies_in_a_row_is_started_again_more_slowly(
    deaths: int, failed_starts: int, seconds: float
):
    """
    The delay grows with the deaths in a row, and further with starts that came to nothing.
    """
    assert delay_after(deaths, failed_starts) == pytest.approx(seconds)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vigil, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(vigil, "AT_START_SECONDS", 0.001)


async def looks_until_hung(answers: list[bool]) -> int:
    """How many questions an engine is asked that answers so, and then never again."""
    asked = 0

    async def question() -> bool:
        nonlocal asked
        asked += 1
        if asked > len(answers) or not answers[asked - 1]:
            await asyncio.Event().wait()
        return True

    await Asking(question).until_hung()
    return asked


async def test_a_busy_engine_is_not_given_up():
    """
    Four looks without an answer, then one: the count begins anew.
    """
    busy = [True, *([False] * 4 + [True]) * 3]

    assert await looks_until_hung(busy) == len(busy) + vigil.LOOKS


async def test_before_its_first_sign_it_is_given_much_longer(monkeypatch: pytest.MonkeyPatch):
    """
    An engine that reads its data answers nobody yet.
    """
    monkeypatch.setattr(Asking, "looks_at_start", 12)

    assert await looks_until_hung([]) == 12


async def test_a_loop_that_stands_still_has_no_pulse(monkeypatch: pytest.MonkeyPatch):
    """
    Beats are heard as long as they come, and missed when they end.
    """
    listening = Listening()
    monkeypatch.setenv(pulse.VARIABLE, str(os.dup(listening.pipe or 0)))
    monkeypatch.setattr(pulse, "EVERY_SECONDS", 0.005)
    pulse.start()
    assert pulse.VARIABLE not in os.environ
    hung = asyncio.create_task(listening.until_hung())
    await asyncio.sleep(10 * vigil.LOOK_SECONDS)
    assert not hung.done()
    assert listening.was_well

    monkeypatch.setattr(pulse, "EVERY_SECONDS", 60)

    await asyncio.wait_for(hung, 20 * vigil.LOOK_SECONDS + 1)
    listening.end()
