"""Readers without HTTP: what the route does, with a client that may be cut off at any moment."""

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.errors import Unavailable
from pista.ids import EventId, uuid7
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Entry, Journal
from pista.store.postgres import Postgres
from pista.stream import response, resume
from pista.stream.model import Topic
from pista.stream.position import Position, UnknownPosition, decode
from pista.stream.readers import Reader
from pista.stream.resume import Missed
from pista.stream.routes import NO_LIMIT
from pista.stream.tail import Tail
from tests.events.conftest import SITE, TENANT, make_line

OURS = Topic(TENANT)


class Client:
    """One who reads, is cut off, and comes back with the last id."""

    def __init__(self, postgres: Postgres, clickhouse: ClickHouse, topic: Topic) -> None:
        self._postgres = postgres
        self._clickhouse = clickhouse
        self._topic = topic
        self.last_id = ""
        self.ids: list[str] = []
        self.heard_at: dict[str, float] = {}
        self.gaps: list[Any] = []
        self.skipped: list[Any] = []
        self.changed = asyncio.Event()

    async def read(self, tail: Tail, cut: Callable[[], bool] = lambda: False) -> None:
        """Follow until the server ends it, or until `cut` says so between two blocks."""
        reader = Reader(self._topic)
        begun = await _join(tail, reader)
        pieces = response.told(reader, begun, await self._missed(begun), _stays, NO_LIMIT)
        try:
            async for piece in pieces:
                for block in piece.split(b"\n\n")[:-1]:
                    self._hear(block.decode())
                    if cut():
                        return
        finally:
            tail.leave(reader)
            await pieces.aclose()

    async def until(self, true: Callable[[], bool], seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                self.changed.clear()
                await self.changed.wait()

    async def _missed(self, begun: Any) -> Missed:
        if not self.last_id:
            return Missed([], [])
        try:
            since = decode(self.last_id)
        except UnknownPosition:
            since = None
        return await resume.resume(self._postgres, self._clickhouse, self._topic, since, begun)

    def _hear(self, block: str) -> None:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        self.last_id = fields.get("id", self.last_id)
        if "data" in fields:
            data = msgspec.json.decode(fields["data"])
            match fields["event"]:
                case "event":
                    self.ids.append(data["eventId"])
                    self.heard_at.setdefault(data["eventId"], time.monotonic())
                case "gap":
                    self.gaps.append(data)
                case _:
                    self.skipped.append(data)
        self.changed.set()


async def _join(tail: Tail, reader: Reader) -> Position:
    """As a browser does, which comes again after a refusal; `until` limits how often."""
    while True:
        try:
            return await tail.join(reader)
        except Unavailable:
            await asyncio.sleep(0.1)


async def _stays() -> bytes:
    """Nothing besides the events."""
    return b""


def at_random(chance: float, seed: int) -> Callable[[], bool]:
    dice = random.Random(seed)
    return lambda: dice.random() < chance


async def write(journal: Journal, *lines: bytes) -> None:
    """Have the lines acknowledged, as one batch."""
    entry = Entry(
        site_id=SITE,
        batch_key=None,
        fingerprint=b"",
        answer=b"{}",
        body=b"".join(lines),
        received=len(lines),
        kept=len(lines),
        discarded=0,
        rejected=0,
    )
    await journal.write(entry)


async def read_once(client: Client, tail: Tail, true: Callable[[], bool]) -> None:
    """Read until it is so, and leave."""
    reading = asyncio.create_task(client.read(tail))
    try:
        await client.until(true)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def new_id() -> EventId:
    return EventId(uuid7())


def line(event_id: UUID, **fields: Any) -> bytes:
    return make_line(datetime.now(UTC), event_id=event_id, visitor=event_id.int, **fields)
