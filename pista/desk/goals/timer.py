"""Sleeps until the next goal is near, or missed, and is woken by whatever has a sooner one."""

from collections.abc import Collection

from pista import logs, metrics
from pista.desk import announcing
from pista.desk.goals import queries
from pista.desk.waking import LONGEST_SECONDS, Watch
from pista.ids import TenantId
from pista.store.postgres import Postgres

AT_ONCE = 2_000
"""Clientes told of in one statement."""
AGAIN_SECONDS = 0.05
"""For what somebody moves in the very moment in which it is late."""
FRUITLESS = ("CLIENT_ACTIVITY", "CLIENT_IN_GESTION", "CLIENT_COMPLETED", "ASESOR_PRESENCE")
"""After these nothing is sooner than before."""

log = logs.get()


class GoalTimer:
    def __init__(self, database_url: str, pool: Postgres) -> None:
        self._postgres = pool
        self._watch = Watch("goals", database_url, pool, queries.companies, self._tell, FRUITLESS)

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._watch.run()

    async def _tell(self, _tenants: Collection[TenantId]) -> float:
        """Of all companies at once: it is one statement."""
        looked = AT_ONCE
        while looked >= AT_ONCE:
            async with self._postgres.transaction() as tx:
                looked, told = await queries.pass_by(tx, AT_ONCE)
                announcing.announce(tx, [one for _, one in told])
            for reason, _ in told:
                goal, _, step = reason.partition("_")
                metrics.DESK_GOALS.labels(goal, step).inc()
            if told:
                log.info("goals_passed", clientes=len(told))
        async with self._postgres.transaction() as tx:
            left = await queries.seconds_left(tx)
        return LONGEST_SECONDS if left is None else max(left, 0.0 if looked else AGAIN_SECONDS)
