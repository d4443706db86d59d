"""Brings whoever the shop heard of to its desk, with what became of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pista import desk
from pista.contacts.leads import Lead
from pista.demo.came import Came
from pista.demo.desk import past
from pista.demo.desk.past import Staff
from pista.demo.desk.setting import LEADS
from pista.desk import bringing
from pista.ids import TenantId
from pista.store.postgres import Postgres, Tx

LATELY, OPEN = timedelta(hours=1), timedelta(hours=30)


class Leading:
    """Telling of somebody again changes nothing.

    Whoever came lately is still to be worked on; while it `waits`, they do, since nobody is to be
    timed before the desk has its rules.
    """

    def __init__(
        self, postgres: Postgres, tenant: TenantId, staff: Staff, began: datetime, *, waits: bool
    ) -> None:
        self._postgres = postgres
        self._tenant = tenant
        self._staff = staff
        self._began = began
        self._waits = waits
        self._waiting: list[Lead] = []

    async def lead(self, came: Sequence[Came]) -> None:
        asked = [one for one in came if one.source in LEADS.sources]
        if not asked:
            return
        async with self._postgres.transaction() as tx:
            self._waiting += await self._bring(tx, asked)
            if not self._waits:
                await self._hear(tx)

    async def go_on(self) -> None:
        """The desk has its rules."""
        self._waits = False
        async with self._postgres.transaction() as tx:
            await self._hear(tx)

    async def _hear(self, tx: Tx) -> None:
        await desk.hear_lead(tx, self._tenant, self._waiting)
        self._waiting = []

    async def _bring(self, tx: Tx, asked: Sequence[Came]) -> list[Lead]:
        """Who is still to be worked on."""
        there = await desk.leads_of(tx, self._tenant, [one.contact_id for one in asked], [])
        known = {one.contact_id for one in there}
        fresh: list[Lead] = []
        for one in asked:
            if one.contact_id in known:
                continue
            known.add(one.contact_id)
            case = past.case(self._staff, one, lately=one.at > self._began - OPEN)
            if case.over_at < self._began - LATELY:
                await bringing.bring(tx, self._tenant, case.new, case.came_at, case.moves)
            else:
                fresh.append(Lead(one.contact_id, one.source, one.campaign))
        return fresh
