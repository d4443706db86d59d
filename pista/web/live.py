"""The WebSocket of every open screen: news as it happens, of the screen's own tenant only."""

import asyncio
import time
from typing import Any

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from pista import accounts, desk
from pista.accounts import Caller
from pista.desk import Resume, Resumed, Resync
from pista.errors import PistaError
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres
from pista.web.screens import Screen, Screens

SIGN_IN_AGAIN = 4401
GOING_AWAY = 1012
RAW_SEND = "pista.send"
"""In a socket's scope: the server's own way to send, past whatever looks at answers."""
MOST_CHARACTERS = 1_000
"""Of what a screen says; more is nothing that it is to say."""
Socket = WebSocket[Any, Any, Any]


class Hello(
    msgspec.Struct, kw_only=True, tag="hello", tag_field="type", rename="camel", omit_defaults=True
):
    """The first frame."""

    tenant_id: TenantId
    seq: int | None = None
    """The last message of the desk that was told before: after a gap, resume from there."""


class Here(msgspec.Struct, kw_only=True, tag="here", tag_field="type"):
    """Somebody's screen is open: what it answers to a sign of life."""


_said = msgspec.json.Decoder(Resume | Here)


@websocket("/ws", opt=accounts.public())
async def live(socket: Socket) -> None:
    """News for the signed-in person's company, until either side closes."""
    await socket.accept()
    caller = await _let_in(socket)
    if caller is None or caller.user is None:
        return
    scope: Any = socket.scope
    screen = Screen(caller, caller.user, scope[RAW_SEND])
    pool = await accounts.postgres_of_caller(socket.app.state, caller)
    reader = asyncio.create_task(_listen(socket, screen, pool))
    ending: tuple[int, str] | None = None
    try:
        ending = await _tell(socket, screen)
    except WebSocketDisconnect:
        return
    except asyncio.CancelledError:
        if not screen.cut:
            raise
    finally:
        _screens(socket).close(screen)
        await _end(reader)
    if ending is not None:
        await socket.close(code=ending[0], reason=ending[1])


async def _end(reader: "asyncio.Task[None]") -> None:
    """Granian closes no socket while somebody still waits for what it says."""
    reader.cancel()
    await asyncio.gather(reader, return_exceptions=True)


async def _let_in(socket: Socket) -> Caller | None:
    try:
        caller = await _known(socket)
    except postgres.AWAY:
        await socket.close(code=GOING_AWAY, reason="connect again")
        return None
    if caller is None:
        await socket.close(code=SIGN_IN_AGAIN, reason="sign in again")
    return caller


async def _tell(socket: Socket, screen: Screen) -> tuple[int, str] | None:
    """Until it is to be closed, and with what; None: it is not there any more."""
    await _tail(socket).place()
    hello = Hello(tenant_id=screen.tenant, seq=_screens(socket).open(screen))
    await socket.send_text(msgspec.json.encode(hello))
    while not screen.gone:
        if screen.doubted and (code := await _reason_to_go(socket, screen)):
            return code, "sign in again" if code == SIGN_IN_AGAIN else "connect again"
        await screen.pass_on()
        if screen.leaving and not (screen.doubted or screen.gone):
            return GOING_AWAY, "connect again"
    return None


async def _reason_to_go(socket: Socket, screen: Screen) -> int | None:
    """Whoever signed out, or was shut out, must not go on hearing the company's news; and whoever
    may see more or less by now begins anew."""
    screen.doubted = False
    try:
        async with _screens(socket).turns:
            caller = await _known(socket)
    except postgres.AWAY:
        return None
    if caller is None:
        return SIGN_IN_AGAIN
    return None if caller.role == screen.role else GOING_AWAY


async def _known(socket: Socket) -> Caller | None:
    """A person who may listen."""
    try:
        caller = await accounts.identify(socket)
    except PistaError:
        return None
    may = caller is not None and caller.user is not None and not caller.needs_second_factor
    return caller if may else None


async def _listen(socket: Socket, screen: Screen, pool: Postgres) -> None:
    """What a screen says, until it goes."""
    try:
        while True:
            text = await socket.receive_data(mode="text")
            screen.heard_at = time.monotonic()
            try:
                said = _said.decode(text) if len(text) <= MOST_CHARACTERS else None
            except msgspec.DecodeError:
                # A newer screen, or nobody's.
                continue
            if isinstance(said, Resume):
                await _resume(socket, screen, pool, said.after)
    except (WebSocketDisconnect, RuntimeError):
        screen.go()


async def _resume(socket: Socket, screen: Screen, pool: Postgres, after: int) -> None:
    """Tell what it missed, and after that what happened meanwhile."""
    place = await _tail(socket).place()
    screen.hold()
    try:
        async with _screens(socket).turns, pool.transaction() as tx:
            missed = await desk.missed(tx, screen.tenant, screen.asesor, after=after, place=place)
    except postgres.AWAY:
        screen.leave()
        return
    if missed is None:
        screen.release([_frame(Resync(seq=_screens(socket).seq(screen.tenant)))])
    else:
        screen.release([*missed, _frame(Resumed(messages=len(missed)))])


def _frame(said: msgspec.Struct) -> str:
    return msgspec.json.encode(said).decode()


def _screens(socket: Socket) -> Screens:
    return socket.app.state.screens


def _tail(socket: Socket) -> desk.Tail:
    return socket.app.state.desk_tail
