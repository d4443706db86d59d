"""The SQL of who arrived by which click."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from pista.clicks.model import Arrival, Arrived, Candidate, Click
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx

COLUMNS = Click.__struct_fields__


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that somebody's chat shows to have been theirs."""

    key: str
    visitor_id: VisitorId
    at: datetime


async def add(tx: Tx, arrivals: Sequence[tuple[TenantId, Arrival]]) -> list[Arrived]:
    """Those whose click there is; who it was may be learned at the second time."""
    given = [one for _, one in arrivals]
    return await tx.all(
        Arrived,
        ADD,
        [tenant for tenant, _ in arrivals],
        *([getattr(one, name) for one in given] for name in Arrival.__struct_fields__),
    )


async def is_known(tx: Tx, tenant: TenantId, key: str) -> bool:
    return bool(
        await tx.value(
            "select true from click_arrivals where tenant_id = $1 and key = $2", tenant, key
        )
    )


async def move(tx: Tx, tenant: TenantId, one: UUID, into: UUID) -> None:
    await tx.execute(
        "update click_arrivals set person_id = $3 where tenant_id = $1 and person_id = $2",
        tenant,
        one,
        into,
    )


async def browsers(tx: Tx, tenant: TenantId, person: UUID, most: int) -> list[Browser]:
    return await tx.all(Browser, BROWSERS, tenant, person, most)


async def of_people(
    tx: Tx,
    tenant: TenantId,
    persons: Sequence[UUID],
    visitors: Sequence[VisitorId],
    until: datetime,
) -> list[Candidate]:
    rows = await tx.connection.fetch(OF_PEOPLE, tenant, persons, visitors, until)
    return [_candidate(dict(row)) for row in rows]


def _candidate(row: dict[str, Any]) -> Candidate:
    click = msgspec.convert({name: row[name] for name in COLUMNS}, Click, strict=True)
    return msgspec.convert(
        {
            "click": click,
            "method": row["method"],
            "at": row["arrived_at"],
            "channel_id": row["channel_id"],
            "person_id": row["person_id"],
            "visitor_id": row["arrived_visitor"],
        },
        Candidate,
        strict=True,
    )


# Counted for the link in the same statement, in a row that nobody else writes: each chat and each
# browser once, however often it shows the same click. Whose chat it is, its key tells at once.
ADD: LiteralString = """
with given as (
    select *
    from unnest(
        $1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::uuid[],
        $8::uuid[], $9::text[]
    ) as g (tenant_id, key, method, at, token, code, channel_id, person_id, visitor_id)
), meant as (
    select distinct on (tenant_id, key) *
    from (
        select g.*, c.id as click_id, c.visitor_id as clicked_by, c.link_id
        from given g
        join clicks c on c.token = g.token and c.tenant_id = g.tenant_id
        union all
        select g.*, c.id, c.visitor_id, c.link_id
        from given g
        join clicks c on c.tenant_id = g.tenant_id and c.code = g.code
    ) m
    order by tenant_id, key
), added as (
    insert into click_arrivals as a (
        tenant_id, key, click_id, method, at, channel_id, person_id, visitor_id
    )
    select tenant_id, key, click_id, method, at, channel_id, person_id, visitor_id
    from meant
    order by tenant_id, key
    on conflict (tenant_id, key) do update set person_id = excluded.person_id
    where a.person_id is null and excluded.person_id is not null
        and a.click_id = excluded.click_id
    returning tenant_id, key, xmax = 0 as new
), counted as (
    insert into link_hours as t (tenant_id, link_id, hour, slot, starts)
    select
        m.tenant_id, m.link_id, date_trunc('hour', m.at), pg_backend_pid() % 32768,
        count(distinct (m.click_id, coalesce(m.visitor_id, regexp_replace(m.key, ':[^:]*$', ''))))
    from added a
    join meant m on m.tenant_id = a.tenant_id and m.key = a.key
    where a.new and m.link_id is not null and not exists (
        select from click_arrivals b
        where b.tenant_id = m.tenant_id and b.click_id = m.click_id and b.key <> m.key and (
            b.person_id = m.person_id or b.visitor_id = m.visitor_id
            or regexp_replace(b.key, ':[^:]*$', '') = regexp_replace(m.key, ':[^:]*$', '')
        )
    )
    group by m.tenant_id, m.link_id, date_trunc('hour', m.at)
    order by m.tenant_id, m.link_id, date_trunc('hour', m.at)
    on conflict (tenant_id, link_id, hour, slot) do update set starts = t.starts + excluded.starts
)
select m.key, m.click_id, m.clicked_by as visitor_id, coalesce(a.new, false) as new
from meant m
left join added a on a.tenant_id = m.tenant_id and a.key = m.key
"""

# A click's browser is of whoever showed it first: who had the link forwarded was never on it.
BROWSERS: LiteralString = """
with own as (
    select a.key, a.click_id, a.at
    from click_arrivals a
    where a.tenant_id = $1 and a.person_id = $2 and not exists (
        select from click_arrivals b
        where b.tenant_id = $1 and b.click_id = a.click_id and b.person_id <> a.person_id
            and (b.at, b.key) < (a.at, a.key)
    )
    order by a.at desc
    limit $3
)
select o.key, c.visitor_id, o.at
from own o
join clicks c on c.tenant_id = $1 and c.id = o.click_id
where c.visitor_id is not null
union
select o.key, first.visitor_id, o.at
from own o
cross join lateral (
    select p.visitor_id
    from click_arrivals p
    where p.tenant_id = $1 and p.click_id = o.click_id and p.visitor_id is not null
    order by p.at, p.key
    limit 1
) first
order by at, visitor_id
"""

_CLICK: LiteralString = """
    c.id, c.token, c.code, c.link_id, c.at, c.source, c.nature, c.paid, c.visitor_id, c.fbclid,
    c.click_ids, c.ctwa_clid, c.fbc, c.fbp, c.ip, c.user_agent, c.url, c.referrer, c.utm_source,
    c.utm_medium, c.utm_campaign, c.utm_content, c.utm_term, c.campaign, c.adset, c.ad, c.grim,
    c.country, c.language, c.refused
"""
# A browser that clicked is tied to its click by itself, without anything being shown later.
OF_PEOPLE: LiteralString = (
    """
    with tied as (
        select a.click_id, a.method, a.at, a.channel_id, a.person_id, a.visitor_id
        from click_arrivals a
        where a.tenant_id = $1 and a.person_id = any ($2::uuid[]) and a.at <= $4
        union all
        select a.click_id, a.method, a.at, a.channel_id, a.person_id, a.visitor_id
        from click_arrivals a
        where a.tenant_id = $1 and a.visitor_id = any ($3::text[]) and a.at <= $4
            and (a.person_id is null or a.person_id <> all ($2::uuid[]))
    )
    select """
    + _CLICK
    + """, t.method, t.at as arrived_at, t.channel_id, t.person_id,
        t.visitor_id as arrived_visitor
    from tied t
    join clicks c on c.tenant_id = $1 and c.id = t.click_id
    union all
    select """
    + _CLICK
    + """, 'page', c.at, null, null, c.visitor_id
    from clicks c
    where c.tenant_id = $1 and c.visitor_id = any ($3::text[]) and c.at <= $4
        and not exists (
            select from click_arrivals a
            where a.tenant_id = $1 and a.click_id = c.id and a.visitor_id = c.visitor_id
        )
    order by at, id, arrived_at, method
    """
)
