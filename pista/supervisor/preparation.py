"""What is done once per start, in a process of its own: its memory is not kept.

It waits for the stores, migrates them and makes the first accounts; the answer is JSON on
standard output.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from pista import accounts, chat, logs, settings
from pista.errors import StartError
from pista.settings import Settings
from pista.store import migrate, postgres, reach, runtime
from pista.store.clickhouse import ClickHouse
from pista.store.runtime import Urls
from pista.supervisor.greeting import Prepared


async def prepare(config: Settings, urls: Urls, patience: Mapping[str, float]) -> Prepared:
    await asyncio.gather(
        reach.postgres(urls.database_url, patience=patience["postgres"]),
        reach.clickhouse(urls.clickhouse_url, patience=patience["clickhouse"]),
    )
    clickhouse = ClickHouse(urls.clickhouse_url)
    try:
        await migrate.migrate(urls.database_url, clickhouse)
    finally:
        await clickhouse.close()
    return await _accounts(config, urls)


async def _accounts(config: Settings, urls: Urls) -> Prepared:
    pool = await postgres.open_pool(urls.database_url, most=1)
    try:
        async with pool.transaction() as tx:
            now = datetime.now(UTC)
            first = await accounts.first_start(tx, config, now)
            await chat.first_number(tx, config, now)
            return Prepared(
                first_email=first.email if first else None,
                first_password=first.password if first else None,
                snippet=await accounts.first_snippet(tx, config),
            )
    finally:
        await pool.close()


def main() -> None:
    patience = {"postgres": float(sys.argv[1]), "clickhouse": float(sys.argv[2])}
    config = settings.load()
    logs.configure(config.log_level)
    try:
        prepared = asyncio.run(prepare(config, runtime.database_urls(config), patience))
    except StartError as error:
        prepared = Prepared(problem=str(error))
    os.write(sys.stdout.fileno(), msgspec.json.encode(prepared))


if __name__ == "__main__":
    main()
