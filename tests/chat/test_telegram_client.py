"""What is asked of Telegram, and what its answers come to; against the stand-in."""

import io
import logging
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from pista.chat import http
from pista.chat.outgoing import (
    Accepted,
    Choice,
    Content,
    Done,
    Fetched,
    Interactive,
    Location,
    Media,
    Outgoing,
    Reaction,
    Refused,
    Section,
    Template,
    Text,
    To,
    Unknown,
)
from pista.chat.telegram.client import Telegram
from tests.fakes import telegram

PERSON = 5401234567
ANA = To(user_id=str(PERSON))
HELLO = Text(text="Hola")


@pytest.fixture
async def fake() -> AsyncGenerator[telegram.Telegram]:
    async with telegram.running() as fake:
        yield fake


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with http.open_http(httpx.Timeout(0.4)) as client:
        yield client


@pytest.fixture
def bot(fake: telegram.Telegram, client: httpx.AsyncClient) -> Telegram:
    return Telegram(client, fake.url, token=telegram.TOKEN)


def to_ana(content: Content = HELLO, **how: Any) -> Outgoing:
    return Outgoing(to=ANA, content=content, **how)


def why(sent: object) -> tuple[str, int | None]:
    assert isinstance(sent, Refused), sent
    return sent.refusal.todo, sent.refusal.code


@pytest.mark.parametrize(
    ("content", "method", "parameters"),
    [
        (HELLO, "sendMessage", {"text": "Hola"}),
        (Text(text="https://a.example", preview=True), "sendMessage", {}),
        (Media(kind="image", id="AgAC", caption="Mira"), "sendPhoto", {"caption": "Mira"}),
        (Media(kind="video", url="https://a.example/v.mp4"), "sendVideo", {}),
        (Media(kind="audio", id="x"), "sendAudio", {"audio": "x"}),
        (Media(kind="voice", id="x"), "sendVoice", {"voice": "x"}),
        (Media(kind="document", id="x"), "sendDocument", {"document": "x"}),
        (Media(kind="sticker", id="x", caption="left out"), "sendSticker", {"sticker": "x"}),
        (Location(latitude=-12.0, longitude=-77.0), "sendLocation", {"latitude": -12.0}),
        (
            Location(latitude=-12.0, longitude=-77.0, name="Plaza"),
            "sendVenue",
            {"title": "Plaza", "address": ""},
        ),
        (
            Interactive(text="¿Sí?", header="H", footer="F", buttons=[Choice(id="y", title="Sí")]),
            "sendMessage",
            {
                "text": "H\n\n¿Sí?\n\nF",
                "reply_markup": {"inline_keyboard": [[{"text": "Sí", "callback_data": "y"}]]},
            },
        ),
        (
            Interactive(text="Elige", sections=[Section(rows=[Choice(id="1", title="41")])]),
            "sendMessage",
            {"reply_markup": {"inline_keyboard": [[{"text": "41", "callback_data": "1"}]]}},
        ),
        (Interactive(text="¿Tu número?", ask_for_phone=True), "sendMessage", {}),
    ],
)
async def test_everything_is_sent_as_documented(
    bot: Telegram,
    fake: telegram.Telegram,
    content: Content,
    method: str,
    parameters: dict[str, Any],
):
    """
    The stand-in takes nothing else.
    """
    sent = await bot.send(to_ana(content, reply_to=f"{PERSON}:44"))

    assert isinstance(sent, Accepted), sent
    (taken,) = fake.accepted
    assert (taken.external_id, taken.method, taken.chat) == (sent.external_id, method, PERSON)
    assert parameters.items() <= taken.parameters.items()
    assert taken.parameters["reply_parameters"]["message_id"] == 44


async def test_a_file_is_sent_along(bot: Telegram, fake: telegram.Telegram):
    """
    With all else of the message beside it, whatever bytes it has.
    """
    file = bytes(range(256)) * 20 + b"\r\n--x\r\n"
    media = Media(kind="document", file=file, filename="ñ.pdf", caption="¿Sí?")

    assert isinstance(await bot.send(to_ana(media, reply_to="1:7")), Accepted)
    (taken,) = fake.accepted
    assert (taken.file, taken.parameters["caption"]) == (file, "¿Sí?")
    assert taken.parameters["reply_parameters"]["message_id"] == 7


async def test_a_group_is_written_to_as_such(bot: Telegram, fake: telegram.Telegram):
    """
    And not the person who wrote there.
    """
    group = To(user_id="54", group="-1001234567890")

    assert isinstance(await bot.send(Outgoing(to=group, content=HELLO)), Accepted)
    assert fake.accepted[0].chat == -1001234567890


async def test_reactions(bot: Telegram, fake: telegram.Telegram):
    """
    Given and taken back.
    """
    for emoji in ("👍", None):
        reaction = Reaction(external_id=f"{PERSON}:44", emoji=emoji)
        assert isinstance(await bot.send(to_ana(reaction)), Accepted)

    assert [one["reaction"] for one in fake.reactions] == [[{"type": "emoji", "emoji": "👍"}], []]


@pytest.mark.parametrize(
    ("message", "refusal"),
    [
        (Outgoing(to=To(phone="51991234877"), content=HELLO), ("never", None)),
        (to_ana(Template(name="promo", language="es")), ("never", None)),
        (to_ana(Reaction(external_id="wamid.X")), ("never", None)),
        (to_ana(Text(text="")), ("never", 400)),
        (to_ana(Interactive(text="?", buttons=[Choice(id="x" * 65, title="y")])), ("never", 400)),
        (Outgoing(to=To(user_id="1"), content=HELLO), ("never", 403)),
        (Outgoing(to=To(user_id="2"), content=HELLO), ("never", 400)),
    ],
)
async def test_what_is_refused(
    bot: Telegram, fake: telegram.Telegram, message: Outgoing, refusal: tuple[str, int | None]
):
    """
    By Telegram, in its own words; or before, where it can be none of its messages.
    """
    fake.blocked, fake.strangers = {1}, {2}
    sent = await bot.send(message)

    assert why(sent) == refusal
    assert isinstance(sent, Refused)
    assert sent.refusal.text


async def test_throttling_and_moving(bot: Telegram, fake: telegram.Telegram):
    """
    The seconds to wait, and the id that a group goes by now.
    """
    fake.per_chat_second, fake.moved = 1, {-400: -1001234567890}
    fake.clock = lambda: 100.0
    assert isinstance(await bot.send(to_ana()), Accepted)

    throttled = await bot.send(to_ana())
    moved = await bot.send(Outgoing(to=To(group="-400"), content=HELLO))

    assert why(throttled) == ("again_for_pair", 429)
    assert isinstance(throttled, Refused)
    assert throttled.refusal.retry_after == 3
    assert isinstance(moved, Refused)
    assert moved.refusal.moved_to == "-1001234567890"


@pytest.mark.parametrize(
    "token",
    [
        *("7000000001:other", "nonsense", "../../secret", "a/b?c#d", ""),
        f"{telegram.TOKEN}/getMe?x=",  # would be another call
    ],
)
async def test_a_wrong_token_holds_the_bot(
    fake: telegram.Telegram, client: httpx.AsyncClient, token: str
):
    """
    Whatever was pasted.
    """
    bot = Telegram(client, fake.url, token=token)

    assert why(await bot.send(to_ana()))[0] == "hold"
    assert why(await bot.about())[0] == "hold"


async def test_no_answer_may_mean_that_it_was_sent(bot: Telegram, fake: telegram.Telegram):
    """
    A lost answer and a gateway's page are both unknown; a refusal is none.
    """
    fake.lose, fake.hang_seconds = 1, 0
    assert isinstance(await bot.send(to_ana()), Unknown)
    fake.hang_seconds = 2
    assert isinstance(await bot.send(to_ana()), Unknown)
    fake.lose, fake.garble = 0, 1
    assert isinstance(await bot.send(to_ana()), Unknown)
    assert len(fake.accepted) == 3

    fake.garble, fake.fail = 0, 1
    assert why(await bot.send(to_ana())) == ("again", 500)
    fake.fail, fake.away = 0, True
    assert why(await bot.send(to_ana())) == ("again", 503)
    assert len(fake.accepted) == 3


async def test_nobody_listens(client: httpx.AsyncClient):
    """
    Then it certainly was not sent.
    """
    bot = Telegram(client, "http://127.0.0.1:1", token=telegram.TOKEN)

    assert why(await bot.send(to_ana())) == ("again", None)


async def test_the_check_of_a_connection(bot: Telegram, fake: telegram.Telegram):
    """
    Whose token it is, and where updates go: those with invite links, too.
    """
    about = await bot.about()
    assert not isinstance(about, Refused)
    assert (about.id, about.username) == (telegram.BOT, "sol_bot")

    assert await bot.set_webhook("https://pista.example/api/telegram/webhook/7", "s3cret") == Done()
    info = await bot.webhook()
    assert not isinstance(info, Refused)
    assert info.url == "https://pista.example/api/telegram/webhook/7"
    assert {"chat_member", "chat_join_request", "message_reaction"} <= set(info.allowed_updates)
    assert fake.webhook["secret_token"] == "s3cret"

    assert why(await bot.set_webhook("http://pista.example/", "s3cret")) == ("never", 400)
    assert why(await bot.set_webhook("https://pista.example:9000/", "s3cret")) == ("never", 400)
    assert why(await bot.set_webhook("https://pista.example/", "no spaces")) == ("never", 400)
    assert await bot.delete_webhook() == Done()
    assert fake.webhook == {}


async def test_a_button_is_answered(bot: Telegram, fake: telegram.Telegram):
    """
    So that it stops turning.
    """
    assert await bot.answer_callback("4382bfdwdsb323b2d9") == Done()

    assert fake.callbacks == ["4382bfdwdsb323b2d9"]


async def test_a_persons_file(bot: Telegram, fake: telegram.Telegram):
    """
    Is written down if it is no larger than it may be, whatever size it said to have.
    """
    content = b"OggS" * 5000
    file = fake.keep(content)
    into = io.BytesIO()

    fetched = await bot.fetch(file, into, limit=len(content))

    assert isinstance(fetched, Fetched)
    assert (fetched.bytes, into.getvalue()) == (len(content), content)
    assert why(await bot.fetch(file, io.BytesIO(), limit=len(content) - 1))[0] == "never"
    fake.understate_sizes = True
    assert why(await bot.fetch(file, io.BytesIO(), limit=len(content) - 1))[0] == "never"
    assert why(await bot.fetch("gone", io.BytesIO(), limit=9)) == ("never", 400)
    fake.hidden.add(file)
    assert why(await bot.fetch(file, io.BytesIO(), limit=10**6)) == ("never", 400)


async def test_the_token_is_in_no_log_line(bot: Telegram, caplog: pytest.LogCaptureFixture):
    """
    It stands in the address, and HTTP clients like to log those.
    """
    caplog.set_level(logging.INFO)
    await bot.send(to_ana())
    await bot.about()

    assert "AAFake" not in caplog.text
