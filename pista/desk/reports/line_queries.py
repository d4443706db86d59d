"""The SQL of the clientes behind a figure: found in the index that the figure was counted from."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple

import msgspec

from pista.desk.clientes.listing_queries import Place
from pista.desk.machine import Name
from pista.desk.model import Status
from pista.desk.reports.queries import BEGAN, LEFT, TOUCHED, Narrowed
from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Line(msgspec.Struct, frozen=True, kw_only=True):
    place: datetime
    """When it is counted."""
    id: int
    cliente_id: int
    nombre: str
    theirs: UserId | None
    """Whose the cliente is now."""
    at: datetime
    move: Name
    from_status: str
    to_status: Status
    seconds: float | None
    asesor: UserId | None
    campaign: str | None
    source: str | None
    outcome: str | None
    why: str | None


class Wanted(NamedTuple):
    """Which lines of history."""

    moves: Sequence[Name] | None = None
    status: Status | None = None
    missed: bool = False
    """Of what was given: not opened in time."""
    most: int | None = None
    """Seconds."""
    outcome: str | None = None
    plain: bool = False
    """Without an outcome."""
    hour: int | None = None


_PAGE: LiteralString = """
        order by place desc, id desc
        limit $10
    )
    select
        f.place, f.id, f.cliente_id, c.nombre, c.asesor_asignado as theirs, h.at, h.move,
        h.from_status, h.to_status, f.seconds, h.asesor_before as asesor, h.campaign, h.source,
        h.outcome, h.why
    from found f
    join desk_history h on h.tenant_id = $1 and h.cliente_id = f.cliente_id and h.id = f.id
    join clientes c on c.tenant_id = $1 and c.id = f.cliente_id
    order by f.place desc, f.id desc
"""

_OF_HISTORY: LiteralString = (
    "with found as materialized (select at as place, id, cliente_id, seconds"
    + LEFT
    + """
            and ($7::timestamptz is null or (at, id) < ($7, $8::bigint))
            and ($9::int is null or extract(hour from at at time zone $11) = $9)
            and ($12::text[] is null or move = any($12))
            and ($13::text is null or from_status = $13)
            and ($14::int is null or seconds <= $14)
            and ($15::int is null or (seconds > $15 and move in ('open', 'withdraw', 'reassign'))
                or move in ('give_back', 'time_out', 'transfer'))
            and ($16::text is null or outcome = $16)
            and (not $17::bool or outcome is null)
"""
    + _PAGE
)

_OF_TOUCHED: LiteralString = (
    """
    with found as materialized (
        select
            came_at as place, id, cliente_id, extract(epoch from at - came_at)::float8 as seconds
"""
    + TOUCHED
    + """
            and ($7::timestamptz is null or (came_at, id) < ($7, $8::bigint))
            and ($9::int is null or extract(hour from came_at at time zone $11) = $9)
            and ($12::bool is null or (extract(epoch from at - came_at) <= $13::int) = $12)
"""
    + _PAGE
)

_CAME: LiteralString = (
    BEGAN
    + """
            and ($7::timestamptz is null or (at, id) < ($7, $8::bigint))
            and ($9::int is null or extract(hour from at at time zone $11) = $9)
"""
)

_BEGAN: LiteralString = (
    "with found as materialized (select at as place, id, cliente_id, seconds"
    + _CAME
    + "and ($12::text is null or move = $12)"
    + _PAGE
)

_UNOPENED: LiteralString = (
    "with began as materialized (select at as place, id, cliente_id"
    + _CAME
    + """
    ), opened as materialized (
        select cliente_id, came_at
        from desk_history
        where tenant_id = $1 and touched and came_at >= $2 and came_at < $3
    ), found as materialized (
        select place, id, cliente_id, null::float8 as seconds
        from began b
        where not exists (
            select from opened o where o.cliente_id = b.cliente_id and o.came_at = b.place
        )
    """
    + _PAGE
)


class Page(NamedTuple):
    """A part of the time, after a place."""

    tenant: TenantId
    start: datetime
    end: datetime
    narrowed: Narrowed
    zone: str
    before: Place | None
    hour: int | None
    most: int

    @property
    def given(self) -> tuple[object, ...]:
        at, last = self.before or (None, None)
        return (
            *(self.tenant, self.start, self.end, *self.narrowed),
            *(at, last, self.hour, self.most, self.zone),
        )


async def of_history(tx: Tx, page: Page, wanted: Wanted, goal: int) -> list[Line]:
    return await tx.all(
        Line,
        _OF_HISTORY,
        *page.given,
        wanted.moves,
        wanted.status,
        wanted.most,
        goal if wanted.missed else None,
        wanted.outcome,
        wanted.plain,
    )


async def of_touched(tx: Tx, page: Page, in_time: bool | None, goal: int) -> list[Line]:
    return await tx.all(Line, _OF_TOUCHED, *page.given, in_time, goal)


async def began(tx: Tx, page: Page, move: Name | None) -> list[Line]:
    return await tx.all(Line, _BEGAN, *page.given, move)


async def unopened(tx: Tx, page: Page) -> list[Line]:
    """Cases that nobody has opened, or not before they began anew."""
    return await tx.all(Line, _UNOPENED, *page.given)
