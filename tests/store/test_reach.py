"""One sentence for each way in which a store cannot be used, and never a password."""

import asyncio
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from pista.errors import StartError
from pista.store import reach
from pista.store.embedded.process import free_port

SECRET = "hunter2"


@asynccontextmanager
async def serving(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncGenerator[int]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


async def old_postgres(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Lets everybody in, and says that it is PostgreSQL 14."""
    length, code = struct.unpack("!ii", await reader.readexactly(8))
    if code == 80877103:  # "do you speak TLS?"
        writer.write(b"N")
        length, _ = struct.unpack("!ii", await reader.readexactly(8))
    await reader.readexactly(length - 8)
    writer.write(message(b"R", struct.pack("!i", 0)))
    writer.write(message(b"S", b"server_version\x0014.11\x00"))
    writer.write(message(b"S", b"client_encoding\x00UTF8\x00"))
    writer.write(message(b"K", struct.pack("!ii", 1, 1)))
    writer.write(message(b"Z", b"I"))
    await reader.readexactly(5)
    writer.close()


async def something_else(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A web server that is not ClickHouse."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
    writer.close()


async def sentence(asked: Awaitable[str]) -> str:
    with pytest.raises(StartError) as refused:
        await asked
    text = str(refused.value)
    assert SECRET not in text
    assert "\n" not in text
    return text


async def test_postgres_that_does_not_answer():
    """
    Nobody listens there.
    """
    url = f"postgresql://pista:{SECRET}@127.0.0.1:{free_port()}/pista"

    assert "cannot be used: it does not answer." in await sentence(reach.postgres(url))


async def test_postgres_that_refuses_the_password(postgres_server: str):
    """
    The user is named, the password is not.
    """
    url = postgres_server.replace("only-for-tests", SECRET)

    assert "refused the user 'pista' or its password." in await sentence(reach.postgres(url))


async def test_postgres_without_the_database(postgres_server: str):
    """
    The missing database is named.
    """
    url = postgres_server.replace("/pista", "/nothing")
    url = url.replace("//nothing", "//pista")

    assert "has no database 'nothing': create it first." in await sentence(reach.postgres(url))


async def test_postgres_that_is_too_old():
    """
    Version 14 is refused before anything is written to it.
    """
    async with serving(old_postgres) as port:
        url = f"postgresql://pista:{SECRET}@127.0.0.1:{port}/pista"

        text = await sentence(reach.postgres(url))

    assert text.endswith("is version 14; Pista needs 15 or newer.")


async def test_patience_waits_for_a_server_that_comes_up():
    """
    A server that starts a moment later is found.
    """
    port = free_port()
    url = f"postgresql://pista:{SECRET}@127.0.0.1:{port}/pista"
    waiting = asyncio.create_task(sentence(reach.postgres(url, patience=10)))
    await asyncio.sleep(0.2)

    async with await asyncio.start_server(old_postgres, "127.0.0.1", port):
        assert "is version 14" in await waiting


async def test_clickhouse_that_does_not_answer():
    """
    Nobody listens there.
    """
    url = f"http://default:{SECRET}@127.0.0.1:{free_port()}"

    assert "cannot be used: it does not answer." in await sentence(reach.clickhouse(url))


async def test_clickhouse_that_is_something_else():
    """
    Another web server answers, but not as ClickHouse does.
    """
    async with serving(something_else) as port:
        text = await sentence(reach.clickhouse(f"http://default:{SECRET}@127.0.0.1:{port}"))

    assert f"ClickHouse at 127.0.0.1:{port} " in text
