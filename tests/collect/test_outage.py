"""The front door while PostgreSQL is down, hangs, and is back."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager

import httpx
import pytest

from pista.store import frames, journal, migrate, reach
from pista.store import postgres as store
from pista.store.embedded import postgres as embedded
from pista.store.embedded.account import serving_account
from pista.store.embedded.postgres import Cluster
from pista.store.embedded.process import free_port, working_in
from tests.collect.conftest import Served, serving
from tests.conftest import PASSWORD, reachable_folder, running


@pytest.fixture(scope="module")
def cluster() -> Generator[Cluster]:
    """A server of our own, to be stopped at will."""
    with reachable_folder() as folder:
        cluster = Cluster(
            folder=folder / "postgres",
            port=free_port(),
            password=PASSWORD,
            account=serving_account(),
        )
        embedded.prepare(cluster)
        (cluster.folder / "local.conf").write_text("fsync = off\nlog_min_messages = fatal\n")
        yield cluster


@contextmanager
def up(cluster: Cluster) -> Generator[None]:
    """Serve it, and end it at once, as a crash would."""
    embedded.clear_leftovers(cluster.folder)
    with running(embedded.command(cluster), end=signal.SIGQUIT, **embedded.launch(cluster)):
        yield


@contextmanager
def hanging(cluster: Cluster) -> Generator[None]:
    """It holds its connections and answers nothing."""
    processes = working_in(cluster.folder, "postgres")
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)


async def ready(cluster: Cluster) -> None:
    await reach.postgres(cluster.url, patience=60)
    connection = await store.connect(cluster.url)
    await migrate.migrate_postgres(connection)
    await connection.close()


@pytest.fixture
async def served(cluster: Cluster) -> AsyncGenerator[Served]:
    """A house whose PostgreSQL has just stopped, and which has taken a batch before."""
    with up(cluster):
        await ready(cluster)
        async with serving(cluster.url) as house:
            answer = await house.post(house.batch(house.event(), batchId="before"))
            assert answer.status_code == 202
            yield house


def assert_refused(answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert int(answer.headers["retry-after"]) >= 1


async def committed(cluster: Cluster) -> int:
    connection = await store.connect(cluster.url)
    rows = await connection.fetch("select body from journal")
    await connection.close()
    return sum(frames.unpack(row["body"]).count(b"\n") for row in rows)


async def test_down_and_back(cluster: Cluster):
    """While it is down nothing is promised; when it is back the same batches are taken."""
    with up(cluster):
        await ready(cluster)
        before = await committed(cluster)
        opened = serving(cluster.url)
        served = await opened.__aenter__()
        assert (await served.post(served.batch())).status_code == 202
    bodies = [served.batch(*[served.event() for _ in range(5)]) for _ in range(10)]

    down = await asyncio.gather(*(served.post(body) for body in bodies))
    unknown = await served.post(served.batch(), key="unknown")
    invalid = await served.post(b"no JSON")
    health = await served.client.get("/health/ready")
    with up(cluster):
        await reach.postgres(cluster.url, patience=60)
        back = await asyncio.gather(*(served.post(body) for body in bodies))
        again = await asyncio.gather(*(served.post(body) for body in bodies))
        kept = await committed(cluster) - before
        await opened.__aexit__(None, None, None)

    for answer in (*down, unknown):
        assert_refused(answer)
    assert (invalid.status_code, health.status_code) == (400, 503)
    assert {answer.status_code for answer in (*back, *again)} == {202}
    assert [answer.content for answer in again] == [answer.content for answer in back]
    assert kept == 1 + 5 * len(bodies)


async def test_hanging(cluster: Cluster, served: Served, monkeypatch: pytest.MonkeyPatch):
    """It may commit after all what nobody could wait for; sent again it counts once."""
    monkeypatch.setattr(journal, "COMMIT_SECONDS", 0.5)
    before = await committed(cluster)
    body = served.batch(*[served.event() for _ in range(5)], batchId="hanging")

    with hanging(cluster):
        refused = await served.post(body)
        refused_again = await served.post(body)
    answers = [await served.post(body) for _ in range(2)]

    assert_refused(refused)
    assert_refused(refused_again)
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert await committed(cluster) - before == 5


async def test_killed_under_load(cluster: Cluster):
    """Whatever was answered 202 is there; whatever was not is taken when it is sent again."""
    with up(cluster):
        await ready(cluster)
        before = await committed(cluster)
        opened = serving(cluster.url)
        served = await opened.__aenter__()
        bodies = [served.batch(*[served.event() for _ in range(5)]) for _ in range(300)]
        sending = [asyncio.create_task(served.post(body)) for body in bodies]
        await asyncio.wait(sending[:20], return_when=asyncio.FIRST_COMPLETED)
    first = await asyncio.gather(*sending)
    with up(cluster):
        await reach.postgres(cluster.url, patience=60)
        acknowledged = sum(answer.status_code == 202 for answer in first)
        found = (await committed(cluster) - before) // 5
        second = await asyncio.gather(*(served.post(body) for body in bodies))
        kept = await committed(cluster) - before
        await opened.__aexit__(None, None, None)

    assert {answer.status_code for answer in first} <= {202, 503}
    assert acknowledged <= found
    assert {answer.status_code for answer in second} == {202}
    assert kept == 5 * len(bodies)
