"""A reader of the stream as any client is one: over HTTP, remembering the last id."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx
import msgspec


class Said(msgspec.Struct):
    """One block of the stream."""

    kind: str
    data: Any
    id: str


class Follower:
    path = "/tracking-v2/stream"

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> None:
        self.client = client
        self.headers = headers
        self.asked = asked
        self.last_id = ""
        self.said: list[Said] = []
        self.signs_of_life = 0
        self.status = 0
        self.answered: Any = None
        self._changed = asyncio.Event()

    @property
    def events(self) -> list[Any]:
        return [one.data for one in self.said if one.kind == "event"]

    @property
    def ids(self) -> list[str]:
        return [event["eventId"] for event in self.events]

    def notes(self, kind: str) -> list[Any]:
        return [one.data for one in self.said if one.kind == kind]

    async def follow(self) -> None:
        """Read until either side ends it."""
        headers = self.headers | ({"Last-Event-ID": self.last_id} if self.last_id else {})
        asked = self.client.stream("GET", self.path, params=self.asked, headers=headers)
        async with asked as answer:
            self.status, self.answered = answer.status_code, answer
            self._changed.set()
            block: dict[str, str] = {}
            async for line in answer.aiter_lines():
                if line:
                    name, _, value = line.partition(":")
                    block[name] = value.removeprefix(" ")
                else:
                    self._hear(block)
                    block = {}

    @asynccontextmanager
    async def following(self) -> AsyncGenerator[Self]:
        """Follow in the background; the stream is open when the block begins."""
        self.status = 0
        before = self.last_id
        task = asyncio.create_task(self.follow())
        try:
            await self.until(lambda: bool(self.status) and (self.last_id != before or before != ""))
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until(self, true: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def _hear(self, block: dict[str, str]) -> None:
        if "id" in block:
            self.last_id = block["id"]
        if "data" in block:
            data = msgspec.json.decode(block["data"])
            self.said.append(Said(block.get("event", ""), data, self.last_id))
        if "" in block:
            self.signs_of_life += 1
        self._changed.set()
