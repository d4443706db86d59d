"""Segment's own clients, as their registries have them, against a server that is killed."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec

from pista.accounts import service
from pista.accounts.model import NewSite, Site
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import dies_with_parent, free_port
from pista.store.postgres import Postgres
from tests.events.writing import drained, until, writing
from tests.fakes.forgetful import losing

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "tests/clients"
MESSAGES = 90
SECONDS = 2.5
WEB = """
import sys
from pista import logs, serve
from pista.settings import Settings
from pista.store.runtime import Urls
logs.configure("error")
urls = Urls(database_url=sys.argv[2], clickhouse_url=sys.argv[3])
serve.run(Settings(port=int(sys.argv[1])), urls)
"""
TYPES = ("PURCHASE", "PAGE_VIEW", "IDENTIFY")


class Found(msgspec.Struct, frozen=True):
    visitor: str
    type: str
    events: int
    path: str
    source: str


async def make_site(postgres: Postgres) -> Site:
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        tenant = await service.create_tenant(tx, "Flores Lima", now=now)
        new = NewSite(domains=["shop.example.com"])
        return await service.create_site(
            tx, tenant.id, new, public_url="http://pista.test", now=now
        )


async def start_web(port: int, database: str, clickhouse: str) -> Process:
    """A web process that answers."""
    command = (sys.executable, "-c", WEB, str(port), database, clickhouse)
    web = await asyncio.create_subprocess_exec(*command, preexec_fn=dies_with_parent())

    async def answers() -> bool:
        try:
            return (await client.get(f"http://127.0.0.1:{port}/health/live")).is_success
        except httpx.TransportError:
            return False

    async with httpx.AsyncClient() as client:
        await until(answers)
    return web


@asynccontextmanager
async def sending(port: int, site: Site) -> AsyncGenerator[list[Process]]:
    """Both clients, at their work."""
    told = (f"http://127.0.0.1:{port}", site.write_key, str(MESSAGES), str(SECONDS))
    apart = os.environ | {"PYTHONPATH": str(ROOT / ".venv/clients")}
    commands = (
        (sys.executable, str(CLIENTS / "send.py")),
        (str(ROOT / "scripts/node"), "node", str(CLIENTS / "send.mjs")),
    )
    clients = [
        await asyncio.create_subprocess_exec(*command, *told, env=apart, stdout=PIPE, stderr=PIPE)
        for command in commands
    ]
    try:
        yield clients
    finally:
        for client in clients:
            if client.returncode is None:
                client.kill()
                await client.wait()


async def test_nothing_is_lost_and_nothing_counts_twice(
    database: str, postgres: Postgres, clickhouse_database: str, clickhouse: ClickHouse
):
    """
    Two kills of the server and ten answers that get lost on the way, while both clients send.
    """
    site = await make_site(postgres)
    target, port = free_port(), free_port()
    web = await start_web(target, database, clickhouse_database)
    async with losing(port, target) as way, sending(port, site) as clients:
        for _ in range(2):
            await asyncio.sleep(SECONDS / 5)
            way.lose(5)
            await asyncio.sleep(SECONDS / 5)
            web.kill()
            await web.wait()
            await asyncio.sleep(0.3)
            web = await start_web(target, database, clickhouse_database)
        said = await asyncio.wait_for(asyncio.gather(*(c.communicate() for c in clients)), 60)
    web.kill()
    await web.wait()
    async with writing(database, clickhouse_database):
        await drained(postgres)

    assert [client.returncode for client in clients] == [0, 0], said
    assert way.lost == 10
    assert await counted(clickhouse) == {
        (f"{client}-{number}", TYPES[number % 3], 1)
        for client in ("python", "node")
        for number in range(MESSAGES)
    }


async def counted(clickhouse: ClickHouse) -> set[tuple[str, str, int]]:
    rows = await clickhouse.all(
        Found,
        """
        select visitor_id as visitor, event_type as type, sum(count) as events,
            any(path) as path, any(utm_source) as source
        from events
        group by visitor_id, event_type
        """,
    )
    pages = [row for row in rows if row.type == "PAGE_VIEW"]
    assert {row.source for row in pages} == {"ig"}
    assert all(row.path == f"/lilies/{row.visitor.split('-')[1]}" for row in pages)
    return {(row.visitor, row.type, row.events) for row in rows}
