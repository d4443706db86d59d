"""The command line, and the whole of Pista as `pista up` runs it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from pista.store.embedded.process import free_port
from tests.fakes import mmdb
from tests.processes import Up, gone, lives, wait_for
from tests.timing import stretched

PISTA = [sys.executable, "-m", "pista.cli"]
SECRET = "hunter2"


def pista(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    # A variable that is empty counts as not set.
    unset = {"DATABASE_URL": "", "CLICKHOUSE_URL": ""}
    return subprocess.run(
        [*PISTA, *arguments],
        env=os.environ | unset | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def whole(open_folder: Path) -> Generator[Up]:
    """Everything, real."""
    data_dir = open_folder / "data"
    house = Up([*PISTA, "up"], data_dir, PISTA_WEB_WORKERS="2", DATABASE_URL="", CLICKHOUSE_URL="")
    yield house
    house.close()


def ready(house: Up) -> bool:
    """Whether an event could be acknowledged and counted."""
    try:
        with urlopen(f"http://127.0.0.1:{house.port}/health/ready", timeout=5) as answer:
            return json.load(answer)["status"] == "ok"
    except OSError:
        return False


@pytest.mark.chaos
def test_the_whole_of_pista_starts_serves_the_terminal_and_stops(whole: Up):
    """
    One block with all that a person needs; commands find the databases; the end is clean.
    """
    block = whole.ready()
    processes = whole.tree()
    folder = {"PISTA_DATA_DIR": str(whole.data_dir)}

    tenants = pista("tenant", "list", "--json", **folder)
    checked = pista("check", **folder)
    migrated = pista("migrate", **folder)
    took = whole.stop()
    after = pista("tenant", "list", **folder)

    assert "E-mail" in block
    assert "Password" in block
    assert f'<script async src="http://127.0.0.1:{whole.port}/snip.js" data-tenant=' in block
    assert len(json.loads(tenants.stdout)) == 1
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("ok ") == 4
    assert "up to date" in migrated.stdout
    assert took < stretched(10)
    assert gone(processes, 0)
    assert after.returncode == 1
    assert "Pista is not running: start it with `make up`" in after.stderr


@pytest.mark.chaos
def test_each_process_killed_in_turn_the_whole_is_there_again(whole: Up):
    """
    kill -9 of ClickHouse, PostgreSQL, the worker and a web process, one after the other.
    """
    whole.ready()
    assert ready(whole)

    for word in ("pista.store.embedded.clickhouse", "postgres", "worker", "web"):
        killed = whole.child(word)
        killed.kill()
        gone([killed])
        wait_for(lambda: ready(whole))

    assert whole.process.poll() is None
    assert whole.stop() < stretched(10)


@pytest.mark.chaos
def test_the_supervisor_killed_everything_goes_and_the_next_start_is_whole(whole: Up):
    """
    No orphan holds the port, the folder or the databases; the password is not shown again.
    """
    whole.ready()
    processes = whole.tree()

    whole.process.kill()
    whole.process.wait()

    assert gone(processes), [p for p in processes if lives(p)]
    again = Up([*PISTA, "up"], whole.data_dir, **{**whole.environment})
    try:
        assert "Password" not in again.ready()
        wait_for(lambda: ready(again))
        assert again.stop() < stretched(10)
    finally:
        again.close()


def test_web_and_worker_run_alone(whole: Up):
    """
    Beside a running Pista, found through its folder, or on another machine by their URLs.
    """
    whole.ready()
    port = free_port()
    alone = os.environ | {"PISTA_DATA_DIR": str(whole.data_dir), "PISTA_PORT": str(port)}
    children = [psutil.Popen([*PISTA, name], env=alone) for name in ("web", "worker")]

    def answers() -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    try:
        wait_for(answers)
        time.sleep(1)
        assert [child.poll() for child in children] == [None, None]
    finally:
        for child in children:
            child.terminate()
        assert [child.wait(10) for child in children] == [0, 0]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"DATABASE_URL": f"postgresql://pista:{SECRET}@127.0.0.1:1/pista"},
            "PostgreSQL at 127.0.0.1:1 cannot be used: it does not answer.",
        ),
        (
            {"CLICKHOUSE_URL": f"http://default:{SECRET}@127.0.0.1:1"},
            "ClickHouse at 127.0.0.1:1 cannot be used: it does not answer.",
        ),
        ({"DATABASE_URL": f"mysql://{SECRET}@db"}, "DATABASE_URL is not a URL that begins with"),
        ({"PISTA_HOST": "192.0.2.1"}, "PISTA_HOST '192.0.2.1' is not an address of this machine."),
    ],
)
def test_a_start_that_cannot_be_ends_with_one_sentence(
    open_folder: Path, environment: dict[str, str], sentence: str
):
    """
    Exit code 1, the sentence, no trace, no password.
    """
    place = {"PISTA_DATA_DIR": str(open_folder / "data"), "PISTA_PORT": str(free_port())}

    ended = pista("up", **place, **environment)

    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert SECRET not in ended.stdout + ended.stderr


async def test_a_database_that_refuses_the_password_ends_the_start(
    open_folder: Path, postgres_server: str
):
    """
    Somebody mistyped DATABASE_URL.
    """
    wrong = postgres_server.replace("only-for-tests", SECRET)

    ended = pista(
        "up", PISTA_DATA_DIR=str(open_folder), PISTA_PORT=str(free_port()), DATABASE_URL=wrong
    )

    assert ended.returncode == 1
    assert "refused the user 'pista' or its password." in ended.stderr
    assert SECRET not in ended.stderr


@pytest.mark.parametrize("command", ["web", "worker", "migrate", "check"])
async def test_a_part_alone_says_what_is_wrong_with_its_database(
    open_folder: Path, postgres_server: str, command: str
):
    """
    Exit code 1, one sentence and no trace, for a mistyped password and for an empty database.
    """
    place = {"PISTA_DATA_DIR": str(open_folder), "CLICKHOUSE_URL": "http://127.0.0.1:1"}
    wrong = postgres_server.replace("only-for-tests", SECRET)

    refused = pista(command, DATABASE_URL=wrong, **place)

    assert refused.returncode == 1
    assert "refused the user 'pista' or its password." in refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr
    assert SECRET not in refused.stdout + refused.stderr


@pytest.mark.parametrize("command", ["web", "worker"])
async def test_a_part_alone_does_not_work_on_an_empty_database(
    open_folder: Path, postgres_server: str, command: str
):
    """
    It says which command fills it.
    """
    place = {"PISTA_DATA_DIR": str(open_folder), "CLICKHOUSE_URL": "http://127.0.0.1:1"}

    ended = pista(command, DATABASE_URL=postgres_server, **place)

    assert ended.returncode == 1
    assert ended.stderr.strip().endswith("is not up to date: run `pista migrate`.")
    assert "Traceback" not in ended.stderr


def test_check_names_each_problem(open_folder: Path):
    """
    Exit code 1 and a line for each thing that is wrong; with databases of one's own, no folder
    is needed.
    """
    url = f"postgresql://pista:{SECRET}@127.0.0.1:1/pista"

    ended = pista(
        "check",
        PISTA_DATA_DIR=str(open_folder / "nowhere"),
        DATABASE_URL=url,
        CLICKHOUSE_URL="http://127.0.0.1:1",
    )

    problems = [line for line in ended.stdout.splitlines() if line.startswith("problem ")]
    assert ended.returncode == 1
    assert len(problems) == 2
    assert SECRET not in ended.stdout


def test_check_tells_of_the_country_database(open_folder: Path):
    """
    Its type and the day it was built; without one there is no line about it.
    """
    file = mmdb.write(open_folder / "countries.mmdb", {"190.12.0.0/16": mmdb.maxmind("PE")})
    place = {"PISTA_DATA_DIR": str(open_folder)}

    told = pista("check", PISTA_GEOIP_DB=str(file), **place).stdout
    without = pista("check", PISTA_GEOIP_DB="", **place).stdout

    assert "ok       country database: Test-Country, built 2026-01-01\n" in told
    assert "country" not in without


@pytest.mark.parametrize("command", ["up", "web", "check"])
def test_a_country_database_that_is_not_there_is_told_at_once(open_folder: Path, command: str):
    """
    One sentence that names the variable, and exit code 1.
    """
    nowhere = str(open_folder / "nowhere.mmdb")

    ended = pista(command, PISTA_DATA_DIR=str(open_folder), PISTA_GEOIP_DB=nowhere)

    assert ended.returncode == 1
    assert f"PISTA_GEOIP_DB: {nowhere} cannot be read" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", [["tenant", "list"], ["migrate"], ["web"], ["worker"]])
def test_a_command_without_databases_says_what_to_do(open_folder: Path, command: list[str]):
    """
    Neither a running Pista nor URLs: a sentence, not a trace.
    """
    ended = pista(*command, PISTA_DATA_DIR=str(open_folder))

    assert ended.returncode == 1
    assert "Pista is not running: start it with `make up`, or set DATABASE_URL." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_help_names_every_command():
    """
    Those of other rooms included, without loading them.
    """
    told = pista("--help").stdout

    for command in ("up", "web", "worker", "migrate", "check", "openapi", "tenant", "apikey"):
        assert f"  {command} " in told


def test_the_version_is_printed():
    """
    For a support question.
    """
    assert pista("--version").stdout.startswith("pista, version ")


def test_openapi_prints_the_api():
    """
    The interface's types are made from it.
    """
    assert json.loads(pista("openapi").stdout)["info"]["title"] == "Pista"
