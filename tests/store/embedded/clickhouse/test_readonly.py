"""The user that may only read."""

import httpx
import pytest

from tests.store.embedded.clickhouse.serving import Server


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "select count() from {table}",
        "with x as (select 1) select * from x",
        "show tables",
        "show create table {table}",
        "describe table {table}",
        "exists table {table}",
        "explain select * from {table}",
        "select * from numbers(2)",
        "select 'my file', a as file from {table}",
        "select * apply(max) from {table}",
    ],
)
def test_it_reads(reader: httpx.Client, table: str, sql: str) -> None:
    """
    Whatever only looks is allowed, also when it talks of files.
    """
    answer = reader.post("/", content=sql.format(table=table))

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "insert into {table} values (1, 'x')",
        "insert into {table} format CSV\n1,x",
        "insert into {table} select 1, 'x'",
        "insert into {table} select * from input('a UInt64, b String') format CSV\n1,x",
        "insert into {table} from infile '/etc/passwd' format CSV",
        "insert into function file('x.csv', 'CSV') select 1",
        "create table other (a Int8) engine = Memory",
        "create temporary table other (a Int8)",
        "create function f as x -> x",
        "drop table {table}",
        "truncate table {table}",
        "alter table {table} delete where 1",
        "delete from {table} where 1",
        "optimize table {table}",
        "rename table {table} to other",
        "system flush logs",
        "system shutdown",
        "kill query where 1",
        "set max_threads = 2",
        "set readonly = 0",
        "use system",
        "grant all on *.* to default",
        "backup table {table} to File('x')",
        "select 1 settings readonly = 0",
        "select 1 settings max_memory_usage = 1",
    ],
)
def test_it_changes_nothing(reader: httpx.Client, server: Server, table: str, sql: str) -> None:
    """
    What would change data, settings or other people's queries is refused with code 164.
    """
    answer = reader.post("/", content=sql.format(table=table))

    assert answer.headers.get("X-ClickHouse-Exception-Code") == "164", answer.text
    assert "(READONLY)" in answer.text
    assert server.ask(f"select count() from {table}") == "0"


@pytest.mark.parametrize(
    "sql",
    [
        "select * from file('/etc/passwd', 'LineAsString')",
        "select * from file('/etc/passwd', 'LineAsString', 'line String')",
        "select * from fileCluster('c', '/etc/passwd', 'LineAsString')",
        "select * from url('http://127.0.0.1:1/', 'LineAsString', 'line String')",
        "select * from s3('http://127.0.0.1:1/bucket/key', 'CSV', 'a String')",
        "select * from remote('127.0.0.1:1', 'system.one')",
        "select * from mysql('127.0.0.1:1', 'd', 't', 'u', 'p')",
        "select * from postgresql('127.0.0.1:1', 'd', 't', 'u', 'p')",
        "select * from sqlite('/etc/passwd', 't')",
        "select * from executable('true', 'CSV', 'a String')",
        "select * from `/etc/passwd`",
        "select * from default.`/etc/passwd`",
        "select * from _local.`/etc/passwd`",
        "select * from filesystem('/etc')",
        "select file('/etc/passwd')",
        "select `f\\x69le`('/etc/passwd')",
        "select arrayMap(x -> file(x), ['/etc/passwd'])",
        "select * apply(file) from (select '/etc/passwd')",
        "select * apply file from (select '/etc/passwd')",
        "select columns('a') apply(file) from (select '/etc/passwd' as a)",
        "explain select file('/etc/passwd')",
        "explain actions = 1 select file('/etc/passwd')",
        "describe (select file('/etc/passwd'))",
        "select * from Python(os)",
        "select addressToLine(0)",
        "select 1 into outfile '/tmp/never'",
        "\\i /etc/passwd",
        "select 1; \\i /etc/passwd",
        "insert into x select 1; \\i /etc/passwd",
    ],
)
def test_it_reaches_nothing_outside(reader: httpx.Client, sql: str) -> None:
    """
    Files, other machines, programs and this process itself stay out of reach.
    """
    answer = reader.post("/", content=sql)

    assert answer.status_code != 200, answer.text
    assert "root:" not in answer.text


def test_some_settings_may_be_given(reader: httpx.Client) -> None:
    """
    Limits and shapes of the answer may come in the URL; anything else is refused.
    """
    sql = "select getSetting('max_execution_time'), now() < toDateTime('2000-01-01')"

    allowed = reader.post("/", content=sql, params={"max_execution_time": "7"})
    refused = reader.post("/", content=sql, params={"allow_introspection_functions": "1"})

    assert allowed.text == "7\t0\n"
    assert refused.headers["X-ClickHouse-Exception-Code"] == "164"


def test_times_come_with_their_zone(reader: httpx.Client) -> None:
    """
    The reader's profile writes times so that nobody takes them for local ones.
    """
    answer = reader.post("/", content="select toDateTime64('2026-11-22 01:02:03.4', 3, 'UTC')")

    assert answer.text == "2026-11-22T01:02:03.400Z\n"
