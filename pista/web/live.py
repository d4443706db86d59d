"""The WebSocket of every open screen: news as it happens, of the screen's own tenant only."""

import asyncio
import time
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from pista import accounts, logs, queue
from pista.errors import PistaError
from pista.ids import TenantId
from pista.store import postgres

SIGN_IN_AGAIN = 4401
GOING_AWAY = 1012
UNREAD = 100
KEEP_ALIVE_SECONDS = 25.0
CHECK_SECONDS = 50.0
LOOK_AGAIN = ""
"""In a queue: whether this screen may stay has to be asked anew."""
STILL_HERE = '{"type":"still_here"}'

log = logs.get()


class Hello(msgspec.Struct, tag="hello", tag_field="type", rename="camel"):
    """The first frame."""

    tenant_id: TenantId


class Screens:
    """The open sockets of this process, by tenant. A slow one is closed, never waited for."""

    def __init__(self) -> None:
        self._queues: dict[TenantId, set[asyncio.Queue[str | None]]] = {}

    def open(self, tenant: TenantId) -> "asyncio.Queue[str | None]":
        """A queue of this tenant's news; None in it means: close."""
        news: asyncio.Queue[str | None] = asyncio.Queue(UNREAD)
        self._queues.setdefault(tenant, set()).add(news)
        return news

    def close(self, tenant: TenantId, news: "asyncio.Queue[str | None]") -> None:
        self._queues.get(tenant, set()).discard(news)

    def heard(self, payload: str) -> None:
        """Pass an announcement on to the screens that it concerns."""
        tenant = queue.tenant_of(payload)
        if tenant is None:
            return
        for news in list(self._queues.get(tenant, ())):
            self._put(tenant, news, payload)

    def doubt(self, tenant: TenantId | None) -> None:
        """Somebody of this tenant was shut out: every screen of it asks whether it may stay."""
        for one in [tenant] if tenant else list(self._queues):
            for news in list(self._queues.get(one, ())):
                self._put(one, news, LOOK_AGAIN)

    def close_all(self) -> None:
        for tenant, queues in self._queues.items():
            for news in list(queues):
                self._put(tenant, news, None)

    def _put(
        self, tenant: TenantId, news: "asyncio.Queue[str | None]", payload: str | None
    ) -> None:
        try:
            news.put_nowait(payload)
        except asyncio.QueueFull:
            self.close(tenant, news)
            news.get_nowait()
            news.put_nowait(None)


@websocket("/ws", opt=accounts.public())
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    """News for the signed-in person's company, until either side closes."""
    await socket.accept()
    try:
        caller = await accounts.identify(socket)
    except PistaError:
        caller = None
    if caller is None or caller.user is None or caller.needs_second_factor:
        await socket.close(code=SIGN_IN_AGAIN, reason="sign in again")
        return
    screens: Screens = socket.app.state.screens
    news = screens.open(caller.tenant_id)
    reader = asyncio.create_task(_until_closed(socket))
    try:
        hello = msgspec.json.encode(Hello(tenant_id=caller.tenant_id)).decode()
        await socket.send_text(hello)
        await _pass_on(socket, news, reader)
    except WebSocketDisconnect:
        return
    finally:
        screens.close(caller.tenant_id, news)
        reader.cancel()


async def _pass_on(
    socket: WebSocket[Any, Any, Any],
    news: "asyncio.Queue[str | None]",
    reader: "asyncio.Task[None]",
) -> None:
    checked_at = time.monotonic()
    while not reader.done():
        payload = await _next(news, reader)
        if payload == LOOK_AGAIN or time.monotonic() - checked_at > CHECK_SECONDS:
            if not await _still_signed_in(socket):
                await socket.close(code=SIGN_IN_AGAIN, reason="sign in again")
                return
            checked_at = time.monotonic()
        if payload is None:
            await socket.close(code=GOING_AWAY, reason="connect again")
            return
        if payload and not reader.done():
            await socket.send_text(payload)


async def _next(news: "asyncio.Queue[str | None]", reader: "asyncio.Task[None]") -> str | None:
    """The next news, or a sign of life if there is none for a while; None means: close."""
    waiting = asyncio.ensure_future(news.get())
    await asyncio.wait(
        {waiting, reader}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
    )
    if waiting.done():
        return waiting.result()
    waiting.cancel()
    return STILL_HERE


async def _still_signed_in(socket: WebSocket[Any, Any, Any]) -> bool:
    """Whoever signed out, or was shut out, must not go on hearing the company's news."""
    try:
        caller = await accounts.identify(socket)
    except postgres.AWAY:
        return True
    except PistaError:
        return False
    return caller is not None and caller.user is not None and not caller.needs_second_factor


async def _until_closed(socket: WebSocket[Any, Any, Any]) -> None:
    """Screens say nothing here; reading is how their going is noticed."""
    try:
        while True:
            await socket.receive_data(mode="text")
    except (WebSocketDisconnect, RuntimeError):
        return
