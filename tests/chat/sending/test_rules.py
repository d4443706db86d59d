"""When a message may go out, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from pista.chat.sending import rules
from pista.chat.sending.rules import WHATSAPP, Flow, Outcome, Slot

FIVE_BAD: list[Outcome] = ["bad", "bad", "bad", "bad", "bad"]
NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_burst_to_one_person_is_borrowed_from_later():
    """
    Forty at once, then one in six seconds.
    """
    paid, sent = None, 0
    while (more := rules.pair_paid(paid, WHATSAPP, NOON)) is not None:
        paid, sent = more, sent + 1

    assert sent == WHATSAPP.pair_burst
    assert paid is not None
    free = rules.pair_free_at(paid, WHATSAPP)
    assert free == after(6)
    assert rules.pair_paid(paid, WHATSAPP, after(5.9)) is None
    assert rules.pair_paid(paid, WHATSAPP, free) is not None
    # Whoever was not written to for a while has the whole burst again.
    assert rules.pair_paid(paid, WHATSAPP, after(1000)) == after(1006)


def test_each_message_has_a_place_in_time():
    """
    Eighty in a second; those that would have to wait long ask again when it is their turn.
    """
    flow, slots = Flow(), list[float]()
    while isinstance(slot := rules.admitted(flow, WHATSAPP, NOON), Slot):
        flow, slots = slot.flow, [*slots, slot.seconds]

    assert slots[:3] == pytest.approx([0.0, 1 / 80, 2 / 80], abs=1e-4)
    assert len(slots) == pytest.approx(rules.LONGEST_SLEEP * 80 + 1, abs=1)
    assert slot > after(rules.LONGEST_SLEEP)


def test_refusals_slow_a_number_down_and_time_makes_it_faster():
    """
    Those that come together count once.
    """
    slow = rules.slowed(rules.slowed(Flow(), WHATSAPP, NOON), WHATSAPP, after(0.5))

    assert rules.per_second(slow, WHATSAPP, NOON) == pytest.approx(56)
    assert rules.per_second(slow, WHATSAPP, after(10)) == pytest.approx(61)
    assert rules.per_second(slow, WHATSAPP, after(1000)) == 80
    for second in range(2, 60):
        slow = rules.slowed(slow, WHATSAPP, after(2 * second))
    assert rules.per_second(slow, WHATSAPP, after(118)) >= rules.SLOWEST


def learned(flow: Flow, *outcomes: Outcome, at: float = 0, trial: bool = False) -> Flow:
    for outcome in outcomes:
        flow = rules.learned(flow, outcome, after(at), trial=trial)
    return flow


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        (["bad"] * 4, False),
        (["bad"] * 5, True),
        # One in ten fails: that is what attempts are for.
        (["good"] * 9 + ["bad"] + ["good"] * 9 + ["bad"] * 5, False),
        (["good"] * 5 + ["bad"] * 6, True),
        (["neither"] * 50, False),
        (["good", "bad"] * 20, False),
    ],
)
def test_it_opens_when_most_goes_wrong(outcomes: list[Outcome], is_open: bool):
    assert (learned(Flow(), *outcomes).open_until is not None) == is_open


def test_what_was_long_ago_opens_nothing():
    """
    Each half minute halves it.
    """
    flow = learned(Flow(), *FIVE_BAD[1:])

    assert learned(flow, "bad", at=30).open_until is None


def test_one_message_is_tried_after_each_pause():
    """
    The pauses double while it goes wrong; one that goes well ends them.
    """
    flow = learned(Flow(), *FIVE_BAD)
    assert rules.admitted(flow, WHATSAPP, after(4.9)) == after(5)

    slot = rules.admitted(flow, WHATSAPP, after(5))
    assert isinstance(slot, Slot)
    assert slot.trial
    assert rules.admitted(slot.flow, WHATSAPP, after(5.1)) == after(5.1) + rules.NEXT_TRIAL
    # Whoever tried is no more: another may.
    later = rules.admitted(slot.flow, WHATSAPP, after(5 + rules.TRIAL_SECONDS))
    assert isinstance(later, Slot)

    worse = learned(slot.flow, "bad", at=6, trial=True)
    assert worse.open_until == after(16)
    for _ in range(9):
        worse = learned(worse, "bad", at=20, trial=True)
    assert worse.open_until == after(20 + rules.LONGEST_PAUSE_SECONDS)
    closed = learned(worse, "good", at=200, trial=True)
    assert (closed.open_until, closed.opened) == (None, 0)
    assert isinstance(rules.admitted(closed, WHATSAPP, after(200)), Slot)


def test_a_trial_that_shows_nothing_lets_another_try():
    """
    It was refused because of the message or the account.
    """
    flow = learned(Flow(), *FIVE_BAD)
    slot = rules.admitted(flow, WHATSAPP, after(5))
    assert isinstance(slot, Slot)

    next_one = rules.admitted(learned(slot.flow, "neither", at=6, trial=True), WHATSAPP, after(6))

    assert isinstance(next_one, Slot)
    assert next_one.trial


def test_those_under_way_change_nothing_once_it_is_open():
    """
    Neither for better nor for worse: the trial alone decides.
    """
    flow = learned(Flow(), *FIVE_BAD)

    assert learned(flow, "good", "bad", at=1) == flow


def test_a_clock_that_was_set_back_slows_nothing():
    """
    What was learned in the future counts as now.
    """
    slow = rules.slowed(Flow(), WHATSAPP, after(3600))

    assert rules.per_second(slow, WHATSAPP, NOON) == pytest.approx(56)
    assert learned(Flow(good=3, counted_at=after(3600)), "bad").good == 3
