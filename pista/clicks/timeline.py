"""Clicks of a contact as facts for its timeline: when it clicked, and when it showed by which."""

from datetime import datetime
from typing import LiteralString

import msgspec

from pista.clicks.model import Method, Source
from pista.clicks.rights import THEIR_OWN
from pista.contacts.facts import Before, Fact, Told
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

# Where the visit or the message itself is the click, having come by it says nothing more.
FACTS: LiteralString = (
    """
with person as (
    select
        $1::uuid as tenant_id, array(select contact_family($1, $2)) as family,
        '{}'::text[] as visitors
)
"""
    + THEIR_OWN
    + """
, told as (
    select 'click.' || c.id as id, c.at, 'clicked' as what, c.id as click_id, null as method,
        c.visitor_id
    from clicked k
    join clicks c on c.tenant_id = $1 and c.id = k.id
    where c.nature = 'click'
    union all
    select 'arrival.' || md5(a.key), a.at, 'arrived', a.click_id, a.method, a.visitor_id
    from arrived m
    join click_arrivals a on a.tenant_id = $1 and a.key = m.key
    join clicks c on c.tenant_id = $1 and c.id = a.click_id
    where c.source = 'go'
)
select
    t.id, t.at, t.what, t.method, t.visitor_id, c.source, c.campaign, c.adset, c.ad,
    l.name as link
from told t
join clicks c on c.tenant_id = $1 and c.id = t.click_id
left join links l on l.tenant_id = $1 and l.id = c.link_id
where t.at <= $3 and (t.at, t.id collate "C") < ($3, $4)
order by t.at desc, t.id collate "C" desc
limit $5
"""
)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    at: datetime
    what: str
    method: Method | None
    visitor_id: str | None
    source: Source
    campaign: str | None
    adset: str | None
    ad: str | None
    link: str | None


async def facts(tx: Tx, tenant: TenantId, root: ContactId, before: Before, most: int) -> list[Told]:
    """Of its browsers, in its time on them, and of whoever it writes as."""
    rows = await tx.all(_Row, FACTS, tenant, root, before.at, before.id, most)
    return [Told(row.at, _fact(row, root)) for row in rows]


def _fact(row: _Row, root: ContactId) -> Fact:
    named = {"link": row.link, "campaign": row.campaign, "adset": row.adset, "ad": row.ad}
    evidence = {name: value for name, value in named.items() if value is not None}
    return Fact(
        id=row.id,
        room="clicks",
        what=row.what,
        contact_id=root,
        visitor_id=row.visitor_id,
        method=row.method,
        evidence=evidence | {"clickSource": row.source},
    )
