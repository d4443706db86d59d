"""The SQL of lists of clientes: each page comes from one index, however many there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString, NamedTuple

import msgspec

from pista import paging
from pista.desk.model import ClienteId, Status
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx

MOST_THEN = 5_000
"""Clientes of each status, made in a time, that are put in the order of urgency."""


class Place(NamedTuple):
    """Where a page begins: after this one."""

    at: paging.Moment
    id: paging.Number


class Wanted(NamedTuple):
    """What a list is narrowed down to."""

    statuses: Sequence[Status]
    campaign: str | None
    since: datetime | None
    until: datetime | None
    before: Place | None


class Id(msgspec.Struct, frozen=True):
    id: ClienteId


_FITS: LiteralString = """
        and ($4::text is null or c.campaign = $4)
        and ($5::timestamptz is null or c.created_at >= $5)
        and ($6::timestamptz is null or c.created_at < $6)
"""

_BY_URGENCY: LiteralString = (
    _FITS
    + """
        and ($7::timestamptz is null or (c.urgent_at, c.id) > ($7, $8::bigint))
    order by c.urgent_at, c.id
    limit $3
"""
)

_BY_AGE: LiteralString = (
    _FITS
    + """
        and ($7::timestamptz is null or (c.created_at, c.id) < ($7, $8::bigint))
    order by c.created_at desc, c.id desc
    limit $3
"""
)

_URGENT: LiteralString = "order by found.urgent_at, found.id limit $3"
_NEWEST: LiteralString = "order by found.created_at desc, found.id desc limit $3"

# From each status its own first ones, of which the first are taken.
_EACH: LiteralString = """
    select found.id
    from unnest($2::text[]) as asked (status)
    cross join lateral (
        select c.id, c.urgent_at, c.created_at
        from clientes c
        where c.tenant_id = $1 and c.seguimiento_status = asked.status
"""
_ONES: LiteralString = "and c.asesor_asignado = $9"
_AMONG: LiteralString = """
    select c.id
    from clientes c
    where c.tenant_id = $1 and c.id = any($9::bigint[]) and c.seguimiento_status = any($2::text[])
        and ($10::uuid is null or c.asesor_asignado = $10)
"""

_ANYBODYS_URGENT: LiteralString = _EACH + _BY_URGENCY + ") found " + _URGENT
_ANYBODYS_NEWEST: LiteralString = _EACH + _BY_AGE + ") found " + _NEWEST
# Those made in a time may stand anywhere in the order of urgency: they are found by their age, and
# put in order then.
_MADE_THEN: LiteralString = (
    """
    select found.id
    from unnest($2::text[]) as asked (status)
    cross join lateral (
        select c.id, c.urgent_at
        from clientes c
        where c.tenant_id = $1 and c.seguimiento_status = asked.status
    """
    + _FITS
    + """
        order by c.created_at desc, c.id desc
        limit $9
    ) found
    where ($7::timestamptz is null or (found.urgent_at, found.id) > ($7, $8::bigint))
    """
    + _URGENT
)
_ONES_URGENT: LiteralString = _EACH + _ONES + _BY_URGENCY + ") found " + _URGENT
_ONES_NEWEST: LiteralString = _EACH + _ONES + _BY_AGE + ") found " + _NEWEST
_AMONG_URGENT: LiteralString = _AMONG + _BY_URGENCY
_AMONG_NEWEST: LiteralString = _AMONG + _BY_AGE


async def anybodys(
    tx: Tx, tenant: TenantId, wanted: Wanted, most: int, *, urgent: bool
) -> list[ClienteId]:
    """Whoever has them: by `clientes_urgent` or `clientes_newest`, or of a campaign by
    `clientes_campaign_urgent` or `clientes_campaign_newest`."""
    await _plan_anew(tx)
    sql = _ANYBODYS_URGENT if urgent else _ANYBODYS_NEWEST
    return _ids(await tx.all(Id, sql, *_given(tenant, wanted, most)))


async def made_then(tx: Tx, tenant: TenantId, wanted: Wanted, most: int) -> list[ClienteId]:
    """In the order of urgency; of more than `MOST_THEN` of a status, the newest."""
    await _plan_anew(tx)
    return _ids(await tx.all(Id, _MADE_THEN, *_given(tenant, wanted, most), MOST_THEN))


async def ones(
    tx: Tx, tenant: TenantId, wanted: Wanted, most: int, *, urgent: bool, asesor: UserId
) -> list[ClienteId]:
    """One asesor's, by `clientes_asesor`."""
    await _plan_anew(tx)
    sql = _ONES_URGENT if urgent else _ONES_NEWEST
    return _ids(await tx.all(Id, sql, *_given(tenant, wanted, most), asesor))


async def among(
    tx: Tx,
    tenant: TenantId,
    wanted: Wanted,
    most: int,
    *,
    urgent: bool,
    clientes: Sequence[ClienteId],
    asesor: UserId | None,
) -> list[ClienteId]:
    """Those of these that fit as well."""
    sql = _AMONG_URGENT if urgent else _AMONG_NEWEST
    given = _given(tenant, wanted, most)
    return _ids(await tx.all(Id, sql, *given, clientes, asesor))


async def found(tx: Tx, tenant: TenantId, query: str, most: int) -> list[ClienteId]:
    """By the beginnings of words of name, phone and e-mail; of frequent ones the newest."""
    sql: LiteralString = "select found as id from clientes_found($1, $2, $3) as found"
    return _ids(await tx.all(Id, sql, tenant, query, most))


async def found_of(
    tx: Tx,
    tenant: TenantId,
    asesor: UserId,
    query: str | None,
    contacts: Sequence[ContactId] | None,
    mark: str | None,
    most: int,
) -> list[ClienteId]:
    """The same of what one asesor has, by `clientes_asesor`: whatever others have with these words
    does not stand in the way."""
    rows = await tx.all(
        Id,
        """
        select c.id
        from clientes c
        where c.tenant_id = $1 and c.asesor_asignado = $2
            and ($3::text is null or exists (
                select from cliente_words w
                where w.tenant_id = $1 and w.cliente_id = c.id and w.words @@ $3::tsquery
            ))
            and ($4::text[] is null or c.contact_id = any($4))
            and ($5::text is distinct from 'escalated' or c.escalated_at is not null)
            and ($5::text is distinct from 'late' or exists (
                select from cliente_goals g
                where g.tenant_id = $1 and g.cliente_id = c.id and (g.assign_late or g.touch_late)
                    and g.came_at = coalesce(c.reopened_at, c.created_at)
            ))
        order by c.id desc
        limit $6
        """,
        tenant,
        asesor,
        query,
        contacts,
        mark,
        most,
    )
    return _ids(rows)


async def of_contacts(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId], most: int
) -> list[ClienteId]:
    rows = await tx.all(
        Id,
        """
        select id
        from clientes
        where tenant_id = $1 and contact_id = any($2::text[])
        order by id desc
        limit $3
        """,
        tenant,
        contacts,
        most,
    )
    return _ids(rows)


async def marked(tx: Tx, tenant: TenantId, mark: str, most: int) -> list[ClienteId]:
    """The newest of those that came back too often, by `clientes_escalated`; or that are late, by
    `cliente_goals_late`."""
    escalated: LiteralString = """
        select id from clientes
        where tenant_id = $1 and escalated_at is not null
        order by id desc
        limit $2
    """
    late: LiteralString = """
        select c.id
        from cliente_goals g
        join clientes c on c.tenant_id = $1 and c.id = g.cliente_id
        where g.tenant_id = $1 and (g.assign_late or g.touch_late)
            and g.came_at = coalesce(c.reopened_at, c.created_at)
            and c.seguimiento_status <> 'terminado'
        order by g.cliente_id desc
        limit $2
    """
    return _ids(await tx.all(Id, escalated if mark == "escalated" else late, tenant, most))


def _given(tenant: TenantId, wanted: Wanted, most: int) -> tuple[object, ...]:
    at, last = wanted.before or (None, None)
    return (
        tenant,
        wanted.statuses,
        most,
        wanted.campaign,
        wanted.since,
        wanted.until,
        at,
        last,
    )


def _ids(rows: Sequence[Id]) -> list[ClienteId]:
    return [row.id for row in rows]


async def _plan_anew(tx: Tx) -> None:
    """Which index serves depends on which filters are set."""
    await tx.execute("set local plan_cache_mode = force_custom_plan")
