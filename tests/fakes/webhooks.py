"""Somebody's webhook: checks the signature of what it is sent, and behaves as it is told to."""

import asyncio
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from tests.fakes.pages import HANG_UP, Answer, Request, serving

SIGNED_FOR_SECONDS = 300
FINE = Answer(204)


class Received(NamedTuple):
    delivery: str
    body: dict[str, Any]
    headers: dict[str, str]
    answered: int


class Receiver:
    """`answers` are given one after the other, and then 204; a float among them is a delay."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.port = 0
        self.answers: deque[Answer | float] = deque()
        self.received: list[Received] = []
        self.unsigned = 0
        self.at_once = 0
        self.most_at_once = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?of=tests"

    def accepted(self) -> list[tuple[str, str]]:
        """What has arrived: rule and event, in the order of arrival."""
        return [
            (one.body["rule"]["name"], one.body["about"])
            for one in self.received
            if 200 <= one.answered < 300
        ]

    async def answer(self, request: Request) -> Answer:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._answer(request)
        finally:
            self.at_once -= 1

    async def _answer(self, request: Request) -> Answer:
        if not is_signed(self.secret, request.headers.get("pista-signature", ""), request.body):
            self.unsigned += 1
            return Answer(401)
        answer = self.answers.popleft() if self.answers else FINE
        if not isinstance(answer, Answer):
            await asyncio.sleep(answer)
            answer = FINE
        body = json.loads(request.body)
        delivery = request.headers["pista-delivery"]
        self.received.append(Received(delivery, body, request.headers, answer.status))
        return answer


def is_signed(secret: str, header: str, body: bytes) -> bool:
    """Checked by hand here, and not with the code that signs."""
    fields = dict(field.split("=", 1) for field in header.split(",") if "=" in field)
    stamp = fields.get("t", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > SIGNED_FOR_SECONDS:
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, fields.get("v1", ""))


@asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncGenerator[Receiver]:
    async with serving(receiver.answer) as port:
        receiver.port = port
        yield receiver


__all__ = ["FINE", "HANG_UP", "Answer", "Received", "Receiver", "is_signed", "receiving"]
