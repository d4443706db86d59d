"""Which column is what, and what a row says of a person: no I/O, no clock."""

import re
from collections.abc import Mapping, Sequence

from msgspec import structs

from pista.contacts import rules
from pista.contacts.imports.model import ColumnMapping
from pista.contacts.model import FoundContact, Identity

SOURCE = "import"

# As their programs and our customers call them, without accents and signs.
NAMES: dict[str, frozenset[str]] = {
    "email": frozenset(
        {
            *("email", "mail", "emails", "email1", "emailaddress", "primaryemail"),
            *("correo", "correo1", "correoelectronico", "direcciondecorreo"),
            *("direcciondeemail", "enderecodeemail"),
        }
    ),
    "phone": frozenset(
        {
            *("phone", "phone1", "phonenumber", "mobile", "mobilephone", "tel", "whatsapp"),
            *("telefono", "celular", "celular1", "movil", "fono", "numerodetelefono"),
            *("telefone", "fone", "numerodetelefone"),
        }
    ),
    "name": frozenset(
        {
            *("name", "fullname", "firstname", "contactname", "contact"),
            *("nombre", "nombres", "nombrecompleto", "primernombre", "cliente", "contacto"),
            *("nome", "nomecompleto", "primeironome", "contato"),
        }
    ),
    "last_name": frozenset(
        {
            *("lastname", "surname", "familyname", "sobrenome"),
            *("apellido", "apellidos", "apellidopaterno"),
        }
    ),
    "crm_id": frozenset({"contactid", "crmid", "ghlid", "idcontacto", "idcontato", "idcrm"}),
    "user_id": frozenset(
        {"userid", "customerid", "idusuario", "usuarioid", "idcliente", "clienteid"}
    ),
    "tags": frozenset({"tags", "tag", "labels", "etiquetas", "etiqueta", "rotulos", "marcadores"}),
}
_BETWEEN_TAGS = re.compile(r"[,;|]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s().-]{7,20}")
# Written by programs that fear formulas, ours among them.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r'])")


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Names of columns are no e-mails and no numbers."""
    if not rows:
        return False
    if any(_known(cell) for cell in rows[0]):
        return True
    return not any(_EMAIL.search(cell) or _PHONE.fullmatch(cell) for cell in rows[0])


def guess(rows: Sequence[Sequence[str]], *, header: bool) -> ColumnMapping:
    """By the columns' names, or else by what stands in them; other named ones are attributes."""
    found: dict[str, int] = {}
    names: Sequence[str] = rows[0] if header and rows else ()
    for column, name in enumerate(names):
        field = _known(name)
        if field is not None:
            found.setdefault(field, column)
    body = rows[1:] if header else rows
    for field, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        if field not in found and (column := _looking(body, pattern, found)) is not None:
            found[field] = column
    used = set(found.values())
    attributes = {
        name.strip()[:64]: column
        for column, name in enumerate(names)
        if column not in used and name.strip()
    }
    return structs.replace(ColumnMapping(attributes=attributes), **found)


def read(cells: Sequence[str], mapping: ColumnMapping, tags: Sequence[str]) -> FoundContact:
    """What a row says of a person."""

    def at(column: int | None) -> str | None:
        if column is None or column >= len(cells):
            return None
        return _GUARDED.sub("", cells[column], count=1).strip() or None

    name = " ".join(part for part in (at(mapping.name), at(mapping.last_name)) if part)
    own = _BETWEEN_TAGS.split(at(mapping.tags) or "")
    given = {key: at(column) for key, column in mapping.attributes.items()}
    return FoundContact(
        source=SOURCE,
        trusted=True,
        name=name or None,
        email=at(mapping.email),
        phone=at(mapping.phone),
        crm_id=at(mapping.crm_id),
        user_id=at(mapping.user_id),
        # An empty cell takes nothing away.
        attributes={key: value for key, value in given.items() if value is not None},
        tags=[tag.strip() for tag in (*tags, *own) if tag.strip()],
    )


def told(identities: Sequence[Identity], kind: str) -> str | None:
    return next((one.value for one in identities if one.kind == kind), None)


def _known(name: str) -> str | None:
    plain = "".join(rules.words(name))
    return next((field for field, names in NAMES.items() if plain in names), None)


def _looking(
    rows: Sequence[Sequence[str]], pattern: re.Pattern[str], found: Mapping[str, int]
) -> int | None:
    """The first column in which most cells look like this."""
    taken = set(found.values())
    for column in range(max((len(row) for row in rows), default=0)):
        cells = [row[column] for row in rows if column < len(row) and row[column]]
        like = sum(1 for cell in cells if pattern.fullmatch(cell))
        if column not in taken and cells and like * 2 > len(cells):
            return column
    return None
