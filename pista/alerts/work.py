"""What a worker does for alerts: watches the rules, and brings messages to webhooks."""

import asyncio

from pista.alerts.courier import Courier
from pista.alerts.watcher import Watcher
from pista.alerts.webhook import Sender
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
from pista.store.runtime import Urls
from pista.store.secrets import Sealer

CLICKHOUSE_SECONDS = 20
STOP_SECONDS = 2.0


class Work:
    """Beside the writer of each worker. Start it once; `stop` ends what is under way first."""

    def __init__(self, settings: Settings, urls: Urls, pool: Postgres) -> None:
        self._clickhouse = ClickHouse(
            urls.clickhouse_readonly_url or urls.clickhouse_url, timeout=CLICKHOUSE_SECONDS
        )
        self._watcher = Watcher(urls.database_url, self._clickhouse, settings.url)
        sealer = Sealer(settings.secret_keys, settings.data_dir)
        self._courier = Courier(pool, sealer, Sender(private=settings.webhook_private))
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._watcher.run(), name="watcher"),
            asyncio.create_task(self._courier.run(), name="courier"),
        ]

    async def stop(self) -> None:
        self._watcher.stop()
        self._courier.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._clickhouse.close()
