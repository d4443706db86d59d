"""A chore of the writer: files that no message has any more are taken off the shelf."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pista.chat.media import queries
from pista.chat.media.shelf import Shelf
from pista.store.postgres import Lead

LOOK_SECONDS = 5.0
UNUSED_AFTER = timedelta(days=2)
MOST = 200


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
            for one in await queries.gone(tx, MOST):
                # In one order, since whoever keeps a file holds this too.
                await queries.lock_file(tx, one.tenant_id, one.sha256)
                if not await queries.is_anybodys(tx, one.tenant_id, one.sha256):
                    self._shelf.forget(one.tenant_id, one.sha256)
                await queries.settle_gone(tx, one.tenant_id, one.sha256)
