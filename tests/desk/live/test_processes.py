"""Real web processes, real sockets: a move at one is heard at the other, whatever is cut."""

import asyncio
import os
import struct
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import psutil
import pytest

from pista.accounts import Role, service, sessions
from pista.accounts.guards import COOKIE
from pista.accounts.model import Login
from pista.ids import TenantId, UserId
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from tests.killing import CUT_CONNECTIONS
from tests.processes import wait_for

PASSWORD = "correct horse battery"
PATIENCE = 120


class Process:
    """One `pista web` on a port of its own."""

    def __init__(self, database: str) -> None:
        self.port = free_port()
        environment = os.environ | {
            "DATABASE_URL": database,
            "CLICKHOUSE_URL": "http://127.0.0.1:1",
            "PISTA_PORT": str(self.port),
        }
        command = [sys.executable, "-m", "pista.cli", "web"]
        self.running: Any = psutil.Popen(command, env=environment)

    def answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health/live").status_code == 200
        except httpx.HTTPError:
            return False


class RealSocket:
    """As little of RFC 6455 as a test needs."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def next(self) -> dict[str, Any]:
        """The next message of the desk, or about it."""
        while True:
            kind, data = await self._frame()
            assert kind == 0x81, f"no text, but {kind:x} {data!r}"
            frame = msgspec.json.decode(data)
            if frame["type"].startswith(("CLIENT_", "desk_", "hello")):
                return frame

    async def closing(self) -> int:
        """With which code the server closes it, whatever it tells before."""
        while True:
            kind, data = await self._frame()
            if kind == 0x88:
                return int.from_bytes(data[:2], "big")

    async def _frame(self) -> tuple[int, bytes]:
        kind, size = await self._reader.readexactly(2)
        if size == 126:
            (size,) = struct.unpack("!H", await self._reader.readexactly(2))
        return kind, await self._reader.readexactly(size)

    def say(self, **message: Any) -> None:
        data = msgspec.json.encode(message)
        # Masked with zeros, which leave it as it is.
        self._writer.write(bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data)

    def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def connected(process: Process, cookie: str) -> AsyncGenerator[RealSocket]:
    reader, writer = await asyncio.open_connection("127.0.0.1", process.port)
    writer.write(
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{process.port}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    opened = RealSocket(reader, writer)
    assert (await opened.next())["type"] == "hello"
    yield opened
    opened.close()


@pytest.fixture
def processes(database: str, postgres: Postgres) -> Any:
    made = [Process(database), Process(database)]
    for one in made:
        wait_for(one.answers, PATIENCE)
    yield made
    for one in made:
        if one.running.is_running():
            one.running.terminate()
            one.running.wait(30)


async def person(postgres: Postgres, tenant: TenantId, name: str, role: Role) -> tuple[UserId, str]:
    """Somebody with a session; the header that carries it."""
    now, email = datetime.now(UTC), f"{name}@flores.example"
    async with postgres.transaction() as tx:
        user = await service.create_user(
            tx, tenant, email=email, name=name, role=role, password=PASSWORD, now=now
        )
    login = Login(email=email, password=PASSWORD)
    session = await sessions.sign_in(postgres, login, "127.0.0.1", now=now)
    return user.id, f"{COOKIE}={session.token}"


async def test_a_move_is_heard_at_the_other_process_whatever_is_cut(
    processes: list[Process], postgres: Postgres, tenant: TenantId
):
    """
    Also after all connections to PostgreSQL were cut; and who was away for five minutes, because
    the process was killed, is told at another one what happened meanwhile.
    """
    here, there = processes
    _, boss = await person(postgres, tenant, "greta", Role.GTR)
    ana, hers = await person(postgres, tenant, "ana", Role.ASESOR)
    luz, _ = await person(postgres, tenant, "luz", Role.ASESOR)
    address = f"http://127.0.0.1:{here.port}"
    headers = {"Cookie": boss, "Origin": address}
    async with (
        asyncio.timeout(PATIENCE),
        httpx.AsyncClient(base_url=address, headers=headers, timeout=PATIENCE) as client,
    ):

        async def derive(asesor: UserId) -> None:
            asked = {"tipo": "gtr", "estatus": "derivado", "asesorId": str(asesor)}
            answer = await client.post(f"/api/clientes/{cliente}/estatus", json=asked)
            assert answer.status_code < 300, answer.text

        async with connected(there, boss) as theirs, connected(there, hers) as own:
            cliente = (await client.post("/api/clientes", json={"nombre": "Ana"})).json()["id"]
            assert (await theirs.next())["type"] == "CLIENT_CREATED"
            await cut(postgres)
            wait_for(here.answers, PATIENCE)
            await derive(ana)
            given = await theirs.next()
            assert (given["type"], given["asesorId"]) == ("CLIENT_REASSIGNED", str(ana))
            assert await own.next() == given
            there.running.kill()
            there.running.wait(30)

        await derive(luz)
        await derive(ana)
        async with postgres.transaction() as tx:
            await tx.execute("update desk_messages set at = at - interval '5 minutes'")
        async with connected(here, hers) as own:
            own.say(type="desk_resume", after=given["seq"])
            missed = [await own.next() for _ in range(3)]
        # What this process has not read itself yet comes as news.
        kinds = [one["type"] for one in missed]
        assert sorted(kinds) == ["CLIENT_REASSIGNED", "CLIENT_REASSIGNED", "desk_resumed"]
        told = [one["asesorId"] for one in missed if one["type"] != "desk_resumed"]
        assert told == [str(luz), str(ana)]


async def test_a_socket_is_closed_when_its_session_ends(
    processes: list[Process], postgres: Postgres, tenant: TenantId
):
    """
    At once, with the code that says what to do, though the server waits for what a screen says.
    """
    ana, hers = await person(postgres, tenant, "ana", Role.ASESOR)
    async with asyncio.timeout(PATIENCE), connected(processes[0], hers) as own:
        async with postgres.transaction() as tx:
            await tx.execute("delete from user_sessions where user_id = $1", ana)

        assert await own.closing() == 4401


async def cut(postgres: Postgres) -> None:
    async with postgres.transaction() as tx:
        await tx.execute(CUT_CONNECTIONS)
