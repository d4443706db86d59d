"""Reactions to what people write, and what people see of somebody who writes an answer."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from pista.accounts import Role
from pista.accounts import service as people
from pista.app import House
from pista.chat.mailbox import Letter, Mailbox
from pista.chat.sending import seen
from pista.ids import uuid7
from tests.chat.sending.conftest import URL, Shop, client_of, phone
from tests.chat.sending.working import working
from tests.fakes.pages import HANG_UP
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

pytestmark = pytest.mark.usefixtures("quick")


async def first(shop: Shop, conversation: str) -> tuple[str, str]:
    """What the person wrote: its id, and the platform's."""
    [row] = await shop.rows(
        "select id::text, external_id from messages where conversation_id = $1",
        UUID(conversation[-36:]),
    )
    return row[0], row[1]


async def react(shop: Shop, conversation: str, message: str, emoji: str | None) -> httpx.Response:
    path = f"{conversation}/messages/{message}/reaction"
    return await shop.clients[0].put(path, json={"emoji": emoji})


async def shown(shop: Shop, conversation: str) -> list[dict[str, Any]]:
    page = (await shop.clients[0].get(f"{conversation}/messages")).json()
    return [one for message in page["items"] for one in message["reactions"]]


async def test_a_reaction_goes_out_and_is_taken_back(
    shop: Shop, whatsapp: WhatsApp, telegram: Telegram
):
    """
    By either platform, as it takes them; shown at once, and told once however often it is set.
    """
    ana, bea = await shop.customer(), await shop.customer(2, "telegram")
    told: list[str] = []
    for conversation in (ana, bea):
        message, external_id = await first(shop, conversation)
        told.append(external_id)
        for _ in range(2):
            answer = await react(shop, conversation, message, "👍")
            assert answer.status_code == 200, answer.text
            assert answer.json()["reactions"] == [{"by": "us", "emoji": "👍"}]
        async with working(shop.place):
            await shop.sent_off()
        assert (await react(shop, conversation, message, None)).json()["reactions"] == []
        async with working(shop.place):
            await shop.sent_off()

    assert [one.body["reaction"] for one in whatsapp.to(phone(1))] == [
        {"message_id": told[0], "emoji": "👍"},
        {"message_id": told[0], "emoji": ""},
    ]
    assert [one["reaction"] for one in telegram.reactions] == [
        [{"type": "emoji", "emoji": "👍"}],
        [],
    ]
    assert await shown(shop, ana) == await shown(shop, bea) == []


async def test_of_many_the_last_is_told(shop: Shop, whatsapp: WhatsApp):
    """
    What was changed before it was told is not told any more.
    """
    ana = await shop.customer()
    message, _ = await first(shop, ana)
    for emoji in ("👍", "😂", "❤️"):
        await react(shop, ana, message, emoji)

    async with working(shop.place):
        await shop.sent_off()

    assert [one.body["reaction"]["emoji"] for one in whatsapp.accepted] == ["❤️"]
    assert await shown(shop, ana) == [{"by": "us", "emoji": "❤️"}]


async def test_what_nobody_answered_is_told_again(shop: Shop, whatsapp: WhatsApp):
    """
    Set twice it is the same: unlike a message, it is never unknown.
    """
    ana = await shop.customer()
    message, _ = await first(shop, ana)
    whatsapp.answers.append(HANG_UP)
    await react(shop, ana, message, "👍")

    async with working(shop.place):
        await shop.sent_off()

    assert [one.body["reaction"]["emoji"] for one in whatsapp.accepted] == ["👍"]


async def test_a_refused_one_is_what_it_was(shop: Shop, telegram: Telegram):
    """
    Somebody who has stopped the bot: the platform says so only when it is told.
    """
    bea = await shop.customer(2, "telegram")
    message, _ = await first(shop, bea)
    await react(shop, bea, message, "👍")
    async with working(shop.place):
        await shop.sent_off()

    telegram.blocked.add(2)
    await react(shop, bea, message, "😂")
    async with working(shop.place):
        await shop.sent_off()

    assert await shown(shop, bea) == [{"by": "us", "emoji": "👍"}]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("update messages set deleted_at = now() where id = $1 returning 1", "not_reactable"),
        ("update messages set external_id = null where id = $1 returning 1", "not_reactable"),
        (
            "update messages set direction = 'out', status = 'sent' where id = $1 returning 1",
            "not_reactable",
        ),
        (
            "update messages set at = at - interval '31 days' where id = $1 returning 1",
            "not_reactable",
        ),
        (
            """
            update conversations set last_inbound_at = last_inbound_at - interval '25 hours'
            where id = (select conversation_id from messages where id = $1) returning 1
            """,
            "window_closed",
        ),
        ("update chat_channels set enabled = $1::uuid is null returning 1", "channel_off"),
    ],
)
async def test_not_everything_can_be_reacted_to(shop: Shop, change: str, code: str):
    """
    It is said at once, where it is known; nothing is shown and nothing told.
    """
    ana = await shop.customer()
    message, _ = await first(shop, ana)
    await shop.rows(change, UUID(message))

    answer = await react(shop, ana, message, "👍")

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await shop.rows("select 1 from jobs") == []


@pytest.mark.parametrize("emoji", ["", "ok", "👍 👍", "👍" * 17, 5])
async def test_a_reaction_is_an_emoji(shop: Shop, emoji: Any):
    """
    And no text.
    """
    ana = await shop.customer()
    message, _ = await first(shop, ana)

    assert (await react(shop, ana, message, emoji)).json()["code"] == "invalid"


async def test_another_conversations_message_is_not_there(shop: Shop):
    """
    Though it is the same company's.
    """
    ana, bea = await shop.customer(1), await shop.customer(2)
    message, _ = await first(shop, bea)

    assert (await react(shop, ana, message, "👍")).json()["code"] == "message_not_found"


async def asesor(shop: Shop, house: House, name: str) -> httpx.AsyncClient:
    """Somebody at a screen of this web process."""
    login = {"email": f"{name}@x.example", "password": "correct horse battery"}
    async with shop.postgres.transaction() as tx:
        await people.create_user(
            tx, shop.tenant, **login, name=name, role=Role.ASESOR, now=datetime.now(UTC)
        )
    client = client_of(shop.key, house)
    del client.headers["Authorization"]
    answer = await client.post("/api/login", json=login)
    assert answer.status_code == 200, answer.text
    client.headers["Origin"] = URL
    return client


async def test_a_button_stops_turning(shop: Shop, telegram: Telegram):
    """
    Once it was heard that somebody pressed it, and once however often that is told.
    """
    pressed = {"id": "23209841237412", "from": {"id": 2, "first_name": "Bea"}, "data": "yes"}
    mailbox = Mailbox(shop.postgres)
    mailbox.start()
    for _ in range(2):
        letter = Letter(
            tenant_id=shop.tenant,
            id=uuid7(),
            platform="telegram",
            channel_ids=[shop.bot],
            received_at=datetime.now(UTC),
            request_id="pressed",
            body=telegram.update(callback_query=pressed),
        )
        await mailbox.put([letter])
    await mailbox.stop()

    async with working(shop.place):
        await shop.sent_off()

    assert telegram.callbacks == ["23209841237412"]


async def test_people_see_that_somebody_writes(
    shop: Shop,
    whatsapp: WhatsApp,
    houses: Callable[..., Awaitable[House]],
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Once in a while, where the settings say so; what comes late is not said any more.
    """
    monkeypatch.setattr(seen, "TYPING_SECONDS", 10**9)
    ana, bea = await shop.customer(1), await shop.customer(2)
    telling = await asesor(shop, await houses(read_receipts=True), "luz")
    silent = await asesor(shop, await houses(), "mar")
    _, external_id = await first(shop, ana)
    for doing in ("looking", "typing", "typing", "gone"):
        answer = await telling.post(f"{ana}/typing", json={"doing": doing})
        assert answer.status_code == 200, answer.text
    said = await silent.post(f"{bea}/typing", json={"doing": "typing"})
    assert said.status_code == 200, said.text

    async with working(shop.place):
        await shop.sent_off()
    assert (whatsapp.typing, whatsapp.read) == ([external_id], [external_id])

    monkeypatch.setattr(seen, "TYPING_LASTS", -seen.TYPING_LASTS)
    await telling.post(f"{bea}/typing", json={"doing": "typing"})
    async with working(shop.place):
        await shop.sent_off()
    assert whatsapp.typing == [external_id]
    for client in (telling, silent):
        await client.aclose()
