"""The SQL of who arrived by which click."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from pista.clicks.model import Arrival, Candidate, Click, ClickId
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx

COLUMNS = Click.__struct_fields__


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    id: ClickId
    visitor_id: VisitorId | None


async def clicked(tx: Tx, tenant: TenantId, token: str | None, code: str | None) -> _Found | None:
    """The click of this token or code; only a visit of a page's own is one without a link."""
    return await tx.one_or_none(
        _Found,
        """
        select id, visitor_id from clicks where tenant_id = $1 and token = $2
        union all
        select id, visitor_id from clicks where tenant_id = $1 and code = $3
        limit 1
        """,
        tenant,
        token,
        code,
    )


async def add(tx: Tx, tenant: TenantId, click: ClickId, one: Arrival) -> bool:
    """Whether it is new; who it was may be learned at the second time."""
    return bool(
        await tx.value(
            """
            insert into click_arrivals as a (
                tenant_id, key, click_id, method, at, channel_id, person_id, visitor_id
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (tenant_id, key) do update set person_id = excluded.person_id
            where a.person_id is null and excluded.person_id is not null
                and a.click_id = excluded.click_id
            returning xmax = 0
            """,
            tenant,
            one.key,
            click,
            one.method,
            one.at,
            one.channel_id,
            one.person_id,
            one.visitor_id,
        )
    )


async def move(tx: Tx, tenant: TenantId, one: UUID, into: UUID) -> None:
    await tx.execute(
        "update click_arrivals set person_id = $3 where tenant_id = $1 and person_id = $2",
        tenant,
        one,
        into,
    )


async def of_people(
    tx: Tx,
    tenant: TenantId,
    persons: Sequence[UUID],
    visitors: Sequence[VisitorId],
    until: datetime,
) -> list[Candidate]:
    rows = await tx.connection.fetch(OF_PEOPLE, tenant, persons, visitors, until)
    return [_candidate(dict(row)) for row in rows]


def _candidate(row: dict[str, object]) -> Candidate:
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


# A browser that clicked is tied to its click by itself, without anything being shown later.
OF_PEOPLE = """
with tied as (
    select a.click_id, a.method, a.at, a.channel_id, a.person_id, a.visitor_id
    from click_arrivals a
    where a.tenant_id = $1 and a.person_id = any ($2::uuid[]) and a.at <= $4
    union all
    select a.click_id, a.method, a.at, a.channel_id, a.person_id, a.visitor_id
    from click_arrivals a
    where a.tenant_id = $1 and a.visitor_id = any ($3::text[]) and a.at <= $4
        and (a.person_id is null or a.person_id <> all ($2::uuid[]))
    union all
    select c.id, 'page', c.at, null, null, c.visitor_id
    from clicks c
    where c.tenant_id = $1 and c.visitor_id = any ($3::text[]) and c.at <= $4
        and not exists (
            select from click_arrivals a
            where a.tenant_id = $1 and a.click_id = c.id and a.visitor_id = c.visitor_id
        )
)
select
    c.id, c.token, c.code, c.link_id, c.at, c.source, c.nature, c.paid, c.visitor_id, c.fbclid,
    c.click_ids, c.ctwa_clid, c.fbc, c.fbp, c.ip, c.user_agent, c.url, c.referrer, c.utm_source,
    c.utm_medium, c.utm_campaign, c.utm_content, c.utm_term, c.campaign, c.adset, c.ad, c.grim,
    c.country, c.language, t.method, t.at as arrived_at, t.channel_id, t.person_id,
    t.visitor_id as arrived_visitor
from tied t
join clicks c on c.tenant_id = $1 and c.id = t.click_id
order by c.at, c.id, t.at, t.method
"""
