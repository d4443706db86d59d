"""Files go out from a bucket as they do from the data folder, and wait for a store that is away."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from pista.app import House
from pista.chat.sending import errand
from pista.store.s3 import client
from tests.chat.sending.conftest import Shop, client_of
from tests.chat.sending.test_sending import PNG
from tests.chat.sending.working import working
from tests.fakes import s3 as fake
from tests.fakes.telegram import Telegram
from tests.fakes.whatsapp import WhatsApp

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(client, "FIRST_PAUSE_SECONDS", 0.001)
    running = fake.start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
async def uploader(
    shop: Shop, store: fake.Store, houses: Callable[..., Awaitable[House]]
) -> AsyncGenerator[httpx.AsyncClient]:
    """At a web process that keeps files in the bucket."""
    house = await houses(s3=fake.settings_for(store), media_bucket=fake.BUCKET)
    async with client_of(shop.key, house) as opened:
        yield opened


def _at_once(_attempt: int) -> float:
    return 0.05


async def write_file(shop: Shop, uploader: httpx.AsyncClient, conversation: str) -> str:
    uploaded = await uploader.post("/api/chat/media", content=PNG)
    media = {"kind": "image", "mediaId": uploaded.json()["id"]}
    return await shop.write(conversation, {"type": "media", "media": media})


async def test_a_file_goes_out_from_the_bucket(
    shop: Shop,
    uploader: httpx.AsyncClient,
    store: fake.Store,
    whatsapp: WhatsApp,
    telegram: Telegram,
):
    """
    The file itself, by either platform; neither is told where it lies.
    """
    for conversation in (await shop.customer(), await shop.customer(2, "telegram")):
        await write_file(shop, uploader, conversation)

    async with working(shop.place, fake.settings_for(store)):
        await shop.sent_off()

    [sent] = whatsapp.accepted
    assert whatsapp.files[sent.body["image"]["id"]].content == PNG
    assert [one.file for one in telegram.accepted] == [PNG]


async def test_a_message_waits_for_its_file(
    shop: Shop,
    uploader: httpx.AsyncClient,
    store: fake.Store,
    whatsapp: WhatsApp,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Nothing is sent while the store is away, the number does not pause for it, and then it goes
    once.
    """
    monkeypatch.setattr(errand, "pair_pause", _at_once)
    ana, bea = await shop.customer(1), await shop.customer(2)
    store.fail("get", "error", times=3)
    message = await write_file(shop, uploader, ana)
    other = await shop.write(bea, "Hola")

    async with working(shop.place, fake.settings_for(store)):
        await shop.sent_off()

    assert [(await shop.message(one))[0] for one in (message, other)] == ["accepted"] * 2
    assert [one.body["type"] for one in whatsapp.accepted] == ["text", "image"]
    assert store.heard.count("get") == 4


async def test_a_file_that_is_gone_is_not_sent(
    shop: Shop, uploader: httpx.AsyncClient, store: fake.Store, whatsapp: WhatsApp
):
    """
    Whoever has emptied the bucket: the message says so.
    """
    message = await write_file(shop, uploader, await shop.customer())
    store.objects.clear()

    async with working(shop.place, fake.settings_for(store)):
        await shop.sent_off()

    status, _, advice = await shop.message(message)
    assert (status, advice, whatsapp.accepted) == ("failed", "check_media", [])
