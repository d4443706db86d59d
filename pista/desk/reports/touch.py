"""How soon clientes are opened: from when they came, and from when they were given."""

from datetime import date, timedelta

from msgspec.structs import asdict

from pista.desk.reports import queries
from pista.desk.reports.asking import Asked
from pista.desk.reports.model import Touch, TouchDay, TouchHour, TouchReport
from pista.desk.reports.pairs import both, share
from pista.desk.reports.queries import Began, Given, Opened
from pista.events.periods import Range, buckets
from pista.store.postgres import Postgres, Tx

HOURS = 24
Part = tuple[date | None, int | None]
"""A day, or an hour of the day, or neither: all."""
ALL: Part = (None, None)


class Found:
    """What there is of one period."""

    def __init__(self, began: list[Began] | None, opened: list[Opened], given: Given) -> None:
        self._began = {(row.day, row.hour): row for row in began or ()}
        self._opened = {(row.day, row.hour): row for row in opened}
        self._whose = began is None
        self.given = given

    def of(self, part: Part) -> Touch:
        began, opened = self._began.get(part), self._opened.get(part)
        touched = opened.opened if opened else 0
        # One that nobody opened is nobody's either: an advisor has those that they opened.
        cases = touched if self._whose else began.cases if began else 0
        young = 0 if self._whose else began.young if began else 0
        undecided = max(0, young - (opened.young if opened else 0))
        in_time = opened.in_time if opened else 0
        median, p90 = (opened.quantiles if opened else None) or (None, None)
        return _touch(cases, touched, undecided, in_time, median, p90)

    @property
    def hand_overs(self) -> Touch:
        row = self.given
        median, p90 = row.quantiles or (None, None)
        return _touch(row.cases, row.opened, row.undecided, row.in_time, median, p90)


async def report(postgres: Postgres, asked: Asked) -> TouchReport:
    async def find(tx: Tx, period: Range) -> Found:
        return await _found(tx, asked, period)

    here, then = await both(postgres, asked, find)
    days = [bucket.start.date() for bucket in buckets(asked.period, "day")]
    return TouchReport(
        **asked.told,
        goal_seconds=asked.goal,
        came=here.of(ALL),
        came_before=then.of(ALL),
        given=here.hand_overs,
        given_before=then.hand_overs,
        days=[TouchDay(**asdict(here.of((day, None))), day=day) for day in days],
        hours=[TouchHour(**asdict(here.of((None, hour))), hour=hour) for hour in range(HOURS)],
    )


async def _found(tx: Tx, asked: Asked, period: Range) -> Found:
    where = (tx, asked.tenant, period.start, period.end, asked.narrowed)
    zone, goal = period.zone.key if period is asked.period else None, asked.goal
    young = asked.now - timedelta(seconds=goal)
    began: list[Began] | None = None
    if asked.asesor is None:
        began = await queries.began(*where, zone=zone, young=young)
    opened = await queries.opened(*where, zone=zone, goal=goal, young=young)
    return Found(began, opened, await queries.given(*where, goal=goal))


def _touch(
    cases: int,
    opened: int,
    undecided: int,
    in_time: int,
    median: float | None,
    p90: float | None,
) -> Touch:
    return Touch(
        cases=cases,
        opened=opened,
        undecided=undecided,
        in_time=in_time,
        share_in_time=share(in_time, cases - undecided),
        median_seconds=median,
        p90_seconds=p90,
    )
