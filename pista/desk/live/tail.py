"""Reads what is written for open screens, once for all sockets of this process.

A notification only wakes it: what it tells is what it finds in the table, from where it was. So
nothing is missed by a lost notification, a cut connection or a restart of PostgreSQL.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from pista import logs
from pista.desk.announcing import CHANNEL, Passed
from pista.desk.live import queries
from pista.desk.live.model import Told, frame_of
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Tx

LOOK_SECONDS = 5.0
"""Also if nothing wakes it."""
RETRY_SECONDS = 0.5
LOST_SECONDS = 10.0
"""A look that takes longer is over: its connection is dead."""
AWAY_SECONDS = 5.0
"""After so long without the database no socket may pretend any more to hear what happens."""

log = logs.get()


class _Heard(msgspec.Struct, frozen=True, rename="camel"):
    tenant_id: TenantId
    messages: list[Passed] = []


_heard = msgspec.json.Decoder(_Heard)


class Tail:
    def __init__(
        self,
        database_url: str,
        tell: Callable[[Sequence[Told]], None],
        away: Callable[[], None],
    ) -> None:
        self._url = database_url
        self._tell = tell
        self._away = away
        self._place: str | None = None
        self._placed = asyncio.Event()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="desk")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def place(self) -> str:
        """Up to where everything has been told. Whoever listens before there is such a place
        might miss something."""
        await self._placed.wait()
        assert self._place is not None
        return self._place

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            hanging_up = loop.call_later(AWAY_SECONDS, self._away)
            try:
                await self._follow(hanging_up)
            except postgres.AWAY as error:
                log.warning("desk_interrupted", error=str(error))
            except Exception:
                # A mistake must not end the news of all days to come.
                log.exception("desk_failed")
            finally:
                hanging_up.cancel()
            await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self, hanging_up: asyncio.TimerHandle) -> None:
        connection: Any = await postgres.connect(self._url)
        lost = asyncio.Event()

        def end(_connection: object) -> None:
            lost.set()
            self._wake.set()

        connection.add_termination_listener(end)
        try:
            await connection.add_listener(CHANNEL, self._hear)
            tx = Tx(connection)
            while not lost.is_set():
                self._wake.clear()
                await self._look(tx)
                hanging_up.cancel()
                await self._sleep()
        finally:
            connection.terminate()

    async def _look(self, tx: Tx) -> None:
        if self._place is None:
            self._place = await queries.place(tx)
            self._placed.set()
            return
        async with asyncio.timeout(LOST_SECONDS):
            rows = await queries.after(tx, self._place)
        if _end(rows[0].place) < _end(self._place):
            # Another server took over before it had all of it: nobody knows what was told of it.
            log.warning("desk_set_back")
            self._away()
        self._place = rows[0].place
        told = [
            Told(row.tenant_id, row.seq, row.audience, frame_of(row.seq, row.body))
            for row in rows
            if row.tenant_id and row.seq and row.body and row.audience is not None
        ]
        if told:
            self._tell(told)

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        heard = _heard.decode(str(payload))
        of_the_moment = [one for one in heard.messages if one.seq is None]
        if of_the_moment:
            self._tell(
                [
                    Told(heard.tenant_id, None, one.audience, bytes(one.body).decode())
                    for one in of_the_moment
                ]
            )
        if len(of_the_moment) < len(heard.messages) or not heard.messages:
            self._wake.set()


def _end(place: str) -> int:
    """The transaction that comes next; `xmin:xmax:those,under,way`."""
    return int(place.split(":")[1])
