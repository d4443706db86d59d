"""What the commands of this room share: both stores, and one sentence when it fails."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
import click

from pista import accounts
from pista import settings as environment
from pista.accounts import Tenant
from pista.errors import PistaError, StartError
from pista.store import postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import Lead, Tx
from pista.store.runtime import database_urls

T = TypeVar("T")


class Stores:
    """Both stores."""

    def __init__(self, connection: Any, clickhouse: ClickHouse) -> None:
        self._connection = connection
        self.clickhouse = clickhouse

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with Lead(self._connection).transaction() as tx:
            yield tx

    async def tenant(self, name: str) -> Tenant:
        async with self.transaction() as tx:
            return await accounts.find_tenant(tx, name)


def run(work: Callable[[Stores], Awaitable[T]]) -> T:
    """Do this; what can go wrong is one sentence and exit code 1."""
    try:
        return asyncio.run(_with_stores(work))
    except PistaError as wrong:
        raise click.ClickException(wrong.detail) from None
    except StartError as wrong:
        raise click.ClickException(str(wrong)) from None
    except (ClickHouseAway, ClickHouseError) as away:
        raise click.ClickException(f"ClickHouse cannot be used: {away}") from None
    except (*postgres.AWAY, asyncpg.PostgresError) as away:
        raise click.ClickException(f"PostgreSQL cannot be used: {away}") from None


async def _with_stores(work: Callable[[Stores], Awaitable[T]]) -> T:
    urls = database_urls(environment.load())
    clickhouse = ClickHouse(urls.clickhouse_url)
    connection: Any = await postgres.connect(urls.database_url)
    try:
        return await work(Stores(connection, clickhouse))
    finally:
        await connection.close()
        await clickhouse.close()
