"""Reports beside a plain model, over random histories: what they count, and the very clientes."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from typing import Any, cast
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pista.accounts import Caller, Role
from pista.desk.reports import endings, lines, stays, touch
from pista.desk.reports.asking import Asked, Filters, ask
from pista.desk.reports.lines import Narrower
from pista.desk.reports.model import By, Figure
from pista.events.periods import Range
from pista.ids import TenantId, UserId, uuid7
from pista.store.postgres import Postgres
from tests.desk.actors import ADD_USER
from tests.desk.reports import world
from tests.desk.reports.figures import Model, keys, quantile
from tests.desk.reports.world import Row

ZONE = ZoneInfo("America/New_York")
# The night of the 8th of March has no hour from two to three there; that of November has two.
SPRING = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC), 1)
AUTUMN = (datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 11, 10, tzinfo=UTC), 2)
MANY = 60
BYS: dict[By, Callable[[Row], str | None]] = {
    "asesor": lambda row: str(row.asesor),
    "campaign": lambda row: row.campaign,
    "source": lambda row: row.source,
    "hour": lambda row: str(row.at.astimezone(ZONE).hour),
}


class Scene:
    def __init__(self, postgres: Postgres, caller: Caller, rows: list[Row], ids: dict[int, int]):
        self.postgres, self.caller, self.rows = postgres, caller, rows
        self.cliente_of = {stored: number for number, stored in ids.items()}

    async def ask(self, filters: Filters, now: datetime) -> Asked:
        return await ask(self.postgres, self.caller, filters, now=now)

    def model(self, asked: Asked, period: Range) -> Model:
        given = (self.rows, period.start, period.end, ZONE, asked.goal, asked.now)
        return Model(*given, *asked.narrowed)


@pytest.fixture(params=[SPRING, AUTUMN], ids=["spring", "autumn"])
async def scene(request: Any, postgres: Postgres, tenant: TenantId) -> Scene:
    start, end, seed = request.param
    chance = random.Random(seed)
    asesores = [UserId(uuid7()) for _ in range(3)]
    async with postgres.transaction() as tx:
        for asesor in asesores:
            await tx.execute(ADD_USER, asesor, tenant, f"{asesor}@x", "A", Role.ASESOR)
    rows = world.made_up(chance, MANY, start, end, asesores)
    ids = await world.store(postgres, tenant, rows)
    async with postgres.transaction() as tx:
        await tx.execute("update tenants set time_zone = $1", ZONE.key)
    return Scene(postgres.of(tenant), Caller(tenant_id=tenant, role=Role.GTR), rows, ids)


def questions(scene: Scene) -> Iterator[tuple[Filters, datetime]]:
    """All of it, some days, a part of one; of somebody, of a campaign, of a source; while the last
    still have time."""
    days = sorted({row.at.astimezone(ZONE).date() for row in scene.rows})
    first, night, last = days[0], _night(days), days[-1]
    someone = next(row.asesor for row in scene.rows if row.asesor)
    now = max(row.at for row in scene.rows) + timedelta(seconds=30)
    yield Filters(f"{first}", f"{last}"), now
    yield Filters(f"{night}", f"{night}"), now
    yield Filters(f"{night}T01:30:00", f"{night}T22:15:00", campaign="Mayo"), now
    yield Filters(f"{last - timedelta(days=3)}", f"{last}", asesor=someone), now
    yield Filters(f"{first}", f"{last}", source="form", campaign="=1+1"), now
    yield Filters(f"{last}", f"{last}"), now - timedelta(hours=5)
    yield Filters("2020-01-01", "2020-01-02"), now


def _night(days: list[date]) -> date:
    """On which the clocks are changed."""
    noons = [datetime(day.year, day.month, day.day, 12, tzinfo=ZONE) for day in days]
    return next(after.date() for day, after in pairwise(noons) if day.dst() != after.dst())


def close(value: Any) -> Any:
    """Floats of either are the same to a millionth."""
    return pytest.approx(value, rel=1e-6, abs=1e-6) if isinstance(value, float) else value


def alike(told: Any, model: dict[str, Any]) -> None:
    built = cast("dict[str, Any]", msgspec.to_builtins(told))
    assert {name: built[name] for name in model} == {n: close(v) for n, v in model.items()}


async def test_how_soon_they_are_opened(scene: Scene):
    """
    By case and by hand-over, by day and by hour, and in the period before.
    """
    for filters, now in questions(scene):
        asked = await scene.ask(filters, now)
        here, then = (scene.model(asked, one) for one in (asked.period, asked.earlier))

        told = await touch.report(scene.postgres, asked)

        alike(told.came, here.came(lambda _: True))
        alike(told.came_before, then.came(lambda _: True))
        alike(told.given, here.given())
        alike(told.given_before, then.given())
        for day in told.days:
            alike(day, here.came(lambda at, on=day.day: at.astimezone(ZONE).date() == on))
        for hour in told.hours:
            alike(hour, here.came(lambda at, of=hour.hour: at.astimezone(ZONE).hour == of))
        assert sum(day.cases for day in told.days) == told.came.cases


async def test_how_long_they_stay(scene: Scene):
    """
    Every status, by what they left it.
    """
    for filters, now in questions(scene):
        asked = await scene.ask(filters, now)

        told = await stays.report(scene.postgres, asked)

        for period, items in ((asked.period, told.items), (asked.earlier, told.before)):
            for one in items:
                expected = scene.model(asked, period).stays(one.status)
                if period is asked.earlier:
                    expected["leftBy"] = []
                alike(one, expected)


async def test_how_often_they_come_back(scene: Scene):
    """
    Of all, of each day and each advisor; why, from where, and how often one and the same.
    """
    for filters, now in questions(scene):
        asked = await scene.ask(filters, now)
        here, then = (scene.model(asked, one) for one in (asked.period, asked.earlier))
        back = here.left("give_back", "time_out")

        told = await endings.returns(scene.postgres, asked)

        alike(told.totals, here.returns(lambda _: True))
        alike(told.before, then.returns(lambda _: True))
        for day in told.days:
            on = day.day
            alike(day, here.returns(lambda row, on=on: row.at.astimezone(ZONE).date() == on))
        for one in told.asesores:
            alike(one, here.returns(lambda row, of=one.asesor.id: row.asesor == of))
        assert told.withdrawn == len(here.left("withdraw"))
        kinds = {(one.move, one.status): one.clientes for one in told.kinds}
        assert kinds == Counter((row.move, row.before) for row in back)
        reasons = {one.why: one.clientes for one in told.reasons}
        assert reasons == Counter(row.why for row in here.left("give_back"))
        often = Counter(min(times, 5) for times in Counter(row.cliente for row in back).values())
        assert {one.times: one.clientes for one in told.often} == often


async def test_what_comes_of_them(scene: Scene):
    """
    Of each advisor, campaign, source and hour.
    """
    for (filters, now), by in product(questions(scene), BYS):
        asked = await scene.ask(filters, now)
        here = scene.model(asked, asked.period)
        expected = here.outcomes(BYS[by])

        told = await endings.outcomes(scene.postgres, asked, by)

        for one in told.items:
            if one.key in expected:
                alike(one, expected.pop(one.key))
            else:
                assert (by, one.completed, one.returned) == ("hour", 0, 0)
        assert expected == {}
        assert told.completed == len(here.left("complete"))


async def test_the_very_clientes(scene: Scene):
    """
    A figure's lines are as many as it counts, on pages that leave none out; and never twice.
    """
    for filters, now in questions(scene):
        asked = await scene.ask(filters, now)
        here = scene.model(asked, asked.period)
        of_given = here.handed_over()
        opened = here.touched()
        in_time = [row for row in opened if (row.at - row.came_at).total_seconds() <= asked.goal]
        expected: dict[Figure, list[Row]] = {
            "came": opened if asked.asesor else here.began(),
            "opened": opened,
            "in_time": in_time,
            "late": [row for row in opened if row not in in_time],
            "unopened": [] if asked.asesor else here.unopened(),
            "given": of_given,
            "given_in_time": [
                row for row in of_given if row.move == "open" and row.seconds <= asked.goal
            ],
            "given_missed": here.missed(),
            "left": here.left(),
            "returned": here.left("give_back", "time_out"),
            "completed": here.left("complete"),
        }
        for figure, rows in expected.items():
            assert await _lines(scene, asked, Narrower(figure)) == keys(rows), figure
        late = [row for row in here.left("complete") if row.at.astimezone(ZONE).hour == 1]
        assert await _lines(scene, asked, Narrower("completed", hour=1)) == keys(late)
        sold = [row for row in here.left("complete") if row.outcome == "Venta"]
        assert await _lines(scene, asked, Narrower("completed", outcome="Venta")) == keys(sold)
        none = [row for row in here.left("complete") if row.outcome is None]
        assert await _lines(scene, asked, Narrower("completed", plain=True)) == keys(none)
        alone = Narrower("returned", move="time_out", status="en_gestion")
        lost = [row for row in here.left("time_out") if row.before == "en_gestion"]
        assert await _lines(scene, asked, alone) == keys(lost)


async def _lines(scene: Scene, asked: Asked, which: Narrower) -> list[tuple[int, str, datetime]]:
    found: list[tuple[int, str, datetime]] = []
    before: str | None = None
    while True:
        async with scene.postgres.transaction() as tx:
            page = await lines.listed(tx, scene.caller, asked, which, before=before, limit=171)
        found += [(scene.cliente_of[one.cliente_id], one.move, one.at) for one in page.items]
        before = page.next
        if before is None:
            return sorted(found)


def test_the_model_knows_a_median():
    """
    As everybody else's.
    """
    assert [quantile([4, 1, 3], part) for part in (0, 0.5, 1)] == [1, 3, 4]
    assert quantile([10, 20], 0.9) == pytest.approx(19)
    assert quantile(cast("list[float]", []), 0.5) is None


def test_the_histories_have_what_may_go_wrong():
    """
    Every move there is, cases that begin anew, and one that is opened twice.
    """
    chance = random.Random(1)
    rows = world.made_up(chance, MANY, SPRING[0], SPRING[1], [UserId(uuid7()) for _ in range(2)])
    opens = Counter((row.cliente, row.came_at) for row in rows if row.move == "open")

    assert {row.move for row in rows} == {
        *("create", "derive", "reassign", "transfer", "withdraw", "open", "complete"),
        *("give_back", "time_out", "reopen", "take_back"),
    }
    assert max(opens.values()) > 1
    assert len({row.came_at for row in rows}) > MANY
