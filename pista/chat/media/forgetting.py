"""Files that no message has any more are taken off the shelf.

Those in the data folder by a chore of the writer; those in buckets by jobs, which may wait for the
store, as nothing else of the writer may.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from pista import queue
from pista.chat.media import gone_queries, queries
from pista.chat.media.objects import Objects
from pista.chat.media.shelf import Shelf
from pista.queue import Again, Errand, Handlers, Trip
from pista.store.places import PlaceAway, PlaceError
from pista.store.postgres import Lead, Tx

LOOK_SECONDS = 5.0
UNUSED_AFTER = timedelta(days=2)
MOST = 200
AGAIN_AFTER = timedelta(hours=1)
"""By then nobody puts an object there any more who began before its row was deleted."""
JOB_LOST_AFTER = timedelta(days=1)
STORE_PAUSE = timedelta(minutes=5)


class ForgetObject(msgspec.Struct, frozen=True, kw_only=True, tag="chat.forget"):
    """The job that an object is whose row is gone."""

    bucket: str
    media_id: UUID


class FileForgetter:
    def __init__(self, data_dir: Path) -> None:
        self._shelf = Shelf(data_dir)
        self._looked_at = -LOOK_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._looked_at < LOOK_SECONDS:
            return
        self._looked_at = time.monotonic()
        await self.forget(lead, datetime.now(UTC))

    async def forget(self, lead: Lead, now: datetime) -> None:
        self._shelf.tidy()
        async with lead.transaction() as tx:
            await queries.forget_unused(tx, now - UNUSED_AFTER, MOST)
        async with lead.transaction() as tx:
            for one in await gone_queries.gone(tx, MOST):
                # In one order, since whoever keeps a file holds this too.
                await queries.lock_file(tx, one.tenant_id, one.sha256)
                if not await gone_queries.is_anybodys(tx, one.tenant_id, one.sha256):
                    self._shelf.forget(one.tenant_id, one.sha256)
                await gone_queries.settle_gone(tx, one.tenant_id, one.sha256)
        async with lead.transaction() as tx:
            due = await gone_queries.take_due(tx, now, now + JOB_LOST_AFTER, MOST)
            works = [
                (one.tenant_id, ForgetObject(bucket=one.bucket, media_id=one.media_id))
                for one in due
            ]
            if works:
                await queue.enqueue_many(tx, works, now=now)


class ObjectForgetter:
    """Deletes objects, however long the store is away."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    @property
    def handlers(self) -> Handlers:
        return {ForgetObject: Errand(self._set_out, self._do, self._note)}

    async def _set_out(self, tx: Tx, trip: Trip, work: ForgetObject) -> ForgetObject:
        return work

    async def _do(self, trip: Trip, work: ForgetObject) -> str | None:
        """Why it could not be."""
        try:
            await self._objects.delete(work.bucket, trip.job.tenant_id, work.media_id)
        except (PlaceAway, PlaceError) as error:
            return str(error)
        return None

    async def _note(
        self, tx: Tx, trip: Trip, work: ForgetObject, wrong: str | None
    ) -> Again | None:
        now = datetime.now(UTC)
        if wrong is not None:
            return Again(wrong, at=now + STORE_PAUSE, counts=False)
        tenant = trip.job.tenant_id
        await gone_queries.note_deleted(
            tx, tenant, work.bucket, work.media_id, now, now + AGAIN_AFTER
        )
        return None
