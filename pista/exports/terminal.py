"""What the commands of this room share: both stores, one lock, one sentence when it fails."""

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
from pista.exports.model import ForeignExport, TooBusy
from pista.settings import Settings
from pista.store import postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.places import PlaceAway, PlaceError
from pista.store.postgres import Lead, Tx
from pista.store.runtime import database_urls
from pista.store.s3 import S3

T = TypeVar("T")

LONG_SECONDS = 3600
"""A day of hundreds of millions of rows takes its time."""


class Stores:
    """Both stores, and the tenant that the command is about."""

    def __init__(self, settings: Settings, connection: Any, clickhouse: ClickHouse) -> None:
        self.settings = settings
        self.connection = connection
        self.clickhouse = clickhouse

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Tx]:
        async with Lead(self.connection).transaction() as tx:
            yield tx

    async def tenant(self, name: str) -> Tenant:
        async with self.transaction() as tx:
            return await accounts.find_tenant(tx, name)

    async def lock(self, what: str, busy: str) -> None:
        """Hold a lock for as long as this command runs; refuse where another one does."""
        if not await self.connection.fetchval(
            "select pg_try_advisory_lock(hashtextextended($1, 0))", what
        ):
            raise click.ClickException(busy)


def run(work: Callable[[Stores], Awaitable[T]]) -> T:
    """Do this; what can go wrong is one sentence and exit code 1."""
    try:
        return asyncio.run(_with_stores(work))
    except PistaError as wrong:
        raise click.ClickException(wrong.detail) from None
    except (StartError, PlaceError, PlaceAway) as wrong:
        raise click.ClickException(str(wrong)) from None
    except ForeignExport:
        raise click.ClickException(
            "There is an export of another company: choose another folder or prefix."
        ) from None
    except TooBusy:
        raise click.ClickException(
            "The events of this day keep changing; run the same command again later."
        ) from None
    except (ClickHouseAway, ClickHouseError) as away:
        raise click.ClickException(f"ClickHouse cannot be used: {away}") from None
    except (*postgres.AWAY, asyncpg.PostgresError) as away:
        raise click.ClickException(f"PostgreSQL cannot be used: {away}") from None


def bucket_of(settings: Settings, url: str) -> tuple[S3, str]:
    """The bucket and prefix that `s3://bucket/prefix` names."""
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    if not url.startswith("s3://") or not bucket:
        raise click.UsageError(f"{url} is no place in a bucket: write s3://BUCKET/PREFIX.")
    if settings.s3 is None:
        raise StartError("Set PISTA_S3_ACCESS_KEY_ID and PISTA_S3_SECRET_ACCESS_KEY for s3://.")
    return S3(settings.s3, bucket), prefix


async def _with_stores(work: Callable[[Stores], Awaitable[T]]) -> T:
    async with _stores() as stores:
        return await work(stores)


@asynccontextmanager
async def _stores() -> AsyncGenerator[Stores]:
    settings = environment.load()
    urls = database_urls(settings)
    connection: Any = await postgres.connect(urls.database_url)
    clickhouse = ClickHouse(urls.clickhouse_url, timeout=LONG_SECONDS)
    try:
        yield Stores(settings, connection, clickhouse)
    finally:
        await clickhouse.close()
        await connection.close()
