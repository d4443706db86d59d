"""The stand-in for Telegram refuses what the platform would: else tests against it say nothing."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from tests.fakes import telegram
from tests.fakes.pages import Answer, Request, serving
from tests.fakes.telegram import TOKEN


@pytest.fixture
async def fake() -> AsyncGenerator[telegram.Telegram]:
    async with telegram.running() as fake:
        yield fake


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        yield client


def keyboard(**button: Any) -> dict[str, Any]:
    return {"text": "?", "reply_markup": {"inline_keyboard": [[{"text": "Sí", **button}]]}}


@pytest.mark.parametrize(
    ("method", "parameters", "code"),
    [
        ("sendMessage", {}, 400),
        ("sendMessage", {"text": ""}, 400),
        ("sendMessage", {"text": "x" * 4097}, 400),
        ("sendMessage", {"text": "x", "chat_id": "54"}, 400),
        ("sendMessage", {"text": "x", "chat_id": None}, 400),
        ("sendMessage", {"text": "x", "surprise": 1}, 400),
        ("sendMessage", {"text": "x", "reply_parameters": {"message_id": "7"}}, 400),
        ("sendMessage", {"text": "x", "reply_parameters": 7}, 400),
        ("sendMessage", keyboard(), 400),
        ("sendMessage", keyboard(callback_data=""), 400),
        ("sendMessage", keyboard(callback_data="ñ" * 33), 400),
        ("sendPhoto", {"caption": "x"}, 400),
        ("sendPhoto", {"photo": "x", "caption": "x" * 1025}, 400),
        ("sendSticker", {"sticker": "x", "caption": "y"}, 400),
        ("sendLocation", {"latitude": 91, "longitude": 0}, 400),
        ("sendVenue", {"latitude": 1, "longitude": 0}, 400),
        ("setWebhook", {"url": "https://a.example", "max_connections": 101}, 400),
        ("setWebhook", {"url": "https://a.example", "allowed_updates": ["everything"]}, 400),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "paid"}]}, 400),
        ("getFile", {"file_id": "x"}, 400),
        ("sendHologram", {}, 404),
    ],
)
async def test_what_is_not_as_documented(
    client: httpx.AsyncClient,
    fake: telegram.Telegram,
    method: str,
    parameters: dict[str, Any],
    code: int,
):
    """
    Is refused as the platform does, and counted; nothing is taken.
    """
    who = {"chat_id": 54} if method.startswith(("send", "setM")) else {}
    answer = await client.post(f"{fake.url}/bot{TOKEN}/{method}", json=who | parameters)

    assert (answer.status_code, answer.json()["error_code"]) == (code, code)
    assert answer.json()["ok"] is False
    assert (fake.accepted, fake.webhook, fake.refused) == ([], {}, {code: 1})


@pytest.mark.parametrize(("token", "code"), [("7000000001:other", 401), ("x", 404), ("", 404)])
async def test_who_may_call(
    client: httpx.AsyncClient, fake: telegram.Telegram, token: str, code: int
):
    """
    Whoever has the bot's token.
    """
    answer = await client.post(f"{fake.url}/bot{token}/getMe", json={})

    assert answer.status_code == code


async def test_a_body_that_is_no_json(client: httpx.AsyncClient, fake: telegram.Telegram):
    """
    Is refused, and so is a file where none belongs.
    """
    url = f"{fake.url}/bot{TOKEN}/sendMessage"

    assert (await client.post(url, content=b"{")).status_code == 400
    files = {"text": ("a", b"x", "text/plain")}
    assert (await client.post(url, data={"chat_id": "1"}, files=files)).status_code == 400


async def test_updates_are_told_until_they_are_taken(
    client: httpx.AsyncClient, fake: telegram.Telegram
):
    """
    With the secret in a header; and only those that were asked for.
    """
    got: list[Request] = []
    answers = [Answer(503), Answer(500), Answer(200), Answer(200)]

    def receive(request: Request) -> Answer:
        got.append(request)
        return answers.pop(0)

    async with serving(receive) as port:
        fake.webhook = {"url": f"http://127.0.0.1:{port}/hook", "secret_token": "s3cret"}
        tries = await fake.deliver(client, fake.update(message=fake.said("Hola")))
        unasked = await fake.deliver(client, fake.update(chat_member={}))
        fake.webhook["allowed_updates"] = ["chat_member"]
        asked = await fake.deliver(client, fake.update(chat_member={}))

    assert (tries, unasked, asked) == (3, 0, 1)
    assert {one.headers["x-telegram-bot-api-secret-token"] for one in got} == {"s3cret"}
    assert got[0].body == got[1].body == got[2].body != got[3].body


async def test_updates_are_numbered(fake: telegram.Telegram):
    """
    One after the other.
    """
    assert b'"update_id": 800000001' in fake.update(message={})
    assert b'"update_id": 800000002' in fake.update(message={})
