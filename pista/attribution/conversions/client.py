"""Carries requests to platforms, and brings back what they answered and when."""

import time
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx
import msgspec

from pista.alerts.webhook import Sender
from pista.attribution.conversions.model import DestinationId
from pista.attribution.told import TOKEN_REFUSED, Answer, Outgoing, Platform, Sending, Verdict
from pista.chat import http
from pista.chat.outgoing import Refused, Unknown
from pista.settings import Settings

LONGEST_ANSWER = 1 << 18
TOKEN_SECONDS = 50 * 60.0
TIMEOUT = httpx.Timeout(10, connect=5, pool=10)


class Carried(NamedTuple):
    """What came back; without an answer, whether the request can have arrived."""

    answer: Answer | None
    arrived: bool
    reason: str | None
    milliseconds: int
    theirs: datetime | None
    """What time it was there."""


class Entered(NamedTuple):
    """An access token, for what it was given, and until when it is good."""

    asked_with: bytes
    token: str
    until: float


class Client:
    """Where the platforms are, and one pool of connections to them. Close it at the end."""

    def __init__(self, settings: Settings) -> None:
        self.urls: Mapping[str, str] = {
            "meta": settings.meta_graph_url,
            **msgspec.structs.asdict(settings.platforms),
        }
        self.http = http.open_http(TIMEOUT)
        self._sender = Sender(private=settings.webhook_private)
        self._tokens: dict[DestinationId, Entered] = {}

    async def enter(
        self, destination: DestinationId, platform: Platform, sending: Sending
    ) -> Sending | Verdict:
        """With an access token, where one has to be asked for; or why there is none."""
        outgoing = platform.login(sending)
        if outgoing is None:
            return sending
        known = self._tokens.get(destination)
        if known is None or known.asked_with != outgoing.body or time.monotonic() >= known.until:
            found = await self._token(outgoing)
            if isinstance(found, Verdict):
                return found
            known = Entered(outgoing.body, found, time.monotonic() + TOKEN_SECONDS)
            self._tokens[destination] = known
        return sending._replace(secrets={**sending.secrets, "access_token": known.token})

    def forget(self, destination: DestinationId) -> bool:
        """Its token was refused: another is asked for at the next time. False if it has none."""
        return self._tokens.pop(destination, None) is not None

    async def _token(self, outgoing: Outgoing) -> str | Verdict:
        """Nothing was told of anything yet, whatever becomes of it."""
        carried = await self.send(outgoing)
        token = carried.answer.fields().get("access_token") if carried.answer else None
        if isinstance(token, str):
            return token
        refused = carried.answer is not None and carried.answer.status in (400, 401, 403)
        return Verdict(
            todo="pause" if refused else "again",
            status=carried.answer.status if carried.answer else None,
            text=TOKEN_REFUSED if refused else carried.reason,
        )

    async def _signed(self, outgoing: Outgoing, secret: str) -> Carried:
        """To an address that somebody entered: into no internal network, and after no redirect."""
        delivery = outgoing.headers["Pista-Delivery"]
        sent = await self._sender.send(outgoing.url, secret, delivery, outgoing.body)
        if sent.status is None:
            return Carried(None, True, sent.error, sent.milliseconds, None)
        asked = {} if sent.retry_after is None else {"retry-after": f"{sent.retry_after:.0f}"}
        return Carried(Answer(sent.status, asked, b""), True, None, sent.milliseconds, None)

    async def send(self, outgoing: Outgoing) -> Carried:
        if outgoing.signed_with is not None:
            return await self._signed(outgoing, outgoing.signed_with)
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
