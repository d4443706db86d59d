"""Asks the web processes whether they are ready, with nothing but a socket."""

import asyncio

from pista.settings import Settings

# What a server is bound to, and where it then answers.
ANSWERS_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


async def until_ready(settings: Settings) -> None:
    while not await ready(settings):  # noqa: ASYNC110 - another process has no Event
        await asyncio.sleep(0.05)


async def ready(settings: Settings) -> bool:
    try:
        async with asyncio.timeout(5):
            status = await _status_line(ANSWERS_AT.get(settings.host, settings.host), settings.port)
    except (OSError, TimeoutError):
        return False
    return status.split(b" ")[1:2] == [b"200"]


async def _status_line(host: str, port: int) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return await reader.readline()
    finally:
        writer.close()
