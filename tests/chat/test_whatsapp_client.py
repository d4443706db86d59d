"""What is asked of WhatsApp, and what its answers come to; against the stand-in."""

import base64
import hashlib
import io
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
    Sent,
    Template,
    Text,
    To,
    Unknown,
)
from pista.chat.whatsapp.client import WhatsApp
from tests.fakes import whatsapp
from tests.fakes.pages import Answer
from tests.fakes.whatsapp_shapes import Template as Known

ANA = To(phone="51991234877")
HELLO = Text(text="Hola")


@pytest.fixture
async def fake() -> AsyncGenerator[whatsapp.WhatsApp]:
    async with whatsapp.running() as fake:
        fake.templates = {("promo", "es"): Known(1), ("code", "es"): Known(0, "AUTHENTICATION")}
        yield fake


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with http.open_http(httpx.Timeout(0.4)) as client:
        yield client


@pytest.fixture
def number(fake: whatsapp.WhatsApp, client: httpx.AsyncClient) -> WhatsApp:
    return WhatsApp(client, fake.url, token=whatsapp.TOKEN, number=whatsapp.NUMBER)


def to_ana(content: Content = HELLO, **how: Any) -> Outgoing:
    return Outgoing(to=ANA, content=content, **how)


def why(sent: Sent | Done | object) -> tuple[str, int | None]:
    assert isinstance(sent, Refused), sent
    return sent.refusal.todo, sent.refusal.code


EVERYTHING: list[tuple[Content, str]] = [
    (HELLO, "text"),
    (Text(text="https://example.com", preview=True), "text"),
    (Media(kind="image", id="KNOWN", caption="Mira"), "image"),
    (Media(kind="image", url="https://example.com/a.jpg", caption="Mira"), "image"),
    (Media(kind="video", id="KNOWN"), "video"),
    (Media(kind="audio", id="KNOWN", caption="left out"), "audio"),
    (Media(kind="voice", id="KNOWN"), "audio"),
    (Media(kind="document", id="KNOWN", filename="a.pdf", caption="El contrato"), "document"),
    (Media(kind="sticker", id="KNOWN", filename="left out"), "sticker"),
    (
        Media(kind="document", file=b"%PDF", mime_type="application/pdf", filename="ñ.pdf"),
        "document",
    ),
    (Location(latitude=-12.04, longitude=-77.04), "location"),
    (Location(latitude=-12.04, longitude=-77.04, name="Plaza", address="Lima"), "location"),
    (Reaction(external_id="wamid.1", emoji="👍"), "reaction"),
    (Reaction(external_id="wamid.1"), "reaction"),
    (
        Interactive(text="¿Sí?", buttons=[Choice(id="y", title="Sí"), Choice(id="n", title="No")]),
        "interactive",
    ),
    (
        Interactive(
            text="Elige",
            header="Tallas",
            footer="Hay stock",
            list_button="Ver",
            sections=[
                Section(title="A", rows=[Choice(id="1", title="41", description="Últimos")]),
                Section(title="B", rows=[Choice(id="2", title="42")]),
            ],
        ),
        "interactive",
    ),
    (Interactive(text="¿Tu número?", ask_for_phone=True), "interactive"),
    (
        Template(
            name="promo",
            language="es",
            components=[{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
        ),
        "template",
    ),
]


@pytest.mark.parametrize(("content", "kind"), EVERYTHING)
async def test_everything_is_sent_as_documented(
    number: WhatsApp, fake: whatsapp.WhatsApp, content: Content, kind: str
):
    """
    The stand-in takes nothing else.
    """
    fake.files["KNOWN"] = whatsapp.File(b"x", "image/jpeg", "")

    sent = await number.send(
        to_ana(content, reply_to="wamid.0", callback_data="0190a000-0000-7000-8000-000000000009")
    )

    assert isinstance(sent, Accepted), sent
    (taken,) = fake.accepted
    assert (taken.id, taken.type, taken.to) == (sent.external_id, kind, "51991234877")
    assert taken.callback_data == "0190a000-0000-7000-8000-000000000009"
    assert taken.body["context"] == {"message_id": "wamid.0"}
    assert sent.phone == "51991234877"


@pytest.mark.parametrize(
    ("to", "field", "value"),
    [
        (To(phone="51991234877", user_id="PE.1"), "to", "51991234877"),
        (To(user_id="PE.13491208655302741918"), "recipient", "PE.13491208655302741918"),
        (To(group="Y2FwaV9ncm91cDox", phone="51991234877"), "to", "Y2FwaV9ncm91cDox"),
    ],
)
async def test_who_it_is_for(
    number: WhatsApp, fake: whatsapp.WhatsApp, to: To, field: str, value: str
):
    """
    A user id goes where it is not dropped.
    """
    assert isinstance(await number.send(Outgoing(to=to, content=HELLO)), Accepted)

    assert fake.accepted[0].body[field] == value
    assert fake.dropped == []


async def test_nobody_to_send_to(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    Is known before anything is sent.
    """
    assert why(await number.send(Outgoing(to=To(), content=HELLO)))[0] == "never"
    assert fake.requests == 0


async def test_a_file_is_uploaded_first(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    Bytes, type and name as they are; a refusal of it is one of the message.
    """
    file = bytes(range(256)) * 20 + b"\r\n--x\r\n"
    sent = await number.send(to_ana(Media(kind="image", file=file, mime_type="image/png")))

    assert isinstance(sent, Accepted)
    kept = fake.files[fake.accepted[0].body["image"]["id"]]
    assert (kept.content, kept.mime_type) == (file, "image/png")
    fake.fail = 1
    assert why(await number.send(to_ana(Media(kind="image", file=file)))) == ("again", 131016)


@pytest.mark.parametrize(
    ("content", "to", "refusal"),
    [
        (Template(name="none", language="es"), ANA, ("never", 132001)),
        (Template(name="promo", language="es"), ANA, ("never", 132000)),
        (Template(name="code", language="es"), To(user_id="PE.1"), ("never", 131062)),
        (Media(kind="image", id="gone"), ANA, ("never", 131053)),
        (Text(text=""), ANA, ("never", 131009)),
        (Text(text="x" * 4097), ANA, ("never", 131009)),
        (HELLO, To(phone="nobody"), ("never", 131009)),
        (Interactive(text="?"), ANA, ("never", 131009)),
        (Location(latitude=91, longitude=0), ANA, ("never", 131009)),
    ],
)
async def test_what_the_platform_refuses(
    number: WhatsApp, content: Content, to: To, refusal: tuple[str, int]
):
    """
    Comes with its code and its own explanation.
    """
    sent = await number.send(Outgoing(to=to, content=content))

    assert why(sent) == refusal
    assert isinstance(sent, Refused)
    assert sent.refusal.text


async def test_a_wrong_token_holds_the_number(fake: whatsapp.WhatsApp, client: httpx.AsyncClient):
    """
    Nothing more is sent until somebody has looked.
    """
    number = WhatsApp(client, fake.url, token="stolen", number=whatsapp.NUMBER)

    assert why(await number.send(to_ana())) == ("hold", 190)
    assert why(await number.about()) == ("hold", 190)


async def test_throttling(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    The number's limit passes; that of a person concerns that person only.
    """
    fake.clock = lambda: 100.0
    fake.pairs = True
    for _ in range(whatsapp.PAIR_BURST):
        assert isinstance(await number.send(to_ana()), Accepted)
    assert why(await number.send(to_ana())) == ("again_for_pair", 131056)
    other = Outgoing(to=To(phone="51900111222"), content=HELLO)
    assert isinstance(await number.send(other), Accepted)
    fake.clock = lambda: 106.0
    assert isinstance(await number.send(to_ana()), Accepted)

    fake.pairs, fake.per_second = False, 1
    assert isinstance(await number.send(to_ana()), Accepted)
    assert why(await number.send(to_ana())) == ("again", 130429)


async def test_no_answer_may_mean_that_it_was_sent(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    A lost answer, a gateway's page and an answer that is none are all unknown: each was taken.
    """
    fake.lose, fake.hang_seconds = 1, 0
    assert isinstance(await number.send(to_ana()), Unknown)
    fake.hang_seconds = 2
    assert isinstance(await number.send(to_ana()), Unknown)
    fake.lose, fake.garble = 0, 1
    assert isinstance(await number.send(to_ana()), Unknown)

    assert len(fake.accepted) == 3
    assert {one["id"] for one in fake.pending} == {one.id for one in fake.accepted}


@pytest.mark.parametrize(
    "answer",
    [Answer(200, b"<html>"), Answer(200, b"{}"), Answer(200, b'{"messages":[]}'), Answer(500)],
)
async def test_an_answer_that_says_nothing(
    number: WhatsApp, fake: whatsapp.WhatsApp, answer: Answer
):
    """
    Is no reason to send again.
    """
    fake.answers.append(answer)

    assert isinstance(await number.send(to_ana()), Unknown)


async def test_what_certainly_was_not_sent(
    number: WhatsApp, fake: whatsapp.WhatsApp, client: httpx.AsyncClient
):
    """
    Nobody listens, or the platform says that it is busy: both feed the breaker.
    """
    fake.fail = 1
    busy = await number.send(to_ana())
    fake.fail, fake.away = 0, True
    away = await number.send(to_ana())
    nowhere = WhatsApp(client, "http://127.0.0.1:1/v25.0", token="t", number="1")
    unreached = await nowhere.send(to_ana())

    for sent in (busy, away, unreached):
        assert isinstance(sent, Refused)
        assert sent.refusal.todo == "again"
        assert sent.refusal.feeds_breaker
    assert fake.accepted == []


async def test_marking_as_read(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    With or without showing that somebody writes.
    """
    assert await number.mark_read("wamid.1") == Done()
    assert await number.mark_read("wamid.2", typing=True) == Done()
    assert why(await number.mark_read("nothing")) == ("never", 131009)

    assert (fake.read, fake.typing) == (["wamid.1", "wamid.2"], ["wamid.2"])


async def test_a_persons_file(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    Is what its hash says, in the webhook's spelling and the answer's.
    """
    content = b"\x89PNG" * 50_000
    media = fake.keep(content, "image/png")
    digest = hashlib.sha256(content).digest()
    into = io.BytesIO()

    fetched = await number.fetch(
        media, into, limit=len(content), sha256=base64.b64encode(digest).decode()
    )

    assert fetched == Fetched(bytes=len(content), sha256=digest.hex(), mime_type="image/png")
    assert into.getvalue() == content
    assert why(await number.fetch(media, io.BytesIO(), limit=10**6, sha256="a0B="))[0] == "again"


async def test_a_file_that_is_not_taken(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    Too large, changed on its way, gone, or elsewhere than Meta keeps things.
    """
    media = fake.keep(b"x" * 1000, "image/png")

    assert why(await number.fetch(media, io.BytesIO(), limit=999))[0] == "never"
    fake.understate_sizes = True
    into = io.BytesIO()
    assert why(await number.fetch(media, into, limit=999))[0] == "never"
    assert len(into.getvalue()) <= 999
    fake.understate_sizes = False
    assert why(await number.fetch(f"x/../{media}", io.BytesIO(), limit=9999))[0] == "never"
    fake.corrupt_media = True
    fake.files[media] = fake.files[media]._replace(content=b"xyz")
    assert why(await number.fetch(media, io.BytesIO(), limit=9999))[0] == "again"
    assert why(await number.fetch("12345", io.BytesIO(), limit=9999)) == ("never", 100)
    fake.media_host = f"http://localhost:{fake.port}"
    before = fake.requests
    assert why(await number.fetch(media, io.BytesIO(), limit=9999))[0] == "never"
    assert fake.requests == before + 1


@pytest.mark.parametrize(
    ("url", "metas"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", True),
        ("https://mmg.whatsapp.net/v/t62", True),
        ("http://127.0.0.1:9/media/1", True),  # where the API is itself
        ("http://lookaside.fbsbx.com/x", False),  # not encrypted
        ("https://evilfbsbx.com/x", False),
        ("https://lookaside.fbsbx.com.evil.example/x", False),
        ("https://lookaside.fbsbx.com@evil.example/x", False),
        ("http://127.0.0.1:91/media/1", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_the_token_is_shown_to_meta_only(client: httpx.AsyncClient, url: str, metas: bool):
    """
    Whatever address an answer names.
    """
    number = WhatsApp(client, "http://127.0.0.1:9/v25.0", token="t", number="1")

    assert vars(WhatsApp)["_is_metas"](number, url) is metas


async def test_the_check_of_a_connection(number: WhatsApp, fake: whatsapp.WhatsApp):
    """
    What Meta says of the number, its templates on all pages, and where webhooks go.
    """
    fake.templates = {(f"t{n}", "es"): Known() for n in range(5)}

    about = await number.about()
    templates = await number.templates(whatsapp.ACCOUNT)

    assert not isinstance(about, Refused)
    assert (about.verified_name, about.quality_rating) == ("Tienda Sol", "GREEN")
    assert not isinstance(templates, Refused)
    assert [one.name for one in templates] == ["t0", "t1", "t2", "t3", "t4"]
    assert await number.subscribe(whatsapp.ACCOUNT) == Done()
    assert fake.subscribed == 1
    assert why(await number.templates("1")) == ("never", 100)
