"""Somebody who answers, as a process: `python -m tests.chaos.chat.agent CONFIG NUMBER`.

One message of a conversation after the other, each under its key until it is acknowledged; some are
sent twice at once, and some once more.
"""

import asyncio
import random
import sys
from itertools import count
from pathlib import Path

import httpx
import msgspec

from tests.chaos.chat import config
from tests.chaos.chat.config import Config
from tests.chaos.chat.going import Going

BLOCK = 60
HOT, HOT_EVERY = 4, 12
"""So many conversations get every twelfth message, more than may be sent to one person."""
LATER = (429, 500, 502, 503, 504)


class Made(msgspec.Struct):
    """As much of the answer as matters here."""

    id: str


def place_of(number: int, conversations: int) -> int:
    """In which of the client's conversations it is written."""
    if number % HOT_EVERY == 0:
        return number // HOT_EVERY % HOT
    return number % conversations


def key_of(seed: int, client: int, number: int) -> str:
    """The idempotency key of a message, which is its text, too."""
    return f"chaos-{seed}-{client}-{number}"


class Agent(Going):
    def __init__(self, terms: Config, number: int, of: int) -> None:
        path = terms.agents_ledger(number)
        super().__init__(terms.url, path, terms.tasks, terms.messages_a_second, BLOCK)
        self._terms = terms
        self._number = number
        self._own = terms.conversations[number::of]
        self._turns = [asyncio.Lock() for _ in self._own]

    async def do(self, number: int) -> None:
        place = place_of(number, len(self._own))
        dice = random.Random(f"{self._terms.seed}-agent-{self._number}-{number}")
        # Whoever asks first comes first: the order of the numbers is that of the conversation.
        async with self._turns[place]:
            key, path = key_of(self._terms.seed, self._number, number), self._own[place]
            sends = [self._write(path, key) for _ in range(2 if dice.random() < 0.04 else 1)]
            made = set(await asyncio.gather(*sends))
            if dice.random() < 0.06:
                made.add(await self._write(path, key))
            if len(made) != 1:
                self.ledger.complain(f"{key} was made several messages: {sorted(made)}")

    async def _write(self, conversation: str, key: str) -> str:
        path = f"/api/chat/conversations/{conversation}/messages"
        headers = {"Idempotency-Key": key, "Authorization": f"Bearer {self._terms.key}"}
        for tried in count():
            try:
                body = {"type": "text", "text": key}
                answer = await self.client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                await self.again(tried)
                continue
            if answer.status_code == 201:
                return msgspec.json.decode(answer.content, type=Made).id
            if answer.status_code not in LATER:
                self.ledger.complain(f"{key} {answer.status_code} {answer.text[:300]}")
                raise SystemExit(1)
            await self.again(tried)
        raise AssertionError("it counts for ever")


if __name__ == "__main__":
    terms = config.read(Path(sys.argv[1]))
    asyncio.run(Agent(terms, int(sys.argv[2]), int(sys.argv[3])).run())
