"""One order that a shop tells of by webhook and that a Pix is asked for here is one sale."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest

from pista.crm.model import ReceivedId, SaleRead, SourceId
from pista.crm.told_sales import Heard, Told
from pista.ids import TenantId
from pista.sales import from_webhooks, hooks, numbering
from pista.sales.gateways import Seen
from pista.sales.gateways.model import SeenStatus
from pista.sales.hooks import SaleChanged
from pista.sales.model import ChargeId, SaleId
from pista.sales.moving import Cause
from pista.sales.numbering import COMPANY, Numbered
from pista.sales.payments import charging, seeing
from pista.sales.payments.model import NewPix, NotPayable
from pista.store.postgres import Postgres, Tx
from tests.sales.conftest import NOW, Shop, add_account
from tests.sales.test_payments import ask

ONE, OTHER = UUID(int=1), UUID(int=2)
FIRST, SECOND = UUID(int=11), UUID(int=12)
Reached = Literal["pending", "paid", "refunded"]
SHOPS: tuple[Reached, ...] = ("pending", "paid", "refunded")
AGAIN: tuple[Reached, ...] = ("pending", "paid", "pending")


@pytest.mark.parametrize(
    ("known", "names", "same", "unnamed"),
    [
        ([], [COMPANY], None, [COMPANY]),
        ([(FIRST, [COMPANY])], [COMPANY], FIRST, []),
        ([(FIRST, [COMPANY])], [ONE], None, [ONE]),
        ([(FIRST, [COMPANY])], [ONE, COMPANY], FIRST, [ONE]),
        ([(FIRST, [ONE, COMPANY])], [OTHER], None, [OTHER]),
        ([(FIRST, [ONE, COMPANY])], [OTHER, COMPANY], FIRST, [OTHER]),
        # Two that were two before the shop's numbers became the company's stay two.
        ([(FIRST, [COMPANY]), (SECOND, [ONE])], [ONE, COMPANY], SECOND, []),
        ([(FIRST, [COMPANY]), (SECOND, [ONE])], [COMPANY], FIRST, []),
        ([(SECOND, [ONE])], [ONE, COMPANY], SECOND, [COMPANY]),
    ],
)
def test_whose_number_it_is(
    known: list[tuple[UUID, list[UUID]]], names: list[UUID], same: UUID | None, unnamed: list[UUID]
):
    """
    Each names orders in a list of its own; whoever shares the company's names them there, too.
    """
    of_number = [Numbered(*one) for one in known]

    found = numbering.same_order(of_number, names)

    assert (found and found.id) == same
    assert numbering.unnamed(of_number, names) == unnamed


class Order:
    """One order that a shop and a Pix of ours both have to do with."""

    def __init__(self, postgres: Postgres, tenant: TenantId, number: str) -> None:
        self.postgres, self.tenant, self.number = postgres, tenant, number
        self.shop, self.charge = SourceId(uuid4()), None

    async def tell(self, status: Reached, *, shared: bool = True, shop: Any = None) -> Heard:
        read = SaleRead(external_id=self.number, amount_cents=1999, currency="BRL", status=status)
        told = Told(shop or self.shop, ReceivedId(uuid4()), read, NOW, shared)
        async with self.postgres.transaction() as tx:
            return await from_webhooks.hear(tx, self.tenant, told)

    async def ask(self) -> None:
        wanted = NewPix(amount=1999, external_id=self.number)
        try:
            async with self.postgres.transaction() as tx:
                self.charge, _ = await charging.ask(tx, self.tenant, wanted, None, _cause())
        except NotPayable:
            # It was paid before anybody asked for a Pix.
            return

    async def see(self, status: SeenStatus) -> None:
        if self.charge is None:
            return
        seen = Seen(
            gateway_id=str(self.charge),
            reference=None,
            status=status,
            amount_cents=1999,
            refunded_cents=1999 if status == "refunded" else 0,
        )
        async with self.postgres.transaction() as tx:
            await seeing.see(tx, self.tenant, ChargeId(self.charge), seen, datetime.now(UTC))

    async def told(self) -> AsyncIterator[None]:
        """What the shop tells, step by step."""
        for status in SHOPS:
            await self.tell(status)
            yield

    async def seen(self) -> AsyncIterator[None]:
        """What becomes of the Pix."""
        await self.ask()
        yield
        await self.see("paid")
        yield
        await self.see("refunded")
        yield


def _cause() -> Cause:
    return Cause("key", datetime.now(UTC))


async def test_in_every_order_it_is_paid_once_and_goes_back_once(
    admin: Shop, tenant: TenantId, postgres: Postgres
):
    """
    What the shop tells comes in its order, and what the gateway tells in its own: in every way in
    which these two may be shuffled there is one sale of one order.
    """
    await add_account(admin, "webhook")
    paid: list[SaleId] = []

    async def hear(_tx: Tx, _tenant: TenantId, change: SaleChanged) -> None:
        if change.to_status == "paid":
            paid.append(change.sale_id)

    hooks.register(hear)
    for number, places in enumerate(combinations(range(6), 3)):
        order = Order(postgres, tenant, str(number))
        told, seen = order.told(), order.seen()
        for place in range(6):
            await anext(told if place in places else seen)
    hooks.forget(hear)

    sales = (await admin.ok("GET", "/api/sales", params={"limit": "100"}))["items"]
    assert sorted(int(one["externalId"]) for one in sales) == list(range(20))
    assert {(one["status"], one["refundedCents"]) for one in sales} == {("refunded", 1999)}
    assert sorted(map(str, paid)) == sorted(one["id"] for one in sales)


async def test_at_once_over_many_connections_it_is_one_sale(
    admin: Shop, shop: Shop, tenant: TenantId, postgres: Postgres
):
    """
    The shop's webhooks, its program and whoever asks for a Pix, all in one moment.
    """
    await add_account(admin, "webhook")
    order = Order(postgres, tenant, "1001")

    await asyncio.gather(
        *(order.tell(status) for status in AGAIN),
        *(order.ask() for _ in range(3)),
        *(shop.report(externalId="1001") for _ in range(3)),
    )
    await asyncio.gather(order.tell("paid"), order.see("paid"))
    await asyncio.gather(order.tell("refunded"), order.see("refunded"), order.tell("refunded"))

    [sale] = (await admin.ok("GET", "/api/sales"))["items"]
    assert (sale["status"], sale["refundedCents"]) == ("refunded", 1999)
    assert await admin.moves(sale["id"]) == ["report", "pay", "refund"]


async def test_a_shop_with_numbers_of_its_own_shares_no_sale(
    admin: Shop, shop: Shop, tenant: TenantId, postgres: Postgres
):
    """
    Two shops count from one, as the company does; one that shares the company's numbers and says
    another amount of an order changes nothing, and is told why.
    """
    await add_account(admin, "webhook")
    order = Order(postgres, tenant, "1")
    sources = [
        await admin.ok("POST", "/api/webhook-sources", {"kind": "sale", "name": name})
        for name in ("Loja", "Outra")
    ]
    assert [one["saleMapping"]["numbers"] for one in sources] == ["shared", "own"]

    await order.tell("paid", shop=UUID(sources[0]["id"]))
    await order.tell("pending", shared=False, shop=UUID(sources[1]["id"]))
    assert (await shop.report(externalId="1"))["status"] == "paid"
    # From now on its numbers are its own; what was told of that order already still is of it.
    await order.tell("refunded", shared=False, shop=UUID(sources[0]["id"]))
    pix = await ask(shop, externalId="2", amount=500)
    heard = await Order(postgres, tenant, "2").tell("paid")

    found = {one["id"]: one for one in (await admin.ok("GET", "/api/sales"))["items"]}
    assert sorted(one["status"] for one in found.values()) == ["pending", "pending", "refunded"]
    assert found[pix["saleId"]]["amountCents"] == 500
    assert not heard.done
    assert "another amount" in str(heard.detail)
