"""Which column is what, and what a row says of a person: no I/O, no clock."""

import re
from collections.abc import Sequence

from msgspec import structs

from pista.contacts.imports.model import ColumnMapping
from pista.contacts.many_queries import IMPORTED
from pista.contacts.model import FoundContact, Identity
from pista.sheets import columns
from pista.sheets.columns import EMAILS, LAST_NAME, NAME, PHONES, Names, Rows

# As their programs and our customers call them.
NAMES: Names = {
    "email": EMAILS,
    "phone": PHONES,
    "name": NAME,
    "last_name": LAST_NAME,
    "crm_id": frozenset({"contactid", "crmid", "ghlid", "idcontacto", "idcontato", "idcrm"}),
    "user_id": frozenset(
        {"userid", "customerid", "idusuario", "usuarioid", "idcliente", "clienteid"}
    ),
    "tags": frozenset({"tags", "tag", "labels", "etiquetas", "etiqueta", "rotulos", "marcadores"}),
}
_BETWEEN_TAGS = re.compile(r"[,;|]")


def has_header(rows: Rows) -> bool:
    return columns.has_header(rows, NAMES)


def guess(rows: Rows, *, header: bool) -> ColumnMapping:
    """By the columns' names, or else by what stands in them; other named ones are attributes."""
    found = columns.found(rows, NAMES, header=header)
    used = set(found.values())
    attributes = {
        name.strip()[:64]: column
        for column, name in enumerate(rows[0] if header and rows else ())
        if column not in used and name.strip()
    }
    return structs.replace(ColumnMapping(attributes=attributes), **found)


def read(cells: Sequence[str], mapping: ColumnMapping, tags: Sequence[str]) -> FoundContact:
    """What a row says of a person."""
    own = _BETWEEN_TAGS.split(columns.at(cells, mapping.tags) or "")
    given = {key: columns.at(cells, column) for key, column in mapping.attributes.items()}
    return FoundContact(
        source=IMPORTED,
        trusted=True,
        name=columns.whole_name(cells, mapping.name, mapping.last_name),
        email=columns.at(cells, mapping.email),
        phone=columns.at(cells, mapping.phone),
        crm_id=columns.at(cells, mapping.crm_id),
        user_id=columns.at(cells, mapping.user_id),
        # An empty cell takes nothing away.
        attributes={key: value for key, value in given.items() if value is not None},
        tags=[tag.strip() for tag in (*tags, *own) if tag.strip()],
    )


def told(identities: Sequence[Identity], kind: str) -> str | None:
    return next((one.value for one in identities if one.kind == kind), None)
