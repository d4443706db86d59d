"""Time runs while the company is open: also after a pause, and by another clock."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pista import desk
from pista.accounts import Role
from pista.queue import Runner
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, Sit
from tests.desk.test_settings import PLAIN, SETTINGS
from tests.events.writing import until

ALMOST = timedelta(seconds=60)


@pytest.fixture
async def admin(sit: Sit) -> Agent:
    return await sit("alba", Role.ADMIN)


def zone_where_it_is(hour: int) -> str:
    """Of those whose name is how far they are from Greenwich, with the sign turned round."""
    behind = (datetime.now(UTC).hour - hour + 11) % 24 - 11
    return f"Etc/GMT{behind:+}" if behind else "Etc/GMT"


def open_until(closes: str) -> dict[str, Any]:
    """Each day."""
    day = {"opens": "00:00", "closes": closes}
    return {**PLAIN, "hours": [{"day": number, **day} for number in range(1, 8)]}


async def due_of(agent: Agent, cliente: int, zone: str) -> datetime:
    shown = await agent.ok("GET", f"/api/clientes/{cliente}")
    return datetime.fromisoformat(shown["due_at"]).astimezone(ZoneInfo(zone))


async def worked_off(postgres: Postgres, database: str) -> None:
    async def is_idle() -> bool:
        async with postgres.transaction() as tx:
            return not await tx.value("select count(*) from jobs")

    runner = Runner(database, desk.handlers)
    running = asyncio.create_task(runner.run())
    await until(is_idle, 60)
    runner.stop()
    await running


async def test_a_pause_takes_nothing_of_the_night(admin: Agent, gtr: Agent, ana: Agent):
    """
    What was left when it began is left when it is over: the next morning, if it ends after closing
    time; and where it ends sooner, the same evening.
    """
    zone = zone_where_it_is(12)
    await admin.ok("PATCH", "/api/tenant", json={"timeZone": zone})
    now = datetime.now(ZoneInfo(zone))
    pauses = [{"name": "Almuerzo", "stopsClock": True, "minutes": 60}]
    hours = open_until(f"{now + timedelta(minutes=20):%H:%M}")
    await admin.ok("PUT", SETTINGS, json={**hours, "pauses": pauses})
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    before = await due_of(gtr, cliente, zone)

    await ana.ok("PUT", "/api/desk/presence", json={"state": "paused", "reason": "Almuerzo"})
    paused = await due_of(gtr, cliente, zone)
    await ana.ok("PUT", "/api/desk/presence", json={"state": "available"})
    after = await due_of(gtr, cliente, zone)

    morning = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert morning < paused <= morning + timedelta(seconds=300)
    assert before <= after < before + ALMOST


async def test_another_time_zone_holds_at_once(
    admin: Agent, gtr: Agent, ana: Agent, postgres: Postgres, database: str
):
    """
    Also for what somebody has already: where it is night now, its time is up the next morning.
    """
    noon, evening = zone_where_it_is(12), zone_where_it_is(18)
    await admin.ok("PATCH", "/api/tenant", json={"timeZone": noon})
    await admin.ok("PUT", SETTINGS, json=open_until("15:00"))
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    at_noon = await due_of(gtr, cliente, noon)

    await admin.ok("PATCH", "/api/tenant", json={"timeZone": evening})
    await worked_off(postgres, database)

    in_the_evening = await due_of(gtr, cliente, evening)
    assert at_noon - datetime.now(UTC) <= timedelta(seconds=300)
    assert (in_the_evening.hour, in_the_evening.minute) == (0, 5)
