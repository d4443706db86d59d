"""Meta's one address for two things: messages of WhatsApp, and conversions of a pixel."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.fakes.meta import PIXEL, Meta
from tests.fakes.pages import Answer, Request, serving
from tests.fakes.whatsapp import WhatsApp


class Graph:
    def __init__(self) -> None:
        self.whatsapp = WhatsApp()
        self.meta = Meta()

    async def answer(self, request: Request) -> Answer:
        if f"/{PIXEL}" in request.path:
            # Each stand-in knows its own version of the address.
            path = request.path[request.path.index(f"/{PIXEL}") :]
            version = self.meta.url.rpartition("/")[2]
            return await self.meta.answer(request._replace(path=f"/{version}{path}"))
        return await self.whatsapp.answer(request)


@asynccontextmanager
async def running() -> AsyncGenerator[Graph]:
    graph = Graph()
    async with serving(graph.answer) as port:
        graph.whatsapp.port = graph.meta.port = port
        yield graph
