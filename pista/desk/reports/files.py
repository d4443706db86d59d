"""Reports as CSV: a row for each line that the screen shows, seconds as seconds."""

from collections.abc import AsyncIterator, Sequence
from typing import Literal

from pista import sheets
from pista.accounts import Caller
from pista.desk.reports import endings, lines, stays, touch
from pista.desk.reports.asking import Asked
from pista.desk.reports.lines import Narrower
from pista.desk.reports.model import By, DeskLine, Touch
from pista.store.postgres import Postgres

Named = Literal["first-touch", "stays", "returns", "outcomes"]
Rows = list[tuple[str, ...]]

TOUCH = (
    *("cases", "opened", "undecided", "inTime", "shareInTime"),
    *("medianSeconds", "p90Seconds"),
)
LINES = (
    *("clienteId", "nombre", "at", "move", "from", "to", "seconds", "asesor"),
    *("campaign", "source", "outcome", "why"),
)


async def figures(postgres: Postgres, asked: Asked, name: Named, by: By) -> Rows:
    match name:
        case "first-touch":
            return await _touch(postgres, asked)
        case "stays":
            return await _stays(postgres, asked)
        case "returns":
            return await _returns(postgres, asked)
        case "outcomes":
            return await _outcomes(postgres, asked, by)


async def behind(
    postgres: Postgres, caller: Caller, asked: Asked, which: Narrower
) -> AsyncIterator[bytes]:
    yield sheets.written([LINES], bom=True)
    async for page in lines.pages(postgres, caller, asked, which):
        yield sheets.written([_line(one) for one in page])


async def as_bytes(rows: Rows) -> AsyncIterator[bytes]:
    yield sheets.written(rows, bom=True)


async def _touch(postgres: Postgres, asked: Asked) -> Rows:
    told = await touch.report(postgres, asked)
    return [
        ("of", "value", *TOUCH),
        ("came", "", *_of(told.came)),
        ("came before", "", *_of(told.came_before)),
        ("given", "", *_of(told.given)),
        ("given before", "", *_of(told.given_before)),
        *(("day", day.day.isoformat(), *_of(day)) for day in told.days),
        *(("hour", str(hour.hour), *_of(hour)) for hour in told.hours),
    ]


async def _stays(postgres: Postgres, asked: Asked) -> Rows:
    told = await stays.report(postgres, asked)
    return [
        ("period", "status", "stays", "averageSeconds", "medianSeconds", "p90Seconds"),
        *(
            (
                *(period, one.status, str(one.stays)),
                *_cells(one.average_seconds, one.median_seconds, one.p90_seconds),
            )
            for period, items in (("asked", told.items), ("before", told.before))
            for one in items
        ),
    ]


async def _returns(postgres: Postgres, asked: Asked) -> Rows:
    told = await endings.returns(postgres, asked)
    counted = [
        ("total", "", told.totals),
        ("before", "", told.before),
        *(("asesor", one.asesor.name, one) for one in told.asesores),
        *(("day", one.day.isoformat(), one) for one in told.days),
    ]
    return [
        ("of", "value", "ended", "returned", "share"),
        *((of, value, *_cells(one.ended, one.returned, one.share)) for of, value, one in counted),
        *(("kind", f"{one.move} {one.status}", "", str(one.clientes), "") for one in told.kinds),
        *(("reason", one.why or "", "", str(one.clientes), "") for one in told.reasons),
        *(("times", str(one.times), "", str(one.clientes), "") for one in told.often),
    ]


async def _outcomes(postgres: Postgres, asked: Asked, by: By) -> Rows:
    told = await endings.outcomes(postgres, asked, by)
    kinds = [one.outcome for one in told.outcomes]
    rows: Rows = [
        (by, "name", "completed", "returned", "averageSeconds", *(kind or "" for kind in kinds))
    ]
    for one in told.items:
        counts = {outcome.outcome: outcome.clientes for outcome in one.outcomes}
        figures = _cells(one.completed, one.returned, one.average_seconds)
        of_kinds = (str(counts.get(kind, 0)) for kind in kinds)
        rows.append((one.key or "", one.name or "", *figures, *of_kinds))
    return rows


def _of(one: Touch) -> Sequence[str]:
    return _cells(
        *(one.cases, one.opened, one.undecided, one.in_time, one.share_in_time),
        *(one.median_seconds, one.p90_seconds),
    )


def _line(one: DeskLine) -> tuple[str, ...]:
    asesor = one.asesor.name if one.asesor else None
    return (
        *(str(one.cliente_id), one.nombre or "", one.at.isoformat(), one.move),
        *_cells(one.came_from, one.to, one.seconds, asesor),
        *_cells(one.campaign, one.source, one.outcome, one.why),
    )


def _cells(*values: float | str | None) -> tuple[str, ...]:
    return tuple("" if value is None else _cell(value) for value in values)


def _cell(value: float | str) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
