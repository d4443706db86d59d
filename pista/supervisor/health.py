"""Asks the web processes whether they are ready, and engines whether they live.

With nothing but a socket: the supervisor stays small.
"""

import asyncio
import struct

from pista.settings import Settings

# What a server is bound to, and where it then answers.
ANSWERS_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
LOOPBACK = "127.0.0.1"
_STARTUP = b"user\0pista\0database\0pista\0\0"
HELLO = struct.pack("!II", len(_STARTUP) + 8, 3 << 16) + _STARTUP
"""The first message of PostgreSQL's protocol; the answer to it asks for the password."""


async def until_ready(settings: Settings) -> None:
    while not await ready(settings):  # noqa: ASYNC110 - another process has no Event
        await asyncio.sleep(0.05)


async def ready(settings: Settings) -> bool:
    host = ANSWERS_AT.get(settings.host, settings.host)
    try:
        async with asyncio.timeout(5):
            return await _is_200(host, settings.port, "/health/ready")
    except TimeoutError:
        return False


async def clickhouse_lives(port: int) -> bool:
    """Without an end of its own if nobody answers, as the next."""
    return await _is_200(LOOPBACK, port, "/ping")


async def postgres_lives(port: int) -> bool:
    """Whether it asks who we are; or says that it is full, starting or recovering."""
    try:
        answer = await _answer(LOOPBACK, port, HELLO, 1024)
    except OSError:
        return False
    # Told to wait for its clients to go, it waits for ever: they are ours, and stay.
    return bool(answer) and b"shutting down" not in answer


async def _is_200(host: str, port: int, path: str) -> bool:
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        answer = await _answer(host, port, request.encode(), 12)
    except OSError:
        return False
    return answer.split(b" ")[1:2] == [b"200"]


async def _answer(host: str, port: int, said: bytes, most: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(said)
        return await reader.read(most)
    finally:
        writer.close()
