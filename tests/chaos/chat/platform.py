"""WhatsApp in a bad mood: it refuses with its own codes, and tells what became of messages."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import httpx

from tests.chaos.chat.traffic import phone
from tests.fakes import whatsapp
from tests.fakes.whatsapp import WhatsApp
from tests.fakes.whatsapp_shapes import Wrong

TELL_SECONDS = 0.2
AGAIN_SECONDS = 0.5
AT_ONCE = 8
UNREACHABLE = 3
"""So many of those who are written to never get anything."""


class Moody(WhatsApp):
    """Beside what `Moods` does: too fast, too often to one person, or never."""

    def __init__(self, seed: int, silence: float) -> None:
        super().__init__(seed)
        self.per_second, self.pairs = 60, True
        self.fail, self.lose, self.swallow, self.garble = 0.1, 0.006, 0.004, 0.003
        self.hang_seconds = silence
        self.slow_seconds = 0.02
        self.unreachable = {phone(person) for person in range(UNREACHABLE)}
        self.told = 0
        """Webhooks with statuses that were answered 200."""

    def _throttle(self, to: str) -> None:
        chance = self.chance.random()
        if chance < 0.01:
            raise Wrong(131056, "Business account and consumer account pair rate limit hit.")
        if chance < 0.02:
            raise Wrong(130429, "Rate limit hit.", 429)
        if chance < 0.025:
            raise Wrong(131026, "Message undeliverable.")
        super()._throttle(to)

    @asynccontextmanager
    async def telling_all(self, url: str) -> AsyncGenerator[None]:
        """Statuses, shuffled, some of them twice, each until it is answered 200."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            ended, turns = asyncio.Event(), asyncio.Semaphore(AT_ONCE)

            async def tell(body: bytes) -> None:
                async with turns:
                    await self._tell(client, url, body)

            async def go_on(group: asyncio.TaskGroup) -> None:
                while not ended.is_set() or self.pending:
                    for body in self.due(repeat=0.1):
                        group.create_task(tell(body))
                    await asyncio.sleep(TELL_SECONDS)

            async with asyncio.TaskGroup() as group:
                group.create_task(go_on(group))
                try:
                    yield
                finally:
                    ended.set()

    async def _tell(self, client: httpx.AsyncClient, url: str, body: bytes) -> None:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": whatsapp.sign(body),
        }
        while True:
            with suppress(httpx.TransportError):
                answer = await client.post(url, content=body, headers=headers)
                if answer.status_code == 200:
                    self.told += 1
                    return
            await asyncio.sleep(AGAIN_SECONDS)
