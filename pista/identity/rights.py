"""What this room holds of one person: to be handed over, or erased."""

from collections.abc import Mapping
from typing import LiteralString

from pista.contacts.rights import PERSON, Held, Person
from pista.identity import queries, undoing
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Whose a browser is that others were on too, their own claims say."""
    shared = await _shared(tx, person)
    counts = {name: await tx.execute(sql, *person.given) for name, sql in ERASE.items()}
    for visitor in shared:
        await queries.lock_visitor(tx, person.tenant_id, visitor)
        await undoing.rebuild(tx, person.tenant_id, visitor)
    return counts


async def erase_visitor(tx: Tx, tenant: TenantId, visitor: VisitorId) -> None:
    """Nobody was ever said to be this visitor."""
    alone = Person(tenant_id=tenant, family=[], identities=[], visitors=[visitor])
    await erase(tx, alone)


async def _shared(tx: Tx, person: Person) -> list[VisitorId]:
    """Browsers, by their first ids, that this person was not alone on."""
    rows = await tx.connection.fetch(SHARED, *person.given)
    return [VisitorId(row["visitor_id"]) for row in rows]


SHARED: LiteralString = (
    PERSON
    + """
    select distinct f.visitor_id
    from visitor_forks f, person p
    where f.tenant_id = p.tenant_id and f.visitor_id <> all (p.visitors)
        and (
            f.contact_id = any (p.family)
            or f.visitor_id in (
                select v.visitor_id from visitor_contact v
                where v.tenant_id = p.tenant_id and v.contact_id = any (p.family)
            )
        )
    order by f.visitor_id
    """
)

_OF_BOTH: LiteralString = """
where t.tenant_id = p.tenant_id
    and (t.contact_id = any (p.family) or t.visitor_id = any (p.visitors))
"""

_CLAIMS: LiteralString = """
where t.tenant_id = p.tenant_id
    and (
        t.contact_id = any (p.family)
        or t.visitor_id = any (p.visitors)
        or ('crm', t.crm_id) in (select * from unnest(p.kinds, p.known_by))
    )
"""

_VOUCHERS: LiteralString = "where t.tenant_id = p.tenant_id and t.contact_id = any (p.family)"

RIGHTS = Held(
    select={
        "links": PERSON + "select t.* from visitor_contact t, person p " + _OF_BOTH,
        "claim_reviews": PERSON + "select t.* from claim_reviews t, person p " + _OF_BOTH,
        "claims": PERSON + "select t.* from link_claims t, person p " + _CLAIMS + "order by t.seq",
        "forks": PERSON + "select t.* from visitor_forks t, person p " + _OF_BOTH,
        "vouchers": PERSON + "select t.* from contact_vouchers t, person p " + _VOUCHERS,
    },
    erase=erase,
)

ERASE: Mapping[str, LiteralString] = {
    "claimReviews": PERSON + "delete from claim_reviews t using person p " + _OF_BOTH,
    "links": PERSON + "delete from visitor_contact t using person p " + _OF_BOTH,
    "claims": PERSON + "delete from link_claims t using person p " + _CLAIMS,
    "forks": PERSON + "delete from visitor_forks t using person p " + _OF_BOTH,
    "vouchers": PERSON + "delete from contact_vouchers t using person p " + _VOUCHERS,
}
