"""A contact's stream: what its visitors do now, whoever they are by now."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from pista import contacts, identity
from pista.identity import Claim, Linked
from pista.ids import ContactId, VisitorId, uuid7
from pista.stream import unfold
from pista.stream.model import Topic, read
from pista.timeline import following
from pista.timeline.following import Followers
from tests.collect.conftest import Served, served
from tests.contacts.conftest import found
from tests.events.conftest import NOON, OTHER_TENANT, TENANT, make_line
from tests.events.writing import until
from tests.stream.following import Follower
from tests.timing import stretched

__all__ = ["served"]
unfolded = unfold.unfold


class Reader(Follower):
    """One who follows a contact."""

    def __init__(self, served: Served, contact: ContactId) -> None:
        super().__init__(served.client, served.admin)
        self.path = f"/api/contacts/{contact}/stream"

    @property
    def visitors(self) -> list[str]:
        return [event["visitorId"] for event in self.events]


async def contact(served: Served, crm_id: str) -> ContactId:
    async with served.house.postgres.transaction() as tx:
        told = found(crm_id=crm_id)
        return (await contacts.upsert(tx, served.tenant.id, told, now=now())).contact_id


async def link(served: Served, visitor: str, contact: ContactId) -> Linked:
    claim = Claim(
        visitor_id=VisitorId(visitor),
        contact_id=contact,
        method="webhook",
        key=str(uuid7()),
        at=now(),
    )
    async with served.house.postgres.transaction() as tx:
        return await identity.link(tx, served.tenant.id, claim, now=now())


def unfold_slowly(*rows: Any) -> Any:
    """So that much comes between a look of the tail and what it hands out."""
    time.sleep(0.1)
    return unfolded(*rows)


async def send(served: Served, *visitors: str) -> None:
    answer = await served.post(served.batch(*(served.event(visitorId=one) for one in visitors)))
    assert answer.status_code == 202, answer.text


def now() -> datetime:
    return datetime.now(UTC)


async def test_it_follows_the_links(served: Served):
    """
    Events of the contact's visitors and no others; a link is heard at once, with what the visitor
    did a moment before; so is its end.
    """
    ana = await contact(served, "ana")
    await link(served, "v_one", ana)
    async with Reader(served, ana).following() as reader:
        await send(served, "v_one", "v_two", "v_else")
        await reader.until(lambda: reader.visitors == ["v_one"])
        # The link before may have been told of just now.
        before = len(reader.notes("changed"))
        linked = await link(served, "v_two", ana)
        await reader.until(lambda: reader.visitors == ["v_one", "v_two"], stretched(3))
        await send(served, "v_two", "v_else", "v_one")
        await reader.until(lambda: reader.visitors == ["v_one", "v_two", "v_two", "v_one"])
        async with served.house.postgres.transaction() as tx:
            await identity.undo(tx, served.tenant.id, linked.claim_id, by="Ana", now=now())
        await reader.until(lambda: len(reader.notes("changed")) >= before + 2)
        await send(served, "v_two", "v_one")
        await reader.until(lambda: len(reader.events) == 5)
        await asyncio.sleep(0.3)

    assert reader.visitors == ["v_one", "v_two", "v_two", "v_one", "v_one"]
    assert {note["contactId"] for note in reader.notes("changed")} == {ana}


async def test_links_in_the_middle_lose_nothing(served: Served, monkeypatch: pytest.MonkeyPatch):
    """
    Events that come while the links change, time and again: each is told once, and in order.
    """
    monkeypatch.setattr(following, "BETWEEN_SECONDS", 0.02)
    monkeypatch.setattr(unfold, "unfold", unfold_slowly)
    ana = await contact(served, "ana")
    await link(served, "v_one", ana)
    sent: list[str] = []

    async def change_links() -> None:
        for number in range(6):
            linked = await link(served, f"v_{number}", ana)
            await asyncio.sleep(0.1)
            async with served.house.postgres.transaction() as tx:
                await identity.undo(tx, served.tenant.id, linked.claim_id, by="Ana", now=now())

    async with Reader(served, ana).following() as reader:
        changing = asyncio.create_task(change_links())
        while not changing.done():
            event = served.event(visitorId="v_one")
            answer = await served.post(served.batch(event))
            assert answer.status_code == 202, answer.text
            sent.append(event["eventId"])
        await changing
        await reader.until(lambda: len(reader.ids) >= len(sent))
        await asyncio.sleep(0.3)

    assert reader.ids == sent
    assert len(sent) > 20
    assert len(reader.notes("changed")) > 3


async def test_what_is_missed_is_told_afterwards(served: Served):
    """
    Once, and of the contact alone; also of a visitor that was linked meanwhile.
    """
    ana = await contact(served, "ana")
    await link(served, "v_one", ana)
    reader = Reader(served, ana)
    async with reader.following():
        await send(served, "v_one", "v_two")
        await reader.until(lambda: reader.events)
        await asyncio.sleep(0.3)
    await send(served, "v_one", "v_two", "v_else")
    await link(served, "v_two", ana)
    async with reader.following():
        await reader.until(lambda: len(reader.events) == 3)
        await send(served, "v_two")
        await reader.until(lambda: len(reader.events) == 4)

    assert reader.visitors == ["v_one", "v_one", "v_two", "v_two"]
    assert reader.notes("gap") == []


async def test_another_person_on_the_browser(served: Served):
    """
    From their claim on, what the browser does is theirs; the first is told that it has changed.
    """
    ana, luis = await contact(served, "ana"), await contact(served, "luis")
    await link(served, "v_one", ana)
    async with Reader(served, ana).following() as of_ana, Reader(served, luis).following() as other:
        await send(served, "v_one")
        await of_ana.until(lambda: of_ana.events)
        before = len(of_ana.notes("changed"))
        await link(served, "v_one", luis)
        await of_ana.until(lambda: len(of_ana.notes("changed")) > before)
        await other.until(lambda: other.notes("changed"))
        await send(served, "v_one")
        await other.until(lambda: other.events)

    assert (of_ana.visitors, other.visitors) == (["v_one"], ["v_one"])


async def test_a_merged_contact_goes_on_as_the_other(served: Served):
    """
    Whoever has the one open follows both, and hears which is shown.
    """
    ana, other = await contact(served, "ana"), await contact(served, "other")
    await link(served, "v_one", ana)
    async with Reader(served, other).following() as reader:
        async with served.house.postgres.transaction() as tx:
            await contacts.merge(tx, served.tenant.id, other, ana, by="Ana", now=now())
        # The news of its being made may come first.
        await reader.until(lambda: ana in [note["contactId"] for note in reader.notes("changed")])
        await send(served, "v_one")
        await reader.until(lambda: reader.events)

    assert reader.notes("changed")[-1]["contactId"] == ana


async def test_news_of_the_contact_itself(served: Served):
    """
    Nothing of its links has changed, and it is to be fetched again all the same; not for others'.
    """
    ana, luis = await contact(served, "ana"), await contact(served, "luis")
    async with Reader(served, ana).following() as reader:
        for one in (luis, ana):
            answer = await served.client.patch(
                f"/api/contacts/{one}", json={"name": "Nueva"}, headers=served.admin
            )
            assert answer.status_code == 200, answer.text
        await reader.until(lambda: reader.notes("changed"), stretched(3))
        await asyncio.sleep(1.2)

    # That it was made a moment before may be told of too.
    assert {note["contactId"] for note in reader.notes("changed")} == {ana}


async def test_nobody_stays_behind(served: Served):
    """
    Who leaves is forgotten; of a contact that is none there is no stream; HEAD ends.
    """
    ana = await contact(served, "ana")
    async with Reader(served, ana).following():
        pass

    async def forgotten() -> bool:
        return not served.house.followers.followed

    await until(forgotten)
    none = await served.client.get("/api/contacts/cntct_none/stream", headers=served.admin)
    head = await served.client.head(f"/api/contacts/{ana}/stream", headers=served.admin)
    await until(forgotten)

    assert (none.status_code, none.json()["code"]) == (404, "contact_not_found")
    assert (head.status_code, head.content) == (200, b"")


def test_news_of_other_companies_wake_nobody():
    """
    Nor do other news, or any where nobody follows.
    """
    followers = Followers()

    followers.heard('{"type":"contact_changed","tenantId":"x"}')

    assert not followers.followed


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"visitor": 1}, True),
        ({"visitor": 2}, False),
        ({"visitor": 1, "tenant": OTHER_TENANT}, False),
        ({"visitor": 1, "bot": "crawler"}, False),
        ({"visitor": 3}, False),  # before its time
        ({"visitor": 2, "metadata": {"of": ["x", "v1", "y"]}}, False),
    ],
)
def test_lines_of_some_visitors(said: dict[str, Any], meant: bool):
    """
    Among others, wherever they stand; what names a visitor elsewhere is not its.
    """
    at = round(NOON.timestamp() * 1000)
    topic = Topic(TENANT, visitors=frozenset({("v1", 0), ("v3", at + 1)}))
    others = [make_line(NOON, visitor=n) for n in (4, 5)]
    body = others[0] + make_line(NOON, **said) + others[1]

    found = [read(body[start:end]) for start, end in topic.lines(body, 0)]
    rest = list(topic.lines(body, len(others[0]) + len(make_line(NOON, **said))))

    assert [topic.means(line) for line in found if line] in ([meant], [meant][: int(meant)])
    assert rest == []
