"""What this room holds of one person: to be handed over, or erased.

A link that was forwarded ties several people to one click. It is of the browser that clicked or
else of whoever arrived by it first; the others let go of no more than their own arrival.
"""

from collections.abc import Mapping
from typing import LiteralString

from pista.contacts.rights import PERSON, Held, Person
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx

THEIR_OWN: LiteralString = """
, persons as (
    select h.id from chat_people h, person p
    where h.tenant_id = p.tenant_id and h.contact_id = any (p.family)
), browsers as (
    select
        unnest(p.visitors) as id, '-infinity'::timestamptz as since,
        'infinity'::timestamptz as until
    from person p
    union
    select v.visitor_id, '-infinity', coalesce(
        (
            select min(f.since) from visitor_forks f
            where f.tenant_id = v.tenant_id and f.visitor_id = v.visitor_id and f.active
                and f.contact_id <> all (p.family)
        ),
        'infinity'
    )
    from visitor_contact v, person p
    where v.tenant_id = p.tenant_id and v.contact_id = any (p.family)
    union
    select f.visitor_id, f.since, coalesce(
        (
            select min(n.since) from visitor_forks n
            where n.tenant_id = f.tenant_id and n.visitor_id = f.visitor_id and n.active
                and n.since > f.since and n.contact_id <> all (p.family)
        ),
        'infinity'
    )
    from visitor_forks f, person p
    where f.tenant_id = p.tenant_id and f.contact_id = any (p.family) and f.active
), arrived as (
    select a.tenant_id, a.key, a.click_id
    from click_arrivals a, person p
    where a.tenant_id = p.tenant_id and (
        a.person_id in (select id from persons)
        or exists (
            select from browsers b
            where b.id = a.visitor_id and a.at >= b.since and a.at < b.until
        )
    )
), clicked as (
    select c.id
    from clicks c, person p, browsers b
    where c.tenant_id = p.tenant_id and c.visitor_id = b.id and c.at >= b.since and c.at < b.until
    union
    select c.id
    from arrived m
    join clicks c on c.tenant_id = m.tenant_id and c.id = m.click_id
    where c.visitor_id is null and m.key = (
        select a.key from click_arrivals a
        where a.tenant_id = m.tenant_id and a.click_id = m.click_id
        order by a.at, a.key
        limit 1
    )
)
"""
"""What of this room is a person's, who stands in `person`."""

SELECT: Mapping[str, LiteralString] = {
    "clicks": PERSON
    + THEIR_OWN
    + """
    select t.* from clicks t, person p
    where t.tenant_id = p.tenant_id and t.id in (select id from clicked)
    order by t.at
    """,
    "click_arrivals": PERSON
    + THEIR_OWN
    + """
    select t.* from click_arrivals t
    join arrived m on m.tenant_id = t.tenant_id and m.key = t.key
    order by t.at
    """,
}

ERASE: Mapping[str, LiteralString] = {
    # What tied others to them goes with them.
    "clicks": PERSON
    + THEIR_OWN
    + """
    delete from clicks t using person p
    where t.tenant_id = p.tenant_id and t.id in (select id from clicked)
    """,
    "clickArrivals": PERSON
    + THEIR_OWN
    + """
    delete from click_arrivals t using arrived m
    where m.tenant_id = t.tenant_id and m.key = t.key
    """,
}


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    return {name: await tx.execute(sql, *person.given) for name, sql in ERASE.items()}


async def erase_visitor(tx: Tx, tenant: TenantId, visitor: VisitorId) -> None:
    """A browser that nobody was ever said to be."""
    alone = Person(tenant_id=tenant, family=[], identities=[], visitors=[visitor])
    await erase(tx, alone)


RIGHTS = Held(select=SELECT, erase=erase)
