"""Whoever waits for a payment hears of it: the page that it is paid on, and who asked for it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec

from pista.sales.model import SaleId

NEWS = '"type":"sale_changed"'


class _Named(msgspec.Struct, rename="camel"):
    sale_id: SaleId


_named = msgspec.json.Decoder(_Named)


class Payers:
    """Those who wait in this process, by sale. News may be missed, so they look by themselves."""

    def __init__(self) -> None:
        self._waiting: defaultdict[SaleId, set[asyncio.Event]] = defaultdict(set)

    @property
    def count(self) -> int:
        return sum(len(events) for events in self._waiting.values())

    def heard(self, payload: str) -> None:
        """An announcement, of any company; after a connection nobody knows of whom."""
        if not self._waiting:
            return
        if not payload:
            for events in self._waiting.values():
                _wake(events)
        elif NEWS in payload:
            _wake(self._waiting.get(_named.decode(payload).sale_id, set()))

    @asynccontextmanager
    async def of(self, sale: SaleId) -> AsyncGenerator[asyncio.Event]:
        """Set whenever there is something new of this sale."""
        event = asyncio.Event()
        self._waiting[sale].add(event)
        try:
            yield event
        finally:
            self._waiting[sale].discard(event)
            if not self._waiting[sale]:
                del self._waiting[sale]


def _wake(events: set[asyncio.Event]) -> None:
    for event in events:
        event.set()


async def news(event: asyncio.Event, seconds: float) -> None:
    """Wait for it, and not for ever."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
    event.clear()
