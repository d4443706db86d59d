"""Gives out what waits as soon as it can be: woken by what happens on the desk, and not by a clock.

Any number of workers may run one: for each company one of them does it at a time.
"""

import asyncio

import msgspec

from pista import logs, metrics, queue
from pista.desk.announcing import CHANNEL
from pista.desk.sharing import queries, service
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres

LONGEST_SECONDS = 15.0
"""Also if nothing wakes it: what wakes it may be missed."""
AWAY_SECONDS = 1.0
CHANGES = "DESK_SETTINGS"
FRUITLESS = {"CLIENT_ACTIVITY", "CLIENT_IN_GESTION"}
"""After these nobody has less to do, and nothing more waits."""

log = logs.get()


class _Body(msgspec.Struct, frozen=True):
    type: str


class _Message(msgspec.Struct, frozen=True):
    body: _Body


class _Heard(msgspec.Struct, frozen=True, rename="camel"):
    tenant_id: TenantId
    messages: list[_Message] = []


_heard = msgspec.json.Decoder(_Heard)


class Sharer:
    def __init__(self, database_url: str, pool: Postgres) -> None:
        self._postgres = pool
        self._listener = queue.Listener(database_url, {CHANNEL: self._hear})
        self._woken = asyncio.Event()
        self._all = True
        self._wanted: set[TenantId] = set()
        self._sharing: set[TenantId] = set()

    async def run(self) -> None:
        """Until it is cancelled."""
        self._listener.start()
        try:
            while True:
                await self._sleep(await self._look())
        finally:
            await self._listener.stop()

    async def _look(self) -> float:
        """The answer is how long to sleep."""
        self._woken.clear()
        everywhere, wanted = self._all, self._wanted
        self._all, self._wanted = False, set()
        try:
            if everywhere:
                async with self._postgres.transaction() as tx:
                    self._sharing = await queries.sharing(tx)
            for tenant in sorted(self._sharing if everywhere else self._sharing & wanted):
                await self._share(tenant)
        except postgres.AWAY as error:
            log.warning("sharing_away", error=str(error))
            self._all = True
            return AWAY_SECONDS
        except Exception:
            # What went wrong with one company's must not end the work for all.
            log.exception("sharing_failed")
            return AWAY_SECONDS
        return LONGEST_SECONDS

    async def _share(self, tenant: TenantId) -> None:
        async with self._postgres.of(tenant).transaction() as tx:
            given = await service.share_out(tx, tenant)
        metrics.CLIENTES_SHARED.inc(given)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            self._all = True

    def _hear(self, payload: str) -> None:
        """After a connection anything may have been missed."""
        if not payload:
            self._all = True
        else:
            heard = _heard.decode(payload)
            types = {one.body.type for one in heard.messages}
            if CHANGES in types:
                self._all = True
            elif heard.tenant_id not in self._sharing or (types and types <= FRUITLESS):
                return
            self._wanted.add(heard.tenant_id)
        self._woken.set()
