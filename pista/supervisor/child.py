"""One supervised process: it comes back when it dies, and leaves nothing behind when it stops."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from pista import logs, pulse
from pista.store.embedded.process import dies_with_parent
from pista.supervisor.vigil import Asking, Listening, Question, Vigil

FIRST_DELAY = 0.1
LONGEST_DELAY = 5.0
LONGEST_DELAY_AFTER_WELL = 0.5
"""For what comes up and dies: it can live, and its own start slows it down enough."""
FORGIVEN = 3
"""Deaths in a row, or failed starts, after which the delay begins to grow."""
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
    question: Question | None = None
    """What it answers while it lives; without one it is listened to for its pulse."""


class Child:
    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.deaths = 0
        """Deaths in a row, only the first of them after a steady life."""
        self._failed_starts = 0
        """Deaths in a row before any sign of life."""
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
        while not self._stopping.is_set():
            began, vigil = time.monotonic(), self._vigil()
            try:
                ended = await self._one_life(vigil)
            finally:
                vigil.end()
            if self._stopping.is_set():
                return
            if time.monotonic() - began > STEADY_AFTER:
                self.deaths = 0
            self.deaths += 1
            self._failed_starts = 0 if vigil.was_well else self._failed_starts + 1
            delay = delay_after(self.deaths, self._failed_starts)
            self._report(ended, delay)
            await self._pause(delay)

    def _vigil(self) -> Vigil:
        return Asking(self.spec.question) if self.spec.question else Listening()

    async def _one_life(self, vigil: Vigil) -> str:
        try:
            await asyncio.to_thread(self.spec.clean_up)
            if self._stopping.is_set():
                return "not started"
            self._process = process = await self._spawn(vigil.pipe)
        except Exception as error:  # whatever it is, the other processes go on
            return f"could not start: {error}"
        if self._stopping.is_set():
            self._signal(self.spec.stop_signal)
        code = await self._until_ended(process, vigil)
        # Its own children, if it had any, are in its group.
        _signal_group(process.pid, signal.SIGKILL)
        self._process = None
        return _ended(code)

    async def _until_ended(self, process: Process, vigil: Vigil) -> int:
        ended = asyncio.ensure_future(process.wait())
        hung = asyncio.ensure_future(vigil.until_hung())
        try:
            await asyncio.wait({ended, hung}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                self._log.error("hangs", pid=process.pid)
                # A stopped process hears nothing else.
                self._signal(signal.SIGKILL)
            return await ended
        finally:
            hung.cancel()

    async def _spawn(self, pipe: int | None) -> Process:
        options = dict(self.spec.options)
        if pipe is not None:
            environment = options.get("env", os.environ)
            options |= {"env": {**environment, pulse.VARIABLE: str(pipe)}, "pass_fds": (pipe,)}
        process = await asyncio.create_subprocess_exec(
            *self.spec.command,
            stdin=asyncio.subprocess.DEVNULL,
            # Standard output is for the person at the terminal; everything else is a log line.
            stdout=2,
            start_new_session=True,
            preexec_fn=dies_with_parent(self.spec.abort_signal),
            **options,
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


def delay_after(deaths: int, failed_starts: int) -> float:
    """Seconds to wait before the next start: short at first, so that one bad moment costs none."""
    return max(
        min(FIRST_DELAY * 2 ** max(0, deaths - FORGIVEN), LONGEST_DELAY_AFTER_WELL),
        min(FIRST_DELAY * 2 ** max(0, failed_starts - FORGIVEN), LONGEST_DELAY),
    )


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _ended(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
