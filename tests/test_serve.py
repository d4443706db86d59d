"""The server around the house, held against visitors who never finish what they say."""

import os
import resource
import socket
import sys
from collections.abc import Generator
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

from pista.store.embedded.process import free_port
from tests.processes import wait_for

MANY = 1_500
HALF = b"GET /health/live HTTP/1.1\r\nHost: pista\r\n"


@pytest.fixture
def open_files() -> Generator[None]:
    """This process may open as many as it needs; the server starts with few and helps itself."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4 * MANY, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture
def web(database: str, open_files: None) -> Generator[int]:
    """The port of one `pista web`, started as most shells would: with 1,024 files."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database,
        "CLICKHOUSE_URL": "http://127.0.0.1:1",
        "PISTA_PORT": str(port),
    }
    process: Any = psutil.Popen([sys.executable, "-m", "pista.cli", "web"], env=environment)
    process.rlimit(psutil.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    yield port
    process.terminate()
    assert process.wait(15) == 0


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_who_never_ends_a_request_keeps_nobody_out(web: int):
    """
    Many connections that begin a request and stop there: the next visitor is served.
    """
    wait_for(lambda: answers(web))

    slow = [socket.create_connection(("127.0.0.1", web), timeout=5) for _ in range(MANY)]
    try:
        for connection in slow:
            connection.sendall(HALF)
        assert answers(web)
    finally:
        for connection in slow:
            connection.close()
