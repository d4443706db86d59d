"""Web processes are killed: what was answered is worked off, and what was not is sent again."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from pista.store.embedded.process import dies_with_parent, free_port
from tests.crm.conftest import Company
from tests.crm.test_doors import WorkOff
from tests.fakes.crm import Crm, workflow

PATIENCE_SECONDS = 60.0


@pytest.fixture
def port() -> int:
    return free_port()


@contextmanager
def web(database: str, port: int, module: str) -> Generator[Any]:
    environment = os.environ | {
        "DATABASE_URL": database,
        "CLICKHOUSE_URL": "http://127.0.0.1:1",
        "PISTA_PORT": str(port),
    }
    child: Any = subprocess.Popen(
        [sys.executable, "-m", module, "web"],
        env=environment,
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stderr=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


@pytest.fixture
async def over_there(company: Company, sender: Crm, port: int) -> AsyncGenerator[Crm]:
    """The same source, at the address of another process."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        yield Crm(client, sender.path, sender.secret)


async def is_up(sender: Crm) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                if (await sender.client.get("/health/live")).is_success:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def test_a_kill_between_commit_and_answer_changes_nothing(
    database: str, company: Company, over_there: Crm, port: int, work_off: WorkOff
):
    """
    The third webhook is committed and its sender hears nothing: he sends it again, to the next
    process, and there are four webhooks of three people.
    """
    with web(database, port, "tests.crm.dying_web") as dying:
        await is_up(over_there)
        await over_there.deliver(workflow("one-000001", email="1@example.com", phone=None))
        await over_there.deliver(workflow("two-000002", email="2@example.com", phone=None))
        third = workflow("three-00003", email="3@example.com", phone=None)
        with pytest.raises(httpx.TransportError):
            await over_there.post(third)
        assert await asyncio.to_thread(dying.wait, 10) == 9
    with web(database, port, "pista.cli"):
        await is_up(over_there)
        assert await over_there.deliver(third) == 1

    await work_off()

    received = await company.received(over_there)
    assert [one["state"] for one in received] == ["done"] * 4
    assert received[2]["contactId"] == received[3]["contactId"]
    assert sorted(one.email or "" for one in await company.people()) == [
        "1@example.com",
        "2@example.com",
        "3@example.com",
    ]
