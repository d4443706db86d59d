"""Data that comes with an INSERT, as plain HTTP and through the official client."""

import gzip
import random
import struct
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import clickhouse_connect
import httpx
import pytest
from clickhouse_connect.driver.exceptions import DatabaseError

from tests.store.embedded.clickhouse.serving import READONLY, Server

pa: Any = import_module("pyarrow")  # has no types of its own

AWKWARD = '[1, "x"]\n\n\n[2, "; select 1;\\n\\n -- ñ"]\n[3, "\\u0000\'\\\\"]\n'
STORED = [(1, "x"), (2, "; select 1;\n\n -- ñ"), (3, "\x00'\\")]


def rows(server: Server, table: str) -> list[Any]:
    return [
        tuple(r) for r in server.client().query(f"select * from {table} order by a").result_rows
    ]


@pytest.mark.parametrize("in_url", [True, False])
@pytest.mark.parametrize(
    "statement",
    [
        "insert into {table} format JSONCompactEachRow",
        "insert into {table} select a, b from input('a UInt64, b String')"
        " format JSONCompactEachRow",
        # The structure may hold what looks like an end.
        "insert into {table} (a, b) select a, b from input('a UInt64, b String, `)` Int8')"
        " settings input_format_defaults_for_omitted_fields = 1 format JSONCompactEachRow",
    ],
)
def test_data_arrives_as_it_is(
    server: Server, http: httpx.Client, table: str, statement: str, in_url: bool
) -> None:
    """
    Empty lines, semicolons, quotes and control characters in the data are data.
    """
    sql = statement.format(table=table)
    data = AWKWARD.replace("]\n", ", 0]\n") if "`)`" in sql else AWKWARD

    if in_url:
        answer = http.post("/", params={"query": sql}, content=data)
    else:
        answer = http.post("/", content=f"{sql}\n{data}")

    assert answer.status_code == 200, answer.text
    assert rows(server, table) == STORED


def test_every_byte_survives(server: Server, http: httpx.Client, table: str) -> None:
    """
    0x00 to 0xff, line breaks in pairs included, are stored as sent.
    """
    every = bytes(range(256)) * 2 + b"\n\n;\r\n"
    length = bytes([len(every) & 0x7F | 0x80, len(every) >> 7])
    data = b"".join(struct.pack("<Q", n) + length + every for n in range(3))

    http.post("/", params={"query": f"insert into {table} format RowBinary"}, content=data)

    assert server.ask(f"select count(), uniq(b), hex(any(b)) from {table}") == (
        f"3\t1\t{every.hex().upper()}"
    )


def test_values_take_parameters(server: Server, http: httpx.Client, table: str) -> None:
    """
    `VALUES` with bound parameters, expressions and strings that look like an end.
    """
    sql = f"insert into {table} values ({{a:UInt64}}, {{b:String}}), (1 + 1, 'x;\n\n')"

    http.post("/", content=sql, params={"param_a": "1", "param_b": "it's\\n\\\\n"})

    assert rows(server, table) == [(1, "it's\n\\n"), (2, "x;\n\n")]


def test_a_parameter_inside_the_select(server: Server, http: httpx.Client, table: str) -> None:
    """
    An INSERT … SELECT … FROM input() takes parameters like any SELECT.
    """
    sql = f"insert into {table} select a, concat(b, {{b:String}}) from input('a UInt64, b String')"

    http.post(
        "/",
        params={"query": f"{sql} format CSV", "param_b": "'\\t«"},
        content="1,x\n2,y\n",
    )

    assert rows(server, table) == [(1, "x'\t«"), (2, "y'\t«")]


def test_the_answer_counts_rows(http: httpx.Client, table: str) -> None:
    """
    The summary tells what was written.
    """
    sql = f"insert into {table} select a, b from input('a UInt64, b String') format CSV"

    plain = http.post("/", content=f"insert into {table} format CSV\n1,x\n2,y\n")
    selected = http.post("/", params={"query": sql}, content="1,x\n2,y\n3,z\n")

    assert '"written_rows":"2"' in plain.headers["X-ClickHouse-Summary"]
    assert '"written_rows":"3"' in selected.headers["X-ClickHouse-Summary"]


@pytest.mark.parametrize(
    ("data", "code"),
    [("[1, 2, 3, 4\n", "27"), ('["x", "y"]\n', "27"), ("nonsense", "27")],
)
def test_bad_data_stores_nothing(
    server: Server, http: httpx.Client, table: str, data: str, code: str
) -> None:
    """
    One bad row refuses the whole body.
    """
    sql = f"insert into {table} format JSONCompactEachRow"

    answer = http.post("/", params={"query": sql}, content='[1, "good"]\n' + data)

    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (400, code)
    assert rows(server, table) == []


@pytest.mark.parametrize("kind", ["CSV", "JSONEachRow", "Native", "RowBinary", "Arrow", "Parquet"])
def test_noise_is_refused(server: Server, http: httpx.Client, table: str, kind: str) -> None:
    """
    Random bytes, which the engine's message quotes, are the caller's mistake; it goes on.
    """
    noise = random.Random(kind).randbytes(2000)

    answer = http.post("/", params={"query": f"insert into {table} format {kind}"}, content=noise)

    assert int(answer.headers["X-ClickHouse-Exception-Code"]) > 0
    assert answer.text.startswith("Code: ")
    assert rows(server, table) == []


def test_a_big_body_of_many_mebibytes(server: Server, http: httpx.Client, table: str) -> None:
    """
    128 MiB in one request are stored, and the process does not keep them.
    """
    line = b'[1, "' + b"x" * 1014 + b'"]\n'
    body = line * (128 * 1024)

    answer = http.post(
        "/", params={"query": f"insert into {table} format JSONCompactEachRow"}, content=body
    )

    assert answer.status_code == 200, answer.text
    assert server.ask(f"select count(), sum(length(b)) from {table}") == "131072\t132907008"


@pytest.mark.parametrize(
    "statement",
    [
        "insert into {table} format CSV",
        "insert into {table} select a, b from input('a UInt64, b String') format CSV",
    ],
)
def test_a_token_counts_once(
    server: Server, http: httpx.Client, table: str, statement: str
) -> None:
    """
    The same token twice changes nothing, nor in the views that hang on the table.
    """
    # The view's own table must remember tokens too: it does not learn of the first table's.
    server.ask(
        f"create table {table}_sums (n UInt64) engine = SummingMergeTree order by ()"
        " settings non_replicated_deduplication_window = 1000"
    )
    server.ask(
        f"create materialized view {table}_view to {table}_sums as select 1 as n from {table}"
    )
    asked = {"query": statement.format(table=table), "insert_deduplication_token": "one"} | {
        "deduplicate_blocks_in_dependent_materialized_views": "1"
    }

    for _ in range(3):
        assert http.post("/", params=asked, content="1,x\n2,y\n").status_code == 200
    http.post("/", params=asked | {"insert_deduplication_token": "two"}, content="1,x\n2,y\n")

    assert server.ask(f"select count() from {table}") == "4"
    assert server.ask(f"select sum(n) from {table}_sums") == "4"


@pytest.mark.parametrize("source", ["", "select a, b from input('a UInt64, b String')"])
def test_settings_shape_the_blocks(
    server: Server, http: httpx.Client, table: str, source: str
) -> None:
    """
    A body of many chunks is one block, unless the settings say otherwise.
    """
    server.ask(f"system stop merges {table}")
    sql = {"query": f"insert into {table} {source} format CSV"}
    body = "".join(f"{n},{'x' * 100}\n" for n in range(50_000))
    small = {"max_insert_block_size": "5000", "min_insert_block_size_rows": "5000"} | {
        "min_insert_block_size_bytes": "0",
        # input() reads in blocks of this size; a server takes max_insert_block_size here too.
        "max_block_size": "5000",
    }
    parts = f"select count() from system.parts where table = '{table}' and active"

    http.post("/", params=sql | {"async_insert": "1"}, content=body).raise_for_status()
    whole = int(server.ask(parts))
    http.post("/", params=sql | small, content=body).raise_for_status()
    split = int(server.ask(parts)) - whole

    assert whole == 1
    assert split > 1


@pytest.mark.parametrize("packing", [False, "lz4", "zstd", "gzip"])
def test_the_official_client_inserts(server: Server, table: str, packing: Any) -> None:
    """
    `insert`, `raw_insert` and `insert_arrow`, plain and packed.
    """
    client = server.client(compress=packing)

    client.insert(table, [[1, "ñ\n\n;"]], column_names=["a", "b"])
    client.raw_insert(table, ["a", "b"], b"2,x\n", fmt="CSV")
    client.insert_arrow(table, pa.table({"a": pa.array([3], pa.uint64()), "b": ["y"]}))

    assert rows(server, table) == [(1, "ñ\n\n;"), (2, "x"), (3, "y")]
    if packing:
        packed = gzip.compress(b"4,z\n")
        client.raw_insert(table, ["a", "b"], packed, fmt="CSV", compression="gzip")
        assert rows(server, table)[-1] == (4, "z")


def test_the_official_client_reads(server: Server) -> None:
    """
    Parameters, types, Arrow and errors through the client that Pista uses.
    """
    client = server.client()
    given = {
        "s": "it's \n\t\\ ñ \x00 🎯",
        "u": UUID(int=7),
        "l": ["a'b", "\\n"],
        "t": datetime(2026, 11, 22, 1, 2, 3, 456000, UTC),
        "n": None,
        "long": "x" * 100_000,  # too long for a URL: the client sends a form
    }

    row = client.query(
        "select {s:String}, {u:UUID}, {l:Array(String)}, {t:DateTime64(3, 'UTC')},"
        " {n:Nullable(String)}, {long:String}",
        parameters=given,
        tz_mode="aware",
    ).first_row

    assert list(row) == list(given.values())
    assert client.query_arrow("select 1 as x").to_pydict() == {"x": [1]}
    assert client.command("select count() from system.one") == 1
    assert client.query("select 1 as x limit 0").column_names == ("x",)


async def test_the_official_async_client(server: Server, table: str) -> None:
    """
    The asynchronous client inserts, reads and sees errors, as either user.
    """
    driver: Any = clickhouse_connect
    place = {"host": "127.0.0.1", "port": server.port}
    client = await driver.get_async_client(
        **place, username="pista", password="full-password", autogenerate_session_id=False
    )
    reader = await driver.get_async_client(
        **place, username=READONLY[0], password=READONLY[1], autogenerate_session_id=False
    )

    await client.insert(table, [[1, "x"]], column_names=["a", "b"])

    assert (await reader.query(f"select * from {table}")).result_rows == [(1, "x")]
    with pytest.raises(DatabaseError, match="UNKNOWN_TABLE"):
        await client.query("select * from nowhere")
    with pytest.raises(DatabaseError, match="READONLY"):
        await reader.command(f"drop table {table}")
    await client.close()
    await reader.close()
