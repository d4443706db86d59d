"""A socket that does not take what it is told is closed, and nobody waits for it."""

import asyncio
import time
from contextlib import suppress
from typing import Any
from uuid import UUID

from pista.accounts import Caller, Role, User
from pista.desk import Told
from pista.ids import TenantId, UserId
from pista.web import screens
from pista.web.screens import Screen, Screens

TENANT = TenantId(UUID(int=1))


def supervisor(send: Any) -> Screen:
    user = User(id=UserId(UUID(int=2)), email="g@flores.example", name="g", role=Role.GTR)
    return Screen(Caller(tenant_id=TENANT, role=Role.GTR, user=user), user, send)


async def note(_opened: object, _closed: object) -> None:
    return


def told(number: int) -> Told:
    return Told(TENANT, number, [], str(number))


async def test_who_takes_nothing_holds_up_nobody_and_is_cut_off():
    """
    The other one has each message at once; the slow one is asked to come again, and its task ended
    where it stands, as soon as it has taken nothing for some seconds.
    """
    never, taken, house = asyncio.Event(), list[str](), Screens(note)

    async def slow(_message: Any) -> None:
        await never.wait()

    async def quick(message: Any) -> None:
        taken.append(message["text"])

    async def serve(send: Any) -> Screen:
        screen = supervisor(send)
        house.open(screen)
        with suppress(asyncio.CancelledError):
            await screen.pass_on()
        house.close(screen)
        return screen

    serving = [asyncio.create_task(serve(send)) for send in (slow, quick)]
    await asyncio.sleep(0)
    many = screens.UNREAD + 10
    for number in range(1, many + 1):
        house.tell([told(number)])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    house.look_after(time.monotonic() + screens.SLOW_SECONDS + 1)
    cut = await serving[0]
    house.close_all()
    other = await serving[1]

    assert taken[:many] == [str(number) for number in range(1, many + 1)]
    assert (cut.cut, other.cut) == (True, False)


async def test_nothing_is_told_while_it_is_in_doubt_whether_they_may_hear_it():
    """
    It waits, in order, until that is known.
    """
    taken = list[str]()

    async def send(message: Any) -> None:
        taken.append(message["text"])

    screen, house = supervisor(send), Screens(note)
    house.open(screen)
    screen.doubt()
    house.tell([told(1)])
    house.tell([told(2)])
    await screen.pass_on()
    assert taken == []

    screen.doubted = False
    screen.leave()
    await screen.pass_on()

    assert taken == ["1", "2"]


async def test_a_server_that_says_when_it_is_done_is_asked_and_not_waited_for():
    """
    As Granian's sending does: what is under way is not overtaken, and who never takes it is cut
    off all the same.
    """
    sendings, begun, house = list[asyncio.Future[None]](), list[str](), Screens(note)

    def send(message: Any) -> asyncio.Future[None]:
        begun.append(message["text"])
        sendings.append(asyncio.get_running_loop().create_future())
        return sendings[-1]

    async def serve(screen: Screen) -> Screen:
        screen.opened = asyncio.current_task()
        house.open(screen)
        with suppress(asyncio.CancelledError):
            await screen.pass_on()
        return screen

    serving = asyncio.create_task(serve(supervisor(send)))
    await asyncio.sleep(0)
    house.tell([told(1)])
    sendings[0].set_result(None)
    house.tell([told(2)])
    at_once = list(begun)
    house.tell([told(3), told(4)])
    await asyncio.sleep(0)
    meanwhile = list(begun)
    for number in (1, 2):
        sendings[number].set_result(None)
        await asyncio.sleep(0.01)
    house.look_after(time.monotonic() + screens.SLOW_SECONDS + 1)
    cut = await serving

    assert at_once == meanwhile == ["1", "2"]
    assert begun[:4] == ["1", "2", "3", "4"]
    assert cut.cut
