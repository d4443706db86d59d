"""Webhooks on their way in: those that come together are committed together, then answered.

While groups are being committed the next gathers, so there is no timer, and no wait when it is
quiet. Each is committed with the job that works it off.
"""

import asyncio
from collections import deque
from datetime import datetime
from uuid import UUID

import msgspec

from pista import logs
from pista.chat import mailbox_queries as queries
from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.errors import Unavailable
from pista.ids import TenantId
from pista.store.postgres import AWAY, Postgres

GROUP = 300
GROUP_BYTES = 8 * 2**20
WAITING_BYTES = 64 * 2**20
AT_ONCE = 2
"""Groups that are committed beside each other: one that the disk holds up holds up no other."""
COMMIT_SECONDS = 10

log = logs.get()


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook, as far as it concerns one company."""

    tenant_id: TenantId
    id: UUID
    platform: Platform
    channel_ids: list[ChannelId]
    """Those that its signature may speak for."""
    received_at: datetime
    request_id: str
    body: bytes


class WorkOff(msgspec.Struct, frozen=True, kw_only=True, tag="chat.webhook"):
    """The job that a webhook is: what it says is in its row, where it can be erased."""

    webhook_id: UUID


class _Waiting(msgspec.Struct, eq=False):
    letters: list[Letter]
    size: int
    committed: "asyncio.Future[None]"


class Mailbox:
    """One process's way in. Start it once, `put` from any number of tasks."""

    def __init__(self, pool: Postgres) -> None:
        self._pool = pool
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._run(), name=f"mailbox-{number}") for number in range(AT_ONCE)
        ]

    async def stop(self) -> None:
        """Commit what is waiting, then end."""
        self._stopping = True
        self._wake.set()
        await asyncio.gather(*self._tasks)

    async def put(self, letters: list[Letter]) -> None:
        """Return once they are committed; `Unavailable` if that cannot be said."""
        if self._stopping or self._waiting_bytes > WAITING_BYTES:
            raise Unavailable("The server is catching up; send it again.")
        size = sum(len(letter.body) + 200 for letter in letters)
        waiting = _Waiting(letters, size, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._waiting_bytes += size
        self._wake.set()
        await waiting.committed

    async def _run(self) -> None:
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            while group := self._gather():
                await self._settle(group)

    def _gather(self) -> list[_Waiting]:
        group: list[_Waiting] = []
        size = 0
        while self._waiting and len(group) < GROUP and size < GROUP_BYTES:
            waiting = self._waiting.popleft()
            size += waiting.size
            group.append(waiting)
        self._waiting_bytes -= size
        return group

    async def _settle(self, group: list[_Waiting]) -> None:
        error: Exception | None = None
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                await self._commit([letter for waiting in group for letter in waiting.letters])
        except AWAY as away:
            log.warning("mailbox_away", webhooks=len(group), error=str(away))
            error = Unavailable()
        except Exception as wrong:
            # Whatever it was, the loop lives on: nothing was promised, and everyone hears it.
            log.exception("mailbox_failed", webhooks=len(group))
            error = wrong
        for waiting in group:
            if waiting.committed.done():
                continue
            if error is None:
                waiting.committed.set_result(None)
            else:
                waiting.committed.set_exception(error)

    async def _commit(self, letters: list[Letter]) -> None:
        async with self._pool.statement() as tx:
            await queries.add(tx, letters, [WorkOff(webhook_id=one.id) for one in letters])
