"""What open screens hear: nothing is missing after a cut, and two see each other."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from pista.accounts import Role
from pista.app import House
from pista.chat import announcing
from pista.chat.model import ConversationId
from tests.chat.inbox.conftest import CONVERSATIONS, NOW, Agent, Desk, Shop, Socket, said

CHANGES = "/api/chat/changes"


class Screen:
    """An open inbox: it fetches what it hears of, and after a cut what it may have missed."""

    def __init__(self, house: House, agent: Agent) -> None:
        self._house, self._agent = house, agent
        self.texts: dict[str, list[str]] = {}
        self._since: str | None = None

    async def look(self, frames: int) -> None:
        """Open the socket, catch up, hear some frames, and be cut off."""
        socket = Socket(self._house, self._agent)
        await socket.next("hello")
        await self.catch_up()
        for _ in range(frames):
            try:
                async with asyncio.timeout(0.3):
                    frame = await socket.next("chat_changed")
            except TimeoutError:
                break
            for conversation in frame["conversationIds"]:
                await self._fetch(conversation)
        await socket.cut()

    async def catch_up(self) -> None:
        params = {} if self._since is None else {"since": self._since}
        changes = await self._agent.ok("GET", CHANGES, params=params)
        named: list[str] = changes["conversationIds"]
        if changes["all"]:
            page = await self._agent.ok("GET", CONVERSATIONS)
            named = [one["id"] for one in page["items"]]
        for conversation in named:
            await self._fetch(conversation)
        self._since = changes["next"]

    async def _fetch(self, conversation: str) -> None:
        path = f"{CONVERSATIONS}/{conversation}/messages"
        page = await self._agent.ok("GET", path, params={"limit": 200})
        self.texts[conversation] = [one["text"] for one in page["items"]]


async def test_nothing_is_missing_after_cuts_over_two_web_processes(
    desk: Desk, shop: Shop, house: House, houses: Callable[[], Awaitable[House]]
):
    """
    While messages stream in, several writers at once and slow ones among them, a screen is cut off
    again and again, each time coming back at another process. It asks only for what changed since.
    """
    other = await houses()
    ana = await desk("ana", Role.GTR)
    bea = await desk("bea", Role.GTR, other)
    screens = [Screen(house, ana), Screen(other, bea)]
    people, rounds = 4, 12

    async def write(person: int) -> None:
        for number in range(rounds):
            await shop.hear(said(f"{person}.{number}", person=person, minute=number / 10))
            await asyncio.sleep(0.01 * person)

    writing = asyncio.gather(*(write(person) for person in range(1, people + 1)))
    cuts = 0
    while not writing.done():
        await asyncio.gather(*(screen.look(frames=2) for screen in screens))
        cuts += 1
    await writing
    for screen in screens:
        await screen.catch_up()

    everything = {
        tuple(f"{person}.{number}" for number in range(rounds)) for person in range(1, people + 1)
    }
    assert cuts > 1
    for screen in screens:
        assert {tuple(texts) for texts in screen.texts.values()} == everything


async def test_what_is_committed_late_is_told_later(desk: Desk, shop: Shop):
    """
    A transaction that began before the question and ends after it is in the next answer.
    """
    ana = await desk("ana", Role.GTR)
    await shop.hear(said())
    path = await shop.conversation()
    number = path.rsplit("/", 1)[1]
    asked = [await ana.ok("GET", CHANGES)]

    async with shop.postgres.of(shop.tenant).transaction() as tx:
        await announcing.announce(tx, shop.tenant, {ConversationId(UUID(number))}, NOW)
        asked.append(await ana.ok("GET", CHANGES, params={"since": asked[0]["next"]}))
    asked.append(await ana.ok("GET", CHANGES, params={"since": asked[1]["next"]}))
    asked.append(await ana.ok("GET", CHANGES, params={"since": asked[2]["next"]}))

    assert [one["conversationIds"] for one in asked] == [[], [], [number], []]


async def test_numbers_of_another_server_are_answered_with_all(desk: Desk):
    """
    After a restore from a copy numbers begin lower: then everything is looked at again.
    """
    ana = await desk("ana")

    answer = await ana.ok("GET", CHANGES, params={"since": "9" * 18})

    assert (answer["all"], answer["conversationIds"]) == (True, [])
    assert (await ana.get(CHANGES, params={"since": "x"})).status_code == 422


async def test_two_who_look_at_one_conversation_see_each_other(
    desk: Desk, shop: Shop, house: House, houses: Callable[[], Awaitable[House]]
):
    """
    At whichever web process they are: at once by the socket, and in the answer for who comes later.
    """
    other = await houses()
    ana, bea = await desk("ana"), await desk("bea", Role.ASESOR, other)
    await shop.hear(said())
    path = await shop.conversation()
    socket = Socket(other, bea)
    await socket.next("hello")

    async def says(agent: Agent, doing: str, **more: Any) -> Any:
        return await agent.ok("POST", f"{path}/typing", json={"doing": doing, **more})

    alone = await says(ana, "typing")
    told = await socket.next("chat_presence")
    met = await says(bea, "looking")
    second = await says(bea, "typing")
    took = await says(bea, "typing", takeOver=True)
    hers = await says(ana, "typing")
    await says(bea, "gone")
    left = await says(ana, "typing")

    assert alone["items"] == []
    assert (told["name"], told["doing"], told["userId"]) == ("ana", "typing", str(ana.user))
    assert told["conversationId"] == path.rsplit("/", 1)[1]
    assert [(one["name"], one["doing"]) for one in met["items"]] == [("ana", "typing")]
    composers = [one["composer"]["name"] for one in (alone, met, second, took, hers, left)]
    assert composers == ["ana", "ana", "ana", "bea", "bea", "ana"]
    await socket.cut()


async def test_of_two_who_begin_to_write_at_once_one_answers(desk: Desk, shop: Shop):
    """
    All hear of the same one.
    """
    agents = [await desk(f"agent{number}") for number in range(5)]
    await shop.hear(said())
    path = f"{await shop.conversation()}/typing"

    heard = await asyncio.gather(
        *(agent.ok("POST", path, json={"doing": "typing"}) for agent in agents)
    )

    assert len({one["composer"]["id"] for one in heard}) == 1
