"""One worker: stores acknowledged events and does the work of the clock."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence

import uvloop

from pista import (
    alerts,
    attribution,
    chat,
    clicks,
    crm,
    desk,
    events,
    exports,
    garbage,
    identity,
    logs,
    privacy,
    pulse,
    queue,
    sales,
    sheets,
)
from pista.attribution import report, spend
from pista.contacts import imports as contact_imports
from pista.contacts import leads
from pista.crm import told_sales
from pista.events.writer import Chore
from pista.settings import Settings
from pista.store import postgres
from pista.store.clickhouse import ClickHouse
from pista.store.runtime import Urls
from pista.store.secrets import Sealer

log = logs.get()


def run(settings: Settings, urls: Urls) -> None:
    """Work until SIGTERM, then end after the flush under way. Blocks."""
    uvloop.run(_work(settings, urls))


async def _work(settings: Settings, urls: Urls) -> None:
    pool = await postgres.open_pool(urls.database_url, most=4)
    clickhouse = ClickHouse(urls.clickhouse_url)
    chores = _chores(settings, clickhouse)
    writer = events.Writer(urls.database_url, clickhouse, settings.tracking, chores)
    keeper = events.Keeper(pool, clickhouse, settings.tracking)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, writer.stop)
    pulse.start()
    log.info("worker_started", pid=os.getpid())
    alerting = alerts.Work(settings, urls, pool)
    alerting.start()
    exporter = exports.Runner(urls.database_url, urls.clickhouse_url, settings)
    platforms, shelves = chat.Platforms(settings), chat.Shelves(settings)
    conversions = attribution.Client(settings)
    gateways = sales.Gateways(settings)
    handlers = _handlers(settings, platforms, shelves, conversions, gateways)
    _introduce_rooms()
    garbage.collect_seldom()
    runner = queue.Runner(urls.database_url, handlers, limits=_limits(settings))
    running = asyncio.create_task(runner.run())
    # What ends at any moment, and takes up again where it was.
    works = (
        keeper.run(writer.leading),
        exporter.run(),
        queue.Tally(pool).run(),
        desk.FollowUpTimer(urls.database_url, pool).run(),
        report.Creditor(pool).run(),
        desk.Sharer(urls.database_url, pool).run(),
        desk.GoalTimer(urls.database_url, pool).run(),
    )
    beside = [asyncio.create_task(one) for one in works]
    try:
        await writer.run()
    finally:
        runner.stop()
        await alerting.stop()
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, running, return_exceptions=True)
        for one in (exporter, conversions, platforms, shelves, gateways, clickhouse, pool):
            await one.close()
        log.info("worker_stopped", pid=os.getpid())


def _introduce_rooms() -> None:
    """Who hears of what happens in rooms that they may not know."""
    leads.register(desk.hear_lead)
    leads.register_again(desk.hear_leads_again)
    told_sales.register(sales.hear_told)
    leads.register(attribution.hear_lead)
    sales.register(attribution.hear_sale)


def _chores(settings: Settings, clickhouse: ClickHouse) -> Sequence[Chore]:
    """What the leading writer does between two flushes."""
    return [
        events.Remover(clickhouse),
        privacy.Eraser(clickhouse),
        privacy.PeopleEraser(clickhouse),
        events.recent.prune,
        exports.Importer(clickhouse),
        crm.Pruner(),
        sheets.Pruner(contact_imports.TABLES),
        sheets.Pruner(desk.IMPORTS),
        sheets.Pruner(spend.TABLES),
        identity.Pruner(),
        chat.FileForgetter(settings.data_dir),
        chat.WebhookPruner(),
        clicks.Pruner(),
        desk.Pruner(),
        attribution.Pruner(),
        sales.PaymentWatcher(),
    ]


def _handlers(
    settings: Settings,
    platforms: chat.Platforms,
    shelves: chat.Shelves,
    conversions: attribution.Client,
    gateways: sales.Gateways,
) -> queue.Handlers:
    """Who does which job."""
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    fetcher = chat.MediaFetcher(platforms, sealer, shelves, settings.media_max_bytes)
    return {
        **chat.handlers,
        **chat.errands(platforms, sealer, shelves),
        **fetcher.handlers,
        **chat.ObjectForgetter(shelves.objects).handlers,
        **crm.handlers,
        **clicks.errands(settings.name_servers),
        **attribution.errands(conversions, sealer),
        **sales.errands(gateways, sealer, settings.url),
        **contact_imports.handlers,
        **desk.handlers,
    }


def _limits(settings: Settings) -> Mapping[str, int]:
    return {
        queue.WEBHOOK: settings.webhook_concurrency,
        queue.MESSAGE: settings.message_concurrency,
        queue.OTHER: settings.other_concurrency,
    }
