"""Whether the stores can be reached and used: their version, or one sentence on what is wrong.

The sentences name the address and the user, and never the password.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from pista.errors import StartError
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import AWAY

OLDEST_POSTGRES = 15

_REFUSED_USER = frozenset({192, 193, 194, 492, 516})
_NO_DATABASE = 81


class _NotYet(Exception):
    """It may answer in a moment."""


async def postgres(url: str, *, patience: float = 0) -> str:
    """The server's version, waiting up to `patience` seconds for it to be there."""
    return await _patiently(lambda: _postgres(url), f"PostgreSQL at {_place(url, 5432)}", patience)


async def clickhouse(url: str, *, patience: float = 0) -> str:
    """The server's version, waiting up to `patience` seconds for it to be there."""
    return await _patiently(
        lambda: _clickhouse(url), f"ClickHouse at {_place(url, 8123)}", patience
    )


async def clickhouse_answers(url: str) -> bool:
    """Whether it is there now. One that refuses us is a `StartError`; one that is away is not."""
    try:
        await _clickhouse(url)
    except _NotYet:
        return False
    return True


async def _patiently(ask: Callable[[], Awaitable[str]], who: str, patience: float) -> str:
    until = time.monotonic() + patience
    while True:
        try:
            return await ask()
        except _NotYet as error:
            if time.monotonic() >= until:
                raise StartError(f"{who} cannot be used: {error}.") from error
        await asyncio.sleep(0.02)


async def _postgres(url: str) -> str:
    who = f"PostgreSQL at {_place(url, 5432)}"
    user, database = urlsplit(url).username, urlsplit(url).path.strip("/")
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        raise StartError(f"{who} refused the user {user!r} or its password.") from error
    except asyncpg.InvalidCatalogNameError as error:
        raise StartError(f"{who} has no database {database!r}: create it first.") from error
    except asyncpg.exceptions.ClientConfigurationError as error:
        raise StartError(
            f"DATABASE_URL for {who} has a part that PostgreSQL does not know."
        ) from error
    except socket.gaierror as error:
        raise _NotYet("nobody knows this host name") from error
    except AWAY as error:
        raise _NotYet("it does not answer") from error
    except asyncpg.PostgresError as error:
        raise StartError(f"{who} refused the connection: {error}.") from error
    try:
        return _new_enough(connection, who)
    finally:
        with suppress(TimeoutError):
            await connection.close(timeout=2)


def _new_enough(connection: Any, who: str) -> str:
    version: asyncpg.ServerVersion = connection.get_server_version()
    if version.major < OLDEST_POSTGRES:
        raise StartError(
            f"{who} is version {version.major}; Pista needs {OLDEST_POSTGRES} or newer."
        )
    return str(connection.get_settings().server_version)


async def _clickhouse(url: str) -> str:
    who = f"ClickHouse at {_place(url, 8123)}"
    client = ClickHouse(url)
    try:
        return await client.version()
    except ClickHouseAway as error:
        raise _NotYet("it does not answer") from error
    except ClickHouseError as error:
        if error.code in _REFUSED_USER:
            user = urlsplit(url).username or "default"
            raise StartError(f"{who} refused the user {user!r} or its password.") from error
        if error.code == _NO_DATABASE:
            name = urlsplit(url).path.strip("/")
            raise StartError(f"{who} has no database {name!r}: create it first.") from error
        raise StartError(f"{who} refused the connection with its error {error.code}.") from error
    finally:
        await client.close()


def _place(url: str, port: int) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or 'localhost'}:{parts.port or port}"
