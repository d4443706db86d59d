"""The SQL of clicks: written many at once, and never changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import LiteralString

import msgspec

from pista.clicks.model import Click, LinkId
from pista.ids import TenantId
from pista.store.postgres import Tx


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A click on its way in, and by what a browser is known for a day."""

    tenant_id: TenantId
    click: Click
    who: int = 0


async def add(tx: Tx, clicks: Sequence[tuple[TenantId, Click]]) -> None:
    """Keep clicks that came by no link, of any number of companies, in one statement."""
    await tx.execute(ADD, *_columns(clicks))


async def add_hits(
    tx: Tx, hits: Sequence[Hit], lost: Mapping[tuple[TenantId, LinkId], int], now: datetime
) -> None:
    """Keep clicks, and count them for their links: in one statement, which may be all of its
    transaction. Whoever else counts has rows of its own, so nobody waits."""
    await tx.execute(
        ADD_HITS,
        *_columns([(hit.tenant_id, hit.click) for hit in hits]),
        [hit.who for hit in hits],
        [tenant for tenant, _ in lost],
        [link for _, link in lost],
        list(lost.values()),
        now,
    )


async def forget_people(tx: Tx, before: date, most: int) -> int:
    return await tx.execute(
        """
        delete from link_people
        where ctid = any (array(select ctid from link_people where day < $1 limit $2))
        """,
        before,
        most,
    )


def _columns(clicks: Sequence[tuple[TenantId, Click]]) -> list[list[object]]:
    given = [click for _, click in clicks]
    return [
        [tenant for tenant, _ in clicks],
        *([getattr(click, name) for click in given] for name in PLAIN),
        [msgspec.json.encode(click.click_ids).decode() for click in given],
    ]


PLAIN = tuple(name for name in Click.__struct_fields__ if name != "click_ids")
"""In the order in which the statements take them."""

_GIVEN: LiteralString = """
unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::text[],
    $8::text[], $9::boolean[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::boolean[], $31::text[]
) as c (
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, refused, click_ids
)
"""

ADD: LiteralString = (
    """
insert into clicks (
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, refused, click_ids
)
select
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, refused, click_ids::jsonb
from"""
    + _GIVEN
)

# A link's browsers and hours are taken in one order, so that no two groups wait for each other.
ADD_HITS: LiteralString = (
    "with written as ("
    + ADD
    + """
), hit as (
    select tenant_id, link_id, date_trunc('hour', at) as hour, nature, at, who
    from unnest($1::uuid[], $5::uuid[], $6::timestamptz[], $8::text[], $32::bigint[])
        as h (tenant_id, link_id, at, nature, who)
    where link_id is not null
), new_people as (
    insert into link_people (tenant_id, link_id, day, who)
    select distinct tenant_id, link_id, (at at time zone 'UTC')::date as day, who
    from hit
    where nature = 'click'
    order by tenant_id, link_id, day, who
    on conflict do nothing
    returning tenant_id, link_id
), counted as (
    select
        tenant_id, link_id, hour,
        count(*) filter (where nature = 'click') as clicks,
        0 as people,
        count(*) filter (where nature <> 'click') as bots,
        0 as lost
    from hit
    group by tenant_id, link_id, hour
    union all
    select tenant_id, link_id, date_trunc('hour', $36::timestamptz), 0, count(*), 0, 0
    from new_people
    group by tenant_id, link_id
    union all
    select tenant_id, link_id, date_trunc('hour', $36::timestamptz), 0, 0, 0, lost
    from unnest($33::uuid[], $34::uuid[], $35::bigint[]) as l (tenant_id, link_id, lost)
)
insert into link_hours as t (tenant_id, link_id, hour, slot, clicks, people, bots, lost)
select
    tenant_id, link_id, hour, pg_backend_pid() % 32768, sum(clicks), sum(people), sum(bots),
    sum(lost)
from counted
group by tenant_id, link_id, hour
order by tenant_id, link_id, hour
on conflict (tenant_id, link_id, hour, slot) do update set
    clicks = t.clicks + excluded.clicks,
    people = t.people + excluded.people,
    bots = t.bots + excluded.bots,
    lost = t.lost + excluded.lost
"""
)
