"""From the first check to the last process gone."""

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Coroutine
from typing import Any

from pista import logs
from pista.settings import Settings
from pista.store import runtime
from pista.supervisor import door, engines, folder
from pista.supervisor.greeting import greeting
from pista.supervisor.house import House, Programs


def up(settings: Settings, programs: Programs | None = None) -> None:
    """Run everything until SIGTERM or SIGINT; what prevents the start is a `StartError`."""
    lock = folder.take(settings.data_dir)
    try:
        folder.check_room(settings.data_dir)
        with door.reserve(settings):
            plan = engines.plan(settings, folder.load_secrets(settings.data_dir))
            asyncio.run(_run(settings, House(settings, plan, programs or Programs())))
    finally:
        runtime.remove(settings.data_dir)
        lock.release()


class _Signals:
    """The first SIGTERM or SIGINT asks for the end, the second for the end at once."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.at_once = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._heard)

    def _heard(self) -> None:
        (self.at_once if self.asked.is_set() else self.asked).set()


async def _run(settings: Settings, house: House) -> None:
    signals = _Signals()
    try:
        if await _before(signals.asked, _start(settings, house)):
            await signals.asked.wait()
    finally:
        if not await _before(signals.at_once, house.stop()):
            await house.abort()
        logs.get().info("stopped")


async def _start(settings: Settings, house: House) -> None:
    began = time.monotonic()
    prepared = await house.start()
    logs.get().info("ready", seconds=round(time.monotonic() - began, 2))
    sys.stdout.write(greeting(settings, prepared) + "\n")
    sys.stdout.flush()


async def _before(event: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether the work was done before the event came; if not, it is cancelled."""
    task, came = asyncio.ensure_future(work), asyncio.ensure_future(event.wait())
    await asyncio.wait({task, came}, return_when=asyncio.FIRST_COMPLETED)
    came.cancel()
    if task.done():
        task.result()
        return True
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return False
