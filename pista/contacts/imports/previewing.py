"""What would become of the rows of a file, one after the other: no I/O."""

from collections import defaultdict
from collections.abc import Sequence

from pista.contacts import rules
from pista.contacts.imports import columns
from pista.contacts.imports.adding import Read
from pista.contacts.imports.model import PreviewRow
from pista.contacts.model import Identity, Ignored
from pista.contacts.rules import Owner, Placed
from pista.contacts.service import Known
from pista.ids import ContactId


def shown(rows: Sequence[Read], known: Known) -> list[PreviewRow]:
    """In the order of the file: a row may be about whom an earlier one would have made."""
    people = _People(known)
    return [_row(read, people) for read in rows]


class _People:
    """Who is known, with those whom the rows so far would have made."""

    def __init__(self, known: Known) -> None:
        self._owners = {owner.identity: owner for owner in known.owners}
        self._held = defaultdict(list, {root: [*own] for root, own in known.held.items()})
        self._rows: dict[ContactId, int] = {}
        self.made: set[ContactId] = set()

    def told(self, row: int, identities: Sequence[Identity]) -> tuple[Placed, ContactId]:
        """Who is meant, and what is theirs from then on."""
        owners = [self._owners[one] for one in identities if one in self._owners]
        placed = rules.place(identities, owners, self._held, trusted=True)
        contact = placed.contact
        if contact is None:
            contact = ContactId(f"row {row}")
            self.made.add(contact)
        for one in placed.attach:
            self._owners[one] = Owner(one, contact, strong=True, very=contact)
            self._held[contact].append(one)
        return placed, contact

    def first_row(self, row: int, contact: ContactId) -> int | None:
        """The earlier one that is about the same person."""
        first = self._rows.setdefault(contact, row)
        return None if first == row else first


def _row(read: Read, people: _People) -> PreviewRow:
    identities, ignored = read.told.identities, read.told.ignored
    placed, contact, same_as = None, None, None
    if identities:
        placed, contact = people.told(read.row, identities)
        same_as = people.first_row(read.row, contact)
        ignored = [*ignored, *(Ignored(kind=n.identity.kind, why=n.why) for n in placed.refused)]
    is_known = placed is not None and placed.contact is not None
    return PreviewRow(
        row=read.row,
        name=rules.clean(read.told.found.name),
        email=columns.told(identities, "email"),
        phone=columns.told(identities, "phone"),
        outcome="refused" if placed is None else "updated" if is_known else "created",
        contact_id=None if contact in people.made else contact,
        same_as=same_as,
        ignored=ignored,
    )
