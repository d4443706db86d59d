"""Files as people's programs write them."""

import io

import pytest

from pista.sheets import BadFile, reading

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
