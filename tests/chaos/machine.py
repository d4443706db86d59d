"""The machine that suffers: a `pista up`, a second worker beside it, and some clients."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

from pista.store import runtime
from pista.store.embedded.process import dies_with_parent, free_port
from pista.store.runtime import Running
from tests.chaos.plan import Role
from tests.processes import lives

COMMAND = (sys.executable, "-m", "pista.cli")
START_SECONDS = 90
WORDS = {
    Role.WEB: "pista.cli web",
    Role.WORKER: "pista.cli worker",
    Role.CLICKHOUSE: "embedded.clickhouse",
    Role.POSTGRES: "bin/postgres",
}
LEADS = """
select a.client_port
from pg_locks l
join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
    and (l.classid::bigint << 32) + l.objid::bigint = $1
"""


class Machine:
    """Starts again what the supervisor of a real machine would: `pista up` itself."""

    def __init__(self, folder: Path, log: Path, web_workers: int, **environment: str) -> None:
        self.data_dir = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "PISTA_DATA_DIR": str(self.data_dir),
            "PISTA_PORT": str(self.port),
            "PISTA_WEB_WORKERS": str(web_workers),
            **environment,
        }
        self._log = log
        self._up: Any = None
        self._standby: Any = None
        self._client_commands: list[tuple[str, ...]] = []
        self._clients: list[Any] = []
        self.failed_clients = 0

    async def start(self) -> float:
        """Start Pista and its second worker; the seconds until it was ready."""
        began = time.monotonic()
        while time.monotonic() - began < START_SECONDS:
            self._up = self._spawn(*COMMAND, "up")
            if await self._is_ready(began):
                self._standby = self._spawn(*COMMAND, "worker")
                return time.monotonic() - began
        raise RuntimeError("pista up did not start")

    async def _is_ready(self, began: float) -> bool:
        async with httpx.AsyncClient(base_url=self.url, timeout=2) as client:
            while self._up.poll() is None and time.monotonic() - began < START_SECONDS:
                if self._is_written() and await answers(client, "/health/ready"):
                    return True
                await asyncio.sleep(0.05)
        return False

    def _is_written(self) -> bool:
        found = runtime.find(self.data_dir)
        return found is not None and found.pid == self._up.pid

    def running(self) -> Running:
        found = runtime.find(self.data_dir)
        if found is None:
            raise RuntimeError("Pista is not running")
        return found

    def pista(self, *arguments: str) -> str:
        command = (*COMMAND, *arguments)
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=60
        ).stdout

    def start_clients(
        self, config: Path, count: int, program: str = "tests.chaos.client", *more: str
    ) -> None:
        """Beside those that were started before: each is told its number, and `more`."""
        client = (sys.executable, "-m", program, str(config))
        commands = [(*client, str(number), *more) for number in range(count)]
        self._client_commands += commands
        self._clients += [self._spawn(*command) for command in commands]

    async def end_clients(self, seconds: float) -> bool:
        """Have the clients finish what they began; whether they all could."""
        for client in self._clients:
            client.terminate()
        until = time.monotonic() + seconds
        while any(client.poll() is None for client in self._clients):
            if time.monotonic() > until:
                return False
            await asyncio.sleep(0.05)
        return all(client.returncode == 0 for client in self._clients)

    async def tend(self) -> None:
        """Start the second worker and the clients again when they are gone."""
        while True:
            if self._standby is not None and self._standby.poll() is not None:
                self._standby = self._spawn(*COMMAND, "worker")
            for place, client in enumerate(self._clients):
                if client.poll() is not None:
                    self.failed_clients += client.returncode != -signal.SIGKILL
                    self._clients[place] = self._spawn(*self._client_commands[place])
            await asyncio.sleep(0.2)

    async def kill_supervisor(self) -> None:
        """kill -9 of `pista up`, with which all else goes; then start it again."""
        old, self._standby = self._standby, None
        self._up.kill()
        self._up.wait()
        if old is not None:
            old.kill()
            old.wait()
        await self.start()

    def of_role(self, role: Role) -> list[psutil.Process]:
        """The living processes of that role, in the order of their numbers."""
        match role:
            case Role.CLIENT:
                found = [psutil.Process(one.pid) for one in self._clients if one.poll() is None]
            case Role.BACKEND:
                found = [child for one in self.of_role(Role.POSTGRES) for child in children(one)]
            case _:
                found = [one for one in self._own() if WORDS[role] in command_of(one)]
        return sorted((one for one in found if lives(one)), key=lambda one: one.pid)

    def _own(self) -> list[psutil.Process]:
        # A worker of the supervisor, or the second one.
        beside = [self._standby] if self._standby and self._standby.poll() is None else []
        return children(psutil.Process(self._up.pid)) + [psutil.Process(one.pid) for one in beside]

    def connected_from(self, role: Role, port: int) -> list[psutil.Process]:
        """The process of that role that has a connection from this port."""
        return [one for one in self.of_role(role) if port in local_ports(one)]

    def stop(self) -> None:
        for one in (self._standby, self._up, *self._clients):
            if one is not None and one.poll() is None:
                one.terminate()
        for one in (self._standby, self._up, *self._clients):
            if one is not None:
                one.wait(20)

    def _spawn(self, *command: str) -> Any:
        with self._log.open("a") as log:
            return subprocess.Popen(
                command,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
            )


async def answers(client: httpx.AsyncClient, path: str) -> bool:
    try:
        return (await client.get(path)).status_code == 200
    except httpx.TransportError:
        return False


def children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children()
    except psutil.NoSuchProcess:
        return []


def age(process: psutil.Process) -> float:
    try:
        return time.time() - process.create_time()
    except psutil.NoSuchProcess:
        return 0.0


def command_of(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def local_ports(process: psutil.Process) -> set[int]:
    try:
        return {one.laddr.port for one in process.net_connections("tcp") if one.laddr}
    except psutil.Error:
        return set()
