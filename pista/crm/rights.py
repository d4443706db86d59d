"""What this room holds of one person: to be handed over, or erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, LiteralString

import msgspec

from pista.collect.erasing import erase_introductions
from pista.contacts.naming import Names
from pista.contacts.rights import PERSON, Held, Person
from pista.crm.model import ReceivedId
from pista.crm.queries import sources
from pista.crm.receiving import order_key
from pista.ids import TenantId
from pista.store.postgres import Tx

BODIES_AT_ONCE = 500


class Body(msgspec.Struct, frozen=True, kw_only=True):
    id: ReceivedId
    body: bytes


class Swept(msgspec.Struct, frozen=True, kw_only=True):
    """How far webhooks were looked through, and which of them name the person."""

    until: ReceivedId
    naming: list[ReceivedId]


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    names = Names(person.identities)
    counts = {
        "introductions": await erase_introductions(
            tx, person.tenant_id, person.visitors, names.named_in
        ),
        "webhooks": await tx.execute(WEBHOOKS, *person.given),
        "webhooksOfVisitors": await tx.execute(VISITORS_OF_WEBHOOKS, *person.given),
    }
    await tx.execute(NEWNESS, person.tenant_id, await _order_keys(tx, person))
    return counts


async def sweep(
    tx: Tx, tenant: TenantId, names: Names, after: ReceivedId | None, before: datetime
) -> Swept | None:
    """The next webhooks that came before this moment; None if there are no more.

    Whoever works one off is waited for, so that what it says has become a contact's or nothing.
    """
    rows = await tx.all(Body, BODIES, tenant, after, before, BODIES_AT_ONCE)
    if not rows:
        return None
    naming = [row.id for row in rows if names.named_in(readable(row.body))]
    return Swept(until=rows[-1].id, naming=naming)


async def forget_bodies(tx: Tx, tenant: TenantId, webhooks: list[ReceivedId]) -> int:
    """What they said; what became of them stays."""
    return await tx.execute(FORGET, tenant, webhooks)


def readable(body: bytes) -> object:
    """The JSON, or else the text."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return body.decode("utf-8", "replace")


async def _order_keys(tx: Tx, person: Person) -> list[str]:
    """The names under which it is noted how new what is known of the person is."""
    ids = {one.value for one in person.identities if one.kind == "crm"}
    return [
        order_key(source.id, one.removeprefix(f"{source.id}:"))
        for source in await sources(tx, person.tenant_id)
        for one in sorted(ids)
    ]


_WEBHOOKS: LiteralString = "where t.tenant_id = p.tenant_id and t.contact_id = any (p.family)"

WEBHOOKS = PERSON + "delete from webhooks t using person p " + _WEBHOOKS

VISITORS_OF_WEBHOOKS = (
    PERSON
    + """
    update webhooks t set visitor_id = null, body = null
    from person p
    where t.tenant_id = p.tenant_id and t.visitor_id = any (p.visitors)
    """
)

NEWNESS: LiteralString = """
delete from webhook_contacts where tenant_id = $1 and contact = any ($2::text[])
"""

BODIES: LiteralString = """
select id, body
from webhooks
where tenant_id = $1 and ($2::uuid is null or id > $2) and received_at < $3 and body is not null
order by id
limit $4
for no key update
"""

FORGET: LiteralString = """
update webhooks set body = null, detail = null where tenant_id = $1 and id = any ($2)
"""

SELECT: Mapping[str, LiteralString] = {
    "webhooks": PERSON + "select t.* from webhooks t, person p " + _WEBHOOKS + "order by t.id",
}

RIGHTS = Held(select=SELECT, erase=erase)


async def naming(tx: Tx, person: Person, now: datetime) -> list[dict[str, Any]]:
    """Webhooks of others, or of nobody, that name the person."""
    names, after = Names(person.identities), None
    found: list[dict[str, Any]] = []
    while swept := await sweep(tx, person.tenant_id, names, after, now):
        after = swept.until
        rows = await tx.connection.fetch(OTHERS, person.tenant_id, swept.naming, person.family)
        found += [dict(row) for row in rows]
    return found


OTHERS: LiteralString = """
select id, source_id, received_at, body, state, detail
from webhooks
where tenant_id = $1 and id = any ($2) and (contact_id is null or contact_id <> all ($3))
order by id
"""
