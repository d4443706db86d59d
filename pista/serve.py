"""One web process: Granian around the house, on a port that it shares with its siblings."""

import asyncio
import os
import resource
import signal
from typing import Any

import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from pista import garbage, logs, pulse
from pista.app import House
from pista.settings import Settings
from pista.store.runtime import Urls

DRAIN_SECONDS = 4.0
BACKLOG = 1024
CONNECTIONS = 16_384
"""Open at once in one process: each visitor keeps one for a while, each screen a socket."""
HEADER_SECONDS = 10
"""How long a connection may be open without a whole request head before it is closed."""

log = logs.get()


def run(settings: Settings, urls: Urls) -> None:
    """Serve until SIGTERM, then drain and end. Blocks."""
    _allow_connections()
    uvloop.run(_serve(settings, urls))


async def _serve(settings: Settings, urls: Urls) -> None:
    house = House(settings, urls)
    await house.start()
    pulse.start()
    garbage.collect_seldom()
    granian = server(house, settings)
    serving = asyncio.create_task(granian.serve())
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    log.info("web_started", pid=os.getpid(), host=settings.host, port=settings.port)
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    house.hang_up()
    granian.stop()
    await asyncio.wait({serving}, timeout=DRAIN_SECONDS)
    await house.stop()
    waiting.cancel()
    log.info("web_stopped", pid=os.getpid())


def _allow_connections() -> None:
    """As many open files as the system lets us have; most processes start with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 256 if hard == resource.RLIM_INFINITY else min(hard, CONNECTIONS + 256)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def server(house: House, settings: Settings) -> Any:
    return Server(
        house,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto,
        backlog=BACKLOG,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level=LogLevels.error,
        log_access=False,
    )
