"""What this room holds of one person: to be handed over, or erased."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, LiteralString

import msgspec

from pista import queue
from pista.contacts import queries
from pista.contacts.model import ContactChanged, Identity, Kind, Value
from pista.contacts.naming import Names
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx

Rows = list[dict[str, Any]]
"""Column by column, so that one that is added later is handed over too."""

PERSON: LiteralString = """
with person as (
    select $1::uuid as tenant_id, $2::text[] as family, $3::text[] as kinds,
        $4::text[] as known_by, $5::text[] as visitors
)
"""
"""What every statement about a person begins with."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A contact with those merged into it, and what they are known by."""

    tenant_id: TenantId
    family: list[ContactId]
    """The one that is shown first."""
    identities: list[Identity]
    visitors: list[VisitorId] = []
    """Browsers that were this person's alone."""

    @property
    def given(self) -> tuple[object, ...]:
        """What statements are told."""
        kinds = [one.kind for one in self.identities]
        values = [one.value for one in self.identities]
        return self.tenant_id, self.family, kinds, values, self.visitors


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a room holds of people, table by table."""

    select: Mapping[str, LiteralString]
    """What to hand over of each table; begins with `PERSON`."""
    erase: Callable[[Tx, Person], Awaitable[Mapping[str, int]]]
    """Take it out, and tell how many rows that were. Bears being repeated."""


async def person(tx: Tx, tenant: TenantId, contact: ContactId) -> Person | None:
    """None if there is no such contact."""
    root = await queries.root(tx, tenant, contact)
    if root is None:
        return None
    members = await queries.families(tx, tenant, [root])
    known = {Identity(one.kind, one.value) for one in await queries.identities(tx, tenant, root)}
    for one in members:
        known |= await _its_own(
            tx, tenant, {"email": one.email, "phone": one.phone, "crm": one.crm_id}
        )
    return Person(
        tenant_id=tenant,
        family=[one.id for one in members],
        identities=sorted(known, key=lambda one: (one.kind, one.value)),
    )


async def hold(tx: Tx, person: Person) -> None:
    """From here to the end of the transaction nobody else changes this person."""
    # In the order of whoever merges.
    await queries.lock_identities(tx, person.tenant_id, person.identities)
    await queries.lock_merges(tx, person.tenant_id)
    await tx.execute(
        "select id from contacts where tenant_id = $1 and id = any ($2) for update",
        person.tenant_id,
        person.family,
    )


async def held(tx: Tx, person: Person, select: Mapping[str, LiteralString]) -> dict[str, Rows]:
    """The rows of each table, as they are to be handed over."""
    found: dict[str, Rows] = {}
    for name, sql in select.items():
        rows = await tx.connection.fetch(sql, *person.given)
        found[name] = [dict(row) for row in rows]
    return found


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Last of all rooms: the rows of every other point at the contacts."""
    counts = {name: await tx.execute(sql, *person.given) for name, sql in ERASE.items()}
    now = datetime.now(UTC)
    for one in person.family:
        news = ContactChanged(tenant_id=person.tenant_id, contact_id=one, at=now)
        await queue.announce(tx, news)
    return counts


async def forget_named(tx: Tx, tenant: TenantId, names: Names) -> int:
    """Take out what is told of others and names the person; how many contacts that was told of."""
    rows = await tx.all(
        _Attributes, NAMING, tenant, names.emails, names.numbers, [f'"{one}"' for one in names.ids]
    )
    changed = 0
    for row in rows:
        kept = {k: v for k, v in row.attributes.items() if not names.named_in([k, v])}
        if kept != row.attributes:
            changed += 1
            await tx.execute(
                "update contacts set attributes = $3 where tenant_id = $1 and id = $2",
                tenant,
                row.id,
                kept,
            )
    return changed


class _Attributes(msgspec.Struct, frozen=True, kw_only=True):
    id: ContactId
    attributes: dict[str, Value]


async def _its_own(tx: Tx, tenant: TenantId, shown: dict[Kind, str | None]) -> set[Identity]:
    """What a contact shows; but not what another has become known by since."""
    own = {Identity(kind, value) for kind, value in shown.items() if value is not None}
    owners = await queries.owners(tx, tenant, list(own))
    return own - {Identity(row.kind, row.value) for row in owners}


NAMING: LiteralString = """
select id, attributes
from contacts
where tenant_id = $1 and attributes <> '{}'
    and (
        exists (
            select from unnest($2::text[]) as email
            where position(email in lower(attributes::text)) > 0
        )
        or exists (
            select from unnest($3::text[]) as number
            where position(number in regexp_replace(attributes::text, '[^0-9]', '', 'g')) > 0
        )
        or exists (
            select from unnest($4::text[]) as own where position(own in attributes::text) > 0
        )
    )
order by id
for update
"""

_REVIEWS: LiteralString = """
where t.tenant_id = p.tenant_id
    and (
        t.contact_id = any (p.family)
        or t.other_contact_id = any (p.family)
        or t.visitor_id = any (p.visitors)
        or (t.kind, t.value) in (select * from unnest(p.kinds, p.known_by))
    )
"""

_OF_FAMILY: LiteralString = "where t.tenant_id = p.tenant_id and t.contact_id = any (p.family)"

_MERGES: LiteralString = """
where t.tenant_id = p.tenant_id
    and (t.contact_id = any (p.family) or t.into_id = any (p.family))
"""

_CONTACTS: LiteralString = "where t.tenant_id = p.tenant_id and t.id = any (p.family)"

RIGHTS = Held(
    select={
        "contacts": PERSON + "select t.* from contacts t, person p " + _CONTACTS,
        "identities": PERSON + "select t.* from contact_identities t, person p " + _OF_FAMILY,
        "merges": PERSON + "select t.* from contact_merges t, person p " + _MERGES,
        "reviews": PERSON + "select t.* from contact_reviews t, person p " + _REVIEWS,
    },
    erase=erase,
)

ERASE: Mapping[str, LiteralString] = {
    "reviews": PERSON + "delete from contact_reviews t using person p " + _REVIEWS,
    "merges": PERSON + "delete from contact_merges t using person p " + _MERGES,
    "identities": PERSON + "delete from contact_identities t using person p " + _OF_FAMILY,
    "contacts": PERSON + "delete from contacts t using person p " + _CONTACTS,
}
