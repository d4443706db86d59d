"""The embedded PostgreSQL: made whole or not at all, and back after every crash."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from pista.errors import StartError
from pista.store import reach
from pista.store.embedded import postgres, process
from pista.store.embedded.account import Account, serving_account
from pista.store.embedded.postgres import Cluster


@pytest.fixture
def cluster(open_folder: Path) -> Cluster:
    return Cluster(
        folder=open_folder / "postgres",
        port=process.free_port(),
        password="only-for-tests",
        account=serving_account(),
    )


@contextmanager
def served(cluster: Cluster) -> Generator["subprocess.Popen[bytes]"]:
    child: Any = subprocess.Popen(
        postgres.command(cluster),
        stderr=subprocess.DEVNULL,
        preexec_fn=process.dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        **postgres.launch(cluster),
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(10)


async def test_a_new_cluster_is_utf8_checked_and_asks_for_a_password(cluster: Cluster):
    """
    Text sorts the same on every machine, damage is noticed, and nobody comes in for free.
    """
    postgres.prepare(cluster)

    with served(cluster):
        await reach.postgres(cluster.url, patience=60)
        connection = await asyncpg.connect(cluster.url)
        found = await connection.fetchrow(
            """
            select current_setting('server_encoding') as encoding,
                   current_setting('data_checksums') as checksums,
                   current_setting('synchronous_commit') as commits,
                   (select datlocale from pg_database where datname = 'pista') as locale,
                   (select rolsuper from pg_roles where rolname = current_user) as super
            """
        )
        await connection.close()
        with pytest.raises(StartError, match="refused the user 'pista' or its password"):
            await reach.postgres(cluster.url.replace("only-for-tests", "guess"))

    assert found is not None
    assert tuple(found.values()) == ("UTF8", "on", "on", "C.UTF-8", False)
    assert stat.S_IMODE(cluster.folder.stat().st_mode) == 0o700


async def test_a_cluster_of_before_may_make_the_tenants_role(cluster: Cluster):
    """
    Its role was made when there was no other to make; the next start gives it that right, once.
    """
    postgres.prepare(cluster)
    (cluster.folder / postgres.RIGHTS).unlink()
    postgres.tell(cluster.folder, cluster, "alter role pista nocreaterole\n")

    postgres.prepare(cluster)

    with served(cluster):
        await reach.postgres(cluster.url, patience=60)
        connection = await asyncpg.connect(cluster.url)
        rights = await connection.fetchrow(
            "select rolcreaterole, rolsuper, rolbypassrls from pg_roles where rolname = 'pista'"
        )
        await connection.close()
    assert rights is not None
    assert tuple(rights.values()) == (True, False, False)


async def test_killed_with_9_it_is_back_in_two_seconds_with_every_committed_row(cluster: Cluster):
    """
    Busy backends outlive a killed postmaster; they neither keep the next one out nor cost a row.
    """
    postgres.prepare(cluster)
    with served(cluster) as first:
        await reach.postgres(cluster.url, patience=60)
        busy = await asyncpg.connect(cluster.url)
        await busy.execute("create table kept (n int)")
        await busy.execute("insert into kept select generate_series(1, 1000)")
        looping = asyncio.create_task(busy.execute("do $$ begin loop end loop; end $$"))
        await asyncio.sleep(0.2)
        first.kill()
        first.wait()

        postgres.clear_leftovers(cluster.folder)
        with served(cluster):
            await reach.postgres(cluster.url, patience=60)
            connection = await asyncpg.connect(cluster.url)
            rows = await connection.fetchval("select count(*) from kept")
            await connection.close()
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
            await looping

    assert rows == 1000


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(cluster: Cluster):
    """
    After a crash the old number may belong to some other process of the same user.
    """
    postgres.prepare(cluster)
    other: Any = subprocess.Popen(["sleep", "60"], **postgres.launch(cluster))
    pid_file = cluster.folder / "postmaster.pid"
    pid_file.write_text(f"{other.pid}\n{cluster.folder}\n1\n{cluster.port}\n\n127.0.0.1\n")

    postgres.prepare(cluster)

    with served(cluster):
        assert asyncio.run(reach.postgres(cluster.url, patience=60))
    assert other.poll() is None
    other.kill()
    other.wait()


def test_an_interrupted_initdb_leaves_no_half_cluster(cluster: Cluster, open_folder: Path):
    """
    Killed at any moment while the cluster is made, the next start makes it whole.
    """
    code = f"""if True:
        from pathlib import Path
        from pista.store.embedded.account import serving_account
        from pista.store.embedded.postgres import Cluster, prepare
        prepare(Cluster(folder=Path({str(cluster.folder)!r}), port=1, password="only-for-tests",
                        account=serving_account()))"""
    for seconds in (0.25, 0.45, 0.65):
        making = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(seconds)
        making.kill()
        making.wait()

    postgres.prepare(cluster)

    with served(cluster):
        assert asyncio.run(reach.postgres(cluster.url, patience=60)).startswith("18")
    assert [path.name for path in open_folder.iterdir()] == ["postgres"]


def test_a_folder_that_its_user_cannot_enter_is_refused_and_left_as_it_is(open_folder: Path):
    """
    A home of mode 0700 is named in one sentence; nobody's permissions are changed.
    """
    account = serving_account()
    if account is None:
        assert os.geteuid() != 0
        return
    home = open_folder / "home"
    (home / "data").mkdir(parents=True)
    home.chmod(0o700)
    cluster = Cluster(folder=home / "data/postgres", port=1, password="x", account=account)

    with pytest.raises(StartError) as refused:
        postgres.prepare(cluster)

    assert f"the user {account.name}, who may not enter {home}:" in str(refused.value)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert not cluster.folder.exists()


def test_programs_that_its_user_cannot_reach_are_refused_too(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """
    Pista installed in somebody's private home cannot serve PostgreSQL as another user.
    """
    private = open_folder / "private"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(postgres, "binaries", lambda: private)
    account = serving_account() or Account("me", os.getuid(), os.getgid())
    cluster = Cluster(folder=open_folder / "postgres", port=1, password="x", account=account)

    if os.geteuid() == 0:
        with pytest.raises(StartError, match="install Pista in a folder that every user may enter"):
            postgres.check_reach(cluster)


def test_a_cluster_of_another_version_is_refused(cluster: Cluster):
    """
    PostgreSQL would end with four lines; Pista says what to do.
    """
    postgres.prepare(cluster)
    (cluster.folder / "PG_VERSION").write_text("14\n")

    with pytest.raises(StartError, match="was made by PostgreSQL 14 and this Pista brings 18"):
        postgres.prepare(cluster)


def test_the_owners_own_settings_survive_a_start(cluster: Cluster):
    """
    local.conf is theirs; postgresql.conf is written again each time.
    """
    postgres.prepare(cluster)
    (cluster.folder / "local.conf").write_text("shared_buffers = '1GB'\n")
    (cluster.folder / "postgresql.conf").write_text("nonsense\n")

    postgres.prepare(cluster)

    assert (cluster.folder / "local.conf").read_text() == "shared_buffers = '1GB'\n"
    assert "include = 'local.conf'" in (cluster.folder / "postgresql.conf").read_text()


def test_a_link_in_its_folder_is_not_followed(cluster: Cluster, open_folder: Path):
    """
    The folder belongs to PostgreSQL's user; root writes there, and nowhere that a link points.
    """
    postgres.prepare(cluster)
    precious = open_folder / "precious"
    precious.write_text("root's own")
    (cluster.folder / "postgresql.conf.new").symlink_to(precious)

    postgres.prepare(cluster)

    assert precious.read_text() == "root's own"
    assert precious.stat().st_uid == os.geteuid()


@pytest.mark.parametrize(
    ("kernel", "method"),
    [
        ("6.1.0-18-amd64", "syncfs"),
        ("5.8.0", "syncfs"),
        # It kept errors of the disk to itself.
        ("5.7.19-generic", "fsync"),
        ("4.19.0", "fsync"),
        ("unknown", "fsync"),
    ],
)
def test_all_at_once_goes_to_the_disk_where_the_kernel_tells_of_errors(kernel: str, method: str):
    """
    A recovery begins with bringing the whole folder to the disk, one way or the other.
    """
    assert postgres.sync_method(kernel) == method
