"""What is unusual at an hour of the week, and what is not known yet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pista.store.clickhouse import ClickHouse
from tests.alerts.conftest import HOUR, NOON, Company, Time
from tests.alerts.watched import SECOND, spread, states


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kolkata", "Europe/Madrid"])
async def test_an_anomaly_is_what_is_unusual_at_this_hour_of_the_week(
    make_company: Callable[..., Any], time: Time, clickhouse: ClickHouse, zone: str
):
    """
    By the clock on the company's wall: where that was set in between, at another hour of UTC.
    """
    company: Company = await make_company("flores", zone)
    wall = datetime(2026, 4, 8, 9, tzinfo=ZoneInfo(zone))
    moments: list[datetime] = []
    for week in range(5):
        hour = (wall - timedelta(days=7 * week)).astimezone(NOON.tzinfo)
        # What happens an hour earlier or later must not be mistaken for it.
        moments += spread(hour - HOUR, 200) + spread(hour, 20 + week) + spread(hour + HOUR, 200)
    await company.happen(clickhouse, *moments)
    rule = await company.rule(wall.astimezone(NOON.tzinfo), kind="anomaly")
    assert rule.state == "learning"

    time.now = wall.astimezone(NOON.tzinfo) + HOUR + 20 * SECOND
    await time.look()

    now = await company.now_of(rule)
    assert (now.state, now.last_value, now.last_expected) == ("ok", 20, 22.5)


async def test_an_anomaly_fires_and_recovers(company: Company, time: Time, clickhouse: ClickHouse):
    """
    Ten times as much as in four weeks before; an hour later all is as usual.
    """
    rule = await company.rule(NOON, kind="anomaly")
    weeks = [NOON - timedelta(days=7 * week) for week in range(1, 5)]
    past = [spread(at, 20) + spread(at + HOUR, 20) for at in weeks]
    await company.happen(clickhouse, *sum(past, spread(NOON, 200) + spread(NOON + HOUR, 21)))

    time.now = NOON + HOUR + 20 * SECOND
    await time.look()
    assert await states(company, rule) == [(200, None)]
    for tick in range(121):
        time.now = NOON + HOUR + 20 * SECOND + tick * timedelta(seconds=30)
        await time.look()

    [firing] = await company.firings(rule_id=rule.id)
    assert (firing.expected, firing.ending) == (20, "recovered")
    assert (await company.now_of(rule)).last_value == 21


async def test_what_has_no_past_is_learned_first(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    Two weeks say nothing about the third; a type that never came says nothing at all.
    """
    young = await company.rule(kind="anomaly")
    never = await company.rule(kind="anomaly", eventType="PURCHASE")
    weeks = [spread(NOON - timedelta(days=7 * week), 20) for week in (1, 2)]
    await company.happen(clickhouse, *sum(weeks, spread(NOON, 500)))

    time.now = NOON + HOUR + 20 * SECOND
    await time.look()

    for rule in (young, never):
        now = await company.now_of(rule)
        assert (now.state, now.last_expected) == ("learning", None)
        assert now.evaluated_until == NOON + HOUR
    assert await company.firings() == []
