"""Messages go out once, in their order, or are shown as unknown."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from pista.chat.sending import rules
from tests.chat.sending.conftest import Shop, phone
from tests.chat.sending.working import working
from tests.events.writing import until
from tests.fakes.pages import HANG_UP, Answer
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp, webhook

pytestmark = pytest.mark.usefixtures("quick")

LOCATION = {"latitude": -12.1, "longitude": -77.03, "name": "Tienda", "address": "Av. Larco 1"}
BUTTONS = {
    "text": "¿Te lo envío?",
    "buttons": [{"id": "yes", "title": "Sí"}, {"id": "no", "title": "No"}],
}
LIST = {
    "text": "¿Cuál?",
    "listButton": "Ver",
    "rows": [
        {"id": "a", "title": "Rosas", "description": "Docena"},
        {"id": "b", "title": "Lirios"},
    ],
}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
PICTURE = {"kind": "image", "url": "https://cdn.example/rosas.jpg", "caption": "Rosas"}


async def test_everything_that_can_be_written_goes_out(shop: Shop, whatsapp: WhatsApp):
    """
    In the platform's own words, in its order, with our id in it.
    """
    ana = await shop.customer()
    written = [
        await shop.write(ana, "Hola"),
        await shop.write(ana, {"type": "media", "media": PICTURE}),
        await shop.write(ana, {"type": "location", "location": LOCATION}),
        await shop.write(ana, {"type": "interactive", "interactive": BUTTONS}),
        await shop.write(ana, {"type": "interactive", "interactive": LIST}),
        await shop.write(
            ana, {"type": "interactive", "interactive": {"text": "?", "askForPhone": True}}
        ),
    ]
    assert [(await shop.message(one))[0] for one in written] == ["queued"] * 6

    async with working(shop.place):
        await shop.sent_off()

    sent = whatsapp.to(phone(1))
    assert [one.callback_data for one in sent] == written
    kinds = ["text", "image", "location", "interactive", "interactive", "interactive"]
    assert [one.type for one in sent] == kinds
    assert [await shop.message(one) for one in written] == [
        ("accepted", one.id, None) for one in sent
    ]
    [(preview, kind, direction)] = await shop.rows(
        "select preview, preview_kind, preview_direction from conversations"
    )
    assert (preview, kind, direction) == ("?", "interactive", "out")


async def test_the_same_goes_out_by_a_bot(shop: Shop, telegram: Telegram):
    """
    Of what Telegram knows.
    """
    bea = await shop.customer(2, "telegram")
    first = await shop.write(bea, "Hola")
    await shop.write(bea, {"type": "media", "media": PICTURE})
    await shop.write(bea, {"type": "location", "location": LOCATION})
    await shop.write(bea, {"type": "interactive", "interactive": BUTTONS})

    async with working(shop.place):
        await shop.sent_off()

    sent = telegram.to(2)
    methods = ["sendMessage", "sendPhoto", "sendVenue", "sendMessage"]
    assert [one.method for one in sent] == methods
    assert await shop.message(first) == ("accepted", sent[0].external_id, None)


async def test_people_are_told_that_they_were_read_where_the_settings_say_so(
    shop: Shop, whatsapp: WhatsApp, receipts: httpx.AsyncClient
):
    """
    Once, however often it is opened; not at all by a process whose settings do not say so.
    """
    ana = await shop.customer()
    bea = await shop.customer(2)
    [(wamid, seq)] = await shop.rows(
        "select external_id, seq from messages where conversation_id = $1", UUID(ana[-36:])
    )
    for _ in range(2):
        answer = await receipts.post(f"{ana}/read", json={"through": seq})
        assert answer.status_code == 200, answer.text
    await receipts.post(f"{bea}/read", json={"through": 0})
    await shop.clients[0].post(f"{bea}/read", json={"through": 10**6})

    async with working(shop.place):
        await shop.sent_off()

    assert whatsapp.read == [wamid]


async def test_an_upload_goes_along(shop: Shop, whatsapp: WhatsApp, telegram: Telegram):
    """
    The file itself, by either platform; an upload is of one message.
    """
    ana, bea = await shop.customer(), await shop.customer(2, "telegram")
    for conversation in (ana, bea):
        uploaded = await shop.clients[0].post("/api/chat/media", content=PNG)
        media = {"kind": "image", "mediaId": uploaded.json()["id"], "caption": "Rosas"}
        await shop.write(conversation, {"type": "media", "media": media})
        assert await shop.refused(conversation, {"type": "media", "media": media}) == (
            404,
            "media_not_found",
        )

    async with working(shop.place):
        await shop.sent_off()

    [sent] = whatsapp.accepted
    assert sent.body["image"]["caption"] == "Rosas"
    assert whatsapp.files[sent.body["image"]["id"]].content == PNG
    assert [one.file for one in telegram.accepted] == [PNG]


async def test_an_answer_names_what_it_answers(shop: Shop, whatsapp: WhatsApp):
    """
    A message of this conversation, and of no other.
    """
    ana, bea = await shop.customer(1), await shop.customer(2)
    [(wamid,)] = await shop.rows(
        "select external_id from messages where conversation_id = $1", UUID(ana[-36:])
    )
    answer = {"type": "text", "text": "Sí", "replyTo": wamid}
    await shop.write(ana, answer)

    assert await shop.refused(bea, answer) == (422, "bad_message")
    async with working(shop.place):
        await shop.sent_off()

    assert whatsapp.accepted[0].body["context"] == {"message_id": wamid}


@pytest.mark.usefixtures("second")
async def test_a_key_is_one_message_over_two_web_processes(shop: Shop, whatsapp: WhatsApp):
    """
    However often and wherever it is sent; with other words it is refused.
    """
    ana = await shop.customer()
    answers = await asyncio.gather(
        *(shop.post(ana, "Hola", key="key-12345", client=n % 2) for n in range(12))
    )

    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    other = await shop.post(ana, "Adiós", key="key-12345")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    async with working(shop.place):
        await shop.sent_off()
    assert len(whatsapp.accepted) == 1
    again = await shop.post(ana, "Hola", key="key-12345")
    assert again.json()["status"] == "accepted"


INCOMPLETE: list[tuple[dict[str, Any], str]] = [
    ({"type": "text"}, "bad_message"),
    ({"type": "text", "text": "  "}, "bad_message"),
    ({"type": "media", "text": "x"}, "bad_message"),
    ({"type": "text", "text": "x", "location": LOCATION}, "bad_message"),
    ({"type": "text", "text": "x" * 4097}, "invalid"),
    ({"type": "media", "media": {**PICTURE, "url": "http://cdn.example/x"}}, "invalid"),
    ({"type": "interactive", "interactive": {"text": "?"}}, "bad_message"),
    ({"type": "interactive", "interactive": {**LIST, "listButton": None}}, "bad_message"),
    ({"type": "interactive", "interactive": {**LIST, "askForPhone": True}}, "bad_message"),
    ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, "invalid"),
]


async def test_what_is_incomplete_is_refused(shop: Shop):
    """
    Before anything is queued.
    """
    ana = await shop.customer()

    for body, code in INCOMPLETE:
        assert await shop.refused(ana, body) == (422, code), body
    unkeyed = await shop.clients[0].post(f"{ana}/messages", json={"type": "text", "text": "x"})
    assert unkeyed.status_code == 422
    assert await shop.rows("select 1 from jobs") == []


async def test_nothing_is_queued_that_cannot_arrive(shop: Shop):
    """
    A closed window, whoever stopped the bot, a number that is held or off.
    """
    old, bea = await shop.customer(1, hours=24.01), await shop.customer(2, "telegram")
    await shop.block(2)
    ana = await shop.customer(3, hours=23.9)

    assert await shop.refused(old, "Hola") == (409, "window_closed")
    assert await shop.refused(bea, "Hola") == (409, "person_blocked")
    template = {"type": "template", "template": {"name": "hola", "language": "es"}}
    assert await shop.refused(bea, template) == (422, "not_on_platform")
    await shop.rows("update chat_channels set held_reason = 'billing'")
    assert await shop.refused(ana, "Hola") == (409, "channel_held")
    await shop.rows("update chat_channels set held_reason = null, enabled = false")
    assert await shop.refused(ana, "Hola") == (409, "channel_off")
    strange = ana[:-36] + "00000000-0000-7000-8000-000000000000"
    assert await shop.refused(strange, "Hola") == (404, "conversation_not_found")
    assert await shop.rows("select 1 from jobs") == []


async def test_what_is_never_taken_has_failed_with_its_reason(shop: Shop, whatsapp: WhatsApp):
    """
    And what was written after it goes out.
    """
    whatsapp.answers.append(
        Answer(400, b'{"error": {"code": 131047, "message": "Re-engagement message"}}')
    )
    ana = await shop.customer()
    first, second = await shop.write(ana, "Hola"), await shop.write(ana, "¿Sigues ahí?")

    async with working(shop.place):
        await shop.sent_off()

    assert await shop.message(first) == ("failed", None, "use_template")
    assert (await shop.message(second))[0] == "accepted"
    answer = await shop.clients[0].get(f"{ana}/messages")
    failures = [one["failure"] for one in answer.json()["items"] if one["failure"]]
    assert [(one["code"], one["key"]) for one in failures] == [(131047, "use_template")]


async def test_trouble_passes(shop: Shop, whatsapp: WhatsApp):
    """
    A refusal that passes is tried again, and the order is kept meanwhile.
    """
    busy = Answer(503, b'{"error": {"code": 131016, "message": "Service unavailable"}}')
    whatsapp.answers.extend([busy])
    ana = await shop.customer()
    written = [await shop.write(ana, f"{n}") for n in range(3)]

    async with working(shop.place):
        await shop.sent_off()

    assert [one.callback_data for one in whatsapp.accepted] == written


async def test_after_five_attempts_it_has_failed_and_can_be_sent_again(
    shop: Shop, whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch
):
    """
    By a person; there is nothing among the dead letters.
    """
    monkeypatch.setattr(rules, "FEWEST_BAD", 100.0)
    monkeypatch.setattr("pista.queue.attempt.wait_after", at_once)
    busy = Answer(503, b'{"error": {"code": 131016, "message": "Service unavailable"}}')
    whatsapp.answers.extend([busy] * 5)
    ana = await shop.customer()
    message = await shop.write(ana, "Hola")

    async with working(shop.place):
        await until(lambda: shop.is_status(message, "failed"))
        answer = await shop.clients[0].post(f"{ana}/messages/{message}/resend")
        assert answer.status_code == 200, answer.text
        await shop.sent_off()

    assert (await shop.message(message))[0] == "accepted"
    assert await shop.rows("select 1 from jobs") == []
    refused = await shop.clients[0].post(f"{ana}/messages/{message}/resend")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_resendable")


async def test_a_lost_answer_is_unknown_until_a_status_tells(shop: Shop, whatsapp: WhatsApp):
    """
    It was taken, and nobody heard it: it is not sent again, and the status that carries our id
    says so.
    """
    whatsapp.lose = 1.0
    ana = await shop.customer()
    message = await shop.write(ana, "Hola")

    async with working(shop.place):
        await shop.sent_off()
    assert await shop.message(message) == ("unknown", None, "unknown")
    told = (await shop.clients[0].get(f"{ana}/messages")).json()["items"][-1]
    assert (told["failure"]["key"], told["failure"]["canRetry"]) == ("unknown", True)
    early = await shop.clients[0].post(f"{ana}/messages/{message}/resend")
    assert (early.status_code, early.json()["code"]) == (409, "too_early_to_resend")
    for body in whatsapp.due():
        await shop.hear(body)

    assert (await shop.message(message))[:2] == ("read", whatsapp.accepted[0].id)
    assert len(whatsapp.accepted) == 1
    late = await shop.clients[0].post(f"{ana}/messages/{message}/resend")
    assert (late.status_code, late.json()["code"]) == (409, "not_resendable")


async def test_what_stays_unknown_a_person_may_send_again(shop: Shop, whatsapp: WhatsApp):
    """
    After a minute; it never left, in truth.
    """
    whatsapp.answers.append(HANG_UP)
    ana = await shop.customer()
    message = await shop.write(ana, "Hola")
    async with working(shop.place):
        await until(lambda: shop.is_status(message, "unknown"))
        await shop.sent_off()
        await shop.rows("update messages set tried_at = tried_at - interval '61 seconds'")

        answer = await shop.clients[0].post(f"{ana}/messages/{message}/resend")

        assert answer.json()["status"] == "queued"
        await shop.sent_off()
    assert (await shop.message(message))[0] == "accepted"
    assert len(whatsapp.accepted) == 1


async def test_of_a_bot_nobody_will_ever_know(shop: Shop, telegram: Telegram):
    """
    Telegram tells of no status, and the message says so.
    """
    telegram.lose = 1.0
    bea = await shop.customer(2, "telegram")
    message = await shop.write(bea, "Hola")

    async with working(shop.place):
        await shop.sent_off()

    assert await shop.message(message) == ("unknown", None, "unknown_for_good")
    assert len(telegram.accepted) == 1


async def test_a_status_may_come_before_the_answer(shop: Shop, whatsapp: WhatsApp):
    """
    What it says stays.
    """
    whatsapp.slow_seconds = 0.3
    ana = await shop.customer()
    message = await shop.write(ana, "Hola")
    async with working(shop.place):
        await until(lambda: shop.is_status(message, "unknown"))
        taken = {"id": "wamid.FAKE000000000001", "status": "delivered", "timestamp": "1780000000"}
        told = {**taken, "recipient_id": phone(1), "biz_opaque_callback_data": message}
        await shop.hear(webhook(statuses=[told]))
        await shop.sent_off()

    assert (await shop.message(message))[:2] == ("delivered", "wamid.FAKE000000000001")


async def test_a_token_that_is_not_valid_any_more_holds_the_number(
    shop: Shop, whatsapp: WhatsApp, telegram: Telegram
):
    """
    Nothing more is tried by it, nothing has failed, others go on; resumed, all goes out in order.
    """
    ana, bea = await shop.customer(), await shop.customer(2, "telegram")
    refusal = b'{"error": {"code": 190, "message": "Session has expired"}}'
    whatsapp.answers.extend([Answer(401, refusal)] * 3)
    written = [await shop.write(ana, f"{n}") for n in range(4)]
    async with working(shop.place):
        await until(lambda: _is_held(shop))
        await shop.write(bea, "Hola")
        await until(lambda: _has(telegram, 1))

        sending = (await shop.clients[0].get("/api/chat/sending")).json()
        assert sending["mediaMaxBytes"] == 16 * 2**20
        states = sending["items"]
        assert [(one["state"], one["waiting"]) for one in states] == [("held", 4), ("ok", 0)]
        assert [one["platform"] for one in states] == ["whatsapp", "telegram"]
        assert all(one["name"] for one in states)
        assert states[0]["reason"] == "Session has expired"
        assert await shop.refused(ana, "more") == (409, "channel_held")
        whatsapp.answers.clear()
        await shop.clients[0].post(f"/api/chat/channels/{shop.number}/resume")
        await shop.sent_off()

    assert [one.callback_data for one in whatsapp.accepted] == written


def at_once(*_: object) -> timedelta:
    return timedelta(0)


def soon(_: int) -> float:
    return 0.2


async def test_a_check_that_finds_nothing_wrong_resumes_a_held_number(
    shop: Shop, telegram: Telegram
):
    """
    What waited goes out; a check that finds something leaves it held.
    """
    bea = await shop.customer(2, "telegram")
    message = await shop.write(bea, "Hola")
    await shop.rows("update chat_channels set held_reason = 'Unauthorized' where id = $1", shop.bot)
    check = f"/api/chat/channels/{shop.bot}/check"
    async with working(shop.place):
        await until(lambda: _waits(shop))
        await shop.clients[0].post(check)
        assert await _is_held(shop)

        connected = await shop.clients[0].post(f"/api/chat/channels/{shop.bot}/connect")
        assert connected.status_code == 200, connected.text
        await shop.clients[0].post(check)
        await shop.sent_off()

    assert await shop.is_status(message, "accepted")


async def _waits(shop: Shop) -> bool:
    return await shop.rows("select 1 from jobs where state = 'waiting'") != []


async def _is_held(shop: Shop) -> bool:
    return await shop.rows("select 1 from chat_channels where held_reason is not null") != []


async def _has(telegram: Telegram, count: int) -> bool:
    return len(telegram.accepted) >= count


async def test_too_much_for_one_person_waits_for_that_person_alone(
    shop: Shop, whatsapp: WhatsApp, monkeypatch: pytest.MonkeyPatch
):
    """
    We know the limit ourselves, and the platform's refusal besides.
    """
    monkeypatch.setattr(rules, "WHATSAPP", rules.Pace(80.0, 0.2, 3))
    monkeypatch.setattr("pista.chat.sending.errand.pair_pause", soon)
    refusal = b'{"error": {"code": 131056, "message": "pair rate limit hit"}}'
    whatsapp.answers.append(Answer(400, refusal))
    ana, bea = await shop.customer(1), await shop.customer(2)
    written = [await shop.write(ana, f"{n}") for n in range(6)]
    await shop.write(bea, "Hola")

    async with working(shop.place):
        await shop.sent_off()

    assert sorted(one.callback_data or "" for one in whatsapp.to(phone(1))) == sorted(written)
    assert [one.callback_data for one in whatsapp.to(phone(1))] == written
    sent_at = [one.at for one in whatsapp.to(phone(1))]
    assert sent_at[-1] - sent_at[0] >= 0.4
    assert len(whatsapp.to(phone(2))) == 1


async def test_a_group_that_moved_is_written_to_where_it_is(shop: Shop, telegram: Telegram):
    """
    Telegram tells the new id with its refusal.
    """
    bea = await shop.customer(2, "telegram")
    await shop.rows(
        "update conversations set person_id = null, group_id = '-100' where id = $1",
        UUID(bea[-36:]),
    )
    telegram.moved[-100] = -100200
    message = await shop.write(bea, "Hola a todos")

    async with working(shop.place):
        await shop.sent_off()

    assert (await shop.message(message))[0] == "accepted"
    assert [one.chat for one in telegram.accepted] == [-100200]
    assert await shop.rows("select group_id from conversations") == [("-100200",)]
