"""Each other platform is told of a sale once, throttled or not, and its token may be refused."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import pytest

from pista import attribution
from pista.attribution.conversions.client import Client
from pista.attribution.destinations import probing, service
from pista.queue import Runner
from pista.settings import Settings
from tests.attribution.conversions.conftest import meta, quick, shop
from tests.attribution.conversions.shop import Shop
from tests.events.writing import until
from tests.fakes import platforms as fakes
from tests.fakes.platforms import TOKEN, Platforms
from tests.fakes.webhooks import Receiver, receiving

__all__ = ["meta", "quick", "shop"]

GENEROUS = 60
GOOGLE = {"developer_token": "d", "client_id": "c", "client_secret": "s", "refresh_token": TOKEN}
KINDS: dict[str, dict[str, Any]] = {
    "google": {
        "settings": {"customerId": "123", "conversionActionId": "456"},
        "secrets": GOOGLE,
    },
    "tiktok": {"settings": {"pixelCode": "C4ABCDEF"}, "secrets": {"token": TOKEN}},
    "ga4": {"settings": {"measurementId": "G-ABC123"}, "secrets": {"api_secret": TOKEN}},
    "utmify": {"settings": {}, "secrets": {"token": TOKEN}},
}
IDS = {"gclid": "Cj0KCQ", "ttclid": "E.C.P.abc"}


@pytest.fixture
async def platforms() -> AsyncGenerator[Platforms]:
    async with fakes.running() as running:
        yield running


class Worker:
    """One that knows where the stand-ins are."""

    def __init__(self, shop: Shop, platforms: Platforms) -> None:
        settings = Settings(
            data_dir=shop.place.data_dir, platforms=platforms.urls, webhook_private=True
        )
        self.client = Client(settings)
        self._runner = Runner(shop.place.database, attribution.errands(self.client, shop.sealer))

    async def __aenter__(self) -> "Worker":
        self._task = asyncio.create_task(self._runner.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._runner.stop()
        await self._task
        await self.client.close()


async def state_of(shop: Shop) -> tuple[str, str | None]:
    async with shop.postgres.transaction() as tx:
        row = await service.one(tx, shop.tenant, shop.destination)
    return row.state, row.paused_why


@pytest.mark.parametrize("kind", KINDS)
async def test_a_sale(shop: Shop, platforms: Platforms, kind: str):
    """
    Throttled twice and once not answered, a sale is taken, and shown once.
    """
    await shop.connect(kind=kind, **KINDS[kind])
    click = await shop.click(click_ids=IDS, utm_source="fb", campaign="rosas")
    platforms.throttle = 2
    sale = await shop.sell(click_token=click.token, visitor_id="v1")

    async with Worker(shop, platforms) as worker:
        await until(shop.is_settled, GENEROUS)
        async with shop.postgres.transaction() as tx:
            row = await service.one(tx, shop.tenant, shop.destination)
        tried = await probing.probe(worker.client, shop.sealer, row, now=datetime.now(UTC))

    assert await shop.states() == {"sent": 1}
    assert platforms.wrong == []
    assert len(platforms.counted()) == 1
    assert str(sale) in next(iter(platforms.counted()))
    assert tried.ok, tried.error


@pytest.mark.parametrize("kind", ["google", "tiktok", "utmify"])
async def test_a_refused_token(shop: Shop, platforms: Platforms, kind: str):
    """
    A token that is refused pauses the destination, and keeps what waits.
    """
    await shop.connect(kind=kind, **KINDS[kind])
    platforms.token = "another"
    click = await shop.click(click_ids=IDS)
    await shop.sell(click_token=click.token)

    async def paused() -> bool:
        return (await state_of(shop))[0] == "paused"

    async with Worker(shop, platforms):
        await until(paused, GENEROUS)

    assert await shop.states() == {"ready": 1}
    assert platforms.taken == []


async def test_what_google_cannot_find(shop: Shop, platforms: Platforms):
    """
    Google is not told of a sale without a click of its own.
    """
    await shop.connect(kind="google", **KINDS["google"])
    sale = await shop.sell()

    async with Worker(shop, platforms):
        await until(shop.is_settled, GENEROUS)

    assert (await shop.delivery(sale))["why"] == "no_click_id"


async def test_an_answer_that_was_lost(shop: Shop, platforms: Platforms):
    """
    What Google had taken and not answered is there at the next attempt, and counts as sent.
    """
    await shop.connect(kind="google", **KINDS["google"])
    click = await shop.click(click_ids=IDS)

    async def lost() -> bool:
        return len(platforms.taken) > 0

    async with Worker(shop, platforms) as worker:
        assert not isinstance(await logged_in(worker, shop), str)
        platforms.lose = 1.0
        await shop.sell(click_token=click.token)
        await until(lost, GENEROUS)
        platforms.lose = 0.0
        await until(shop.is_settled, GENEROUS)

    assert await shop.states() == {"sent": 1}
    assert len(platforms.taken) == 1


async def logged_in(worker: Worker, shop: Shop) -> Any:
    """The access token is there already."""
    async with shop.postgres.transaction() as tx:
        row = await service.one(tx, shop.tenant, shop.destination)
    return await probing.probe(worker.client, shop.sealer, row, now=datetime.now(UTC))


async def test_a_signed_webhook(shop: Shop, platforms: Platforms):
    """
    A company's own system is told under the event's id, signed, and again if it was away.
    """
    async with receiving(Receiver("s3cret")) as receiver:
        await shop.connect(
            kind="webhook", settings={"url": receiver.url}, secrets={"secret": "s3cret"}
        )
        receiver.answers.append(fakes.Answer(503))
        sale = await shop.sell()
        async with Worker(shop, platforms):
            await until(shop.is_settled, GENEROUS)

    assert (receiver.unsigned, [one.answered for one in receiver.received]) == (0, [503, 204])
    assert {one.delivery for one in receiver.received} == {f"purchase:{sale}"}
    assert receiver.received[1].body["value"] == 19.99
