"""Who hears what of the desk, over the sockets of two web processes."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Union

import msgspec
import pytest

from pista import desk
from pista.accounts import Role
from pista.app import House
from pista.store.postgres import Postgres
from pista.web import screens
from tests.desk.conftest import Agent, Sit
from tests.desk.live.conftest import NOBODY, Open, Screen, Writer

PATIENCE = 120


@pytest.fixture(autouse=True)
async def in_time() -> AsyncGenerator[None]:
    async with asyncio.timeout(PATIENCE):
        yield


def described(message: dict[str, Any]) -> msgspec.Struct:
    return msgspec.convert(message, Union[desk.MESSAGES])  # noqa: UP007 - made of a tuple


def said(messages: list[dict[str, Any]]) -> list[tuple[str, Any, Any]]:
    return [(one["type"], one["asesorId"], one["previousAsesor"]) for one in messages]


async def test_everybody_hears_what_concerns_them_and_nothing_else(
    gtr: Agent, ana: Agent, luz: Agent, other: House, open_screen: Open
):
    """
    At whichever web process: supervisors all of it, an asesor what is given to them or taken from
    them; in the order in which it happened.
    """
    supervisor, hers = await open_screen(gtr, other), await open_screen(ana)
    elsewhere, luzs = await open_screen(ana, other), await open_screen(luz)

    one = (await gtr.enter())["id"]
    two = (await gtr.enter())["id"]
    await gtr.derive(one, ana)
    await gtr.derive(two, luz)
    await gtr.derive(one, luz)
    asked = {"tipo": "gtr", "estatus": "nuevo"}
    await gtr.ok("POST", f"/api/clientes/{one}/estatus", json=asked)

    a, b = str(ana.user), str(luz.user)
    back = "CLIENT_RETURNED_TO_GTR"
    heard = await supervisor.heard(back)
    assert said(heard) == [
        ("CLIENT_CREATED", None, None),
        ("CLIENT_CREATED", None, None),
        ("CLIENT_REASSIGNED", a, None),
        ("CLIENT_REASSIGNED", b, None),
        ("CLIENT_REASSIGNED", b, a),
        (back, None, b),
    ]
    assert [one["seq"] for one in heard] == sorted(one["seq"] for one in heard)
    assert await luzs.heard(back) == [heard[3], heard[4], heard[5]]
    for screen in (hers, elsewhere):
        assert [await screen.next_of_desk() for _ in range(2)] == [heard[2], heard[4]]
        assert screen.left() == []
    assert heard[5]["reason"] == "withdrawn"
    for message in heard:
        described(message)


async def test_what_is_told_is_what_is_described(
    gtr: Agent, ana: Agent, luz: Agent, open_screen: Open
):
    """
    Each message of a cliente's way, of the clocks and of presence has the fields that the
    description names, and no others.
    """
    supervisor, luzs = await open_screen(gtr), await open_screen(luz)
    one = (await gtr.enter())["id"]
    await gtr.derive(one, ana)
    lock = await ana.ok("POST", f"/api/clientes/{one}/lock", json={})
    given = {"asesorId": str(ana.user), "lockToken": lock["lockToken"]}
    await ana.ok("POST", f"/api/clientes/{one}/open-wizard", json=given)
    await ana.ok("POST", f"/api/clientes/{one}/activity", json={"lockToken": lock["lockToken"]})
    await ana.ok("PUT", "/api/desk/presence", json={"state": "paused", "reason": "lunch"})
    await ana.ok("POST", f"/api/clientes/{one}/complete-wizard", json=given)

    heard = await supervisor.heard("CLIENT_COMPLETED")

    kinds = {described(message).__struct_config__.tag for message in heard}
    assert kinds == {
        "CLIENT_CREATED",
        "CLIENT_REASSIGNED",
        "CLIENT_ACTIVITY",
        "CLIENT_LOCK",
        "CLIENT_IN_GESTION",
        "ASESOR_PRESENCE",
        "CLIENT_COMPLETED",
    }
    assert luzs.left() == []


async def test_who_has_it_in_hand_is_told_at_once(gtr: Agent, ana: Agent, open_screen: Open):
    """
    With the names of who has it and of who did that: supervisors, and the holder's other windows.
    """
    one = (await gtr.enter())["id"]
    await gtr.derive(one, ana)
    supervisor, hers = await open_screen(gtr), await open_screen(ana)
    path = f"/api/clientes/{one}"

    first = await ana.lock(one)
    await ana.ok("POST", f"{path}/lock", json={"lockToken": first})
    await ana.lock(one)
    await gtr.ok("POST", f"{path}/unlock", json={"breakLock": True})

    for screen in (supervisor, hers):
        heard = [(await screen.heard("CLIENT_LOCK"))[-1] for _ in range(3)]
        assert [(one["holder"], one["by"]["name"]) for one in heard] == [
            ({"id": str(ana.user), "name": "ana"}, "ana"),
            ({"id": str(ana.user), "name": "ana"}, "ana"),
            (None, "greta"),
        ]


async def test_other_companies_hear_nothing(
    gtr: Agent, postgres: Postgres, writer: Writer, open_screen: Open, sit: Sit
):
    """
    Not even if a message names their people.
    """
    screen = await open_screen(gtr)
    async with postgres.transaction() as tx:
        await tx.execute(
            "insert into tenants (id, name, created_at)"
            " values ('00000000-0000-7000-8000-000000000001', 'other', now())"
        )
        await tx.execute(
            "insert into desk_messages (tenant_id, audience, body)"
            " values ('00000000-0000-7000-8000-000000000001', $1, $2)",
            [gtr.user],
            {"type": "CLIENT_UPDATED", "clienteId": 1},
        )
    seq = await writer.write(2)

    assert (await screen.next_of_desk())["seq"] == seq


async def test_who_was_away_is_told_what_happened_meanwhile(
    gtr: Agent, ana: Agent, writer: Writer, other: House, open_screen: Open
):
    """
    In order, then what happens after; at another web process as well; an asesor only their own.
    """
    hers, theirs = await open_screen(ana), await open_screen(gtr)
    last = await writer.write(1, ana.user)
    assert (await hers.next_of_desk())["seq"] == last
    assert (await theirs.next_of_desk())["seq"] == last
    bystander = await open_screen(gtr, other)
    for number in (2, 3, 4):
        await writer.write(number, *([ana.user] if number != 3 else [NOBODY]))
    while (await bystander.next_of_desk())["clienteId"] != 4:
        pass

    hers, theirs = await open_screen(ana, other), await open_screen(gtr, other)
    for screen in (hers, theirs):
        await screen.say(type="desk_resume", after=last)
    again = [await screen.heard("desk_resumed") for screen in (hers, theirs)]
    await writer.write(5, ana.user)

    assert [[one.get("clienteId") for one in heard] for heard in again] == [
        [2, 4, None],
        [2, 3, 4, None],
    ]
    assert [heard[-1]["messages"] for heard in again] == [2, 3]
    for screen in (hers, theirs):
        assert (await screen.next_of_desk())["clienteId"] == 5


async def test_who_was_away_for_too_long_fetches_everything(
    gtr: Agent, postgres: Postgres, writer: Writer, open_screen: Open
):
    """
    The answer says up to where, so that the next gap is a short one.
    """
    screen = await open_screen(gtr)
    first = await writer.write(1)
    async with postgres.transaction() as tx:
        await tx.execute("update desk_messages set at = at - interval '1 hour'")
    last = await writer.write(2)
    while (await screen.next_of_desk())["clienteId"] != 2:
        pass

    await screen.say(type="desk_resume", after=first)
    await screen.say(type="nobody knows this")
    await screen.say(type="desk_resume", after=last)

    assert await screen.next_of_desk() == {"type": "desk_resync", "seq": last}
    assert await screen.next_of_desk() == {"type": "desk_resumed", "messages": 0}


async def test_very_much_at_once_is_told_in_one_message(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres, writer: Writer, open_screen: Open
):
    """
    Ten thousand that are due together must not bury the screens; whom none of it concerns hears
    nothing of it either.
    """
    theirs, hers, luzs = await open_screen(gtr), await open_screen(ana), await open_screen(luz)
    async with postgres.transaction() as tx:
        await tx.execute(
            "insert into desk_messages (tenant_id, audience, body)"
            " select $1, array[$2::uuid], jsonb_build_object('type', 'CLIENT_UPDATED')"
            " from generate_series(1, $3)",
            writer.tenant,
            ana.user,
            screens.MOST_AT_ONCE,
        )
        last = await writer.add(tx, 1, ana.user, luz.user)

    for screen in (theirs, hers):
        assert await screen.next_of_desk() == {"type": "desk_resync", "seq": last}
    assert (await luzs.next_of_desk())["clienteId"] == 1


async def test_who_may_see_less_begins_anew(
    gtr: Agent, sit: Sit, house: House, postgres: Postgres, writer: Writer
):
    """
    A supervisor who becomes an asesor is told to come again, before anything more.
    """
    boss = await sit("boss", Role.ADMIN)
    screen = Screen(house, gtr)
    await screen.next("hello")

    await boss.ok("PATCH", f"/api/users/{gtr.user}", json={"role": "asesor"})
    await writer.write(1)

    await screen.closed
    assert screen.left() == []
