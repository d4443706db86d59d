"""News for every process and open screen, over LISTEN/NOTIFY.

An announcement may be missed, so nothing depends on it: who hears it only looks again sooner.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pista import logs
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Tx

NEWS = "pista_news"
CONFIG = "pista_config"
ACCESS = "pista_access"
"""Somebody was shut out, or may do less: whoever listens asks anew whether it may."""
# PostgreSQL refuses a longer payload.
MAX_PAYLOAD = 7_999
RECONNECT_SECONDS = 1.0
CHECK_SECONDS = 15.0

log = logs.get()


class _Addressed(msgspec.Struct, rename="camel"):
    tenant_id: TenantId


_addressed = msgspec.json.Decoder(_Addressed)


def tenant_of(payload: str) -> TenantId | None:
    """Whom an announcement is about; None after a connection, when it may be about anybody."""
    return _addressed.decode(payload).tenant_id if payload else None


async def announce(tx: Tx, news: msgspec.Struct) -> None:
    """Tell every listener, once the transaction is committed. Large Structs are told of by id."""
    payload = msgspec.json.encode(news).decode()
    if len(payload.encode()) > MAX_PAYLOAD:
        raise ValueError(f"{type(news).__name__} is too large to announce")
    tx.tell(NEWS, payload)


class Listener:
    """Hears the channels for as long as it runs, through restarts of PostgreSQL.

    After each (re)connection the handlers are called once with an empty payload, since something
    may have been missed.
    """

    def __init__(self, database_url: str, handlers: Mapping[str, Callable[[str], None]]) -> None:
        self._url = database_url
        self._handlers = handlers
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="announcements")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except Exception as error:
                # Whatever it was, screens must go on hearing: connect again.
                log.warning("announcements_interrupted", error=str(error))
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        connection: Any = await postgres.connect(self._url)
        lost = asyncio.Event()
        connection.add_termination_listener(_setting(lost))
        try:
            for channel in self._handlers:
                await connection.add_listener(channel, self._heard)
            for handler in self._handlers.values():
                handler("")
            while not await _within(CHECK_SECONDS, lost):
                # A connection that died silently is noticed by asking something.
                await connection.execute("select 1")
        finally:
            connection.terminate()

    def _heard(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        self._handlers[channel](str(payload))


def _setting(event: asyncio.Event) -> Callable[[object], None]:
    def heard(_connection: object) -> None:
        event.set()

    return heard


async def _within(seconds: float, event: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
