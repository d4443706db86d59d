"""A way to a real server on which answers get lost, after the server has given them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Way:
    """`lose(n)` drops the next n answers and the connections that they were to come on."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._to_lose = 0
        self.lost = 0

    def lose(self, answers: int) -> None:
        self._to_lose += answers

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Also where the server is away: the client then sees its connection close.
        with suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
            ways = (self._pump(reader, back), self._answer(there, writer))
            tasks = {asyncio.ensure_future(way) for way in ways}
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            back.close()
        writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if self._to_lose:
                self._to_lose -= 1
                self.lost += 1
                return
            writer.write(data)


@asynccontextmanager
async def losing(port: int, target: int) -> AsyncGenerator[Way]:
    """A server on `port` that is really the one on `target`."""
    way = Way(target)
    server = await asyncio.start_server(way.serve, "127.0.0.1", port)
    try:
        yield way
    finally:
        server.close()
