"""How other processes find the databases of a running `pista up`: a file in the data folder."""

import os
from datetime import datetime
from pathlib import Path

import msgspec

from pista.errors import StartError
from pista.settings import Settings


class Urls(msgspec.Struct, frozen=True, kw_only=True):
    """Where both stores are. They hold passwords: never print them."""

    database_url: str
    clickhouse_url: str
    clickhouse_readonly_url: str | None = None


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What a running `pista up` says of itself."""

    pid: int
    pid_since: int
    """When the kernel started that process: a number used again is not the same process."""
    started_at: datetime
    web_url: str
    urls: Urls


NOT_RUNNING = "Pista is not running: start it with `make up`, or set {missing}."


def database_urls(settings: Settings) -> Urls:
    """The stores that the settings name; what they do not name, a running `pista up` does."""
    running = find(settings.data_dir)
    found = running.urls if running else None
    database_url = settings.database_url or (found and found.database_url)
    if not database_url:
        raise StartError(NOT_RUNNING.format(missing="DATABASE_URL"))
    clickhouse_url = settings.clickhouse_url or (found and found.clickhouse_url)
    if not clickhouse_url:
        raise StartError(NOT_RUNNING.format(missing="CLICKHOUSE_URL"))
    return Urls(
        database_url=database_url,
        clickhouse_url=clickhouse_url,
        clickhouse_readonly_url=settings.clickhouse_readonly_url
        or (found.clickhouse_readonly_url if found and not settings.clickhouse_url else None),
    )


def find(data_dir: Path) -> Running | None:
    """The `pista up` of this data folder, if one is running and may be seen."""
    try:
        running = msgspec.json.decode(_file(data_dir).read_bytes(), type=Running)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise StartError(
            f"{_file(data_dir)} belongs to another user: run this as the one who started Pista."
        ) from error
    except msgspec.DecodeError:
        return None
    return running if running.pid_since == since(running.pid) else None


def write(data_dir: Path, web_url: str, urls: Urls, now: datetime) -> None:
    """Say that this process is the `pista up` of `data_dir`."""
    running = Running(
        pid=os.getpid(),
        pid_since=since(os.getpid()) or 0,
        started_at=now,
        web_url=web_url,
        urls=urls,
    )
    path = _file(data_dir)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(path, msgspec.json.format(msgspec.json.encode(running)))


def remove(data_dir: Path) -> None:
    _file(data_dir).unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that its owner alone may read, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def since(pid: int) -> int | None:
    """When the process was started, in the kernel's ticks since boot; None if there is none."""
    try:
        # The program's name, in parentheses, may hold spaces.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[19])


def _file(data_dir: Path) -> Path:
    return data_dir / "run" / "pista.json"
