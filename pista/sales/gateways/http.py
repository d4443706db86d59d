"""The one HTTP client of all gateways, and what its failures mean."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import httpx
import msgspec

from pista.sales.gateways.model import Account, Failed, NotReadable

ANSWER_SECONDS = 20.0
TIMEOUT = httpx.Timeout(15, connect=5, pool=10)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=10, keepalive_expiry=5)
LARGEST = 2**20
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
LONGEST_PAUSE = 3600.0
_LATER = (408, 425, 429)

T = TypeVar("T")


def open_http() -> httpx.AsyncClient:
    """No redirects, since tokens are sent along, and no proxy of the environment."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return httpx.AsyncClient(
        timeout=TIMEOUT, limits=LIMITS, trust_env=False, follow_redirects=False
    )


async def ask(
    client: httpx.AsyncClient,
    kind: type[T],
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    body: Any = None,
    params: dict[str, str] | None = None,
) -> T | Failed:
    """What was asked for, or why not. Whoever changes something reads `unknown` as it says."""
    content = None if body is None else msgspec.json.encode(body)
    if content is not None:
        headers = {**headers, "Content-Type": "application/json"}
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            answer = await client.request(
                method, url, headers=headers, content=content, params=params
            )
    except NEVER_LEFT:
        return Failed(todo="again", text="It cannot be connected to.")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        return Failed(todo="unknown", text=f"It gave no answer ({type(error).__name__}).")
    return read(kind, answer)


class Asked(ABC):
    """A gateway that is asked, at an address of its own."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url.rstrip("/")

    @abstractmethod
    def login(self, account: Account) -> dict[str, str]:
        """The headers that say who we are."""

    async def ask(
        self,
        kind: type[T],
        account: Account,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] = {},
        body: Any = None,
        params: dict[str, str] | None = None,
    ) -> T | Failed:
        return await ask(
            self._client,
            kind,
            method,
            f"{self._url}{path}",
            headers={**self.login(account), **headers},
            body=body,
            params=params,
        )

    async def refuses(self, account: Account, path: str) -> Failed | None:
        """Whether it does not know who we are: asked for something, and nothing is changed."""
        found = await self.ask(dict[str, Any], account, "GET", path)
        return found if isinstance(found, Failed) else None


def read(kind: type[T], answer: httpx.Response) -> T | Failed:
    status = answer.status_code
    if status >= 400 or status < 200 or 300 <= status < 400:
        return _failed(answer)
    if len(answer.content) > LARGEST:
        return Failed(todo="unknown", text="Its answer is too long to be one.")
    try:
        return msgspec.json.decode(answer.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Failed(todo="unknown", text="Its answer cannot be read.")


def _failed(answer: httpx.Response) -> Failed:
    status, text = answer.status_code, f"It answered {answer.status_code}."
    if status in (401, 403):
        return Failed(todo="denied", text=f"{text} The token is wrong, or may not do this.")
    if status in _LATER:
        return Failed(todo="again", text=text, seconds=_seconds(answer))
    if status == 503:
        return Failed(todo="again", text=text, seconds=_seconds(answer))
    if status >= 500:
        return Failed(todo="unknown", text=text)
    return Failed(todo="never", text=text)


def told(kind: type[T], body: bytes) -> T:
    """What a notification says; `NotReadable` if that is nothing that can be read."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotReadable from None


def zoned(at: datetime | None) -> datetime | None:
    """Only one that says of which zone it is."""
    return at if at is not None and at.tzinfo is not None else None


def _seconds(answer: httpx.Response) -> float | None:
    text = answer.headers.get("retry-after", "")
    return min(float(text), LONGEST_PAUSE) if text.isdigit() and len(text) < 8 else None
