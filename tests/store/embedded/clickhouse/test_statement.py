"""Statements parted from their data."""

import pytest

from pista.store.embedded.clickhouse import statement

FORMATS = frozenset({"CSV", "JSONCompactEachRow", "Native", "RowBinary", "Values"})


@pytest.mark.parametrize(
    ("sql", "head", "format_name", "data"),
    [
        (b"insert into t format CSV\n1,2", b"insert into t ", "CSV", b"1,2"),
        (b"INSERT INTO t FORMAT CSV 1,2", b"INSERT INTO t ", "CSV", b"1,2"),
        (b"insert into t format RowBinary\r\n\n\n", b"insert into t ", "RowBinary", b"\n\n"),
        # Only the first line break parts; a second one is data.
        (b"insert into t format CSV\n\n1", b"insert into t ", "CSV", b"\n1"),
        (b"insert into t (a, b) values (1, ';')", b"insert into t (a, b) ", "Values", b" (1, ';')"),
        (b"insert into t", b"insert into t", None, b""),
        # Words that only look like the clause: in a comment, a name, a string, a column list.
        (
            b"-- format CSV\ninsert into t format CSV\n1",
            b"-- format CSV\ninsert into t ",
            "CSV",
            b"1",
        ),
        (b"insert /* values */ into `format CSV` format CSV 1", None, "CSV", b"1"),
        (b"insert into t (format, values) format CSV\n1", None, "CSV", b"1"),
        (
            b"insert into t select 'x format CSV' from input('a Int8') format CSV\n1",
            None,
            "CSV",
            b"1",
        ),
        (b"insert into t select format from input('format Int8') format CSV\n1", None, "CSV", b"1"),
        (
            b"insert into t select 'it''s \\' format CSV' format Native\n\x00",
            None,
            "Native",
            b"\x00",
        ),
        (b"insert into t select $$ ' format CSV $$ format Native\n\x01", None, "Native", b"\x01"),
        (b"insert into t select * from values('a Int8', 1)", None, None, b""),
    ],
)
def test_the_data_begins_behind_the_clause(
    sql: bytes, head: bytes | None, format_name: str | None, data: bytes
) -> None:
    """
    Head, format and data are those that ClickHouse's parser would find.
    """
    found = statement.insert(sql, FORMATS)

    assert found
    assert found.format == format_name
    assert sql[found.data_at :] == data
    assert head is None or found.head == head


@pytest.mark.parametrize(
    "sql",
    [b"select 1", b"-- insert\nselect 1", b"explain insert into t format CSV", b"", b"'insert'"],
)
def test_other_statements_have_no_data(sql: bytes) -> None:
    """
    Only an INSERT is parted.
    """
    assert statement.insert(sql, FORMATS) is None


@pytest.mark.parametrize(
    ("sql", "rewritten"),
    [
        (
            b"insert into t select a from input('a Int8, b String') where a > 1 format CSV\n1",
            b"insert into t select a from file('/f', 'CSV', 'a Int8, b String') where a > 1 ",
        ),
        (
            b"insert into t select a from /* input('x') */ INPUT ( 'a Int8' ) format CSV\n",
            b"insert into t select a from /* input('x') */ file('/f', 'CSV',  'a Int8' ) ",
        ),
        (
            b"insert into input (a) with x as (select 1) select a from input('a') format CSV\n",
            b"insert into input (a) with x as (select 1) select a from file('/f', 'CSV', 'a') ",
        ),
    ],
)
def test_input_reads_a_file(sql: bytes, rewritten: bytes) -> None:
    """
    `input()` becomes the same rows from a file, and nothing else in the statement changes.
    """
    found = statement.insert(sql, FORMATS)

    assert found
    assert statement.reading_file(found, "/f", "CSV") == rewritten


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        (b"select 1 format JSON", "JSON"),
        (b"select 1\nFORMAT Native ;\n", "Native"),
        (b"select 1 format CSV settings max_threads = 1", "CSV"),
        (b"select 1", None),
        (b"select 'format JSON'", None),
        (b"select format from t", None),
    ],
)
def test_the_output_format_stands_at_the_end(sql: bytes, name: str | None) -> None:
    """
    The answer's header names the format that the statement asks for.
    """
    assert statement.output_format(sql) == name
