"""Sales are credited over ten million clicks, and the report is asked for them."""

import asyncio
import statistics
import time
from collections.abc import Mapping
from uuid import UUID

import httpx

from bench.system import Site, System, cpu_seconds
from bench.table import Row
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres

CLICKS = 10_000_000
A_PIECE = 500_000
VISITORS = 2_000_000
SALES = 100_000
DAYS = 90
ASKED = 20
PATIENCE_SECONDS = 900
REPORTS: Mapping[str, Mapping[str, str]] = {
    "by campaign": {},
    "by advertisement": {"by": "ad"},
    "by date of the click": {"cohort": "click"},
    "each click an equal part": {"model": "linear"},
}

# Campaigns, ad sets and advertisements as an agency has them: 200 that run at all hours.
FILL = """
insert into clicks (
    tenant_id, id, token, at, source, nature, paid, visitor_id, fbclid, campaign, adset, ad
)
select
    $1, gen_random_uuid(), replace(gen_random_uuid()::text, '-', ''),
    now() - (n::float8 / $4) * interval '90 days', 'page', 'click', true,
    'v' || (n * 7919::bigint) % $5, 'IwAR' || md5(n::text), 'campaign ' || n % 10,
    'set ' || n % 40, 'ad ' || n % 200
from generate_series($2::bigint, $3::bigint) as n
"""
CONTACTS = """
insert into contacts (tenant_id, id, name, source, created_at, updated_at)
select $1, 'cntct_' || lpad(n::text, 22, '0'), 'Ana ' || n, 'bench', now(), now()
from generate_series(1, $2::int) as n
"""
LINKS = """
insert into visitor_contact (
    tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
)
select $1, 'v' || n, 'cntct_' || lpad(n::text, 22, '0'), 'webhook', 'strong', now(),
    gen_random_uuid()
from generate_series(1, $2::int) as n
"""
SOLD = """
insert into sales (
    tenant_id, id, contact_id, source, status, amount_cents, currency, occurred_at, created_at,
    changed_at
)
select $1, gen_random_uuid(), 'cntct_' || lpad(n::text, 22, '0'), 'api', 'pending',
    1000 + n % 9000, 'BRL', at, at, at
from generate_series(1, $2::int) as n,
    lateral (select now() - (n::float8 / $2) * interval '85 days' as at) as sold
"""
PAID = "update sales set status = 'paid', paid_at = occurred_at where tenant_id = $1"
# What each advertisement cost on each day, as a file by day tells it.
COSTS = """
insert into spend (
    tenant_id, day, platform, currency, campaign, adset, ad, cost_cents, changed_at
)
select $1, current_date - day, 'meta', 'BRL', 'campaign ' || n % 10, 'set ' || n % 40, 'ad ' || n,
    1000 + n, now()
from generate_series(0, 89) as day, generate_series(0, 199) as n
"""
LEFT = "select exists (select from credit_due) or exists (select from report_deltas)"


def measure(pista: System) -> list[Row]:
    site = pista.new_site()
    return asyncio.run(_measure(pista, site, pista.stats_key(site)))


async def _measure(pista: System, site: Site, key: str) -> list[Row]:
    pool = await postgres.open_pool(pista.urls().database_url)
    tenant = TenantId(UUID(site.tenant_id))
    await _fill(pool, tenant)
    began = time.perf_counter()
    async with pool.transaction() as tx:
        await tx.connection.execute(SOLD, tenant, SALES, timeout=PATIENCE_SECONDS)
        await tx.connection.execute(PAID, tenant, timeout=PATIENCE_SECONDS)
    committed, used = time.perf_counter(), _used()
    await _settled(pool)
    seconds = time.perf_counter() - committed
    rows: list[Row] = [
        {"what": f"{SALES:,} sales written, in one transaction", "s": f"{committed - began:.1f}"},
        {
            "what": f"until all are credited among {CLICKS:,} clicks",
            "s": f"{seconds:.1f}",
            "cpu s": f"{_used() - used:.1f}",
        },
        {"what": "of them credited to a click", "s": await _share(pool, tenant)},
    ]
    rows += [_row(what, await _asked(pista, key, given)) for what, given in REPORTS.items()]
    await pool.close()
    return rows


async def _fill(pool: Postgres, tenant: TenantId) -> None:
    for first in range(1, CLICKS, A_PIECE):
        async with pool.transaction() as tx:
            await tx.connection.execute("set local synchronous_commit = off")
            last = min(first + A_PIECE - 1, CLICKS)
            given = (tenant, first, last, float(CLICKS), VISITORS)
            await tx.connection.execute(FILL, *given, timeout=PATIENCE_SECONDS)
            # Nobody of these is anybody yet: there is nothing to be credited.
            await tx.connection.execute("truncate credit_due")
    async with pool.transaction() as tx:
        await tx.connection.execute(CONTACTS, tenant, SALES, timeout=PATIENCE_SECONDS)
        await tx.connection.execute(LINKS, tenant, SALES, timeout=PATIENCE_SECONDS)
        await tx.connection.execute(COSTS, tenant, timeout=PATIENCE_SECONDS)
    async with pool.transaction() as tx:
        await tx.connection.execute("analyze", timeout=PATIENCE_SECONDS)
    await _settled(pool)


async def _settled(pool: Postgres) -> None:
    """Until everybody who is noted is credited, and all is added up; the running worker does it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        async with pool.transaction() as tx:
            if not await tx.value(LEFT):
                return
        assert time.monotonic() < deadline, "it was never settled"
        await asyncio.sleep(0.1)


def _used() -> float:
    """By whoever credits: unlike the clock it says the same on a busy machine."""
    return cpu_seconds("worker") + cpu_seconds("postgres")


async def _share(pool: Postgres, tenant: TenantId) -> str:
    async with pool.transaction() as tx:
        found = await tx.value(
            """
            select count(*) from credits
            where tenant_id = $1 and kind = 'sale' and click_id is not null
            """,
            tenant,
        )
    return f"{found:,}"


async def _asked(pista: System, key: str, given: Mapping[str, str]) -> list[float]:
    """Milliseconds of each answer, one after the other on one connection."""
    took = list[float]()
    address = f"http://127.0.0.1:{pista.port}"
    params = {"from": _days_ago(DAYS), "to": _days_ago(-1), **given}
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
        for _ in range(ASKED):
            began = time.perf_counter()
            answer = await client.get("/api/report", params=params)
            took.append((time.perf_counter() - began) * 1000)
            told = answer.json()
            assert round(told["totals"]["sales"]) > 0, answer.text
    return sorted(took)


def _days_ago(days: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() - days * 86_400))


def _row(what: str, took: list[float]) -> Row:
    return {
        "what": f"report of {DAYS} days, {what}",
        "ms": f"{statistics.median(took):.0f}",
        "p95 ms": f"{took[len(took) * 95 // 100]:.0f}",
    }
