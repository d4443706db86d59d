"""WhatsApp's webhooks: accepted beside the stack of document 4, worked off, and seen in an inbox.

An answer means that the webhook is on the disk; Redis is measured with both of its promises. Both
sides have the same cores and the same load, as many web processes, and one that works off.
"""

from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

import psutil
import uvloop
from msgspec import structs

from bench import backlog, bull, inbox, load, steady
from bench.load import Figures
from bench.shop import SECRET, Shop, new_shop, settled, webhooks
from bench.system import System, measured_servers
from bench.table import Row
from pista.store import postgres
from pista.store.postgres import Postgres

SECONDS = 3.0
ROUNDS = 3
CONNECTIONS = 192
SERVERS = (1, 2)
"""Web processes: Express is mostly run with one, Pista with two."""
RATES = (1_000, 3_000)
PISTA = "**Pista**, committed"
ALWAYS = "Bull, Redis `appendfsync always`"
EVERYSEC = "Bull, Redis `appendfsync everysec`"
FSYNC = {ALWAYS: "always", EVERYSEC: "everysec"}
ALONE = ", nothing worked off meanwhile"

T = TypeVar("T")
Found = defaultdict[str, list[Figures]]


def measure(system: System) -> dict[str, list[Row]]:
    """Tables by their titles."""
    shop = _with_pool(system, lambda pool: new_shop(system, pool))
    if missing := bull.missing():
        print(f"\n{missing} is not installed: `scripts/rival` does that. Pista alone:", flush=True)
    else:
        print(f"\nchat beside {bull.versions()}", flush=True)
    found = _accepted(system, shop, rival=not missing)
    return {
        f"Chat webhooks, durable before the answer, {CONNECTIONS} connections": _saturated(found),
        f"Chat webhooks at a steady rate, {SERVERS[-1]} web processes": _steady(found),
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


def _accepted(system: System, shop: Shop, *, rival: bool) -> Found:
    """Each after the other, and that some times: other programs are not always at work."""
    found = Found(list)
    for _ in range(ROUNDS):
        for servers in SERVERS:
            with measured_servers(system, servers) as port:
                _load_pista(found, system, shop, port, servers)
            for name in FSYNC if rival else ():
                _load_rival(found, shop, name, servers)
    return found


def _load_pista(found: Found, system: System, shop: Shop, port: int, servers: int) -> None:
    def settle() -> None:
        _with_pool(system, settled)

    _load(found, f"{PISTA} {servers}", shop, port, settle)
    with _halted(system):
        found[f"{PISTA}{ALONE} {servers}"].append(_full(shop, port))
    settle()
    if servers == SERVERS[-1]:
        _ask(found, PISTA, shop, port, settle)


def _load_rival(found: Found, shop: Shop, name: str, servers: int) -> None:
    running = partial(bull.running, FSYNC[name], servers=servers, secret=SECRET)
    with running(works=True) as other:
        _load(found, f"{name} {servers}", shop, other.port, other.settle)
        if servers == SERVERS[-1]:
            _ask(found, name, shop, other.port, other.settle)
    with running(works=False) as other:
        _warm(shop, other.port)
        found[f"{name}{ALONE} {servers}"].append(_full(shop, other.port))


def _load(found: Found, name: str, shop: Shop, port: int, settle: Callable[[], None]) -> None:
    _warm(shop, port)
    found[name].append(_full(shop, port))
    settle()


def _ask(found: Found, name: str, shop: Shop, port: int, settle: Callable[[], None]) -> None:
    for rate in RATES:
        found[f"{name} at {rate}"].append(steady.run(port, webhooks(shop), rate, seconds=SECONDS))
        settle()


def _warm(shop: Shop, port: int) -> None:
    load.run(port, webhooks(shop), seconds=1, connections=CONNECTIONS)


def _full(shop: Shop, port: int) -> Figures:
    before = _cpu_seconds()
    figures = load.run(port, webhooks(shop), seconds=SECONDS, connections=CONNECTIONS)
    assert not figures.failed, "webhooks were refused"
    return structs.replace(figures, cpu_seconds=_cpu_seconds() - before)


def _cpu_seconds() -> float:
    """Of all that runs below this process: those that make the load are gone again by then."""
    spent = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            spent += times.user + times.system
    return spent


@contextmanager
def _halted(system: System) -> Generator[None]:
    _with_pool(system, backlog.halt)
    try:
        yield
    finally:
        _with_pool(system, backlog.go_on)


def _saturated(found: Found) -> list[Row]:
    """The best round of each. The CPU that one takes hardly depends on what else is at work."""
    rows: list[Row] = []
    for kind in ("", ALONE):
        for servers in SERVERS:
            names = [name for name in (PISTA, *FSYNC) if found[f"{name}{kind} {servers}"]]
            best = {
                name: max(found[f"{name}{kind} {servers}"], key=lambda one: one.rate)
                for name in names
            }
            rows += [
                {
                    "what": name + kind,
                    "web processes": str(servers),
                    "accepted/s": f"{figures.rate:,.0f}",
                    "p50 ms": f"{figures.percentile(0.5):.1f}",
                    "p99 ms": f"{figures.percentile(0.99):.1f}",
                    "CPU µs each": f"{figures.cpu_seconds / figures.requests * 1e6:,.0f}",
                    "Pista, times": f"{best[PISTA].rate / figures.rate:.1f}",
                }
                for name, figures in best.items()
            ]
    return rows


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
        for name in (PISTA, *FSYNC)
        if found[f"{name} at {rate}"]
        for quiet in [min(found[f"{name} at {rate}"], key=lambda one: one.percentile(0.99))]
    ]


if __name__ == "__main__":
    from bench import system, table

    with system.running() as pista:
        for title, rows in measure(pista).items():
            table.show(title, rows)
