"""What this room holds of one person: to be handed over, or erased.

What a campaign earned stays in the reports, without whose it was. What waits to be sent of the
person never is; what platforms were told of them before is theirs to erase (see docs/conversions).
"""

from collections.abc import Mapping
from typing import LiteralString

from pista.attribution.report import rights as report
from pista.contacts.rights import PERSON, Held, Person
from pista.sales import rights as sales
from pista.store.postgres import Tx

_EVENTS: LiteralString = (
    """
    select c.event_id from conversions c, person p
    where c.tenant_id = p.tenant_id and (c.contact_id = any (p.family) or c.sale_id in ("""
    + sales.OF_PERSON
    + "))"
)
_ITS: LiteralString = (
    "where t.tenant_id = p.tenant_id and t.event_id in (" + _EVENTS + ") order by t.event_id"
)
_CREDITED: LiteralString = (
    """
    where t.tenant_id = p.tenant_id and (
        (t.kind = 'contact' and t.result_id = any (p.family))
        or (t.kind = 'conversation' and t.result_id in (
            select v.id::text from conversations v, chat_people h
            where v.tenant_id = p.tenant_id and h.tenant_id = p.tenant_id
                and v.person_id = h.id and h.contact_id = any (p.family)
        ))
        or (t.kind = 'lead' and t.result_id in (
            select l.id::text from clientes l
            where l.tenant_id = p.tenant_id and l.contact_id = any (p.family)
        ))
        or (t.kind = 'sale' and t.result_id in (
            select s.id::text from sales s
            where s.tenant_id = p.tenant_id and s.id in ("""
    + sales.OF_PERSON
    + """)
        ))
    )
"""
)

SELECT: Mapping[str, LiteralString] = {
    "credits": PERSON + "select t.* from credits t, person p " + _CREDITED,
    "report_shares": report.SELECT,
    "conversions": PERSON + "select t.* from conversions t, person p " + _ITS,
    "deliveries": PERSON + "select t.* from deliveries t, person p " + _ITS,
}

# A sale stays, with a number that leads to nobody; of all others the number is somebody's.
_CREDITS: LiteralString = (
    PERSON
    + """
    update credits t
    set click_id = null, touches = '{}', why = '[]',
        result_id = case when t.kind = 'sale' then t.result_id else gen_random_uuid()::text end
    from person p
    """
    + _CREDITED
)
_DELIVERIES: LiteralString = (
    PERSON
    + """
    update deliveries t
    set payload = null, error = null, next_at = null,
        state = case
            when t.state in ('held', 'ready') then 'canceled'
            when t.state = 'unknown' then 'parked'
            else t.state
        end,
        why = case when t.state in ('held', 'ready', 'unknown') then 'erased' else t.why end
    from person p
    where t.tenant_id = p.tenant_id and t.event_id in ("""
    + _EVENTS
    + ")"
)
_ATTEMPTS: LiteralString = (
    PERSON
    + """
    update delivery_attempts t set error = null from person p
    where t.tenant_id = p.tenant_id and t.event_id in ("""
    + _EVENTS
    + ")"
)
# Last: by these the others are found.
_CONVERSIONS: LiteralString = (
    PERSON
    + """
    update conversions t set contact_id = null from person p
    where t.tenant_id = p.tenant_id and t.event_id in ("""
    + _EVENTS
    + ")"
)


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Before the sales are nobody's."""
    await report.erase(tx, person)
    credited = await tx.execute(_CREDITS, *person.given)
    deliveries = await tx.execute(_DELIVERIES, *person.given)
    await tx.execute(_ATTEMPTS, *person.given)
    await tx.execute(_CONVERSIONS, *person.given)
    return {"credits": credited, "deliveries": deliveries}


RIGHTS = Held(select=SELECT, erase=erase)
