"""How long the statistics take at a million and at a hundred million events."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx

from bench import history
from bench.system import System
from bench.table import Row
from pista.store.clickhouse import ClickHouse

SIZES = (1_000_000, 100_000_000)
ROUNDS = 7
FEWEST, MOST_SECONDS = 3, 15.0
"""Rounds of what takes long."""
STATS = "/tracking-v2/stats/tenant/{tenant}"
STEPS = "&".join(f"step={quote(step)}" for step in ("PAGE_VIEW", "ADD_TO_CART", "PURCHASE"))

REPORTS = {
    "statistics of 30 days, by the hour's rollup": STATS,
    "statistics of one event type": STATS + "?eventType=PURCHASE",
    "now": STATS + "/now",
    "breakdown by page, 30 days": STATS + "/breakdown?by=page",
    "breakdown by channel, a filter, compared": STATS
    + "/breakdown?by=channel&filter=device:mobile&compare=true",
    "breakdown by metadata, 30 days": STATS + "/breakdown?by=metadata.plan",
    "funnel of three steps, 30 days": STATS + "/funnel?" + STEPS,
    "funnel of three steps, one day": STATS + "/funnel?" + STEPS,
    "retention by week": STATS + "/retention",
}
ONE_DAY = "funnel of three steps, one day"


def measure(system: System, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Each report's median at each size, through HTTP, as a screen asks for it."""
    return asyncio.run(_measure(system, sizes))


async def _measure(system: System, sizes: tuple[int, ...]) -> list[Row]:
    found: dict[str, list[float]] = {name: [] for name in REPORTS}
    clickhouse = ClickHouse(system.urls().clickhouse_url)
    try:
        for size in sizes:
            site = system.new_site()
            filled = await history.fill(clickhouse, site, size)
            print(f"{size:,} events stored in {filled.seconds:.0f} s", flush=True)
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{system.port}",
                headers={"Authorization": f"Bearer {system.stats_key(site)}"},
                timeout=120,
            ) as client:
                for name, path in REPORTS.items():
                    url = path.format(tenant=site.tenant_id)
                    found[name].append(await _median(client, url + _period(name, url)))
    finally:
        await clickhouse.close()
    return [_row(name, sizes, times) for name, times in found.items()]


def _period(name: str, url: str) -> str:
    days = 1 if name == ONE_DAY else history.DAYS
    start = (datetime.now(UTC) - timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    mark = "&" if "?" in url else "?"
    return f"{mark}from={quote(start.isoformat())}"


async def _median(client: httpx.AsyncClient, url: str) -> float:
    """Milliseconds; the first answer is left out, as nothing is in the caches then."""
    times: list[float] = []
    enough = time.monotonic() + MOST_SECONDS
    while len(times) <= ROUNDS and (len(times) < FEWEST or time.monotonic() < enough):
        began = time.perf_counter()
        answer = await client.get(url)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    return sorted(times[1:])[(len(times) - 1) // 2]


def _row(name: str, sizes: tuple[int, ...], times: list[float]) -> Row:
    told = {f"{size:,} events, ms": f"{took:,.0f}" for size, took in zip(sizes, times, strict=True)}
    return {"what": name, **told, "times": f"{times[-1] / times[0]:.1f}"}
