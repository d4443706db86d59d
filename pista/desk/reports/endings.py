"""How often clientes come back, and why; and what comes of those that are completed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from pista.desk.clientes import showing
from pista.desk.clientes.showing import Names
from pista.desk.reports import ending_queries as queries
from pista.desk.reports.asking import Asked
from pista.desk.reports.ending_queries import Ended, Kind, Often, Outcome, Reason
from pista.desk.reports.model import (
    By,
    OutcomeCount,
    OutcomesOf,
    OutcomesReport,
    ReturnCounts,
    ReturnKind,
    ReturnReason,
    ReturnsDay,
    ReturnsOf,
    ReturnsOften,
    ReturnsReport,
)
from pista.desk.reports.pairs import both, share
from pista.events.periods import Range, buckets
from pista.ids import UserId
from pista.store.postgres import Postgres, Tx

MOST_OFTEN = 5
MOST_OUTCOMES = 30
MOST_KEYS = 200
HOURS = [str(hour) for hour in range(24)]


class Returned(NamedTuple):
    """What is told of the asked period alone is empty of the one before."""

    ended: list[Ended]
    kinds: list[Kind]
    reasons: list[Reason]
    often: list[Often]
    staff: Names


async def returns(postgres: Postgres, asked: Asked) -> ReturnsReport:
    async def find(tx: Tx, period: Range) -> Returned:
        return await _returned(tx, asked, period)

    here, then = await both(postgres, asked, find)
    (whole,) = (row for row in here.ended if row.whole)
    by_day = {row.day: row for row in here.ended if row.day}
    return ReturnsReport(
        **asked.told,
        totals=_counts(whole),
        before=_counts(next(row for row in then.ended if row.whole)),
        withdrawn=whole.withdrawn,
        kinds=[ReturnKind(move=r.move, status=r.status, clientes=r.clientes) for r in here.kinds],
        reasons=[ReturnReason(why=row.why, clientes=row.clientes) for row in here.reasons],
        often=[ReturnsOften(times=row.times, clientes=row.clientes) for row in here.often],
        asesores=_asesores(here),
        days=[
            _day(bucket.start.date(), by_day.get(bucket.start.date()))
            for bucket in buckets(asked.period, "day")
        ],
    )


async def outcomes(postgres: Postgres, asked: Asked, by: By) -> OutcomesReport:
    async def find(tx: Tx, period: Range) -> tuple[list[Outcome], Names]:
        where = (tx, asked.tenant, period.start, period.end, asked.narrowed)
        rows = await queries.outcomes(*where, by=by, zone=period.zone.key)
        return rows, await showing.names(tx, asked.tenant)

    (here, staff), (then, _) = await both(postgres, asked, find)
    items = _by_key(here, staff, by)
    return OutcomesReport(
        **asked.told,
        by=by,
        completed=_sum(here, done=True),
        completed_before=_sum(then, done=True),
        returned=_sum(here, done=False),
        returned_before=_sum(then, done=False),
        outcomes=_outcomes(here)[:MOST_OUTCOMES],
        outcomes_before=_outcomes(then)[:MOST_OUTCOMES],
        items=items[:MOST_KEYS],
        more=max(0, len(items) - MOST_KEYS),
    )


async def _returned(tx: Tx, asked: Asked, period: Range) -> Returned:
    where = (tx, asked.tenant, period.start, period.end, asked.narrowed)
    if period is not asked.period:
        return Returned(await queries.ended(*where, zone=None), [], [], [], {})
    return Returned(
        ended=await queries.ended(*where, zone=period.zone.key),
        kinds=await queries.kinds(*where),
        reasons=await queries.reasons(*where),
        often=await queries.often(*where, MOST_OFTEN),
        staff=await showing.names(tx, asked.tenant),
    )


def _counts(row: Ended) -> ReturnCounts:
    return ReturnCounts(
        ended=row.ended, returned=row.returned, share=share(row.returned, row.ended)
    )


def _day(day: date, row: Ended | None) -> ReturnsDay:
    ended, returned = (row.ended, row.returned) if row else (0, 0)
    return ReturnsDay(day=day, ended=ended, returned=returned, share=share(returned, ended))


def _asesores(found: Returned) -> list[ReturnsOf]:
    """Who lost the most first."""
    rows = [
        ReturnsOf(
            asesor=found.staff[row.asesor],
            ended=row.ended,
            returned=row.returned,
            share=share(row.returned, row.ended),
        )
        for row in found.ended
        if row.asesor is not None
    ]
    return sorted(rows, key=lambda row: (-row.returned, -row.ended, row.asesor.name))


def _by_key(rows: Sequence[Outcome], staff: Names, by: By) -> list[OutcomesOf]:
    of_key: dict[str | None, list[Outcome]] = {hour: [] for hour in HOURS} if by == "hour" else {}
    for row in rows:
        of_key.setdefault(row.key, []).append(row)
    items = [_of(key, own, staff, by) for key, own in of_key.items()]
    if by == "hour":
        return items
    return sorted(items, key=lambda one: (-one.completed, -one.returned, one.key or ""))


def _of(key: str | None, own: Sequence[Outcome], staff: Names, by: By) -> OutcomesOf:
    completed = _sum(own, done=True)
    person = staff.get(UserId(UUID(key))) if by == "asesor" and key else None
    return OutcomesOf(
        key=key,
        name=person.name if person else None,
        completed=completed,
        returned=_sum(own, done=False),
        average_seconds=sum(row.seconds for row in own if row.done) / completed
        if completed
        else None,
        outcomes=_outcomes(own)[:MOST_OUTCOMES],
    )


def _outcomes(rows: Iterable[Outcome]) -> list[OutcomeCount]:
    """The most frequent first."""
    counts: Counter[str | None] = Counter()
    for row in rows:
        if row.done:
            counts[row.outcome] += row.clientes
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0] or ""))
    return [OutcomeCount(outcome=outcome, clientes=clientes) for outcome, clientes in ordered]


def _sum(rows: Iterable[Outcome], *, done: bool) -> int:
    return sum(row.clientes for row in rows if row.done == done)
