"""Gives out what waits as soon as it can be: woken by what happens on the desk, and not by a clock.

Any number of workers may run one: for each company one of them does it at a time.
"""

from collections.abc import Collection

from pista import metrics
from pista.desk.sharing import queries, service
from pista.desk.waking import LONGEST_SECONDS, Watch
from pista.ids import TenantId
from pista.store.postgres import Postgres

FRUITLESS = ("CLIENT_ACTIVITY", "CLIENT_IN_GESTION")
"""After these nobody has less to do, and nothing more waits."""


class Sharer:
    def __init__(self, database_url: str, pool: Postgres) -> None:
        self._postgres = pool
        self._watch = Watch("sharing", database_url, pool, queries.sharing, self._share, FRUITLESS)

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._watch.run()

    async def _share(self, tenants: Collection[TenantId]) -> float:
        for tenant in tenants:
            async with self._postgres.of(tenant).transaction() as tx:
                given = await service.share_out(tx, tenant)
            metrics.CLIENTES_SHARED.inc(given)
        return LONGEST_SECONDS
