"""Makes the clientes of rows whose phone is nobody's case yet, with their contacts, and gives them
to whose they are to be."""

from collections.abc import Sequence

from pista.contacts import many
from pista.contacts import queries as contacts
from pista.contacts.model import Identity
from pista.contacts.queries import OwnerRow
from pista.desk import machine
from pista.desk.clientes.service import lexemes
from pista.desk.imports import many_queries
from pista.desk.imports.columns import Read
from pista.desk.imports.many_queries import Planned
from pista.desk.imports.work import Work
from pista.desk.moving_queries import NewCliente
from pista.ids import ContactId

SOURCE = "import"


async def create(work: Work, reads: Sequence[Read]) -> None:
    people = await _people(work, reads)
    planned = [_planned(read, people[read.row][0]) for read in reads]
    ids = await many_queries.add(work.tx, work.tenant, planned, work.actor, work.why)
    owned = {cliente: work.staff.whose(read) for cliente, read in zip(ids, reads, strict=True)}
    going = [(one, whose) for one, whose in owned.items() if whose]
    moved = await many_queries.move(
        work.tx, work.tenant, going, machine.DERIVE, work.actor, work.why
    )
    work.moved(moved, owned)
    versions = {one.id: one.version for one in moved}
    for cliente, read in zip(ids, reads, strict=True):
        contact, made = people[read.row]
        work.note(
            read,
            "created",
            cliente,
            version=versions.get(cliente, 1),
            contact=contact if made else None,
        )


async def _people(work: Work, reads: Sequence[Read]) -> dict[int, tuple[ContactId | None, bool]]:
    """Of each row its contact, and whether it was made."""
    known = await _known(work, reads)
    people: dict[int, tuple[ContactId | None, bool]] = {
        row: (contact, False) for row, contact in known.items()
    }
    rest = [one for one in reads if one.row not in known]
    became = await many.upsert_many(work.tx, work.tenant, [one.told for one in rest], now=work.now)
    for read, one in zip(rest, became, strict=True):
        people[read.row] = (one.contact, one.created)
    return people


async def _known(work: Work, reads: Sequence[Read]) -> dict[int, ContactId]:
    """Rows all of whose phone and e-mail are one contact's already: there is nothing to add, and a
    file does not rename whom the company knows."""
    every = [one for read in reads for one in read.told.identities]
    rows = await contacts.owners(work.tx, work.tenant, every)
    owners = {Identity(one.kind, one.value): one for one in rows if one.strength == "strong"}
    found: dict[int, ContactId] = {}
    for read in reads:
        own = [owners.get(one) for one in read.told.identities]
        if contact := _one(own):
            found[read.row] = contact
    return found


def _one(owners: Sequence[OwnerRow | None]) -> ContactId | None:
    first = owners[0] if owners else None
    if first is None or any(one is None or one.root_id != first.root_id for one in owners):
        return None
    return first.contact_id


def _planned(read: Read, contact: ContactId | None) -> Planned:
    nombre = read.nombre or read.telefono or read.email or "?"
    new = NewCliente(
        nombre=nombre,
        telefono=read.telefono,
        email=read.email,
        contact_id=contact,
        campaign=read.campaign,
        source=read.source or SOURCE,
        notas=read.notas,
    )
    words = lexemes(nombre, read.telefono, read.email)
    return Planned(new, read.next_action, read.next_action_at, words)
