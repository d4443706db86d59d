"""`pista migrate` and `pista check`: the stores from the terminal."""

import os
import shutil
from collections.abc import Awaitable
from pathlib import Path

import msgspec

from pista.errors import StartError
from pista.settings import Settings
from pista.store import migrate as migrations
from pista.store import reach
from pista.store.clickhouse import ClickHouse
from pista.store.runtime import database_urls

LOW_DISK_BYTES = 500_000_000


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


async def check(settings: Settings) -> list[Result]:
    """Everything a start needs, each with what is wrong with it."""
    found = [Result("settings", True, f"web at {settings.url}"), _disk(settings.data_dir)]
    try:
        urls = database_urls(settings)
    except StartError as error:
        return [*found, Result("databases", False, str(error))]
    return [
        *found,
        await _version("PostgreSQL", reach.postgres(urls.database_url)),
        await _version("ClickHouse", reach.clickhouse(urls.clickhouse_url)),
    ]


async def _version(what: str, asked: Awaitable[str]) -> Result:
    try:
        return Result(what, True, f"version {await asked}")
    except StartError as error:
        return Result(what, False, str(error))


def _disk(data_dir: Path) -> Result:
    if not os.access(data_dir, os.W_OK):
        return Result("data folder", False, f"{data_dir} is not there or cannot be written to.")
    free = shutil.disk_usage(data_dir).free
    detail = f"{free // 1_000_000:,} MB free in {data_dir}"
    return Result("data folder", free >= LOW_DISK_BYTES, detail)
