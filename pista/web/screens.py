"""The open sockets of this process, and what each of them is still to be told."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from itertools import count, groupby
from typing import Any

import msgspec

from pista import desk, queue
from pista.accounts import Caller, User
from pista.desk import Resync, Told
from pista.ids import TenantId, UserId
from pista.store import postgres

UNREAD = 2_000
"""Frames that a socket may be behind; then it is closed, and comes back to what it missed."""
MOST_AT_ONCE = 500
"""Messages of the desk that are told one by one; of more it is told that there are many."""
KEEP_ALIVE_SECONDS = 10.0
ASESOR_SECONDS = 5.0
"""The same for an asesor, as others wait for them to be there."""
CHECK_SECONDS = 50.0
SLOW_SECONDS = 10.0
"""For one frame; whoever does not take it by then is cut off."""
NOTE_SECONDS = 1.0
MISSED = 2
"""Signs of life that a screen may leave without an answer; then it counts as closed."""
AT_ONCE = 3
"""Sockets that ask the database something at the same time."""
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Whom = tuple[TenantId, UserId]
Note = Callable[[Collection[Whom], Collection[Whom]], Awaitable[None]]
"""Told whose screens are open, and whose were until now."""
GOLDEN = 0.618
_numbers = count()


class StillHere(msgspec.Struct, tag="still_here", tag_field="type"):
    """A sign of life, every ten seconds; to asesores every five."""


def as_sent(frame: str) -> Message:
    """Made once for however many sockets."""
    return {"type": "websocket.send", "text": frame}


STILL_HERE = as_sent(msgspec.json.encode(StillHere()).decode())


class Screen:
    """One open socket. Frames wait here until it takes them."""

    def __init__(self, caller: Caller, user: User, send: Send) -> None:
        now = time.monotonic()
        self.tenant = caller.tenant_id
        self.user = user.id
        self.role = caller.role
        self.asesor = None if desk.sees_all(caller) else user.id
        """Whose messages it hears; None: all of the company."""
        self.every = KEEP_ALIVE_SECONDS if self.asesor is None else ASESOR_SECONDS
        self.opened = asyncio.current_task()
        self.heard_at = now
        # Those that came at once are not looked at all at once.
        turn = next(_numbers) * GOLDEN % 1
        self.told_at = now - turn * self.every
        self.checked_at = now - turn * CHECK_SECONDS
        self.doubted = self.leaving = self.gone = self.cut = False
        self._send = send
        self._sending: Awaitable[None] | None = None
        self._sending_since = now
        self._frames: deque[Message] = deque()
        self._held: list[Message] | None = None
        self._idle = False
        self._woken = asyncio.Event()

    def put(self, frame: Message) -> None:
        """Hand it over at once if nothing is under way: the server begins to send when it is
        called, and all sockets have it before the first is waited for. Nor is its task woken for
        that, which would take longer than sending does."""
        if self._idle and not (self.doubted or self.leaving or self._is_sending()):
            self._begin(frame)
            if not hasattr(self._sending, "done"):
                self._wake()
        elif len(self._frames) >= UNREAD:
            self._frames.clear()
            self.leave()
        elif not self.leaving:
            self._frames.append(frame)
            if self._idle:
                self._wake()

    def put_of_desk(self, frame: Message) -> None:
        """After what was missed, if that is being looked up."""
        if self._held is None:
            self.put(frame)
        else:
            self._held.append(frame)

    def hold(self) -> None:
        self._held = []

    def release(self, before: Iterable[str]) -> None:
        held, self._held = self._held or [], None
        for frame in [*map(as_sent, before), *held]:
            self.put(frame)

    def doubt(self) -> None:
        """Somebody was shut out: before it is told more, it is asked whether it may stay."""
        self.doubted = True
        self._woken.set()

    def leave(self) -> None:
        """It is asked to come again, once it has taken what it was given."""
        self.leaving = True
        self._woken.set()

    def go(self) -> None:
        """It is not there any more."""
        self.gone = True
        self._woken.set()

    async def pass_on(self) -> None:
        """Send what there is, until there is something else to do."""
        while True:
            if self._sending is not None:
                await self._sending
                self._sending = None
            elif self.doubted or self.gone:
                return
            elif self._frames:
                self._begin(self._frames.popleft())
            elif self.leaving:
                return
            else:
                self._woken.clear()
                self._idle = True
                await self._woken.wait()
                self._idle = False

    def _begin(self, frame: Message) -> None:
        self._sending_since = time.monotonic()
        self._sending = self._send(frame)

    def _is_sending(self) -> bool:
        """What the server gives to wait for may say itself that it is done."""
        sending: Any = self._sending
        return sending is not None and not (hasattr(sending, "done") and sending.done())

    def _wake(self) -> None:
        self._idle = False
        self._woken.set()

    def _cut_off(self) -> None:
        """End it, though it takes nothing."""
        self.cut = True
        if self.opened is not None:
            self.opened.cancel()

    def look_after(self, now: float) -> None:
        if now - self._sending_since > SLOW_SECONDS and self._is_sending():
            self._cut_off()
            return
        if now - self.told_at > self.every:
            self.told_at = now
            self.put(STILL_HERE)
        if now - self.checked_at > CHECK_SECONDS:
            self.checked_at = now
            self.doubt()


class _Company:
    """The screens of one tenant; those of supervisors hear everything."""

    def __init__(self) -> None:
        self.all: set[Screen] = set()
        self.supervising: set[Screen] = set()
        self.own: dict[UserId, set[Screen]] = {}
        self.seq: int | None = None

    def add(self, screen: Screen) -> None:
        self.all.add(screen)
        self._group(screen).add(screen)

    def remove(self, screen: Screen) -> None:
        self.all.discard(screen)
        self._group(screen).discard(screen)
        if screen.asesor and not self.own[screen.asesor]:
            del self.own[screen.asesor]

    def _group(self, screen: Screen) -> set[Screen]:
        if screen.asesor is None:
            return self.supervising
        return self.own.setdefault(screen.asesor, set())


class Screens:
    """By tenant. A slow one is closed, never waited for."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self.turns = asyncio.Semaphore(AT_ONCE)
        self._companies: dict[TenantId, _Company] = {}
        self._present: set[Whom] = set()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        looking, noting = self._look_after(), self._note_present()
        self._tasks = [
            asyncio.create_task(looking, name="screens"),
            asyncio.create_task(noting, name="present"),
        ]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def open(self, screen: Screen) -> int | None:
        """Tell it news from here on; the answer is the last message of the desk before."""
        company = self._companies.setdefault(screen.tenant, _Company())
        company.add(screen)
        return company.seq

    def close(self, screen: Screen) -> None:
        if company := self._companies.get(screen.tenant):
            company.remove(screen)

    def seq(self, tenant: TenantId) -> int | None:
        """The last message of the desk that was told."""
        company = self._companies.get(tenant)
        return company.seq if company else None

    def heard(self, payload: str) -> None:
        """Pass an announcement on to the screens of its tenant."""
        tenant = queue.tenant_of(payload)
        if tenant is None:
            return
        if company := self._companies.get(tenant):
            frame = as_sent(payload)
            for screen in company.all:
                screen.put(frame)

    def tell(self, told: Sequence[Told]) -> None:
        """Messages of the desk go to those whom they concern."""
        for tenant, own in groupby(told, key=lambda one: one.tenant_id):
            company = self._companies.get(tenant)
            if company is not None:
                _tell(company, list(own))

    def doubt(self, tenant: TenantId | None) -> None:
        """Somebody of this tenant was shut out: every screen of it asks whether it may stay."""
        for one in [tenant] if tenant else list(self._companies):
            if company := self._companies.get(one):
                for screen in company.all:
                    screen.doubt()

    def close_all(self) -> None:
        for company in self._companies.values():
            for screen in company.all:
                screen.leave()

    def present(self) -> set[Whom]:
        """Whose screens have shown lately that they are there."""
        now = time.monotonic()
        return {
            (screen.tenant, screen.user)
            for company in self._companies.values()
            for screen in company.all
            if now - screen.heard_at < screen.every * MISSED
        }

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.look_after(time.monotonic())

    def look_after(self, now: float) -> None:
        """Signs of life, looks at who may stay, and an end to those who take nothing."""
        for company in self._companies.values():
            for screen in list(company.all):
                screen.look_after(now)

    async def _note_present(self) -> None:
        while True:
            await asyncio.sleep(NOTE_SECONDS)
            present = self.present()
            closed = self._present - present
            if not present and not closed:
                continue
            # What cannot be noted now is noted the next time.
            with suppress(*postgres.AWAY):
                await self._note(present, closed)
                self._present = present


def _tell(company: _Company, messages: list[Told]) -> None:
    seqs = [one.seq for one in messages if one.seq is not None]
    company.seq = max([company.seq or 0, *seqs]) or None
    own: dict[UserId, list[Told]] = {}
    for one in messages:
        for user in one.audience:
            own.setdefault(user, []).append(one)
    _put(company.supervising, messages, company.seq)
    for user, theirs in own.items():
        _put(company.own.get(user, ()), theirs, company.seq)


def _put(screens: Iterable[Screen], messages: Sequence[Told], seq: int | None) -> None:
    frames = [as_sent(one.frame) for one in messages]
    if len(frames) > MOST_AT_ONCE:
        frames = [as_sent(msgspec.json.encode(Resync(seq=seq)).decode())]
    for frame in frames:
        for screen in screens:
            screen.put_of_desk(frame)
