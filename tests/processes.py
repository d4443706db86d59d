"""A `pista up` in a process of its own, for tests that start, kill and stop it."""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from pista.store import runtime
from pista.store.embedded.process import free_port
from pista.store.runtime import Running

# Where nobody listens: a test asks no real platform, and gives the address of its fake.
NO_PLATFORMS = {
    "PISTA_META_GRAPH_URL": "http://127.0.0.1:9",
    "PISTA_TELEGRAM_API_URL": "http://127.0.0.1:9",
    "PISTA_GOOGLE_ADS_URL": "http://127.0.0.1:9",
    "PISTA_GOOGLE_DATA_URL": "http://127.0.0.1:9",
    "PISTA_GOOGLE_TOKEN_URL": "http://127.0.0.1:9",
    "PISTA_TIKTOK_URL": "http://127.0.0.1:9",
    "PISTA_GA4_URL": "http://127.0.0.1:9",
    "PISTA_UTMIFY_URL": "http://127.0.0.1:9",
    "PISTA_MERCADOPAGO_URL": "http://127.0.0.1:9",
    "PISTA_ASAAS_URL": "http://127.0.0.1:9",
    "PISTA_PUSHINPAY_URL": "http://127.0.0.1:9",
}


class Up:
    """One `pista up`, with what it printed."""

    def __init__(self, command: list[str], data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = int(environment.get("PISTA_PORT") or free_port())
        own = {"PISTA_PORT": str(self.port), "PISTA_DATA_DIR": str(data_dir)}
        self.environment = os.environ | NO_PLATFORMS | own | environment
        self.errors = (data_dir.parent / f"stderr-{self.port}").open("w+")
        self.process: Any = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=self.environment,
        )

    def ready(self) -> str:
        """Wait for the block and return it."""
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                return "".join(lines)
        raise AssertionError(f"it ended: {self.said()}")

    def said(self) -> str:
        self.errors.seek(0)
        return self.errors.read()

    def running(self) -> Running:
        found = runtime.find(self.data_dir)
        assert found is not None
        return found

    def tree(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def children(self, word: str) -> list[psutil.Process]:
        """The direct children with that word on their command lines."""
        children = psutil.Process(self.process.pid).children()
        return [one for one in children if word in command_of(one)]

    def child(self, word: str) -> psutil.Process:
        return next(iter(self.children(word)))

    def stop(self) -> float:
        """SIGTERM; the seconds until it was gone."""
        began = time.monotonic()
        self.process.terminate()
        assert self.process.wait(60) == 0, self.said()
        return time.monotonic() - began

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def gone(processes: list[psutil.Process], seconds: float = 60) -> bool:
    """Whether they all ended; a zombie has, and waits for whoever adopted it."""
    until = time.monotonic() + seconds
    while any(lives(process) for process in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def command_of(process: psutil.Process) -> list[str]:
    """Its command line and its name; nothing of one that has ended, perhaps since it was listed."""
    try:
        return [*process.cmdline(), process.name()]
    except psutil.NoSuchProcess:  # a zombie's line too
        return []


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(true: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
