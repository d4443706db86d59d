"""The stand-in for WhatsApp refuses what the platform would: else tests against it say nothing."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from tests.fakes import whatsapp
from tests.fakes.pages import Answer, Request, serving
from tests.fakes.whatsapp import NUMBER, TOKEN

GOOD: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": "51991234877",
    "type": "text",
    "text": {"body": "Hola"},
}


def interactive(**fields: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"body": {"text": "?"}, **fields}}


def button(number: int, title: str = "Sí") -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": f"{number}", "title": title}}


@pytest.fixture
async def fake() -> AsyncGenerator[whatsapp.WhatsApp]:
    async with whatsapp.running() as fake:
        yield fake


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        yield client


async def post(client: httpx.AsyncClient, fake: whatsapp.WhatsApp, body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return await client.post(f"{fake.url}/{NUMBER}/messages", json=body, headers=headers)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": "telegram"}, 100),
        ({"to": None, "recipient": "PE.1"}, 100),
        ({"to": 51991234877}, 131009),
        ({"to": "mañana"}, 131009),
        ({"to": ""}, 131009),
        ({"recipient_type": "everybody"}, 131009),
        ({"surprise": 1}, 100),
        ({"type": "hologram", "hologram": {}}, 131009),
        ({"text": "Hola"}, 131008),
        ({"text": {}}, 131008),
        ({"text": {"body": ""}}, 131009),
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"text": {"body": "x", "preview_url": "yes"}}, 131009),
        ({"text": {"body": "x", "font": "bold"}}, 100),
        ({"context": "wamid.1"}, 131009),
        ({"context": {}}, 131008),
        ({"biz_opaque_callback_data": "x" * 513}, 131009),
        ({"type": "image", "image": {"id": "unknown"}}, 131053),
        ({"type": "image", "image": {"id": "1", "link": "https://a.example"}}, 131009),
        ({"type": "image", "image": {"link": "ftp://a.example"}}, 131053),
        ({"type": "audio", "audio": {"link": "https://a.example", "caption": "x"}}, 100),
        ({"type": "location", "location": {"latitude": "1", "longitude": 2}}, 131008),
        ({"type": "location", "location": {"latitude": 1, "longitude": 181}}, 131009),
        ({"type": "reaction", "reaction": {"message_id": "wamid.1"}}, 131008),
        ({"type": "template", "template": {"name": "a", "language": {"code": "es"}}}, 132001),
        (interactive(type="button", action={"buttons": []}), 131009),
        (interactive(type="button", action={"buttons": [button(n) for n in range(4)]}), 131009),
        (interactive(type="button", action={"buttons": [button(1), button(1)]}), 131009),
        (interactive(type="button", action={"buttons": [button(1, "x" * 21)]}), 131009),
        (interactive(type="list", action={"button": "Ver", "sections": []}), 131009),
        (
            interactive(
                type="list",
                action={
                    "button": "Ver",
                    "sections": [{"rows": [{"id": str(n), "title": "x"} for n in range(11)]}],
                },
            ),
            131009,
        ),
        (interactive(type="poll", action={}), 131009),
    ],
)
async def test_what_is_not_as_documented(
    client: httpx.AsyncClient, fake: whatsapp.WhatsApp, change: dict[str, Any], code: int
):
    """
    Is refused with the platform's code, and counted; nothing is taken.
    """
    body = {k: v for k, v in GOOD.items() if k != "text" or "type" not in change} | change
    if change.get("to", "") is None:
        body["to"] = "51991234877"  # both

    answer = await post(client, fake, body)

    assert answer.status_code >= 400
    assert answer.json()["error"]["code"] == code
    assert (fake.accepted, fake.refused) == ([], {code: 1})


async def test_a_user_id_in_the_wrong_place_is_dropped(
    client: httpx.AsyncClient, fake: whatsapp.WhatsApp
):
    """
    As the platform does: it says yes, and nobody ever gets it.
    """
    answer = await post(client, fake, GOOD | {"to": "PE.13491208655302741918"})

    assert answer.status_code == 200
    assert (len(fake.dropped), fake.accepted, fake.pending) == (1, [], [])


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [
        (f"{NUMBER}/messages", {}, 190),
        (f"{NUMBER}/messages", {"Authorization": "Bearer other"}, 190),
        ("999/messages", {"Authorization": f"Bearer {TOKEN}"}, 100),
        (f"{NUMBER}/telegrams", {"Authorization": f"Bearer {TOKEN}"}, 100),
    ],
)
async def test_who_may_send_from_where(
    client: httpx.AsyncClient,
    fake: whatsapp.WhatsApp,
    path: str,
    headers: dict[str, str],
    code: int,
):
    """
    A token, and the number that it opens.
    """
    answer = await client.post(f"{fake.url}/{path}", json=GOOD, headers=headers)

    assert answer.json()["error"]["code"] == code
    assert fake.accepted == []


async def test_a_body_that_is_no_json(client: httpx.AsyncClient, fake: whatsapp.WhatsApp):
    """
    Or does not say that it is.
    """
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{fake.url}/{NUMBER}/messages"

    for content, kind in ((b"{", "application/json"), (json.dumps(GOOD).encode(), "text/plain")):
        answer = await client.post(url, content=content, headers={**headers, "Content-Type": kind})
        assert answer.json()["error"]["code"] == 100


async def test_statuses_are_told_until_they_are_taken(
    client: httpx.AsyncClient, fake: whatsapp.WhatsApp
):
    """
    Signed, several in one webhook, out of order and some twice; whoever is away gets them later.
    """
    got: list[dict[str, Any]] = []
    unsigned = refused = 0

    def receive(request: Request) -> Answer:
        nonlocal unsigned, refused
        if request.headers["x-hub-signature-256"] != whatsapp.sign(request.body):
            unsigned += 1
        if refused < 2:
            refused += 1
            return Answer(503)
        got.extend(json.loads(request.body)["entry"][0]["changes"][0]["value"]["statuses"])
        return Answer(200)

    for number in range(8):
        data = {"biz_opaque_callback_data": f"ours-{number}"}
        assert (await post(client, fake, GOOD | data)).status_code == 200
    async with serving(receive) as port:
        told = await fake.tell(client, f"http://127.0.0.1:{port}/hook", repeat=0.3, most=5)

    pairs = [(one["id"], one["status"]) for one in got]
    assert len(set(pairs)) == 24
    assert len(pairs) > 24
    assert pairs != sorted(pairs)
    assert (told, unsigned, refused) == (-(-len(pairs) // 5), 0, 2)
    assert {one["biz_opaque_callback_data"] for one in got} == {f"ours-{n}" for n in range(8)}
    assert fake.pending == []


async def test_it_goes_on_telling(client: httpx.AsyncClient, fake: whatsapp.WhatsApp):
    """
    Beside whatever a test does, and the rest at the end.
    """
    got: list[bytes] = []
    first = asyncio.Event()

    def receive(request: Request) -> Answer:
        got.append(request.body)
        first.set()
        return Answer(200)

    async with serving(receive) as port:
        async with fake.telling(f"http://127.0.0.1:{port}/", every=0.01):
            await post(client, fake, GOOD)
            await first.wait()
            await post(client, fake, GOOD)
        assert sum(body.count(b'"status"') for body in got) == 6


async def test_a_closed_window_fails_afterwards(client: httpx.AsyncClient, fake: whatsapp.WhatsApp):
    """
    It is taken, and then a status says why nobody gets it.
    """
    fake.closed.add("51991234877")
    fake.unreachable.add("51900111222")
    await post(client, fake, GOOD)
    await post(client, fake, GOOD | {"to": "51900111222"})

    assert [one["errors"][0]["code"] for one in fake.pending] == [131047, 131026]


async def test_a_share_of_all_fails(client: httpx.AsyncClient, fake: whatsapp.WhatsApp):
    """
    About as many as it was told, and always the same ones.
    """
    fake.fail = 0.3
    answers = [(await post(client, fake, GOOD)).status_code for _ in range(60)]

    assert answers.count(200) == len(fake.accepted) == 60 - fake.failed
    assert 8 <= fake.failed <= 28


async def test_being_down(client: httpx.AsyncClient, fake: whatsapp.WhatsApp):
    """
    Is a connection that ends without an answer.
    """
    fake.down = True

    with pytest.raises(httpx.RemoteProtocolError):
        await post(client, fake, GOOD)
    assert fake.accepted == []
