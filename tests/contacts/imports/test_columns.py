"""Which column of a file of contacts is what."""

import pytest

from pista.contacts.imports import columns
from pista.contacts.imports.model import ColumnMapping

TABLE = [
    ["Nombre", "Correo electrónico", "Teléfono", "Distrito"],
    ["Ana Núñez", "ana@mail.pe", "+51991234877", "Lima; Perú, \t1"],
]


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
