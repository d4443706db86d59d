"""What becomes of a sale, a test, a destination or a clock after the conversion was opened."""

from datetime import UTC, datetime, timedelta

import pytest

from pista.accounts.audit import TERMINAL
from pista.attribution.conversions import pruning
from pista.attribution.destinations import service
from pista.sales.model import RefundKind
from tests.attribution.conversions.shop import DAY, Shop, working
from tests.events.writing import until
from tests.fakes.meta import Meta

GENEROUS = 60


async def settled(shop: Shop) -> None:
    async with working(shop.place):
        await until(shop.is_settled, GENEROUS)


async def test_a_test_beside_a_real_sale(shop: Shop, meta: Meta):
    """
    While a test code is on, tests go under it, and what somebody really buys counts as ever.
    """
    await shop.connect()
    await shop.test_under("TEST42")
    real, test = await shop.sell(), await shop.sell(test=True)

    await settled(shop)

    codes = {one.event["event_id"]: one.test_code for one in meta.taken}
    assert codes == {f"purchase:{real}": None, f"purchase:{test}": "TEST42"}


async def test_a_test_whose_code_is_gone(shop: Shop, meta: Meta):
    """
    A test that was not taken under its code does not count as a sale once the code is off.
    """
    await shop.connect()
    await shop.test_under("TEST42")
    meta.away = True
    test = await shop.sell(test=True)

    async def tried() -> bool:
        return (await shop.delivery(test))["attempts"] > 0

    async with working(shop.place):
        await until(tried, GENEROUS)
        await shop.test_under(None)
        meta.away = False
        await until(shop.is_settled, GENEROUS)

    assert (await shop.delivery(test))["why"] == "test_sale"
    assert meta.taken == []


@pytest.mark.parametrize("first", ["refused", "throttled"])
async def test_many_by_a_clock_that_is_ahead(shop: Shop, meta: Meta, first: str):
    """
    However the platform's time becomes known, all that was written before it are written anew.
    """
    await shop.connect(events=["InitiateCheckout"])
    meta.ahead_seconds = -600
    if first == "throttled":
        meta.throttle.append(4)
    await shop.begin_checkouts(30)

    await settled(shop)

    assert await shop.states() == {"sent": 30}
    assert len(meta.refused) <= 2


async def test_some_of_several(shop: Shop, meta: Meta):
    """
    Where a platform took fewer than it was told, each may be there: it goes alone, as it was.
    """
    await shop.connect(events=["InitiateCheckout"])
    meta.fewer = 1
    await shop.begin_checkouts(5)

    await settled(shop)

    assert await shop.states() == {"sent": 5}
    assert [len(one["data"]) for one in meta.requests] == [5, 1, 1, 1, 1, 1]
    assert meta.requests[0]["data"] == [one["data"][0] for one in meta.requests[1:]]


async def test_a_destination_that_is_deleted(shop: Shop, meta: Meta):
    """
    What was not answered by a destination that is gone is under way no more, and is not sent again.
    """
    await shop.connect()
    meta.lose = 1.0
    sale = await shop.sell()

    async with working(shop.place):
        await until(meta.has_lost, GENEROUS)
        async with shop.postgres.transaction() as tx:
            now = datetime.now(UTC)
            await service.delete(tx, shop.tenant, shop.destination, TERMINAL, now=now)
        meta.lose = 0.0
        await until(shop.is_settled, GENEROUS)

    row = await shop.delivery(sale)
    assert (row["state"], row["why"]) == ("parked", "destination_deleted")


@pytest.mark.parametrize(("kinds", "told"), [(["chargeback"], 0), (["chargeback", "reversal"], 1)])
async def test_money_that_came_again(shop: Shop, meta: Meta, kinds: list[RefundKind], told: int):
    """
    Charged back before anybody was told, and not after all, a sale is told: once, as if nothing
    had been.
    """
    await shop.connect(grace_minutes=60)
    sale = await shop.sell()
    for kind in kinds:
        await shop.refund(sale, kind)

    await settled(shop)

    assert [one.event["event_id"] for one in meta.taken] == [f"purchase:{sale}"] * told
    assert (await shop.delivery(sale))["why"] == (None if told else "charged_back")


async def test_past_days_without_what_went_back(shop: Shop, meta: Meta):
    """
    A destination that is new hears nothing of sales whose money is gone.
    """
    gone, kept = await shop.sell(), await shop.sell()
    await shop.refund(gone)
    await shop.connect()
    async with shop.postgres.transaction() as tx:
        given = (tx, shop.tenant, shop.destination, 7, TERMINAL)
        await service.backfill(*given, now=datetime.now(UTC))

    await settled(shop)

    assert [one.event["event_id"] for one in meta.taken] == [f"purchase:{kept}"]
    assert (await shop.delivery(gone))["state"] == "canceled"


async def test_what_nobody_looked_after(shop: Shop, meta: Meta):
    """
    What was sent and never answered is let go of too, once that no platform would take it.
    """
    await shop.connect()
    sale = await shop.sell()
    await settled(shop)
    before = datetime.now(UTC) + timedelta(seconds=1)
    async with shop.postgres.transaction() as tx:
        await tx.execute("update deliveries set state = 'parked'")

        kept = await pruning.forget(tx, before)
        let_go = await pruning.forget(tx, before + 60 * DAY)

    assert (kept, let_go) == (0, 1)
    assert (await shop.delivery(sale))["payload"] is None
