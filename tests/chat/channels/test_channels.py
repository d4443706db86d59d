"""Numbers and bots over HTTP: set up, checked, changed, and their secrets kept."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from pista.app import House
from tests.chat.channels.conftest import BOT, CHANNELS, NUMBER, URL, Company
from tests.events.writing import until
from tests.fakes import telegram as telegram_fake
from tests.fakes import whatsapp as whatsapp_fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

WEBHOOK = "/api/chat/webhook"


def found(check: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {item["step"]: (item["finding"], item["toDo"]) for item in check["items"]}


async def test_a_number_is_set_up_as_meta_names_it(company: Company, whatsapp: WhatsApp):
    """
    Its name and number are Meta's, its account is subscribed to, and the verify token is good.
    """
    made = await company.add("whatsapp")

    assert (made["name"], made["display"]) == ("Tienda Sol", "+1 555-078-3881")
    assert made["webhookUrl"] == f"{URL}{WEBHOOK}"
    assert whatsapp.subscribed == 1
    asked = {
        "hub.mode": "subscribe",
        "hub.verify_token": made["verifyToken"],
        "hub.challenge": "7",
    }
    answer = await company.client.get(WEBHOOK, params=asked)
    assert (answer.status_code, answer.text) == (200, "7")


async def test_a_bot_is_set_up_with_its_webhook(company: Company, telegram: Telegram):
    """
    Telegram is told where, with which secret, and to tell of those who come by a link.
    """
    made = await company.add("telegram")

    assert (made["name"], made["display"]) == ("Tienda Sol", "@sol_bot")
    assert telegram.webhook["url"] == f"{URL}/api/telegram/webhook/{telegram_fake.BOT}"
    assert {"chat_member", "chat_join_request"} <= set(telegram.webhook["allowed_updates"])
    assert len(telegram.webhook["secret_token"]) == 43


async def test_secrets_are_nowhere_to_be_read(
    company: Company, telegram: Telegram, capfd: pytest.CaptureFixture[str]
):
    """
    In no answer, no row, no line of the audit log and no log.
    """
    number, bot = await company.add("whatsapp"), await company.add("telegram")

    listed = await company.client.get(CHANNELS)
    audit = await company.client.get("/api/audit")
    stored = await company.rows("select c::text from chat_channels c")
    told = listed.text + audit.text + str(stored) + "".join(capfd.readouterr())
    for secret in (
        whatsapp_fake.TOKEN,
        whatsapp_fake.APP_SECRET,
        telegram_fake.TOKEN,
        telegram.webhook["secret_token"],
        number["verifyToken"],
    ):
        assert secret not in told
    assert [item["id"] for item in listed.json()["items"]] == [number["id"], bot["id"]]
    actions = [item["action"] for item in audit.json()["items"]]
    assert actions.count("channel_added") == 2


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("whatsapp", {**NUMBER, "token": "EAAGanotherToken"}, "channel_refused"),
    ("whatsapp", {**NUMBER, "phoneNumberId": "1"}, "channel_refused"),
    ("whatsapp", {**NUMBER, "phoneNumberId": "../me"}, "invalid"),
    ("whatsapp", {**NUMBER, "token": "two\nlines of it"}, "invalid"),
    ("whatsapp", {**NUMBER, "appSecret": ""}, "invalid"),
    ("telegram", {"token": "7000000001:AAanotherToken"}, "channel_refused"),
    ("telegram", {"token": "no token"}, "invalid"),
]


async def test_what_the_platform_refuses_is_not_set_up(company: Company):
    """
    With the platform's own words, and without what was entered.
    """
    for kind, terms, code in REFUSED:
        answer = await company.client.post(f"{CHANNELS}/{kind}", json=terms)

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert terms["token"] not in answer.text
    assert (await company.client.get(CHANNELS)).json()["items"] == []


async def test_a_platform_that_is_away_is_said_to_be(company: Company, whatsapp: WhatsApp):
    """
    Nothing is set up, and it is worth trying again.
    """
    whatsapp.down = True

    answer = await company.client.post(f"{CHANNELS}/whatsapp", json=NUMBER)

    assert (answer.status_code, answer.json()["code"]) == (503, "platform_away")
    assert answer.headers["retry-after"] == "5"


async def test_a_number_is_of_one_company(
    make_company: Callable[[str], Awaitable[Company]],
):
    """
    The other is told that it is taken, and not by whom; deleted there, it is free.
    """
    first, second = await make_company("flores"), await make_company("rivales")
    made = await first.add("whatsapp")

    taken = await second.client.post(f"{CHANNELS}/whatsapp", json=NUMBER)
    assert (taken.status_code, taken.json()["code"]) == (409, "channel_taken")
    assert "flores" not in taken.text
    assert made["id"] not in taken.text

    assert (await first.client.delete(f"{CHANNELS}/{made['id']}")).status_code == 204
    await second.add("whatsapp")
    again = await first.client.post(f"{CHANNELS}/whatsapp", json=NUMBER)
    assert again.json()["code"] == "channel_taken"


async def test_a_deleted_number_comes_back_with_its_conversations(company: Company):
    """
    Its secrets are gone meanwhile; it is the same channel afterwards.
    """
    made = await company.add("whatsapp", name="Ventas")
    await company.client.delete(f"{CHANNELS}/{made['id']}")

    gone = "select token, secrets, verify_hash, enabled from chat_channels"
    assert await company.rows(gone) == [(None, [], None, False)]
    assert (await company.client.get(CHANNELS)).json()["items"] == []
    assert (await company.add("whatsapp"))["id"] == made["id"]


async def test_a_secret_is_changed_without_losing_a_webhook(
    company: Company, outside: httpx.AsyncClient, house: House
):
    """
    Both are valid until the old one is removed; one alone cannot be.
    """
    made = await company.add("whatsapp")
    url = f"{CHANNELS}/{made['id']}/secrets"
    body = whatsapp_fake.webhook(messages=[whatsapp_fake.said("Hola")])

    async def signed(secret: str) -> int:
        await house.channels.load()
        headers = {"x-hub-signature-256": whatsapp_fake.sign(body, secret)}
        return (await outside.post(WEBHOOK, content=body, headers=headers)).status_code

    assert (await company.client.delete(url)).json()["code"] == "last_secret"
    added = await company.client.post(url, json={"appSecret": "the-next-secret"})
    assert added.json()["secrets"] == 2
    assert [await signed(one) for one in (whatsapp_fake.APP_SECRET, "the-next-secret")] == [200] * 2
    third = await company.client.post(url, json={"appSecret": "one-too-many"})
    assert third.json()["code"] == "too_many_secrets"
    assert (await company.client.delete(url)).json()["secrets"] == 1
    assert [await signed(one) for one in (whatsapp_fake.APP_SECRET, "the-next-secret")] == [
        401,
        200,
    ]


async def test_a_bots_secret_is_changed_at_telegram_too(company: Company, telegram: Telegram):
    """
    Telegram sends the new one from then on; the old one is good until it is removed.
    """
    made = await company.add("telegram")
    first = telegram.webhook["secret_token"]

    answer = await company.client.post(f"{CHANNELS}/{made['id']}/secrets", json={})

    assert answer.json()["secrets"] == 2
    assert telegram.webhook["secret_token"] != first


async def test_switched_off_it_hears_nothing(
    company: Company, outside: httpx.AsyncClient, house: House
):
    """
    Off, its webhooks are refused; on again, they are taken.
    """
    made = await company.add("whatsapp")
    body = whatsapp_fake.webhook(messages=[whatsapp_fake.said("Hola")])
    headers = {"x-hub-signature-256": whatsapp_fake.sign(body)}
    statuses: list[int] = []

    for enabled in (False, True):
        changed = await company.client.patch(f"{CHANNELS}/{made['id']}", json={"enabled": enabled})
        assert changed.json()["enabled"] is enabled
        await house.channels.load()
        statuses.append((await outside.post(WEBHOOK, content=body, headers=headers)).status_code)

    assert statuses == [401, 200]


async def test_every_web_process_hears_of_a_change(company: Company, house: House):
    """
    Announced, and not only looked at by the clock.
    """
    answer = await company.client.post(f"{CHANNELS}/telegram", json=BOT)
    assert answer.status_code == 201

    async def known() -> bool:
        return house.channels.has_bot(str(telegram_fake.BOT))

    await until(known)


async def test_a_token_of_another_bot_is_refused(company: Company, telegram: Telegram):
    """
    A new token has to be of the same one.
    """
    made = await company.add("telegram")
    await company.rows("update chat_channels set external_id = '1' returning 1")

    answer = await company.client.patch(
        f"{CHANNELS}/{made['id']}", json={"token": telegram_fake.TOKEN}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_channel")


async def test_the_check_of_a_number_says_what_to_do(company: Company, whatsapp: WhatsApp):
    """
    From nothing but a token to a number that is connected.
    """
    made = await company.add("whatsapp")

    before = await company.check(made)
    assert before["state"] == "wrong"
    assert (before["who"], before["quality"]) == ("Tienda Sol", "GREEN")
    assert found(before) == {
        "token": ("ok", "none"),
        "secret": ("ok", "none"),
        "address": ("wrong", "set_address"),
        "subscribed": ("ok", "none"),
        "received": ("unknown", "write_to_it"),
    }

    whatsapp.address = f"{URL}{WEBHOOK}"
    assert (await company.check(made))["state"] == "ok"

    whatsapp.own_address = "https://another.example/webhook"
    elsewhere = await company.check(made)
    [address] = [item for item in elsewhere["items"] if item["step"] == "address"]
    assert (address["finding"], address["found"]) == ("wrong", "https://another.example/webhook")

    whatsapp.subscribed = 0
    assert found(await company.check(made))["subscribed"] == ("wrong", "subscribe")
    await company.client.post(f"{CHANNELS}/{made['id']}/connect")
    assert found(await company.check(made))["subscribed"] == ("ok", "none")


async def test_the_check_of_a_bot_says_what_to_do(company: Company, telegram: Telegram):
    """
    Whoever set another webhook since is seen, and one click puts it right.
    """
    made = await company.add("telegram")
    assert (await company.check(made))["state"] == "ok"

    telegram.webhook = {"url": "https://another.example/bot", "allowed_updates": ["message"]}
    elsewhere = await company.check(made)
    assert elsewhere["state"] == "wrong"
    assert found(elsewhere)["address"] == ("wrong", "connect_again")
    assert found(elsewhere)["updates"] == ("wrong", "connect_again")

    connected = await company.client.post(f"{CHANNELS}/{made['id']}/connect")
    assert connected.json()["state"] == "ok"


async def test_a_platform_that_is_away_is_not_taken_for_a_wrong_token(
    company: Company, whatsapp: WhatsApp, telegram: Telegram
):
    """
    Nobody is told to enter a token anew because of it.
    """
    number, bot = await company.add("whatsapp"), await company.add("telegram")
    whatsapp.down = telegram.down = True

    for channel in (number, bot):
        assert found(await company.check(channel))["token"] == ("unknown", "wait")


async def test_deleting_a_bot_ends_its_webhook(company: Company, telegram: Telegram):
    """
    Unless it goes elsewhere by now: that is another's.
    """
    made = await company.add("telegram")
    await company.client.delete(f"{CHANNELS}/{made['id']}")
    assert telegram.webhook == {}

    made = await company.add("telegram")
    telegram.webhook = {"url": "https://another.example/bot"}
    await company.client.delete(f"{CHANNELS}/{made['id']}")
    assert telegram.webhook != {}
