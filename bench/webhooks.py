"""From a CRM's webhook to the visitor linked: open load, so that what waits is counted as waiting.

Every webhook is of another contact and another visitor. It is linked when the news of it is heard,
which PostgreSQL sends at the commit: from then on every question finds the visitor's sessions.
"""

import asyncio
import itertools
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import uvloop

from bench.system import System, cpu_seconds
from bench.table import Row
from pista import queue
from pista.crm import service
from pista.crm.model import MadeWebhookSource, NewWebhookSource
from pista.ids import TenantId
from pista.store import postgres

A_SECOND = 500
SECONDS = 5.0
ROUNDS = 3
CONNECTIONS = 64
ALONE = 100
WARMING = 1_000
PATIENCE_SECONDS = 60.0

Sent = dict[str, float]

_numbers = itertools.count()


class _News(msgspec.Struct, rename="camel"):
    type: str
    visitor_id: str = ""


class _Run(msgspec.Struct, kw_only=True):
    """When each was sent, answered and linked."""

    sent: Sent = {}
    answered: Sent = {}
    linked: Sent = {}

    def p99(self) -> float:
        waits = sorted(self.linked[one] - at for one, at in self.sent.items())
        return waits[int(len(waits) * 0.99)]

    def row(self, what: str, ends: Sent, took: float) -> Row:
        waits = sorted((ends[one] - at) * 1000 for one, at in self.sent.items())
        return {
            "what": what,
            "a second": f"{len(waits) / took:,.0f}",
            "p50": f"{waits[len(waits) // 2]:.1f} ms",
            "p99": f"{waits[int(len(waits) * 0.99)]:.1f} ms",
            "the longest": f"{waits[-1]:.1f} ms",
        }


def measure(system: System) -> list[Row]:
    tenant = TenantId(UUID(system.new_site().tenant_id))
    return uvloop.run(_measure(system, tenant))


async def _measure(system: System, tenant: TenantId) -> list[Row]:
    url = system.urls().database_url
    pool = await postgres.open_pool(url)
    async with pool.transaction() as tx:
        request = NewWebhookSource(kind="ghl", name="bench")
        source = await service.create(tx, tenant, request, now=datetime.now(UTC))
    await _through(system, source, ALONE, 100.0)
    alone, alone_took = await _through(system, source, ALONE, 20.0)
    await _through(system, source, WARMING, A_SECOND)
    count = int(A_SECOND * SECONDS)
    # The quietest of some rounds: other programs on the machine only ever add to it.
    before = _used()
    rounds = [await _through(system, source, count, A_SECOND) for _ in range(ROUNDS)]
    for name, seconds in _used().items():
        each = (seconds - before[name]) / count / ROUNDS * 1_000_000
        print(f"CPU of the {name} for each of {A_SECOND} a second: {each:,.0f} µs", flush=True)
    loaded, took = min(rounds, key=lambda one: one[0].p99())
    plain, plain_took = await _document_0(url, count)
    await pool.close()
    return [
        alone.row("one at a time: until answered", alone.answered, alone_took),
        alone.row("one at a time: until linked", alone.linked, alone_took),
        loaded.row(f"{A_SECOND} a second: until answered", loaded.answered, took),
        loaded.row(f"{A_SECOND} a second: **until linked**", loaded.linked, took),
        plain.row("SELECT and UPDATE on one connection, a commit each", plain.linked, plain_took),
    ]


def _used() -> dict[str, float]:
    return {name: cpu_seconds(name) for name in ("web", "worker", "postgres")}


async def _through(
    system: System, source: MadeWebhookSource, count: int, a_second: float
) -> tuple[_Run, float]:
    run = _Run()
    everything = asyncio.Event()

    def heard(*said: object) -> None:
        news = msgspec.json.decode(str(said[-1]), type=_News)
        if news.visitor_id in run.sent:
            run.linked.setdefault(news.visitor_id, time.perf_counter())
            if len(run.linked) == count:
                everything.set()

    listening: Any = await postgres.connect(system.urls().database_url)
    await listening.add_listener(queue.NEWS, heard)
    began = time.perf_counter()
    await _send(system.port, source, run, count, a_second)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await everything.wait()
    took = time.perf_counter() - began
    await listening.close()
    return run, took


async def _send(
    port: int, source: MadeWebhookSource, run: _Run, count: int, a_second: float
) -> None:
    """At the times that are due, whether or not those before are answered."""
    free: asyncio.Queue[tuple[Any, Any]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(_one(free, source, run, due))
    while not free.empty():
        free.get_nowait()[1].close()


async def _one(
    free: "asyncio.Queue[tuple[Any, Any]]", source: MadeWebhookSource, run: _Run, due: float
) -> None:
    visitor = f"v{time.time_ns() // 1_000_000:013d}_{next(_numbers):08d}"
    run.sent[visitor] = due
    reader, writer = await free.get()
    writer.write(_request(source, visitor))
    head = await reader.readuntil(b"\r\n\r\n")
    assert head[9:12] == b"200", head
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    run.answered[visitor] = time.perf_counter()
    free.put_nowait((reader, writer))


def _request(source: MadeWebhookSource, visitor: str) -> bytes:
    digits = visitor[1:].replace("_", "")
    body = msgspec.json.encode(
        {
            "contact_id": f"c{digits}",
            "first_name": "Ana",
            "last_name": "Quispe",
            "email": f"ana.{digits}@tiendasol.example",
            "phone": f"+519{digits[-8:]}",
            "tags": "lead,lima",
            "customData": {"rstk_vid": visitor, "contact_id": f"c{digits}", "plan": "anual"},
        }
    )
    head = (
        f"POST {source.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"X-Webhook-Secret: {source.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _document_0(url: str, count: int) -> tuple[_Run, float]:
    """What document 0 does for a webhook: look for the visitor's row, and write the contact into
    it. No journal, no order, no claims; as fast as one connection does it."""
    connection: Any = await postgres.connect(url)
    await connection.execute("create table plain (visitor text primary key, contact text)")
    visitors = [f"v{number}" for number in range(count)]
    await connection.copy_records_to_table("plain", records=[(one, None) for one in visitors])
    run, now = _Run(), time.perf_counter
    began = now()
    for visitor in visitors:
        run.sent[visitor] = now()
        async with connection.transaction():
            await connection.fetchrow("select * from plain where visitor = $1", visitor)
            await connection.execute(
                "update plain set contact = $2 where visitor = $1", visitor, "c"
            )
        run.linked[visitor] = now()
    took = now() - began
    await connection.close()
    return run, took
