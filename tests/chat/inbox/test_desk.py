"""What people do at once with one conversation: each of them hears what became of it."""

import asyncio
from typing import Any

from pista.accounts import Role
from tests.chat.inbox.conftest import Agent, Desk, Shop, said

TAKE = "/assignment"


async def take(agent: Agent, path: str, **given: Any) -> Any:
    body = {"userId": str(agent.user), "expected": None, **given}
    return await agent.put(f"{path}{TAKE}", json=body)


async def test_of_many_who_take_it_at_once_one_gets_it(desk: Desk, shop: Shop):
    """
    All others hear who has it; nobody is told that they have it and does not.
    """
    agents = [await desk(f"agent{number}") for number in range(6)]
    await shop.hear(*(said(person=number) for number in range(1, 6)))

    for number in range(1, 6):
        path = await shop.conversation(number)
        answers = await asyncio.gather(*(take(agent, path) for agent in agents))

        won = [one.json() for one in answers if one.status_code == 200]
        lost = [one.json() for one in answers if one.status_code == 409]
        assert (len(won), len(lost)) == (1, 5)
        holder = won[0]["assignedTo"]
        assert all(one["code"] == "assigned_meanwhile" for one in lost)
        assert all(one["holder"] == holder for one in lost)
        assert all(holder["name"] in one["detail"] for one in lost)
        owner = next(one for one in agents if str(one.user) == holder["id"])
        assert (await owner.ok("GET", path))["assignedTo"] == holder


async def test_who_may_give_a_conversation_to_whom(desk: Desk, shop: Shop):
    """
    An advisor takes what nobody has, hands over their own and gives it back; a supervisor any. Only
    to those who may still sign in.
    """
    gtr, ana, bea = await desk("g", Role.GTR), await desk("ana"), await desk("bea")
    await shop.hear(said())
    path = await shop.conversation()

    assert (await take(ana, path)).status_code == 200
    assert (await take(bea, path, expected=str(ana.user))).status_code == 409
    assert (await bea.put(f"{path}{TAKE}", json={"userId": None})).status_code == 409
    handed = await ana.put(f"{path}{TAKE}", json={"userId": str(bea.user)})
    assert handed.json()["assignedTo"]["name"] == "bea"
    assert (await ana.get(path)).status_code == 404
    back = await bea.put(f"{path}{TAKE}", json={"userId": None})
    assert back.json()["assignedTo"] is None
    assert (await gtr.put(f"{path}{TAKE}", json={"userId": str(ana.user)})).status_code == 200
    assert (await gtr.put(f"{path}{TAKE}", json={"userId": str(bea.user)})).status_code == 200

    async with shop.postgres.transaction() as tx:
        await tx.execute("update users set deactivated_at = now() where id = $1", ana.user)
    gone = await gtr.put(f"{path}{TAKE}", json={"userId": str(ana.user)})
    assert (gone.status_code, gone.json()["code"]) == (404, "user_not_found")


async def test_what_arrives_while_one_reads_stays_unread(desk: Desk, shop: Shop):
    """
    Whatever the order in which reading and arriving meet: in the end exactly what came after the
    message that was read is unread.
    """
    ana, bea = await desk("ana", Role.GTR), await desk("bea", Role.GTR)
    await shop.hear(said("0"))
    path = await shop.conversation()

    async def arrive(number: int) -> None:
        await shop.hear(said(str(number), minute=number / 100))

    async def read(agent: Agent) -> int:
        page = await agent.ok("GET", f"{path}/messages", params={"limit": 1})
        through = page["items"][-1]["seq"]
        await agent.ok("POST", f"{path}/read", json={"through": through})
        return through

    seen = 0
    for round_ in range(12):
        works = [arrive(round_ * 3 + number) for number in range(1, 4)]
        done = await asyncio.gather(read(ana), *works, read(bea), read(ana))
        seen = max(seen, *(one for one in done if one is not None))
        async with shop.postgres.transaction() as tx:
            after = await tx.value("select count(*) from messages where seq > $1", seen)
        assert (await ana.ok("GET", path))["unread"] == after


async def test_reading_less_makes_nothing_unread_again(desk: Desk, shop: Shop):
    """
    A screen that was asleep says what it saw long ago.
    """
    ana = await desk("ana", Role.GTR)
    await shop.hear(said("1"), said("2", minute=1))
    path = await shop.conversation()
    first, last = [one["seq"] for one in (await ana.ok("GET", f"{path}/messages"))["items"]]

    assert (await ana.ok("POST", f"{path}/read", json={"through": last}))["unread"] == 0
    assert (await ana.ok("POST", f"{path}/read", json={"through": first}))["unread"] == 0


async def test_a_closed_conversation_opens_when_the_person_writes(desk: Desk, shop: Shop):
    """
    Whoever closed it, and however often.
    """
    ana = await desk("ana", Role.GTR)
    await shop.hear(said())
    path = await shop.conversation()

    for _ in range(2):
        closed = await ana.ok("PUT", f"{path}/status", json={"status": "closed"})
        assert closed["status"] == "closed"
    assert (await ana.ok("GET", "/api/chat/unread"))["all"] == 0
    await shop.hear(said("¿Hola?", minute=5))

    assert (await ana.ok("GET", path))["status"] == "open"


async def test_of_drafts_the_later_one_stays(desk: Desk, shop: Shop):
    """
    In whatever order they arrive, also an empty one; each person has their own.
    """
    ana, bea = await desk("ana"), await desk("bea")
    await shop.hear(said())
    path = await shop.conversation()
    texts = {1: "H", 2: "Ho", 3: "Hol", 4: "Hola", 5: "", 6: "Buenas", 7: "Buenas tardes"}

    await asyncio.gather(
        *(
            ana.ok("PUT", f"{path}/draft", json={"text": text, "revision": number})
            for number, text in reversed(texts.items())
        )
    )

    assert await ana.ok("GET", f"{path}/draft") == {"text": "Buenas tardes", "revision": 7}
    assert (await ana.ok("GET", path))["draft"] == "Buenas tardes"
    assert (await bea.ok("GET", path))["draft"] is None
    late = await ana.ok("PUT", f"{path}/draft", json={"text": "Buen", "revision": 5})
    assert late == {"text": "Buenas tardes", "revision": 7}
    await ana.ok("PUT", f"{path}/draft", json={"text": "", "revision": 8})
    await ana.ok("PUT", f"{path}/draft", json={"text": "Hola", "revision": 4})
    assert (await ana.ok("GET", path))["draft"] is None


async def test_notes_are_among_the_messages_of_their_time(desk: Desk, shop: Shop):
    """
    For colleagues only; their authors delete them, and supervisors do.
    """
    gtr, ana, bea = await desk("g", Role.GTR), await desk("ana"), await desk("bea")
    await shop.hear(*(said(str(number), minute=number) for number in range(5)))
    path = await shop.conversation()

    note = await ana.ok("POST", f"{path}/notes", json={"text": "Paga el lunes"})

    page = await bea.ok("GET", f"{path}/messages", params={"limit": 2})
    older = await bea.ok("GET", f"{path}/messages", params={"before": page["next"]})
    assert [(one["text"], one["author"]["name"]) for one in page["notes"]] == [
        ("Paga el lunes", "ana")
    ]
    assert older["notes"] == []
    others = await bea.delete(f"{path}/notes/{note['id']}")
    assert (others.status_code, others.json()["code"]) == (404, "note_not_found")
    assert (await ana.delete(f"{path}/notes/{note['id']}")).status_code == 204
    second = await ana.ok("POST", f"{path}/notes", json={"text": "Otra"})
    assert (await gtr.delete(f"{path}/notes/{second['id']}")).status_code == 204
    assert (await bea.ok("GET", f"{path}/messages"))["notes"] == []


async def test_quick_replies_have_shortcuts_of_their_own(desk: Desk, shop: Shop):
    """
    Of two that are added at once with one shortcut one is; advisors use them, supervisors write
    them.
    """
    gtr, ana = await desk("g", Role.GTR), await desk("ana")
    path, new = "/api/chat/quick-replies", {"shortcut": "hola", "text": "Hola, {{name}}"}

    made = await asyncio.gather(*(gtr.post(path, json=new) for _ in range(4)))

    assert sorted(one.status_code for one in made) == [201, 409, 409, 409]
    assert (await ana.post(path, json=new)).status_code == 403
    reply = (await ana.ok("GET", path))["items"][0]
    other = await gtr.ok("POST", path, json={"shortcut": "precio", "text": "S/ 10"})
    taken = await gtr.patch(f"{path}/{other['id']}", json={"shortcut": "hola"})
    assert (taken.status_code, taken.json()["code"]) == (409, "shortcut_taken")
    changed = await gtr.ok("PATCH", f"{path}/{reply['id']}", json={"text": "Buenas, {{name}}"})
    assert (changed["shortcut"], changed["text"]) == ("hola", "Buenas, {{name}}")
    assert (await gtr.delete(f"{path}/{reply['id']}")).status_code == 204
    assert (await gtr.delete(f"{path}/{reply['id']}")).status_code == 404
    assert len((await ana.ok("GET", path))["items"]) == 1
