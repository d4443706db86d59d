"""The one HTTP client of all numbers and bots, and what its failures say."""

import asyncio
import logging
from collections.abc import AsyncIterator
from hashlib import sha256
from typing import BinaryIO, TypeVar

import httpx

from pista.chat.outgoing import Fetched, Refused, Unknown
from pista.chat.refusals import Advice, Refusal, Todo

ANSWER_SECONDS = 30.0
TIMEOUT = httpx.Timeout(20, connect=5, pool=10)
LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=5)
# What fails before a byte of the request has left.
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
NOT_REACHED = "It cannot be connected to."
# Answers of something in front of the platform, after which it may be at work all the same.
AMBIGUOUS = (500, 502, 504)
CHUNK = 1 << 16

T = TypeVar("T")


def open_http(timeout: httpx.Timeout = TIMEOUT) -> httpx.AsyncClient:
    """No redirects, since tokens are sent along, and no proxy of the environment."""
    # Its own lines would hold addresses, and with them the tokens of bots.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return httpx.AsyncClient(
        timeout=timeout, limits=LIMITS, trust_env=False, follow_redirects=False
    )


async def ask(
    client: httpx.AsyncClient, request: httpx.Request
) -> httpx.Response | Refused | Unknown:
    """The answer, whatever it is; or whether the request can have arrived."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await client.send(request)
    except TimeoutError as error:
        return Unknown(reason=told(error))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return failed(error)


def failed(error: httpx.HTTPError | httpx.InvalidURL) -> Refused | Unknown:
    """What a request that had no answer comes to; the text holds no address, as it may a token."""
    if isinstance(error, (*NEVER_LEFT, httpx.InvalidURL)):
        return refused("again", "wait", NOT_REACHED)
    return Unknown(reason=told(error))


def told(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "It did not answer in time."
    return f"It hung up without an answer ({type(error).__name__})."


def certain(found: T | Refused | Unknown) -> T | Refused:
    """Of what may be asked twice: no answer is a reason to ask again."""
    if isinstance(found, Unknown):
        return refused("again", "wait", found.reason)
    return found


def refused(todo: Todo, advice: Advice, text: str, code: int | None = None) -> Refused:
    return Refused(refusal=Refusal(todo=todo, advice=advice, text=text, code=code))


async def write_down(
    chunks: AsyncIterator[bytes], into: BinaryIO, limit: int, mime_type: str | None
) -> Fetched | Refused:
    """Write a file; refused if it is larger than it may be, however large it said to be."""
    digest, size = sha256(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            return too_large(limit)
        digest.update(chunk)
        into.write(chunk)
    return Fetched(bytes=size, sha256=digest.hexdigest(), mime_type=mime_type)


def too_large(limit: int) -> Refused:
    return refused("never", "check_media", f"The file has more than {limit} bytes.")
