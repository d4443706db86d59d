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

from pista.events.writer import LOCK
from tests.chaos.machine import LEADS, Machine, age
from tests.chaos.plan import Kind, Role, Step
from tests.processes import lives

SECONDS_TO_BE_THERE = 90
SECONDS_TO_BE_REPLACED = 90
SECONDS_TO_SHOW_LIFE = 10
AWAKE_AFTER = 1.0


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
        self._hangs: list[asyncio.Task[None]] = []
        self._hung: set[int] = set()
        """Left to the supervisor, which is to notice: nothing else happens to them."""
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
                await asyncio.gather(*self._hangs)
                # With it goes whatever is paused.
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
                self._hangs.append(self._lasts(self._hang(step, await self._target(step))))

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

    def _lasts(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._lasting.add(task)
        task.add_done_callback(self._lasting.discard)
        return task

    async def _target(self, step: Step) -> psutil.Process:
        """One of them; if none is there, one that comes, at some moment of its life."""
        end = time.monotonic() + SECONDS_TO_BE_THERE
        while not (found := await self._fit_for(step)):
            if time.monotonic() > end:
                raise RuntimeError(f"no {step.role} for {SECONDS_TO_BE_THERE} s")
            await asyncio.sleep(step.pick % 100 / 100)
        return found[step.pick % len(found)]

    async def _fit_for(self, step: Step) -> list[psutil.Process]:
        found = [one for one in await self._of_role(step.role) if one.pid not in self._hung]
        if step.kind is Kind.HANG:
            # Before its first sign of life a process is given minutes.
            found = [process for process in found if age(process) > SECONDS_TO_SHOW_LIFE]
        return found

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
                return await connection.fetchval(LEADS, LOCK)
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
        """Stop it for good; a worker that led may live on when another leads."""
        self._hung.add(target.pid)
        fault = self._begin(step, target, signal.SIGSTOP)
        until = fault.began + SECONDS_TO_BE_REPLACED
        while time.monotonic() < until:
            if await self._is_replaced(step.role, target):
                break
            await asyncio.sleep(0.1)
        self._hung.discard(target.pid)
        fault.ended = time.monotonic()
        fault.remark = f"replaced after {fault.ended - fault.began:.1f} s"
        if fault.ended > until:
            self.problems.append(f"{step.name} was not replaced")
        await asyncio.sleep(AWAKE_AFTER)
        with suppress(psutil.NoSuchProcess):
            target.send_signal(signal.SIGCONT)

    async def _is_replaced(self, role: Role, target: psutil.Process) -> bool:
        if not lives(target):
            return True
        leaders = await self._of_role(role) if role is Role.LEADER else []
        return bool(leaders) and target not in leaders

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
