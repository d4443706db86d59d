"""Each other platform is told of a sale once, throttled or not, and its token may be refused."""

import asyncio
import json
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from pista import attribution
from pista.attribution.conversions.client import Client
from pista.attribution.destinations import probing, service
from pista.attribution.meta.normalising import digest
from pista.attribution.platforms import PLATFORMS
from pista.attribution.told import Answer
from pista.attribution.utmify.platform import UtmifyPlatform
from pista.queue import Runner
from pista.sales import Buyer
from pista.sales.model import RefundKind
from pista.settings import Settings
from tests.attribution.conversions.conftest import meta, quick, shop
from tests.attribution.conversions.shop import Shop
from tests.events.writing import until
from tests.fakes import platforms as fakes
from tests.fakes.meta import Meta
from tests.fakes.platforms import TOKEN, Platforms
from tests.fakes.webhooks import Receiver, receiving

__all__ = ["meta", "quick", "shop"]

GENEROUS = 60
GOOGLE = {"client_id": "c", "client_secret": "s", "refresh_token": TOKEN}
DEVELOPER = {"developer_token": "d"}
KINDS: dict[str, dict[str, Any]] = {
    "google": {
        "settings": {"customerId": "123", "conversionActionId": "456"},
        "secrets": GOOGLE,
    },
    "data manager": {
        "kind": "google",
        "settings": {"customerId": "123", "conversionActionId": "456", "via": "data_manager"},
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

    def __init__(self, shop: Shop, platforms: Platforms, meta_url: str = "http://nobody") -> None:
        settings = Settings(
            data_dir=shop.place.data_dir,
            platforms=platforms.urls,
            meta_graph_url=meta_url,
            webhook_private=True,
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


async def is_paused(shop: Shop) -> bool:
    return (await state_of(shop))[0] == "paused"


@pytest.mark.parametrize("kind", KINDS)
async def test_a_sale(shop: Shop, platforms: Platforms, kind: str):
    """
    Throttled twice and once not answered, a sale is taken, and shown once.
    """
    await shop.connect(**{"kind": kind, **KINDS[kind]})
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

    async with Worker(shop, platforms):
        await until(partial(is_paused, shop), GENEROUS)

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

    async with Worker(shop, platforms) as worker:
        assert not isinstance(await logged_in(worker, shop), str)
        platforms.lose = 1.0
        await shop.sell(click_token=click.token)
        await until(platforms.has_lost, GENEROUS)
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


async def test_what_becomes_of_an_order(shop: Shop, platforms: Platforms):
    """
    UTMify is told how far an order is, one after the other: what was throttled while the order went
    on comes before what followed, and the last word is the last that happened.
    """
    await shop.connect(kind="utmify", **KINDS["utmify"], events=list(UtmifyPlatform.usual))
    platforms.throttle = 10_000
    made = {how: await shop.sell(paid=False) for how in ("waiting", "refund", "chargeback")}
    waited = {f"checkout:{sale}" for sale in made.values()}
    # What is entered as paid, or refused, never waited.
    made |= {"paid": await shop.report("paid"), "refused": await shop.report("refused")}

    async def tried() -> bool:
        return await shop.attempts() >= waited

    async with Worker(shop, platforms):
        await until(tried, GENEROUS)
        for kind in ("refund", "chargeback"):
            await shop.pay(made[kind])
            await shop.refund(made[kind], kind)
        platforms.throttle = 0
        await until(shop.is_settled, GENEROUS)
        told = {how: platforms.orders(str(sale)) for how, sale in made.items()}
        for kind in ("reversal", "chargeback"):
            await shop.refund(made["chargeback"], kind)
            await until(shop.is_settled, GENEROUS)

    assert platforms.wrong == []
    assert told == {
        "waiting": ["waiting_payment"],
        "refund": ["waiting_payment", "refunded"],
        "chargeback": ["waiting_payment", "chargedback"],
        "paid": ["paid"],
        "refused": ["refused"],
    }
    assert await shop.told("InitiateCheckout") == waited
    assert platforms.orders(str(made["chargeback"]))[-2:] == ["paid", "chargedback"]


BACK = {
    # What went back, by which way, and what the platform shows of 19.99 then.
    "google": [("PartialRefund", 500, 14.99), ("Chargeback", 1499, 0), ("Reversal", 1499, 14.99)],
    "data manager": [("PartialRefund", 500, 14.99), ("Refund", 1499, 0)],
    "ga4": [("PartialRefund", 500, 14.99), ("PartialRefund", 300, 11.99), ("Refund", 1199, 0)],
}
KIND_OF: dict[str, RefundKind] = {"Chargeback": "chargeback", "Reversal": "reversal"}


@pytest.mark.parametrize("kind", BACK)
async def test_what_went_back(shop: Shop, platforms: Platforms, kind: str):
    """
    Each part is told once, throttled or not, as the platform documents it: what it shows is what is
    left. Who was never told of the purchase is told nothing of it.
    """
    events = ["Purchase", "Refund", "Chargeback", "Reversal"]
    await shop.connect(**{"kind": kind, **KINDS[kind], "events": events})
    click = await shop.click(click_ids=IDS)
    sale = await shop.sell(click_token=click.token, visitor_id="v1")
    stranger = await shop.sell(test=True, visitor_id="v2")

    async with Worker(shop, platforms):
        await until(shop.is_settled, GENEROUS)
        await shop.two_days_pass()
        for name, cents, left in BACK[kind]:
            platforms.throttle = 1
            await shop.refund(sale, KIND_OF.get(name, "refund"), cents)
            await until(shop.is_settled, GENEROUS)
            assert [*platforms.shown.values()] == [left], name
        await shop.refund(stranger)
        await until(shop.is_settled, GENEROUS)

    assert platforms.wrong == []
    assert len(platforms.counted()) == 1
    assert await shop.states() == {"sent": 1 + len(BACK[kind]), "skipped": 2}


async def test_what_is_too_new_to_be_corrected(shop: Shop, platforms: Platforms):
    """
    Google corrects what it has had for a day: until then it waits, and the log says for what.
    """
    await shop.connect(kind="google", **KINDS["google"], events=["Purchase", "Refund"])
    click = await shop.click(click_ids=IDS)
    sale = await shop.sell(click_token=click.token)

    async with Worker(shop, platforms):
        await until(shop.is_settled, GENEROUS)
        await shop.refund(sale)
        waits = await shop.whys("Refund")

        async def is_settled_in_days() -> bool:
            await shop.two_days_pass()
            return await shop.is_settled()

        await until(is_settled_in_days, GENEROUS)

    assert waits == {("ready", "too_soon")}
    [told] = platforms.told_back
    assert (told["adjustmentType"], told["orderId"]) == ("RETRACTION", f"purchase:{sale}")


@pytest.mark.parametrize("kind", ["meta", "utmify"])
async def test_who_cannot_be_told_of_a_part(
    shop: Shop, platforms: Platforms, meta: Meta, kind: str
):
    """
    Meta documents no refunds, and UTMify none of a part: the log says so, and nothing is sent.
    """
    given = (
        {} if kind == "meta" else {"kind": kind, **KINDS[kind], "events": ["Purchase", "Refund"]}
    )
    await shop.connect(**given)
    sale = await shop.sell()

    async with Worker(shop, platforms, meta.url):
        await until(shop.is_settled, GENEROUS)
        await shop.refund(sale, cents=500)
        await until(shop.is_settled, GENEROUS)

    assert await shop.whys("PartialRefund") == {("skipped", "no_such_event")}
    assert await shop.states() == {"sent": 1, "skipped": 1}
    assert len(meta.taken) + len(platforms.taken) == 1


async def test_an_access_token_that_ended_early(shop: Shop, platforms: Platforms):
    """
    What Google gave for the secrets may end at any time: another is asked for, and nothing stops.
    """
    await shop.connect(kind="google", **KINDS["google"])
    click = await shop.click(click_ids=IDS)

    async with Worker(shop, platforms) as worker:
        assert (await logged_in(worker, shop)).ok
        platforms.revoke()
        await shop.sell(click_token=click.token)
        await until(shop.is_settled, GENEROUS)
        platforms.token = "another"
        refused = await logged_in(worker, shop)

    assert await shop.states() == {"sent": 1}
    assert (await state_of(shop))[0] == "on"
    # The button tries the secrets themselves.
    assert not refused.ok


async def test_an_account_that_google_does_not_take(shop: Shop, platforms: Platforms):
    """
    What is wrong of the account costs no conversion: the destination pauses, and keeps what waits.
    """
    await shop.connect(kind="google", **KINDS["google"] | {"secrets": GOOGLE | DEVELOPER})
    platforms.closed = True
    click = await shop.click(click_ids=IDS)
    await shop.sell(click_token=click.token)

    async with Worker(shop, platforms):
        await until(partial(is_paused, shop), GENEROUS)

    assert await shop.states() == {"ready": 1}
    assert set(platforms.developer_tokens) == {"d"}


async def test_mailboxes_of_google(shop: Shop, platforms: Platforms):
    """
    Google knows its own mailboxes without the points in their names.
    """
    await shop.connect(kind="google", **KINDS["google"])
    click = await shop.click(click_ids=IDS)
    buyer = Buyer(email="Ana.Luz@Gmail.com")
    await shop.sell(click_token=click.token, buyer=buyer)

    async with Worker(shop, platforms):
        await until(shop.is_settled, GENEROUS)

    [told] = platforms.taken
    assert told["userIdentifiers"] == [{"hashedEmail": digest("analuz@gmail.com")}]


@pytest.mark.parametrize("code", ["TRANSIENT_ERROR", "CLICK_NOT_FOUND_YET"])
def test_what_passes_at_google(code: str):
    """
    What is only so for now is not the conversion's fault.
    """
    told = {"code": 3, "message": "No.", "details": [{"errors": [{"errorCode": {"x": code}}]}]}
    answer = Answer(200, {}, json.dumps({"partialFailureError": told}).encode())

    assert PLATFORMS["google"].read(answer, 1).todo == "again"
