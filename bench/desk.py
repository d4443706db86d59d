"""The lead desk: from a committed move to every open screen, beside a Node server with `ws` that
broadcasts the same bytes.

Pista's move is a transaction of its own with history; the time begins when its commit returned, and
everything after that counts: the notification, the reading, who may hear it. The rival is given the
finished bytes. Both have as many processes on as many cores, one after the other.
"""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from bench import million, system
from bench.million import Floor
from bench.sockets import Crowd
from bench.system import System
from bench.table import Row
from pista.accounts import Role, service, sessions
from pista.accounts.guards import COOKIE
from pista.accounts.model import Login
from pista.desk import machine, moving
from pista.desk.clientes import service as clientes
from pista.desk.model import SYSTEM
from pista.desk.moving import Going
from pista.desk.moving_queries import NewCliente
from pista.desk.rules import Attempt
from pista.store import postgres
from pista.store.postgres import Postgres

T = TypeVar("T")

ROOT = Path(__file__).parents[1]
RIVAL = ROOT / "bench/rival"
SERVERS = 2
SOCKETS = (1_000, 10_000)
MOVES = 40
WARM = 3
APART_SECONDS = 0.3
PASSWORD = "correct horse battery"


class Heard:
    """What a crowd was told, how long each waited for it, and what the server used for it: from one
    message's sending until all have it, and the pause before it."""

    def __init__(self, server: str) -> None:
        self.frame = b""
        self.waits: list[float] = []
        self._server = server
        self._before = self._used = 0.0

    def begin(self, number: int) -> None:
        if number == WARM:
            self._before = system.cpu_seconds(self._server)

    def add(self, number: int, began: int, arrived: list[int], frame: bytes) -> None:
        if number < WARM:
            return
        self.frame = frame
        self.waits += [(at - began) / 1e6 for at in arrived]
        self._used = system.cpu_seconds(self._server) - self._before

    @property
    def cpu_each(self) -> float:
        return self._used / len(self.waits)


def measure(running: System) -> list[Row]:
    with_rival = (RIVAL / "node_modules/ws").exists()
    if not with_rival:
        print("\n`ws` is not installed: `scripts/rival` does that. Pista alone:", flush=True)
    found: list[Row] = []
    for count in SOCKETS:
        told = _of_pista(running, count)
        found.append(_row(f"**Pista**, {count:,} sockets", told))
        if with_rival:
            found.append(_row(f"Node and `ws`, {count:,} sockets", _of_rival(count, told.frame)))
    return found


def measure_many(running: System) -> list[Row]:
    """Among a million clientes."""
    floor = _with_pool(running, _furnish)
    return _with_pool(running, partial(million.measure, floor=floor, port=running.port))


def _of_pista(running: System, count: int) -> Heard:
    floor = _with_pool(running, _furnish)
    with system.measured_servers(running, SERVERS) as port:
        crowd = Crowd(port, count, floor.cookie)
        try:
            return _with_pool(running, partial(_told, floor=floor, crowd=crowd))
        finally:
            crowd.close()


def _of_rival(count: int, frame: bytes) -> Heard:
    with _rival() as (port, say):
        crowd = Crowd(port, count)
        try:
            return _broadcast(crowd, partial(say, frame))
        finally:
            crowd.close()


def _with_pool(running: System, use: Callable[[Postgres], Coroutine[Any, Any, T]]) -> T:
    async def go() -> T:
        pool = await postgres.open_pool(running.urls().database_url)
        try:
            return await use(pool)
        finally:
            await pool.close()

    return uvloop.run(go())


async def _furnish(pool: Postgres) -> Floor:
    now = datetime.now(UTC)
    name = f"floor{time.time_ns()}"
    async with pool.transaction() as tx:
        tenant = (await service.create_tenant(tx, name, now=now)).id
        people = [
            await service.create_user(
                tx,
                tenant,
                email=f"{n}@{name}.example",
                name=str(n),
                role=role,
                password=PASSWORD,
                now=now,
            )
            for n, role in enumerate((Role.GTR, Role.ASESOR, Role.ASESOR))
        ]
        new = NewCliente(
            nombre="Ana Flores",
            telefono="+51961508000",
            email=None,
            contact_id=None,
            campaign="spring",
            source="bench",
            notas=None,
        )
        cliente = await clientes.add(tx, tenant, new, actor=SYSTEM)
    signed_in = await sessions.sign_in(
        pool, Login(email=f"0@{name}.example", password=PASSWORD), "127.0.0.1", now=now
    )
    asesores = (people[1].id, people[2].id)
    return Floor(tenant, asesores, cliente, f"{COOKIE}={signed_in.token}")


async def _told(pool: Postgres, *, floor: Floor, crowd: Crowd) -> Heard:
    heard = Heard("bench.server")
    for number in range(WARM + MOVES):
        heard.begin(number)
        hearing = asyncio.create_task(asyncio.to_thread(crowd.arrivals))
        await asyncio.sleep(APART_SECONDS)
        going = Going(machine.to_derive, floor.asesores[number % 2])
        async with pool.transaction() as tx:
            await moving.move(tx, floor.tenant, floor.cliente, going, Attempt(SYSTEM))
        committed = time.time_ns()
        heard.add(number, committed, *await hearing)
    return heard


def _broadcast(crowd: Crowd, say: Callable[[], None]) -> Heard:
    heard = Heard("sockets.js")
    for number in range(WARM + MOVES):
        heard.begin(number)
        time.sleep(APART_SECONDS)
        began = time.time_ns()
        say()
        heard.add(number, began, *crowd.arrivals())
    return heard


@contextmanager
def _rival() -> Generator[tuple[int, Callable[[bytes], None]]]:
    port = system.free_port()
    environment = os.environ | {
        "PORT": str(port),
        "SERVERS": str(SERVERS),
        "NODE_ENV": "production",
    }
    command = [str(ROOT / "scripts/node"), "node", "sockets.js"]
    node = subprocess.Popen(command, cwd=RIVAL, env=environment, stdin=subprocess.PIPE)
    assert node.stdin is not None
    pipe = node.stdin

    def say(line: bytes) -> None:
        pipe.write(line + b"\n")
        pipe.flush()

    try:
        system.until_listening(port)
        yield port, say
    finally:
        node.terminate()
        node.wait(30)
        pipe.close()


def _row(name: str, heard: Heard) -> Row:
    waits = sorted(heard.waits)
    last = len(waits) - 1
    return {
        "committed -> received": name,
        "bytes": f"{len(heard.frame)}",
        "p50 ms": f"{waits[last // 2]:.1f}",
        "p99 ms": f"{waits[last * 99 // 100]:.1f}",
        "the longest, ms": f"{waits[-1]:.1f}",
        "CPU for each, µs": f"{heard.cpu_each * 1e6:.1f}",
    }


if __name__ == "__main__":
    import sys

    from bench import table

    with system.running() as pista:
        if "sockets" not in sys.argv:
            table.show("Among a million open clientes", measure_many(pista))
        print(f"load {os.getloadavg()[0]:.1f}", flush=True)
        table.show("Moves on the desk, to every open screen", measure(pista))
        print(f"load {os.getloadavg()[0]:.1f}")
