"""One supervised process: it comes back when it dies, and leaves nothing behind when it stops."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from pista import logs
from pista.store.embedded.process import dies_with_parent

FIRST_DELAY = 0.1
LONGEST_DELAY = 5.0
STEADY_AFTER = 5.0
"""Seconds after which a process counts as healthy, and its next death as the first."""
CRASH_LOOP = 5


def nothing() -> None:
    return None


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """How to start one process, and which signals end it."""

    name: str
    command: Sequence[str]
    options: dict[str, Any] = {}
    """Environment, user and working directory, as `subprocess` names them."""
    stop_signal: signal.Signals = signal.SIGTERM
    abort_signal: signal.Signals = signal.SIGKILL
    """What ends it at once, also when the supervisor itself was killed."""
    clean_up: Callable[[], None] = nothing
    """Ends what an earlier life may have left; runs before each start and after the last."""


class Child:
    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.deaths = 0
        """Deaths in a row, none of them after a steady life."""
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._log = logs.get(process=spec.name)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        self._life = asyncio.create_task(self._live(), name=self.spec.name)

    async def stop(self, deadline: float) -> None:
        """Ask it to end, insist at `deadline` (of the loop's clock), and wait until it is gone."""
        self._stopping.set()
        self._signal(self.spec.stop_signal)
        if not await self._gone(deadline):
            self._log.warning("did not stop in time")
            await self.abort()

    async def abort(self) -> None:
        """End it at once."""
        self._stopping.set()
        self._signal(self.spec.abort_signal)
        if not await self._gone(asyncio.get_running_loop().time() + 1):
            self._signal(signal.SIGKILL)
            await self._gone(asyncio.get_running_loop().time() + 1)
        await asyncio.to_thread(self.spec.clean_up)

    async def _gone(self, deadline: float) -> bool:
        if self._life is None:
            return True
        left = max(0.0, deadline - asyncio.get_running_loop().time())
        await asyncio.wait([self._life], timeout=left)
        return self._life.done()

    async def _live(self) -> None:
        delay = FIRST_DELAY
        while not self._stopping.is_set():
            began = time.monotonic()
            ended = await self._one_life()
            if self._stopping.is_set():
                return
            if time.monotonic() - began > STEADY_AFTER:
                delay, self.deaths = FIRST_DELAY, 0
            self.deaths += 1
            self._report(ended, delay)
            await self._pause(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _one_life(self) -> str:
        try:
            await asyncio.to_thread(self.spec.clean_up)
            if self._stopping.is_set():
                return "not started"
            self._process = process = await self._spawn()
        except Exception as error:  # whatever it is, the other processes go on
            return f"could not start: {error}"
        if self._stopping.is_set():
            self._signal(self.spec.stop_signal)
        code = await process.wait()
        # Its own children, if it had any, are in its group.
        _signal_group(process.pid, signal.SIGKILL)
        self._process = None
        return _ended(code)

    async def _spawn(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self.spec.command,
            stdin=asyncio.subprocess.DEVNULL,
            # Standard output is for the person at the terminal; everything else is a log line.
            stdout=2,
            start_new_session=True,
            preexec_fn=dies_with_parent(self.spec.abort_signal),
            **self.spec.options,
        )
        self._log.debug("started", pid=process.pid)
        return process

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _report(self, ended: str, delay: float) -> None:
        if self.deaths >= CRASH_LOOP:
            self._log.error("keeps dying", ended=ended, deaths=self.deaths, again_in=delay)
        else:
            self._log.warning("died", ended=ended, again_in=delay)

    def _signal(self, number: signal.Signals) -> None:
        # The process alone: it stops its own children. The group is for what survives it.
        if self._process and self._process.returncode is None:
            try:
                os.kill(self._process.pid, number)
            except ProcessLookupError:
                return


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _ended(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
