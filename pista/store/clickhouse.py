"""Our small client for ClickHouse: typed parameters in, Structs out.

A coat over the official `clickhouse-connect`. A server, a cluster's balancer and the embedded
engine look alike to it; the URL is all it knows.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, LiteralString, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
import clickhouse_connect
import msgspec
from clickhouse_connect.driver.exceptions import Error

T = TypeVar("T")

Parameter = (
    str
    | int
    | float
    | bool
    | UUID
    | datetime
    | Sequence[str]
    | Sequence[int]
    | Sequence[UUID]
    | None
)
Setting = str | int


class ClickHouseAway(Exception):
    """ClickHouse did not answer, or said that it cannot work now: try again later."""


class ClickHouseError(Exception):
    """ClickHouse refused the statement; `code` is its own error number."""

    def __init__(self, code: int, message: str) -> None:
        self.code = code
        super().__init__(message)


# Timeouts, full queues, memory limits, too many parts, a table on its way: later may succeed.
PASSING_CODES = frozenset({159, 160, 202, 203, 209, 210, 236, 241, 242, 243, 252, 319, 394, 999})

READ_SETTINGS: Mapping[str, Setting] = {
    "date_time_output_format": "iso",
    "output_format_json_quote_64bit_integers": 0,
    "output_format_json_quote_denormals": 0,
}
# The answer goes to the server's disk first. It begins once it is whole, so that no error can come
# in its middle, and neither side ever holds it in memory.
SPOOLED: Mapping[str, Setting] = {"wait_end_of_query": 1, "buffer_size": 1 << 20}


class ClickHouse:
    """A client with connections of its own, made at its first use; close it when done."""

    def __init__(self, url: str, *, timeout: int = 120) -> None:
        self._url = url
        self._timeout = timeout
        # The driver's signatures are only partly typed, so it is held as Any.
        self._client: Any = None
        self._making = asyncio.Lock()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def version(self) -> str:
        """The server's version; raises `ClickHouseAway` where there is none."""
        return (await self._read("select version() format TabSeparatedRaw", {})).decode().strip()

    async def all(self, kind: type[T], sql: LiteralString, /, **parameters: Parameter) -> list[T]:
        """Every row as a Struct; times are aware and UTC."""
        lines = await self._read(sql + "\nformat JSONEachRow", parameters)
        return msgspec.json.decode(b"[" + b",".join(lines.splitlines()) + b"]", type=list[kind])

    async def one(self, kind: type[T], sql: LiteralString, /, **parameters: Parameter) -> T:
        rows = await self.all(kind, sql, **parameters)
        if len(rows) != 1:
            raise LookupError(f"expected one row, got {len(rows)}")
        return rows[0]

    async def execute(
        self,
        sql: LiteralString,
        /,
        *,
        settings: Mapping[str, Setting] | None = None,
        **parameters: Parameter,
    ) -> None:
        """Run a statement that returns nothing: DDL, or an INSERT … SELECT."""
        client = await self._connected()
        with _Translated():
            await client.raw_query(sql, parameters=dict(parameters), settings=dict(settings or {}))

    async def insert(
        self,
        sql: LiteralString,
        body: bytes,
        /,
        *,
        encoding: str | None = None,
        settings: Mapping[str, Setting] | None = None,
        **parameters: Parameter,
    ) -> None:
        """Run an `INSERT … FORMAT …` whose data is `body`, as it is or packed in `encoding`."""
        client = await self._connected()
        with _Translated():
            await client.command(
                sql,
                parameters=dict(parameters),
                data=body,
                settings=dict(settings or {}),
                transport_settings={"Content-Encoding": encoding} if encoding else None,
            )

    @asynccontextmanager
    async def stream(
        self,
        sql: LiteralString,
        /,
        *,
        settings: Mapping[str, Setting] | None = None,
        **parameters: Parameter,
    ) -> AsyncGenerator[AsyncIterator[bytes]]:
        """The answer's bytes as they come, in the format that the statement names."""
        client = await self._connected()
        with _Translated():
            source = await client.raw_stream(
                sql, parameters=dict(parameters), settings={**SPOOLED, **(settings or {})}
            )
        async with source as chunks:
            yield _translated(chunks)

    async def send(
        self,
        sql: LiteralString,
        body: AsyncIterable[bytes],
        /,
        *,
        settings: Mapping[str, Setting] | None = None,
        **ids: UUID,
    ) -> None:
        """Run an `INSERT … FORMAT …` whose data comes bit by bit, however much it is.

        The driver takes no parameters along with such data, so they are ids alone, and written
        into the statement.
        """
        client = await self._connected()
        named: str = sql
        for name, value in ids.items():
            named = named.replace(f"{{{name}:UUID}}", f"toUUID('{value}')")
        with _Translated():
            await client.raw_insert(
                insert_block=_following(named, body), settings=dict(settings or {})
            )

    async def _read(self, sql: str, parameters: Mapping[str, Parameter]) -> bytes:
        client = await self._connected()
        with _Translated():
            return await client.raw_query(
                sql, parameters=dict(parameters), settings=dict(READ_SETTINGS)
            )

    async def _connected(self) -> Any:
        async with self._making:
            if self._client is None:
                with _Translated():
                    self._client = await _client(self._url, self._timeout)
            return self._client


async def _translated(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    # Here and not around the caller's own work, whose errors are not ClickHouse's.
    with _Translated():
        async for chunk in chunks:
            yield chunk


async def _following(sql: str, body: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
    yield sql.encode() + b"\n"
    async for chunk in body:
        yield chunk


class _Translated:
    """Turns the driver's exceptions into the two that Pista tells apart."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case Error(code=int() as code) if code not in PASSING_CODES:
                raise ClickHouseError(code, str(error)) from error
            case Error() | aiohttp.ClientError() | OSError() | TimeoutError():
                raise ClickHouseAway(f"{type(error).__name__}: {error}") from error
            case _:
                return


async def _client(url: str, seconds: int) -> Any:
    parts = urlsplit(url)
    options: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port or (8443 if parts.scheme == "https" else 8123),
        "secure": parts.scheme == "https",
        "username": parts.username or "default",
        "password": parts.password or "",
        "database": parts.path.strip("/") or "default",
        # Sessions lock a client to one query at a time.
        "autogenerate_session_id": False,
        "send_receive_timeout": seconds,
        "connect_timeout": 5,
        "query_retries": 0,
        "compress": False,
    }
    driver: Any = clickhouse_connect
    return await driver.get_async_client(**options)
