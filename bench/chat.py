"""WhatsApp's webhooks: accepted beside the stack of document 4, worked off, and seen in an inbox.

An answer means that the webhook is on the disk; Redis is measured with both of its promises. Each
side has as many web processes and one that works off; the cores and the load are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import uvloop

from bench import backlog, bull, inbox, load, steady
from bench.load import Figures
from bench.shop import SECRET, Shop, new_shop, settled, webhooks
from bench.system import System
from bench.table import Row
from pista import settings
from pista.store import postgres
from pista.store.postgres import Postgres

SECONDS = 3.0
ROUNDS = 3
CONNECTIONS = 64
RATES = (1_000, 3_000)
PISTA = "**Pista**, committed"
ALWAYS = "Bull, Redis `appendfsync always`"
EVERYSEC = "Bull, Redis `appendfsync everysec`"
ALONE = ", nothing worked off meanwhile"

T = TypeVar("T")
Found = defaultdict[str, list[Figures]]


def measure(system: System) -> dict[str, list[Row]]:
    """Tables by their titles."""
    shop = _with_pool(system, lambda pool: new_shop(system, pool))
    servers = settings.load(system.environment).web_workers
    if missing := bull.missing():
        print(f"\n{missing} is not installed: `scripts/rival` does that. Pista alone:", flush=True)
    else:
        print(f"\nchat beside {bull.versions()}; {servers} web processes and a worker each")
    found = _accepted(system, shop, servers, rival=not missing)
    return {
        f"Chat webhooks, durable before the answer, {CONNECTIONS} connections": _saturated(found),
        "Chat webhooks at a steady rate": _steady(found),
        "Chat webhooks worked off: parsed, stored, announced": _with_pool(
            system, lambda pool: backlog.measure(system, pool, shop)
        ),
        "From a chat webhook to an open inbox": _with_pool(
            system, lambda pool: inbox.measure(system, pool, shop)
        ),
    }


def _with_pool(system: System, use: Callable[[Postgres], Coroutine[Any, Any, T]]) -> T:
    async def go() -> T:
        pool = await postgres.open_pool(system.urls().database_url)
        try:
            return await use(pool)
        finally:
            await pool.close()

    return uvloop.run(go())


def _accepted(system: System, shop: Shop, servers: int, *, rival: bool) -> Found:
    """Each after the other, and that some times: other programs are not always at work."""
    found = Found(list)
    for _ in range(ROUNDS):
        _load(found, PISTA, shop, system.port, lambda: _with_pool(system, settled))
        with _halted(system):
            found[PISTA + ALONE].append(_full(shop, system.port))
        _with_pool(system, settled)
        for name, fsync in ((ALWAYS, "always"), (EVERYSEC, "everysec")):
            if not rival:
                continue
            with bull.running(fsync, servers=servers, secret=SECRET, works=True) as other:
                _load(found, name, shop, other.port, other.settle)
            with bull.running(fsync, servers=servers, secret=SECRET, works=False) as other:
                _warm(shop, other.port)
                found[name + ALONE].append(_full(shop, other.port))
    return found


def _load(found: Found, name: str, shop: Shop, port: int, settle: Callable[[], None]) -> None:
    _warm(shop, port)
    found[name].append(_full(shop, port))
    for rate in RATES:
        settle()
        found[f"{name} {rate}"].append(steady.run(port, webhooks(shop), rate, seconds=SECONDS))
    settle()


def _warm(shop: Shop, port: int) -> None:
    load.run(port, webhooks(shop), seconds=1, connections=CONNECTIONS)


def _full(shop: Shop, port: int) -> Figures:
    figures = load.run(port, webhooks(shop), seconds=SECONDS, connections=CONNECTIONS)
    assert not figures.failed, "webhooks were refused"
    return figures


@contextmanager
def _halted(system: System) -> Generator[None]:
    _with_pool(system, backlog.halt)
    try:
        yield
    finally:
        _with_pool(system, backlog.go_on)


def _saturated(found: Found) -> list[Row]:
    best = {
        name: max(found[name], key=lambda one: one.rate)
        for name in (PISTA, ALWAYS, EVERYSEC, PISTA + ALONE, ALWAYS + ALONE, EVERYSEC + ALONE)
        if name in found
    }
    return [
        {
            "what": name,
            "accepted/s": f"{figures.rate:,.0f}",
            "p50 ms": f"{figures.percentile(0.5):.1f}",
            "p99 ms": f"{figures.percentile(0.99):.1f}",
            "Pista, times": _times(best, name),
        }
        for name, figures in best.items()
    ]


def _times(best: dict[str, Figures], name: str) -> str:
    ours = best[PISTA + ALONE if name.endswith(ALONE) else PISTA]
    return "" if name.startswith(PISTA) else f"{ours.rate / best[name].rate:.1f}"


def _steady(found: Found) -> list[Row]:
    """The quietest round of each."""
    return [
        {
            "what": name,
            "asked a second": f"{rate:,}",
            "accepted/s": f"{quiet.rate:,.0f}",
            "p50 ms": f"{quiet.percentile(0.5):.1f}",
            "p99 ms": f"{quiet.percentile(0.99):.1f}",
            "the longest, ms": f"{quiet.percentile(1.0):.1f}",
        }
        for rate in RATES
        for name in (PISTA, ALWAYS, EVERYSEC)
        if f"{name} {rate}" in found
        for quiet in [min(found[f"{name} {rate}"], key=lambda one: one.percentile(0.99))]
    ]


if __name__ == "__main__":
    from bench import system, table

    with system.running() as pista:
        for title, rows in measure(pista).items():
            table.show(title, rows)
