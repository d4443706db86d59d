"""The data folder: one Pista at a time, enough room, and the engines' passwords."""

import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec

from pista.errors import StartError
from pista.store import runtime

NEEDED_BYTES = 500_000_000


class Secrets(msgspec.Struct, frozen=True, kw_only=True):
    """The passwords of the embedded engines, made at the first start."""

    postgres_password: str
    clickhouse_password: str
    clickhouse_readonly_password: str

    def __repr__(self) -> str:
        return "Secrets(…)"


class Lock(NamedTuple):
    """Held as long as this process lives; the kernel lets go of it, whatever happens."""

    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)


def take(data_dir: Path) -> Lock:
    """Make the folder if need be, and be the only Pista in it."""
    try:
        _make(data_dir)
        descriptor = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StartError(
            f"The data folder {data_dir} cannot be used ({error.strerror}): set PISTA_DATA_DIR."
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise StartError(
            f"The data folder {data_dir} is in use by another Pista: stop it, or set"
            " PISTA_DATA_DIR to another folder."
        ) from error
    return Lock(descriptor)


def check_room(data_dir: Path) -> None:
    free = shutil.disk_usage(data_dir).free
    if free < NEEDED_BYTES:
        raise StartError(
            f"Only {free // 1_000_000} MB are free for {data_dir} and Pista needs"
            f" {NEEDED_BYTES // 1_000_000} MB: make room, or set PISTA_DATA_DIR to another disk."
        )


def metrics(data_dir: Path) -> Path:
    """An empty folder in which the processes of this start add up what they count."""
    path = data_dir / "run" / "metrics"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700, parents=True)
    return path


def private(path: Path) -> Path:
    """A folder in the data folder that nobody else may enter."""
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def load_secrets(data_dir: Path) -> Secrets:
    path = data_dir / "secrets.json"
    if not path.exists():
        made = Secrets(
            postgres_password=secrets.token_urlsafe(24),
            clickhouse_password=secrets.token_urlsafe(24),
            clickhouse_readonly_password=secrets.token_urlsafe(24),
        )
        runtime.write_private(path, msgspec.json.format(msgspec.json.encode(made)))
    try:
        return msgspec.json.decode(path.read_bytes(), type=Secrets)
    except (OSError, msgspec.DecodeError) as error:
        raise StartError(f"{path} cannot be read: restore it from your backup.") from error


def _make(data_dir: Path) -> None:
    if data_dir.exists():
        return
    data_dir.mkdir(parents=True)
    # Others may pass through, whatever the umask: PostgreSQL's own user has its folder in here.
    data_dir.chmod(0o711)
