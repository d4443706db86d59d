"""`pista migrate` and `pista check`: the stores from the terminal."""

import os
import shutil
from collections.abc import Awaitable, Coroutine
from typing import Any

import msgspec

from pista.errors import StartError
from pista.settings import Settings
from pista.store import migrate as migrations
from pista.store import postgres, reach
from pista.store.clickhouse import ClickHouse
from pista.store.runtime import Urls, database_urls

LOW_DISK_BYTES = 500_000_000
PATIENCE = 20.0
"""Seconds for a database that starts together with the process that needs it."""


class Result(msgspec.Struct, frozen=True):
    what: str
    ok: bool
    detail: str


async def migrate(settings: Settings) -> list[str]:
    """Apply what is missing; a line for each migration."""
    urls = database_urls(settings)
    await reach.postgres(urls.database_url)
    await reach.clickhouse(urls.clickhouse_url)
    clickhouse = ClickHouse(urls.clickhouse_url)
    try:
        applied = await migrations.migrate(urls.database_url, clickhouse)
    finally:
        await clickhouse.close()
    lines = [f"PostgreSQL  {name}" for name in applied.postgres]
    lines += [f"ClickHouse  {name}" for name in applied.clickhouse]
    return lines or ["Nothing to do: both databases are up to date."]


async def expect_postgres(urls: Urls) -> None:
    """Wait for PostgreSQL; one that is not as this program needs it is a `StartError`."""
    await reach.postgres(urls.database_url, patience=PATIENCE)
    connection = await postgres.connect(urls.database_url)
    try:
        await migrations.expect_postgres(connection)
    finally:
        await connection.close()


async def expect_clickhouse(urls: Urls) -> None:
    """The same for ClickHouse; but while it is away, events wait, so a start does not."""
    if not await reach.clickhouse_answers(urls.clickhouse_url):
        return
    clickhouse = ClickHouse(urls.clickhouse_url)
    try:
        await migrations.expect_clickhouse(clickhouse)
    finally:
        await clickhouse.close()


async def check(settings: Settings) -> list[Result]:
    """Everything a start needs, each with what is wrong with it."""
    found = [Result("settings", True, f"web at {settings.url}"), _disk(settings)]
    try:
        urls = database_urls(settings)
    except StartError as error:
        return [*found, Result("databases", False, str(error))]
    return [
        *found,
        await _version("PostgreSQL", reach.postgres(urls.database_url), expect_postgres(urls)),
        await _version(
            "ClickHouse", reach.clickhouse(urls.clickhouse_url), expect_clickhouse(urls)
        ),
    ]


async def _version(what: str, version: Awaitable[str], schema: Coroutine[Any, Any, None]) -> Result:
    try:
        found = await version
        await schema
    except StartError as error:
        return Result(what, False, str(error))
    finally:
        schema.close()
    return Result(what, True, f"version {found}")


def _disk(settings: Settings) -> Result:
    data_dir = settings.data_dir
    if settings.database_url and settings.clickhouse_url and not data_dir.exists():
        return Result("data folder", True, f"{data_dir} is not there, and not needed to run alone")
    if not os.access(data_dir, os.W_OK):
        return Result("data folder", False, f"{data_dir} is not there or cannot be written to.")
    free = shutil.disk_usage(data_dir).free
    detail = f"{free // 1_000_000:,} MB free in {data_dir}"
    return Result("data folder", free >= LOW_DISK_BYTES, detail)
