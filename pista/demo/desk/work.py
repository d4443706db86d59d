"""What happens at the desk while the demo runs: leads come, and advisors work, pause and forget."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import httpx

from pista.accounts import Caller, Role, User
from pista.demo.desk import crm, script
from pista.demo.desk.past import Staff
from pista.desk.clientes import listing
from pista.desk.clientes import service as clientes
from pista.desk.clientes.listing import Filters
from pista.desk.clientes.model import GiveBack
from pista.desk.locks import service as locks
from pista.desk.locks.model import SayActive, TakeLock
from pista.desk.model import Cliente
from pista.desk.presence import service as presence
from pista.desk.presence.model import SetDeskPresence
from pista.desk.wizard import service as wizard
from pista.desk.wizard.model import CompleteWizard, OpenWizard
from pista.errors import PistaError
from pista.ids import TenantId, UserId
from pista.store import postgres as store
from pista.store.postgres import Postgres

LEAD_SECONDS = (12.0, 45.0)
STEP_SECONDS = (4.0, 12.0)
PAUSE_SHARE, BACK_SHARE, FORGET_SHARE, DONE_SHARE = 0.02, 0.02, 0.008, 0.18
PAUSES = ("Almuerzo", "Baño", "Capacitación")
AGAIN_SECONDS = 2.0


class Work:
    def __init__(
        self,
        client: httpx.AsyncClient,
        path: str,
        postgres: Postgres,
        tenant: TenantId,
        staff: Staff,
    ) -> None:
        """`path` is where the shop's CRM tells of people."""
        self._client = client
        self._crm = path
        self._postgres = postgres.of(tenant)
        self._tenant = tenant
        self._staff = staff
        self._dice = Random()  # noqa: S311 - who works how in a demo
        self._forgotten: set[int] = set()

    async def go_on(self) -> None:
        """For ever."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._leads())
            for asesor in self._staff.asesores:
                group.create_task(self._works(asesor))

    async def _leads(self) -> None:
        """The CRM tells of somebody; one of whom it could not is not told again."""
        while True:
            await asyncio.sleep(self._dice.uniform(*LEAD_SECONDS))
            with suppress(httpx.TransportError):
                await self._client.post(self._crm, json=crm.told(self._dice, datetime.now(UTC)))

    async def _works(self, asesor: UserId) -> None:
        caller = Caller(
            tenant_id=self._tenant,
            role=Role.ASESOR,
            user=User(id=asesor, email="", name="", role=Role.ASESOR),
        )
        pausing, reason = 0, None
        while True:
            if pausing == 0:
                pauses = self._dice.random() < PAUSE_SHARE
                pausing = self._dice.randint(4, 12) if pauses else 0
                reason = self._dice.choice(PAUSES) if pauses else None
            try:
                await self._step(caller, reason)
            except store.AWAY:
                await asyncio.sleep(AGAIN_SECONDS)
            except PistaError:
                # A supervisor, or the clock, was there first.
                await asyncio.sleep(0)
            pausing = max(pausing - 1, 0)
            await asyncio.sleep(self._dice.uniform(*STEP_SECONDS))

    async def _step(self, caller: Caller, reason: str | None) -> None:
        """With a reason they pause."""
        async with self._postgres.transaction() as tx:
            state = "available" if reason is None else "paused"
            await presence.say(tx, caller, SetDeskPresence(state=state, reason=reason))
            filters = Filters(estatus=("en_gestion", "derivado"))
            mine = await listing.listed(tx, caller, filters, before=None, limit=10)
        opened = [one for one in mine.items if one.seguimiento_status == "en_gestion"]
        given = [one for one in mine.items if one.seguimiento_status == "derivado"]
        for one in opened:
            await self._go_on_with(caller, one)
        if given and not opened and reason is None:
            await self._open(caller, given[0])

    async def _open(self, caller: Caller, cliente: Cliente) -> None:
        async with self._postgres.transaction() as tx:
            taken = await locks.take(tx, caller, cliente.id, TakeLock())
            asked = OpenWizard(lock_token=taken.lock_token)
            await wizard.open_wizard(tx, caller, cliente.id, asked)

    async def _go_on_with(self, caller: Caller, cliente: Cliente) -> None:
        """Mostly it is worked on; some are done, some given back, and some forgotten."""
        if cliente.id in self._forgotten:
            return
        fate = self._dice.random()
        async with self._postgres.transaction() as tx:
            if fate < DONE_SHARE:
                taken = await locks.take(tx, caller, cliente.id, TakeLock())
                [outcome] = self._dice.choices(script.OUTCOMES, weights=(5, 3, 2, 2))
                asked = CompleteWizard(lock_token=taken.lock_token, outcome=outcome)
                await wizard.complete_wizard(tx, caller, cliente.id, asked)
            elif fate < DONE_SHARE + BACK_SHARE:
                why = self._dice.choice(script.WHY_BACK)
                await clientes.give_back(tx, caller, cliente.id, GiveBack(why=why))
            elif fate < DONE_SHARE + BACK_SHARE + FORGET_SHARE:
                self._forgotten.add(cliente.id)
            else:
                await locks.say_active(tx, caller, cliente.id, SayActive())
