"""Finds the contact that a message is about, adds to it, and shows it."""

import secrets
import string
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec import UNSET, UnsetType, structs

from pista import accounts, queue
from pista.contacts import queries, reviews, rules, tagging
from pista.contacts.model import (
    MOST_ATTRIBUTES,
    BadContact,
    ChangeContact,
    Contact,
    ContactChanged,
    ContactNotFound,
    ContactRow,
    FoundContact,
    Identity,
    IdentityTaken,
    Ignored,
    Kind,
    Upserted,
)
from pista.contacts.queries import ShownRow
from pista.contacts.rules import Owner, Placed
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

T = TypeVar("T")

LETTERS = string.ascii_letters + string.digits


class Known(NamedTuple):
    """Whose some identities are."""

    owners: list[Owner]
    held: dict[ContactId, list[Identity]]
    """All that these are known by, of the contacts that are shown."""
    own: dict[ContactId, list[Identity]]
    """The same of the very contacts."""


async def meant(tx: Tx, tenant: TenantId, found: FoundContact) -> ContactId | None:
    """Who is known by what was found; if it is nobody, nobody else makes them meanwhile."""
    identities, _ = await _read(tx, tenant, found)
    return (await _place(tx, tenant, identities, found)).very


async def upsert(
    tx: Tx, tenant: TenantId, found: FoundContact, *, now: datetime, adopts: bool = False
) -> Upserted:
    """The contact that is known by what was found, with what is new about it; or a new contact.

    The same again changes nothing. Of contacts that are merged, the answer is the very one that is
    meant, so that an undo parts what came meanwhile, too. A transaction that calls this for several
    contacts may be chosen as the victim of a deadlock: one contact a transaction. Only `adopts`
    takes over a contact that a page named by this CRM's id, and then who calls this judges the
    links of the contact that was `unproven` again.
    """
    identities, ignored = await _read(tx, tenant, found)
    placed = await _place(tx, tenant, identities, found, adopts=adopts)
    if placed.absorbed:
        # As whoever merges: before the row of any contact.
        await queries.lock_merges(tx, tenant)
    if placed.very is None:
        contact = await _add(tx, tenant, found, placed.attach, now)
    else:
        contact = await _add_to(tx, tenant, placed, found, now)
    await _ask(tx, tenant, contact, placed, now)
    refused = [Ignored(kind=one.identity.kind, why=one.why) for one in placed.refused]
    return Upserted(
        contact_id=contact,
        created=placed.contact is None,
        ignored=[*ignored, *refused],
        adopted=placed.adopted,
        unproven=placed.unproven,
        named=any(one.kind == "crm" for one in placed.attach),
        absorbed=placed.absorbed,
    )


async def change(
    tx: Tx, tenant: TenantId, contact: ContactId, request: ChangeContact, *, now: datetime
) -> ContactId:
    """Change what is given. A new e-mail, phone or CRM id takes the old one's place."""
    new = _identities(request, await country(tx, tenant))
    await hold(tx, tenant, contact, also=[one for one in new.values() if one])
    row = await locked_root(tx, tenant, contact)
    [shown] = await shown_contacts(tx, tenant, [row.id])
    for kind, identity in new.items():
        await _replace(tx, row, kind, getattr(shown, rules.FIELDS[kind]), identity, now)
    fields = {rules.FIELDS[kind]: one and one.value for kind, one in new.items()}
    attributes = rules.clean_attributes(_or(request.attributes, {}))
    changed = structs.replace(
        row,
        **fields,
        name=rules.clean(_or(request.name, row.name)),
        attributes=rules.merged_attributes(row.attributes, attributes, most=MOST_ATTRIBUTES),
        updated_at=now,
    )
    if request.tags is not UNSET:
        family = await queries.families(tx, tenant, [row.id])
        changed = tagging.changed(changed, family, request.tags)
    await queries.store(tx, changed)
    await noted(tx, tenant, row.id, now)
    return row.id


async def contact(tx: Tx, tenant: TenantId, contact_id: ContactId) -> Contact:
    """The contact, or the one that it was merged into."""
    root = await queries.root(tx, tenant, contact_id)
    if root is None:
        raise ContactNotFound
    [shown] = await shown_contacts(tx, tenant, [root])
    return shown


async def contact_by(tx: Tx, tenant: TenantId, identity: Identity) -> ContactId | None:
    """Who is known by this."""
    return await queries.shown_value(tx, tenant, identity)


async def owner_of(tx: Tx, tenant: TenantId, identity: Identity) -> ContactId | None:
    """Who is known by this, also if that was merged into another."""
    return await queries.owner(tx, tenant, identity)


async def root_of(tx: Tx, tenant: TenantId, contact_id: ContactId) -> ContactId | None:
    """The contact that is shown for this one; None if there is none."""
    return await queries.root(tx, tenant, contact_id)


async def shown_contacts(tx: Tx, tenant: TenantId, roots: Sequence[ContactId]) -> list[Contact]:
    """In this order, each with what is known of those merged into it."""
    members: dict[ContactId, list[ShownRow]] = defaultdict(list)
    for row in await queries.families(tx, tenant, roots):
        members[row.root_id].append(row)
    return [combined(rows) for rows in members.values()]


async def known_by(tx: Tx, tenant: TenantId, identities: Sequence[Identity]) -> Known:
    """Who is known by any of these, and by what else."""
    owners = [
        Owner(Identity(row.kind, row.value), row.root_id, row.strength == "strong", row.contact_id)
        for row in await queries.owners(tx, tenant, identities)
    ]
    held: dict[ContactId, list[Identity]] = defaultdict(list)
    own: dict[ContactId, list[Identity]] = defaultdict(list)
    roots = sorted({owner.contact for owner in owners})
    for row in await queries.held(tx, tenant, roots) if roots else []:
        held[row.root_id].append(Identity(row.kind, row.value))
        own[row.contact_id].append(Identity(row.kind, row.value))
    return Known(owners, held, own)


async def country(tx: Tx, tenant: TenantId) -> str | None:
    """Of phone numbers without a country's code."""
    chosen = await queries.default_country(tx, tenant)
    return chosen or rules.country_of((await accounts.tenant(tx, tenant)).time_zone)


async def hold(
    tx: Tx, tenant: TenantId, *contacts: ContactId, also: Sequence[Identity] = ()
) -> None:
    """Messages about any of these wait, before they have the row of any of them: or else one with
    the row of the second could wait for who has the first's, and waits for the second's."""
    roots = {root for one in contacts if (root := await queries.root(tx, tenant, one))}
    known = await queries.held(tx, tenant, sorted(roots))
    own = [Identity(one.kind, one.value) for one in known]
    await queries.lock_identities(tx, tenant, [*own, *also])


async def locked_root(tx: Tx, tenant: TenantId, contact_id: ContactId) -> ContactRow:
    """The contact that is shown for this one, which nobody else changes meanwhile."""
    while root := await queries.root(tx, tenant, contact_id):
        row = await queries.row_for_update(tx, tenant, root)
        if row and row.merged_into is None:
            return row
    raise ContactNotFound


async def noted(tx: Tx, tenant: TenantId, root: ContactId, now: datetime) -> None:
    """The contact has changed: it is found by what is so now, and open screens hear of it."""
    [shown] = await shown_contacts(tx, tenant, [root])
    known = await queries.identities(tx, tenant, root)
    own = [Identity(one.kind, one.value) for one in known]
    lexemes = rules.lexemes(shown.name, shown.tags, shown.source, own)
    await queries.set_search(tx, tenant, root, lexemes)
    await announce(tx, tenant, root, now)


async def announce(tx: Tx, tenant: TenantId, root: ContactId, now: datetime) -> None:
    await queue.announce(tx, ContactChanged(tenant_id=tenant, contact_id=root, at=now))


def combined(rows: Sequence[ContactRow]) -> Contact:
    """The first as it is, and what it does not know itself from those merged into it."""
    fields = {name: _first(rows, name) for name in ("name", "email", "phone", "crm_id")}
    attributes = {k: v for row in reversed(rows) for k, v in row.attributes.items()}
    head = rows[0]
    return Contact(
        id=head.id,
        **fields,
        attributes=attributes,
        tags=tagging.shown(rows),
        source=head.source,
        created_at=head.created_at,
        updated_at=max(row.updated_at for row in rows),
    )


def new_id() -> ContactId:
    """Not to be guessed: 131 bits."""
    return ContactId("cntct_" + "".join(secrets.choice(LETTERS) for _ in range(22)))


def new_row(
    tenant: TenantId, found: FoundContact, own: list[Identity], now: datetime
) -> ContactRow:
    """A contact that nobody has told of before."""
    row = ContactRow(
        tenant_id=tenant,
        id=new_id(),
        name=None,
        email=None,
        phone=None,
        crm_id=None,
        attributes={},
        tags=[],
        source=found.source,
        created_at=now,
        updated_at=now,
        merged_into=None,
    )
    return _told(row, found, own)


async def _read(tx: Tx, tenant: TenantId, found: FoundContact) -> rules.Read:
    """What the person is known by, and nobody else says meanwhile."""
    where = await country(tx, tenant) if rules.needs_country(found.phone) else None
    read = rules.read(found, where)
    if not read.identities:
        raise BadContact(_nothing_known(read.ignored))
    await queries.lock_identities(tx, tenant, read.identities)
    return read


async def _place(
    tx: Tx,
    tenant: TenantId,
    identities: list[Identity],
    found: FoundContact,
    *,
    adopts: bool = False,
) -> Placed:
    owners, held, own = await known_by(tx, tenant, identities)
    named = (one for one in owners if one.identity.kind == "crm" and not one.strong)
    bare = next((one.very for one in named if own[one.very] == [one.identity]), None)
    return rules.place(
        identities, owners, held, trusted=found.trusted, bare=bare if adopts else None
    )


async def _add(
    tx: Tx, tenant: TenantId, found: FoundContact, own: list[Identity], now: datetime
) -> ContactId:
    row = new_row(tenant, found, own, now)
    # Nobody is merged into it yet: what it is found by is its own.
    await queries.add(tx, row, rules.lexemes(row.name, row.tags, row.source, own))
    await _attach(tx, tenant, row.id, found, own, now)
    await announce(tx, tenant, row.id, now)
    return row.id


async def _add_to(
    tx: Tx,
    tenant: TenantId,
    placed: Placed,
    found: FoundContact,
    now: datetime,
) -> ContactId:
    assert placed.very is not None
    own = placed.attach
    root = await locked_root(tx, tenant, placed.very)
    row = root
    if root.id != placed.very:
        row = await queries.row_for_update(tx, tenant, placed.very)
    assert row is not None
    told = _told(row, found, own) if found.trusted else row
    if placed.adopted:
        told = structs.replace(told, source=found.source)
    if told == row and not own:
        return row.id
    await queries.store(tx, structs.replace(told, updated_at=now))
    await _attach(tx, tenant, row.id, found, own, now)
    await noted(tx, tenant, root.id, now)
    return row.id


async def _attach(
    tx: Tx,
    tenant: TenantId,
    contact_id: ContactId,
    found: FoundContact,
    own: list[Identity],
    now: datetime,
) -> None:
    strength = "strong" if found.trusted else "provisional"
    await queries.attach(
        tx, tenant, contact_id, own, strength=strength, source=found.source, now=now
    )


async def _ask(
    tx: Tx, tenant: TenantId, contact_id: ContactId, placed: Placed, now: datetime
) -> None:
    """What could not be settled by rule is for a person."""
    for one in (*placed.refused, *placed.moved_from):
        reason = "shared_identity" if one.other else "too_many_identities"
        await reviews.open_review(
            tx, tenant, reason, contact_id, other=one.other, identity=one.identity, now=now
        )
    for other in sorted({one.other for one in placed.moved_from if one.other}):
        if root := await queries.root(tx, tenant, other):
            await noted(tx, tenant, root, now)


async def _replace(
    tx: Tx,
    row: ContactRow,
    kind: Kind,
    old: str | None,
    identity: Identity | None,
    now: datetime,
) -> None:
    if identity is not None:
        taken = await queries.shown_value(tx, row.tenant_id, identity)
        if taken not in (None, row.id):
            raise IdentityTaken(f"{kind}: the contact {taken} is known by this already.")
    if old is not None and (identity is None or identity.value != old):
        await queries.detach(tx, row.tenant_id, row.id, Identity(kind, old))
        await queries.hide(tx, row.tenant_id, row.id, Identity(kind, old))
    if identity is not None:
        await queries.attach(
            tx, row.tenant_id, row.id, [identity], strength="strong", source="person", now=now
        )


def _told(row: ContactRow, found: FoundContact, own: list[Identity]) -> ContactRow:
    """The row with what was found."""
    fields = {rules.FIELDS[one.kind]: one.value for one in own if one.kind in rules.FIELDS}
    attributes = rules.clean_attributes(found.attributes)
    return structs.replace(
        tagging.added(row, found.tags),
        **fields,
        name=rules.clean(found.name) or row.name,
        attributes=rules.merged_attributes(row.attributes, attributes, most=MOST_ATTRIBUTES),
    )


def _identities(request: ChangeContact, where: str | None) -> dict[Kind, Identity | None]:
    """Those to be changed; None for one that is taken away."""
    asked: dict[Kind, str | UnsetType | None] = {
        "email": request.email,
        "phone": request.phone,
        "crm": request.crm_id,
    }
    new: dict[Kind, Identity | None] = {}
    for kind, text in asked.items():
        if text is not UNSET:
            new[kind] = _asked(kind, text, where)
    return new


def _asked(kind: Kind, text: str | None, where: str | None) -> Identity | None:
    if text is None:
        return None
    identity = rules.identified(kind, text, where)
    if not isinstance(identity, Identity):
        raise BadContact(f"{rules.FIELDS[kind]}: {_WRONG[identity]}")
    return identity


def _nothing_known(ignored: list[Ignored]) -> str | None:
    """Why none of what was sent will do."""
    return " ".join(f"{one.kind}: {_WRONG[one.why]}" for one in ignored) or None


_WRONG = {
    "blocked": "This is a placeholder, and nobody's own.",
    "invalid": "This is none, or lacks the country's code.",
}


def _first(rows: Sequence[ContactRow], name: str) -> str | None:
    return next((value for row in rows if (value := getattr(row, name)) is not None), None)


def _or(given: T | UnsetType, kept: T) -> T:
    return kept if given is UNSET else given
