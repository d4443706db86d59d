"""The limit of a company that has set nothing, in two real windows: five minutes to the second."""

from datetime import datetime, timedelta
from typing import Any, LiteralString

import pytest
from playwright.async_api import expect

from pista.store import postgres as store
from tests.journeys.house import House
from tests.timing import stretched
from tests.web.desk_windows import PATIENCE, Windows, enter, give, windows

__all__ = ["windows"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

LIMIT = timedelta(seconds=300)
LEFT = timedelta(seconds=18)
"""Longer than the timer sleeps at most: nothing tells it that the clock was moved."""
NAME = "Rosa Luna"

CLOCKS: LiteralString = """
select last_activity, due_at, seguimiento_status as status, clock_timestamp() as now
from clientes where nombre = $1
"""
EARLIER: LiteralString = """
update clientes
set created_at = created_at - $2::interval, derivado_at = derivado_at - $2::interval,
    opened_at = opened_at - $2::interval, state_since = state_since - $2::interval,
    last_activity = last_activity - $2::interval, due_at = due_at - $2::interval
where nombre = $1
returning last_activity
"""
TIMED_OUT: LiteralString = """
select h.at, h.due_at
from desk_history h
join clientes c on c.tenant_id = h.tenant_id and c.id = h.cliente_id
where c.nombre = $1 and h.move = 'time_out'
"""


async def test_it_goes_back_after_five_minutes_to_the_second(windows: Windows, house: House):
    """
    Document 1's option B with its own 300 seconds, by moving the clock: not before, and both
    windows say so by themselves.
    """
    gtr, asesor, _ = windows
    row = await enter(gtr, NAME)
    await give(gtr, row)
    mine = asesor.get_by_role("button", name=NAME)
    await mine.click(timeout=PATIENCE)
    await expect(row.get_by_text("En gestión")).to_be_visible(timeout=PATIENCE)
    connection = await store.connect(house.running().urls.database_url)
    try:
        began = await _row(connection, CLOCKS, NAME)
        assert began["due_at"] - began["last_activity"] == LIMIT

        past = began["due_at"] - began["now"] - LEFT
        active: datetime = await connection.fetchval(EARLIER, NAME, past)

        still = await _row(connection, CLOCKS, NAME)
        assert still["status"] == "en_gestion" or still["now"] >= still["due_at"]
        closed = asesor.get_by_role("alert").filter(has_text=f"Se cerró {NAME}")
        await expect(closed).to_contain_text("Pasó el tiempo sin actividad", timeout=PATIENCE)
        await expect(row.get_by_text("Sin gestionar")).to_be_visible(timeout=PATIENCE)
        await expect(mine).to_have_count(0, timeout=PATIENCE)
        gone = await _row(connection, TIMED_OUT, NAME)
    finally:
        await connection.close()
    assert gone["due_at"] == active + LIMIT
    assert timedelta(0) <= gone["at"] - gone["due_at"] < timedelta(seconds=stretched(5))


async def _row(connection: Any, sql: LiteralString, name: str) -> Any:
    found = await connection.fetchrow(sql, name)
    assert found is not None
    return found
