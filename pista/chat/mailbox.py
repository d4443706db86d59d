"""Webhooks on their way in: those that come together are committed together, then answered.

Each is committed with the job that works it off.
"""

import asyncio
from datetime import datetime
from uuid import UUID

import msgspec

from pista import clicks
from pista.chat import mailbox_queries as queries
from pista.chat.heard import Platform
from pista.chat.model import ChannelId
from pista.clicks import Arrival
from pista.ids import TenantId
from pista.store.gathering import Gathering, Limits
from pista.store.postgres import Postgres

LIMITS = Limits(most=300, most_bytes=8 * 2**20, waiting_bytes=64 * 2**20, at_once=2, seconds=10.0)


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
    starts: list[Arrival] = []
    """By which clicks somebody came: tied with it, so that nothing can come in between."""


class WorkOff(msgspec.Struct, frozen=True, kw_only=True, tag="chat.webhook"):
    """The job that a webhook is: what it says is in its row, where it can be erased."""

    webhook_id: UUID


class Mailbox:
    """One process's way in. Start it once, `put` from any number of tasks."""

    def __init__(self, pool: Postgres) -> None:
        self._pool = pool
        self._gathering = Gathering("mailbox", LIMITS, self._commit)

    def start(self) -> None:
        self._gathering.start()

    async def stop(self) -> None:
        """Commit what is waiting, then end."""
        await self._gathering.stop()

    async def put(self, letters: list[Letter]) -> None:
        """Return once they are committed; `Unavailable` if that cannot be said."""
        size = sum(len(letter.body) + 200 for letter in letters)
        # Committed also where the platform does not wait for the answer any more.
        await asyncio.shield(self._gathering.put(letters, size))

    async def _commit(self, group: list[list[Letter]]) -> None:
        letters = [letter for own in group for letter in own]
        works = [WorkOff(webhook_id=one.id) for one in letters]
        starts = [(one.tenant_id, start) for one in letters for start in one.starts]
        if not starts:
            async with self._pool.statement() as tx:
                await queries.add(tx, letters, works)
            return
        async with self._pool.transaction() as tx:
            await queries.add(tx, letters, works)
            await clicks.arrive_many(tx, starts)
