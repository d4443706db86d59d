"""The very clientes behind a figure, page by page."""

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

from pista import paging
from pista.accounts import Caller
from pista.desk import access
from pista.desk.clientes import showing
from pista.desk.clientes.listing_queries import Place
from pista.desk.clientes.showing import Names
from pista.desk.machine import Name
from pista.desk.model import STATUSES, Status
from pista.desk.reports import line_queries, queries
from pista.desk.reports.asking import Asked
from pista.desk.reports.line_queries import Line, Page, Wanted
from pista.desk.reports.model import DeskLine, DeskLines, Figure
from pista.store.postgres import Postgres, Tx

MOST_AT_ONCE = 500
MOVES: Mapping[Figure, tuple[Name, ...]] = {
    "given": ("open", "reassign", "transfer", "withdraw", "give_back", "time_out"),
    "given_in_time": ("open",),
    "returned": ("give_back", "time_out"),
    "completed": ("complete",),
}


class Narrower(NamedTuple):
    """Which part of a figure."""

    figure: Figure
    move: Name | None = None
    status: Status | None = None
    outcome: str | None = None
    plain: bool = False
    hour: int | None = None


async def listed(
    tx: Tx, caller: Caller, asked: Asked, which: Narrower, *, before: str | None, limit: int
) -> DeskLines:
    await queries.prepare(tx)
    page = Page(
        asked.tenant,
        asked.period.start,
        asked.period.end,
        asked.narrowed,
        asked.period.zone.key,
        paging.read(before, Place),
        which.hour,
        limit + 1,
    )
    rows = await _found(tx, page, which, asked.goal)
    staff = await showing.names(tx, asked.tenant)
    items = [_shown(row, caller, staff) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return DeskLines(items=items, next=paging.written(last.place, last.id) if last else None)


async def pages(
    postgres: Postgres, caller: Caller, asked: Asked, which: Narrower
) -> AsyncIterator[list[DeskLine]]:
    """All of them, each page read by itself."""
    before: str | None = None
    while True:
        async with postgres.transaction() as tx:
            found = await listed(tx, caller, asked, which, before=before, limit=MOST_AT_ONCE)
        yield found.items
        before = found.next
        if before is None:
            return


async def _found(tx: Tx, page: Page, which: Narrower, goal: int) -> list[Line]:
    # Of one asesor, what came is what they opened.
    whose = page.narrowed[0]
    match which.figure:
        case "came" if whose is None:
            return await line_queries.began(tx, page, which.move)
        case "unopened":
            return [] if whose else await line_queries.unopened(tx, page)
        case "came" | "opened" | "in_time" | "late":
            in_time = {"in_time": True, "late": False}.get(which.figure)
            return await line_queries.of_touched(tx, page, in_time, goal)
        case _:
            return await line_queries.of_history(tx, page, _wanted(which, goal), goal)


def _wanted(which: Narrower, goal: int) -> Wanted:
    of_given = which.figure in ("given", "given_in_time", "given_missed")
    return Wanted(
        moves=_moves(which),
        status="derivado" if of_given else which.status,
        missed=which.figure == "given_missed",
        most=goal if which.figure == "given_in_time" else None,
        outcome=which.outcome,
        plain=which.plain,
    )


def _moves(which: Narrower) -> tuple[Name, ...] | None:
    of_figure = MOVES.get(which.figure)
    if which.move is None:
        return of_figure
    return tuple(one for one in of_figure or (which.move,) if one == which.move)


def _shown(row: Line, caller: Caller, staff: Names) -> DeskLine:
    return DeskLine(
        id=row.id,
        cliente_id=row.cliente_id,
        nombre=row.nombre if access.sees(caller, row.theirs) else None,
        at=row.at,
        move=row.move,
        came_from=next((one for one in STATUSES if one == row.from_status), None),
        to=row.to_status,
        seconds=row.seconds,
        asesor=staff.get(row.asesor) if row.asesor else None,
        campaign=row.campaign,
        source=row.source,
        outcome=row.outcome,
        why=row.why,
    )
