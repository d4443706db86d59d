"""Which column of a file is what, by its name or by what stands in it: no I/O, no clock."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"\+?[\d\s().-]{7,20}")
# Written by programs that fear formulas, ours among them.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r'])")

Names = Mapping[str, frozenset[str]]
"""Of each field, what its column is called, without accents and signs."""
Rows = Sequence[Sequence[str]]

NAME = frozenset(
    {
        *("name", "fullname", "firstname", "contactname", "contact"),
        *("nombre", "nombres", "nombrecompleto", "primernombre", "cliente", "contacto"),
        *("nome", "nomecompleto", "primeironome", "contato"),
    }
)
LAST_NAME = frozenset(
    {
        *("lastname", "surname", "familyname", "sobrenome"),
        *("apellido", "apellidos", "apellidopaterno"),
    }
)
EMAILS = frozenset(
    {
        *("email", "mail", "emails", "email1", "emailaddress", "primaryemail"),
        *("correo", "correo1", "correoelectronico", "direcciondecorreo"),
        *("direcciondeemail", "enderecodeemail"),
    }
)
PHONES = frozenset(
    {
        *("phone", "phone1", "phonenumber", "mobile", "mobilephone", "tel", "whatsapp"),
        *("telefono", "celular", "celular1", "movil", "fono", "numerodetelefono"),
        *("telefone", "fone", "numerodetelefone"),
    }
)


def has_header(rows: Rows, names: Names) -> bool:
    """Names of columns are no e-mails and no numbers."""
    if not rows:
        return False
    if any(_known(cell, names) for cell in rows[0]):
        return True
    return not any(EMAIL.search(cell) or PHONE.fullmatch(cell) for cell in rows[0])


def found(rows: Rows, names: Names, *, header: bool) -> dict[str, int]:
    """By the columns' names, or else by what stands in them: in which one each field is."""
    fields = named(rows[0], names) if header and rows else {}
    body = rows[1:] if header else rows
    for field, pattern in (("email", EMAIL), ("phone", PHONE)):
        if field not in fields and (column := _looking(body, pattern, fields)) is not None:
            fields[field] = column
    return fields


def named(cells: Sequence[str], names: Names) -> dict[str, int]:
    """By the columns' names alone."""
    fields: dict[str, int] = {}
    for column, name in enumerate(cells):
        field = _known(name, names)
        if field is not None:
            fields.setdefault(field, column)
    return fields


def bare(name: str) -> str:
    """Without accents, signs and capitals."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())


def at(cells: Sequence[str], column: int | None) -> str | None:
    """What stands there; a guard against formulas is taken off again."""
    if column is None or column >= len(cells):
        return None
    return _GUARDED.sub("", cells[column], count=1).strip() or None


def whole_name(cells: Sequence[str], name: int | None, last_name: int | None) -> str | None:
    parts = (at(cells, name), at(cells, last_name))
    return " ".join(part for part in parts if part) or None


def _known(name: str, names: Names) -> str | None:
    plain = bare(name)
    return next((field for field, called in names.items() if plain in called), None)


def _looking(rows: Rows, pattern: re.Pattern[str], fields: Mapping[str, int]) -> int | None:
    """The first column in which most cells look like this."""
    taken = set(fields.values())
    for column in range(max((len(row) for row in rows), default=0)):
        cells = [row[column] for row in rows if column < len(row) and row[column]]
        like = sum(1 for cell in cells if pattern.fullmatch(cell))
        if column not in taken and cells and like * 2 > len(cells):
            return column
    return None
