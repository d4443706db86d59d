"""How long a contact takes to open, with few others beside it and with a hundred times as many.

Everything is made by the engines themselves: events by ClickHouse from row numbers, contacts and
links by PostgreSQL from a series. The contacts that are opened have visitors that did something.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import httpx
import msgspec

from bench import history
from bench.system import Site, System
from bench.table import Row
from pista.store import postgres
from pista.store.clickhouse import ClickHouse

SIZES = (100_000, 10_000_000)
"""Events; a hundredth of them are contacts, and a tenth visitors that are linked."""
VISITORS_EACH = 10
OPENED = 30
"""Contacts that are asked for, each once."""
ROUNDS = 15
BUSY = "cntct_" + "b" * 22
"""The contact of 10,000 events."""

REQUESTS = {
    "a contact of 10,000 events: its detail": (BUSY, ""),
    "the same: its timeline, first page": (BUSY, "/timeline"),
    "the same: its sessions, first page": (BUSY, "/sessions"),
    "a contact of ten visits: its detail": (None, ""),
    "a contact of ten visits: its timeline": (None, "/timeline"),
}


class _Visitor(msgspec.Struct, frozen=True):
    visitor_id: str


def measure(system: System, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """The median of each request at each size, through HTTP, as a screen asks for it."""
    found = [asyncio.run(_measured(system, size)) for size in sizes]
    rows = [
        {
            "what": name,
            **{
                f"{size:,} events, {size // 100:,} contacts, ms": f"{took[name]:,.0f}"
                for size, took in zip(sizes, found, strict=True)
            },
            "times": f"{found[-1][name] / found[0][name]:.1f}",
        }
        for name in found[0]
    ]
    opened = [sum(list(took.values())[:2]) for took in found]
    print(f"a contact of 10,000 events opens in {opened[-1]:.0f} ms", flush=True)
    return rows


async def _measured(system: System, size: int) -> dict[str, float]:
    site = system.new_site()
    clickhouse = ClickHouse(system.urls().clickhouse_url)
    try:
        await history.fill(clickhouse, site, size)
        await clickhouse.execute(BUSY_EVENTS, tenant=site.tenant_id, site=site.site_id)
        visitors = await clickhouse.all(
            _Visitor, SOME_VISITORS, tenant=site.tenant_id, most=OPENED * VISITORS_EACH
        )
    finally:
        await clickhouse.close()
    await _link(system, site, size // 100, [one.visitor_id for one in visitors])
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{system.port}",
        headers={"Authorization": f"Bearer {system.key(site, 'admin')}"},
        timeout=60,
    ) as client:
        return {name: await _median(client, *asked) for name, asked in REQUESTS.items()}


async def _link(system: System, site: Site, contacts: int, visitors: list[str]) -> None:
    """So many contacts with ten visitors each; those of the first have done something."""
    connection: Any = await postgres.connect(system.urls().database_url)
    tenant = UUID(site.tenant_id)
    await connection.execute(CONTACTS, tenant, contacts, BUSY, timeout=60)
    await connection.execute(LINKS, tenant, contacts, VISITORS_EACH, BUSY, visitors, timeout=300)
    await connection.execute("vacuum analyze contacts, visitor_contact, link_claims", timeout=300)
    await connection.close()


async def _median(client: httpx.AsyncClient, contact: str | None, path: str) -> float:
    """Milliseconds; the first answers are left out, as nothing is in the caches then."""
    rounds = ROUNDS if contact else OPENED
    asked = [contact or f"cntct_{number:022d}" for number in range(1, rounds + 1)]
    times: list[float] = []
    for one in [*asked[:2], *asked]:
        began = time.perf_counter()
        answer = await client.get(f"/api/contacts/{one}{path}")
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
        assert not path or len(answer.json()["items"]) > 1
    return sorted(times[2:])[rounds // 2]


CONTACTS = """
insert into contacts (tenant_id, id, name, email, source, created_at, updated_at)
select $1, case n when 0 then $3 else 'cntct_' || lpad(n::text, 22, '0') end, 'Ana ' || n,
    'ana' || n || '@mail.example', 'bench', now() - interval '40 days', now()
from generate_series(0, $2::int) n
"""

LINKS = """
with linked as (
    select gen_random_uuid() as claim_id, visitor_id, contact_id
    from (
        select coalesce(($5::text[])[n], 'v_of_nobody_' || n) as visitor_id,
            'cntct_' || lpad(((n - 1) / $3::int + 1)::text, 22, '0') as contact_id
        from generate_series(1, $2::int * $3::int) n
        union all
        select 'v_busy', $4
    ) told
), claims as (
    insert into link_claims (
        tenant_id, id, visitor_id, contact_id, method, strength, key, claimed_at, decided_at,
        outcome
    )
    select $1, claim_id, visitor_id, contact_id, 'webhook', 'strong', claim_id::text, now(), now(),
        'linked'
    from linked
)
insert into visitor_contact (
    tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
)
select $1, visitor_id, contact_id, 'webhook', 'strong', now(), claim_id
from linked
on conflict do nothing
"""

SOME_VISITORS = """
select visitor_id
from sessions
where tenant_id = {tenant:UUID}
group by visitor_id
order by cityHash64(visitor_id)
limit {most:UInt32}
"""

# Five hundred visits of twenty events, spread over the days before.
BUSY_EVENTS = """
insert into events (
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    count, sampling_rate, metadata, host, path, channel, browser, os, device
)
select {tenant:UUID}, {site:UUID},
    now64(3) - intDiv(number, 20) * 5000 + (number % 20) * 31 as at, at,
    if(number % 2 = 0, 'PAGE_VIEW', 'CLICK'), 'v_busy',
    reinterpretAsUUID(leftPad(toString(intDiv(number, 20)), 16, 'b')), generateUUIDv4(), 1, 100,
    concat('{"url":"https://tienda.example/p/', toString(number % 400), '","title":"Página"}'),
    'tienda.example', concat('/p/', toString(number % 400)), 'direct', 'Chrome', 'Android', 'mobile'
from numbers(10000)
settings max_partitions_per_insert_block = 0
"""
