"""What figures say, case by case."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pista.alerts import conditions, evaluate
from pista.alerts.evaluate import Band, Verdict, Watch
from pista.alerts.model import (
    BadAlertRule,
    ChangeAlertRule,
    Comparison,
    Condition,
    Kind,
    NewAlertRule,
    State,
)

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MADRID, SYDNEY, LORD_HOWE = (
    ZoneInfo(name) for name in ("Europe/Madrid", "Australia/Sydney", "Australia/Lord_Howe")
)
counts = st.lists(st.integers(0, 10**9).map(float), min_size=3, max_size=4)


def terms(kind: Kind, **given: Any) -> Condition:
    return conditions.new(kind, NewAlertRule(name="rule", kind=kind, **given))


@pytest.mark.parametrize(
    ("comparison", "threshold", "value", "verdict"),
    [
        ("above", 100, 101, Verdict.BEYOND),
        ("above", 100, 100, Verdict.BETWEEN),
        ("above", 100, 91, Verdict.BETWEEN),
        ("above", 100, 90, Verdict.BACK),
        ("above", 9, 9, Verdict.BACK),  # a tenth of 9 is no whole event
        ("above", 0, 1, Verdict.BEYOND),
        ("above", 0, 0, Verdict.BACK),
        ("below", 100, 99, Verdict.BEYOND),
        ("below", 100, 100, Verdict.BETWEEN),
        ("below", 100, 110, Verdict.BACK),
        ("below", 1, 1, Verdict.BACK),
        ("below", 0.5, 0, Verdict.BEYOND),
    ],
)
def test_thresholds(comparison: Comparison, threshold: float, value: float, verdict: Verdict):
    """
    Beyond is beyond the number itself; back is a tenth further, in whole events.
    """
    condition = terms("threshold", comparison=comparison, threshold=threshold)

    assert evaluate.judged(condition, value, None) is verdict


@pytest.mark.parametrize(
    ("comparison", "value", "verdict"),
    [
        ("either", 141, Verdict.BEYOND),
        ("either", 140, Verdict.BETWEEN),
        ("either", 130, Verdict.BACK),
        ("either", 70, Verdict.BACK),
        ("either", 69, Verdict.BETWEEN),
        ("either", 59, Verdict.BEYOND),
        ("above", 141, Verdict.BEYOND),
        ("above", 0, Verdict.BACK),
        ("below", 59, Verdict.BEYOND),
        ("below", 10_000, Verdict.BACK),
    ],
)
def test_anomalies(comparison: Comparison, value: float, verdict: Verdict):
    """
    100 ± 40 is usual; back is three quarters of that, on the side that is watched.
    """
    usual = Band(expected=100, width=40)

    assert evaluate.judged(terms("anomaly", comparison=comparison), value, usual) is verdict


def test_without_a_past_nothing_is_known():
    assert evaluate.judged(terms("anomaly"), 1000, None) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("samples", "sensitivity", "low", "high"),
    [
        ([100, 140, 60, 120], 2, 50.696, 169.304),  # by the deviation: median 110, MAD 20
        ([100, 100, 100, 100], 4, 60, 140),  # all alike: by the square root
        ([10_000, 10_000, 10_001], 4, 8_000, 12_000),  # by a twentieth
        ([0, 0, 0, 0], 4, 0, 4),  # by one event
        ([0, 0, 9], 4, 0, 4),  # a single odd week changes nothing
        ([9, 9, 9, 9], 4, 0, 21),  # a quiet hour can fall to nothing
        ([100, 140, 60, 120], 1, 80.348, 139.652),
    ],
)
def test_bands(samples: list[float], sensitivity: float, low: float, high: float):
    """
    The greatest of what the weeks scatter by, what counts scatter by, and what nobody minds.
    """
    found = evaluate.band(samples, sensitivity)

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("samples", [[], [5.0], [5.0, 6.0]])
def test_two_weeks_are_too_few(samples: list[float]):
    assert evaluate.band(samples, 4) is None


@given(counts, st.floats(1, 20))
def test_a_usual_week_is_never_an_anomaly(samples: list[float], sensitivity: float):
    """
    Of any weeks: their median is back in the band, the band has room, and grows with sensitivity.
    """
    usual = evaluate.band(samples, sensitivity)
    assert usual is not None
    assert 0 <= usual.low <= usual.expected < usual.high
    assert min(samples) <= usual.expected <= max(samples)

    condition = terms("anomaly", sensitivity=sensitivity)
    assert evaluate.judged(condition, usual.expected, usual) is Verdict.BACK
    assert evaluate.judged(condition, usual.high + 1, usual) is Verdict.BEYOND

    wider = evaluate.band(samples, sensitivity + 1)
    assert wider is not None
    assert wider.width > usual.width


@given(st.floats(0, 10**6), st.integers(0, 10**9))
def test_a_single_wild_week_moves_little(usual: float, wild: int):
    """
    Three weeks alike and one of anything: the same is expected as without that one.
    """
    alike = evaluate.band([usual] * 3, 4)
    with_wild = evaluate.band([usual, wild, usual, usual], 4)

    assert alike == with_wild


@pytest.mark.parametrize(
    ("kind", "verdicts", "states"),
    [
        ("threshold", "! - . .", "firing firing firing firing"),
        ("threshold", "! . . .", "firing firing firing ok"),
        ("threshold", "! . - . . .", "firing firing firing firing firing ok"),
        ("threshold", "! . ! . . . !", "firing firing firing firing firing ok firing"),
        ("threshold", ". - -", "ok ok ok"),
        ("silence", "! . !", "firing ok firing"),
        ("anomaly", "? . ! - .", "learning ok firing firing ok"),
        ("anomaly", "! ? !", "firing learning firing"),
    ],
)
def test_states(kind: Kind, verdicts: str, states: str):
    """
    Minute by minute: `!` is beyond, `-` between, `.` back and `?` unknown.
    """
    marks = {
        "!": Verdict.BEYOND,
        "-": Verdict.BETWEEN,
        ".": Verdict.BACK,
        "?": Verdict.UNKNOWN,
    }
    state: State = "ok"
    since: datetime | None = None
    found: list[State] = []
    for minute, mark in enumerate(verdicts.split()):
        state, since = evaluate.next_state(kind, state, marks[mark], since, NOON + minute * MINUTE)
        found.append(state)

    assert found == states.split()


@pytest.mark.parametrize(
    ("zone", "hour", "before"),
    [
        # Clocks went forward on 29 March: before that, ten o'clock is an hour later in UTC.
        (MADRID, "2026-04-08 10:00", ["04-01 08:00", "03-25 09:00", "03-18 09:00", "03-11 09:00"]),
        # There was no half past two on that Sunday.
        (MADRID, "2026-04-12 02:00", ["04-05 00:00", "03-22 01:00", "03-15 01:00"]),
        # Two o'clock came twice on 25 October: it is the first of the two.
        (MADRID, "2026-11-01 02:00", ["10-25 00:00", "10-18 00:00", "10-11 00:00", "10-04 00:00"]),
        (SYDNEY, "2026-04-12 02:00", ["04-04 15:00", "03-28 15:00", "03-21 15:00", "03-14 15:00"]),
        (UTC, "2026-03-18 12:00", ["03-11 12:00", "03-04 12:00", "02-25 12:00", "02-18 12:00"]),
    ],
)
def test_the_same_hour_by_the_clock_on_the_wall(zone: Any, hour: str, before: Sequence[str]):
    """
    Weeks before, in UTC.
    """
    wall = datetime.fromisoformat(hour).replace(tzinfo=zone)

    found = evaluate.same_hours_before(wall, zone)

    assert [at.strftime("%m-%d %H:%M") for at in found] == before
    assert {at.astimezone(zone).hour for at in found} == {wall.hour}


@pytest.mark.parametrize(
    ("kind", "zone", "until", "end"),
    [
        ("threshold", MADRID, "12:34:56", "12:34"),
        ("silence", ZoneInfo("Asia/Kolkata"), "12:34:56", "12:34"),
        ("anomaly", MADRID, "12:34:56", "12:00"),
        ("anomaly", ZoneInfo("Asia/Kolkata"), "12:34:56", "12:30"),
        ("anomaly", ZoneInfo("Asia/Kathmandu"), "12:10:00", "11:15"),
    ],
)
def test_windows_end_on_a_minute_or_on_the_zones_hour(kind: Kind, zone: Any, until: str, end: str):
    moment = datetime.fromisoformat(f"2026-03-18T{until}+00:00")

    assert evaluate.last_end(kind, moment, zone).strftime("%H:%M") == end


@pytest.mark.parametrize(
    ("minutes", "gap", "minutes_ago", "seen"),
    [
        (5, 60, 5, True),  # began when the clock went on evenly again
        (5, 60, 4, False),
        (10, 60, 1, True),  # a minute of ten may be missing
        (9, 60, 1, False),
        (1440, 3600, 1, True),
        (60, 3600, 59, False),
    ],
)
def test_time_that_nobody_watched(minutes: int, gap: float, minutes_ago: int, seen: bool):
    """
    A window is trusted if it was watched but for a tenth.
    """
    steady = NOON - minutes_ago * MINUTE
    watch = Watch(looked_at=NOON, steady_since=steady, gap_seconds=gap)

    assert evaluate.is_seen(watch, NOON - minutes * MINUTE, NOON) is seen


@pytest.mark.parametrize(
    ("passed", "steady", "gap"),
    [
        (0, -600, 90),
        (30, -600, 90),
        (31, 31, 90),  # the longer gap of a moment ago still matters
        (3600, 3600, 3600),
        (-1, -1, 90),
        (-3600, -3600, 3600),
    ],
)
def test_looking_at_the_clock(passed: int, steady: int, gap: float):
    """
    In seconds after noon, ten minutes after a gap of 90 seconds.
    """
    before = Watch(looked_at=NOON, steady_since=NOON - 10 * MINUTE, gap_seconds=90)

    after = evaluate.look(before, NOON + timedelta(seconds=passed))

    assert after.looked_at == NOON + timedelta(seconds=passed)
    assert after.steady_since == NOON + timedelta(seconds=steady)
    assert after.gap_seconds == gap


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("threshold", {}),
        ("threshold", {"threshold": 5.0, "comparison": "either"}),
        ("threshold", {"threshold": 0.0, "comparison": "below"}),
        ("threshold", {"threshold": 5.0, "metric": "pageViews", "event_type": "PURCHASE"}),
        ("silence", {"metric": "uniqueVisitors"}),
        ("anomaly", {"window_minutes": 30}),
    ],
)
def test_terms_that_do_not_go_together(kind: Kind, given: dict[str, Any]):
    with pytest.raises(BadAlertRule):
        terms(kind, **given)


def test_terms_have_defaults_and_lose_what_is_not_theirs():
    """
    A rule that becomes another kind begins with that kind's defaults, for the same events.
    """
    silence = terms("silence", event_type="PURCHASE", threshold=7.0, sensitivity=3.0)
    assert (silence.window_minutes, silence.threshold, silence.sensitivity) == (30, None, None)

    anomaly = conditions.changed(silence, "anomaly", ChangeAlertRule(comparison="above"))
    assert (anomaly.event_type, anomaly.window_minutes) == ("PURCHASE", 60)
    assert (anomaly.comparison, anomaly.sensitivity) == ("above", 4)

    quieter = conditions.changed(anomaly, "anomaly", ChangeAlertRule(sensitivity=6.0))
    assert (quieter.comparison, quieter.sensitivity) == ("above", 6)


def test_hours_of_a_zone_that_is_set_by_half_an_hour():
    """
    On Lord Howe, where an hour of the wall may last half as long or half as long again.
    """
    from pista.alerts.history import hours_between

    found = hours_between(
        datetime(2026, 4, 4, 12, tzinfo=UTC), datetime(2026, 4, 4, 20, tzinfo=UTC), LORD_HOWE
    )

    assert [at.astimezone(LORD_HOWE).strftime("%H:%M") for at in found] == [
        "23:00",
        "00:00",
        "01:00",
        "02:00",
        "03:00",
        "04:00",
        "05:00",
    ]
