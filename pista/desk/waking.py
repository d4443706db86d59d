"""Work that is done as soon as something happens on the desk of a company that has asked for it.

What happens wakes it, and what it found itself to be next; any number of workers may run one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection

import msgspec

from pista import logs, queue
from pista.desk.announcing import CHANNEL
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres, Tx

LONGEST_SECONDS = 15.0
"""Also if nothing wakes it: what wakes it may be missed, and clocks may be set."""
AWAY_SECONDS = 1.0
CHANGES = "DESK_SETTINGS"

log = logs.get()


class _Body(msgspec.Struct, frozen=True):
    type: str


class _Message(msgspec.Struct, frozen=True):
    body: _Body


class _Heard(msgspec.Struct, frozen=True, rename="camel"):
    tenant_id: TenantId
    messages: list[_Message] = []


_heard = msgspec.json.Decoder(_Heard)
Concerned = Callable[[Tx], Awaitable[set[TenantId]]]
"""Companies that have asked for it."""
Look = Callable[[Collection[TenantId]], Awaitable[float]]
"""Do it for these; the answer is in how many seconds there is more to do."""


class Watch:
    def __init__(
        self,
        name: str,
        database_url: str,
        pool: Postgres,
        concerned: Concerned,
        look: Look,
        fruitless: Collection[str] = (),
    ) -> None:
        self._name = name
        self._postgres = pool
        self._concerned_by = concerned
        self._do = look
        self._fruitless = set(fruitless)
        self._listener = queue.Listener(database_url, {CHANNEL: self._hear})
        self._woken = asyncio.Event()
        self._everywhere = True
        self._wanted: set[TenantId] = set()
        self._concerned: set[TenantId] = set()

    async def run(self) -> None:
        """Until it is cancelled."""
        self._listener.start()
        try:
            while True:
                await self._sleep(await self._look())
        finally:
            await self._listener.stop()

    async def _look(self) -> float:
        self._woken.clear()
        everywhere, wanted = self._everywhere, self._wanted
        self._everywhere, self._wanted = False, set()
        try:
            if everywhere:
                async with self._postgres.transaction() as tx:
                    self._concerned = await self._concerned_by(tx)
            return await self._do(sorted(self._concerned if everywhere else wanted))
        except postgres.AWAY as error:
            log.warning(f"{self._name}_away", error=str(error))
        except Exception:
            # What went wrong with one company's must not end the work for all.
            log.exception(f"{self._name}_failed")
        self._everywhere = True
        return AWAY_SECONDS

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(min(seconds, LONGEST_SECONDS)):
                await self._woken.wait()
        except TimeoutError:
            self._everywhere = True

    def _hear(self, payload: str) -> None:
        """After a connection anything may have been missed."""
        if not payload:
            self._everywhere = True
        else:
            heard = _heard.decode(payload)
            types = {one.body.type for one in heard.messages}
            if CHANGES in types:
                self._everywhere = True
            elif heard.tenant_id not in self._concerned or (types and types <= self._fruitless):
                return
            self._wanted.add(heard.tenant_id)
        self._woken.set()
