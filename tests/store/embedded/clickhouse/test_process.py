"""The process: how it starts, refuses to start, stops, and comes back from a kill."""

import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest

from pista.store.embedded.clickhouse import command
from pista.store.embedded.process import free_port
from tests.store.embedded.clickhouse.serving import SECRETS, Server
from tests.timing import stretched


def refused(arguments: list[str], **environment: str) -> str:
    """Start it, see it refuse, and return its one sentence."""
    done = subprocess.run(
        arguments,
        env=os.environ | SECRETS | environment,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode not in {0, -signal.SIGKILL}
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_a_second_process_is_refused(own_server: Server) -> None:
    """
    One folder has one process; the second says so and the first goes on.
    """
    own_server.start()

    sentence = refused(command(str(own_server.folder), free_port()))

    assert sentence == f"{own_server.folder} is in use by another process."
    assert own_server.ask("select 1") == "1"


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["--host", "0.0.0.0"], {}, "0.0.0.0 is not a loopback address"),
        (["--host", "localhost"], {}, "localhost is not an IP address"),
        (["--port", "70000"], {}, "70000 is not a port"),
        (["--port", "many"], {}, "invalid int value"),
        (["--path", "/dev/null/x"], {}, "/dev/null/x cannot be used"),
        ([], {"PISTA_CLICKHOUSE_PASSWORD": ""}, "must both be set"),
        ([], {"PISTA_CLICKHOUSE_READONLY_PASSWORD": ""}, "must both be set"),
        ([], {"PISTA_CLICKHOUSE_READONLY_PASSWORD": "full-password"}, "must differ"),
    ],
)
def test_what_cannot_work_is_refused(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], sentence: str
) -> None:
    """
    Wrong arguments end with a sentence that names them.
    """
    said = refused([*command(str(tmp_path / "c"), free_port()), *arguments], **environment)

    assert sentence in said


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    """
    A taken port is named, and nothing is left behind that listens.
    """
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = refused(command(str(tmp_path / "c"), port))

    assert said.startswith(f"Port {port} on 127.0.0.1 cannot be used")


def test_a_folder_with_an_awkward_name(tmp_path: Path) -> None:
    """
    Characters that mean something in a URL or a glob are plain characters of a path.
    """
    server = Server(tmp_path / "a b?c=[d]&%20*ñ")

    for expected in ("1", "2"):
        server.start()
        server.ask("create table if not exists t (a Int8) engine = MergeTree order by a")
        server.ask("insert into t values (1)")
        assert server.ask("select count() from t") == expected
        assert server.stop()[0] == 0


def test_its_times_are_utc(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Wherever the machine stands, the engine keeps UTC, as its headers say.
    """
    monkeypatch.setenv("TZ", "America/Lima")
    own_server.start()

    assert own_server.ask("select timezone(), toDateTime(0)") == "UTC\t1970-01-01 00:00:00"


def test_tokens_outlive_the_process(own_server: Server) -> None:
    """
    A token that was used before a restart is still used after it.
    """
    own_server.start()
    own_server.make_table("t")
    own_server.ask("insert into t format CSV\n1,x\n", insert_deduplication_token="one")
    own_server.stop()
    own_server.start()

    own_server.ask("insert into t format CSV\n1,x\n", insert_deduplication_token="one")

    assert own_server.ask("select count() from t") == "1"


def test_it_stops_when_told(own_server: Server) -> None:
    """
    SIGTERM lets a running statement end, takes no new one, and exits with 0.
    """
    own_server.start()
    answers: list[str] = []
    asking = threading.Thread(
        target=lambda: answers.append(
            own_server.ask("select 'done', sleepEachRow(1) from numbers(2)")
        )
    )
    asking.start()
    time.sleep(0.5)

    status, _ = own_server.stop()

    asking.join(60)
    assert status == 0
    assert answers == ["done\t0\ndone\t0"]


def test_it_does_not_wait_for_ever(own_server: Server) -> None:
    """
    A statement that would take hours is stopped; the process is gone within seconds.
    """
    own_server.start()
    slow = "select count() from numbers(1000000000000) where sipHash64(number) = 1"
    errors: list[object] = []

    def ask() -> None:
        try:
            own_server.ask(slow)
        except (AssertionError, httpx.TransportError) as error:
            errors.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.5)
    began = time.monotonic()

    status, _ = own_server.stop()

    asking.join(60)
    assert status == 0
    assert time.monotonic() - began < 60
    assert len(errors) == 1


def test_its_log_is_lines_of_json(own_server: Server) -> None:
    """
    Each line on stderr has a time, a level and an event; none holds a password or data.
    """
    own_server.start()
    with own_server.http() as http:
        http.post("/", content="select secret from nowhere")

    _, errors = own_server.stop()

    lines = [json.loads(line) for line in errors.splitlines()]
    assert [line["event"] for line in lines] == ["started", "refused", "stopping", "stopped"]
    assert all({"timestamp", "level", "process"} <= set(line) for line in lines)
    assert "password" not in errors
    assert "secret" not in errors


def test_it_is_small_when_idle(own_server: Server) -> None:
    """
    400 MB resident at most, also after work; and it starts within seconds.
    """
    took = own_server.start()
    own_server.make_table("t")
    own_server.ask("insert into t select number, toString(number) from numbers(1000000)")
    own_server.ask("select b, count() from t group by b order by b limit 1")
    assert own_server.process
    process = psutil.Process(own_server.process.pid)

    until = time.monotonic() + 15
    while process.memory_info().rss > 400e6 and time.monotonic() < until:
        time.sleep(0.5)

    assert process.memory_info().rss < 400e6
    assert took < stretched(10)


@pytest.mark.chaos
@pytest.mark.parametrize(
    "statement",
    [
        "insert into t format CSV",
        "insert into t select a, b from input('a UInt64, b String') format CSV",
    ],
)
def test_kills_lose_and_double_nothing(own_server: Server, statement: str) -> None:
    """
    Killed at five random moments of a stream of inserts, each sent until it is answered, the
    table and the view on it hold every row once.
    """
    own_server.start()
    own_server.make_table("t")
    own_server.ask(
        "create table sums (n UInt64) engine = SummingMergeTree order by ()"
        " settings non_replicated_deduplication_window = 1000"
    )
    own_server.ask("create materialized view v to sums as select toUInt64(1) as n from t")
    chance = random.Random(2)
    over = threading.Event()
    sent = 0

    def write() -> None:
        nonlocal sent
        while not over.is_set():
            rows = "".join(f"{sent * 100 + n},x\n" for n in range(100))
            token = {"query": statement, "insert_deduplication_token": f"flush-{sent}"}
            while not _stored(own_server, token, rows):
                time.sleep(0.02)
            sent += 1

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(5):
        time.sleep(chance.uniform(0.1, 0.5))
        own_server.stop(signal.SIGKILL)
        own_server.start()
    over.set()
    writer.join(20)

    assert sent > 10
    assert own_server.ask("select count(), uniqExact(a) from t") == f"{sent * 100}\t{sent * 100}"
    assert own_server.ask("select sum(n) from sums") == str(sent * 100)


def _stored(server: Server, params: dict[str, str], rows: str) -> bool:
    try:
        with server.http() as http:
            return http.post("/", params=params, content=rows).status_code == 200
    except httpx.TransportError:
        return False
