"""All processes of one machine: the order in which they start, and in which they stop."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from pista.errors import StartError
from pista.settings import Settings
from pista.store import runtime
from pista.store.embedded.process import dies_with_parent
from pista.store.runtime import Urls
from pista.supervisor import folder, health
from pista.supervisor.child import CRASH_LOOP, Child, Spec
from pista.supervisor.engines import Engines
from pista.supervisor.greeting import Prepared

T = TypeVar("T")

STOP_BY = {"web": 5.0, "worker": 7.0, "clickhouse": 8.2, "postgres": 9.2}
"""Seconds after SIGTERM by which each kind of process is gone, one kind after the other."""


class Programs(msgspec.Struct, frozen=True, kw_only=True):
    """The commands beside the engines."""

    prepare: tuple[str, ...] = (sys.executable, "-m", "pista.supervisor.preparation")
    web: tuple[str, ...] = (sys.executable, "-m", "pista.cli", "web")
    worker: tuple[str, ...] = (sys.executable, "-m", "pista.cli", "worker")


class House:
    def __init__(self, settings: Settings, engines: Engines, programs: Programs) -> None:
        self._settings = settings
        self._engines = engines
        self._programs = programs
        self._environment = _environment(engines.urls, settings)
        self._postgres = [Child(engines.postgres)] if engines.postgres else []
        self._clickhouse = [Child(engines.clickhouse)] if engines.clickhouse else []
        self._worker = [self._ours("worker", programs.worker)]
        self._web = [
            self._ours(f"web-{number}", programs.web) for number in range(settings.web_workers)
        ]

    async def start(self) -> Prepared:
        """Return once Pista answers at its address; a `StartError` says why it never will."""
        _start(self._postgres + self._clickhouse)
        prepared = await self._watched(self._prepare())
        if prepared.problem:
            raise StartError(prepared.problem)
        runtime.write(
            self._settings.data_dir, self._settings.url, self._engines.urls, datetime.now(UTC)
        )
        _start(self._worker + self._web)
        await self._watched(health.until_ready(self._settings))
        return prepared

    async def stop(self) -> None:
        """Doors first, so that what they took in is still stored and counted; all within 10 s."""
        began = asyncio.get_running_loop().time()
        for kind, children in self._order():
            await asyncio.gather(*(child.stop(began + STOP_BY[kind]) for child in children))

    async def abort(self) -> None:
        """End everything at once."""
        children = [child for _, kind in self._order() for child in kind]
        await asyncio.gather(*(child.abort() for child in children))

    def _order(self) -> list[tuple[str, list[Child]]]:
        return [
            ("web", self._web),
            ("worker", self._worker),
            ("clickhouse", self._clickhouse),
            ("postgres", self._postgres),
        ]

    def _ours(self, name: str, command: tuple[str, ...]) -> Child:
        return Child(Spec(name=name, command=command, options={"env": self._environment}))

    async def _prepare(self) -> Prepared:
        patience = [str(seconds) for seconds in self._engines.patience]
        process = await asyncio.create_subprocess_exec(
            *self._programs.prepare,
            *patience,
            stdout=PIPE,
            env=self._environment,
            preexec_fn=dies_with_parent(),
            start_new_session=True,
        )
        try:
            answer, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        return _decoded(answer)

    async def _watched(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a part of the start, unless a process it needs keeps dying."""
        task = asyncio.create_task(work)
        try:
            while not task.done():
                await asyncio.wait([task], timeout=0.1)
                self._check_alive()
            return task.result()
        finally:
            task.cancel()

    def _check_alive(self) -> None:
        for _, children in self._order():
            for child in children:
                if child.deaths >= CRASH_LOOP:
                    raise StartError(
                        f"{child.spec.name} keeps dying at the start: its log lines say why."
                    )


def _start(children: list[Child]) -> None:
    for child in children:
        child.start()


def _environment(urls: Urls, settings: Settings) -> dict[str, str]:
    environment = os.environ | {
        "DATABASE_URL": urls.database_url,
        "CLICKHOUSE_URL": urls.clickhouse_url,
        "PROMETHEUS_MULTIPROC_DIR": str(folder.metrics(settings.data_dir)),
    }
    if urls.clickhouse_readonly_url:
        environment["CLICKHOUSE_READONLY_URL"] = urls.clickhouse_readonly_url
    return environment


def _decoded(answer: bytes) -> Prepared:
    try:
        return msgspec.json.decode(answer, type=Prepared)
    except msgspec.DecodeError as error:
        raise StartError("Pista could not prepare its databases: the log says why.") from error
