"""Carries requests to platforms, and brings back what they answered and when."""

import time
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from pista.attribution.told import Answer, Outgoing
from pista.chat import http
from pista.chat.outgoing import Refused, Unknown
from pista.settings import Settings

LONGEST_ANSWER = 1 << 18
TIMEOUT = httpx.Timeout(10, connect=5, pool=10)


class Carried(NamedTuple):
    """What came back; without an answer, whether the request can have arrived."""

    answer: Answer | None
    arrived: bool
    reason: str | None
    milliseconds: int
    theirs: datetime | None
    """What time it was there."""


class Client:
    """Where the platforms are, and one pool of connections to them. Close it at the end."""

    def __init__(self, settings: Settings) -> None:
        self.urls: Mapping[str, str] = {"meta": settings.meta_graph_url}
        self.http = http.open_http(TIMEOUT)

    async def send(self, outgoing: Outgoing) -> Carried:
        began = time.monotonic()
        request = self.http.build_request(
            outgoing.method, outgoing.url, content=outgoing.body, headers=dict(outgoing.headers)
        )
        found = await http.ask(self.http, request)
        passed = round((time.monotonic() - began) * 1000)
        if isinstance(found, Refused):
            return Carried(None, False, found.refusal.text, passed, None)
        if isinstance(found, Unknown):
            return Carried(None, True, found.reason, passed, None)
        headers = {name.lower(): value for name, value in found.headers.items()}
        answer = Answer(found.status_code, headers, found.content[:LONGEST_ANSWER])
        return Carried(answer, True, None, passed, _time(headers.get("date")))

    async def close(self) -> None:
        await self.http.aclose()


def _time(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None
