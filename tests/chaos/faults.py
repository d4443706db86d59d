"""Does the faults of a plan, and notes when each began and ended."""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg
import msgspec
import psutil

from tests.chaos.machine import LEADS, Machine, until
from tests.chaos.plan import Kind, Role, Step
from tests.processes import lives

SECONDS_TO_BE_THERE = 90
SECONDS_TO_BE_REPLACED = 90


class Fault(msgspec.Struct, kw_only=True):
    """One fault that happened."""

    name: str
    kind: Kind
    role: Role
    began: float
    ended: float = 0.0
    remark: str = ""


class Havoc:
    def __init__(self, machine: Machine, say: Callable[[str], None]) -> None:
        self._machine = machine
        self._say = say
        self._lasting: set[asyncio.Task[None]] = set()
        self.faults: list[Fault] = []
        self.problems: list[str] = []

    @property
    def kills(self) -> int:
        return sum(fault.kind is Kind.KILL for fault in self.faults)

    async def wreak(self, steps: list[Step]) -> None:
        for step in steps:
            await asyncio.sleep(step.wait)
            await self._do(step)
        await asyncio.gather(*self._lasting)

    async def _do(self, step: Step) -> None:
        match step.kind:
            case Kind.AWAY:
                self._lasts(self._keep_away(step))
            case _ if step.role is Role.SUPERVISOR:
                # With it goes whatever was paused.
                fault = self._begin(step)
                await self._machine.kill_supervisor()
                fault.ended = time.monotonic()
            case Kind.KILL:
                self._begin(step, await self._target(step)).ended = time.monotonic()
            case Kind.RESTART:
                target = await self._target(step)
                self._begin(step, target, signal.SIGINT).ended = time.monotonic()
            case Kind.PAUSE:
                self._lasts(self._pause(step, await self._target(step)))
            case Kind.HANG:
                self._lasts(self._hang(step, await self._target(step)))

    def _begin(
        self,
        step: Step,
        target: psutil.Process | None = None,
        number: signal.Signals = signal.SIGKILL,
    ) -> Fault:
        fault = Fault(name=step.name, kind=step.kind, role=step.role, began=time.monotonic())
        self.faults.append(fault)
        self._say(step.name)
        if target is not None:
            with suppress(psutil.NoSuchProcess):
                target.send_signal(number)
        return fault

    def _lasts(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)

    async def _target(self, step: Step) -> psutil.Process:
        found: list[psutil.Process] = []
        end = time.monotonic() + SECONDS_TO_BE_THERE
        while not found:
            if time.monotonic() > end:
                raise RuntimeError(f"no {step.role} for {SECONDS_TO_BE_THERE} s")
            found = await self._of_role(step.role)
            await asyncio.sleep(0.02)
        return found[step.pick % len(found)]

    async def _of_role(self, role: Role) -> list[psutil.Process]:
        if role is not Role.LEADER:
            return self._machine.of_role(role)
        port = await self._leading_port()
        return self._machine.connected_from(Role.WORKER, port) if port else []

    async def _leading_port(self) -> int | None:
        try:
            url = self._machine.running().urls.database_url
            connection: Any = await asyncpg.connect(url, timeout=2, command_timeout=2)
            try:
                return await connection.fetchval(LEADS)
            finally:
                connection.terminate()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            return None

    async def _pause(self, step: Step, target: psutil.Process) -> None:
        fault = self._begin(step, target, signal.SIGSTOP)
        await asyncio.sleep(step.seconds)
        with suppress(psutil.NoSuchProcess):
            target.send_signal(signal.SIGCONT)
        fault.ended = time.monotonic()
        fault.remark = f"{step.seconds:.1f} s"

    async def _hang(self, step: Step, target: psutil.Process) -> None:
        fault = self._begin(step, target, signal.SIGSTOP)
        replaced = await until(lambda: not lives(target), SECONDS_TO_BE_REPLACED)
        fault.ended = time.monotonic()
        if not replaced:
            self.problems.append(f"{step.name} was not replaced")
            target.send_signal(signal.SIGCONT)

    async def _keep_away(self, step: Step) -> None:
        """Kill ClickHouse as soon as it is there, for as long as the step says."""
        fault = self._begin(step)
        deaths = 0
        while time.monotonic() - fault.began < step.seconds:
            for process in self._machine.of_role(Role.CLICKHOUSE):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
                    deaths += 1
            await asyncio.sleep(0.05)
        fault.ended = time.monotonic()
        fault.remark = f"{step.seconds:.0f} s, ended {deaths} times"
