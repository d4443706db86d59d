"""Questions over plain HTTP, as ClickHouse's documentation writes them."""

import gzip
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.store.embedded.clickhouse.serving import FULL, READONLY, Server

PACKERS: dict[str, Any] = {
    "gzip": gzip.compress,
    "zstd": import_module("backports.zstd").compress,
    "lz4": import_module("lz4.frame").compress,
}


def test_ping_needs_no_password(server: Server) -> None:
    """
    A supervisor can ask whether the engine lives without knowing a secret.
    """
    answers = [httpx.get(f"{server.url}{path}") for path in ("/ping", "/")]

    assert [(a.status_code, a.text) for a in answers] == [(200, "Ok.\n")] * 2


@pytest.mark.parametrize(
    ("method", "options"),
    [
        ("POST", {"content": "select 1 + 1"}),
        ("POST", {"params": {"query": "select 1 + 1"}}),
        ("GET", {"params": {"query": "select 1 + 1"}}),
        # In the URL and in the body: one statement, its parts joined by a line break.
        ("POST", {"params": {"query": "select 1"}, "content": "+ 1"}),
        ("POST", {"files": {"query": (None, "select {n:UInt8} + 1"), "param_n": (None, "1")}}),
    ],
)
def test_a_query_may_stand_in_many_places(http: httpx.Client, method: str, options: Any) -> None:
    """
    URL, body, both, or a form: the same answer.
    """
    answer = http.request(method, "/", **options)

    assert (answer.status_code, answer.text) == (200, "2\n")


def test_the_answer_carries_clickhouse_headers(http: httpx.Client) -> None:
    """
    Identity, time zone, format and figures of the query stand in the headers.
    """
    sql = "select number from numbers(10) where number % 3 = 1"

    answer = http.post("/", params={"query_id": "q-1", "session_id": "s"}, content=sql)

    summary = json.loads(answer.headers["X-ClickHouse-Summary"])
    assert answer.headers["X-ClickHouse-Query-Id"] == "q-1"
    assert answer.headers["X-ClickHouse-Server-Display-Name"] == "pista"
    assert answer.headers["X-ClickHouse-Timezone"] == "UTC"
    assert answer.headers["X-ClickHouse-Format"] == "TabSeparated"
    assert (summary["read_rows"], summary["result_rows"]) == ("10", "3")
    assert int(summary["elapsed_ns"]) > 0


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("TabSeparated", b"1\tx\n"),
        ("JSONEachRow", b'{"a":1,"b":"x"}\n'),
        ("JSONCompactEachRow", b'[1, "x"]\n'),
        ("RowBinary", b"\x01\x01x"),
        ("Native", b"\x02\x01\x01a\x05UInt8\x01\x01b\x06String\x01x"),
        ("Null", b""),
    ],
)
def test_the_format_is_named_in_three_ways(http: httpx.Client, name: str, body: bytes) -> None:
    """
    A clause, a parameter and a header all name the format of the answer.
    """
    sql = "select 1 as a, 'x' as b"

    answers = [
        http.post("/", content=f"{sql} format {name}"),
        http.post("/", content=sql, params={"default_format": name}),
        http.post("/", content=sql, headers={"X-ClickHouse-Format": name}),
    ]

    assert [(a.content, a.headers["X-ClickHouse-Format"]) for a in answers] == [(body, name)] * 3


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("String", r"it's \t a \n \\ «ñ» 🎯", r"it\'s \t a \n \\ «ñ» 🎯"),
        ("UUID", "0190a1b2-0000-7000-8000-000000000001", "0190a1b2-0000-7000-8000-000000000001"),
        ("DateTime64(3)", "2026-11-22 01:02:03.456", "2026-11-22 01:02:03.456"),
        ("UInt64", "18446744073709551615", "18446744073709551615"),
        ("UInt8", "7", "7"),
        ("Array(String)", r"['a\'b','ñ','\n']", r"['a\'b','ñ','\n']"),
        (
            "Array(UUID)",
            "['0190a1b2-0000-7000-8000-000000000001']",
            "['0190a1b2-0000-7000-8000-000000000001']",
        ),
        ("Map(String, UInt8)", "{'a':1}", "{'a':1}"),
        ("Nullable(String)", r"\N", r"\N"),
        ("Nullable(String)", "N", "N"),
        ("Identifier", "number", "0"),
    ],
)
def test_parameters_are_bound(http: httpx.Client, kind: str, value: str, shown: str) -> None:
    """
    A parameter arrives as it was sent, whatever characters it holds.
    """
    sql = f"select {{p:{kind}}} from numbers(1)"

    answer = http.post("/", content=sql, params={"param_p": value})

    assert answer.text == shown + "\n"


def test_settings_hold_for_one_request(http: httpx.Client) -> None:
    """
    A setting and a database in the URL are gone with the next request.
    """
    sql = "select getSetting('max_threads') = 3, currentDatabase()"

    answers = [
        http.post("/", content=sql, params={"max_threads": "3", "database": "system"}).text,
        http.post("/", content=sql).text,
    ]

    assert answers == ["1\tsystem\n", "0\tdefault\n"]


@pytest.mark.parametrize(
    ("sql", "params", "status", "code", "name"),
    [
        ("select * from nowhere", {}, 404, 60, "UNKNOWN_TABLE"),
        # chDB's own default database would look for a file of this name.
        ("select * from `/etc/passwd`", {}, 404, 60, "UNKNOWN_TABLE"),
        ("select nothing", {}, 404, 47, "UNKNOWN_IDENTIFIER"),
        ("selec 1", {}, 400, 62, "SYNTAX_ERROR"),
        ("1 + 1", {}, 400, 62, "SYNTAX_ERROR"),
        ("", {}, 400, 62, "SYNTAX_ERROR"),
        ("select 1; select 2", {}, 400, 62, "SYNTAX_ERROR"),
        ("select 1 format Nonsense", {}, 404, 73, "UNKNOWN_FORMAT"),
        ("select 1", {"no_such_setting": "1"}, 404, 115, "UNKNOWN_SETTING"),
        ("select 1", {"a=1,b": "1"}, 404, 115, "UNKNOWN_SETTING"),
        ("select 1", {"database": "nowhere"}, 404, 81, "UNKNOWN_DATABASE"),
        ("select {p:UInt8}", {"param_p": "x"}, 400, 457, "BAD_QUERY_PARAMETER"),
        ("select throwIf(1)", {}, 500, 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
        ("select 1 into outfile 'x'", {}, 501, 48, "NOT_IMPLEMENTED"),
        ("select 1", {"compress": "1"}, 501, 48, "NOT_IMPLEMENTED"),
    ],
)
def test_errors_are_clickhouses_own(
    http: httpx.Client, sql: str, params: dict[str, str], status: int, code: int, name: str
) -> None:
    """
    Status, code header and sentence are those of ClickHouse's HTTP interface.
    """
    answer = http.post("/", content=sql, params=params)

    assert answer.status_code == status
    assert answer.headers["X-ClickHouse-Exception-Code"] == str(code)
    assert answer.text.startswith(f"Code: {code}. DB::Exception: ")
    assert answer.text.count("DB::Exception") == 1
    assert f" ({name}) (version " in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        *("exit", "quit", "logout", "q", "help", "?? tables", "\\q", "\\l", "! ls"),
        *("\\i {file}", " \\i {file}", "-- x\n\\i {file}", "/**/\\i {file}"),
        *("select 1;\\i {file}", "insert into function null('a UInt8') select 1;\\i {file}"),
    ],
)
def test_terminal_commands_are_no_statements(http: httpx.Client, tmp_path: Path, sql: str) -> None:
    """
    What the engine's own terminal would obey, files of statements above all, is a syntax error.
    """
    file = tmp_path / "statements.sql"
    file.write_text("select 'from the file'")

    answer = http.post("/", content=sql.format(file=file))

    assert "from the file" not in answer.text
    assert answer.headers["X-ClickHouse-Exception-Code"] == "62"


def test_a_query_id_that_fits_no_header(http: httpx.Client) -> None:
    """
    Control characters in a caller's id do no harm; the answer names another.
    """
    answer = http.post("/", content="select 1", params={"query_id": "a\r\nb: c"})

    assert answer.text == "1\n"
    assert len(answer.headers["X-ClickHouse-Query-Id"]) == 36


def test_get_may_not_write(http: httpx.Client) -> None:
    """
    GET reads; what changes something needs POST.
    """
    answer = http.get("/", params={"query": "create table x (a Int8) engine = Memory"})

    assert answer.headers["X-ClickHouse-Exception-Code"] == "164"


@pytest.mark.parametrize(
    "signed",
    [
        {"auth": FULL},
        {"auth": READONLY},
        {"headers": {"X-ClickHouse-User": FULL[0], "X-ClickHouse-Key": FULL[1]}},
        {"params": {"user": FULL[0], "password": FULL[1]}},
    ],
)
def test_three_ways_to_sign_in(server: Server, signed: Any) -> None:
    """
    Basic, ClickHouse's headers and the URL all carry user and password.
    """
    answer = httpx.request("POST", server.url, content="select 1", **signed)

    assert answer.text == "1\n"


@pytest.mark.parametrize(
    "signed",
    [
        {},
        {"auth": (FULL[0], READONLY[1])},
        {"auth": (READONLY[0], FULL[1])},
        {"auth": ("nobody", FULL[1])},
        {"auth": (FULL[0], "")},
        {"auth": ("ñ", "ñ")},
        {"headers": {"Authorization": "Basic !!!"}},
    ],
)
def test_strangers_are_refused(server: Server, signed: Any) -> None:
    """
    No password, a wrong one or another user's: 403 and ClickHouse's code 516.
    """
    answer = httpx.request("POST", server.url, content="select 1", **signed)

    assert answer.status_code == 403
    assert answer.headers["X-ClickHouse-Exception-Code"] == "516"
    assert "AUTHENTICATION_FAILED" in answer.text


@pytest.mark.parametrize("encoding", PACKERS)
def test_bodies_may_be_packed(http: httpx.Client, encoding: str) -> None:
    """
    A packed body, also one of several frames, is the plain one.
    """
    sql = b"select length([" + b",".join([b"1"] * 5000) + b"])"
    body = PACKERS[encoding](sql[:99]) + PACKERS[encoding](sql[99:])

    answer = http.post("/", content=body, headers={"Content-Encoding": encoding})

    assert answer.text == "5000\n"


@pytest.mark.parametrize(
    ("encoding", "body", "code"),
    [
        ("gzip", b"nonsense", "271"),
        ("gzip", gzip.compress(b"select 1", mtime=0)[:-9], "271"),
        ("zstd", b"nonsense", "271"),
        ("lz4", b"nonsense", "271"),
        ("br", b"nonsense", "89"),
    ],
)
def test_badly_packed_bodies_are_refused(
    http: httpx.Client, encoding: str, body: bytes, code: str
) -> None:
    """
    What cannot be unpacked is the caller's mistake, not a fault of ours.
    """
    answer = http.post("/", content=body, headers={"Content-Encoding": encoding})

    assert answer.status_code == 400
    assert answer.headers["X-ClickHouse-Exception-Code"] == code


@pytest.mark.parametrize(
    ("accepted", "asked", "used"),
    [
        ("gzip", "1", "gzip"),
        ("deflate", "1", "deflate"),
        ("br, gzip;q=0.5", "1", "gzip"),
        ("br", "1", None),
        # As in ClickHouse, the header alone does not suffice.
        ("gzip", "0", None),
    ],
)
def test_answers_are_packed_when_asked(
    http: httpx.Client, accepted: str, asked: str, used: str | None
) -> None:
    """
    The answer is packed if both the header and the setting ask for it.
    """
    answer = http.post(
        "/",
        content="select repeat('x', 10000)",
        params={"enable_http_compression": asked},
        headers={"Accept-Encoding": accepted},
    )

    assert answer.headers.get("Content-Encoding") == used
    assert answer.text == "x" * 10000 + "\n"


def test_other_paths_do_not_exist(http: httpx.Client) -> None:
    """
    There is no play, no dashboard and no file here.
    """
    assert [http.get(p).status_code for p in ("/play", "/dashboard", "/data")] == [404] * 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("select number from numbers(3) format CSV", "0\n1\n2\n"),
        (
            "select number from numbers(3)\nFORMAT JSONEachRow settings max_threads = 1;",
            '{"number":0',
        ),
        ("select number from numbers(3)", "0\n1\n2\n"),
        ("select 'format CSV'", "format CSV\n"),
    ],
)
def test_a_large_answer_waits_on_the_disk(
    server: Server, http: httpx.Client, statement: str, said: str
) -> None:
    """
    Whoever names a `buffer_size` gets the same answer by way of a file, which is gone afterwards.
    """
    spooled = {"wait_end_of_query": "1", "buffer_size": "1000"}

    answer = http.post("/", params=spooled, content=statement)

    assert answer.status_code == 200, answer.text
    assert answer.text.startswith(said)
    assert answer.text == http.post("/", content=statement).text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert not list((server.folder / "tmp").glob("answer-*"))


def test_a_large_answer_that_fails_is_an_error(server: Server, http: httpx.Client) -> None:
    """
    It comes with its own status, and leaves no file.
    """
    statement = "select throwIf(number = 900000) from numbers(1000000) format CSV"

    answer = http.post(
        "/", params={"wait_end_of_query": "1", "buffer_size": "1000"}, content=statement
    )

    assert (answer.status_code, answer.headers["x-clickhouse-exception-code"]) == (500, "395")
    assert not list((server.folder / "tmp").glob("answer-*"))


def test_only_the_engine_names_the_file(reader: httpx.Client, http: httpx.Client) -> None:
    """
    A large answer is no way to write to a file of one's choice, and a reader's comes from memory.
    """
    spooled = {"wait_end_of_query": "1", "buffer_size": "1000"}

    refused = http.post("/", params=spooled, content="select 1 into outfile 'x' format CSV")

    assert refused.status_code == 501
    assert reader.post("/", params=spooled, content="select 1").text == "1\n"
