"""Looks on from outside: when statistics were answered, and when they were up to date."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import httpx
import msgspec

from tests.chaos.faults import Fault
from tests.chaos.plan import Kind

EVERY_SECONDS = 0.25
TIMEOUT = 2.0
A_MOMENT = 0.05
SEVERAL = "several at once"


class Gap(msgspec.Struct, frozen=True):
    began: float
    seconds: float
    fault: str


class Watch:
    """Asks as a person's screen would, on a new connection each time."""

    def __init__(self, url: str, path: str, key: str) -> None:
        self._url = url
        self._path = path
        self._headers = {"Authorization": f"Bearer {key}"}
        self._flushes = -1
        self.statistics: list[float] = []
        """When statistics were answered."""
        self.fresh: list[float] = []
        """When events reached the statistics, or none was waiting."""
        self.waiting = 0

    async def run(self) -> None:
        await asyncio.gather(self._ask_often(self._see_statistics), self._ask_often(self._see_flow))

    async def _ask_often(self, ask: Any) -> None:
        while True:
            await ask()
            await asyncio.sleep(EVERY_SECONDS)

    async def _see_statistics(self) -> None:
        if await self.get(self._path) is not None:
            self.statistics.append(time.monotonic())

    async def _see_flow(self) -> None:
        found = await self.get("/tracking-v2/health")
        if found is None or found["buffer"] is None:
            return
        buffer = found["buffer"]
        self.waiting = buffer["currentSize"]
        if buffer["flushCount"] != self._flushes or self.waiting == 0:
            self._flushes = buffer["flushCount"]
            self.fresh.append(time.monotonic())

    async def get(self, path: str) -> Any:
        """The answer, or None if there is none now."""
        try:
            # Without the certificates, which take longer to read than the answer.
            async with httpx.AsyncClient(timeout=TIMEOUT, verify=False) as client:
                answer = await client.get(self._url + path, headers=self._headers)
        except httpx.TransportError:
            return None
        return answer.json() if answer.status_code == 200 else None


def gaps(moments: Iterable[float], faults: Sequence[Fault], end: float) -> list[Gap]:
    """The times between two moments, each with the fault that it goes back to; longest first."""
    ordered = sorted(moment for moment in moments if moment <= end)
    found = [Gap(a, b - a, _cause(faults, a, b)) for a, b in pairwise([*ordered, end])]
    return sorted(found, key=lambda gap: gap.seconds, reverse=True)


def _cause(faults: Sequence[Fault], began: float, ended: float) -> str:
    """What was there at its beginning or in it; if nothing was, the last thing before."""
    inside = [fault for fault in faults if _overlaps(fault, began - A_MOMENT, ended)]
    away = {fault.name for fault in inside if fault.kind is Kind.AWAY}
    names = away or {fault.name for fault in inside}
    if len(names) > 1:
        return SEVERAL
    before = [fault.name for fault in faults if fault.began <= ended]
    return names.pop() if names else before[-1] if before else "no fault"


def _overlaps(fault: Fault, began: float, ended: float) -> bool:
    return fault.began <= ended and max(fault.began, fault.ended) >= began
