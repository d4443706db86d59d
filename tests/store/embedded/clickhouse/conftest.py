"""The engine's real process: one for most tests, and one to be stopped and killed."""

import signal
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from tests.store.embedded.clickhouse.serving import READONLY, Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server for all tests that do not stop it; each makes tables of its own."""
    server = Server(tmp_path_factory.mktemp("clickhouse"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Generator[Server]:
    """A server, not yet started, for a test that starts, stops and kills it."""
    server = Server(tmp_path / "clickhouse")
    yield server
    if server.process:
        server.stop(signal.SIGKILL)


@pytest.fixture
def http(server: Server) -> Generator[httpx.Client]:
    with server.http() as client:
        yield client


@pytest.fixture
def reader(server: Server) -> Generator[httpx.Client]:
    """Signed in as the user that may only read."""
    with server.http(READONLY) as client:
        yield client


@pytest.fixture
def table(server: Server, request: pytest.FixtureRequest) -> str:
    """A table (a UInt64, b String) that remembers the tokens of its inserts."""
    name = f"t_{abs(hash(request.node.nodeid)):x}"
    server.make_table(name)
    return name
