"""The requests of S3 that we need, each tried again while the store is busy or away."""

import asyncio
import base64
import hashlib
import random
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import urlsplit

import httpx
import msgspec

from pista.settings import S3Settings
from pista.store.places import NothingThere, PlaceAway, PlaceError
from pista.store.s3 import signing

ATTEMPTS = 7
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 15.0
TIMEOUT = httpx.Timeout(60, connect=10)
NO_BODY = hashlib.sha256(b"").hexdigest()
PASSING = frozenset(
    {"InternalError", "OperationAborted", "RequestTimeout", "ServiceUnavailable", "SlowDown"}
)


class Listed(msgspec.Struct, frozen=True):
    key: str
    size: int


class _Refused(Exception):
    """The store's answer is an error that does not pass."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


class _Passing(Exception):
    """The store is busy or away."""


class S3:
    """One bucket."""

    def __init__(
        self,
        settings: S3Settings,
        bucket: str,
        *,
        first_pause: float = FIRST_PAUSE_SECONDS,
        attempts: int = ATTEMPTS,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self._settings = settings
        self.bucket = bucket
        self._first_pause = first_pause
        self._attempts = attempts
        endpoint = urlsplit(settings.endpoint)
        self._scheme = endpoint.scheme
        self._host = endpoint.netloc if settings.path_style else f"{bucket}.{endpoint.netloc}"
        self._base = [endpoint.path.strip("/"), bucket if settings.path_style else ""]
        self._http = httpx.AsyncClient(timeout=timeout, trust_env=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def put(self, key: str, body: bytes) -> None:
        await self._ask("PUT", key, body=body)

    async def get(self, key: str) -> bytes | None:
        """A small object; None if there is none."""
        try:
            return (await self._ask("GET", key)).content
        except NothingThere:
            return None

    async def size(self, key: str) -> int | None:
        try:
            answer = await self._ask("HEAD", key)
        except PlaceError as error:
            if isinstance(error.__cause__, _Refused) and error.__cause__.status == 404:
                return None
            raise
        return int(answer.headers.get("content-length", "-1"))

    async def delete(self, key: str) -> None:
        await self._ask("DELETE", key)

    async def listed(self, prefix: str) -> list[Listed]:
        """Every object below the prefix."""
        found: list[Listed] = []
        parameters = {"list-type": "2", "prefix": prefix}
        while True:
            text = (await self._ask("GET", "", parameters)).text
            for item in re.findall(r"<Contents>(.*?)</Contents>", text, re.DOTALL):
                found.append(Listed(_tag(item, "Key"), int(_tag(item, "Size"))))
            token = _tag(text, "NextContinuationToken")
            if not token:
                return found
            parameters["continuation-token"] = token

    @asynccontextmanager
    async def reading(
        self, key: str, part: tuple[int, int] | None = None
    ) -> AsyncGenerator[AsyncIterator[bytes]]:
        """An object of any size, or its bytes from the first to the last of `part`. One that is cut
        short is an error, and not tried again here."""
        headers = {} if part is None else {"range": f"bytes={part[0]}-{part[1]}"}
        request = self._request("GET", key, {}, b"", headers)
        try:
            answer = await self._http.send(request, stream=True)
            try:
                await self._check(answer, part)
                yield answer.aiter_raw(1 << 20)
            finally:
                await answer.aclose()
        except httpx.HTTPError as error:
            raise PlaceAway(f"{self._host} does not answer: {type(error).__name__}.") from error

    async def _check(self, answer: httpx.Response, part: tuple[int, int] | None) -> None:
        """Whether it is what was asked for."""
        if answer.status_code not in (200, 206):
            await answer.aread()
            if answer.status_code == 429 or answer.status_code >= 500:
                raise PlaceAway(f"{self._host} does not answer: {answer.status_code}.")
            raise self._refusal(_judged(answer))
        if part is not None and answer.headers.get("content-length") != str(part[1] - part[0] + 1):
            raise PlaceError(f"The store {self._host} has something else there than was put.")

    async def begin(self, key: str) -> str:
        """Begin an upload in parts; until it is completed nobody sees it."""
        answer = await self._ask("POST", key, {"uploads": ""})
        return _tag(answer.text, "UploadId")

    async def put_part(self, key: str, upload: str, number: int, body: bytes) -> str:
        """What the store calls this part."""
        parameters = {"partNumber": str(number), "uploadId": upload}
        answer = await self._ask("PUT", key, parameters, body)
        return answer.headers["etag"]

    async def complete(self, key: str, upload: str, parts: list[str], size: int) -> None:
        listed = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(part)}</ETag></Part>"
            for number, part in enumerate(parts, 1)
        )
        body = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
        try:
            await self._ask("POST", key, {"uploadId": upload}, body)
        except PlaceError as error:
            # It was completed, and only the answer that said so was lost.
            if not _is(error, "NoSuchUpload") or await self.size(key) != size:
                raise

    async def abort(self, key: str, upload: str) -> None:
        try:
            await self._ask("DELETE", key, {"uploadId": upload})
        except PlaceError as error:
            if not _is(error, "NoSuchUpload"):
                raise

    async def uploads(self, key: str) -> list[str]:
        """Uploads of this very object that were begun and neither completed nor aborted."""
        text = (await self._ask("GET", "", {"uploads": "", "prefix": key})).text
        found = re.findall(r"<Upload>(.*?)</Upload>", text, re.DOTALL)
        return [_tag(item, "UploadId") for item in found if _tag(item, "Key") == key]

    async def _ask(
        self, method: str, key: str, parameters: Mapping[str, str] | None = None, body: bytes = b""
    ) -> httpx.Response:
        """Ask until there is an answer that lasts."""
        why = ""
        for attempt in range(self._attempts):
            if attempt:
                await asyncio.sleep(self._pause(attempt))
            request = await asyncio.to_thread(self._request, method, key, parameters or {}, body)
            try:
                answer = await self._http.send(request)
                _judge(answer)
            except _Refused as refused:
                raise self._refusal(refused) from refused
            except (httpx.TransportError, _Passing) as error:
                why = str(error) or type(error).__name__
            else:
                return answer
        raise PlaceAway(f"{self._host} does not answer: {why}.")

    def _pause(self, attempt: int) -> float:
        longest = min(self._first_pause * 2**attempt, LONGEST_PAUSE_SECONDS)
        return random.uniform(longest / 2, longest)  # noqa: S311 - spreads, protects nothing

    def _request(
        self,
        method: str,
        key: str,
        parameters: Mapping[str, str],
        body: bytes,
        more: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        path, query = signing.path(*self._base, key), signing.query(parameters)
        headers = dict(more or {})
        if body:
            md5 = hashlib.md5(body, usedforsecurity=False).digest()
            headers["content-md5"] = base64.b64encode(md5).decode()
        signed = signing.signed(
            method,
            self._host,
            path,
            query,
            headers,
            hashlib.sha256(body).hexdigest() if body else NO_BODY,
            region=self._settings.region,
            key=self._settings.access_key_id,
            secret=self._settings.secret_access_key,
            now=datetime.now(UTC),
        )
        url = f"{self._scheme}://{self._host}{path}{'?' + query if query else ''}"
        return self._http.build_request(method, url, headers=signed, content=body)

    def _refusal(self, refused: _Refused) -> PlaceError:
        kind = NothingThere if refused.code == "NoSuchKey" else PlaceError
        error = kind(
            f"The store {self._host} refuses: {refused.code}"
            + (f", {refused.message.rstrip('.')}." if refused.message else ".")
        )
        error.__cause__ = refused
        return error


def _judge(answer: httpx.Response) -> None:
    """Raise unless it is a success. Completing an upload may fail with status 200."""
    hidden = answer.request.method == "POST" and b"<Error>" in answer.content[:200]
    if answer.is_success and not hidden:
        return
    refused = _judged(answer)
    if answer.status_code == 429 or answer.status_code >= 500 or refused.code in PASSING:
        raise _Passing(f"{refused.status} {refused.code}")
    raise refused


def _judged(answer: httpx.Response) -> _Refused:
    text = answer.text[:4000]
    code = _tag(text, "Code") or f"status {answer.status_code}"
    return _Refused(answer.status_code, code, _tag(text, "Message"))


def _is(error: PlaceError, code: str) -> bool:
    return isinstance(error.__cause__, _Refused) and error.__cause__.code == code


def _tag(text: str, name: str) -> str:
    """The text of an element. These answers are flat, and a parser of XML is a risk of its own."""
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return unescape(found[1]) if found else ""
