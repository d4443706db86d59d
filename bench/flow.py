"""From the door to the statistics, against the engine alone and against a plain COPY.

The engine alone does with the same journal lines what a flush does, in the one statement that it
would be without anything around it: read, group, store, with the rollups that follow from storing.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from bench import load
from bench.ingest import BROWSER, CONNECTIONS, WORKERS, batches
from bench.system import Site, System, measured_servers
from bench.table import Row
from pista.collect import agents, intake
from pista.collect.intake import Circumstances
from pista.collect.intake import Site as EdgeSite
from pista.events import flush
from pista.events.rows import STRUCTURE
from pista.ids import SiteId, TenantId
from pista.store import frames, postgres
from pista.store.clickhouse import ClickHouse

SECONDS = 8.0
PATIENCE_SECONDS = 120
EVENTS = 20
ENGINE_EVENTS = 150_000
ROUNDS = 5
COPY_SECONDS = 4.0
GROUP = 64
"""Bodies in one COPY: about as many as a group commit holds at this load."""

Number = TypeVar("Number", int, float)


class _Sum(msgspec.Struct, frozen=True):
    events: int


def measure(system: System) -> list[Row]:
    site = system.new_site()
    with measured_servers(system, WORKERS) as port:
        load.run(port, batches(site, port, EVENTS), seconds=1, connections=CONNECTIONS)
        _wait_drained(system)
        accepted, whole = _through(system, site, port)
    requests = batches(site, system.port, EVENTS)
    bodies = [body_of(requests(1 << 44 | number)) for number in range(2_000)]
    copied = asyncio.run(_copied(system, bodies, GROUP))
    single = asyncio.run(_copied(system, bodies, 1))
    alone = asyncio.run(_alone(system, _lines(site, system.port)))
    rates = {
        "accepted and durable, as above": accepted,
        "COPY of the same bodies, a commit for 64": copied,
        "COPY of the same bodies, a commit for each": single,
        "accepted until in the statistics": whole,
        "the engine alone, INSERT … SELECT": alone,
    }
    return [
        {
            "what": name,
            "events/s": f"{rate:,.0f}",
            "of COPY": f"{rate / copied:.0%}",
            "of the engine alone": f"{rate / alone:.0%}",
        }
        for name, rate in rates.items()
    ]


def _through(system: System, site: Site, port: int) -> tuple[float, float]:
    """Events a second: acknowledged while the load ran, and counted from its begin to the last."""
    before = _counted(system, site)
    began = time.perf_counter()
    figures = load.run(port, batches(site, port, EVENTS), seconds=SECONDS, connections=CONNECTIONS)
    _wait_drained(system)
    took = time.perf_counter() - began
    events = figures.requests * EVENTS
    counted = _counted(system, site) - before
    assert counted == events, f"{events} acknowledged, {counted} counted"
    return events / figures.seconds, events / took


def _wait_drained(system: System) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while system.health()["buffer"]["currentSize"]:
        assert time.monotonic() < deadline, "the backlog does not drain"
        time.sleep(0.02)


def _counted(system: System, site: Site) -> int:
    async def ask(clickhouse: ClickHouse) -> int:
        found = await clickhouse.one(_Sum, COUNTED, tenant=site.tenant_id)
        return found.events

    return asyncio.run(_with_engine(system, ask))


async def _alone(system: System, body: bytes) -> float:
    """The best of some rounds, in events a second: noise only ever takes away."""

    async def insert(clickhouse: ClickHouse) -> float:
        began = time.perf_counter()
        await clickhouse.insert(ALONE, body, encoding=frames.ENCODING, settings=flush.READING)
        return ENGINE_EVENTS / (time.perf_counter() - began)

    return max([await _with_engine(system, insert) for _ in range(ROUNDS)])


def _lines(site: Site, port: int) -> bytes:
    """What the journal holds of the same requests: frames of lines, one for each group."""
    make = batches(site, port, EVENTS)
    how = Circumstances(
        site=EdgeSite(
            id=SiteId(UUID(site.site_id)),
            tenant_id=TenantId(UUID(site.tenant_id)),
            write_key=site.write_key,
            domains=("*",),
            throttles={},
        ),
        agent=agents.agent(BROWSER),
        bot="",
        country="",
        now_ms=time.time_ns() // 1_000_000,
        retention_months=12,
        buffer_size=0,
    )
    entries = [
        intake.prepare(intake.open_batch(body_of(make(1 << 45 | number))), how).body
        for number in range(ENGINE_EVENTS // EVENTS)
    ]
    groups = [entries[n : n + GROUP] for n in range(0, len(entries), GROUP)]
    return b"".join(frames.pack(b"".join(group)) for group in groups)


def body_of(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


async def _copied(system: System, bodies: list[bytes], group: int) -> float:
    """Events a second of COPY into a table without index, from as many connections as servers."""
    url = system.urls().database_url
    setting_up: Any = await postgres.connect(url)
    await setting_up.execute("drop table if exists copied; create table copied (body bytea)")
    connections: list[Any] = [await postgres.connect(url) for _ in range(WORKERS)]
    done = 0
    until = time.perf_counter() + COPY_SECONDS

    async def copy(connection: Any, place: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            start = (place + done) % (len(bodies) - group)
            some = [(body,) for body in bodies[start : start + group]]
            await connection.copy_records_to_table("copied", records=some, columns=["body"])
            done += group

    began = time.perf_counter()
    await asyncio.gather(*(copy(one, place) for place, one in enumerate(connections)))
    rate = done * EVENTS / (time.perf_counter() - began)
    await setting_up.execute("drop table copied")
    for connection in [*connections, setting_up]:
        await connection.close()
    return rate


async def _with_engine(system: System, use: Callable[[ClickHouse], Awaitable[Number]]) -> Number:
    clickhouse = ClickHouse(system.urls().clickhouse_url)
    try:
        return await use(clickhouse)
    finally:
        await clickhouse.close()


COUNTED = "select sum(events) as events from events_hourly where tenant_id = {tenant:UUID}"

# A flush without its journal, its staging, its ids and its recovery.
ALONE = (
    """
insert into events (
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    count, sampling_rate, corrected, metadata, metadata_hash, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id,
    browser, os, device, country, bot
)
select
    tenant_id, site_id,
    fromUnixTimestamp64Milli(min(occurred_ms), 'UTC'),
    fromUnixTimestamp64Milli(min(received_ms), 'UTC'),
    event_type, visitor_id, session_id, min(event_id),
    count(), sampling_rate, max(corrected), any(metadata), xxh3(metadata) as hash,
    any(host), any(path), any(referrer), any(channel),
    any(utm_source), any(utm_medium), any(utm_campaign),
    any(utm_term), any(utm_content), any(click_id),
    any(browser), any(os), any(device), any(country), bot
from input('"""
    + STRUCTURE
    + """')
group by
    tenant_id, site_id, visitor_id, session_id, event_type, hash, sampling_rate, bot,
    intDiv(occurred_ms, 60000)
format JSONCompactEachRow
"""
)
