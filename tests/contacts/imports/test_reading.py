"""Files as people's programs write them."""

import io

import pytest

from pista.contacts.imports import columns, reading
from pista.contacts.imports.model import BadFile, ColumnMapping

TABLE = [
    ["Nombre", "Correo electrónico", "Teléfono", "Distrito"],
    ["Ana Núñez", "ana@mail.pe", "+51991234877", "Lima; Perú, \t1"],
]


def written(rows: list[list[str]], separator: str, encoding: str) -> bytes:
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"],
)
def test_a_file_is_read_whoever_wrote_it(separator: str, encoding: str):
    """
    Encoding and separator are found; separators and line ends inside of quotes are no others.
    """
    file = io.BytesIO(written(TABLE, separator, encoding))

    shape = reading.shape_of(file)
    rows = list(reading.rows_of(file, shape))

    assert shape.separator == separator
    assert rows == TABLE


def test_what_is_no_table_is_refused():
    """
    Rather than read as something else.
    """
    wide = io.BytesIO(b",".join([b"x"] * 200))

    with pytest.raises(BadFile):
        list(reading.rows_of(wide, reading.shape_of(wide)))


@pytest.mark.parametrize(
    ("rows", "header", "fields"),
    [
        (TABLE, True, {"name": 0, "email": 1, "phone": 2}),
        ([["Phone Number", "LAST NAME", "First name"]], True, {"phone": 0, "last_name": 1}),
        ([["E-mail", "Sobrenome", "Celular", "Etiquetas"]], True, {"email": 0, "tags": 3}),
        # No names at all: the cells say it.
        ([["x", "ana@mail.pe"], ["y", "luz@mail.pe"]], False, {"email": 1}),
        ([["999 111 222", "ana@mail.pe"]], False, {"phone": 0, "email": 1}),
    ],
)
def test_columns_are_guessed(rows: list[list[str]], header: bool, fields: dict[str, int]):
    """
    By their names in three languages, or else by what stands in them.
    """
    assert columns.has_header(rows) is header

    guessed = columns.guess(rows, header=header)

    assert {name: getattr(guessed, name) for name in fields} == fields


def test_other_columns_are_attributes():
    """
    Under their own names; an empty cell takes nothing away.
    """
    guessed = columns.guess(TABLE, header=True)

    full = columns.read(TABLE[1], guessed, ["feria"])
    empty = columns.read(["", "ana@mail.pe"], guessed, [])

    assert guessed.attributes == {"Distrito": 3}
    assert (full.name, full.attributes, full.tags) == (
        "Ana Núñez",
        {"Distrito": "Lima; Perú, \t1"},
        ["feria"],
    )
    assert (empty.name, empty.attributes) == (None, {})


def test_a_guard_against_formulas_is_taken_off_again():
    """
    What we have exported is what we import.
    """
    mapping = ColumnMapping(name=0, email=1)

    assert columns.read(["'=Ana", "ana@mail.pe"], mapping, []).name == "=Ana"
    assert columns.read(["'Ana", "ana@mail.pe"], mapping, []).name == "'Ana"
