"""What this room holds of one person: to be handed over, or erased.

A sale stays with what it cost and when, as the company's books need it; nothing of whose it was.
"""

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.contacts.naming import Names
from pista.contacts.rights import PERSON, Held, Person
from pista.store.postgres import Tx

# Of one that is no contact's, what the shop said of its buyer is all that tells whose it is.
OF_PERSON: LiteralString = """
    select s.id from sales s, person p
    where s.tenant_id = p.tenant_id and (
        s.contact_id = any (p.family)
        or s.person_id in (
            select h.id from chat_people h
            where h.tenant_id = p.tenant_id and h.contact_id = any (p.family)
        )
        or s.visitor_id = any (p.visitors)
        or (s.contact_id is null and (
            lower(trim(s.buyer ->> 'email')) = any (p.known_by)
            -- However the shop writes it, with the country's code or without.
            or exists (
                select
                from unnest(p.kinds, p.known_by) as known (kind, value),
                    ltrim(regexp_replace(s.buyer ->> 'phone', '[^0-9]', '', 'g'), '0') as digits
                where known.kind = 'phone' and length(digits) >= 8
                    and right(known.value, length(digits)) = digits
            )
        ))
    )
"""

_ITS: LiteralString = "where t.tenant_id = p.tenant_id and t.sale_id in (" + OF_PERSON + ")"

SELECT: Mapping[str, LiteralString] = {
    "sales": PERSON
    + "select t.* from sales t, person p where t.tenant_id = p.tenant_id and t.id in ("
    + OF_PERSON
    + ") order by t.id",
    "sale_changes": PERSON + "select t.* from sale_changes t, person p " + _ITS + " order by t.id",
    "charges": PERSON + "select t.* from charges t, person p " + _ITS + " order by t.id",
    "refunds": PERSON + "select t.* from refunds t, person p " + _ITS + " order by t.id",
}

_CHANGES: LiteralString = (
    PERSON
    + "update sale_changes t set why = null from person p "
    + _ITS
    + " and t.actor_kind in ('user', 'key')"
)

_CHARGES: LiteralString = (
    PERSON
    + """
    update charges t set description = null, brcode = null, conversation_id = null
    from person p
    """
    + _ITS
)

# Last: by these the others are found.
_SALES: LiteralString = (
    PERSON
    + """
    update sales t
    set contact_id = null, person_id = null, visitor_id = null, click_token = null, buyer = '{}',
        items = '[]', description = null, client_ip = null, client_user_agent = null,
        page_url = null, asked = null,
        external_id = case
            when exists (
                select from unnest(p.known_by) as value
                where length(value) >= 6 and position(value in lower(t.external_id)) > 0
            ) then null
            else t.external_id
        end
    from person p
    where t.tenant_id = p.tenant_id and t.id in ("""
    + OF_PERSON
    + ")"
)

# What is worked off has no body any more.
_BODIES: LiteralString = """
select id, body
from payment_notices
where tenant_id = $1 and body is not null and outcome <> 'waiting'
"""

_FORGET: LiteralString = """
update payment_notices set body = null, detail = null where tenant_id = $1 and id = any ($2)
"""


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    body: bytes


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    names = Names(person.identities)
    bodies = await tx.all(_Body, _BODIES, person.tenant_id)
    naming = [one.id for one in bodies if names.named_in(one.body.decode("utf-8", "replace"))]
    await tx.execute(_CHANGES, *person.given)
    await tx.execute(_CHARGES, *person.given)
    return {
        "paymentNotices": await tx.execute(_FORGET, person.tenant_id, naming),
        "sales": await tx.execute(_SALES, *person.given),
    }


RIGHTS = Held(select=SELECT, erase=erase)
