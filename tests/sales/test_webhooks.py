"""Shops tell of sales by webhook, each in its own words: the mapping says what is what."""

import asyncio
from typing import Any

import pytest

from pista import crm, queue
from pista.crm import reading_sales, told_sales
from pista.crm.model import SaleMapping
from pista.sales import from_webhooks
from pista.store.postgres import Postgres
from tests.sales.conftest import Shop
from tests.sales.test_payments import idle

MAPPING = {
    "externalId": "order.code",
    "amount": "order.total",
    "status": "order.state",
    "statuses": {"Embalado": "paid"},
    "email": "customer.email",
    "name": "customer.name",
}


def order(state: str, total: Any = "R$ 1.234,56", code: str = "77") -> dict[str, Any]:
    customer = {"email": "ana@mail.example", "name": "Ana"}
    return {"order": {"code": code, "total": total, "state": state}, "customer": customer}


async def test_a_shop_tells_in_its_own_words(
    admin: Shop, outside: Shop, database: str, postgres: Postgres
):
    """
    In any order, again and again, and with what cannot be: one sale, as far as it has come; and
    for each webhook what became of it.
    """
    made = await admin.ok(
        "POST",
        "/api/webhook-sources",
        {"kind": "sale", "name": "Loja", "saleMapping": MAPPING},
    )
    source = f"/api/webhook-sources/{made['id']}"
    tried = await admin.ok(
        "POST", f"{source}/sale-mapping", {"mapping": MAPPING, "payload": order("embalado")}
    )
    assert (tried["amountCents"], tried["status"], tried["externalId"]) == (123456, "paid", "77")
    door = f"{made['path']}/{made['secret']}"
    told_sales.register(from_webhooks.hear)
    runner = queue.Runner(database, crm.handlers)
    running = asyncio.create_task(runner.run())

    for body in (
        order("pendente"),
        order("Embalado"),
        order("Embalado"),
        order("pendente"),
        order("pago", total="R$ 1,00"),
        order("pago", total="1.234", code="78"),
        order("quién sabe", code="79"),
        {"nothing": 1},
    ):
        assert (await outside.post(door, json=body)).status_code == 200
    assert (await outside.post(door + "x", json=order("pago"))).status_code == 401
    await idle(postgres)
    runner.stop()
    await running
    told_sales.forget(from_webhooks.hear)

    listed = await admin.ok("GET", "/api/sales")
    [sale] = listed["items"]
    assert (sale["status"], sale["amountCents"], sale["externalId"]) == ("paid", 123456, "77")
    assert (sale["source"], sale["sourceId"], sale["contactName"]) == ("webhook", made["id"], "Ana")
    assert await admin.moves(sale["id"]) == ["report", "pay"]
    received = (await admin.ok("GET", f"{source}/webhooks"))["items"][::-1]
    assert [one["state"] for one in received] == ["done"] * 4 + ["ignored"] * 4
    assert "another amount" in received[4]["detail"]


@pytest.mark.parametrize(
    ("value", "whole", "found"),
    [
        (19.99, False, 1999),
        (0.1 + 0.2, False, None),  # a float that somebody added up
        (1999, True, 1999),
        ("1999", True, 1999),
        ("19,99", False, 1999),
        ("R$ 1.234,56", False, 123456),
        ("1,234.56", False, 123456),
        ("1.234.567", False, 123456700),
        ("1.234", False, None),
        ("-5", False, None),
        ("", False, None),
        (True, False, None),
        (None, False, None),
        ("1e5", False, 1500),  # letters are what people write around amounts
    ],
)
def test_amounts_are_read_as_people_write_them(value: object, whole: bool, found: int | None):
    """
    And what may be thousands or thousandths is not guessed.
    """
    assert reading_sales.cents(value, whole=whole) == found


def test_words_of_states_are_known():
    """
    In three languages; the shop's own come first, and no state at all is a sale that is paid.
    """
    mapping = SaleMapping(statuses={"pago": "pending"})

    assert reading_sales.status_of("Aprobado", mapping) == "paid"
    assert reading_sales.status_of("PAGO", mapping) == "pending"
    assert reading_sales.status_of("whatever", mapping) is None
    assert reading_sales.status_of(None, SaleMapping(status=None)) == "paid"
