"""`pista up` as a person meets it: a process that is started, killed and stopped.

PostgreSQL is real; Pista's own programs are stand-ins (`tests/fakes/house.py`).
"""

import asyncio
import os
import shutil
import socket
import sys
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import psutil
import pytest

from pista.errors import StartError
from pista.settings import Settings
from pista.store import runtime
from pista.supervisor import folder
from tests.processes import Up, gone, wait_for
from tests.timing import stretched

pytestmark = pytest.mark.chaos

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
COMMAND = [sys.executable, str(Path(__file__).parent / "fakes" / "house.py"), "up"]


@pytest.fixture
def up(open_folder: Path) -> Generator[Any]:
    started: list[Up] = []

    def start(name: str = "data", **environment: str) -> Up:
        # No ClickHouse: it has tests of its own, and these are about processes.
        environment = {"CLICKHOUSE_URL": "http://127.0.0.1:1"} | environment
        started.append(Up(COMMAND, open_folder / name, **environment))
        return started[-1]

    yield start
    for one in started:
        one.close()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def new_child(house: Up, word: str, old: int) -> bool:
    try:
        return house.child(word).pid != old
    except (StopIteration, psutil.NoSuchProcess):
        return False


async def test_it_starts_says_one_block_and_stops_without_a_child(up: Any):
    """
    Two starts: the first makes the folder, both print the block and no error, and a stop leaves
    nothing.
    """
    for _ in range(2):
        house = up(PISTA_WEB_WORKERS="2")
        block = house.ready()
        processes, urls = house.tree(), house.running().urls
        assert [process.name() for process in processes].count("postgres") > 1
        connection = await asyncpg.connect(urls.database_url)
        await connection.close()

        took = house.stop()

        assert f"http://127.0.0.1:{house.port}" in block
        assert "admin@example.com" in block
        assert str(house.data_dir) in block
        assert "ERROR" not in house.said()
        assert gone(processes, 0)
        assert took < stretched(10)
        assert runtime.find(house.data_dir) is None


@pytest.mark.parametrize("word", ["web", "worker", "postgres"])
async def test_a_killed_process_comes_back_and_the_others_do_not_notice(up: Any, word: str):
    """
    kill -9 of one of them: it is there again within seconds, and the rest has run on.
    """
    house = up(PISTA_WEB_WORKERS="1")
    house.ready()
    killed = house.child(word)
    others = {child.pid for child in psutil.Process(house.process.pid).children()} - {killed.pid}

    killed.kill()
    wait_for(lambda: new_child(house, word, killed.pid))
    wait_for(lambda: answers(house.port))
    wait_for(lambda: answers(port_of(house.running().urls.database_url)))

    assert others < {child.pid for child in psutil.Process(house.process.pid).children()}
    assert '"died"' in house.said()


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])


async def test_what_keeps_dying_is_said_and_tried_again_more_slowly(up: Any):
    """
    A worker that breaks while Pista runs is a clear line in the log, not the end of the rest.
    """
    house = up()
    house.ready()
    for _ in range(6):
        worker = house.child("worker")
        worker.kill()
        wait_for(lambda old=worker.pid: new_child(house, "worker", old))

    assert '"keeps dying"' in house.said()
    assert house.process.poll() is None


@pytest.mark.parametrize("word", ["beating", "postgres"])
def test_a_hung_process_is_replaced_and_a_paused_one_is_not(up: Any, word: str):
    """
    SIGSTOP: after a moment nobody minds; for good, another takes its place and the rest runs on.
    """
    house = up(WORKER="beating", LOOK_SECONDS="0.4")
    house.ready()
    stopped = house.child(word)
    others = {child.pid for child in psutil.Process(house.process.pid).children()} - {stopped.pid}
    stopped.suspend()
    time.sleep(1)
    stopped.resume()
    time.sleep(1.5)
    assert house.child(word).pid == stopped.pid

    stopped.suspend()
    wait_for(lambda: new_child(house, word, stopped.pid))

    assert others < {child.pid for child in psutil.Process(house.process.pid).children()}
    assert f'"process": "{"worker" if word == "beating" else word}", "pid": {stopped.pid}' in (
        house.said()
    )


def test_what_never_starts_ends_the_start_with_a_sentence(up: Any):
    """
    A worker that cannot run at all is no reason to wait for ever.
    """
    house = up(WORKER="broken", WEB="worker")

    assert house.process.wait(20) == 1
    assert "worker keeps dying at the start" in house.said()


def test_sigterm_ends_a_deaf_process_within_ten_seconds(up: Any):
    """
    Who does not end when asked is ended.
    """
    house = up(WORKER="deaf")
    house.ready()
    processes = house.tree()

    took = house.stop()

    assert took < stretched(10)
    assert gone(processes, 0)


def test_a_second_sigterm_ends_everything_at_once(up: Any):
    """
    Who asks twice does not wait for the polite end.
    """
    house = up(WORKER="deaf")
    house.ready()
    processes = house.tree()
    house.process.terminate()
    time.sleep(0.5)

    assert house.stop() < stretched(2)
    assert gone(processes, 0)


def test_sigterm_during_the_start_leaves_no_child(up: Any):
    """
    The end may be asked for before everything is there.
    """
    house = up(WEB="worker")
    wait_for(lambda: new_child(house, "worker", 0))
    processes = house.tree()

    assert house.stop() < stretched(10)
    assert gone(processes, 0)


async def test_kill_9_of_the_supervisor_leaves_no_orphan(up: Any):
    """
    Not even PostgreSQL's backends at work; and the next start finds everything in order.
    """
    house = up()
    house.ready()
    busy = await asyncpg.connect(house.running().urls.database_url)
    await busy.execute("create table kept as select generate_series(1, 1000)")
    looping = asyncio.create_task(busy.execute("do $$ begin loop end loop; end $$"))
    await asyncio.sleep(0.2)
    processes = house.tree()

    house.process.kill()
    house.process.wait()

    assert await asyncio.to_thread(gone, processes)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await looping
    assert runtime.find(house.data_dir) is None
    again = up(PISTA_PORT=str(house.port))
    again.ready()
    connection = await asyncpg.connect(again.running().urls.database_url)
    assert await connection.fetchval("select count(*) from kept") == 1000
    await connection.close()


def test_one_folder_is_for_one_pista(up: Any):
    """
    The second is refused in a sentence, and the first runs on.
    """
    first = up()
    first.ready()

    second = up()

    assert second.process.wait(10) == 1
    assert "is in use by another Pista: stop it, or set PISTA_DATA_DIR" in second.said()
    assert answers(first.port)
    assert first.running().pid == first.process.pid


def test_a_taken_port_is_named(up: Any):
    """
    Somebody else's server, or another Pista that would even share its port.
    """
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        house = up(PISTA_PORT=str(port))
        assert house.process.wait(10) == 1
    sharing = up("shared")
    sharing.ready()
    second = up("second", PISTA_PORT=str(sharing.port))

    assert second.process.wait(10) == 1
    assert f"Port {port} is taken: stop what uses it, or set PISTA_PORT." in house.said()
    assert f"Port {sharing.port} is taken" in second.said()


def test_the_kept_port_is_refused_to_others_while_no_web_process_is_there(up: Any):
    """
    In the moment between a web process's death and its return, nobody takes its place.
    """
    house = up(WEB="worker")
    wait_for(lambda: len(house.tree()) > 3)
    second = up("second", PISTA_PORT=str(house.port))

    assert second.process.wait(10) == 1
    assert f"Port {house.port} is taken" in second.said()


def test_a_folder_closed_to_postgres_is_refused(up: Any, open_folder: Path):
    """
    As root, in a home of mode 0700: one sentence, and the home stays as it is.
    """
    if os.geteuid() != 0:
        return
    (open_folder / "home").mkdir(mode=0o700)

    house = up("home/data")

    assert house.process.wait(10) == 1
    assert f"who may not enter {open_folder / 'home'}" in house.said()
    assert (open_folder / "home").stat().st_mode & 0o777 == 0o700


def test_a_full_disk_is_refused(open_folder: Path, monkeypatch: pytest.MonkeyPatch):
    """
    The sentence says how much is free and how much is needed.
    """

    def nearly_full(path: Path) -> SimpleNamespace:
        return SimpleNamespace(free=120_000_000)

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)

    with pytest.raises(StartError, match=r"Only 120 MB are free .* needs 500 MB"):
        folder.check_room(open_folder)


def test_secrets_are_made_once_and_are_the_owners_alone(open_folder: Path):
    """
    The engines' passwords stay the same, and nobody else reads them.
    """
    first = folder.load_secrets(open_folder)

    assert folder.load_secrets(open_folder) == first
    assert (open_folder / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert first.postgres_password not in repr(first)


def test_a_folder_that_cannot_be_made_is_named(open_folder: Path):
    """
    PISTA_DATA_DIR may point at nonsense.
    """
    (open_folder / "file").write_text("")

    with pytest.raises(StartError, match=r"cannot be used .*: set PISTA_DATA_DIR"):
        folder.take(open_folder / "file" / "data")


def test_a_runtime_file_of_a_dead_process_is_not_believed(open_folder: Path):
    """
    Neither a dead number nor one that now belongs to another process.
    """
    urls = runtime.Urls(database_url="postgresql://x", clickhouse_url="http://x")
    runtime.write(open_folder, "http://x", urls, NOON)
    path = open_folder / "run" / "pista.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert runtime.database_urls(Settings(data_dir=open_folder)) == urls

    written = path.read_text()
    for other in (1, 4_194_305):  # the first process of all; one more than the kernel's highest
        path.write_text(written.replace(f'"pid": {os.getpid()}', f'"pid": {other}'))
        with pytest.raises(StartError, match="Pista is not running: start it with `make up`"):
            runtime.database_urls(Settings(data_dir=open_folder))
