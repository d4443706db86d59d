"""Clients that send batches until each is acknowledged, and know what must be counted then."""

import asyncio
import random
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from pista.ids import uuid7

TYPES = ("PAGE_VIEW", "CLICK", "FORM_SUBMIT", "ADD_TO_CART")
EVENTS = 20
VISITORS = 400
TRIES_APART = 0.05
NEVER_AGAIN = range(400, 500)


class Load:
    """Some clients of one site. `acknowledged` holds what the statistics must say in the end."""

    def __init__(self, url: str, site: Any, border: datetime, dice: random.Random) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=5)
        self._site = site
        self._border = border
        self._dice = dice
        self._ending = False
        self._last = time.monotonic()
        self._sessions = [str(uuid4()) for _ in range(VISITORS)]
        self.acknowledged: Counter[str] = Counter()
        self.visitors: set[str] = set()
        self.tries = 0
        self.batches = 0
        self.longest_wait = 0.0
        """Seconds in which no client at all got an answer."""

    async def run(self, clients: int) -> None:
        async with self._client, asyncio.TaskGroup() as group:
            for _ in range(clients):
                group.create_task(self._client_loop())

    def end(self) -> None:
        """Send what was begun to its end, and begin nothing more."""
        self._ending = True

    async def _client_loop(self) -> None:
        while not self._ending:
            batch = self._batch()
            await self._send(batch)
            self.batches += 1
            for event in batch["events"]:
                self.acknowledged[event["eventType"]] += 1
                self.visitors.add(event["visitorId"])
            if self._dice.random() < 0.05:
                # An answer that got lost on the way back.
                await self._send(batch)
            if self._dice.random() < 0.05 and "eventId" in batch["events"][0]:
                # The same events, packed once more.
                await self._send(batch | {"batchId": str(uuid4())})
            await asyncio.sleep(self._dice.random() * 0.03)

    async def _send(self, batch: dict[str, Any]) -> None:
        while True:
            if await self._acknowledged(batch):
                break
            await asyncio.sleep(TRIES_APART)
        now = time.monotonic()
        self.longest_wait = max(self.longest_wait, now - self._last)
        self._last = now

    async def _acknowledged(self, batch: dict[str, Any]) -> bool:
        self.tries += 1
        key = {"k": self._site["writeKey"]}
        try:
            answer = await self._client.post("/tracking-v2/events", params=key, json=batch)
        except httpx.TransportError:
            return False
        assert answer.status_code not in NEVER_AGAIN, answer.text
        return answer.status_code == 202

    def _batch(self) -> dict[str, Any]:
        named = self._dice.random() < 0.5
        return {
            "tenantId": self._site["tenantId"],
            "siteId": self._site["siteId"],
            "batchId": str(uuid4()),
            "events": [self._event(named) for _ in range(EVENTS)],
        }

    def _event(self, named: bool) -> dict[str, Any]:
        visitor = self._dice.randrange(VISITORS)
        at = self._border + timedelta(seconds=self._dice.uniform(-300, 300))
        event = {
            "visitorId": f"v{visitor}",
            "sessionId": self._sessions[visitor],
            "eventType": self._dice.choice(TYPES),
            "occurredAt": at.isoformat(),
        }
        return event | {"eventId": str(uuid7())} if named else event
