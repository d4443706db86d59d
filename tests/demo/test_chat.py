"""The shop's conversations: bodies as the platforms write them, and platforms that say yes."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from pista.chat.heard import HeardMessage, HeardStart, HeardStatus
from pista.chat.telegram import reading as telegram_reading
from pista.chat.whatsapp import reading as whatsapp_reading
from pista.demo.chat import open_stage, script, stage_of, webhooks
from pista.demo.chat.platforms import BOT, BOT_TOKEN, NUMBER, Platforms
from pista.demo.chat.script import CUSTOMERS, LINES
from pista.demo.chat.stage import Stage
from pista.demo.chat.talk import id_of
from pista.demo.chat.webhooks import Word
from pista.settings import Settings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OURS = "0190a000-0000-7000-8000-000000000001"


def words() -> list[Word]:
    by_key = {one.key: one for one in CUSTOMERS}
    return [
        Word(
            customer=by_key[line.who],
            id=id_of(by_key[line.who], place + 1),
            at=NOON,
            kind=line.kind,
            text=line.text,
            quotes="wamid.Q" if line.quotes is not None else None,
            extra=line.extra,
        )
        for place, line in enumerate(LINES)
        if line.by == "them"
    ]


def test_what_customers_say_is_read_as_it_is_meant():
    """
    Each line comes to a message of its kind, by whom it is, with nothing unreadable in it.
    """
    for word in words():
        if word.customer.platform == "whatsapp":
            heard = whatsapp_reading.read(webhooks.whatsapp(word), NOON)
        else:
            heard = telegram_reading.read(webhooks.telegram(word, 7), str(BOT), NOON)
        [message] = [one for one in heard if isinstance(one, HeardMessage)]
        assert all(isinstance(one, HeardMessage | HeardStart) for one in heard)
        assert (message.kind, message.at) == (word.kind, NOON)
        assert message.external_id == word.id
        assert message.person.name == word.customer.name
        assert (message.referral is not None) == ("referral" in word.extra)
        if word.kind == "text":
            assert message.text == word.text


def test_a_status_tells_our_own_id():
    """
    By which a message is known of which nobody heard the platform's id.
    """
    body = webhooks.status("wamid.DEMO1", "12105550112", "read", OURS, NOON)

    [status] = whatsapp_reading.read(body, NOON)

    assert isinstance(status, HeardStatus)
    assert (status.external_id, status.status) == ("wamid.DEMO1", "read")
    assert status.callback_data == OURS


def test_the_script_names_whom_it_knows():
    """
    Every line, call and note is of a customer, and each customer has a number of nobody.
    """
    keys = {one.key for one in CUSTOMERS}

    assert {line.who for line in LINES} | {who for who, _ in script.CALLS} <= keys
    assert script.NOTE[0] in keys
    numbers = [one.number for one in CUSTOMERS]
    assert len(set(numbers)) == len(keys)
    assert all("55501" in number for number in numbers)


@pytest.fixture
async def stage() -> AsyncGenerator[Stage]:
    stage = open_stage()
    yield stage
    stage.socket.close()


async def test_the_platforms_say_yes_and_hand_on_what_was_sent(stage: Stage):
    """
    To the demo's own number and bot alone; whatever is not theirs is to be tried again later.
    """
    platforms = Platforms(stage, script.TEMPLATES)
    platforms.out_of_reach.add("17025550169")
    message = {"to": "12105550112", "type": "text", "biz_opaque_callback_data": OURS}
    graph = stage.environment["PISTA_META_GRAPH_URL"]

    async with platforms.serving(), httpx.AsyncClient(base_url=stage.origin) as client:
        sent = await client.post(f"{graph}/{NUMBER}/messages", json=message)
        unreachable = await client.post(
            f"{graph}/{NUMBER}/messages", json={**message, "to": "17025550169"}
        )
        other = await client.post(f"{graph}/106540352242922/messages", json=message)
        bot = await client.post(f"/bot{BOT_TOKEN}/sendMessage", json={"chat_id": 5550199041})
        stranger = await client.post("/bot1:abc/sendMessage", json={"chat_id": 5})

    first, second = platforms.sent.get_nowait(), platforms.sent.get_nowait()
    assert sent.json()["messages"] == [{"id": first.id}]
    assert (first.to, first.ours, second.to) == ("12105550112", OURS, "5550199041")
    assert bot.json()["ok"]
    assert [one.status_code for one in (unreachable, other, stranger)] == [400, 503, 500]
    assert platforms.sent.empty()


def test_a_stage_is_one_of_this_machine_and_free(stage: Stage):
    """
    The real platforms' addresses are none, nor one where somebody is already.
    """
    own = open_stage()
    urls = own.environment
    named = Settings(
        meta_graph_url=urls["PISTA_META_GRAPH_URL"], telegram_api_url=urls["PISTA_TELEGRAM_API_URL"]
    )
    assert stage_of(named) is None
    own.socket.close()

    found = stage_of(named)

    assert found is not None
    assert found.environment == urls
    found.socket.close()
    assert stage_of(Settings()) is None
    elsewhere = msgspec.structs.replace(named, telegram_api_url=stage.origin)
    assert stage_of(elsewhere) is None
