"""The real process, as the supervisor starts it, and the ways to speak to it."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import clickhouse_connect
import httpx

from pista.store.embedded.clickhouse import command
from pista.store.embedded.process import dies_with_parent, free_port

FULL = ("pista", "full-password")
READONLY = ("pista_ro", "readonly-password")
SECRETS = {
    "PISTA_CLICKHOUSE_PASSWORD": FULL[1],
    "PISTA_CLICKHOUSE_READONLY_PASSWORD": READONLY[1],
}


class Server:
    """One folder and the process on it, which may die and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder.parent / f"{folder.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait until it answers; the seconds that this took."""
        began = time.monotonic()
        # Into a file: a pipe that nobody reads stops the process once it is full.
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command(str(self.folder), self.port),
                env=os.environ | SECRETS,
                stderr=log,
                preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
            )
        while time.monotonic() < began + 30:
            try:
                if httpx.get(f"{self.url}/ping").text == "Ok.\n":
                    return time.monotonic() - began
            except httpx.TransportError:
                time.sleep(0.02)
        raise TimeoutError(self.log.read_text())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Its exit status and what it wrote to stderr."""
        assert self.process
        self.process.send_signal(how)
        status, self.process = self.process.wait(20), None
        return status, self.log.read_text()

    def http(self, user: tuple[str, str] = FULL) -> httpx.Client:
        return httpx.Client(base_url=self.url, auth=user, timeout=60)

    def ask(self, sql: str, **params: str) -> str:
        with self.http() as http:
            answer = http.post("/", params=params, content=sql)
        assert answer.status_code == 200, answer.text
        return answer.text.strip()

    def client(self, user: tuple[str, str] = FULL, **options: Any) -> Any:
        # The driver's signatures are only partly typed, so its client is held as Any.
        driver: Any = clickhouse_connect
        place = {"host": "127.0.0.1", "port": self.port}
        return driver.get_client(**place, username=user[0], password=user[1], **options)

    def make_table(self, name: str) -> None:
        """A table that remembers the tokens of its inserts."""
        self.ask(
            f"create table {name} (a UInt64, b String) engine = MergeTree order by a"
            " settings non_replicated_deduplication_window = 1000"
        )
