"""A store that is away is named in the log, with its cause and without its password."""

from collections.abc import Generator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from structlog.testing import capture_logs

from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import free_port
from pista.web import away, health

SECRET = "not-for-the-log"


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Nothing said before, and a log that no earlier test has set up or used."""
    before = structlog.get_config()
    structlog.reset_defaults()
    monkeypatch.setattr(away, "log", structlog.get_logger())
    monkeypatch.setattr(away, "_told", {})
    yield
    structlog.configure(**before)


async def lines_about(url: str, times: int) -> list[Any]:
    client = ClickHouse(url)
    state: Any = SimpleNamespace(clickhouse=client)
    with capture_logs() as lines:
        for _ in range(times):
            assert not await health._statistics(state)  # pyright: ignore[reportPrivateUsage] - what all health checks ask
    await client.close()
    return lines


async def test_a_wrong_address_is_one_line(monkeypatch: pytest.MonkeyPatch):
    """
    It names the address, once a minute, however often somebody asks.
    """
    port = free_port()
    url = f"http://pista:{SECRET}@127.0.0.1:{port}"

    (line,) = await lines_about(url, 3)

    assert (line["event"], line["store"]) == ("store_away", "clickhouse")
    assert f"127.0.0.1:{port}" in line["cause"]
    assert SECRET not in str(line)
    monkeypatch.setattr(away, "APART_SECONDS", 0)
    assert len(await lines_about(url, 2)) == 2


async def test_a_wrong_password_is_named_as_such(clickhouse_database: str):
    """
    The server answers, and refuses us.
    """
    parts = urlsplit(clickhouse_database)
    url = f"http://{parts.username}:{SECRET}@{parts.hostname}:{parts.port}{parts.path}"

    (line,) = await lines_about(url, 2)

    assert "Authentication failed" in line["cause"]
    assert SECRET not in str(line)
