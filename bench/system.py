"""A whole Pista of its own for a measurement, in a folder that goes away with it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psutil

from pista import settings
from pista.store.runtime import Urls, database_urls

START_SECONDS = 60


class Site(msgspec.Struct, frozen=True, rename="camel"):
    tenant_id: str
    site_id: str
    write_key: str


class System:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.environment = os.environ | {
            "PISTA_DATA_DIR": str(folder),
            "PISTA_PORT": str(port),
            "PISTA_LOG_LEVEL": "warning",
        }

    def pista(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "pista.cli", *arguments],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def new_site(self) -> Site:
        made = self.pista("tenant", "create", f"bench {time.time_ns()}", "--json")
        tenant = json.loads(made)["tenantId"]
        site = self.pista("site", "create", "--tenant", tenant, "--domain", "*", "--json")
        return msgspec.json.decode(site, type=Site)

    def stats_key(self, site: Site) -> str:
        """A key that may read the statistics of the site's tenant."""
        return self.key(site, "stats:read")

    def key(self, site: Site, scope: str) -> str:
        made = self.pista(
            "apikey", "create", "--tenant", site.tenant_id, "--scope", scope, "--json"
        )
        return json.loads(made)["key"]

    def urls(self) -> Urls:
        """Where its databases are."""
        return database_urls(settings.load(self.environment))

    def health(self) -> dict[str, dict[str, int]]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/tracking-v2/health") as answer:
            return json.load(answer)


@contextmanager
def running(**environment: str) -> Generator[System]:
    """`pista up` in a new folder, on a free port."""
    folder = Path(tempfile.mkdtemp(prefix="pista-bench-"))
    folder.chmod(0o755)
    system = System(folder, free_port())
    system.environment |= environment
    up = subprocess.Popen(
        [sys.executable, "-m", "pista.cli", "up"], env=system.environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_ready(system, up)
        yield system
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def measured_servers(system: System, count: int) -> Generator[int]:
    """`count` web processes of `bench.server` on one port, beside the running system."""
    port = free_port()
    command = [sys.executable, "-m", "bench.server", str(port)]
    servers = [
        subprocess.Popen(command, env=system.environment, stderr=subprocess.DEVNULL)
        for _ in range(count)
    ]
    try:
        until_listening(port)
        time.sleep(1.5)
        yield port
    finally:
        for server in servers:
            server.kill()
            server.wait()


def cpu_seconds(word: str) -> float:
    """What our processes with this word in their command have used by now, with the kernel's part
    of it: unlike a clock it says the same on a busy machine."""
    used = 0.0
    for process in psutil.Process().children(recursive=True):
        if any(word in part for part in process.cmdline()):
            times = process.cpu_times()
            used += times.user + times.system
    return used


def resident_mb(system: System) -> dict[str, float]:
    """Memory of each process of the tree in MB: what is its own, and its part of what is shared."""
    running = json.loads((system.folder / "run/pista.json").read_text())
    root = psutil.Process(running["pid"])
    found: dict[str, float] = {}
    for process in [root, *root.children(recursive=True)]:
        name = _name(process)
        memory = process.memory_full_info()
        found[name] = found.get(name, 0) + memory.pss / 2**20
    return found


def _name(process: psutil.Process) -> str:
    command = " ".join(process.cmdline())
    for word, name in (("clickhouse", "clickhouse"), (" web", "web"), (" worker", "worker")):
        if word in command:
            return name
    return "postgres" if "postgres" in command else "supervisor"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_ready(system: System, up: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and up.poll() is None:
        try:
            system.health()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("pista up did not start")


def until_listening(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _listens(port) and time.monotonic() < deadline:
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
