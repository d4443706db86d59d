"""One web process: Granian around the house, on a port that it shares with its siblings."""

import asyncio
import gc
import os
import signal
from typing import Any

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from pista import logs
from pista.app import House
from pista.settings import Settings
from pista.store.runtime import Urls

DRAIN_SECONDS = 4.0
BACKLOG = 1024

log = logs.get()


def run(settings: Settings, urls: Urls) -> None:
    """Serve until SIGTERM, then drain and end. Blocks."""
    uvloop.run(_serve(settings, urls))


async def _serve(settings: Settings, urls: Urls) -> None:
    house = House(settings, urls)
    await house.start()
    spare_the_collector()
    granian = server(house, settings)
    serving = asyncio.create_task(granian.serve())
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    log.info("web_started", pid=os.getpid(), host=settings.host, port=settings.port)
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    house.screens.close_all()
    granian.stop()
    await asyncio.wait({serving}, timeout=DRAIN_SECONDS)
    await house.stop()
    waiting.cancel()
    log.info("web_stopped", pid=os.getpid())


def spare_the_collector() -> None:
    """What is loaded by now stays; and events are trees, which need no search for cycles."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def server(house: House, settings: Settings) -> Any:
    return Server(
        house,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        backlog=BACKLOG,
        log_level=LogLevels.error,
        log_access=False,
    )
