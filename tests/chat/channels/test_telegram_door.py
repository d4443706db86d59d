"""Telegram's door: who knows the secret is let in, and what is answered is committed."""

import asyncio
import json
from typing import Any

import httpx

from pista.app import House
from tests.chat.channels.conftest import Company, worked_off
from tests.fakes import telegram as telegram_fake
from tests.fakes.telegram import Telegram

ANA = 5401234567


async def post(
    outside: httpx.AsyncClient,
    telegram: Telegram,
    body: bytes,
    secret: str | None = None,
    **how: Any,
) -> httpx.Response:
    """An update to the webhook that was set, with its secret unless another is given."""
    headers = {"x-telegram-bot-api-secret-token": secret or telegram.webhook["secret_token"]}
    url = how.get("url", telegram.webhook["url"])
    return await outside.post(url, content=body, headers=headers)


async def test_what_people_write_is_kept_once(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram, house: House
):
    """
    Twenty times the same update at once, and another: two messages of one person.
    """
    await company.add("telegram")
    hello = telegram.update(message=telegram.said("Hola"))
    more = telegram.update(message=telegram.said("¿Tienen rosas?"))

    again = [post(outside, telegram, hello) for _ in range(20)]
    answers = await asyncio.gather(*again, post(outside, telegram, more))
    await worked_off(house)

    assert {answer.status_code for answer in answers} == {200}
    assert await company.rows("select text from messages order by text") == [
        ("Hola",),
        ("¿Tienen rosas?",),
    ]
    assert await company.rows("select unread from conversations") == [(2,)]
    assert await company.rows("select name, source from contacts") == [("Ana", "telegram")]
    [channel] = (await company.client.get("/api/chat/channels")).json()["items"]
    assert channel["lastReceivedAt"] is not None


async def test_only_telegram_is_let_in(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram
):
    """
    Without the secret, with a wrong one, for another bot: nothing is kept, and it is counted.
    """
    await company.add("telegram")
    body, url = telegram.update(message=telegram.said("Hola")), telegram.webhook["url"]

    bare = await outside.post(url, content=body)
    wrong = await post(outside, telegram, body, "wrong")
    odd = await outside.post(
        url, content=body, headers={b"x-telegram-bot-api-secret-token": "ñandú".encode()}
    )
    another = await post(outside, telegram, body, url="/api/telegram/webhook/7000000002")
    nameless = await post(outside, telegram, body, url="/api/telegram/webhook/")
    asked = await outside.get(url)
    huge = await post(outside, telegram, b" " * (4 * 2**20 + 1))

    refused = [bare, wrong, odd, another, nameless, asked, huge]
    assert [one.status_code for one in refused] == [401, 401, 401, 404, 404, 404, 413]
    assert bare.json()["code"] == "webhook_refused"
    assert another.json()["code"] == "channel_not_found"
    assert await company.rows("select 1 from chat_webhooks") == []
    counted = (await outside.get("/metrics")).text
    assert 'pista_webhooks_total{kind="telegram",outcome="webhook_refused"}' in counted


async def test_garbage_is_kept_for_a_person(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram, house: House
):
    """
    Sending it again is of no use, so it is taken; beside it, what is good is kept.
    """
    await company.add("telegram")
    for body in (b"", b"\xff\xfe", b"[]", b'{"update_id": 1}', b'{"update_id":2,"message":{}}'):
        assert (await post(outside, telegram, body)).status_code == 200
    await post(outside, telegram, telegram.update(message=telegram.said("Hola")))
    await worked_off(house)

    states = [state for (state,) in await company.rows("select state from chat_webhooks")]
    assert states.count("malformed") >= 3
    assert await company.rows("select text from messages where text is not null") == [("Hola",)]


async def test_where_somebody_came_from_is_kept_with_their_message(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram, house: House
):
    """
    The payload of the link, in the transaction of the message that it is.
    """
    await company.add("telegram")
    said = telegram.said("/start gclid_Cj0KCQ")

    await post(outside, telegram, telegram.update(message=said))
    await post(outside, telegram, telegram.update(message=said))
    await worked_off(house)

    together = """
        select s.payload, m.text, s.xmin = m.xmin
        from chat_starts s join messages m using (tenant_id, channel_id, external_id)
    """
    assert await company.rows(together) == [("gclid_Cj0KCQ", "/start gclid_Cj0KCQ", True)]


async def test_who_stops_the_bot_and_who_joins_by_a_link(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram, house: House
):
    """
    Blocked, back again, and into the channel by the invitation of an advertisement.
    """
    await company.add("telegram")
    ana = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    bot = {"id": telegram_fake.BOT, "is_bot": True, "first_name": "Sol"}
    private = {"id": ANA, "type": "private"}
    await post(outside, telegram, telegram.update(message=telegram.said("Hola")))

    async def told(seconds: int, before: str, after: str) -> list[Any]:
        change = {
            "chat": private,
            "from": ana,
            "date": 1773835200 + seconds,
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after},
        }
        await post(outside, telegram, telegram.update(my_chat_member=change))
        await worked_off(house)
        return [one for (one,) in await company.rows("select blocked from chat_people")]

    assert await told(1, "member", "kicked") == [True]
    assert await told(2, "kicked", "member") == [False]

    joined = {
        "chat": {"id": -1001, "type": "channel", "title": "Ofertas"},
        "from": ana,
        "date": 1773835300,
        "old_chat_member": {"user": ana, "status": "left"},
        "new_chat_member": {"user": ana, "status": "member"},
        "invite_link": {"invite_link": "https://t.me/+x", "name": "ad-42", "creator": bot},
    }
    await post(outside, telegram, telegram.update(chat_member=joined))
    await worked_off(house)
    invited = "select invite, group_id from chat_memberships where change = 'joined'"
    assert await company.rows(invited) == [("ad-42", "-1001")]


async def test_a_bot_speaks_for_itself_alone(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram, house: House
):
    """
    What it is sent is of this bot, whatever the body says of another.
    """
    made = await company.add("telegram")
    said = json.loads(telegram.update(message=telegram.said("Hola")))
    said["message"]["via_bot"] = {"id": 1, "is_bot": True, "first_name": "Otro"}

    await post(outside, telegram, json.dumps(said).encode())
    await worked_off(house)

    assert [str(one) for (one,) in await company.rows("select channel_id from messages")] == [
        made["id"]
    ]
