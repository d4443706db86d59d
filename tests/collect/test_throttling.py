import random
from uuid import UUID

import pytest

from pista.collect import throttling
from pista.collect.throttling import Throttle

IDS = 100_000


def ids(seed: int, version: int) -> list[UUID]:
    """Random ids, or such as the snippet makes: the time first, many in one millisecond."""
    numbers = random.Random(seed)
    if version == 4:
        return [UUID(int=numbers.getrandbits(128), version=4) for _ in range(IDS)]
    began = 1_773_489_600_000
    return [
        UUID(int=(began + number // 10) << 80 | 7 << 76 | 2 << 62 | numbers.getrandbits(62))
        for number in range(IDS)
    ]


@pytest.mark.parametrize("version", [4, 7])
@pytest.mark.parametrize("rate", [0.01, 0.5, 1.0, 10.0, 33.3, 50.0, 99.0, 99.99])
def test_about_its_share_is_kept(rate: float, version: int):
    """Within four standard deviations, for ids of both kinds."""
    share = rate / 100
    spread = 4 * (IDS * share * (1 - share)) ** 0.5

    kept = sum(throttling.is_kept(event, rate) for event in ids(7, version))

    assert abs(kept - IDS * share) <= spread


@pytest.mark.parametrize("rate", [0.0, 100.0, 101.0])
def test_nothing_and_everything(rate: float):
    assert {throttling.is_kept(event, rate) for event in ids(8, 7)} == {rate > 0}


def test_the_lowest_rate_is_a_rate():
    """A thousandth of a per cent keeps one in 100,000, not one in 10,000."""
    kept = sum(
        throttling.is_kept(event, throttling.LOWEST) for seed in range(4) for event in ids(seed, 4)
    )

    assert kept <= 12


def test_a_repeat_is_decided_alike():
    """By the id alone; and what a low rate keeps, a higher one keeps too."""
    events = ids(9, 7)
    at_one = {event for event in events if throttling.is_kept(event, 1)}
    at_ten = {event for event in reversed(events) if throttling.is_kept(UUID(str(event)), 10)}

    assert at_one < at_ten
    assert at_ten == {event for event in events if throttling.is_kept(event, 10)}


@pytest.mark.parametrize(
    ("throttle", "rate"),
    [
        (Throttle(sampling_rate=10, always_keep=False), 10),
        (Throttle(sampling_rate=10, always_keep=True), 100),
        (Throttle(sampling_rate=0, always_keep=True), 100),
        (Throttle(sampling_rate=0, always_keep=False), 0),
        (throttling.KEPT, 100),
    ],
)
def test_what_is_always_kept_has_the_whole_rate(throttle: Throttle, rate: float):
    assert throttle.rate == rate


@pytest.mark.parametrize(
    ("event_type", "sampling_rate", "always_keep"),
    [
        ("PAGE_VIEW", 100, True),
        ("CLICK", 100, False),
        ("SCROLL", 10, False),
        ("MOUSE_MOVE", 1, False),
        ("FORM_SUBMIT", 100, True),
        ("ADD_TO_CART", 100, True),
    ],
)
def test_the_defaults_of_document_2(event_type: str, sampling_rate: float, always_keep: bool):
    assert throttling.DEFAULTS[event_type] == Throttle(
        sampling_rate=sampling_rate, always_keep=always_keep
    )
