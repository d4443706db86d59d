"""What the report holds of one person: handed over, or erased. That they were counted stays."""

from typing import LiteralString

from pista.contacts.rights import PERSON, Person
from pista.store.postgres import Tx

SELECT: LiteralString = (
    PERSON
    + """
    select t.* from report_shares t, person p
    where t.tenant_id = p.tenant_id and t.contact_id = any (p.family)
    order by t.kind, t.result_id, t.model, t.click_id
    """
)

_SHARES: LiteralString = (
    PERSON
    + """
    delete from report_shares t using person p
    where t.tenant_id = p.tenant_id and t.contact_id = any (p.family) and t.kind <> 'sale'
    """
)
_SALES: LiteralString = (
    PERSON
    + """
    update report_shares t set contact_id = null from person p
    where t.tenant_id = p.tenant_id and t.contact_id = any (p.family)
    """
)


_DUE: LiteralString = (
    PERSON
    + """
    delete from credit_due t using person p
    where t.tenant_id = p.tenant_id and t.subject in (
        select 'contact:' || id from unnest(p.family) as id
        union all
        select 'visitor:' || id from unnest(p.visitors) as id
        union all
        select 'visitor:' || v.visitor_id from visitor_contact v
        where v.tenant_id = p.tenant_id and v.contact_id = any (p.family)
        union all
        select 'person:' || h.id from chat_people h
        where h.tenant_id = p.tenant_id and h.contact_id = any (p.family)
    )
    """
)


async def erase(tx: Tx, person: Person) -> None:
    """Until the transaction ends nobody is noted to be counted again."""
    await tx.execute("set local pista.counts_stay = 'on'")
    await tx.execute(_SHARES, *person.given)
    await tx.execute(_SALES, *person.given)
    await tx.execute(_DUE, *person.given)
