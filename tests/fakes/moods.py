"""How a platform misbehaves: slow, away, failing now and then, or silent after it has done it."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any, cast

from tests.fakes.pages import HANG_UP, Answer, Request

JSON = (("Content-Type", "application/json"),)


def answered(body: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode(), JSON)


class Moods:
    """What is 0 or False does not happen; shares go from 0 to 1, by a seeded chance."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.slow_seconds = 0.0
        self.down = False
        """Every connection is dropped without an answer."""
        self.away = False
        """Something in front answers 503, and no JSON."""
        self.fail = 0.0
        """The share of requests that fail, and are not done."""
        self.lose = 0.0
        """The share of requests that are done, and not answered."""
        self.garble = 0.0
        """The share that are done, and answered with something in front's page and a 502."""
        self.swallow = 0.0
        """The share of requests that are neither done nor answered."""
        self.hang_seconds = 0.0
        """How long a lost answer is waited for before the connection ends."""
        self.failed = 0
        self.lost = 0
        self.swallowed = 0

    async def has_lost(self) -> bool:
        """Whether an answer has been lost."""
        return self.lost > 0

    async def meet(
        self, request: Request, serve: Callable[[Request], Answer], busy: Answer
    ) -> Answer:
        """`busy` is how this platform says that it is in trouble."""
        if self.slow_seconds:
            await asyncio.sleep(self.slow_seconds)
        if self.down:
            return HANG_UP
        if self.away:
            return Answer(503, b"<html>Service Unavailable</html>")
        if self.chance.random() < self.fail:
            self.failed += 1
            return busy
        if self.swallow and self.chance.random() < self.swallow:
            self.swallowed += 1
            await asyncio.sleep(self.hang_seconds)
            return HANG_UP
        answer = serve(request)
        if self.chance.random() < self.lose:
            self.lost += 1
            await asyncio.sleep(self.hang_seconds)
            return HANG_UP
        if self.chance.random() < self.garble:
            self.lost += 1
            return Answer(502, b"<html>Bad Gateway</html>")
        return answer


class Form:
    """A body of `multipart/form-data`: texts by name, and one file."""

    def __init__(self, request: Request) -> None:
        self.fields: dict[str, str] = {}
        self.file_field = ""
        self.filename = ""
        self.file = b""
        self.file_type = ""
        kind = request.headers.get("content-type", "")
        boundary = kind.partition("boundary=")[2].strip('"').encode()
        if not kind.startswith("multipart/form-data") or not boundary:
            return
        for part in request.body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            self._take(head.decode(), content.removesuffix(b"\r\n"))

    def _take(self, head: str, content: bytes) -> None:
        name = _between(head, '; name="')
        if '; filename="' not in head:
            self.fields[name] = content.decode()
            return
        self.file_field, self.file = name, content
        self.filename = _between(head, '; filename="')
        self.file_type = head.lower().partition("content-type: ")[2].partition("\r\n")[0]


def _between(text: str, before: str) -> str:
    return text.partition(before)[2].partition('"')[0]


def parsed(request: Request) -> dict[str, Any] | None:
    """The body as a JSON object; None if it is none, or does not say that it is one."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        body = json.loads(request.body)
    except ValueError:
        return None
    return cast("dict[str, Any]", body) if isinstance(body, dict) else None
